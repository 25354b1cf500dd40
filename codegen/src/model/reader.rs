//! Reads JSON by hand, so that one run reports every mistake and not just the first, each with its JSON path.
//!
//! Nothing here fails: a value that cannot be read goes into the [`Report`] and the reader goes on without it.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::fmt::Display;
use std::path::PathBuf;

use serde_json::{Map, Value};

use super::error::ModelError;
use super::nearest::nearest;
use super::path::JsonPath;

/// More mistakes than anyone reads at once are counted: what a file costs in memory must not depend on how wrong it is.
const ERRORS: usize = 100;

/// The first mistakes come with the nearest name that there is.
const SUGGESTIONS: usize = 20;

/// A path or a name of more characters than this is cut in a report.
const CHARACTERS: usize = 500;

/// The mistakes found so far in one file.
pub(super) struct Report {
    file: PathBuf,
    errors: RefCell<Vec<ModelError>>,
    /// How many more there were.
    more: Cell<usize>,
}

impl Report {
    pub(super) fn new(file: PathBuf) -> Self {
        Self {
            file,
            errors: RefCell::default(),
            more: Cell::default(),
        }
    }

    pub(super) fn error(&self, path: &JsonPath, message: impl Into<String>, hint: impl Into<String>) {
        if self.is_full() {
            self.more.set(self.more.get() + 1);
            return;
        }
        self.errors.borrow_mut().push(ModelError {
            file: self.file.clone(),
            path: cut(path.to_string()),
            message: cut(message.into()),
            hint: cut(hint.into()),
        });
    }

    /// Whether further mistakes are only counted.
    fn is_full(&self) -> bool {
        self.errors.borrow().len() >= ERRORS
    }

    /// Whether the nearest name should be looked for, among thousands perhaps: not for each of many mistakes.
    pub(super) fn takes_suggestions(&self) -> bool {
        self.errors.borrow().len() < SUGGESTIONS
    }

    pub(super) fn into_errors(self) -> Vec<ModelError> {
        let mut errors = self.errors.into_inner();
        if self.more.get() > 0 {
            errors.push(ModelError {
                file: self.file,
                path: JsonPath::root().to_string(),
                message: format!("{} more mistakes", self.more.get()),
                hint: "correct those above first".to_owned(),
            });
        }
        errors
    }
}

fn cut(text: String) -> String {
    match text.char_indices().nth(CHARACTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A value and where it stands.
pub(super) struct Cursor<'a> {
    value: &'a Value,
    path: JsonPath,
    report: &'a Report,
}

impl<'a> Cursor<'a> {
    pub(super) fn root(value: &'a Value, report: &'a Report) -> Self {
        Self {
            value,
            path: JsonPath::root(),
            report,
        }
    }

    pub(super) fn value(&self) -> &'a Value {
        self.value
    }

    pub(super) fn error(&self, message: impl Into<String>, hint: impl Into<String>) {
        self.report.error(&self.path, message, hint);
    }

    pub(super) fn string(&self) -> Option<String> {
        self.typed(self.value.as_str(), "a string").map(str::to_owned)
    }

    pub(super) fn boolean(&self) -> Option<bool> {
        self.typed(self.value.as_bool(), "a boolean")
    }

    pub(super) fn integer(&self) -> Option<i64> {
        self.typed(self.value.as_i64(), "a 64-bit integer")
    }

    pub(super) fn number(&self) -> Option<f64> {
        self.typed(self.value.as_f64(), "a number")
    }

    /// An HTTP status.
    pub(super) fn status_code(&self) -> Option<u16> {
        let status = self.value.as_u64().filter(|status| (100..600).contains(status));
        self.typed(status, "an HTTP status between 100 and 599")
            .and_then(|status| u16::try_from(status).ok())
    }

    /// The items of an array.
    pub(super) fn items(&self) -> Option<impl Iterator<Item = Cursor<'a>>> {
        let items = self.typed(self.value.as_array(), "an array")?;
        let (path, report) = (self.path.clone(), self.report);
        Some(items.iter().enumerate().map(move |(index, value)| Cursor {
            value,
            path: path.index(index),
            report,
        }))
    }

    /// An array of strings, each of which may stand in it once.
    pub(super) fn strings(&self) -> Option<Vec<String>> {
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
    pub(super) fn entries(&self) -> Option<impl Iterator<Item = (&'a str, Cursor<'a>)>> {
        let entries = self.typed(self.value.as_object(), "an object")?;
        let (path, report) = (self.path.clone(), self.report);
        Some(entries.iter().map(move |(key, value)| {
            let path = path.key(key);
            let cursor = Cursor { value, path, report };
            (key.as_str(), cursor)
        }))
    }

    /// An object whose keys are those of the model's own format.
    pub(super) fn object(self) -> Option<Object<'a>> {
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

fn describe(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a number with a fraction",
        Value::Number(_) => "an integer",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Reads an object key by key. The keys asked for are the keys known; [`Object::finish`] reports the others.
pub(super) struct Object<'a> {
    cursor: Cursor<'a>,
    map: &'a Map<String, Value>,
    known: Vec<&'static str>,
}

impl<'a> Object<'a> {
    pub(super) fn get(&mut self, key: &'static str) -> Option<Cursor<'a>> {
        self.known.push(key);
        self.map.get(key).map(|value| Cursor {
            value,
            path: self.cursor.path.key(key),
            report: self.cursor.report,
        })
    }

    /// Like [`Object::get`], and its absence is a mistake.
    pub(super) fn require(&mut self, key: &'static str) -> Option<Cursor<'a>> {
        let cursor = self.get(key);
        if cursor.is_none() {
            self.cursor.error(
                format!("the key `{key}` is missing"),
                format!("add `{key}` to this object"),
            );
        }
        cursor
    }

    pub(super) fn string(&mut self, key: &'static str) -> Option<String> {
        self.get(key)?.string()
    }

    /// A string that must be there; empty when it is not, which is then in the report.
    pub(super) fn require_string(&mut self, key: &'static str) -> String {
        self.require(key).and_then(|cursor| cursor.string()).unwrap_or_default()
    }

    pub(super) fn strings(&mut self, key: &'static str) -> Vec<String> {
        self.get(key).and_then(|cursor| cursor.strings()).unwrap_or_default()
    }

    /// A boolean that is `false` when absent.
    pub(super) fn flag(&mut self, key: &'static str) -> bool {
        self.get(key).and_then(|cursor| cursor.boolean()).unwrap_or_default()
    }

    /// `min` and `max`, inclusive, each read by `read`.
    pub(super) fn bounds<T: PartialOrd + Display>(
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

    /// Knows keys that are not read; each comes with the reason why.
    pub(super) fn ignore(&mut self, keys: &[(&'static str, &'static str)]) {
        self.known.extend(keys.iter().map(|(key, _reason)| *key));
    }

    /// Reports a mistake in the object as a whole.
    pub(super) fn error(&self, message: impl Into<String>, hint: impl Into<String>) {
        self.cursor.error(message, hint);
    }

    /// Reports every key that has not been asked for.
    pub(super) fn finish(self) {
        let unknown = self.map.keys().filter(|key| !self.known.contains(&key.as_str()));
        for key in unknown {
            if self.cursor.report.is_full() {
                self.cursor.error(String::new(), String::new());
                continue;
            }
            let advice = match nearest(key, self.known.iter().copied()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => "teach the reader about it in codegen/src/model;".to_owned(),
            };
            self.cursor.report.error(
                &self.cursor.path.key(key),
                format!("unknown key `{key}`"),
                format!("{advice} keys known here: {}", self.known.join(", ")),
            );
        }
    }
}
