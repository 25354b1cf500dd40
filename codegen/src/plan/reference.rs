//! References: to types and wire formats, and the `use` lines that they ask for.

use serde::{Serialize, Serializer};
use std::collections::BTreeSet;
use std::fmt::{self, Display};

/// A type in generated code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ty {
    /// `bool`.
    Bool,
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `f32`.
    F32,
    /// `f64`.
    F64,
    /// `String`.
    String,
    /// A structure, union or enum of the model.
    Model(ModelRef),
    /// A type that Rust doesn't have.
    Primitive(Primitive),
    /// `Box<…>`.
    Box(Box<Ty>),
    /// `Option<…>`.
    Option(Box<Ty>),
    /// `Vec<…>`.
    Vec(Box<Ty>),
    /// `HashMap<…, …>`.
    Map(Box<Ty>, Box<Ty>),
}

impl Ty {
    /// How many types are inside of each other.
    pub(super) fn depth(&self) -> usize {
        1 + match self {
            Self::Box(inner) | Self::Option(inner) | Self::Vec(inner) => inner.depth(),
            Self::Map(key, value) => key.depth().max(value.depth()),
            _ => 0,
        }
    }
}

/// A reference to a type of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelRef {
    /// The type's name.
    pub name: String,
    /// Whether the file has something else of that name: the reference is written with the type's module then.
    pub taken: bool,
}

/// A type of aws-smithy-types. No type of the model has such a name: `names` reserves them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Primitive {
    /// Bytes.
    Blob,
    /// A point in time.
    DateTime,
    /// Any JSON value.
    Document,
}

impl Display for Primitive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Where the generated code finds [`Primitive`]s.
const PRIMITIVES: &str = "cognito_runtime::reexport";

impl Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool => f.write_str("bool"),
            Self::I32 => f.write_str("i32"),
            Self::I64 => f.write_str("i64"),
            Self::F32 => f.write_str("f32"),
            Self::F64 => f.write_str("f64"),
            Self::String => f.write_str("String"),
            Self::Model(ModelRef { name, taken: true }) => write!(f, "types::{name}"),
            Self::Model(ModelRef { name, taken: false }) => f.write_str(name),
            Self::Primitive(primitive) => primitive.fmt(f),
            Self::Box(inner) => write!(f, "Box<{inner}>"),
            Self::Option(inner) => write!(f, "Option<{inner}>"),
            Self::Vec(item) => write!(f, "Vec<{item}>"),
            Self::Map(key, value) => write!(f, "HashMap<{key}, {value}>"),
        }
    }
}

impl Serialize for Ty {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A wire format of the runtime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Codec {
    /// The type's own form.
    Plain,
    /// A timestamp in seconds.
    EpochSeconds,
    /// A timestamp as RFC 3339 text.
    DateTimeText,
    /// A timestamp as an HTTP date.
    HttpDate,
    /// Bytes as Base64 text.
    Base64,
    /// A floating-point number.
    Float,
    /// Any JSON value.
    JsonDocument,
    /// A list of items in this format.
    Vec(Box<Codec>),
    /// A map of values in this format.
    Map(Box<Codec>),
    /// A value in this format, or `null`.
    Sparse(Box<Codec>),
    /// A boxed value in this format.
    Boxed(Box<Codec>),
    /// A value that must not be logged, in this format.
    Sensitive(Box<Codec>),
}

impl Codec {
    /// The format of a collection of this one; the plain one where this one is, for its type says the rest.
    pub(super) fn within(self, collection: fn(Box<Self>) -> Self) -> Self {
        match self {
            Self::Plain => Self::Plain,
            codec => collection(Box::new(codec)),
        }
    }

