//! What values of an input are used for besides the body: the host name, the endpoint rules, the identity of the request.

use super::super::context::{ContextPath, ContextStep, ParameterType};
use super::super::operation::Operation;
use super::super::reference::ShapeRef;
use super::super::shape::{Shape, ShapeKind};
use super::super::structure::Structure;
use super::{Checker, a, suggest};
use crate::read::JsonPath;
use serde_json::Value;

impl Checker<'_> {
    /// Checks that the members in a host prefix are the input's.
    pub(super) fn host_prefix(&self, path: &JsonPath, operation: &Operation, input: Option<(&str, &Structure)>) {
        let prefix = operation.endpoint.as_ref().and_then(|it| it.host_prefix.as_ref());
        for label in prefix.into_iter().flat_map(|prefix| prefix.members()) {
            let member = input.and_then(|(_, structure)| structure.members.get(label));
            if member.is_none_or(|member| !member.host_label) {
                self.report.error(
                    &path.key("endpoint").key("hostPrefix"),
                    format!("`{label}` is no member of the input that has `hostLabel`"),
                    "name a member that has `hostLabel`, in braces",
                );
            }
        }
    }

    /// Checks that the endpoint rules, where they are known, have a parameter of this name and type.
    pub(super) fn parameter(&self, path: &JsonPath, name: &str, ty: ParameterType) {
        let rules = self.service.endpoint_rules.as_ref();
        let Some(parameters) = rules.and_then(|rules| rules.get("parameters")?.as_object()) else {
            return;
        };
        let Some(parameter) = parameters.get(name) else {
            let hint = "take service.json and endpoint-rule-set.json from the same release";
            self.report.error(
                path,
                format!("the endpoint rules have no parameter `{name}`"),
                suggest(self.report, name, parameters.keys(), hint),
            );
            return;
        };
        let declared = parameter
            .get("type")
            .and_then(Value::as_str)
            .and_then(ParameterType::parse);
        if let Some(declared) = declared.filter(|declared| *declared != ty) {
            self.report.error(
                path,
                format!(
                    "the value is {}, and the endpoint rules want {}",
                    ty.name(),
                    declared.name()
                ),
                "correct the value, or the type of the parameter",
            );
        }
    }

    /// Checks that each step of a path leads somewhere.
    pub(super) fn context_path(&self, path: &JsonPath, start: &str, context: &ContextPath) {
        let mut at = start;
        for step in &context.steps {
            let kind = self.service.shapes.get(at).map(|shape| &shape.kind);
            let next = match (step, kind) {
                // What isn't a shape is reported elsewhere.
                (_, None) => return,
                (ContextStep::Member(name), Some(ShapeKind::Structure(structure))) => structure.members.get(name),
                (ContextStep::Items, Some(ShapeKind::List { member, .. })) => Some(member),
                (ContextStep::Keys, Some(ShapeKind::Map { key, .. })) => Some(key),
                (ContextStep::Several(paths), Some(_)) => {
                    paths.iter().for_each(|context| self.context_path(path, at, context));
                    return;
                }
                _ => None,
            };
            let Some(next) = next else {
                let what = match step {
                    ContextStep::Member(name) => format!("member `{name}`"),
                    ContextStep::Items => "items".to_owned(),
                    ContextStep::Keys | ContextStep::Several(_) => "keys".to_owned(),
                };
                self.report.error(
                    path,
                    format!("the path leads nowhere: `{at}` has no {what}"),
                    "name members of the input, and of what is in them",
                );
                return;
            };
            at = &next.shape;
        }
    }

    /// Checks that what a member is used for fits its type.
    pub(super) fn member(&self, path: &JsonPath, member: &ShapeRef, shape: &Shape) {
        let is_string = matches!(shape.kind, ShapeKind::String { .. });
        let is_text = matches!(shape.kind, ShapeKind::String { values: None, .. });
        if member.idempotency_token && !is_text {
            self.report.error(
                &path.key("idempotencyToken"),
                format!("the token is `{}`, {}", member.shape, a(kind_or_enum(shape))),
                "the client fills it with a UUID: name a string without `enum`",
            );
        }
        if member.host_label && !is_string {
            self.report.error(
                &path.key("hostLabel"),
                format!("the label is `{}`, {}", member.shape, a(kind_or_enum(shape))),
                "a part of a host name is a text: name a string",
            );
        }
        let Some(name) = &member.context_param else {
            return;
        };
        let path = path.key("contextParam");
        let item = |reference: &ShapeRef| self.service.shapes.get(&reference.shape).map(|shape| &shape.kind);
        match &shape.kind {
            ShapeKind::String { .. } => self.parameter(&path, name, ParameterType::String),
            ShapeKind::Boolean => self.parameter(&path, name, ParameterType::Bool),
            ShapeKind::List { member, .. } if matches!(item(member), Some(ShapeKind::String { values: None, .. })) => {
                self.parameter(&path, name, ParameterType::StringList);
            }
            _ => self.report.error(
                &path,
                format!("the parameter is `{}`, {}", member.shape, a(kind_or_enum(shape))),
                "a parameter of endpoint rules is a string, a boolean or a list of strings",
            ),
        }
    }
}

/// The kind of a shape, where an enum isn't any string.
fn kind_or_enum(shape: &Shape) -> &'static str {
    match &shape.kind {
        ShapeKind::String { values: Some(_), .. } => "string with `enum`",
        kind => kind.name(),
    }
}
