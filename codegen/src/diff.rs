//! What a new model changes for those who use the crate.
//!
//! Two models are compared by what is generated from them: names, types and builders come from the plan, so that a
//! change counts if and only if it changes the Rust API. What the types don't show (which members an input must have,
//! bounds and patterns, signing) comes from the model.

mod api;
mod limits;
mod report;

use crate::endpoint::EndpointPlan;
use crate::model::{Errors, Service};
use crate::plan::{Fixups, Placement, Plan, Prose};
use std::fmt;

pub use report::{Bump, changelog, report};

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

/// All changes from one model to another: breaking ones first, then by area and name.
///
/// # Errors
/// One of the models says something that can't be expressed.
pub fn diff(old: &Service, new: &Service) -> Result<Vec<Change>, Errors> {
    let (old_plan, new_plan) = (plan(old)?, plan(new)?);
    let mut changes = Vec::new();
    api::compare(&old_plan, &new_plan, &mut changes);
    limits::compare((old, &old_plan), (new, &new_plan), &mut changes);
    changes.sort();
    changes.dedup();
    Ok(changes)
}

/// The plan without endpoints, which old models don't have and users don't see.
fn plan(service: &Service) -> Result<Plan, Errors> {
    let fixups = Fixups::of(&service.dir_name).where_they_apply();
    Plan::new(
        service,
        &Placement::Crate,
        fixups,
        EndpointPlan::default(),
        &Prose::default(),
        "",
        "",
    )
}
