//! The result of a walk: the value as a flat list of nodes, for rules and for paths.

use super::shape::{Kind, Shape};
use super::tables::Tables;
use crate::shape::serde::NO_VALUE;
use std::fmt::{self, Write};

/// A value inside the one that is checked, as a rule sees it. Members are found by their names on the wire.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    pub(super) nodes: &'a Nodes,
    pub(super) at: u32,
}

/// All values of a walk, each followed by the values inside it.
#[derive(Debug)]
pub(super) struct Nodes {
    list: Vec<Node>,
    text: String,
    pub(super) tables: &'static Tables,
}

#[derive(Debug)]
struct Node {
    name: Name,
    parent: u32,
    /// The node after all nodes inside this one.
    end: u32,
    value: Value,
    shape: &'static Shape,
    sensitive: bool,
}

/// The name of a value in its parent.
#[derive(Debug, Clone, Copy)]
pub(super) enum Name {
    Root,
    Member(&'static str),
    Index(u32),
    Key(Span),
}

/// A part of the text that all nodes share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span(u32, u32);

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value {
    Null,
    Flag(bool),
    Integer(i64),
    Float(f64),
    Text(u32, u32),
    Bytes(usize),
    List,
    Object,
}

impl Nodes {
    pub(super) fn new(tables: &'static Tables) -> Self {
        // Enough for most inputs, so that a walk allocates twice.
        Self {
            list: Vec::with_capacity(64),
            text: String::with_capacity(1024),
            tables,
        }
    }

    /// Adds a value inside `parent`. All following values are inside a list or object, until [`close`](Self::close).
    pub(super) fn push(&mut self, name: Name, parent: u32, value: Value, shape: &'static Shape, secret: bool) -> u32 {
        // 2^32 values don't fit in a request.
        let at = self.list.len() as u32;
        self.list.push(Node {
            name,
            parent,
            end: match value {
                Value::List | Value::Object => u32::MAX,
                _ => at + 1,
            },
            value,
            shape,
            sensitive: secret || shape.sensitive,
        });
        at
    }

    /// Stores a text.
    pub(super) fn keep(&mut self, text: &str) -> Span {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        Span(start, self.text.len() as u32)
    }

    /// Stores the output of a formatter, if it succeeds.
    pub(super) fn keep_written(&mut self, text: &dyn fmt::Display) -> Option<Span> {
        let start = self.text.len() as u32;
        write!(self.text, "{text}").ok()?;
        Some(Span(start, self.text.len() as u32))
    }

    /// The stored text.
    pub(super) fn text(&self, Span(start, end): Span) -> &str {
        &self.text[start as usize..end as usize]
    }

    /// Removes a text, if it is the last one that was stored.
    pub(super) fn forget(&mut self, Span(start, end): Span) {
        if self.text.len() == end as usize {
            self.text.truncate(start as usize);
        }
    }

    pub(super) fn close(&mut self, at: u32) {
        let end = self.list.len() as u32;
        self.list[at as usize].end = end;
    }

    /// Removes the last value.
    pub(super) fn pop(&mut self) {
        self.list.pop();
    }

    /// Whether the value means an absent one: null, or the value that an absent enum is read as.
    pub(super) fn is_absent(&self, at: u32) -> bool {
        self.list
            .get(at as usize)
            .is_none_or(|node| match (node.value, &node.shape.kind) {
                (Value::Null, _) => true,
                (Value::Text(start, end), Kind::Enum(_)) => self.text(Span(start, end)) == NO_VALUE,
                _ => false,
            })
    }

    pub(super) fn is_sensitive(&self, at: u32) -> bool {
        self.list[at as usize].sensitive
    }

    /// The number of the next value.
    pub(super) fn next(&self) -> u32 {
        self.list.len() as u32
    }

    pub(super) fn document(&self, at: u32) -> Document<'_> {
        Document { nodes: self, at }
    }
}

impl Span {
    pub(super) fn value(self) -> Value {
        Value::Text(self.0, self.1)
    }
}

