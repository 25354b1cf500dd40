//! Structures and their members.

use super::types::Types;
use super::{Fixups, MemberPlan, StructurePlan, UnionPlan, UnionVariantPlan, docs};
use crate::model::{Shape, ShapeKind, ShapeRef, Structure};
use crate::names;
use std::collections::BTreeSet;

/// Columns for a row of a table: rustfmt doesn't break lines inside of macros.
const LINE: usize = 110;

/// What a structure is for: its members are optional or not by that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Input,
    Output,
    Error,
    Nested,
}

/// Plans structures.
#[derive(Debug)]
pub(super) struct Structures<'a> {
    pub(super) types: Types<'a>,
    pub(super) fixups: Fixups,
    /// The path of the crate or module that holds everything.
    pub(super) root: String,
}

impl<'a> Structures<'a> {
    /// The plan of the shape `wire`, as a type called `name`. What its file defines itself is `taken`: a type of the
    /// same name is written with its path there.
    pub(super) fn plan(
        &self,
        wire: &str,
        name: String,
        role: Role,
        shape: Option<&'a Shape>,
        fallback_docs: &str,
        taken: &[String],
    ) -> StructurePlan {
        let empty = Structure::default();
        let structure = match shape.map(|shape| &shape.kind) {
            Some(ShapeKind::Structure(structure)) => structure,
            _ => &empty,
        };
        let secret = shape.is_some_and(|shape| shape.sensitive);
        let mut members = self.members(wire, structure, role);
        for member in &mut members {
            member.sensitive |= secret;
        }
        if role == Role::Error && !members.iter().any(|member| member.name == "message") {
            members.push(message_member());
        }
        for member in &mut members {
            let names = format!("{}({}, {}):", member.name, member.set, member.get);
            member.row = row(
                &names,
                &qualified(&member.kind, taken),
                &member.wire,
                member.codec.as_deref(),
                member.sensitive,
            );
        }
        StructurePlan {
            builder: format!("{name}Builder"),
            file: names::snake(&name),
            name,
            wire: wire.to_owned(),
            mode: mode(&members),
            docs: docs::lines(shape.and_then(|shape| shape.documentation.as_deref()), fallback_docs),
            uses: Vec::new(),
            members,
        }
    }

    /// The plan of a union.
    pub(super) fn plan_union(&self, wire: &str, name: String, structure: &Structure, shape: &'a Shape) -> UnionPlan {
        let names = names::disambiguate(structure.members.keys().map(|member| names::variant_name(member)));
        let variants: Vec<_> = structure
            .members
            .iter()
            .zip(names)
            .map(|((member, reference), name)| self.variant(wire, shape, member, reference, name))
            .collect();
        let codecs = variants.iter().filter_map(|variant| variant.codec.as_deref());
        UnionPlan {
            uses: self.uses_of(&[wire], &[&name], codecs, &self.types_path()),
            file: names::snake(&name),
            wire: wire.to_owned(),
            docs: docs::lines(shape.documentation.as_deref(), &format!("The union `{wire}`.")),
            name,
            variants,
        }
    }

    fn variant(&self, wire: &str, union: &Shape, member: &str, reference: &ShapeRef, name: String) -> UnionVariantPlan {
        let kind = self.types.kind(reference, wire);
        let target = self.types.shape(&reference.shape);
        let text = reference
            .documentation
            .as_deref()
            .or(target.and_then(|shape| shape.documentation.as_deref()));
        let stem = names::snake(&name);
        let sensitive = union.sensitive || self.types.redacted(reference);
        UnionVariantPlan {
            docs: docs::lines(text, &format!("The member `{member}`.")),
            row: row(
                &format!("{name}(is_{stem}, as_{stem}):"),
                &kind.text,
                member,
                kind.codec.as_deref(),
                sensitive,
            ),
            name,
            wire: member.to_owned(),
            codec: kind.codec,
        }
    }

    /// The path of the module `types`.
    pub(super) fn types_path(&self) -> String {
        format!("{}::types", self.root)
    }

