//! Reads the code and the message of an error response, under any key that services use for them.
//!
//! Nothing else in a body is needed to know the error and whether to retry. So the rest is skipped without being
//! parsed: numbers out of range, lone surrogates, any depth, and anything after the object.

/// The code and the message.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Envelope {
    code: Option<String>,
    shape: Option<String>,
    pub(crate) message: Option<String>,
}

impl Envelope {
    /// Reads as much of a body as possible. Also returns where its object ends.
    pub(crate) fn scan(body: &[u8]) -> (Self, usize) {
        let mut envelope = Self::default();
        let mut scanner = Scanner { body, at: 0 };
        let whole = scanner.object(&mut envelope).is_some();
        (envelope, if whole { scanner.at } else { body.len() })
    }

    /// Stores a member of the object if it is the code or the message.
    pub(crate) fn note(&mut self, key: &str, text: String) {
        match key {
            "code" => self.code = Some(text),
            "__type" => self.shape = Some(text),
            "message" | "Message" | "errorMessage" => self.message = Some(text),
            _ => {}
        }
    }

    /// The bare code: `Code` of `namespace#Code:http://…`. The header `x-amzn-errortype` comes first, then `code`, then
    /// `__type`.
    pub(crate) fn code<'a>(&'a self, header: Option<&'a str>) -> Option<&'a str> {
        let code = header.or(self.code.as_deref()).or(self.shape.as_deref())?;
        let code = code.split(':').next().unwrap_or(code);
        code.split('#').next_back()
    }
}

