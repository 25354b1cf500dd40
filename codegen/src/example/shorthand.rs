//! The AWS CLI's shorthand syntax: `Name=email,Value=a`, `a=1,b=[x,y],c={d=e}`.
//!
//! Source: "Using shorthand syntax in the AWS CLI", AWS Command Line Interface User Guide. All values are text here;
//! the caller knows their types.

use serde_json::{Map, Value};

/// Reads `text`, which holds key-value pairs or a list of values.
///
/// # Errors
/// What is wrong, and at which character.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let mut parser = Parser {
        rest: text.chars().collect(),
        at: 0,
    };
    let value = if parser.begins_pair() {
        parser.pairs(None)?
    } else {
        parser.values()?
    };
    if parser.at < parser.rest.len() {
        return Err(parser.error("the end"));
    }
    Ok(value)
}

struct Parser {
    rest: Vec<char>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn take(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    fn skip_spaces(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn error(&self, expected: &str) -> String {
        format!("expected {expected} at character {} of a shorthand value", self.at + 1)
    }

    /// Whether a key and `=` come next.
    fn begins_pair(&self) -> bool {
        let key: Vec<char> = self.rest[self.at..]
            .iter()
            .copied()
            .take_while(|c| is_key(*c))
            .collect();
        !key.is_empty() && self.rest.get(self.at + key.len()) == Some(&'=')
    }

    /// `key=value,…`, up to the character `end`, or to the end of the text.
    fn pairs(&mut self, end: Option<char>) -> Result<Value, String> {
        let mut map = Map::new();
        loop {
            self.skip_spaces();
            if !self.begins_pair() {
                return Err(self.error("`key=`"));
            }
            let start = self.at;
            while self.peek().is_some_and(is_key) {
                self.at += 1;
            }
            let key: String = self.rest[start..self.at].iter().collect();
            self.at += 1;
            let value = if end.is_some() {
                self.value(end)?
            } else {
                self.values()?
            };
            map.insert(key, value);
            self.skip_spaces();
            if !self.take(',') {
                break;
            }
        }
        match end {
            Some(end) if !self.take(end) => Err(self.error(&format!("`{end}`"))),
            _ => Ok(Value::Object(map)),
        }
    }

    /// One value, or several with commas in between, which are a list.
    fn values(&mut self) -> Result<Value, String> {
        let first = self.value(None)?;
        let mut items = vec![first];
        while self.peek() == Some(',') {
            self.at += 1;
            if self.begins_pair() {
                self.at -= 1;
                break;
            }
            items.push(self.value(None)?);
        }
        Ok(if items.len() == 1 {
            items.remove(0)
        } else {
            Value::Array(items)
        })
    }

    fn value(&mut self, end: Option<char>) -> Result<Value, String> {
        self.skip_spaces();
        match self.peek() {
            Some('{') => {
                self.at += 1;
                self.pairs(Some('}'))
            }
            Some('[') => {
                self.at += 1;
                let mut items = Vec::new();
                self.skip_spaces();
                while !self.take(']') {
                    items.push(self.value(Some(']'))?);
                    self.skip_spaces();
                    if !self.take(',') && self.peek() != Some(']') {
                        return Err(self.error("`,` or `]`"));
                    }
                    self.skip_spaces();
                }
                Ok(Value::Array(items))
            }
            Some(quote @ ('"' | '\'')) => {
                self.at += 1;
                self.quoted(quote)
            }
            _ => Ok(self.bare(end)),
        }
    }

    fn quoted(&mut self, quote: char) -> Result<Value, String> {
        let mut text = String::new();
        loop {
            match self.peek() {
                None => return Err(self.error(&format!("`{quote}`"))),
                Some('\\') if matches!(self.rest.get(self.at + 1), Some('\\' | '"' | '\'')) => {
                    text.extend(self.rest.get(self.at + 1));
                    self.at += 2;
                }
                Some(c) => {
                    self.at += 1;
                    if c == quote {
                        return Ok(Value::String(text));
                    }
                    text.push(c);
                }
            }
        }
    }

    fn bare(&mut self, end: Option<char>) -> Value {
        let mut text = String::new();
        while let Some(c) = self.peek() {
            if c == ',' || Some(c) == end {
                break;
            }
            self.at += 1;
            if c == '\\' && self.peek() == Some(',') {
                self.at += 1;
                text.push(',');
            } else {
                text.push(c);
            }
        }
        Value::String(text.trim_end().to_owned())
    }
}

fn is_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.#/:".contains(c)
}

#[cfg(test)]
mod tests {
    use super::parse;
    use serde_json::json;

    #[test]
    fn pairs_lists_and_structures_are_told_apart() {
        assert_eq!(
            parse("Name=email,Value=a@b.c"),
            Ok(json!({"Name": "email", "Value": "a@b.c"}))
        );
        assert_eq!(parse("a=b,c,d=e"), Ok(json!({"a": ["b", "c"], "d": "e"})));
        assert_eq!(
            parse("a={b=c,d=[x,y]},e=f"),
            Ok(json!({"a": {"b": "c", "d": ["x", "y"]}, "e": "f"}))
        );
        assert_eq!(parse("a,b"), Ok(json!(["a", "b"])));
        assert_eq!(parse("x=\"q,\\\"r\",y=''"), Ok(json!({"x": "q,\"r", "y": ""})));
        assert_eq!(parse("a=1\\,2"), Ok(json!({"a": "1,2"})));
        assert_eq!(parse("u=https://x/?a=b&c=d"), Ok(json!({"u": "https://x/?a=b&c=d"})));
    }

    #[test]
    fn what_does_not_end_is_refused() {
        for text in ["a={b=c", "a=[b", "a=\"b", "a={b}"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
