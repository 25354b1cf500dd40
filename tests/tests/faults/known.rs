//! The rows that are not yet right, with the reason. A row that is right must not be here.

/// The row's name, and why it is worse.
pub(crate) const KNOWN: &[(&str, &str)] = &[
    ("an unknown member of bytes that aren't UTF-8", UTF8),
    ("a raw control character", CONTROL),
    ("a raw line end in a string", CONTROL),
    ("a raw control character in an unknown member", CONTROL),
    ("the timestamp `1e400`", RANGE),
    ("the timestamp `-1e400`", RANGE),
    ("an error with a message that is a number", KIND),
    ("an error with a message that is an object", KIND),
];

const UTF8: &str = "JSON is UTF-8 (RFC 8259, section 8.1), and the text is checked as a whole; see the differences";
const CONTROL: &str = "RFC 8259, section 7, forbids them, and serde_json refuses them; see the differences";
const RANGE: &str = "serde_json refuses numbers that no f64 can hold; see the differences";
const KIND: &str = "a member of another kind than the model's makes a modelled error unreadable, in both crates alike";
