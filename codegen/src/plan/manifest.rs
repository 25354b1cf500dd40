//! What a `Cargo.toml` says that depends on where the crate is to live.

use super::Placement;
use super::constraints::has_rules;
use serde::Serialize;
use std::path::Path;

/// The parts of the manifest, as finished lines.
#[derive(Debug, Serialize)]
pub struct ManifestPlan {
    /// Version, edition, license.
    pub package: Vec<String>,
    /// Whether the workspace's lints apply.
    pub workspace_lints: bool,
    /// The dependency on the runtime.
    pub runtime: String,
    /// The dependency on the rules of the service, if it has any.
    pub rules: Option<String>,
    /// The oldest Rust that compiles it.
    pub rust_version: &'static str,
    /// What the examples of its README need, where it has a tour.
    pub dev_dependencies: &'static [&'static str],
    /// How another crate depends on this one.
    pub usage: String,
}

const RUST_VERSION: &str = env!("CARGO_PKG_RUST_VERSION");

const DEV_DEPENDENCIES: [&str; 2] = ["serde_json.workspace = true", "tokio.workspace = true"];

impl ManifestPlan {
    pub(super) fn new(placement: &Placement, package: &str, version: &str, has_front: bool) -> Self {
        let has_rules = has_rules(package);
        let Placement::Standalone { runtime_path } = placement else {
            let inherited = ["version", "edition", "rust-version", "license", "repository"];
            return Self {
                package: inherited.map(|key| format!("{key}.workspace = true")).into(),
                rust_version: RUST_VERSION,
                dev_dependencies: if has_front { &DEV_DEPENDENCIES } else { &[] },
                workspace_lints: true,
                runtime: "cognito-runtime.workspace = true".to_owned(),
                rules: has_rules.then(|| "cognito-rules = { workspace = true, optional = true }".to_owned()),
                usage: format!("{package} = \"{version}\""),
            };
        };
        let path = runtime_path
            .as_ref()
            .map(|path| format!(", path = {path:?}"))
            .unwrap_or_default();
        Self {
            package: vec![
                format!("version = {version:?}"),
                "edition = \"2024\"".to_owned(),
                format!("rust-version = {:?}", RUST_VERSION),
                format!("license = {:?}", env!("CARGO_PKG_LICENSE")),
                "publish = false".to_owned(),
            ],
            rust_version: RUST_VERSION,
            dev_dependencies: &[],
            workspace_lints: false,
            runtime: format!(
                "cognito-runtime = {{ version = {:?}, default-features = false{path} }}",
                env!("CARGO_PKG_VERSION")
            ),
            rules: has_rules.then(|| {
                let beside = |path: &String| format!(", path = {:?}", Path::new(path).with_file_name("rules"));
                let path = runtime_path.as_ref().map(beside).unwrap_or_default();
                let version = env!("CARGO_PKG_VERSION");
                format!("cognito-rules = {{ version = {version:?}, optional = true{path} }}")
            }),
            usage: format!("{package} = {{ path = \"…\" }} # where this folder is"),
        }
    }
}
