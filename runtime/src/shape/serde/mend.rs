//! Repairs JSON that the AWS SDKs read although RFC 8259 forbids it.
//!
//! serde_json reads a response strictly, which is fast. If that fails, the text is repaired and read again.

use std::fmt::Write;

/// The largest number. It replaces numbers that no `f64` can hold.
const LARGEST: &str = "1.7976931348623157e308";

/// The repaired text; `None` if there is nothing to repair, or nothing that can be repaired.
///
/// - Control characters in strings are escaped.
/// - Bytes in strings that aren't UTF-8 become an escape that isn't a valid character. A string that is skipped may
///   contain it; a string that is read is an error.
/// - Numbers that no `f64` can hold become the largest one.
#[cold]
pub(super) fn mended(body: &[u8]) -> Option<String> {
    let mut mending = Mending {
        text: String::with_capacity(body.len() + 16),
        place: Place::Outside,
        number: 0,
        is_changed: false,
    };
    for chunk in body.utf8_chunks() {
        chunk.valid().chars().for_each(|c| mending.push(c));
        match (chunk.invalid(), mending.place) {
            ([], _) => {}
            (_, Place::InString) => mending.replace(r"\ud800"),
            _ => return None,
        }
    }
    mending.end_number();
    mending.is_changed.then_some(mending.text)
}

/// The context of the next character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    InNumber,
    InString,
    /// After a backslash.
    InEscape,
}

struct Mending {
    text: String,
    place: Place,
    /// Where the current number begins.
    number: usize,
    is_changed: bool,
}

impl Mending {
    fn push(&mut self, c: char) {
        self.place = match (self.place, c) {
            (Place::InString, '"') => Place::Outside,
            (Place::InString, '\\') => Place::InEscape,
            (Place::InString, '\0'..='\x1f') => {
                let _ = write!(self.text, "\\u{:04x}", u32::from(c));
                self.is_changed = true;
                return;
            }
            (Place::InString | Place::InEscape, _) => Place::InString,
            (Place::InNumber, '0'..='9' | '.' | 'e' | 'E' | '+' | '-') => Place::InNumber,
            (Place::Outside | Place::InNumber, _) => {
                self.end_number();
                match c {
                    '"' => Place::InString,
                    '-' | '0'..='9' => {
                        self.number = self.text.len();
                        Place::InNumber
                    }
                    _ => Place::Outside,
                }
            }
        };
        self.text.push(c);
    }

    fn replace(&mut self, text: &str) {
        self.text.push_str(text);
        self.is_changed = true;
    }

    /// Replaces the number that has been read, if it is too large. A number that isn't valid JSON stays.
    fn end_number(&mut self) {
        if self.place != Place::InNumber {
            return;
        }
        self.place = Place::Outside;
        let number = &self.text[self.number..];
        let digits = number.trim_start_matches('-');
        let leads_with_zero = matches!(digits.as_bytes(), [b'0', b'0'..=b'9', ..]);
        let is_json = !leads_with_zero && digits.split(['e', 'E']).all(|part| !part.ends_with('.'));
        if is_json && number.parse().is_ok_and(f64::is_infinite) {
            let start = self.number + usize::from(number.starts_with('-'));
            self.text.truncate(start);
            self.replace(LARGEST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn what_json_forbids_gets_the_form_that_it_allows() {
        for (body, expected) in [
            (&b"{\"a\":\"x\x01y\n\"}"[..], r#"{"a":"x\u0001y\u000a"}"#),
            (b"{\"a\":\"\xffx\xfe\",\"b\":1}", r#"{"a":"\ud800x\ud800","b":1}"#),
            (
                b"[1e400,-1e400,2]",
                "[1.7976931348623157e308,-1.7976931348623157e308,2]",
            ),
            (b"1E+400", "1.7976931348623157e308"),
            (b"[0.1e401,0e400]", "[1.7976931348623157e308,0e400]"),
            (b"{\"a\\\"\x01\":\"\\\\\"}", r#"{"a\"\u0001":"\\"}"#),
            ("{\"ä€\":\"\t\"}".as_bytes(), r#"{"ä€":"\u0009"}"#),
        ] {
            assert_eq!(mended(body).as_deref(), Some(expected), "{}", body.escape_ascii());
        }
    }

    #[test]
    fn the_rest_stays_as_it_is() {
        for body in [
            &br#"{"a":"\u0001\ud800","b":[1e308,-0.5,1e-400]}"#[..],
            b"{\"a\":1}\xff",
            b"{\"a\":\"\\\xff\"}",
            b"{\n\t\"a\":\r1}",
            b"[01e400, 1.e400, 1e400x1, --1e400]",
            b"",
        ] {
            let mended = mended(body);
            assert!(
                mended
                    .as_ref()
                    .is_none_or(|text| serde_json::from_str::<serde_json::Value>(text).is_err()),
                "{} became {mended:?}",
                body.escape_ascii()
            );
        }
    }
}
