//! Constraints: what inputs, and all that is inside of them, must be like, as rows of tables.

use super::types::Types;
use super::{Fixups, OperationPlan};
use crate::model::{Service, Shape, ShapeKind, ShapeRef, Structure};
use crate::names;
use crate::pattern;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The tables of a crate.
#[derive(Debug, Serialize)]
pub struct ConstraintsPlan {
    /// The inputs: the operation's name in the model, and the table.
    pub inputs: Vec<InputRow>,
    /// The types: their path, and the table.
    pub types: Vec<TypeRow>,
    /// The shapes that aren't structures.
    pub values: Vec<ShapeTable>,
    /// The structures.
    pub structures: Vec<ShapeTable>,
    /// The patterns.
    pub patterns: Vec<PatternTable>,
    /// What the values name.
    pub value_uses: Vec<&'static str>,
    /// What the structures name.
    pub structure_uses: Vec<&'static str>,
    /// Whether structures name values.
    pub names_values: bool,
    /// Whether values name structures.
    pub names_structures: bool,
    /// Whether values name patterns.
    pub names_patterns: bool,
    /// What isn't checked, as rows: shape, what it demands, and why that isn't checked.
    pub unchecked: Vec<String>,
    /// The rules that aren't in the model, as an expression.
    pub rules: &'static str,
    /// The code of the error for what the model doesn't allow.
    pub refusal: &'static str,
}

/// The input of an operation.
#[derive(Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub struct InputRow {
    /// The operation's name in the model.
    pub operation: String,
    /// The static of its table.
    pub table: String,
}

/// A type that can be checked.
#[derive(Debug, Serialize)]
pub struct TypeRow {
    /// Its path.
    pub path: String,
    /// The static of its table.
    pub table: String,
}

/// The table of a shape.
#[derive(Debug, Serialize)]
pub struct ShapeTable {
    /// Its name in the model.
    pub wire: String,
    /// The static.
    pub name: String,
    /// Its value, up to the members of a structure.
    pub expression: String,
    /// The members of a structure, as rows.
    pub members: Vec<String>,
}

/// A pattern.
#[derive(Debug, Serialize)]
pub struct PatternTable {
    /// The static.
    pub name: String,
    /// The pattern, as a Rust string literal.
    pub literal: String,
    /// The expression of the `regex` crate, likewise.
    pub expression: String,
}

/// The services whose rules are written down, and where.
const RULES: [(&str, &str); 1] = [("cognito-idp", "cognito_rules::cognito_idp::RULES")];

/// Whether there are rules for a service.
pub(super) fn has_rules(service: &str) -> bool {
    RULES.iter().any(|(name, _)| *name == service)
}

