//! The rows that are not yet right, with the reason. A row that is right must not be here.

/// The row's name, and why it is worse.
pub(crate) const KNOWN: &[(&str, &str)] = &[
    (
        "an unknown member of bytes that aren't UTF-8",
        "the whole text is checked for UTF-8, members that are skipped included",
    ),
    (
        "a raw control character",
        "raw control characters in strings are refused",
    ),
    (
        "a raw line end in a string",
        "raw control characters in strings are refused",
    ),
    (
        "a raw control character in an unknown member",
        "raw control characters in strings are refused",
    ),
    ("the timestamp `1e400`", "timestamps that the official crate reads"),
    ("the timestamp `-1e400`", "timestamps that the official crate reads"),
    (
        "the timestamp `\"2023-11-14T22:13:20Z\"`",
        "timestamps that the official crate reads",
    ),
    (
        "the timestamp `\"2023-11-14T22:13:20.5+01:00\"`",
        "timestamps that the official crate reads",
    ),
    ("an error with 1e400", "the envelope parses what it only needs to skip"),
    (
        "an error with 1e400 before the code",
        "the envelope parses what it only needs to skip",
    ),
    ("an error with -1e400", "the envelope parses what it only needs to skip"),
    (
        "an error with a lone surrogate",
        "the envelope parses what it only needs to skip",
    ),
    (
        "an error with a lone low surrogate",
        "the envelope parses what it only needs to skip",
    ),
    (
        "an error with a lone surrogate in a name",
        "the envelope parses what it only needs to skip",
    ),
    (
        "an error with a lone surrogate in the message",
        "the envelope parses what it only needs to skip",
    ),
    (
        "an error with a stray byte behind it",
        "the envelope parses what it only needs to skip",
    ),
    (
        "an error with a raw control character",
        "the envelope parses what it only needs to skip",
    ),
    (
        "an error with a raw control character in the message",
        "the envelope parses what it only needs to skip",
    ),
    (
        "an error with a message that is a number",
        "the envelope parses what it only needs to skip",
    ),
    (
        "an error with a message that is an object",
        "the envelope parses what it only needs to skip",
    ),
    (
        "an error with a member nested 127 deep before the code",
        "the envelope parses what it only needs to skip",
    ),
    (
        "an error with a member nested 127 deep behind the code",
        "the envelope parses what it only needs to skip",
    ),
    (
        "an error with a member nested 128 deep before the code",
        "the envelope parses what it only needs to skip",
    ),
    (
        "an error with a member nested 128 deep behind the code",
        "the envelope parses what it only needs to skip",
    ),
    (
        "an error with a member nested 1000 deep before the code",
        "the envelope parses what it only needs to skip",
    ),
    (
        "an error with a member nested 1000 deep behind the code",
        "the envelope parses what it only needs to skip",
    ),
    (
        "an error with a member nested 100000 deep before the code",
        "the envelope parses what it only needs to skip",
    ),
    (
        "an error with a member nested 100000 deep behind the code",
        "the envelope parses what it only needs to skip",
    ),
    ("a code in a header, and a line end", "the body hides the header's code"),
    (
        "a code in a header, and white space",
        "the body hides the header's code",
    ),
    ("a code in a header, and HTML", "the body hides the header's code"),
    (
        "a code in a header, and a body that breaks off",
        "the body hides the header's code",
    ),
    (
        "a code in a header, and a body that isn't UTF-8",
        "the body hides the header's code",
    ),
    ("a code in a header, and `null`", "the body hides the header's code"),
    ("a code in a header, and a list", "the body hides the header's code"),
    ("a code in a header, and a string", "the body hides the header's code"),
    (
        "a code in a header, and a stray byte",
        "the body hides the header's code",
    ),
    ("a code in a header, and 1e400", "the body hides the header's code"),
    (
        "credentials that can't be had",
        "the orchestrator asks again for what the short way asked for",
    ),
    (
        "stalled before the body, with a grace period of 2 s",
        "the orchestrator waits again for what the short way waited for",
    ),
    (
        "sign-in: stalled before the body, with a grace period of 2 s",
        "the orchestrator waits again for what the short way waited for",
    ),
    (
        "stalled in the body, with a grace period of 2 s",
        "the orchestrator waits again for what the short way waited for",
    ),
    (
        "sign-in: stalled in the body, with a grace period of 2 s",
        "the orchestrator waits again for what the short way waited for",
    ),
    (
        "an error stalled in its body, with a grace period of 2 s",
        "the orchestrator waits again for what the short way waited for",
    ),
    (
        "`InvalidSignatureException` with `Date: Fri, 31 Dec 9999 23:59:59 GMT`, each time",
        "the skew that is learned has no bound",
    ),
    (
        "`RequestTimeTooSkewed` with `Date: Fri, 31 Dec 9999 23:59:59 GMT`, each time",
        "the skew that is learned has no bound",
    ),
    (
        "`SignatureDoesNotMatch` with `Date: Fri, 31 Dec 9999 23:59:59 GMT`, each time",
        "the skew that is learned has no bound",
    ),
    (
        "credentials that never come",
        "the orchestrator asks again for what the short way asked for",
    ),
];
