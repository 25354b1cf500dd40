//! Walks through JSON by hand, so that one run reports every mistake and not just the first, each with its JSON path.
//!
//! Nothing here fails: a value that cannot be read goes into the [`Report`] and the reader goes on without it.

use std::collections::{BTreeSet, HashSet};
use std::fmt::Display;

use serde_json::{Map, Value};

use super::nearest::nearest;
use super::path::{JsonPath, is_identifier};
use super::place::{Key, Place, Treatment};
use super::report::Report;

/// A value and where it stands.
#[derive(Clone)]
pub(crate) struct Cursor<'a> {
    value: &'a Value,
    path: JsonPath,
    report: &'a Report,
}

impl<'a> Cursor<'a> {
    pub(crate) fn root(value: &'a Value, report: &'a Report) -> Self {
        Self {
            value,
            path: JsonPath::root(),
            report,
        }
    }

    pub(crate) fn path(&self) -> &JsonPath {
        &self.path
    }

    pub(crate) fn value(&self) -> &'a Value {
        self.value
    }

    pub(crate) fn error(&self, message: impl Into<String>, hint: impl Into<String>) {
        self.report.error(&self.path, message, hint);
    }

    pub(crate) fn string(&self) -> Option<String> {
        self.typed(self.value.as_str(), "a string").map(str::to_owned)
    }

    /// A string that is a name of the service: it ends up in names and literals of the generated code, and in headers.
    pub(crate) fn name(&self) -> Option<String> {
        let name = self.string()?;
        self.check_not_empty(&name);
        self.check_name(&name);
        self.check_for_header(&name);
        Some(name)
    }

    /// Reports a name that is a key, which stands here: it is empty, or has what no name of AWS has.
    pub(crate) fn check_key(&self, name: &str) {
        self.check_not_empty(name);
        self.check_name(name);
        if name.contains(char::is_whitespace) {
            self.error(
                format!("the name {name:?} has white space"),
                "correct the name; no name of AWS has any",
            );
        }
    }

    fn check_not_empty(&self, name: &str) {
        if name.is_empty() {
            self.error("the name is empty", "write a name");
        }
    }

    /// Reports a name, which stands here, that can't be a part of a header.
    pub(crate) fn check_for_header(&self, name: &str) {
        if !name.is_ascii() {
            self.error(
                format!("the name {name:?} can't be a part of a request's header"),
                "use ASCII characters",
            );
        }
    }

    /// Reports a name, which stands here, that has characters which no name of AWS has.
    fn check_name(&self, name: &str) {
        let is_strange =
            |c: char| c.is_control() || matches!(c, '"' | '\\' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if name.contains(is_strange) {
            self.error(
                format!("the name {name:?} has a quotation mark, a backslash or a control character"),
                "correct the name; no name of AWS has any of them",
            );
        }
    }

    /// Reports a name, which stands here, of a variable in a language of AWS's that isn't an identifier there.
    pub(crate) fn check_identifier(&self, name: &str) {
        if !is_identifier(name) || name.bytes().all(|c| c == b'_') {
            self.error(
                format!("{name:?} can't be the name of a value"),
                "use ASCII letters, digits and `_`, and don't begin with a digit",
            );
        }
    }

    pub(crate) fn boolean(&self) -> Option<bool> {
        self.typed(self.value.as_bool(), "a boolean")
    }

    pub(crate) fn integer(&self) -> Option<i64> {
        self.typed(self.value.as_i64(), "a 64-bit integer")
    }

    pub(crate) fn number(&self) -> Option<f64> {
        self.typed(self.value.as_f64(), "a number")
    }

    /// The items of an array.
    pub(crate) fn items(&self) -> Option<impl Iterator<Item = Cursor<'a>>> {
        let items = self.typed(self.value.as_array(), "an array")?;
        let (path, report) = (self.path.clone(), self.report);
        Some(items.iter().enumerate().map(move |(index, value)| Cursor {
            value,
            path: path.index(index),
            report,
        }))
    }

    /// An array of strings, each of which may stand in it once.
    pub(crate) fn strings(&self) -> Option<Vec<String>> {
        let (mut strings, mut seen) = (Vec::new(), HashSet::new());
        for item in self.items()? {
            let Some(string) = item.string() else {
                continue;
            };
            if !seen.insert(string.clone()) {
                item.error(format!("`{string}` stands in this list twice"), "keep one of the two");
            } else {
                strings.push(string);
            }
        }
        Some(strings)
    }

    /// The entries of an object whose keys are names that the model chose.
    pub(crate) fn entries(&self) -> Option<impl Iterator<Item = (&'a str, Cursor<'a>)>> {
        let entries = self.typed(self.value.as_object(), "an object")?;
        let (path, report) = (self.path.clone(), self.report);
        Some(entries.iter().map(move |(key, value)| {
            let path = path.key(key);
            let cursor = Cursor { value, path, report };
            (key.as_str(), cursor)
        }))
    }

    /// An object whose keys are those of the model's own format.
    pub(crate) fn object(self) -> Option<Object<'a>> {
        let map = self.typed(self.value.as_object(), "an object")?;
        Some(Object {
            cursor: self,
            map,
            known: Vec::new(),
        })
    }

    fn typed<T>(&self, value: Option<T>, expected: &str) -> Option<T> {
        if value.is_none() {
            self.error(
                format!("expected {expected}, found {}", describe(self.value)),
                format!("write {expected} here"),
            );
        }
        value
    }
}

