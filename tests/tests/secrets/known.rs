//! The leaks that are not yet mended, with the reason. What doesn't leak must not be here.

/// Subject, source, and why it leaks.
pub(crate) const KNOWN: &[(&str, &str, &str)] = &[
    ("types of cognito-idp", "Serde", QUOTED),
    ("types of cognito-identity", "Serde", QUOTED),
    ("calls of cognito-idp", "Display", QUOTED),
    ("calls of cognito-identity", "Display", QUOTED),
    ("calls of cognito-idp", "ErrorDebug", QUOTED),
    ("calls of cognito-identity", "ErrorDebug", QUOTED),
    ("calls of cognito-idp", "Log(Level(Trace))", QUOTED),
    ("calls of cognito-identity", "Log(Level(Trace))", QUOTED),
    ("calls of cognito-idp", "RawResponse", RAW),
    ("calls of cognito-identity", "RawResponse", RAW),
];

const QUOTED: &str = "an error about a value of the wrong kind quotes the value";
const RAW: &str = "`Debug` of an error shows the body of the response, as it does in the official crate";
