//! What a new model changes for those who use the crate.
//!
//! Two models are compared by what is generated from them: names, types and builders come from the plan, so that a
//! change counts if and only if it changes the Rust API. What the types don't show (which members an input must have,
//! bounds and patterns, signing) comes from the model.

mod api;
mod change;
mod limits;
mod report;

use crate::endpoint::EndpointPlan;
use crate::model::{Errors, Service};
use crate::plan::{Fixups, Placement, Plan, Prose};

pub use change::{Area, Change, Effect, What};
pub use report::{Bump, changelog, report};

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