impl<'a> Document<'a> {
    fn node(self) -> &'a Node {
        &self.nodes.list[self.at as usize]
    }

    fn span(self, start: u32, end: u32) -> &'a str {
        &self.nodes.text[start as usize..end as usize]
    }

    fn inside(self) -> impl Iterator<Item = Document<'a>> {
        let nodes = self.nodes;
        let end = self.node().end;
        let mut next = self.at + 1;
        std::iter::from_fn(move || {
            let at = next;
            next = nodes.list.get(at as usize).filter(|_| at < end)?.end;
            Some(Document { nodes, at })
        })
    }

    /// The member of that name, unless it is absent or null.
    pub fn get(self, name: &str) -> Option<Document<'a>> {
        self.inside()
            .find(|value| value.name() == Some(name))
            .filter(|value| value.node().value != Value::Null)
    }

    /// The name of a member, or the key of an entry.
    pub fn name(self) -> Option<&'a str> {
        match self.node().name {
            Name::Member(name) => Some(name),
            Name::Key(Span(start, end)) => Some(self.span(start, end)),
            Name::Root | Name::Index(_) => None,
        }
    }

    /// The text, if this is a text.
    pub fn text(self) -> Option<&'a str> {
        match self.node().value {
            Value::Text(start, end) => Some(self.span(start, end)),
            _ => None,
        }
    }

    /// The number, if this is a whole number.
    pub fn number(self) -> Option<i64> {
        match self.node().value {
            Value::Integer(number) => Some(number),
            _ => None,
        }
    }

    /// Whether this is `true`.
    pub fn is_true(self) -> bool {
        self.node().value == Value::Flag(true)
    }

    /// The items of a list, or the entries of a map or structure.
    pub fn items(self) -> impl Iterator<Item = Document<'a>> {
        self.inside()
    }

    /// The items of the list of that name; none if there isn't one.
    pub fn list(self, name: &str) -> impl Iterator<Item = Document<'a>> {
        self.get(name).into_iter().flat_map(Document::inside)
    }

    /// Whether the list of that name contains this text.
    pub fn has(self, name: &str, text: &str) -> bool {
        self.list(name).any(|item| item.text() == Some(text))
    }

    /// Whether the list, map or structure of that name is absent or empty.
    pub fn lacks(self, name: &str) -> bool {
        self.list(name).next().is_none()
    }

    /// The tables of its service.
    pub(super) fn tables(self) -> &'static Tables {
        self.nodes.tables
    }

    /// The path from the whole value to this one.
    fn way(self) -> Vec<Document<'a>> {
        let mut way = vec![self];
        let mut at = self;
        while !matches!(at.node().name, Name::Root) {
            at = Document {
                nodes: self.nodes,
                at: at.node().parent,
            };
            way.push(at);
        }
        way.reverse();
        way
    }

    /// Whether the key of an entry may be a secret, because the map or its keys are.
    fn hides_key(self) -> bool {
        let map = &self.nodes.list[self.node().parent as usize];
        map.sensitive || matches!(map.shape.kind, Kind::Map(keys, _) if self.nodes.tables.get(keys).sensitive)
    }

    /// The path of this value, such as `Schema[0].Name`. Keys that may be secret are omitted.
    pub(super) fn path(self) -> String {
        let mut path = String::new();
        for step in self.way() {
            match step.node().name {
                Name::Root => {}
                Name::Member(name) if path.is_empty() => path.push_str(name),
                Name::Member(name) => {
                    path.push('.');
                    path.push_str(name);
                }
                // Writing to a string can't fail.
                Name::Index(index) => drop(write!(path, "[{index}]")),
                Name::Key(_) if step.hides_key() => path.push_str("[…]"),
                Name::Key(Span(start, end)) => drop(write!(path, "[{:?}]", self.span(start, end))),
            }
        }
        path
    }

    /// The path that a member or an entry of this value would have.
    pub(super) fn path_of(self, name: &str) -> String {
        let path = self.path();
        if matches!(self.node().shape.kind, Kind::Map(..)) {
            format!("{path}[{name:?}]")
        } else if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        }
    }

    /// Whether this is a key that is being checked, and not a value.
    pub(super) fn is_key(self) -> bool {
        matches!((self.node().name, self.node().value), (Name::Key(Span(key, _)), Value::Text(text, _)) if key == text)
    }

    /// The same in AWS's way: `schema.1.member.name`.
    pub(super) fn service_path(self) -> String {
        let mut parts: Vec<String> = Vec::new();
        for step in self.way() {
            match step.node().name {
                Name::Root => {}
                Name::Member(name) => parts.push(lower_first(name)),
                Name::Index(index) => parts.push(format!("{}.member", index + 1)),
                Name::Key(_) if step.hides_key() => parts.push("member".to_owned()),
                Name::Key(Span(start, end)) => parts.push(format!("{}.member", self.span(start, end))),
            }
        }
        parts.join(".")
    }

    /// The value as text, unless something in it may be a secret.
    pub(super) fn shown(self) -> Option<String> {
        let mut text = String::new();
        self.show(&mut text).then_some(text)
    }

    fn show(self, into: &mut String) -> bool {
        let node = self.node();
        if node.sensitive {
            return false;
        }
        match node.value {
            Value::Null => into.push_str("null"),
            Value::Flag(flag) => drop(write!(into, "{flag}")),
            Value::Integer(number) => drop(write!(into, "{number}")),
            Value::Float(number) => drop(write!(into, "{number}")),
            Value::Text(start, end) => into.push_str(self.span(start, end)),
            Value::Bytes(count) => drop(write!(into, "{count} bytes")),
            Value::List | Value::Object => {
                let [open, close] = if node.value == Value::List {
                    ['[', ']']
                } else {
                    ['{', '}']
                };
                into.push(open);
                for (index, item) in self.inside().enumerate() {
                    if index > 0 {
                        into.push_str(", ");
                    }
                    if let Some(name) = item.name() {
                        into.push_str(name);
                        into.push('=');
                    }
                    if !item.show(into) {
                        return false;
                    }
                }
                into.push(close);
            }
        }
        true
    }

    /// The list or map that AWS's message names, if this is an item that isn't a structure.
    pub(super) fn holder(self) -> Option<(Document<'a>, &'static Shape)> {
        if matches!(self.node().name, Name::Member(_) | Name::Root)
            || matches!(self.node().shape.kind, Kind::Structure(_))
        {
            return None;
        }
        let at = self.node().parent;
        let nodes = self.nodes;
        Some((Document { nodes, at }, nodes.list[at as usize].shape))
    }
}

/// A member's name as AWS's messages write it.
pub(super) fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(chars).collect()
}