/// The first number that no 64-bit integer with a sign is.
const TWO_TO_THE_63: f64 = 9_223_372_036_854_775_808.0;

fn describe(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.as_f64().is_some_and(|it| it.abs() >= TWO_TO_THE_63) => {
            "a number beyond 64 bits"
        }
        Value::Number(number) if number.is_f64() => "a number with a fraction",
        Value::Number(_) => "an integer",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Reads an object key by key. The keys asked for are the keys known; [`Object::finish`] reports the others.
pub(crate) struct Object<'a> {
    cursor: Cursor<'a>,
    map: &'a Map<String, Value>,
    known: Vec<&'static str>,
}

impl<'a> Object<'a> {
    pub(crate) fn get(&mut self, key: &'static str) -> Option<Cursor<'a>> {
        self.known.push(key);
        self.map.get(key).map(|value| Cursor {
            value,
            path: self.cursor.path.key(key),
            report: self.cursor.report,
        })
    }

    /// Like [`Object::get`], and its absence is a mistake.
    pub(crate) fn require(&mut self, key: &'static str) -> Option<Cursor<'a>> {
        let cursor = self.get(key);
        if cursor.is_none() {
            self.cursor.error(
                format!("the key `{key}` is missing"),
                format!("add `{key}` to this object"),
            );
        }
        cursor
    }

    pub(crate) fn string(&mut self, key: &'static str) -> Option<String> {
        self.get(key)?.string()
    }

    /// A string that must be there; empty when it is not, which is then in the report.
    pub(crate) fn require_string(&mut self, key: &'static str) -> String {
        self.require(key).and_then(|cursor| cursor.string()).unwrap_or_default()
    }

    /// A string that is a name.
    pub(crate) fn name(&mut self, key: &'static str) -> Option<String> {
        self.get(key)?.name()
    }

    /// A name that must be there; empty when it is not, which is then in the report.
    pub(crate) fn require_name(&mut self, key: &'static str) -> String {
        self.require(key).and_then(|cursor| cursor.name()).unwrap_or_default()
    }

    pub(crate) fn strings(&mut self, key: &'static str) -> Vec<String> {
        self.get(key).and_then(|cursor| cursor.strings()).unwrap_or_default()
    }

    /// A boolean that is `false` when absent.
    pub(crate) fn flag(&mut self, key: &'static str) -> bool {
        self.get(key).and_then(|cursor| cursor.boolean()).unwrap_or_default()
    }

    /// `min` and `max`, inclusive, each read by `read`.
    pub(crate) fn bounds<T: PartialOrd + Display>(
        &mut self,
        read: impl Fn(&Cursor<'a>) -> Option<T>,
    ) -> (Option<T>, Option<T>) {
        let min_at = self.get("min");
        let min = min_at.as_ref().and_then(&read);
        let max = self.get("max").as_ref().and_then(&read);
        if let (Some(at), Some(min), Some(max)) = (&min_at, &min, &max)
            && min > max
        {
            at.error(
                format!("`min` is {min}, more than `max`, which is {max}"),
                "no value can satisfy both; correct one of them",
            );
        }
        (min, max)
    }

    /// Reports a name, the object's, that can't be a part of a header.
    pub(crate) fn check_for_header(&self, name: &str) {
        self.cursor.check_for_header(name);
    }

    /// Reports a mistake in the object as a whole.
    pub(crate) fn error(&self, message: impl Into<String>, hint: impl Into<String>) {
        self.cursor.error(message, hint);
    }

    /// Reports every key that the tables don't list. They say what becomes of each: what is honoured or refused has
    /// been asked for, what is ignored has not. A build for tests fails where that isn't so, whatever the document says.
    pub(crate) fn finish_as(mut self, places: &[&Place]) {
        let keys = || places.iter().flat_map(|place| place.keys);
        if cfg!(debug_assertions) {
            let read = |key: &&Key| !matches!(key.treatment, Treatment::Ignored(_));
            let listed: BTreeSet<&str> = keys().filter(read).map(|key| key.name).collect();
            let asked: BTreeSet<&str> = self.known.iter().copied().collect();
            assert_eq!(
                asked, listed,
                "what is read of a {}, and what its table says",
                places[0].name
            );
        }
        self.known = keys().map(|key| key.name).collect();
        self.finish();
    }

    fn finish(self) {
        let unknown = self.map.keys().filter(|key| !self.known.contains(&key.as_str()));
        for key in unknown {
            if self.cursor.report.is_full() {
                self.cursor.error(String::new(), String::new());
                continue;
            }
            let advice = match nearest(key, self.known.iter().copied()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => {
                    "add it to the table in codegen/src/model/traits.rs or codegen/src/endpoint/keys.rs;".to_owned()
                }
            };
            self.cursor.report.error(
                &self.cursor.path.key(key),
                format!("unknown key `{key}`"),
                format!("{advice} keys known here: {}", self.known.join(", ")),
            );
        }
    }
}
