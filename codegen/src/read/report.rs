//! The mistakes of one file, as they are found.

use std::cell::{Cell, RefCell};
use std::path::PathBuf;

use super::error::ModelError;
use super::path::JsonPath;

/// More mistakes than anyone reads at once are counted: what a file costs in memory must not depend on how wrong it is.
const ERRORS: usize = 100;

/// The first mistakes come with the nearest name that there is.
const SUGGESTIONS: usize = 20;

/// A path or a name of more characters than this is cut in a report.
const CHARACTERS: usize = 500;

/// The mistakes found so far in one file.
pub(crate) struct Report {
    file: PathBuf,
    errors: RefCell<Vec<ModelError>>,
    /// How many more there were.
    more: Cell<usize>,
}

impl Report {
    pub(crate) fn new(file: PathBuf) -> Self {
        Self {
            file,
            errors: RefCell::default(),
            more: Cell::default(),
        }
    }

    pub(crate) fn error(&self, path: &JsonPath, message: impl Into<String>, hint: impl Into<String>) {
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

    /// Whether nothing is wrong so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.errors.borrow().is_empty()
    }

    /// Whether further mistakes are only counted.
    pub(super) fn is_full(&self) -> bool {
        self.errors.borrow().len() >= ERRORS
    }

    /// Whether the nearest name should be looked for, among thousands perhaps: not for each of many mistakes.
    pub(crate) fn takes_suggestions(&self) -> bool {
        self.errors.borrow().len() < SUGGESTIONS
    }

    pub(crate) fn into_errors(self) -> Vec<ModelError> {
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
