//! The example of an operation, as lines of documentation.

use super::Placement;
use super::docs::comment;
use super::structure::Structures;
use crate::example::Examples;
use crate::example::render::{Renderer, Types};
use crate::model::{Operation, Service, ShapeRef, Structure};

impl Types for Structures<'_> {
    fn name(&self, shape: &str) -> String {
        self.types.name(shape)
    }

    fn is_fallible(&self, shape: &str) -> bool {
        self.has_required(shape)
    }

    fn is_always_there(&self, shape: &str, member: &str) -> bool {
        self.is_always_there(shape, member)
    }
}

/// What examples are made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) examples: &'a Examples,
    pub(super) placement: &'a Placement,
    /// The library's name.
    pub(super) lib: &'a str,
}

/// The lines of an operation's example, which calls `method`. A module has none: the generator doesn't know the name
/// of its crate.
pub(super) fn plan(
    service: &Service,
    structures: &Structures<'_>,
    operation: &Operation,
    method: &str,
    source: Source<'_>,
) -> Vec<String> {
    if matches!(source.placement, Placement::Module(_)) {
        return Vec::new();
    }
    let example = source.examples.best(service, &operation.name);
    let empty = Structure::default();
    let structure = |reference: Option<&ShapeRef>| {
        reference
            .and_then(|reference| service.structure(&reference.shape))
            .unwrap_or(&empty)
    };
    let mut renderer = Renderer::new(service, structures);
    let call = renderer.call(method, structure(operation.input.as_ref()), &example.input);
    let output = operation.output.as_ref();
    let wire = output.map_or("", |output| output.shape.as_str());
    let answer = example
        .answer
        .map(|answer| renderer.answer(wire, structure(output), &answer))
        .unwrap_or_default();
    let lib = source.lib;
    let mut lines = vec![String::new(), "# Example".to_owned(), String::new()];
    if !example.title.is_empty() {
        lines.extend([format!("{}:", example.title.trim_end_matches('.')), String::new()]);
    }
    lines.push("```no_run".to_owned());
    let primitives: Vec<&str> = renderer.primitives.iter().copied().collect();
    lines.extend(import(&format!("{lib}::primitives"), &primitives));
    let types: Vec<&str> = renderer.uses.iter().map(String::as_str).collect();
    lines.extend(import(&format!("{lib}::types"), &types));
    if !primitives.is_empty() || !types.is_empty() {
        lines.push(String::new());
    }
    lines.push(format!(
        "# async fn example(client: &{lib}::Client) -> Result<(), Box<dyn std::error::Error>> {{"
    ));
    let (first, rest) = call
        .split_first()
        .map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    lines.push(if answer.is_empty() {
        first.to_owned()
    } else {
        format!("let output = {first}")
    });
    lines.extend(rest.iter().cloned());
    if !answer.is_empty() {
        lines.push(String::new());
        lines.extend(answer);
    }
    lines.extend(["# Ok(())".to_owned(), "# }".to_owned(), "```".to_owned()]);
    comment(lines)
}

/// A longer line of `use` is broken.
const LINE: usize = 100;

/// `use path::{A, B};`, in lines as rustfmt breaks them.
fn import(path: &str, names: &[&str]) -> Vec<String> {
    let line = match names {
        [] => return Vec::new(),
        [name] => format!("use {path}::{name};"),
        names => format!("use {path}::{{{}}};", names.join(", ")),
    };
    if line.len() <= LINE {
        return vec![line];
    }
    let mut lines = vec![format!("use {path}::{{")];
    let mut row = "   ".to_owned();
    for name in names {
        if row.len() + name.len() + 2 >= LINE {
            lines.push(std::mem::replace(&mut row, "   ".to_owned()));
        }
        row.push(' ');
        row.push_str(name);
        row.push(',');
    }
    lines.extend([row, "};".to_owned()]);
    lines
}
