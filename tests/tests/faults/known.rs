//! The rows that are not yet right, with the reason. A row that is right must not be here.

/// The row's name, and why it is worse.
pub(crate) const KNOWN: &[(&str, &str)] = &[];
