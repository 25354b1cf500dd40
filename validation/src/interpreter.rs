//! The interpreter: it adds each value of a walk to the nodes, and checks it against its shape.

use crate::constraint::{Constraint, Unit};
use crate::document::Document;
use crate::nodes::{Name, Nodes, Value};
use crate::observer::Observer;
use crate::shape::{Kind, Shape};
use crate::tables::Tables;

/// The state of a walk.
pub(crate) struct Interpreter<'o> {
    pub(crate) nodes: Nodes,
    pub(crate) observer: &'o mut dyn Observer,
    /// The required members that are present, of all open structures, by their numbers.
    pub(crate) present: Vec<usize>,
}

/// The place of the next value.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) name: Name,
    pub(crate) parent: usize,
    pub(crate) shape: &'static Shape,
    /// Whether something around the value is secret.
    pub(crate) secret: bool,
}

impl Place {
    /// The place of the whole value.
    pub(crate) fn root(shape: &'static Shape) -> Self {
        Self {
            name: Name::Root,
            parent: 0,
            shape,
            secret: false,
        }
    }
}

impl<'o> Interpreter<'o> {
    pub(crate) fn new(tables: &'static Tables, observer: &'o mut dyn Observer) -> Self {
        Self {
            nodes: Nodes::new(tables),
            observer,
            present: Vec::new(),
        }
    }

    /// A value that nothing is demanded of, or that is checked otherwise.
    pub(crate) fn push(&mut self, place: Place, value: Value) -> usize {
        self.nodes
            .push(place.name, place.parent, value, place.shape, place.secret)
    }

    pub(crate) fn integer(&mut self, place: Place, number: i64) {
        let at = self.push(place, Value::Integer(number));
        let below = |min| number < min;
        let above = |max| number > max;
        self.range(at, place.shape, below, above);
    }

    pub(crate) fn float(&mut self, place: Place, number: f64) {
        let at = self.push(place, Value::Float(number));
        // Bounds are whole numbers, far below 2^53.
        let below = |min| number < min as f64;
        let above = |max| number > max as f64;
        self.range(at, place.shape, below, above);
    }

    pub(crate) fn text(&mut self, place: Place, text: &str) {
        let span = self.nodes.keep(text);
        let at = self.push(place, Value::Text(span));
        self.check_text(at);
    }

    pub(crate) fn bytes(&mut self, place: Place, bytes: &[u8]) {
        let at = self.push(place, Value::Bytes(bytes.len()));
        if matches!(place.shape.kind, Kind::Blob) {
            self.check_length(at, Unit::Byte, bytes.len());
        }
    }

    fn range(&mut self, at: usize, shape: &Shape, below: impl Fn(i64) -> bool, above: impl Fn(i64) -> bool) {
        let Shape { ref kind, min, max, .. } = *shape;
        if matches!(kind, Kind::Number) && (min.is_some_and(below) || max.is_some_and(above)) {
            let value = Document::new(&self.nodes, at);
            self.observer.violated(value, Constraint::Range { min, max });
        }
    }

    /// Checks the length of the value at that place.
    pub(crate) fn check_length(&mut self, at: usize, unit: Unit, actual: usize) {
        let value = Document::new(&self.nodes, at);
        let Shape { min, max, .. } = *value.node().shape;
        let length = i64::try_from(actual).unwrap_or(i64::MAX);
        if min.is_some_and(|min| length < min) || max.is_some_and(|max| length > max) {
            let constraint = Constraint::Length { min, max, unit, actual };
            self.observer.violated(value, constraint);
        }
    }

    /// Checks the text at that place: a value, or a key.
    pub(crate) fn check_text(&mut self, at: usize) {
        let value = Document::new(&self.nodes, at);
        let shape = value.node().shape;
        let text = value.text().unwrap_or_default();
        match &shape.kind {
            Kind::Text => {
                let pattern = shape.pattern.as_ref().filter(|pattern| !pattern.matches(text));
                if shape.min.is_some() || shape.max.is_some() {
                    let characters = text.chars().count();
                    self.check_length(at, Unit::Character, characters);
                }
                if let Some(pattern) = pattern {
                    let pattern = pattern.as_str();
                    let value = Document::new(&self.nodes, at);
                    self.observer.violated(value, Constraint::Pattern { pattern });
                }
            }
            Kind::Enum(values) => self.observer.enumerated(value, text, values),
            Kind::Blob => self.check_length(at, Unit::Byte, base64_length(text)),
            _ => {}
        }
    }
}

/// The number of bytes that a Base64 text encodes.
fn base64_length(text: &str) -> usize {
    text.trim_end_matches('=').len() * 3 / 4
}
