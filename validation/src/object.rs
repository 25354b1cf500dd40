//! A structure or a map that is being walked.

use crate::constraint::Unit;
use crate::document::Document;
use crate::interpreter::{Interpreter, Place};
use crate::nodes::{Name, Nodes, Span, Value};
use crate::shape::{ANY, Kind, Shape, Structure};

/// A structure or a map that is being walked.
pub(crate) struct Object {
    at: usize,
    shape: &'static Shape,
    count: usize,
    secret: bool,
    /// Where this structure's part of `Interpreter::present` begins.
    base: usize,
    /// The index after the last member, because members come in the table's order.
    cursor: usize,
    next: Next,
}

/// The next value: its name and shape, and the number of its member if that is required.
struct Next {
    name: Name,
    shape: &'static Shape,
    required: Option<usize>,
}

impl Next {
    fn new(name: Name, shape: &'static Shape) -> Self {
        let required = None;
        Self { name, shape, required }
    }
}

impl Object {
    pub(crate) fn open(interpreter: &mut Interpreter<'_>, place: Place) -> Self {
        let at = interpreter.push(place, Value::Object);
        Self {
            at,
            shape: place.shape,
            count: 0,
            secret: interpreter.nodes.get(at).sensitive,
            base: interpreter.present.len(),
            cursor: 0,
            next: Next::new(Name::Root, &ANY),
        }
    }

    /// The name of the next member, or the key of the next entry.
    pub(crate) fn key(&mut self, interpreter: &mut Interpreter<'_>, key: Span) {
        self.count += 1;
        self.next = match &self.shape.kind {
            Kind::Structure(structure) => self.member(&mut interpreter.nodes, structure, key),
            Kind::Map(keys, values) => {
                let tables = interpreter.nodes.tables();
                self.check_key(interpreter, tables.get(*keys), key);
                Next::new(Name::Entry(key), tables.get(*values))
            }
            _ => Next::new(Name::Entry(key), &ANY),
        };
    }

    fn member(&mut self, nodes: &mut Nodes, structure: &'static Structure, key: Span) -> Next {
        let Some(index) = structure.find(self.cursor, nodes.text(key)) else {
            return Next::new(Name::Entry(key), &ANY);
        };
        // The table has the name, too.
        nodes.forget(key);
        self.cursor = index + 1;
        let member = &structure.members[index];
        Next {
            name: Name::Member(member.name),
            shape: nodes.tables().get(member.shape),
            required: member.required.then_some(index),
        }
    }

    /// Checks a key as a temporary value.
    fn check_key(&self, interpreter: &mut Interpreter<'_>, shape: &'static Shape, key: Span) {
        let place = self.place(Name::Key(key), shape);
        let at = interpreter.push(place, Value::Text(key));
        interpreter.check_text(at);
        interpreter.nodes.pop();
    }

    fn place(&self, name: Name, shape: &'static Shape) -> Place {
        Place {
            name,
            parent: self.at,
            shape,
            secret: self.secret,
        }
    }

    /// The place of the value whose name or key came last.
    pub(crate) fn next(&self) -> Place {
        self.place(self.next.name, self.next.shape)
    }

    /// The value whose name or key came last has been walked, and is at that place.
    pub(crate) fn filled(&self, interpreter: &mut Interpreter<'_>, at: usize) {
        if let Some(member) = self.next.required
            && !interpreter.nodes.is_absent(at)
        {
            interpreter.present.push(member);
        }
    }

    pub(crate) fn close(self, interpreter: &mut Interpreter<'_>) {
        interpreter.nodes.close(self.at);
        match &self.shape.kind {
            Kind::Structure(structure) => self.close_structure(interpreter, structure),
            Kind::Map(..) => interpreter.check_length(self.at, Unit::Entry, self.count),
            _ => {}
        }
    }

    fn close_structure(self, interpreter: &mut Interpreter<'_>, structure: &'static Structure) {
        let Interpreter {
            nodes,
            observer,
            present,
        } = interpreter;
        let document = Document::new(nodes, self.at);
        let members = structure.members.iter().enumerate();
        for (index, member) in members.filter(|(_, member)| member.required) {
            if !present[self.base..].contains(&index) {
                observer.missing(document, member.name);
            }
        }
        present.truncate(self.base);
        observer.walked(document, structure.name);
    }
}