/// A position in a body. Its methods return `None` if the body isn't as expected.
struct Scanner<'a> {
    body: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    fn object(&mut self, envelope: &mut Envelope) -> Option<()> {
        self.expect(b'{')?;
        if self.peek()? == b'}' {
            self.at += 1;
            return Some(());
        }
        loop {
            let key = self.string()?;
            self.expect(b':')?;
            if self.peek()? == b'"' {
                envelope.note(&key, self.string()?);
            } else {
                self.skip_value()?;
            }
            match self.peek()? {
                b',' => self.at += 1,
                b'}' => {
                    self.at += 1;
                    return Some(());
                }
                _ => return None,
            }
        }
    }

    /// The next byte that isn't white space.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.body[self.at..];
        self.at += rest.iter().position(|byte| !byte.is_ascii_whitespace())?;
        self.body.get(self.at).copied()
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Skips to the `,` or `}` after a value that isn't a string.
    fn skip_value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => {
                    self.raw_string()?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b',' | b'}' if depth == 0 => return Some(()),
                b'}' | b']' => depth = depth.checked_sub(1)?,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// The bytes between the quotation marks.
    fn raw_string(&mut self) -> Option<&[u8]> {
        self.expect(b'"')?;
        let start = self.at;
        loop {
            match self.body.get(self.at)? {
                b'"' => {
                    self.at += 1;
                    return Some(&self.body[start..self.at - 1]);
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        Some(unescaped(self.raw_string()?))
    }
}

/// The text of a JSON string. Invalid parts become the replacement character.
fn unescaped(raw: &[u8]) -> String {
    let mut text = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte != b'\\' {
            text.push(*byte);
            continue;
        }
        let Some((escape, after)) = rest.split_first() else {
            break;
        };
        rest = after;
        match escape {
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'u' => {
                let first = unit(&mut rest);
                let mut low = rest.strip_prefix(b"\\u");
                let units = [first, low.as_mut().map_or(0, unit)];
                let character = match char::decode_utf16(units).next() {
                    Some(Ok(character)) => character,
                    _ => char::REPLACEMENT_CHARACTER,
                };
                if character.len_utf16() == 2 {
                    rest = low.unwrap_or_default();
                }
                text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            other => text.push(*other),
        }
    }
    match String::from_utf8(text) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    }
}

/// Reads four hexadecimal digits. They may be a lone surrogate, which no text has.
fn unit(rest: &mut &[u8]) -> u16 {
    const NO_TEXT: u16 = 0xdfff;
    let Some((digits, after)) = rest.split_at_checked(4) else {
        return NO_TEXT;
    };
    let digits = std::str::from_utf8(digits).ok();
    let Some(unit) = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()) else {
        return NO_TEXT;
    };
    *rest = after;
    unit
}

#[cfg(test)]
mod tests {
    use super::Envelope;

    fn code(body: &str) -> Option<String> {
        Envelope::scan(body.as_bytes()).0.code(None).map(str::to_owned)
    }

    #[test]
    fn the_header_comes_before_code_and_code_before_the_type() {
        let body = br#"{"__type":"ns#InType","code":"InCode","message":"text"}"#;
        let (envelope, _) = Envelope::scan(body);
        assert_eq!(envelope.code(Some("ns#InHeader:http://example.com/")), Some("InHeader"));
        assert_eq!(envelope.code(None), Some("InCode"));
        assert_eq!(
            code(r#"{"__type":"ns#InType:http://example.com/"}"#).as_deref(),
            Some("InType")
        );
        assert_eq!(envelope.message.as_deref(), Some("text"));
    }

    #[test]
    fn what_is_not_needed_is_not_understood() {
        let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        for odd in [
            "1e400",
            "-",
            r#""\ud800""#,
            r#"{"a":[{"__type":"Other"}],"b":"}"}"#,
            "\"\u{1}\"",
            "nonsense",
            &deep,
        ] {
            for body in [
                format!(r#"{{"Zzz":{odd},"__type":"Code"}}"#),
                format!(r#"{{"__type":"Code","Zzz":{odd}}} x"#),
            ] {
                assert_eq!(code(&body).as_deref(), Some("Code"), "{}", &odd[..odd.len().min(30)]);
            }
        }
    }

    #[test]
    fn what_came_of_a_broken_body_counts() {
        for body in [
            r#"{"__type":"Code""#,
            r#"{"__type":"Code","message":"half"#,
            r#"{"__type":"Code";}"#,
            "\r\n {\"__type\":\"Code\"}\r\n}",
        ] {
            assert_eq!(code(body).as_deref(), Some("Code"), "{body}");
        }
        for body in [
            "",
            "\r\n",
            "[]",
            "\"text\"",
            "<html>",
            "{",
            "{\"",
            "{\"a",
            "{\"__type\":\"\\",
            "{]",
        ] {
            assert_eq!(Envelope::scan(body.as_bytes()).0, Envelope::default(), "{body}");
        }
    }

    #[test]
    fn the_object_ends_where_its_brace_is() {
        for (body, end) in [("{}", 2), (" {\"a\":[1]} }", 10), ("{\"a\":", 5)] {
            assert_eq!(Envelope::scan(body.as_bytes()).1, end, "{body}");
        }
    }

    #[test]
    fn text_is_unescaped_as_far_as_it_is_text() {
        for (written, text) in [
            (r#"a\"\\\/\b\f\n\r\tz"#, "a\"\\/\u{8}\u{c}\n\r\tz"),
            (r"\u00e9\uD83D\uDE00!", "é😀!"),
            (r"\ud83d!", "\u{fffd}!"),
            (r"\ud83d\u0041", "\u{fffd}A"),
            (r"\ude00\ud83d", "\u{fffd}\u{fffd}"),
            (r"\u12", "\u{fffd}12"),
        ] {
            let body = format!("{{\"message\":\"{written}\"}}");
            let message = Envelope::scan(body.as_bytes()).0.message;
            assert_eq!(message.as_deref(), Some(text), "{written}");
        }
        let (envelope, _) = Envelope::scan(b"{\"message\":\"a\xffb\"}");
        assert_eq!(envelope.message.as_deref(), Some("a\u{fffd}b"));
    }
}
