//! Only what you call: a service with some of its operations.

use crate::model::Service;
use crate::plan::Plan;
use crate::read::nearest;
use indexmap::IndexMap;
use std::fmt;

/// A name or pattern that no operation has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownOperation {
    /// What was asked for.
    pub pattern: String,
    /// Names that it may have been meant to be, best first.
    pub nearest: Vec<String>,
    /// The service.
    pub service: String,
}

impl fmt::Display for UnknownOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            pattern,
            nearest,
            service,
        } = self;
        if pattern.trim().is_empty() {
            return write!(
                f,
                "the name of an operation is empty\n  hint: `cognito-codegen dump operations {service}` lists them"
            );
        }
        write!(f, "{service} has no operation `{pattern}`\n  hint: ")?;
        match nearest.as_slice() {
            [] => write!(f, "`cognito-codegen dump operations {service}` lists them"),
            [one] => write!(f, "did you mean `{one}`?"),
            several => write!(f, "did you mean one of `{}`?", several.join("`, `")),
        }
    }
}

/// The names and patterns that no operation has, all of them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct SelectError(pub Vec<UnknownOperation>);

/// Keeps the operations that `patterns` name, with their paginators. In a pattern `*` stands for any text and `?` for
/// any character: `Admin*User`.
///
/// Shapes stay as they are, so that types are called as in the whole crate; what no operation reaches is not generated.
///
/// # Errors
/// A pattern fits no operation.
pub fn select(service: &mut Service, patterns: &[String]) -> Result<(), SelectError> {
    let mut unknown = Vec::new();
    let mut wanted: Vec<glob::Pattern> = Vec::new();
    for text in patterns {
        // A pattern that can't be read, such as `[`, is a name that no operation has.
        let pattern = glob::Pattern::new(text).ok();
        let fits = |pattern: &glob::Pattern| service.operations.keys().any(|name| pattern.matches(name));
        match pattern.filter(fits) {
            Some(pattern) => wanted.push(pattern),
            None if unknown.iter().any(|known: &UnknownOperation| known.pattern == *text) => {}
            None => unknown.push(UnknownOperation {
                pattern: text.clone(),
                nearest: suggestions(service, text),
                service: service.dir_name.clone(),
            }),
        }
    }
    if !unknown.is_empty() {
        return Err(SelectError(unknown));
    }
    let keep = |name: &String| wanted.iter().any(|pattern| pattern.matches(name));
    service.operations.retain(|name, _| keep(name));
    service.paginators.retain(|name, _| keep(name));
    Ok(())
}

/// An operation that can't be generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The operation.
    pub operation: String,
    /// What it needs that isn't supported.
    pub why: String,
}

/// Removes the operations that can't be generated, and answers with them. An operation that can't be expressed is
/// left out rather than half right.
pub fn leave_out_unsupported(service: &mut Service) -> Vec<LeftOut> {
    if Plan::of_api(service).is_ok() {
        return Vec::new();
    }
    // The operations one by one: what is wrong with the plan of one alone is its own fault.
    let operations = std::mem::take(&mut service.operations);
    let mut left_out = Vec::new();
    let mut supported = IndexMap::new();
    for (name, operation) in operations {
        service.operations.insert(name.clone(), operation.clone());
        match Plan::of_api(service) {
            Ok(_) => {
                supported.insert(name, operation);
            }
            Err(errors) => {
                let why: Vec<_> = errors
                    .0
                    .iter()
                    .map(|error| format!("{}: {}", error.path, error.message))
                    .collect();
                left_out.push(LeftOut {
                    operation: name,
                    why: why.join("; "),
                });
            }
        }
        service.operations.clear();
    }
    service.operations = supported;
    service
        .paginators
        .retain(|name, _| service.operations.contains_key(name));
    left_out
}

/// Up to three operations: those spelled alike, or else those whose names have the text in them.
fn suggestions(service: &Service, text: &str) -> Vec<String> {
    let mut names: Vec<&str> = service.operations.keys().map(String::as_str).collect();
    let mut found: Vec<String> = Vec::new();
    while let Some(name) = nearest(text, names.iter().copied()).filter(|_| found.len() < 3) {
        found.push(name.to_owned());
        names.retain(|other| *other != name);
    }
    if found.is_empty() {
        let text = text.replace(['*', '?'], "").to_lowercase();
        let holding = names
            .iter()
            .filter(|name| !text.is_empty() && name.to_lowercase().contains(&text));
        found.extend(holding.take(3).map(|name| (*name).to_owned()));
    }
    found
}
