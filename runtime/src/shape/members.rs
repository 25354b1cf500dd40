//! The members of a structure, visited one by one.
//!
//! A generated structure has one function that lists its members, and one that lists their slots. Printing, writing,
//! reading and filling are visitors, and are here. The reason is compile time: rustc checks each function of a
//! generated crate, called or not, so one function per purpose and structure would be expensive.

use super::codec::Codec;
use std::fmt::{self, Debug};

/// Something that has members.
pub trait Members {
    /// The name that `Debug` prints.
    const NAME: &'static str;

    /// Calls `visitor` with each member.
    fn members<V: Visitor>(&self, visitor: &mut V);
}

/// An operation on each member, such as printing or writing it.
///
/// `name` is the name of the field, `wire` the name on the wire, and `C` the format on the wire.
pub trait Visitor {
    /// A member that may be absent.
    fn optional<C: Codec<T>, T: Debug>(&mut self, name: &'static str, wire: &'static str, value: &Option<T>);

    /// A member that always has a value.
    fn always<C: Codec<T>, T: Debug>(&mut self, name: &'static str, wire: &'static str, value: &T);

    /// A field that isn't on the wire.
    fn field<T: Debug>(&mut self, _name: &'static str, _value: &T) {}
}

/// An operation on each member's slot, such as reading into it or filling it.
pub trait Slots {
    /// The slot of a member in the wire format `C`.
    fn member<C: Codec<T>, T>(&mut self, wire: &'static str, slot: &mut Option<T>);

    /// The slot of a member that a response shouldn't omit.
    #[inline]
    fn expected<C: Codec<T>, T>(&mut self, wire: &'static str, slot: &mut Option<T>) {
        self.member::<C, T>(wire, slot);
    }
}

/// A structure's builder, as the deserializer sees it.
pub trait ReadMembers: Default {
    /// What it builds.
    type Built: Members;

    /// Calls `slots` with the slot of each member.
    fn slots<S: Slots>(&mut self, slots: &mut S);

    /// Builds the structure. A required member that the service omitted gets an empty value, because a response must
    /// stay readable without it.
    fn finish(self) -> Self::Built;
}

/// Gives an empty value to expected members that a response omitted.
pub(crate) struct Fill;

impl Slots for Fill {
    #[inline]
    fn member<C: Codec<T>, T>(&mut self, _wire: &'static str, _slot: &mut Option<T>) {}

    #[inline]
    fn expected<C: Codec<T>, T>(&mut self, _wire: &'static str, slot: &mut Option<T>) {
        if slot.is_none() {
            *slot = Some(C::empty());
        }
    }
}

/// Prints members.
///
/// # Errors
/// The formatter's errors.
pub fn debug<T: Members>(members: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    debug_as(members, T::NAME, f)
}

/// Prints members as the members of `name`.
///
/// # Errors
/// The formatter's errors.
pub fn debug_as<T: Members>(members: &T, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut printer = Printer(f.debug_struct(name));
    members.members(&mut printer);
    printer.0.finish()
}

/// What `Debug` shows of a member in the wire format `C`.
pub fn shown<C: Codec<T>, T: Debug>(value: &T) -> &dyn Debug {
    if C::SENSITIVE { REDACTED } else { value }
}

const REDACTED: &dyn Debug = &"*** Sensitive Data Redacted ***";

struct Printer<'a, 'b>(fmt::DebugStruct<'a, 'b>);

impl Printer<'_, '_> {
    fn print(&mut self, name: &'static str, value: &dyn Debug) {
        self.0.field(member_name(name), value);
    }
}

impl Visitor for Printer<'_, '_> {
    fn optional<C: Codec<T>, T: Debug>(&mut self, name: &'static str, _wire: &'static str, value: &Option<T>) {
        self.print(name, if C::SENSITIVE { REDACTED } else { value });
    }

    fn always<C: Codec<T>, T: Debug>(&mut self, name: &'static str, _wire: &'static str, value: &T) {
        self.print(name, if C::SENSITIVE { REDACTED } else { value });
    }

    fn field<T: Debug>(&mut self, name: &'static str, value: &T) {
        self.print(name, value);
    }
}

/// Counts the members that have a value.
pub(crate) struct Count(pub(crate) usize);

impl Visitor for Count {
    fn optional<C: Codec<T>, T: Debug>(&mut self, _name: &'static str, _wire: &'static str, value: &Option<T>) {
        self.0 += usize::from(value.is_some());
    }

    fn always<C: Codec<T>, T: Debug>(&mut self, _name: &'static str, _wire: &'static str, _value: &T) {
        self.0 += 1;
    }
}

/// The name of a member without the `r#` that a keyword needs.
pub fn member_name(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}
