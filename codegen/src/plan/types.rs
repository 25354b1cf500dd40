//! Shapes to types and wire formats.
use super::Fixups;
use super::graph;
use super::reference::{Codec, ModelRef, Primitive, Scalar, Ty};
use crate::model::{Real, Service, Shape, ShapeKind, ShapeRef, TimestampFormat, Whole};
use crate::names;
use std::collections::{BTreeSet, HashMap};

/// What the planner knows of all shapes.
#[derive(Debug)]
pub(super) struct Types<'a> {
    service: &'a Service,
    fixups: Fixups,
    names: HashMap<&'a str, String>,
    /// The files of types, by the type's name.
    files: HashMap<String, String>,
    /// Structures that directly hold each other, by a number of each such group.
    groups: HashMap<&'a str, usize>,
}

impl<'a> Types<'a> {
    /// Knows all shapes, of which those that are `reached` get a file.
    pub(super) fn new(service: &'a Service, fixups: Fixups, reached: &BTreeSet<&str>) -> Self {
        let typed: Vec<(&str, bool)> = service
            .shapes
            .iter()
            .filter(|(_, shape)| is_named(shape))
            .map(|(name, shape)| (name.as_str(), shape.is_exception()))
            .collect();
        let unique = names::type_names(typed.iter().copied());
        let names: HashMap<&str, String> = typed.into_iter().map(|(name, _)| name).zip(unique).collect();
        let with_file = |name: &&str| {
            reached.contains(name) && service.shapes.get(*name).is_some_and(|shape| !shape.is_exception())
        };
        // Different types may have names that differ only in case, which files may not.
        let mut types: Vec<&str> = names
            .iter()
            .filter(|(shape, _)| with_file(shape))
            .map(|(_, name)| name.as_str())
            .collect();
        types.sort_unstable();
        let files = types
            .iter()
            .map(|name| (*name).to_owned())
            .zip(names::file_names(types.iter().copied()));
        Self {
            service,
            fixups,
            files: files.collect(),
            names,
            groups: graph::groups(service),
        }
    }

    /// Whether a shape's type has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.values().any(|taken| taken == name)
    }

    /// The names of the errors' builders, which stand in one file with the errors.
    pub(super) fn builders_of_errors(&self) -> Vec<String> {
        let errors = self
            .names
            .iter()
            .filter(|(shape, _)| self.shape(shape).is_some_and(Shape::is_exception));
        errors.map(|(_, name)| names::builder_name(name)).collect()
    }

    /// The file of a type, without its ending.
    pub(super) fn file(&self, name: &str) -> String {
        self.files.get(name).cloned().unwrap_or_else(|| names::snake(name))
    }

    pub(super) fn shape(&self, name: &str) -> Option<&'a Shape> {
        self.service.shapes.get(name)
    }

    /// The Rust type of a structure or enum.
    pub(super) fn name(&self, shape: &str) -> String {
        self.names
            .get(shape)
            .cloned()
            .unwrap_or_else(|| names::type_name(shape))
    }

    /// The type of what `reference` refers to, as a member of `owner`, in a file that has the names `taken`.
    pub(super) fn member(&self, reference: &ShapeRef, owner: &str, taken: &[String]) -> (Ty, Codec) {
        let (ty, codec) = self.value(reference, taken);
        // A value that can hold another of its own type without a list or map in between needs a `Box`.
        let group = |name: &str| self.groups.get(name);
        if group(owner).is_some() && group(owner) == group(&reference.shape) {
            (Ty::Box(Box::new(ty)), Codec::Boxed(Box::new(codec)))
        } else {
            (ty, codec)
        }
    }

    /// The type and format of what `reference` refers to.
    pub(super) fn value(&self, reference: &ShapeRef, taken: &[String]) -> (Ty, Codec) {
        let document = || (Ty::Primitive(Primitive::Document), Codec::JsonDocument);
        let model = || {
            let name = self.name(&reference.shape);
            let taken = taken.contains(&name);
            (Ty::Model(ModelRef { name, taken }), Codec::Plain)
        };
        let Some(shape) = self.shape(&reference.shape) else {
            return document();
        };
        match &shape.kind {
            ShapeKind::String { values: Some(_), .. } => model(),
            ShapeKind::String { values: None, .. } => (Ty::String, Codec::Plain),
            ShapeKind::Structure(structure) if structure.document => document(),
            ShapeKind::Structure(_) => model(),
            ShapeKind::Boolean => (Ty::Scalar(Scalar::Bool), Codec::Plain),
            ShapeKind::Whole { number, .. } => match number {
                Whole::Integer => (Ty::Scalar(Scalar::I32), Codec::Plain),
                Whole::Long => (Ty::Scalar(Scalar::I64), Codec::Plain),
            },
            ShapeKind::Real { number, .. } => match number {
                Real::Float => (Ty::Scalar(Scalar::F32), Codec::Float),
                Real::Double => (Ty::Scalar(Scalar::F64), Codec::Float),
            },
            ShapeKind::Blob { .. } => (Ty::Primitive(Primitive::Blob), Codec::Base64),
            ShapeKind::Timestamp { format } => {
                let format = reference.timestamp_format.or(*format);
                let codec = match format.unwrap_or(TimestampFormat::EpochSeconds) {
                    TimestampFormat::EpochSeconds => Codec::EpochSeconds,
                    TimestampFormat::HttpDate => Codec::HttpDate,
                    TimestampFormat::DateTime => Codec::DateTimeText,
                };
                (Ty::Primitive(Primitive::DateTime), codec)
            }
            ShapeKind::List { member, sparse, .. } => {
                let (item, codec) = self.element(member, *sparse, taken);
                (Ty::Vec(Box::new(item)), codec.within(Codec::Vec))
            }
            ShapeKind::Map { key, value, sparse, .. } => {
                let (key, _) = self.value(key, taken);
                let (value, codec) = self.element(value, *sparse, taken);
                (Ty::Map(Box::new(key), Box::new(value)), codec.within(Codec::Map))
            }
        }
    }

    /// A list's item or a map's value, which in a sparse one may be null.
    fn element(&self, reference: &ShapeRef, sparse: bool, taken: &[String]) -> (Ty, Codec) {
        let (ty, codec) = self.value(reference, taken);
        if sparse {
            (Ty::Option(Box::new(ty)), codec.within(Codec::Sparse))
        } else {
            (ty, codec)
        }
    }

    /// Whether it refers to a string of free text.
    pub(super) fn is_text(&self, reference: &ShapeRef) -> bool {
        let kind = self.shape(&reference.shape).map(|shape| &shape.kind);
        matches!(kind, Some(ShapeKind::String { values: None, .. }))
    }

    /// Whether a member's value must not be logged.
    pub(super) fn redacted(&self, reference: &ShapeRef) -> bool {
        let Some(shape) = self.shape(&reference.shape) else {
            return false;
        };
        self.fixups.is_secret(&reference.shape, shape)
            || match &shape.kind {
                ShapeKind::List { member, .. } => self.redacted(member),
                ShapeKind::Map { key, value, .. } => self.redacted(key) || self.redacted(value),
                _ => false,
            }
    }
}

/// Whether a shape becomes a Rust type of its own.
fn is_named(shape: &Shape) -> bool {
    match &shape.kind {
        ShapeKind::Structure(structure) => !structure.document,
        ShapeKind::String { values, .. } => values.is_some(),
        _ => false,
    }
}
