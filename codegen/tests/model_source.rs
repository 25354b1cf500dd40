//! That `model/SOURCE.toml` accounts for every file of the model.

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn model_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../model")
}

fn files_under(dir: &Path, root: &Path, files: &mut BTreeSet<String>) {
    for entry in fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files_under(&path, root, files);
        } else {
            let relative = path.strip_prefix(root).expect("a path below the root");
            files.insert(relative.to_string_lossy().replace('\\', "/"));
        }
    }
}

/// What `SOURCE.toml` of a folder lists, after each checksum has been compared.
fn listed(folder: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(folder.join("SOURCE.toml")).expect("SOURCE.toml");
    let source: toml::Table = text.parse().expect("TOML");
    let mut listed = BTreeSet::new();
    for file in source["file"].as_array().expect("files") {
        let text = |key: &str| file[key].as_str().expect("a string").to_owned();
        assert!(!text("source").is_empty());
        let checksum = text("sha256");
        let bytes = fs::read(folder.join(text("path"))).expect("a file");
        let found: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(found, checksum, "{} was edited", text("path"));
        assert!(listed.insert(text("path")), "{} twice", text("path"));
    }
    listed.insert("SOURCE.toml".to_owned());
    listed
}

/// The folder of what comes from another package than the models.
const EXAMPLES: &str = "awscli";

#[test]
fn every_file_of_the_model_names_its_source_and_its_checksum() {
    let examples = model_dir().join(EXAMPLES);
    let mut present = BTreeSet::new();
    files_under(&model_dir(), &model_dir(), &mut present);
    present.retain(|file| !file.starts_with(&format!("{EXAMPLES}/")));
    assert_eq!(listed(&model_dir()), present);

    let mut present = BTreeSet::new();
    files_under(&examples, &examples, &mut present);
    assert_eq!(listed(&examples), present);
}
