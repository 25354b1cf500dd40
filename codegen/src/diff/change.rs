//! Changes, and what they mean.

use std::fmt;

/// What a change means for Rust code that compiles and works with the old version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// It may no longer compile, or no longer work without credentials.
    Breaking,
    /// It compiles, and the service may refuse what it accepted, or asks for less.
    Behaviour,
    /// There is something new to use.
    Addition,
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Breaking => "breaking",
            Self::Behaviour => "compatible, behaves differently",
            Self::Addition => "compatible",
        })
    }
}

/// What kind of thing has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// An operation.
    Operation,
    /// A structure, union or enum.
    Type,
    /// A member of a structure, or a variant of a union.
    Member,
    /// A value of an enum.
    EnumValue,
    /// An error, or an error of an operation.
    Error,
    /// What a value must be: required, bounds, pattern.
    Constraint,
    /// Whether requests are signed.
    Auth,
    /// A paginator.
    Paginator,
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Operation => "operation",
            Self::Type => "type",
            Self::Member => "member",
            Self::EnumValue => "enum value",
            Self::Error => "error",
            Self::Constraint => "constraint",
            Self::Auth => "auth",
            Self::Paginator => "paginator",
        })
    }
}

/// Whether something came, went or became something else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is another: how, in a few words.
    Changed(String),
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Added => f.write_str("added"),
            Self::Removed => f.write_str("removed"),
            Self::Changed(how) => f.write_str(how),
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Change {
    /// What it means for Rust code.
    pub effect: Effect,
    /// What kind of thing it is about.
    pub area: Area,
    /// The operation, or the type, with the member or value: `UserType.attributes`.
    pub subject: String,
    /// What has happened to it.
    pub what: What,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`: {}", self.area, self.subject, self.what)
    }
}