    /// The same format without what concerns logs only.
    pub fn on_the_wire(&self) -> &Self {
        match self {
            Self::Sensitive(codec) => codec,
            codec => codec,
        }
    }
}

impl Display for Codec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain => f.write_str("Plain"),
            Self::EpochSeconds => f.write_str("EpochSeconds"),
            Self::DateTimeText => f.write_str("DateTimeText"),
            Self::HttpDate => f.write_str("HttpDate"),
            Self::Base64 => f.write_str("Base64"),
            Self::Float => f.write_str("Float"),
            Self::JsonDocument => f.write_str("JsonDocument"),
            Self::Vec(item) => write!(f, "Vec<{item}>"),
            Self::Map(value) => write!(f, "Map<{value}>"),
            Self::Sparse(value) => write!(f, "Sparse<{value}>"),
            Self::Boxed(value) => write!(f, "Boxed<{value}>"),
            Self::Sensitive(value) if **value == Self::Plain => f.write_str("Sensitive"),
            Self::Sensitive(value) => write!(f, "Sensitive<{value}>"),
        }
    }
}

impl Serialize for Codec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What a file names: the types and formats of its members.
#[derive(Debug, Default)]
pub(super) struct Imports {
    types: BTreeSet<String>,
    types_module: bool,
    primitives: BTreeSet<Primitive>,
    hash_map: bool,
    codecs: BTreeSet<&'static str>,
}

impl Imports {
    /// A type is named.
    pub(super) fn ty(&mut self, ty: &Ty) {
        match ty {
            Ty::Bool | Ty::I32 | Ty::I64 | Ty::F32 | Ty::F64 | Ty::String => {}
            Ty::Model(ModelRef { taken: true, .. }) => self.types_module = true,
            Ty::Model(ModelRef { name, .. }) => {
                self.types.insert(name.clone());
            }
            Ty::Primitive(primitive) => {
                self.primitives.insert(*primitive);
            }
            Ty::Box(inner) | Ty::Option(inner) | Ty::Vec(inner) => self.ty(inner),
            Ty::Map(key, value) => {
                self.hash_map = true;
                self.ty(key);
                self.ty(value);
            }
        }
    }

    /// A format is named, in a row: there the plain one alone isn't written.
    pub(super) fn codec(&mut self, codec: &Codec) {
        let (name, inner) = match codec {
            Codec::Plain => return,
            Codec::EpochSeconds => ("EpochSeconds", None),
            Codec::DateTimeText => ("DateTimeText", None),
            Codec::HttpDate => ("HttpDate", None),
            Codec::Base64 => ("Base64", None),
            Codec::Float => ("Float", None),
            Codec::JsonDocument => ("JsonDocument", None),
            Codec::Vec(inner) => return self.codec(inner),
            Codec::Map(inner) => ("Map", Some(inner)),
            Codec::Sparse(inner) => ("Sparse", Some(inner)),
            Codec::Sensitive(inner) => ("Sensitive", Some(inner)),
            Codec::Boxed(inner) => {
                if **inner == Codec::Plain {
                    self.codecs.insert("Plain");
                }
                ("Boxed", Some(inner))
            }
        };
        self.codecs.insert(name);
        if let Some(inner) = inner {
            self.codec(inner);
        }
    }

    /// The type that the file itself defines needs no `use` line.
    pub(super) fn defined_here(mut self, name: &str) -> Self {
        self.types.remove(name);
        self
    }

    /// The `use` lines, where the types of the model are in the module `types`.
    pub(super) fn lines(&self, types: &str) -> Vec<String> {
        let mut lines = Vec::new();
        if self.types_module {
            lines.push(format!("use {types};"));
        }
        if !self.types.is_empty() {
            let names: Vec<&str> = self.types.iter().map(String::as_str).collect();
            lines.push(format!("use {types}::{{{}}};", names.join(", ")));
        }
        if !self.primitives.is_empty() {
            let names: Vec<String> = self.primitives.iter().map(ToString::to_string).collect();
            lines.push(format!("use {PRIMITIVES}::{{{}}};", names.join(", ")));
        }
        if !self.codecs.is_empty() {
            let names: Vec<&str> = self.codecs.iter().copied().collect();
            lines.push(format!("use cognito_runtime::serde::{{{}}};", names.join(", ")));
        }
        if self.hash_map {
            lines.push("use std::collections::HashMap;".to_owned());
        }
        lines
    }
}
