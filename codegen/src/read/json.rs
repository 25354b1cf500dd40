//! JSON text to a value, with what serde_json would let pass.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::path::JsonPath;
use super::report::Report;

/// A file of more bytes isn't read: AWS's largest model has three million, and memory grows with what is read.
const BYTES: u64 = 16_000_000;

/// Reads a JSON file; `None` when it cannot be read as JSON, which is then in the report.
pub(crate) fn read_file(report: &Report, file: &Path) -> Option<Value> {
    let mut bytes = Vec::new();
    match File::open(file).and_then(|file| file.take(BYTES + 1).read_to_end(&mut bytes)) {
        Ok(_) if bytes.len() as u64 > BYTES => {
            report.error(
                &JsonPath::root(),
                format!("the file has more than {} MB", BYTES / 1_000_000),
                "copy it again from botocore/data; no model of AWS is nearly as long",
            );
            None
        }
        Ok(_) => parse(report, &bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            report.error(
                &JsonPath::root(),
                "the file does not exist",
                "copy it from the service's folder in botocore/data, without the version in its name",
            );
            None
        }
        Err(error) => {
            report.error(
                &JsonPath::root(),
                format!("the file cannot be read: {error}"),
                "check the path and its permissions",
            );
            None
        }
    }
}

/// Parses JSON as `serde_json` does, and also reports keys that occur twice in one object, of which a plain
/// `serde_json::from_slice` would silently keep the last.
fn parse(report: &Report, bytes: &[u8]) -> Option<Value> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        report.error(
            &JsonPath::root(),
            "the file is empty",
            "copy it again from botocore/data; the download was probably cut short",
        );
        return None;
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        report.error(
            &JsonPath::root(),
            "the file begins with a byte order mark, which JSON must not have",
            "save it as UTF-8 without a byte order mark",
        );
        return None;
    }
    let mut parser = Parser {
        steps: Vec::new(),
        report,
    };
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let parsed = Node(&mut parser)
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    match parsed {
        Ok(value) => Some(value),
        Err(error) => {
            report.error(
                &parser.path(),
                format!("not JSON: {error}"),
                "copy the file again from botocore/data; models are not edited by hand",
            );
            None
        }
    }
}

struct Parser<'a> {
    /// The way to the value being parsed. A syntax error leaves it where it struck.
    steps: Vec<Step>,
    report: &'a Report,
}

enum Step {
    Key(String),
    Index(usize),
}

impl Parser<'_> {
    fn path(&self) -> JsonPath {
        self.steps.iter().fold(JsonPath::root(), |path, step| match step {
            Step::Key(key) => path.key(key),
            Step::Index(index) => path.index(*index),
        })
    }
}

/// Deserializes one value at the parser's current position.
struct Node<'p, 'a>(&'p mut Parser<'a>);

impl<'de> DeserializeSeed<'de> for Node<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let Node(parser) = self;
        let mut array = Vec::new();
        loop {
            parser.steps.push(Step::Index(array.len()));
            let item = items.next_element_seed(Node(parser))?;
            parser.steps.pop();
            match item {
                Some(item) => array.push(item),
                None => return Ok(array.into()),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let Node(parser) = self;
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            parser.steps.push(Step::Key(key.clone()));
            let value = entries.next_value_seed(Node(parser))?;
            if object.insert(key, value).is_some() {
                parser.report.error(
                    &parser.path(),
                    "the key occurs twice in this object",
                    "keep one of the two; JSON readers disagree about which one counts",
                );
            }
            parser.steps.pop();
        }
        Ok(object.into())
    }
}
