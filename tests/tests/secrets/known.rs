//! The leaks that are not yet mended, with the reason. What doesn't leak must not be here.

/// Subject, source, and why it leaks.
pub(crate) const KNOWN: &[(&str, &str, &str)] = &[
    ("calls of cognito-idp", "RawResponse", RAW),
    ("calls of cognito-identity", "RawResponse", RAW),
];

const RAW: &str = "`Debug` of an error shows the body of the response, as it does in the official crate";
