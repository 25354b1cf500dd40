//! What a new model changes for those who use the crate.
//!
//! Two models are compared by what is generated from them: names, types and builders come from the plan, so that a
//! change counts if and only if it changes the Rust API. What the types don't show (which members an input must have,
//! bounds and patterns, signing) comes from the model.

mod api;
mod change;
mod limits;
mod report;

use crate::model::{Errors, Service};
use crate::plan::Plan;

pub use change::{Area, Change, Effect, What};
pub use report::{Bump, changelog, report};

/// All changes from one model to another: breaking ones first, then by area and name.
///
/// # Errors
/// One of the models says something that can't be expressed.
pub fn diff(old: &Service, new: &Service) -> Result<Vec<Change>, Errors> {
    let (old_plan, new_plan) = (Plan::of_api(old)?, Plan::of_api(new)?);
    let mut changes = Vec::new();
    api::compare(&old_plan, &new_plan, &mut changes);
    limits::compare((old, &old_plan), (new, &new_plan), &mut changes);
    changes.sort();
    changes.dedup();
    Ok(changes)
}
