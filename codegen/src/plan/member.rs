//! Members: what a row of a table says, and what the field beside it is.

use super::reference::{Codec, Ty};
use serde::{Serialize, Serializer};
use std::fmt::{self, Display};

/// Columns for a row of a table: rustfmt doesn't break lines inside of macros.
const LINE: usize = 110;

/// A member of a structure.
#[derive(Debug, Serialize)]
pub struct MemberPlan {
    /// What it means, as lines of documentation.
    pub docs: Vec<String>,
    /// What the service demands of it, in sentences: what its accessors say.
    pub constraints: Option<String>,
    /// Whether the service demands a value.
    pub required: bool,
    /// The field, and the setter and getter of that name.
    pub name: String,
    /// The setter that takes an option.
    pub set: String,
    /// The builder's getter.
    pub get: String,
    /// The type of a value.
    pub ty: Ty,
    /// Whether there is always a value.
    pub presence: Presence,
    /// What its setter takes and its getter gives.
    pub access: Access,
    /// The wire format.
    pub codec: Codec,
    /// The name on the wire.
    pub wire: String,
}

impl MemberPlan {
    /// The member's row in the table of the runtime's macros.
    pub fn row(&self) -> Row<'_> {
        Row(self)
    }

    /// The field's type.
    pub fn field(&self) -> Ty {
        match self.presence {
            Presence::Optional | Presence::Expected => Ty::Option(Box::new(self.ty.clone())),
            Presence::Required | Presence::Defaulted => self.ty.clone(),
        }
    }
}

/// A member's row in a table, as it is printed.
#[derive(Debug)]
pub struct Row<'a>(&'a MemberPlan);

impl Display for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let member = self.0;
        let value = format!(
            "{}: {} = {:?}{}",
            member.name,
            member.ty,
            member.wire,
            As(&member.codec)
        );
        let access = format!("=> {}{};", member.accessors(), member.presence);
        let gap = if value.len() + access.len() < LINE {
            " "
        } else {
            "\n            "
        };
        write!(f, "{value}{gap}{access}")
    }
}

impl MemberPlan {
    fn accessors(&self) -> String {
        let names = format!("{}, {}", self.set, self.get);
        match &self.access {
            Access::Text => format!("text({names})"),
            Access::Boxed => format!("boxed({names})"),
            Access::Value => format!("value({names})"),
            Access::Copy => format!("copy({names})"),
            Access::Append { item } => format!("append({names}; item: {})", Element(item)),
            Access::Insert { key, value } => {
                format!("insert({names}; key: {}, value: {})", Element(key), Element(value))
            }
        }
    }
}

/// The wire format in a row, where it isn't the plain one.
pub(super) struct As<'a>(pub(super) &'a Codec);

impl Display for As<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Codec::Plain => Ok(()),
            codec => write!(f, " as {codec}"),
        }
    }
}

/// An item, key or value of a collection, in a row.
struct Element<'a>(&'a Ty);

impl Display for Element<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Ty::String => f.write_str("text"),
            ty => ty.fmt(f),
        }
    }
}

/// Whether a member always has a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It may be absent.
    Optional,
    /// It may be absent, but a response that leaves it out gets an empty value.
    Expected,
    /// It is always there: a builder fails without it.
    Required,
    /// It is always there: a builder takes an empty value.
    Defaulted,
}

impl Display for Presence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Optional => "",
            Self::Expected => ", expected",
            Self::Required => ", required",
            Self::Defaulted => ", defaulted",
        })
    }
}

impl Serialize for Presence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{self:?}"))
    }
}

/// What the accessors of a member take and give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Access {
    /// The setter takes what converts into the type, the getter gives what it derefs to.
    Text,
    /// The same of a `Box`.
    Boxed,
    /// A value and a reference.
    Value,
    /// A value and a copy.
    Copy,
    /// The setter appends an item.
    Append {
        /// Its type.
        item: Ty,
    },
    /// The setter inserts an entry.
    Insert {
        /// The type of its key.
        key: Ty,
        /// The type of its value.
        value: Ty,
    },
}

impl Access {
    /// The accessors of a member of this type.
    pub(super) fn of(ty: &Ty) -> Self {
        match ty {
            Ty::String => Self::Text,
            Ty::Box(_) => Self::Boxed,
            Ty::Bool | Ty::I32 | Ty::I64 | Ty::F32 | Ty::F64 => Self::Copy,
            Ty::Model(_) | Ty::Primitive(_) | Ty::Option(_) => Self::Value,
            Ty::Vec(item) => Self::Append { item: (**item).clone() },
            Ty::Map(key, value) => Self::Insert {
                key: (**key).clone(),
                value: (**value).clone(),
            },
        }
    }
}

/// What the builder of a structure can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// All members may stay unset.
    Optional,
    /// Those that may not have an empty value.
    Defaulted,
    /// It fails without some of the members.
    Required,
}

impl Mode {
    /// What the members ask for.
    pub(super) fn of(members: &[MemberPlan]) -> Self {
        let any = |presence| members.iter().any(|member| member.presence == presence);
        if any(Presence::Required) {
            Self::Required
        } else if any(Presence::Defaulted) {
            Self::Defaulted
        } else {
            Self::Optional
        }
    }
}

impl Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Optional => "optional",
            Self::Defaulted => "defaulted",
            Self::Required => "required",
        })
    }
}

impl Serialize for Mode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