    fn members(&self, wire: &str, structure: &Structure, role: Role) -> Vec<MemberPlan> {
        let names = names::member_names(structure.members.keys().map(String::as_str));
        structure
            .members
            .iter()
            .zip(names)
            .map(|((member, reference), name)| self.member(wire, structure, role, member, reference, name))
            .collect()
    }

    fn member(
        &self,
        wire: &str,
        structure: &Structure,
        role: Role,
        member: &str,
        reference: &ShapeRef,
        name: String,
    ) -> MemberPlan {
        let required = structure.required.iter().any(|required| required == member);
        let kind = self.types.kind(reference, wire);
        let word = match role {
            Role::Input | Role::Error => "",
            Role::Output | Role::Nested => self.presence(wire, member, reference, required),
        };
        let target = self.types.shape(&reference.shape);
        let text = reference
            .documentation
            .as_deref()
            .or(target.and_then(|shape| shape.documentation.as_deref()));
        let stem = names::stem(&name);
        let mut lines = docs::lines(text, &format!("The member `{member}`."));
        if let Some(constraints) = target.and_then(|shape| docs::constraints(shape, required)) {
            lines.extend(docs::comment([String::new(), constraints]));
        }
        if reference.deprecated {
            let why = reference
                .deprecated_message
                .as_deref()
                .unwrap_or("The service no longer uses it.");
            lines.extend(docs::comment([String::new(), format!("Deprecated: {why}")]));
        }
        MemberPlan {
            docs: lines,
            set: format!("set_{stem}"),
            get: format!("get_{stem}"),
            name,
            kind: format!("{word}{}", kind.text),
            row: String::new(),
            wire: member.to_owned(),
            codec: kind.codec,
            sensitive: self.types.redacted(reference),
        }
    }

    /// The word before the kind of a member of an output or nested structure.
    fn presence(&self, wire: &str, member: &str, reference: &ShapeRef, required: bool) -> &'static str {
        let kind = self.types.shape(&reference.shape).map(|shape| &shape.kind);
        let defaulted = self.fixups.defaulted_members.contains(&(wire, member))
            || !reference.boxed && self.fixups.defaulted_shapes.contains(&reference.shape.as_str());
        match kind {
            // Structures stay optional: AWS may relax what is required inside of them.
            Some(ShapeKind::Structure(structure)) if !structure.document && !structure.union && required => "expected ",
            Some(ShapeKind::Structure(structure)) if !structure.document => "",
            _ if defaulted => "defaulted ",
            _ if required => "required ",
            _ => "",
        }
    }

    /// Whether the getter of an output's or nested structure's member gives the value itself, and not an option.
    pub(super) fn is_always_there(&self, wire: &str, member: &str) -> bool {
        let structure = self.types.shape(wire).and_then(Shape::as_structure);
        let reference = structure.and_then(|structure| structure.members.get(member));
        let required = structure.is_some_and(|structure| structure.required.iter().any(|name| name == member));
        reference.is_some_and(|reference| {
            matches!(
                self.presence(wire, member, reference, required),
                "required " | "defaulted "
            )
        })
    }

    /// Whether a nested structure can't be built without some of its members.
    pub(super) fn has_required(&self, wire: &str) -> bool {
        let structure = self.types.shape(wire).and_then(Shape::as_structure);
        structure.is_some_and(|structure| {
            structure.members.iter().any(|(member, reference)| {
                let required = structure.required.contains(member);
                self.presence(wire, member, reference, required) == "required "
            })
        })
    }

    /// The `use` lines for the members of a structure.
    pub(super) fn uses(&self, shapes: &[&str], plans: &[&StructurePlan], types_path: &str) -> Vec<String> {
        let defined: Vec<&str> = plans.iter().map(|plan| plan.name.as_str()).collect();
        self.uses_of(shapes, &defined, codecs(plans), types_path)
    }

    /// The `use` lines of an operation's file, in which the names `taken` are defined.
    pub(super) fn operation_uses(&self, shapes: &[&str], plans: &[&StructurePlan], taken: &[String]) -> Vec<String> {
        let defined: Vec<&str> = taken.iter().map(String::as_str).collect();
        let mut uses = self.uses_of(shapes, &defined, codecs(plans), &self.types_path());
        if self.names_of(shapes).iter().any(|name| taken.contains(name)) {
            uses.insert(0, format!("use {};", self.types_path()));
        }
        uses
    }

    /// The structures and enums that the members of these structures name.
    fn names_of(&self, shapes: &[&str]) -> Vec<String> {
        let mut named = BTreeSet::new();
        for shape in shapes {
            let structure = self.types.shape(shape).and_then(Shape::as_structure);
            for member in structure.into_iter().flat_map(|structure| structure.members.values()) {
                self.types.named(member, &mut named);
            }
        }
        let mut types: Vec<String> = named.into_iter().map(|name| self.types.name(name)).collect();
        types.sort();
        types
    }

    fn uses_of<'c>(
        &self,
        shapes: &[&str],
        defined: &[&str],
        codecs: impl Iterator<Item = &'c str>,
        types_path: &str,
    ) -> Vec<String> {
        let mut types = self.names_of(shapes);
        types.retain(|name| !defined.contains(&name.as_str()));
        let codecs: BTreeSet<String> = codecs
            .flat_map(|codec| codec.split(['<', '>']))
            .filter(|word| !word.is_empty() && *word != "Vec")
            .map(str::to_owned)
            .collect();
        let mut uses = Vec::new();
        if !types.is_empty() {
            uses.push(format!("use {types_path}::{{{}}};", types.join(", ")));
        }
        if !codecs.is_empty() {
            let codecs: Vec<String> = codecs.into_iter().collect();
            uses.push(format!("use cognito_runtime::serde::{{{}}};", codecs.join(", ")));
        }
        uses
    }
}

