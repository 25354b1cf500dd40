//! A value inside the one that is checked, for rules and for messages.

use crate::nodes::{Name, Node, Nodes, Value};
use crate::shape::Kind;
use std::fmt::Write;

/// A value inside the one that is checked, as a rule sees it. Members are found by their names on the wire.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    nodes: &'a Nodes,
    at: usize,
}

impl<'a> Document<'a> {
    /// The value at a place.
    pub(crate) fn new(nodes: &'a Nodes, at: usize) -> Self {
        Self { nodes, at }
    }

    /// Its place.
    pub(crate) fn at(self) -> usize {
        self.at
    }

    pub(crate) fn node(self) -> &'a Node {
        self.nodes.get(self.at)
    }

    /// The list, map or structure that this is in. The whole value is in itself.
    pub(crate) fn parent(self) -> Self {
        Self::new(self.nodes, self.node().parent)
    }

    fn inside(self) -> impl Iterator<Item = Document<'a>> {
        let nodes = self.nodes;
        let end = self.node().end.min(nodes.len());
        let mut next = self.at + 1;
        std::iter::from_fn(move || {
            let value = (next < end).then(|| Self::new(nodes, next))?;
            next = value.node().end;
            Some(value)
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
            Name::Entry(key) | Name::Key(key) => Some(self.nodes.text(key)),
            Name::Root | Name::Index(_) => None,
        }
    }

    /// The text, if this is a text.
    pub fn text(self) -> Option<&'a str> {
        match self.node().value {
            Value::Text(span) => Some(self.nodes.text(span)),
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

    /// The values from the whole one to this one.
    pub(crate) fn way(self) -> Vec<Document<'a>> {
        let mut way = vec![self];
        let mut at = self;
        while !matches!(at.node().name, Name::Root) {
            at = at.parent();
            way.push(at);
        }
        way.reverse();
        way
    }

    /// Whether this has a key that may be a secret, because the map or its keys are.
    pub(crate) fn hides_key(self) -> bool {
        if !matches!(self.node().name, Name::Entry(_) | Name::Key(_)) {
            return false;
        }
        let map = self.parent().node();
        map.sensitive || matches!(map.shape.kind, Kind::Map(keys, _) if self.nodes.tables().get(keys).sensitive)
    }

    /// The path of this value, such as `Schema[0].Name`. Keys that may be secret are omitted.
    pub(crate) fn path(self) -> String {
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
                Name::Entry(_) | Name::Key(_) if step.hides_key() => path.push_str("[…]"),
                Name::Entry(key) | Name::Key(key) => drop(write!(path, "[{:?}]", self.nodes.text(key))),
            }
        }
        path
    }

    /// The path that a member or an entry of this value would have.
    pub(crate) fn path_of(self, name: &str) -> String {
        let path = self.path();
        if matches!(self.node().shape.kind, Kind::Map(..)) {
            format!("{path}[{name:?}]")
        } else if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        }
    }

    /// The value as text, unless something in it may be a secret.
    pub(crate) fn shown(self) -> Option<String> {
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
            Value::Text(span) => into.push_str(self.nodes.text(span)),
            Value::Bytes(count) => drop(write!(into, "{count} bytes")),
            Value::List => return self.show_inside(into, ['[', ']']),
            Value::Object => return self.show_inside(into, ['{', '}']),
        }
        true
    }

    fn show_inside(self, into: &mut String, [open, close]: [char; 2]) -> bool {
        into.push(open);
        for (index, item) in self.inside().enumerate() {
            if item.hides_key() {
                return false;
            }
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
        true
    }
}
