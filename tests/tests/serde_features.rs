//! The features of serde_json that other crates of a program may switch on change nothing of what is read, and a format
//! without names takes the types, too.

use cognito_tests::report;
use std::error::Error;
use std::path::Path;
use std::process::Command;

#[test]
fn reading_is_the_same_with_all_features_of_serde_json() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("serde");
    let output = Command::new(env!("CARGO"))
        .current_dir(&folder)
        .args(["run", "--quiet", "--locked", "--target-dir"])
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("serde"))
        .output()?;
    let (text, errors) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success() && text.ends_with("done\n"), "{text}{errors}");
    for line in text.lines() {
        report!("serde features: {line}");
    }
    Ok(())
}
