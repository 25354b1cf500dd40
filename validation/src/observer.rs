//! What a walk reports.

use crate::constraint::Constraint;
use crate::document::Document;

/// Learns what a walk finds, in the order of the members.
///
/// A list, map or structure is incomplete until all inside it has been walked. So what is reported of an item mustn't
/// depend on the text of its list.
pub(crate) trait Observer {
    /// A value, or a key, violates a constraint of its shape.
    fn violated(&mut self, value: Document<'_>, constraint: Constraint);

    /// A structure lacks a required member.
    fn missing(&mut self, structure: Document<'_>, member: &'static str);

    /// A value of an enum: its text, and those that the model lists.
    fn enumerated(&mut self, _value: Document<'_>, _text: &str, _values: &'static [&'static str]) {}

    /// All of a structure has been walked. The name is its shape's in the model.
    fn walked(&mut self, _structure: Document<'_>, _name: &'static str) {}
}
