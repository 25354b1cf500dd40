//! What a `Cargo.toml` says that depends on where the crate is to live.

use super::constraints::has_rules;
use super::{Placement, Runtime};
use crate::literal::toml_string;
use serde::Serialize;
use std::path::Path;

/// The parts of the manifest, as finished lines.
#[derive(Debug, Serialize)]
pub struct ManifestPlan {
    /// What the package is, in a sentence.
    pub description: String,
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

/// What the workspace says for all its crates.
const INHERITED: [&str; 7] = [
    "version",
    "edition",
    "rust-version",
    "license",
    "repository",
    "keywords",
    "categories",
];

const DEV_DEPENDENCIES: [&str; 2] = ["serde_json.workspace = true", "tokio.workspace = true"];

impl ManifestPlan {
    pub(super) fn new(placement: &Placement, service: &str, title: &str, version: &str, has_front: bool) -> Self {
        let description = format!("{title}: a strongly typed client, compatible with the AWS SDK for Rust");
        let package = placement.package(service);
        let has_rules = has_rules(service);
        let Placement::Standalone { runtime, .. } = placement else {
            let mut lines = INHERITED.map(|key| format!("{key}.workspace = true")).to_vec();
            lines.push(format!("documentation = \"https://docs.rs/{package}\""));
            return Self {
                description,
                package: lines,
                rust_version: RUST_VERSION,
                dev_dependencies: if has_front { &DEV_DEPENDENCIES } else { &[] },
                workspace_lints: true,
                runtime: "cognito-runtime.workspace = true".to_owned(),
                rules: has_rules.then(|| "cognito-rules = { workspace = true, optional = true }".to_owned()),
                usage: format!("{package} = \"{version}\""),
            };
        };
        let found = match runtime {
            Runtime::Registry => String::new(),
            Runtime::Path(path) => format!(", path = {}", toml_string(path)),
            Runtime::Git(url) => format!(", git = {}", toml_string(url)),
        };
        Self {
            description,
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
                "cognito-runtime = {{ version = {:?}, default-features = false{found} }}",
                env!("CARGO_PKG_VERSION")
            ),
            rules: has_rules.then(|| {
                let version = env!("CARGO_PKG_VERSION");
                let found = match runtime {
                    // The rules stand beside the runtime.
                    Runtime::Path(path) => {
                        let rules = Path::new(path).with_file_name("rules");
                        format!(", path = {}", toml_string(&rules.to_string_lossy()))
                    }
                    Runtime::Registry | Runtime::Git(_) => found,
                };
                format!("cognito-rules = {{ version = {version:?}, optional = true{found} }}")
            }),
            usage: format!("{package} = {{ path = \"…\" }} # where this folder is"),
        }
    }
}
