//! A parser's message without the value that it quotes, which may be a password.

/// serde's message about an invalid value, with only the value's kind. Other messages stay unchanged.
pub(crate) fn unquoted(message: &str) -> String {
    let of = |start: &'static str| message.strip_prefix(start).map(|found| (start, found));
    let found = of("invalid type: ")
        .or_else(|| of("invalid value: "))
        .or_else(|| of("unknown variant "));
    let Some((start, found)) = found else {
        return message.to_owned();
    };
    let (found, expected) = found.rsplit_once(", expected ").unwrap_or((found, "something else"));
    let kind = found.split(['`', '"']).next().unwrap_or_default();
    format!("{}, expected {expected}", format!("{start}{kind}").trim_end())
}

#[cfg(test)]
mod tests {
    use super::unquoted;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "they are only read")]
    struct Account {
        password: String,
        age: Option<u8>,
        kind: Option<Kind>,
    }

    #[derive(Debug, Deserialize)]
    enum Kind {
        Person,
    }

    #[test]
    fn a_message_says_what_was_expected_and_quotes_no_value() {
        for (json, expected) in [
            (
                r#"{"password": 918273}"#,
                "invalid type: integer, expected a string at line 1 column 19",
            ),
            (
                r#"{"password": "", "age": "hunter, expected 2"}"#,
                "invalid type: string, expected u8 at line 1 column 44",
            ),
            (
                r#"{"password": "", "age": 918273}"#,
                "invalid value: integer, expected u8 at line 1 column 30",
            ),
            (
                r#"{"password": "", "kind": "hunter2"}"#,
                "unknown variant, expected `Person` at line 1 column 34",
            ),
            ("{}", "missing field `password` at line 1 column 2"),
        ] {
            let error = serde_json::from_str::<Account>(json).expect_err(json);
            assert_eq!(unquoted(&error.to_string()), expected);
        }
    }
}
