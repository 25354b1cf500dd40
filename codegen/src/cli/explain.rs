//! `explain`: an operation as a page to read, because people would rather look than read JSON.

use cognito_codegen::docs::{one_line, summary};
use cognito_codegen::generate::{GenerateError, Repository};
use cognito_codegen::model::{Operation, Service, Shape, ShapeKind, ShapeRef, Structure};
use cognito_codegen::plan::{Fixups, bounds};
use cognito_codegen::select::select;
use serde::Serialize;
use std::fmt;

/// What is told of an operation.
#[derive(Serialize)]
pub(crate) struct Page {
    operation: String,
    summary: Option<String>,
    deprecated: Option<String>,
    /// Whether requests are signed, and so need AWS credentials.
    signed: bool,
    target: String,
    input: Vec<Member>,
    output: Vec<Member>,
    /// The members of the input by which its pages are asked for.
    pages_by: Vec<String>,
    errors: Vec<ErrorOfOperation>,
}

#[derive(Serialize)]
struct Member {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    required: bool,
    constraints: Option<String>,
    summary: Option<String>,
}

#[derive(Serialize)]
struct ErrorOfOperation {
    name: String,
    summary: Option<String>,
}

/// The pages of the operations that `name` fits.
pub(crate) fn pages(repository: &Repository, service: &str, name: &str) -> Result<Vec<Page>, GenerateError> {
    let mut model = repository.model(service)?;
    select(&mut model, &[name.to_owned()])?;
    Ok(model.operations.values().map(|it| page(&model, it)).collect())
}

fn page(model: &Service, operation: &Operation) -> Page {
    let of = |reference: &Option<ShapeRef>| {
        let structure = reference.as_ref().and_then(|it| model.structure(&it.shape));
        structure.map(|structure| members(model, structure)).unwrap_or_default()
    };
    let message = operation.deprecated_message.as_deref();
    let paginator = model.paginators.get(&operation.name);
    let errors = operation.errors.iter().map(|error| ErrorOfOperation {
        name: error.shape.clone(),
        summary: text(
            model
                .shapes
                .get(&error.shape)
                .and_then(|shape| shape.documentation.as_deref()),
        ),
    });
    Page {
        operation: operation.name.clone(),
        summary: text(operation.documentation.as_deref()),
        deprecated: operation
            .deprecated
            .then(|| one_line(message.unwrap_or("the service says no more"))),
        signed: !operation.is_unsigned(),
        target: model.target(&operation.name),
        input: of(&operation.input),
        output: of(&operation.output),
        pages_by: paginator
            .map(|paginator| paginator.input_token.clone())
            .unwrap_or_default(),
        errors: errors.collect(),
    }
}

/// The first sentence of a documentation, if it says something.
fn text(documentation: Option<&str>) -> Option<String> {
    documentation.map(summary).filter(|text| !text.is_empty())
}

/// The members, required ones first.
fn members(model: &Service, structure: &Structure) -> Vec<Member> {
    let is_required = |name: &String| structure.required.contains(name);
    let mut names: Vec<&String> = structure.members.keys().collect();
    names.sort_by_key(|name| !is_required(name));
    let members = names.into_iter().filter_map(|name| {
        let reference = &structure.members[name];
        let shape = model.shapes.get(&reference.shape)?;
        Some(Member {
            name: name.clone(),
            kind: kind(model, &reference.shape, shape),
            required: is_required(name),
            constraints: constraints(model, shape),
            summary: text(reference.documentation.as_deref().or(shape.documentation.as_deref())),
        })
    });
    members.collect()
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.operation)?;
        if let Some(summary) = &self.summary {
            writeln!(f, "  {summary}")?;
        }
        if let Some(why) = &self.deprecated {
            writeln!(f, "  deprecated: {why}")?;
        }
        let auth = if self.signed {
            "signed with SigV4: needs AWS credentials"
        } else {
            "unsigned: needs no AWS credentials"
        };
        writeln!(f, "\nauth    {auth}\ntarget  {}", self.target)?;
        for (title, members) in [("input", &self.input), ("output", &self.output)] {
            writeln!(f, "\n{title}")?;
            if members.is_empty() {
                writeln!(f, "  nothing")?;
            }
            members.iter().try_for_each(|member| member.fmt(f))?;
        }
        if !self.pages_by.is_empty() {
            writeln!(f, "\npages   by {}", self.pages_by.join(", "))?;
        }
        writeln!(f, "\nerrors")?;
        for error in &self.errors {
            writeln!(f, "  {}", error.name)?;
            if let Some(summary) = &error.summary {
                writeln!(f, "      {summary}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let required = if self.required { ", required" } else { "" };
        writeln!(f, "  {}: {}{required}", self.name, self.kind)?;
        let below = self.constraints.iter().chain(&self.summary);
        below.into_iter().try_for_each(|line| writeln!(f, "      {line}"))
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
    if Fixups::of(&model.dir_name).is_secret(name, shape) {
        format!("{kind} (secret)")
    } else {
        kind
    }
}

fn constraints(model: &Service, shape: &Shape) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    match &shape.kind {
        ShapeKind::String {
            values: Some(values), ..
        } => parts.push(format!("one of {}", values.join(", "))),
        ShapeKind::String { pattern, .. } => {
            parts.extend(bounds(shape));
            parts.extend(pattern.as_ref().map(|pattern| format!("matches {pattern}")));
        }
        ShapeKind::List { member, .. } => {
            parts.extend(bounds(shape));
            let item = model.shapes.get(&member.shape);
            parts.extend(
                item.and_then(|item| constraints(model, item))
                    .map(|item| format!("each {item}")),
            );
        }
        _ => parts.extend(bounds(shape)),
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}
