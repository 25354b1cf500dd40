//! A list that is being walked.

use crate::constraint::Unit;
use crate::interpreter::{Interpreter, Place};
use crate::nodes::{Name, Value};
use crate::shape::{ANY, Kind, Shape};

/// A list that is being walked.
pub(crate) struct List {
    at: usize,
    shape: &'static Shape,
    items: &'static Shape,
    count: usize,
    secret: bool,
}

impl List {
    pub(crate) fn open(interpreter: &mut Interpreter<'_>, place: Place) -> Self {
        let at = interpreter.push(place, Value::List);
        Self {
            at,
            shape: place.shape,
            items: match place.shape.kind {
                Kind::List(items) => interpreter.nodes.tables().get(items),
                _ => &ANY,
            },
            count: 0,
            secret: interpreter.nodes.get(at).sensitive,
        }
    }

    /// The place of the next item.
    pub(crate) fn next(&mut self) -> Place {
        let index = self.count;
        self.count += 1;
        Place {
            name: Name::Index(index),
            parent: self.at,
            shape: self.items,
            secret: self.secret,
        }
    }

    pub(crate) fn close(self, interpreter: &mut Interpreter<'_>) {
        interpreter.nodes.close(self.at);
        if matches!(self.shape.kind, Kind::List(_)) {
            interpreter.check_length(self.at, Unit::Item, self.count);
        }
    }
}
