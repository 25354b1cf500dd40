//! The interpreter: a serde serializer that walks a value and the table of its shape together.

use super::document::{Name, Nodes, Span, Value};
use super::rule::{Findings, RuleFn};
use super::shape::{ANY, Kind, Shape, Structure};
use super::tables::Tables;
use super::violation::{Constraint, Unit, Violation};
use serde::ser::{self, Serialize, Serializer};
use std::fmt;

/// All violations and all advice for a value.
pub(super) fn findings<T: Serialize + ?Sized>(
    value: &T,
    tables: &'static Tables,
    shape: &'static Shape,
    rules: &'static [(&'static str, RuleFn)],
) -> Vec<Violation> {
    walk(value, tables, shape, rules, false)
}

/// The violations for which the service refuses a value by its model alone.
pub(super) fn as_service<T: Serialize + ?Sized>(
    value: &T,
    tables: &'static Tables,
    shape: &'static Shape,
) -> Vec<Violation> {
    walk(value, tables, shape, &[], true)
}

fn walk<T: Serialize + ?Sized>(
    value: &T,
    tables: &'static Tables,
    shape: &'static Shape,
    rules: &'static [(&'static str, RuleFn)],
    as_service: bool,
) -> Vec<Violation> {
    let mut state = State {
        nodes: Nodes::new(tables),
        found: Vec::new(),
        seen: Vec::new(),
        rules,
        as_service,
    };
    let walker = Walker {
        state: &mut state,
        shape,
        name: Name::Root,
        parent: 0,
        secret: false,
    };
    // A value that can't be written isn't sent, and the one who tries to send it learns why.
    let _ = value.serialize(walker);
    state.found
}

/// The state of a walk.
struct State {
    nodes: Nodes,
    found: Vec<Violation>,
    /// The required members that are present, of all open structures.
    seen: Vec<u32>,
    rules: &'static [(&'static str, RuleFn)],
    as_service: bool,
}

/// A value can't be serialized.
#[derive(Debug)]
pub(super) struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value can't be serialized")
    }
}

impl std::error::Error for Stopped {}

impl ser::Error for Stopped {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl State {
    fn violation(&mut self, at: u32, constraint: Constraint) {
        self.found
            .push(Violation::of_model(self.nodes.document(at), constraint));
    }

    fn length(&mut self, at: u32, shape: &'static Shape, unit: Unit, actual: usize) {
        // No length comes near 2^63.
        let length = actual as i64;
        if shape.min.is_some_and(|min| length < min) || shape.max.is_some_and(|max| length > max) {
            let (min, max) = (shape.min, shape.max);
            self.violation(at, Constraint::Length { min, max, unit, actual });
        }
    }

    /// Checks a text: a value, or a key.
    fn text(&mut self, at: u32, shape: &'static Shape, text: &str) {
        match &shape.kind {
            Kind::Text => {
                if shape.min.is_some() || shape.max.is_some() {
                    self.length(at, shape, Unit::Character, text.chars().count());
                }
                if let Some(pattern) = &shape.pattern
                    && !pattern.matches(text)
                {
                    let pattern = pattern.as_str();
                    self.violation(at, Constraint::Pattern { pattern });
                }
            }
            Kind::Enum(values) if self.as_service && !values.contains(&text) => {
                self.violation(at, Constraint::Values { values });
            }
            Kind::Blob => self.length(at, shape, Unit::Byte, base64_length(text)),
            _ => {}
        }
    }
}

/// The number of bytes that a Base64 text encodes.
fn base64_length(text: &str) -> usize {
    text.trim_end_matches('=').len() * 3 / 4
}

/// Walks one value.
pub(super) struct Walker<'w> {
    state: &'w mut State,
    shape: &'static Shape,
    name: Name,
    parent: u32,
    /// Whether something around the value is secret.
    secret: bool,
}

impl<'w> Walker<'w> {
    fn push(&mut self, value: Value) -> u32 {
        let nodes = &mut self.state.nodes;
        nodes.push(self.name, self.parent, value, self.shape, self.secret)
    }

    fn integer(mut self, number: i64) {
        let at = self.push(Value::Integer(number));
        let Shape { ref kind, min, max, .. } = *self.shape;
        if matches!(kind, Kind::Number) && (min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max))
        {
            self.state.violation(at, Constraint::Range { min, max });
        }
    }

    fn list(mut self) -> ListWalker<'w> {
        let at = self.push(Value::List);
        let items = match self.shape.kind {
            Kind::List(items) => self.state.nodes.tables.get(items),
            _ => &ANY,
        };
        ListWalker {
            secret: self.state.nodes.is_sensitive(at),
            state: self.state,
            shape: self.shape,
            at,
            items,
            count: 0,
        }
    }

    fn object(mut self) -> ObjectWalker<'w> {
        let at = self.push(Value::Object);
        ObjectWalker {
            secret: self.state.nodes.is_sensitive(at),
            base: self.state.seen.len(),
            state: self.state,
            shape: self.shape,
            at,
            count: 0,
            cursor: 0,
            next: (Name::Index(0), &ANY, None),
        }
    }
}

