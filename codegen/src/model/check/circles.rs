//! Shapes that hold themselves: where that has no end, there is no Rust type, or no value of it.

use std::collections::{HashMap, HashSet};

use super::super::service::Service;
use super::super::shape::ShapeKind;
use crate::read::{JsonPath, Report};

/// How many lists and maps may stand directly in each other. AWS has three.
const NESTING: usize = 100;

/// Checks that lists and maps end somewhere: one that holds nothing but itself has no Rust type, and the type of
/// thousands in each other is more than a compiler reads.
pub(super) fn nesting(service: &Service, shapes: &JsonPath, report: &Report) {
    let inside = |name: &str| match service.shapes.get(name).map(|shape| &shape.kind) {
        Some(ShapeKind::List { member, .. }) => Some(("member", member.shape.as_str())),
        Some(ShapeKind::Map { value, .. }) => Some(("value", value.shape.as_str())),
        _ => None,
    };
    // Each of them has one shape inside, so that the way down is a line, and its end, if known, need not be gone again.
    let mut depths: HashMap<&str, usize> = HashMap::new();
    for start in service.shapes.keys() {
        let (mut way, mut on_way, mut name) = (Vec::new(), HashSet::new(), start.as_str());
        while let Some((key, next)) = inside(name).filter(|_| !depths.contains_key(name)) {
            if !on_way.insert(name) {
                report.error(
                    &shapes.key(name).key(key).key("shape"),
                    format!("`{name}` holds nothing but itself"),
                    "put a structure in between",
                );
                break;
            }
            way.push((name, key));
            name = next;
        }
        let mut depth = depths.get(name).copied().unwrap_or_default();
        for (name, key) in way.into_iter().rev() {
            depth += 1;
            if depth == NESTING + 1 {
                report.error(
                    &shapes.key(name).key(key).key("shape"),
                    format!("more than {NESTING} lists and maps are in each other"),
                    "put a structure in between",
                );
            }
            depths.insert(name, depth);
        }
    }
}

/// Checks that no structure requires itself, directly or through others: none could ever be built. A list, map or
/// union in between ends it.
pub(super) fn requirements(service: &Service, shapes: &JsonPath, report: &Report) {
    /// The structures that this one requires, with the places of their members in `required`.
    fn required<'a>(service: &'a Service, name: &str) -> Vec<(usize, &'a str)> {
        let Some(structure) = service.structure(name).filter(|it| !it.union && !it.document) else {
            return Vec::new();
        };
        let names = structure.required.iter().enumerate();
        let members = names.filter_map(|(index, member)| Some((index, structure.members.get(member)?.shape.as_str())));
        members
            .filter(|(_, shape)| service.structure(shape).is_some())
            .collect()
    }
    let mut seen: HashSet<&str> = HashSet::new();
    for start in service.shapes.keys().map(String::as_str) {
        // Structures on the way down, each with what is left to look at. A stack of its own can be as deep as it must.
        let mut way: Vec<(&str, Vec<(usize, &str)>)> = Vec::new();
        if seen.insert(start) {
            way.push((start, required(service, start)));
        }
        let mut on_way = HashSet::from([start]);
        while let Some((name, open)) = way.last_mut() {
            let name = *name;
            let Some((index, next)) = open.pop() else {
                on_way.remove(name);
                way.pop();
                continue;
            };
            if on_way.contains(next) {
                let between = way.iter().map(|(name, _)| *name).skip_while(|it| *it != next).skip(1);
                let between: Vec<_> = between.map(|name| format!("`{name}`")).collect();
                let through = if between.is_empty() {
                    String::new()
                } else {
                    format!(", through {}", between.join(", "))
                };
                report.error(
                    &shapes.key(name).key("required").index(index),
                    format!("`{next}` can never be built: it requires itself{through}"),
                    "remove the member from `required`, or put a list in between",
                );
            } else if seen.insert(next) {
                on_way.insert(next);
                way.push((next, required(service, next)));
            }
        }
    }
}
