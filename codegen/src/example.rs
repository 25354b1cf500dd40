//! Examples of calls: AWS's command lines as typed values, and values made from the shapes where there is none.
//!
//! `page` finds commands and answers in a page of the AWS CLI's documentation, `arguments` and `shorthand` read a
//! command as the CLI does, guided by the model, `sample` makes up what no page shows, and `render` prints a value as
//! the Rust expression that builds it; `answer` reads the output.

mod answer;
mod arguments;
mod page;
pub(crate) mod render;
mod sample;
mod shorthand;

use crate::model::{ModelError, Service};
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// A call and, where AWS shows one, its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it does, in AWS's words; empty where it is made from the shapes.
    pub title: String,
    /// The members of the input.
    pub input: Value,
    /// The members of the output.
    pub answer: Option<Value>,
}

/// Examples of the operations of a service.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Examples {
    /// By the name of the operation.
    shown: BTreeMap<String, Vec<Example>>,
}

impl Examples {
    /// Reads the pages of the AWS CLI in `folder`, a file an operation. No folder is no example.
    ///
    /// # Errors
    /// A page can't be read, or its command doesn't fit the model; all such errors together.
    pub fn load(folder: &Path, service: &Service) -> Result<Self, Vec<ModelError>> {
        let mut examples = Self::default();
        let mut errors = Vec::new();
        for (operation, model) in &service.operations {
            let file = folder.join(format!("{}.rst", page::file_stem(operation)));
            let text = match fs::read_to_string(&file) {
                Ok(text) => text,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => {
                    errors.push(ModelError {
                        file,
                        path: "$".to_owned(),
                        message: format!("can't be read: {error}"),
                        hint: "copy it anew from the awscli package".to_owned(),
                    });
                    continue;
                }
            };
            let input = model.input.as_ref().map_or("", |input| input.shape.as_str());
            for (index, entry) in page::entries(&text, operation).into_iter().enumerate() {
                match arguments::read(service, input, &entry.command) {
                    Ok(Some(value)) => examples.shown.entry(operation.clone()).or_default().push(Example {
                        title: entry.title,
                        input: value,
                        answer: entry.answer,
                    }),
                    // The CLI reads it from a file that the page doesn't show.
                    Ok(None) => {}
                    Err(message) => errors.push(ModelError {
                        file: file.clone(),
                        path: format!("command {}", index + 1),
                        message,
                        hint: "take the pages of an awscli that is as old as the model".to_owned(),
                    }),
                }
            }
        }
        if errors.is_empty() { Ok(examples) } else { Err(errors) }
    }

    /// The examples that AWS shows of an operation.
    pub fn of(&self, operation: &str) -> &[Example] {
        self.shown.get(operation).map_or(&[], Vec::as_slice)
    }

    /// An example of an operation: the first that AWS shows, or one with the required members, made from the shapes.
    pub fn best(&self, service: &Service, operation: &str) -> Example {
        if let Some(shown) = self.of(operation).first() {
            return shown.clone();
        }
        let input = service.operations.get(operation).and_then(|model| model.input.as_ref());
        let structure = input.and_then(|input| service.structure(&input.shape));
        Example {
            title: String::new(),
            input: structure.map_or_else(
                || Value::Object(serde_json::Map::new()),
                |structure| sample::Sampler::new(service, self.values()).required(structure),
            ),
            answer: None,
        }
    }

    /// The texts that AWS's examples use for a member, by its name: the first of each.
    fn values(&self) -> IndexMap<&str, &str> {
        let mut values = IndexMap::new();
        for example in self.shown.values().flatten() {
            for (name, value) in example.input.as_object().into_iter().flatten() {
                if let Value::String(text) = value {
                    values.entry(name.as_str()).or_insert(text.as_str());
                }
            }
        }
        values
    }
}
