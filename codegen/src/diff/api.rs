//! The Rust API: operations, types, members, values, errors.

use super::change::{Area, Change, Effect, What};
use crate::plan::{Auth, Codec, UnionPlan, UnionVariantPlan, VariantPlan};
use crate::plan::{EnumPlan, ErrorVariant, ItemsPlan, MemberPlan, Mode, OperationPlan, Plan, Presence, StructurePlan};
use std::collections::BTreeMap;

pub(super) fn compare(old: &Plan, new: &Plan, changes: &mut Vec<Change>) {
    let mut differ = Differ { changes };
    differ.operations(&old.operations, &new.operations);
    differ.structures(&old.structures, &new.structures, Area::Type);
    differ.structures(&old.errors, &new.errors, Area::Error);
    differ.enums(&old.enums, &new.enums);
    differ.unions(&old.unions, &new.unions);
    differ.kinds(old, new);
}

struct Differ<'a> {
    changes: &'a mut Vec<Change>,
}

impl Differ<'_> {
    fn push(&mut self, effect: Effect, area: Area, subject: impl Into<String>, what: What) {
        self.changes.push(Change {
            effect,
            area,
            subject: subject.into(),
            what,
        });
    }

    /// Reports what came and went, and answers with what stayed.
    fn pairs<'a, T>(
        &mut self,
        area: Area,
        old: &'a [T],
        new: &'a [T],
        name: impl Fn(&'a T) -> String,
    ) -> Vec<(&'a T, &'a T)> {
        let index = |items: &'a [T]| items.iter().map(|item| (name(item), item)).collect::<BTreeMap<_, _>>();
        let (old, new) = (index(old), index(new));
        for name in old.keys().filter(|name| !new.contains_key(*name)) {
            self.push(Effect::Breaking, area, name, What::Removed);
        }
        for name in new.keys().filter(|name| !old.contains_key(*name)) {
            self.push(Effect::Addition, area, name, What::Added);
        }
        old.iter()
            .filter_map(|(name, old)| Some((*old, *new.get(name)?)))
            .collect()
    }

    fn changed(&mut self, effect: Effect, area: Area, subject: impl Into<String>, old: &str, new: &str) {
        if old != new {
            self.push(effect, area, subject, What::Changed(format!("{old} → {new}")));
        }
    }

    fn operations(&mut self, old: &[OperationPlan], new: &[OperationPlan]) {
        for (old, new) in self.pairs(Area::Operation, old, new, |operation| operation.name.clone()) {
            let name = &new.name;
            self.structure(&old.input, &new.input, Area::Type);
            self.structure(&old.output, &new.output, Area::Type);
            let variant = |error: &ErrorVariant| format!("{}::{}", new.error, error.name);
            self.pairs(Area::Error, &old.errors, &new.errors, variant);
            self.auth(old, new);
            self.paginator(old, new);
            if old.deprecated.is_none() && new.deprecated.is_some() {
                self.push(
                    Effect::Behaviour,
                    Area::Operation,
                    name,
                    What::Changed("deprecated".to_owned()),
                );
            }
        }
    }

    fn auth(&mut self, old: &OperationPlan, new: &OperationPlan) {
        let what = |auth| match auth {
            Auth::None => "unsigned",
            Auth::SigV4 => "signed",
        };
        // Who has called without credentials can't sign.
        let effect = match new.auth {
            Auth::None => Effect::Behaviour,
            Auth::SigV4 => Effect::Breaking,
        };
        self.changed(effect, Area::Auth, &new.name, what(old.auth), what(new.auth));
    }

    fn paginator(&mut self, old: &OperationPlan, new: &OperationPlan) {
        match (&old.paginator, &new.paginator) {
            (None, Some(_)) => self.push(Effect::Addition, Area::Paginator, &new.name, What::Added),
            (Some(_), None) => self.push(Effect::Breaking, Area::Paginator, &new.name, What::Removed),
            (Some(old), Some(new_paginator)) => {
                let item = |items: &Option<ItemsPlan>| {
                    items
                        .as_ref()
                        .map_or("pages only".to_owned(), |items| format!("items `{}`", items.item))
                };
                let (from, to) = (item(&old.items), item(&new_paginator.items));
                let effect = if old.items.is_none() {
                    Effect::Addition
                } else {
                    Effect::Breaking
                };
                self.changed(effect, Area::Paginator, &new.name, &from, &to);
            }
            (None, None) => {}
        }
    }

    fn structures(&mut self, old: &[StructurePlan], new: &[StructurePlan], area: Area) {
        for (old, new) in self.pairs(area, old, new, |structure| structure.name.clone()) {
            self.structure(old, new, area);
        }
    }

    fn structure(&mut self, old: &StructurePlan, new: &StructurePlan, area: Area) {
        let name = &new.name;
        let path = |member: &MemberPlan| format!("{name}.{}", member.name);
        for (old, new) in self.pairs(Area::Member, &old.members, &new.members, path) {
            let (from, to) = (field(old), field(new));
            self.changed(Effect::Breaking, Area::Member, path(new), &from, &to);
            self.changed(Effect::Behaviour, Area::Member, path(new), &wire(old), &wire(new));
        }
        let build = |structure: &StructurePlan| match structure.mode {
            Mode::Required => "`build()` gives a `Result`",
            Mode::Optional | Mode::Defaulted => "`build()` can't fail",
        };
        self.changed(Effect::Breaking, area, name, build(old), build(new));
    }

    fn enums(&mut self, old: &[EnumPlan], new: &[EnumPlan]) {
        for (old, new) in self.pairs(Area::Type, old, new, |item| item.name.clone()) {
            let name = &new.name;
            let path = |variant: &VariantPlan| format!("{name}::{}", variant.name);
            for (old, new) in self.pairs(Area::EnumValue, &old.variants, &new.variants, path) {
                self.changed(Effect::Breaking, Area::EnumValue, path(new), &old.literal, &new.literal);
            }
        }
    }

    fn unions(&mut self, old: &[UnionPlan], new: &[UnionPlan]) {
        for (old, new) in self.pairs(Area::Type, old, new, |item| item.name.clone()) {
            let name = &new.name;
            let path = |variant: &UnionVariantPlan| format!("{name}::{}", variant.name);
            for (old, new) in self.pairs(Area::Member, &old.variants, &new.variants, path) {
                self.changed(Effect::Breaking, Area::Member, path(new), &old.row, &new.row);
            }
        }
    }

    /// A type that has become another kind of type has been removed and added, each of which has been reported: as a
    /// change of one name it reads better.
    fn kinds(&mut self, old: &Plan, new: &Plan) {
        let (old, new) = (kinds_of(old), kinds_of(new));
        for (name, from) in &old {
            let Some(to) = new.get(name).filter(|to| *to != from) else {
                continue;
            };
            let of_type = |change: &Change| change.subject == *name && matches!(change.area, Area::Type | Area::Error);
            self.changes
                .retain(|change| !of_type(change) || matches!(change.what, What::Changed(_)));
            self.push(
                Effect::Breaking,
                Area::Type,
                *name,
                What::Changed(format!("{from} → {to}")),
            );
        }
    }
}

/// The types of a plan and what they are.
fn kinds_of(plan: &Plan) -> BTreeMap<&str, &'static str> {
    let structures = plan.structures.iter().map(|item| (item.name.as_str(), "structure"));
    let errors = plan.errors.iter().map(|item| (item.name.as_str(), "error"));
    let enums = plan.enums.iter().map(|item| (item.name.as_str(), "enum"));
    let unions = plan.unions.iter().map(|item| (item.name.as_str(), "union"));
    structures.chain(errors).chain(enums).chain(unions).collect()
}

/// A field's type: what is required or has a default isn't an `Option`.
fn field(member: &MemberPlan) -> String {
    match member.presence {
        Presence::Required | Presence::Defaulted => format!("`{}`", member.ty),
        Presence::Optional | Presence::Expected => format!("optional `{}`", member.ty),
    }
}

/// How a member is written on the wire.
fn wire(member: &MemberPlan) -> String {
    match member.codec.on_the_wire() {
        Codec::Plain => format!("`{}` on the wire", member.wire),
        codec => format!("`{}` on the wire as {codec}", member.wire),
    }
}