/// Plans the tables.
pub(super) fn plan(
    service: &Service,
    types: &Types<'_>,
    fixups: Fixups,
    operations: &[OperationPlan],
) -> ConstraintsPlan {
    let roots: BTreeSet<&str> = operations
        .iter()
        .map(|operation| operation.input.wire.as_str())
        .collect();
    let reached = reached(service, &roots);
    let tables: Vec<&str> = reached
        .iter()
        .copied()
        .filter(|name| has_table(service, name))
        .collect();
    let statics = names::disambiguate(tables.iter().map(|name| names::snake(name)));
    let statics = tables
        .iter()
        .copied()
        .zip(statics.into_iter().map(|name| name.to_uppercase()));
    let mut planner = Planner {
        service,
        fixups,
        statics: statics.collect(),
        roots,
        patterns: BTreeMap::new(),
        unchecked: Vec::new(),
    };
    let (structures, values): (Vec<&str>, Vec<&str>) = tables
        .iter()
        .copied()
        .partition(|name| service.structure(name).is_some());
    let structures: Vec<ShapeTable> = structures.into_iter().map(|name| planner.structure(name)).collect();
    let values: Vec<ShapeTable> = values.into_iter().map(|name| planner.value(name)).collect();
    let table = |shape: &str| planner.statics.get(shape).cloned();
    let mut inputs: Vec<InputRow> = operations
        .iter()
        .filter_map(|operation| {
            Some(InputRow {
                operation: operation.wire.clone(),
                table: table(&operation.input.wire)?,
            })
        })
        .collect();
    inputs.sort();
    let of_operations = operations.iter().filter_map(|operation| {
        Some(TypeRow {
            path: format!("crate::operation::{}::{}", operation.module, operation.input.name),
            table: table(&operation.input.wire)?,
        })
    });
    let nested = nested(service, &planner.roots)
        .into_iter()
        .filter(|name| service.structure(name).is_some_and(|structure| !structure.document))
        .filter_map(|name| {
            Some(TypeRow {
                path: format!("crate::types::{}", types.name(name)),
                table: table(name)?,
            })
        });
    let types = of_operations.chain(nested).collect();
    let patterns = planner.pattern_tables();
    let names = |tables: &[ShapeTable], words: &[&'static str]| {
        let has = |word: &str| {
            let is_structure = |table: &ShapeTable| service.structure(&table.wire).is_some();
            let always = word == "Shape" || word == "Structure" && tables.iter().any(is_structure);
            if always {
                return !tables.is_empty();
            }
            tables
                .iter()
                .any(|table| mentions(&table.expression, word) || table.members.iter().any(|row| mentions(row, word)))
        };
        words.iter().copied().filter(|word| has(word)).collect::<Vec<_>>()
    };
    ConstraintsPlan {
        value_uses: names(&values, &["ANY", "Kind", "SECRET", "Shape"]),
        structure_uses: names(
            &structures,
            &["ANY", "SECRET", "Shape", "Structure", "optional", "required"],
        ),
        names_values: !names(&structures, &["values"]).is_empty(),
        names_structures: !names(&values, &["structures"]).is_empty(),
        names_patterns: !names(&values, &["patterns"]).is_empty(),
        inputs,
        types,
        values,
        structures,
        patterns,
        unchecked: planner.unchecked.iter().map(|row| format!("{row:?}")).collect(),
        refusal: fixups.refusal.unwrap_or("ValidationException"),
        rules: RULES
            .iter()
            .find(|(name, _)| *name == service.dir_name)
            .map_or("&[]", |(_, rules)| rules),
    }
}

/// Whether an expression has this word.
fn mentions(expression: &str, word: &str) -> bool {
    expression
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|part| part == word)
}

/// The shapes from which inputs are made, the inputs included.
fn reached<'a>(service: &'a Service, roots: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    let known = roots
        .iter()
        .filter_map(|name| Some(service.shapes.get_key_value(*name)?.0.as_str()));
    closure(service, known.collect())
}

/// The shapes that are inside of inputs.
fn nested<'a>(service: &'a Service, roots: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    let shapes = roots.iter().filter_map(|name| service.shapes.get(*name));
    let members = shapes
        .flat_map(Shape::references)
        .map(|reference| reference.shape.as_str());
    closure(service, members.collect())
}

fn closure<'a>(service: &'a Service, mut open: Vec<&'a str>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    while let Some(name) = open.pop() {
        if reached.insert(name) {
            let shape = service.shapes.get(name);
            let references = shape.into_iter().flat_map(Shape::references);
            open.extend(references.map(|reference| reference.shape.as_str()));
        }
    }
    reached
}

/// Whether anything is demanded of a shape, or it is a structure, which rules may look at.
fn has_table(service: &Service, name: &str) -> bool {
    let Some(shape) = service.shapes.get(name) else {
        return false;
    };
    match &shape.kind {
        ShapeKind::Structure(structure) => !structure.document,
        ShapeKind::String {
            values,
            min,
            max,
            pattern,
            ..
        } => values.is_some() || min.is_some() || max.is_some() || pattern.is_some(),
        ShapeKind::List { .. } | ShapeKind::Map { .. } => true,
        ShapeKind::Blob { min, max, .. } | ShapeKind::Whole { min, max, .. } => min.is_some() || max.is_some(),
        ShapeKind::Real { min, max, .. } => min.is_some() || max.is_some(),
        ShapeKind::Boolean | ShapeKind::Timestamp { .. } => false,
    }
}

