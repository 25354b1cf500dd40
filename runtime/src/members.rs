//! The members of a structure, visited one by one.
//!
//! A generated structure says once which members it has, and once more how to reach them to change them. Printing,
//! writing, reading and filling are visitors, here: rustc checks each function of a generated crate whether or not a
//! program calls it, so a function a purpose and structure is what would cost.

use crate::serde::{Codec, absent};
use serde::de::DeserializeOwned;
use serde::ser::Serialize;
use std::fmt::{self, Debug};
use std::marker::PhantomData;

/// Something that has members.
pub trait Members {
    /// The name that it prints under.
    const NAME: &'static str;

    /// Shows `visitor` each member, and beside it that of `other`. Who needs no other gives the same twice.
    fn members<V: Visitor>(&self, other: &Self, visitor: &mut V);
}

/// What is done with each member: printing, writing or comparing it.
///
/// `name` is that of the field, `wire` the one on the wire. The adapters (`required`, `codec` …) say what is special
/// about the member that follows.
pub trait Visitor: Sized {
    /// A member that may be absent.
    fn member<T: Serialize + Debug + PartialEq>(
        &mut self,
        name: &'static str,
        wire: &'static str,
        value: &Option<T>,
        other: &Option<T>,
    );

    /// A member that always has a value.
    fn value<T: Serialize + Debug + PartialEq>(&mut self, name: &'static str, wire: &'static str, value: &T, other: &T);

    /// A member that may be absent, in the wire format `C`.
    fn member_as<C: Codec<T>, T: Debug + PartialEq>(
        &mut self,
        name: &'static str,
        wire: &'static str,
        value: &Option<T>,
        other: &Option<T>,
    );

    /// A member that always has a value, in the wire format `C`.
    fn value_as<C: Codec<T>, T: Debug + PartialEq>(
        &mut self,
        name: &'static str,
        wire: &'static str,
        value: &T,
        other: &T,
    );

    /// A field that isn't on the wire.
    fn field<T: Debug + PartialEq>(&mut self, _name: &'static str, _value: &T, _other: &T) {}

    /// The next member must not be printed.
    #[inline]
    fn sensitive(&mut self) -> &mut Self {
        self
    }

    /// The next member always has a value.
    #[inline]
    fn required(&mut self) -> Required<'_, Self> {
        Required(self)
    }

    /// The next member always has a value.
    #[inline]
    fn defaulted(&mut self) -> Required<'_, Self> {
        Required(self)
    }

    /// The next member is only expected: it may be absent.
    #[inline]
    fn expected(&mut self) -> &mut Self {
        self
    }

    /// The next member has the wire format `C`.
    #[inline]
    fn codec<C>(&mut self) -> Coded<'_, C, Self> {
        Coded(self, PhantomData)
    }
}

/// A visitor before a member that always has a value.
#[derive(Debug)]
pub struct Required<'a, V>(&'a mut V);

impl<'a, V: Visitor> Required<'a, V> {
    /// The member.
    #[inline]
    pub fn member<T: Serialize + Debug + PartialEq>(
        self,
        name: &'static str,
        wire: &'static str,
        value: &T,
        other: &T,
    ) {
        self.0.value(name, wire, value, other);
    }

    /// The member has the wire format `C`.
    #[inline]
    pub fn codec<C>(self) -> RequiredCoded<'a, C, V> {
        RequiredCoded(self.0, PhantomData)
    }
}

/// A visitor before a member in the wire format `C`.
#[derive(Debug)]
pub struct Coded<'a, C, V>(&'a mut V, PhantomData<C>);

impl<C, V: Visitor> Coded<'_, C, V> {
    /// The member.
    #[inline]
    pub fn member<T: Debug + PartialEq>(
        self,
        name: &'static str,
        wire: &'static str,
        value: &Option<T>,
        other: &Option<T>,
    ) where
        C: Codec<T>,
    {
        self.0.member_as::<C, T>(name, wire, value, other);
    }
}

/// A visitor before a member that always has a value, in the wire format `C`.
#[derive(Debug)]
pub struct RequiredCoded<'a, C, V>(&'a mut V, PhantomData<C>);

impl<C, V: Visitor> RequiredCoded<'_, C, V> {
    /// The member.
    #[inline]
    pub fn member<T: Debug + PartialEq>(self, name: &'static str, wire: &'static str, value: &T, other: &T)
    where
        C: Codec<T>,
    {
        self.0.value_as::<C, T>(name, wire, value, other);
    }
}

/// What is done with each place for a member: reading into it or filling it.
pub trait Slots: Sized {
    /// The place of a member.
    fn member<T: DeserializeOwned>(&mut self, wire: &'static str, slot: &mut Option<T>);

    /// The place of a member in the wire format `C`.
    fn member_as<C: Codec<T>, T>(&mut self, wire: &'static str, slot: &mut Option<T>);

    /// The place of a member that a response shouldn't leave out.
    #[inline]
    fn member_expected<T: DeserializeOwned>(&mut self, wire: &'static str, slot: &mut Option<T>) {
        self.member(wire, slot);
    }

    /// The next member has the wire format `C`.
    #[inline]
    fn codec<C>(&mut self) -> CodedSlot<'_, C, Self> {
        CodedSlot(self, PhantomData)
    }

    /// A response shouldn't leave out the next member.
    #[inline]
    fn expected(&mut self) -> ExpectedSlot<'_, Self> {
        ExpectedSlot(self)
    }