/// The wire formats that the members of these structures name.
fn codecs<'p>(plans: &[&'p StructurePlan]) -> impl Iterator<Item = &'p str> {
    let members = plans.iter().flat_map(|plan| &plan.members);
    members.filter_map(|member| member.codec.as_deref())
}

/// A kind or a type in which the names that are `taken` are those of the module `types`.
pub(super) fn qualified(kind: &str, taken: &[String]) -> String {
    let mut text = String::new();
    for word in kind.split_inclusive(|c: char| !c.is_alphanumeric() && c != '_') {
        let name = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_');
        if taken.iter().any(|taken| taken == name) {
            text.push_str("types::");
        }
        text.push_str(word);
    }
    text
}

/// The words that say whether a member is always there, before its kind.
const PRESENCE: [&str; 3] = ["required ", "defaulted ", "expected "];

/// A member's row in the table of the runtime's macros.
fn row(names: &str, kind: &str, wire: &str, codec: Option<&str>, sensitive: bool) -> String {
    let codec = codec.map(|codec| format!(" as {codec}")).unwrap_or_default();
    let sensitive = if sensitive { ", sensitive" } else { "" };
    // The macros want the kind first: a word that may be absent can't stand before one that must not.
    let presence = PRESENCE
        .iter()
        .find_map(|word| Some((kind.strip_prefix(word)?, word.trim_end())));
    let kind = presence.map_or_else(|| kind.to_owned(), |(kind, word)| format!("{kind} {word}"));
    let rest = format!("{kind} = {wire:?}{codec}{sensitive};");
    let gap = if names.len() + rest.len() < LINE {
        " "
    } else {
        "\n            "
    };
    format!("{names}{gap}{rest}")
}

/// What the builder can do.
fn mode(members: &[MemberPlan]) -> &'static str {
    let any = |word| members.iter().any(|member| member.kind.starts_with(word));
    if any("required ") {
        "required"
    } else if any("defaulted ") {
        "defaulted"
    } else {
        "optional"
    }
}

/// The message that every error has, whether the model says so or not.
fn message_member() -> MemberPlan {
    MemberPlan {
        docs: vec!["/// What went wrong, in the service's words.".to_owned()],
        name: "message".to_owned(),
        set: "set_message".to_owned(),
        get: "get_message".to_owned(),
        kind: "string".to_owned(),
        row: String::new(),
        wire: "message".to_owned(),
        codec: None,
        sensitive: false,
    }
}