macro_rules! integers {
    ($($method:ident: $type:ty;)*) => {
        $(
            fn $method(self, value: $type) -> Result<(), Stopped> {
                self.integer(i64::try_from(value).unwrap_or(i64::MAX));
                Ok(())
            }
        )*
    };
}

impl<'w> Serializer for Walker<'w> {
    type Ok = ();
    type Error = Stopped;
    type SerializeSeq = ListWalker<'w>;
    type SerializeTuple = ListWalker<'w>;
    type SerializeTupleStruct = ListWalker<'w>;
    type SerializeTupleVariant = ser::Impossible<(), Stopped>;
    type SerializeMap = ObjectWalker<'w>;
    type SerializeStruct = ObjectWalker<'w>;
    type SerializeStructVariant = ser::Impossible<(), Stopped>;

    integers! {
        serialize_i8: i8;
        serialize_i16: i16;
        serialize_i32: i32;
        serialize_i64: i64;
        serialize_u8: u8;
        serialize_u16: u16;
        serialize_u32: u32;
        serialize_u64: u64;
    }

    fn serialize_bool(mut self, value: bool) -> Result<(), Stopped> {
        self.push(Value::Flag(value));
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Stopped> {
        self.serialize_f64(f64::from(value))
    }

    fn serialize_f64(mut self, value: f64) -> Result<(), Stopped> {
        let at = self.push(Value::Float(value));
        let Shape { ref kind, min, max, .. } = *self.shape;
        // Bounds are whole numbers, far below 2^53.
        if matches!(kind, Kind::Number)
            && (min.is_some_and(|min| value < min as f64) || max.is_some_and(|max| value > max as f64))
        {
            self.state.violation(at, Constraint::Range { min, max });
        }
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Stopped> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(mut self, text: &str) -> Result<(), Stopped> {
        let value = self.state.nodes.keep(text).value();
        let at = self.push(value);
        self.state.text(at, self.shape, text);
        Ok(())
    }

    fn serialize_bytes(mut self, bytes: &[u8]) -> Result<(), Stopped> {
        let at = self.push(Value::Bytes(bytes.len()));
        if matches!(self.shape.kind, Kind::Blob) {
            self.state.length(at, self.shape, Unit::Byte, bytes.len());
        }
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Stopped> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Stopped> {
        value.serialize(self)
    }

    fn serialize_unit(mut self) -> Result<(), Stopped> {
        self.push(Value::Null);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Stopped> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Stopped> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Stopped> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Stopped> {
        Err(Stopped)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<ListWalker<'w>, Stopped> {
        Ok(self.list())
    }

    fn serialize_tuple(self, _: usize) -> Result<ListWalker<'w>, Stopped> {
        Ok(self.list())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<ListWalker<'w>, Stopped> {
        Ok(self.list())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<ser::Impossible<(), Stopped>, Stopped> {
        Err(Stopped)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<ObjectWalker<'w>, Stopped> {
        Ok(self.object())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<ObjectWalker<'w>, Stopped> {
        Ok(self.object())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<ser::Impossible<(), Stopped>, Stopped> {
        Err(Stopped)
    }
}

/// Walks the items of a list.
pub(super) struct ListWalker<'w> {
    state: &'w mut State,
    shape: &'static Shape,
    at: u32,
    items: &'static Shape,
    count: u32,
    secret: bool,
}

impl ListWalker<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stopped> {
        let name = Name::Index(self.count);
        self.count += 1;
        value.serialize(Walker {
            state: self.state,
            shape: self.items,
            name,
            parent: self.at,
            secret: self.secret,
        })
    }

    fn finish(self) -> Result<(), Stopped> {
        self.state.nodes.close(self.at);
        if matches!(self.shape.kind, Kind::List(_)) {
            self.state.length(self.at, self.shape, Unit::Item, self.count as usize);
        }
        Ok(())
    }
}

macro_rules! list_walker {
    ($($trait:ident: $method:ident;)*) => {
        $(
            impl ser::$trait for ListWalker<'_> {
                type Ok = ();
                type Error = Stopped;

                fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stopped> {
                    self.item(value)
                }

                fn end(self) -> Result<(), Stopped> {
                    self.finish()
                }
            }
        )*
    };
}

list_walker! {
    SerializeSeq: serialize_element;
    SerializeTuple: serialize_element;
    SerializeTupleStruct: serialize_field;
}

/// Walks the members of a structure, or the entries of a map.
pub(super) struct ObjectWalker<'w> {
    state: &'w mut State,
    shape: &'static Shape,
    at: u32,
    count: usize,
    secret: bool,
    /// Where this structure's part of `State::seen` begins.
    base: usize,
    /// The index after the last member, because members come in the table's order.
    cursor: usize,
    /// Name and shape of the next value, and the index of the member if it is required.
    next: (Name, &'static Shape, Option<u32>),
}

impl ObjectWalker<'_> {
    fn key(&mut self, key: Span) {
        self.count += 1;
        let tables = self.state.nodes.tables;
        self.next = match &self.shape.kind {
            Kind::Structure(structure) => self.member(structure, key),
            Kind::Map(keys, values) => {
                self.map_key(tables.get(*keys), key);
                (Name::Key(key), tables.get(*values), None)
            }
            _ => (Name::Key(key), &ANY, None),
        };
    }

    fn member(&mut self, structure: &'static Structure, key: Span) -> (Name, &'static Shape, Option<u32>) {
        let nodes = &mut self.state.nodes;
        let Some(index) = find(structure, self.cursor, nodes.text(key)) else {
            return (Name::Key(key), &ANY, None);
        };
        // The table has the name, too.
        nodes.forget(key);
        self.cursor = index + 1;
        let member = &structure.members[index];
        // A structure has far fewer members than 2^32.
        let number = member.required.then_some(index as u32);
        (Name::Member(member.name), nodes.tables.get(member.shape), number)
    }

    /// Checks a key as a temporary value.
    fn map_key(&mut self, keys: &'static Shape, key: Span) {
        let state = &mut *self.state;
        let text = state.nodes.text(key).to_owned();
        let at = state
            .nodes
            .push(Name::Key(key), self.at, key.value(), keys, self.secret);
        state.text(at, keys, &text);
        state.nodes.pop();
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stopped> {
        let (name, shape, number) = self.next;
        let at = self.state.nodes.next();
        value.serialize(Walker {
            state: self.state,
            shape,
            name,
            parent: self.at,
            secret: self.secret,
        })?;
        if let Some(number) = number
            && !self.state.nodes.is_absent(at)
        {
            self.state.seen.push(number);
        }
        Ok(())
    }

    fn finish(self) -> Result<(), Stopped> {
        self.state.nodes.close(self.at);
        match &self.shape.kind {
            Kind::Structure(structure) => self.finish_structure(structure),
            Kind::Map(..) => self.state.length(self.at, self.shape, Unit::Entry, self.count),
            _ => {}
        }
        Ok(())
    }

    fn finish_structure(self, structure: &'static Structure) {
        let state = self.state;
        let members = (0u32..).zip(&structure.members).filter(|(_, member)| member.required);
        for (number, member) in members {
            if !state.seen[self.base..].contains(&number) {
                let document = state.nodes.document(self.at);
                state.found.push(Violation::missing(document, member.name));
            }
        }
        state.seen.truncate(self.base);
        let rules = state.rules.iter().filter(|(name, _)| *name == structure.name);
        for (_, rule) in rules {
            rule(state.nodes.document(self.at), &mut Findings::new(&mut state.found));
        }
    }
}

/// The member of that name. It is usually the next one, or soon after it.
fn find(structure: &'static Structure, cursor: usize, key: &str) -> Option<usize> {
    let members = &structure.members;
    let is = |index: &usize| members[*index].name == key;
    (cursor..members.len())
        .find(is)
        .or_else(|| (0..cursor.min(members.len())).find(is))
}

impl ser::SerializeMap for ObjectWalker<'_> {
    type Ok = ();
    type Error = Stopped;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Stopped> {
        let span = self.state.nodes.keep_written(&Key(key)).ok_or(Stopped)?;
        self.key(span);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stopped> {
        self.value(value)
    }

    fn end(self) -> Result<(), Stopped> {
        self.finish()
    }
}

impl ser::SerializeStruct for ObjectWalker<'_> {
    type Ok = ();
    type Error = Stopped;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Stopped> {
        let span = self.state.nodes.keep(key);
        self.key(span);
        self.value(value)
    }

    fn end(self) -> Result<(), Stopped> {
        self.finish()
    }
}

/// A key as text. A formatter accepts everything that serde writes as an object's key.
struct Key<'k, T: ?Sized>(&'k T);

impl<T: Serialize + ?Sized> fmt::Display for Key<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(f)
    }
}