    /// The builder takes care of the next member.
    #[inline]
    fn required(&mut self) -> &mut Self {
        self
    }

    /// The builder takes care of the next member.
    #[inline]
    fn defaulted(&mut self) -> &mut Self {
        self
    }
}

/// [`Slots`] before a member in the wire format `C`.
#[derive(Debug)]
pub struct CodedSlot<'a, C, S>(&'a mut S, PhantomData<C>);

impl<C, S: Slots> CodedSlot<'_, C, S> {
    /// The member.
    #[inline]
    pub fn member<T>(self, wire: &'static str, slot: &mut Option<T>)
    where
        C: Codec<T>,
    {
        self.0.member_as::<C, T>(wire, slot);
    }
}

/// [`Slots`] before a member that a response shouldn't leave out.
#[derive(Debug)]
pub struct ExpectedSlot<'a, S>(&'a mut S);

impl<S: Slots> ExpectedSlot<'_, S> {
    /// The member.
    #[inline]
    pub fn member<T: DeserializeOwned>(self, wire: &'static str, slot: &mut Option<T>) {
        self.0.member_expected(wire, slot);
    }
}

/// Gives expected members that a response left out an empty value.
pub(crate) struct Fill;

impl Slots for Fill {
    #[inline]
    fn member<T: DeserializeOwned>(&mut self, _wire: &'static str, _slot: &mut Option<T>) {}

    #[inline]
    fn member_as<C: Codec<T>, T>(&mut self, _wire: &'static str, _slot: &mut Option<T>) {}

    #[inline]
    fn member_expected<T: DeserializeOwned>(&mut self, _wire: &'static str, slot: &mut Option<T>) {
        if slot.is_none() {
            *slot = absent();
        }
    }
}

/// Prints members.
///
/// # Errors
/// Those of the formatter.
pub fn debug<T: Members>(members: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    debug_as(members, T::NAME, f)
}

/// Prints members as those of `name`.
///
/// # Errors
/// Those of the formatter.
pub fn debug_as<T: Members>(members: &T, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut printer = Printer {
        structure: f.debug_struct(name),
        sensitive: false,
    };
    members.members(members, &mut printer);
    printer.structure.finish()
}

struct Printer<'a, 'b> {
    structure: fmt::DebugStruct<'a, 'b>,
    sensitive: bool,
}

impl Printer<'_, '_> {
    fn print(&mut self, name: &'static str, value: &dyn Debug) {
        let value = if self.sensitive {
            &"*** Sensitive Data Redacted ***"
        } else {
            value
        };
        self.structure.field(member_name(name), value);
        self.sensitive = false;
    }
}

impl Visitor for Printer<'_, '_> {
    fn member<T: Serialize + Debug + PartialEq>(
        &mut self,
        name: &'static str,
        _wire: &'static str,
        value: &Option<T>,
        _other: &Option<T>,
    ) {
        self.print(name, value);
    }

    fn value<T: Serialize + Debug + PartialEq>(
        &mut self,
        name: &'static str,
        _wire: &'static str,
        value: &T,
        _other: &T,
    ) {
        self.print(name, value);
    }

    fn member_as<C: Codec<T>, T: Debug + PartialEq>(
        &mut self,
        name: &'static str,
        _wire: &'static str,
        value: &Option<T>,
        _other: &Option<T>,
    ) {
        self.print(name, value);
    }

    fn value_as<C: Codec<T>, T: Debug + PartialEq>(
        &mut self,
        name: &'static str,
        _wire: &'static str,
        value: &T,
        _other: &T,
    ) {
        self.print(name, value);
    }

    fn field<T: Debug + PartialEq>(&mut self, name: &'static str, value: &T, _other: &T) {
        self.print(name, value);
    }

    fn sensitive(&mut self) -> &mut Self {
        self.sensitive = true;
        self
    }
}

/// Whether all members are equal.
pub fn equal<T: Members>(members: &T, other: &T) -> bool {
    let mut comparison = Comparison(true);
    members.members(other, &mut comparison);
    comparison.0
}

struct Comparison(bool);

impl Comparison {
    #[inline]
    fn compare<T: PartialEq>(&mut self, value: &T, other: &T) {
        self.0 = self.0 && value == other;
    }
}

impl Visitor for Comparison {
    fn member<T: Serialize + Debug + PartialEq>(
        &mut self,
        _name: &'static str,
        _wire: &'static str,
        value: &Option<T>,
        other: &Option<T>,
    ) {
        self.compare(value, other);
    }

    fn value<T: Serialize + Debug + PartialEq>(
        &mut self,
        _name: &'static str,
        _wire: &'static str,
        value: &T,
        other: &T,
    ) {
        self.compare(value, other);
    }

    fn member_as<C: Codec<T>, T: Debug + PartialEq>(
        &mut self,
        _name: &'static str,
        _wire: &'static str,
        value: &Option<T>,
        other: &Option<T>,
    ) {
        self.compare(value, other);
    }

    fn value_as<C: Codec<T>, T: Debug + PartialEq>(
        &mut self,
        _name: &'static str,
        _wire: &'static str,
        value: &T,
        other: &T,
    ) {
        self.compare(value, other);
    }

    fn field<T: Debug + PartialEq>(&mut self, _name: &'static str, value: &T, other: &T) {
        self.compare(value, other);
    }
}

/// The name of a member without the `r#` that a keyword needs.
pub fn member_name(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}
