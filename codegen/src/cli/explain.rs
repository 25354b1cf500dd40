//! `explain`: an operation as a page to read, because people would rather look than read JSON.

use cognito_codegen::docs::summary;
use cognito_codegen::generate::{GenerateError, Repository};
use cognito_codegen::model::{Operation, Service, Shape, ShapeKind, Structure};
use cognito_codegen::select::select;
use std::fmt::Write;

/// The page of one operation.
pub(crate) fn page(repository: &Repository, service: &str, name: &str) -> Result<String, GenerateError> {
    let mut model = repository.model(service)?;
    select(&mut model, &[name.to_owned()])?;
    let pages = model
        .operations
        .values()
        .map(|operation| of_operation(&model, operation));
    Ok(pages.collect::<Vec<_>>().join("\n"))
}

fn of_operation(model: &Service, operation: &Operation) -> String {
    let mut page = format!("{}\n", operation.name);
    if let Some(text) = &operation.documentation {
        let _ = writeln!(page, "  {}", summary(text));
    }
    if operation.deprecated {
        let why = operation
            .deprecated_message
            .as_deref()
            .unwrap_or("the service says no more");
        let _ = writeln!(page, "  deprecated: {why}");
    }
    let auth = if operation.is_unsigned() {
        "unsigned: needs no AWS credentials"
    } else {
        "signed with SigV4: needs AWS credentials"
    };
    let target = model.metadata.target_prefix.as_deref().unwrap_or_default();
    let _ = writeln!(page, "\nauth    {auth}\ntarget  {target}.{}", operation.name);
    for (title, reference) in [("input", &operation.input), ("output", &operation.output)] {
        let structure = reference
            .as_ref()
            .and_then(|reference| model.structure(&reference.shape));
        let _ = writeln!(page, "\n{title}");
        members(model, structure, &mut page);
    }
    if let Some(paginator) = model.paginators.get(&operation.name) {
        let _ = writeln!(page, "\npages   by {}", paginator.input_token.join(", "));
    }
    let _ = writeln!(page, "\nerrors");
    for error in &operation.errors {
        let text = model
            .shapes
            .get(&error.shape)
            .and_then(|shape| shape.documentation.as_deref());
        let _ = writeln!(page, "  {}", error.shape);
        if let Some(text) = text.map(summary).filter(|text| !text.is_empty()) {
            let _ = writeln!(page, "      {text}");
        }
    }
    page
}

/// A line for each member, required ones first, and its constraints below it.
fn members(model: &Service, structure: Option<&Structure>, page: &mut String) {
    let Some(structure) = structure.filter(|structure| !structure.members.is_empty()) else {
        let _ = writeln!(page, "  nothing");
        return;
    };
    let is_required = |name: &String| structure.required.contains(name);
    let mut names: Vec<&String> = structure.members.keys().collect();
    names.sort_by_key(|name| !is_required(name));
    for name in names {
        let reference = &structure.members[name];
        let Some(shape) = model.shapes.get(&reference.shape) else {
            continue;
        };
        let required = if is_required(name) { ", required" } else { "" };
        let _ = writeln!(page, "  {name}: {}{required}", kind(model, &reference.shape, shape));
        if let Some(constraints) = constraints(shape) {
            let _ = writeln!(page, "      {constraints}");
        }
        let text = reference.documentation.as_deref().or(shape.documentation.as_deref());
        if let Some(text) = text.map(summary).filter(|text| !text.is_empty()) {
            let _ = writeln!(page, "      {text}");
        }
    }
}

fn kind(model: &Service, name: &str, shape: &Shape) -> String {
    let inner = |name: &str| match model.shapes.get(name) {
        Some(shape) => kind(model, name, shape),
        None => name.to_owned(),
    };
    let kind = match &shape.kind {
        ShapeKind::Structure(structure) if structure.document => "JSON".to_owned(),
        // What is inside of a structure has a page of its own in the crate's documentation.
        ShapeKind::Structure(_) => name.to_owned(),
        ShapeKind::List { member, .. } => format!("list of {}", inner(&member.shape)),
        ShapeKind::Map { key, value, .. } => format!("map of {} to {}", inner(&key.shape), inner(&value.shape)),
        ShapeKind::String { values: Some(_), .. } => name.to_owned(),
        other => other.name().to_owned(),
    };
    if shape.sensitive {
        format!("{kind} (secret)")
    } else {
        kind
    }
}

fn constraints(shape: &Shape) -> Option<String> {
    let bounds = |min: Option<i64>, max: Option<i64>, unit: &str| match (min, max) {
        (None, None) => None,
        (Some(min), None) => Some(format!("at least {min}{unit}")),
        (None, Some(max)) => Some(format!("at most {max}{unit}")),
        (Some(min), Some(max)) => Some(format!("{min} to {max}{unit}")),
    };
    let parts: Vec<String> = match &shape.kind {
        ShapeKind::String {
            values: Some(values), ..
        } => vec![format!("one of {}", values.join(", "))],
        ShapeKind::String { min, max, pattern, .. } => {
            let pattern = pattern.as_ref().map(|pattern| format!("matches {pattern}"));
            bounds(*min, *max, " characters").into_iter().chain(pattern).collect()
        }
        ShapeKind::Blob { min, max, .. } => bounds(*min, *max, " bytes").into_iter().collect(),
        ShapeKind::List { min, max, .. } | ShapeKind::Map { min, max, .. } => {
            bounds(*min, *max, " entries").into_iter().collect()
        }
        ShapeKind::Integer { min, max } | ShapeKind::Long { min, max } => bounds(*min, *max, "").into_iter().collect(),
        ShapeKind::Structure(_)
        | ShapeKind::Boolean
        | ShapeKind::Float { .. }
        | ShapeKind::Double { .. }
        | ShapeKind::Timestamp { .. } => Vec::new(),
    };
    (!parts.is_empty()).then(|| parts.join("; "))
}
