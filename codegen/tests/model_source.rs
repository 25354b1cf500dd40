//! That `model/SOURCE.toml` accounts for every file of the model.

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn model_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../model")
}

fn source() -> toml::Table {
    let text = fs::read_to_string(model_dir().join("SOURCE.toml")).expect("SOURCE.toml");
    text.parse().expect("TOML")
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

#[test]
fn every_file_of_the_model_names_its_source_and_its_checksum() {
    let source = source();
    let mut listed = BTreeSet::new();
    for file in source["file"].as_array().expect("files") {
        let text = |key: &str| file[key].as_str().expect("a string").to_owned();
        assert!(!text("source").is_empty());
        let checksum = text("sha256");
        let bytes = fs::read(model_dir().join(text("path"))).expect("a file");
        let found: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(found, checksum, "{} was edited", text("path"));
        assert!(listed.insert(text("path")), "{} twice", text("path"));
    }
    let mut present = BTreeSet::new();
    files_under(&model_dir(), &model_dir(), &mut present);
    present.remove("SOURCE.toml");
    assert_eq!(listed, present);
}