struct Planner<'a> {
    service: &'a Service,
    fixups: Fixups,
    /// The static of each shape that has one.
    statics: HashMap<&'a str, String>,
    roots: BTreeSet<&'a str>,
    /// The patterns, each with its translation.
    patterns: BTreeMap<String, String>,
    unchecked: Vec<(String, String, String)>,
}

impl Planner<'_> {
    fn structure(&mut self, wire: &str) -> ShapeTable {
        let empty = Structure::default();
        let structure = self.service.structure(wire).unwrap_or(&empty);
        let is_input = self.roots.contains(wire);
        let members = structure.members.iter().map(|(name, reference)| {
            // The client fills tokens that identify a request.
            let filled = is_input && reference.idempotency_token;
            let required = !filled && structure.required.contains(name);
            let word = if required { "required" } else { "optional" };
            format!("{word}({name:?}, {})", self.target(reference, true))
        });
        let members = members.collect();
        ShapeTable {
            wire: wire.to_owned(),
            name: self.name(wire),
            expression: self.secrecy(wire).to_owned(),
            members,
        }
    }

    fn value(&mut self, wire: &str) -> ShapeTable {
        let service = self.service;
        let start = match service.shapes.get(wire).map(|shape| &shape.kind) {
            Some(ShapeKind::String { values: None, .. }) => "Shape::text()".to_owned(),
            Some(ShapeKind::String {
                values: Some(values), ..
            }) => {
                let documented = self.fixups.documented_values.iter();
                let documented = documented.filter(|(shape, _)| *shape == wire).map(|(_, value)| *value);
                let values = values.iter().map(String::as_str).chain(documented);
                let values: Vec<String> = values.map(|value| format!("{value:?}")).collect();
                format!("Shape::of(Kind::Enum(&[{}]))", values.join(", "))
            }
            Some(ShapeKind::List { member, .. }) => format!("Shape::list({})", self.target(member, false)),
            Some(ShapeKind::Map { key, value, .. }) => {
                format!("Shape::map({}, {})", self.target(key, false), self.target(value, false))
            }
            Some(ShapeKind::Blob { .. }) => "Shape::of(Kind::Blob)".to_owned(),
            _ => "Shape::of(Kind::Number)".to_owned(),
        };
        let bounds = self.bounds(wire);
        let pattern = self.pattern(wire);
        ShapeTable {
            wire: wire.to_owned(),
            name: self.name(wire),
            expression: format!("{start}{bounds}{pattern}{}", self.secrecy(wire)),
            members: Vec::new(),
        }
    }

    fn name(&self, wire: &str) -> String {
        self.statics.get(wire).cloned().unwrap_or_default()
    }

    fn secrecy(&self, wire: &str) -> &'static str {
        let secret = self.service.shapes.get(wire).is_some_and(|shape| shape.sensitive);
        if secret { ".secret()" } else { "" }
    }

    /// The table of what `reference` refers to.
    fn target(&self, reference: &ShapeRef, from_structure: bool) -> String {
        let service = self.service;
        let shape = service.shapes.get(reference.shape.as_str());
        match self.statics.get(reference.shape.as_str()) {
            Some(name) if from_structure == service.structure(&reference.shape).is_some() => format!("&{name}"),
            Some(name) if from_structure => format!("&values::{name}"),
            Some(name) => {
                if service.structure(&reference.shape).is_some() {
                    format!("&structures::{name}")
                } else {
                    format!("&{name}")
                }
            }
            None if shape.is_some_and(|shape| shape.sensitive) => "&SECRET".to_owned(),
            None => "&ANY".to_owned(),
        }
    }

    fn bounds(&mut self, wire: &str) -> String {
        let (min, max) = match self.service.shapes.get(wire).map(|shape| &shape.kind) {
            Some(
                ShapeKind::String { min, max, .. }
                | ShapeKind::Blob { min, max, .. }
                | ShapeKind::List { min, max, .. }
                | ShapeKind::Map { min, max, .. }
                | ShapeKind::Whole { min, max, .. },
            ) => (*min, *max),
            Some(ShapeKind::Real { min, max, .. }) => (self.whole(wire, *min), self.whole(wire, *max)),
            _ => (None, None),
        };
        let min = min.map(|min| format!(".min({min})"));
        let max = max.map(|max| format!(".max({max})"));
        min.into_iter().chain(max).collect()
    }

    /// A bound of a floating-point number: the tables have whole ones.
    fn whole(&mut self, wire: &str, bound: Option<f64>) -> Option<i64> {
        let bound = bound?;
        let whole = bound as i64;
        if whole as f64 == bound {
            return Some(whole);
        }
        let why = "the tables have whole numbers".to_owned();
        self.unchecked
            .push((wire.to_owned(), format!("the bound {bound}"), why));
        None
    }

    fn pattern(&mut self, wire: &str) -> String {
        let Some(ShapeKind::String {
            pattern: Some(text), ..
        }) = self.service.shapes.get(wire).map(|shape| &shape.kind)
        else {
            return String::new();
        };
        let contradicted = self
            .fixups
            .contradicted_patterns
            .iter()
            .find(|(shape, _)| *shape == wire);
        if let Some((_, example)) = contradicted {
            let why = format!("the documentation gives the example {example}, which it forbids");
            self.unchecked
                .push((wire.to_owned(), format!("the pattern {text}"), why));
            return String::new();
        }
        let same = self.fixups.patterns.iter().find(|(pattern, _)| pattern == text);
        match pattern::translate(same.map_or(text, |(_, same)| same)) {
            Ok(expression) => {
                self.patterns.insert(text.clone(), expression);
                format!(".pattern(&patterns::{})", self.pattern_name(wire))
            }
            Err(error) => {
                self.unchecked
                    .push((wire.to_owned(), format!("the pattern {text}"), error.to_string()));
                String::new()
            }
        }
    }

    /// The static of the pattern of a shape: it is named by the first shape that has it.
    fn pattern_name(&self, wire: &str) -> String {
        let pattern = |name: &str| match self.service.shapes.get(name).map(|shape| &shape.kind) {
            Some(ShapeKind::String { pattern, .. }) => pattern.as_deref(),
            _ => None,
        };
        let own = pattern(wire);
        let first = self.statics.keys().filter(|name| pattern(name) == own).min();
        first.map(|name| self.name(name)).unwrap_or_default()
    }

    fn pattern_tables(&self) -> Vec<PatternTable> {
        let has = |text: &str, wire: &str| {
            let kind = self.service.shapes.get(wire).map(|shape| &shape.kind);
            matches!(kind, Some(ShapeKind::String { pattern: Some(pattern), .. }) if pattern == text)
        };
        let tables = self.patterns.iter().map(|(text, expression)| {
            let first = self.statics.keys().filter(|wire| has(text, wire)).min();
            PatternTable {
                name: first.map(|wire| self.name(wire)).unwrap_or_default(),
                literal: raw(text),
                expression: raw(expression),
            }
        });
        tables.collect()
    }
}

/// The text as a string literal in which backslashes stand for themselves.
fn raw(text: &str) -> String {
    if text.contains(|c: char| c.is_control()) {
        return format!("{text:?}");
    }
    let longest = text
        .split('"')
        .skip(1)
        .map(|rest| 1 + rest.len() - rest.trim_start_matches('#').len());
    let hashes = "#".repeat(longest.max().unwrap_or(0));
    format!("r{hashes}\"{text}\"{hashes}")
}
