//! What the values of an enum mean, where the documentation of a member says it.

use crate::docs;
use crate::model::{Service, ShapeKind, ShapeRef};
use std::collections::BTreeMap;

/// A sentence for each value of the enum `wire` that a member of that type explains. The first member that does so,
/// in the model's order, wins.
pub(super) fn meanings<'v>(service: &Service, wire: &str, values: &'v [String]) -> BTreeMap<&'v str, String> {
    let mut found = BTreeMap::new();
    let own = service
        .shapes
        .get(wire)
        .and_then(|shape| shape.documentation.as_deref());
    let members = service
        .shapes
        .values()
        .filter_map(|shape| shape.as_structure())
        .flat_map(|structure| structure.members.values())
        .filter(|member| refers(service, member, wire))
        .filter_map(|member| member.documentation.as_deref());
    for (value, sentence) in own
        .into_iter()
        .chain(members)
        .flat_map(|html| docs::meanings(html, values))
    {
        found.entry(value).or_insert(sentence);
    }
    found
}

/// Whether a member is of the type `wire`, or a list of it.
fn refers(service: &Service, member: &ShapeRef, wire: &str) -> bool {
    member.shape == wire
        || matches!(
            service.shapes.get(&member.shape).map(|shape| &shape.kind),
            Some(ShapeKind::List { member, .. }) if member.shape == wire
        )
}
