//! How requests are signed: with SigV4 or not at all, and nothing else.

use crate::read::Object;

const HINT: &str = "only what is signed with SigV4, or not at all, can be generated";

/// Reads `auth`, the authentication schemes of a service or an operation, best first; refuses it if none is supported.
pub(super) fn read_schemes(object: &mut Object<'_>) -> Vec<String> {
    let Some(at) = object.get("auth") else {
        return Vec::new();
    };
    let schemes = at.strings().unwrap_or_default();
    let supported = |scheme: &String| matches!(scheme.as_str(), "aws.auth#sigv4" | "smithy.api#noAuth");
    if !schemes.is_empty() && !schemes.iter().any(supported) {
        at.error(format!("none of `{}` is supported", schemes.join("`, `")), HINT);
    }
    schemes
}

/// Reads a signature version, as older models have it; refuses it if it isn't one of `supported`.
pub(super) fn read_version(object: &mut Object<'_>, key: &'static str, supported: &[&str]) -> Option<String> {
    let at = object.get(key)?;
    let version = at.string()?;
    if !supported.contains(&version.as_str()) {
        at.error(format!("the signature version `{version}` is not supported"), HINT);
    }
    Some(version)
}
