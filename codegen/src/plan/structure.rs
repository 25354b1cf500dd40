//! Structures and unions.

use super::member::{Access, As, MemberPlan, Mode, Presence};
use super::reference::{Codec, Imports, Ty};
use super::types::Types;
use super::{Fixups, StructurePlan, UnionPlan, UnionVariantPlan, docs};
use crate::model::{Shape, ShapeKind, ShapeRef, Structure};
use crate::names;

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

/// A structure to plan.
#[derive(Debug)]
pub(super) struct Subject<'s, 'a> {
    /// Its name in the model.
    pub(super) wire: &'s str,
    /// Its type.
    pub(super) name: String,
    pub(super) role: Role,
    /// Nothing, for an operation without input or output.
    pub(super) shape: Option<&'a Shape>,
    /// What its documentation is where the model has none.
    pub(super) fallback_docs: String,
    /// What its file defines itself: a type of the same name is written with its module there.
    pub(super) taken: &'s [String],
}

impl<'a> Structures<'a> {
    /// The plan of a structure.
    pub(super) fn plan(&self, subject: Subject<'_, 'a>) -> StructurePlan {
        let empty = Structure::default();
        let structure = match subject.shape.map(|shape| &shape.kind) {
            Some(ShapeKind::Structure(structure)) => structure,
            _ => &empty,
        };
        let names = names::member_names(structure.members.iter().map(|(member, reference)| {
            // The field `message` of an error is a text; a model may call something else so.
            let is_odd = subject.role == Role::Error && names::member_name(member) == "message";
            if is_odd && !self.types.is_text(reference) {
                "message_value"
            } else {
                member
            }
        }));
        let members = structure.members.iter().zip(names);
        let mut members: Vec<MemberPlan> = members
            .map(|((member, reference), name)| self.member(&subject, structure, member, reference, name))
            .collect();
        let has_message = members.iter().any(|member| member.name == "message");
        if subject.role == Role::Error && !has_message {
            members.push(message_member());
        }
        let uses = match subject.role {
            Role::Nested => imports(&members).defined_here(&subject.name).lines(&self.types_path()),
            // They share a file with others, which imports for all of them.
            Role::Input | Role::Output | Role::Error => Vec::new(),
        };
        let text = subject.shape.and_then(|shape| shape.documentation.as_deref());
        StructurePlan {
            builder: names::builder_name(&subject.name),
            file: self.types.file(&subject.name),
            wire: subject.wire.to_owned(),
            mode: Mode::of(&members),
            summary: docs::sentence(text, &subject.fallback_docs),
            docs: docs::lines(text, &subject.fallback_docs),
            name: subject.name,
            uses,
            members,
        }
    }

    /// The plan of a union.
    pub(super) fn plan_union(&self, wire: &str, name: String, structure: &Structure, shape: &'a Shape) -> UnionPlan {
        let names = names::disambiguate(structure.members.keys().map(|member| names::variant_name(member)));
        let stems = names::variant_stems(names.iter().map(String::as_str));
        let variants: Vec<_> = structure
            .members
            .iter()
            .zip(names.into_iter().zip(stems))
            .map(|((member, reference), (name, stem))| {
                let (ty, codec) = self.types.member(reference, wire, &[]);
                let codec = self.hide(shape.sensitive, reference, codec);
                UnionVariantPlan {
                    docs: docs::lines(self.text(reference), &format!("The member `{member}`.")),
                    row: format!("{name}: {ty} = {member:?}{} => (is_{stem}, as_{stem});", As(&codec)),
                    name,
                    ty,
                    wire: member.clone(),
                    codec,
                }
            })
            .collect();
        let mut imports = Imports::default();
        for variant in &variants {
            imports.ty(&variant.ty);
            imports.codec(&variant.codec);
        }
        UnionPlan {
            uses: imports.defined_here(&name).lines(&self.types_path()),
            file: self.types.file(&name),
            wire: wire.to_owned(),
            docs: docs::lines(shape.documentation.as_deref(), &format!("The union `{wire}`.")),
            name,
            variants,
        }
    }

    /// The path of the module `types`.
    pub(super) fn types_path(&self) -> String {
        format!("{}::types", self.root)
    }

