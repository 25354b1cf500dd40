//! The values of a walk as a flat list, each followed by the values inside it, and the texts that they share.

use crate::shape::{Kind, Shape};
use crate::tables::Tables;
use std::fmt::{self, Write};

/// All values of a walk, each followed by the values inside it.
#[derive(Debug)]
pub(crate) struct Nodes {
    list: Vec<Node>,
    text: String,
    tables: &'static Tables,
}

/// A value.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) name: Name,
    pub(crate) parent: usize,
    /// The node after all nodes inside this one.
    pub(crate) end: usize,
    pub(crate) value: Value,
    pub(crate) shape: &'static Shape,
    pub(crate) sensitive: bool,
}

/// The name of a value in its parent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Name {
    /// It has none: it is the whole value.
    Root,
    /// A member of a structure.
    Member(&'static str),
    /// An item of a list.
    Index(usize),
    /// The value of an entry, or a member that the model doesn't know.
    Entry(Span),
    /// The key of an entry, while it is checked.
    Key(Span),
}

/// A part of the text that all nodes share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Span {
    start: usize,
    end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value {
    Null,
    Flag(bool),
    Integer(i64),
    Float(f64),
    Text(Span),
    /// So many bytes.
    Bytes(usize),
    List,
    Object,
}

impl Nodes {
    pub(crate) fn new(tables: &'static Tables) -> Self {
        // Enough for most inputs, so that a walk allocates twice.
        Self {
            list: Vec::with_capacity(64),
            text: String::with_capacity(1024),
            tables,
        }
    }

    /// Adds a value inside `parent`. All following values are inside a list or object, until [`close`](Self::close).
    pub(crate) fn push(
        &mut self,
        name: Name,
        parent: usize,
        value: Value,
        shape: &'static Shape,
        secret: bool,
    ) -> usize {
        let at = self.list.len();
        self.list.push(Node {
            name,
            parent,
            end: match value {
                Value::List | Value::Object => usize::MAX,
                _ => at + 1,
            },
            value,
            shape,
            sensitive: secret || shape.sensitive,
        });
        at
    }

    /// Ends a list or object.
    pub(crate) fn close(&mut self, at: usize) {
        self.list[at].end = self.list.len();
    }

    /// Removes the last value.
    pub(crate) fn pop(&mut self) {
        self.list.pop();
    }

    /// The value at that place.
    pub(crate) fn get(&self, at: usize) -> &Node {
        &self.list[at]
    }

    /// The number of values so far, and so the place of the next one.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The tables of the service.
    pub(crate) fn tables(&self) -> &'static Tables {
        self.tables
    }

    /// Stores a text.
    pub(crate) fn keep(&mut self, text: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(text);
        let end = self.text.len();
        Span { start, end }
    }

    /// Stores the output of a formatter, if it succeeds.
    pub(crate) fn keep_written(&mut self, text: &dyn fmt::Display) -> Option<Span> {
        let start = self.text.len();
        write!(self.text, "{text}").ok()?;
        let end = self.text.len();
        Some(Span { start, end })
    }

    /// The stored text.
    pub(crate) fn text(&self, span: Span) -> &str {
        &self.text[span.start..span.end]
    }

    /// Removes a text, if it is the last one that was stored.
    pub(crate) fn forget(&mut self, span: Span) {
        if self.text.len() == span.end {
            self.text.truncate(span.start);
        }
    }

    /// Whether the value means an absent one: null, or the value that an absent enum is read as.
    pub(crate) fn is_absent(&self, at: usize) -> bool {
        self.list
            .get(at)
            .is_none_or(|node| match (node.value, &node.shape.kind) {
                (Value::Null, _) => true,
                (Value::Text(span), Kind::Enum(_)) => self.text(span) == self.tables.absent(),
                _ => false,
            })
    }
}
