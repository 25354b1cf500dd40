//! What the service demands of values, which no type shows: required members of inputs, bounds, patterns.

use super::change::{Area, Change, Effect, What};
use crate::model::{Service, Shape, ShapeKind};
use crate::plan::{Plan, StructurePlan};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn compare(old: (&Service, &Plan), new: (&Service, &Plan), changes: &mut Vec<Change>) {
    let before = limits(old.0, old.1);
    for (subject, now) in limits(new.0, new.1) {
        let Some(then) = before.get(&subject) else {
            // Of a type that is new, too, nobody has requests.
            if now.required == Required::Yes && has_members(&before, &subject) {
                changes.push(Change {
                    effect: Effect::Behaviour,
                    area: Area::Constraint,
                    subject,
                    what: What::Changed("new, and required".to_owned()),
                });
            }
            continue;
        };
        let mut push = |effect, how: String| {
            let subject = subject.clone();
            changes.push(Change {
                effect,
                area: Area::Constraint,
                subject,
                what: What::Changed(how),
            });
        };
        if then.required != now.required {
            push(
                effect(now.required == Required::Yes),
                format!("{} → {}", then.required.name(), now.required.name()),
            );
        }
        if then.min != now.min {
            let tighter = now.min.is_some_and(|now| then.min.is_none_or(|then| then < now));
            push(
                effect(tighter),
                format!("min {} → {}", or_none(&then.min), or_none(&now.min)),
            );
        }
        if then.max != now.max {
            let tighter = now.max.is_some_and(|now| then.max.is_none_or(|then| then > now));
            push(
                effect(tighter),
                format!("max {} → {}", or_none(&then.max), or_none(&now.max)),
            );
        }
        if then.pattern != now.pattern {
            push(
                Effect::Behaviour,
                format!("pattern {} → {}", or_none(&then.pattern), or_none(&now.pattern)),
            );
        }
    }
}

/// Whether the type of this member had members that a caller sets.
fn has_members(before: &BTreeMap<String, Limits>, subject: &str) -> bool {
    let owner = subject.split('.').next().unwrap_or_default();
    before.keys().any(|known| known.split('.').next() == Some(owner))
}

/// A tighter limit refuses values that were fine; a looser one refuses none.
fn effect(tighter: bool) -> Effect {
    if tighter { Effect::Behaviour } else { Effect::Addition }
}

fn or_none(limit: &Option<impl ToString>) -> String {
    limit
        .as_ref()
        .map_or_else(|| "none".to_owned(), |limit| format!("`{}`", limit.to_string()))
}

#[derive(Debug, Default, PartialEq)]
struct Limits {
    required: Required,
    min: Option<f64>,
    max: Option<f64>,
    pattern: Option<String>,
}

/// Whether a member must have a value. Where its type says so, the change of the type has been reported.
#[derive(Debug, Default, PartialEq, Eq)]
enum Required {
    #[default]
    TypeSays,
    Yes,
    No,
}

impl Required {
    fn name(&self) -> &'static str {
        match self {
            Self::TypeSays => "as its type says",
            Self::Yes => "required",
            Self::No => "optional",
        }
    }
}

/// The limits of all members that a caller sets, by `Type.field`.
fn limits(service: &Service, plan: &Plan) -> BTreeMap<String, Limits> {
    let mut limits = BTreeMap::new();
    for operation in &plan.operations {
        add(service, &operation.input, true, &mut limits);
    }
    let sent = sent(service);
    for structure in plan
        .structures
        .iter()
        .filter(|structure| sent.contains(structure.wire.as_str()))
    {
        add(service, structure, false, &mut limits);
    }
    limits
}

/// The shapes that inputs reach.
fn sent(service: &Service) -> BTreeSet<&str> {
    let inputs = service
        .operations
        .values()
        .filter_map(|operation| operation.input.as_ref());
    service.reach(inputs.map(|reference| reference.shape.as_str()))
}

fn add(service: &Service, plan: &StructurePlan, input: bool, limits: &mut BTreeMap<String, Limits>) {
    let Some(structure) = service.structure(&plan.wire) else {
        return;
    };
    for member in &plan.members {
        let Some(reference) = structure.members.get(&member.wire) else {
            continue;
        };
        let mut limit = service.shapes.get(&reference.shape).map(of_shape).unwrap_or_default();
        if input {
            let required = structure.required.contains(&member.wire);
            limit.required = if required { Required::Yes } else { Required::No };
        }
        limits.insert(format!("{}.{}", plan.name, member.name), limit);
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "bounds of models are far below 2^53, and only compared"
)]
fn of_shape(shape: &Shape) -> Limits {
    let number = |bound: &Option<i64>| bound.map(|bound| bound as f64);
    // Nothing is shorter than 0.
    let length = |bound: &Option<i64>| bound.filter(|bound| *bound > 0).map(|bound| bound as f64);
    match &shape.kind {
        ShapeKind::String { min, max, pattern, .. } => Limits {
            min: length(min),
            max: number(max),
            pattern: pattern.clone(),
            ..Limits::default()
        },
        ShapeKind::List { min, max, .. } | ShapeKind::Map { min, max, .. } | ShapeKind::Blob { min, max, .. } => {
            Limits {
                min: length(min),
                max: number(max),
                ..Limits::default()
            }
        }
        ShapeKind::Whole { min, max, .. } => Limits {
            min: number(min),
            max: number(max),
            ..Limits::default()
        },
        ShapeKind::Real { min, max, .. } => Limits {
            min: *min,
            max: *max,
            ..Limits::default()
        },
        _ => Limits::default(),
    }
}
