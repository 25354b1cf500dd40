//! Programs in which cognito-idp is not the only one who speaks TLS, all with default features.
//!
//! rustls picks a provider of cryptography by itself only where one is compiled in. So the default must be the one that
//! `aws-config`, rustls and reqwest have by default, too.

use std::error::Error;
use std::path::Path;
use std::process::Command;

#[test]
fn no_program_panics_beside_other_users_of_tls() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tls");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tls");
    let build = Command::new(env!("CARGO"))
        .current_dir(&folder)
        .args(["build", "--locked", "--bins", "--target-dir"])
        .arg(&target)
        .output()?;
    assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
    for (program, lines) in [("hello_world", 3), ("service", 2), ("bare", 2)] {
        let output = Command::new(target.join("debug").join(program))
            .env_clear()
            .envs([
                ("AWS_REGION", "us-east-1"),
                ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
                ("AWS_SECRET_ACCESS_KEY", "secret"),
                ("AWS_EC2_METADATA_DISABLED", "true"),
            ])
            .output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && !stderr.contains("panicked"),
            "{program}: {text}{stderr}"
        );
        assert!(
            text.ends_with("done\n") && text.lines().count() >= lines,
            "{program}: {text}"
        );
    }
    Ok(())
}