    fn member(
        &self,
        subject: &Subject<'_, 'a>,
        structure: &Structure,
        member: &str,
        reference: &ShapeRef,
        name: String,
    ) -> MemberPlan {
        let required = structure.required.iter().any(|required| required == member);
        let (ty, codec) = self.types.member(reference, subject.wire, subject.taken);
        let shape = self.types.shape(&reference.shape);
        let constraints = shape.and_then(|shape| docs::constraints(shape, required));
        let stem = names::stem(&name);
        MemberPlan {
            docs: self.member_docs(member, reference, constraints.as_deref()),
            constraints,
            required,
            set: format!("set_{stem}"),
            get: format!("get_{stem}"),
            name,
            presence: match subject.role {
                Role::Input | Role::Error => Presence::Optional,
                Role::Output | Role::Nested => self.presence(subject.wire, member, reference, required),
            },
            access: Access::of(&ty),
            ty,
            codec: self.hide(subject.shape.is_some_and(|shape| shape.sensitive), reference, codec),
            wire: member.to_owned(),
        }
    }

    fn member_docs(&self, member: &str, reference: &ShapeRef, constraints: Option<&str>) -> Vec<String> {
        let mut lines = docs::lines(self.text(reference), &format!("The member `{member}`."));
        if let Some(constraints) = constraints {
            lines.extend(docs::comment([String::new(), constraints.to_owned()]));
        }
        if reference.deprecated {
            let why = reference
                .deprecated_message
                .as_deref()
                .unwrap_or("The service no longer uses it.");
            lines.extend(docs::comment([
                String::new(),
                format!("Deprecated: {}", crate::docs::plain(why)),
            ]));
        }
        lines
    }

    /// What the model says of a member, or of its shape.
    fn text<'r>(&self, reference: &'r ShapeRef) -> Option<&'r str>
    where
        'a: 'r,
    {
        let target = self.types.shape(&reference.shape);
        (reference.documentation.as_deref()).or(target.and_then(|shape| shape.documentation.as_deref()))
    }

    /// The format of a member that may not be logged, if `all` of its structure may not or it alone.
    fn hide(&self, all: bool, reference: &ShapeRef, codec: Codec) -> Codec {
        if all || self.types.redacted(reference) {
            Codec::Sensitive(Box::new(codec))
        } else {
            codec
        }
    }

    /// Whether the getter of an output's or nested structure's member gives the value itself, and not an option.
    pub(super) fn is_always_there(&self, wire: &str, member: &str) -> bool {
        let structure = self.types.shape(wire).and_then(Shape::as_structure);
        structure.is_some_and(|structure| {
            let reference = structure.members.get(member);
            let required = structure.required.iter().any(|name| name == member);
            reference.is_some_and(|reference| {
                let presence = self.presence(wire, member, reference, required);
                matches!(presence, Presence::Required | Presence::Defaulted)
            })
        })
    }

    /// Whether a nested structure can't be built without some of its members.
    pub(super) fn has_required(&self, wire: &str) -> bool {
        let structure = self.types.shape(wire).and_then(Shape::as_structure);
        structure.is_some_and(|structure| {
            structure.members.iter().any(|(member, reference)| {
                let required = structure.required.contains(member);
                self.presence(wire, member, reference, required) == Presence::Required
            })
        })
    }

    /// Whether a member of an output or nested structure always has a value.
    fn presence(&self, wire: &str, member: &str, reference: &ShapeRef, required: bool) -> Presence {
        let kind = self.types.shape(&reference.shape).map(|shape| &shape.kind);
        let defaulted = self.fixups.defaulted_members.contains(&(wire, member))
            || !reference.boxed && self.fixups.defaulted_shapes.contains(&reference.shape.as_str());
        match kind {
            // Structures stay optional: AWS may relax what is required inside of them.
            Some(ShapeKind::Structure(structure)) if !structure.document && !structure.union && required => {
                Presence::Expected
            }
            Some(ShapeKind::Structure(structure)) if !structure.document => Presence::Optional,
            _ if defaulted => Presence::Defaulted,
            _ if required => Presence::Required,
            _ => Presence::Optional,
        }
    }
}

/// What these members name.
pub(super) fn imports<'m>(members: impl IntoIterator<Item = &'m MemberPlan>) -> Imports {
    let mut imports = Imports::default();
    for member in members {
        imports.ty(&member.ty);
        imports.codec(&member.codec);
    }
    imports
}

/// The message that every error has, whether the model says so or not.
fn message_member() -> MemberPlan {
    MemberPlan {
        docs: vec!["/// What went wrong, in the service's words.".to_owned()],
        constraints: None,
        required: false,
        name: "message".to_owned(),
        set: "set_message".to_owned(),
        get: "get_message".to_owned(),
        ty: Ty::String,
        presence: Presence::Optional,
        access: Access::Text,
        codec: Codec::Plain,
        wire: "message".to_owned(),
    }
}
