//! The rule set as it is written: parameters, rules, conditions, expressions, each with its JSON path.

use super::keys;
use crate::model::ParameterType;
use crate::read::{Cursor, JsonPath, Object};
use serde_json::Value;

#[derive(Debug, Default)]
pub(super) struct RuleSet {
    pub(super) parameters: Vec<Parameter>,
    pub(super) rules: Vec<Rule>,
}

#[derive(Debug)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) ty: ParameterType,
    /// Whether the rules may rely on it: then it has a default, or the caller must set it.
    pub(super) required: bool,
    /// The default as a Rust literal.
    pub(super) default: Option<String>,
    /// Where the value comes from, such as `AWS::Region`; without it, an operation's input or its traits.
    pub(super) built_in: Option<String>,
    pub(super) documentation: String,
}

#[derive(Debug)]
pub(super) struct Rule {
    pub(super) documentation: Option<String>,
    pub(super) conditions: Vec<Condition>,
    pub(super) outcome: Outcome,
}

#[derive(Debug)]
pub(super) enum Outcome {
    Tree(Vec<Rule>),
    Error(Expression),
    Endpoint {
        path: JsonPath,
        url: Expression,
        properties: Vec<(String, Property)>,
        headers: Vec<(String, Vec<Expression>)>,
    },
}

#[derive(Debug)]
pub(super) struct Condition {
    pub(super) call: Call,
    pub(super) assign: Option<String>,
}

#[derive(Debug)]
pub(super) struct Call {
    pub(super) path: JsonPath,
    pub(super) function: String,
    pub(super) arguments: Vec<Expression>,
}

#[derive(Debug)]
pub(super) struct Expression {
    pub(super) path: JsonPath,
    pub(super) kind: ExpressionKind,
}

#[derive(Debug)]
pub(super) enum ExpressionKind {
    Text(Vec<TextPart>),
    Bool(bool),
    Integer(u64),
    Reference(String),
    Call(Call),
}

/// A part of a template such as `https://{Region}.{PartitionResult#dnsSuffix}`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TextPart {
    Literal(String),
    Value { name: String, attribute: Option<String> },
}

/// A value in an endpoint's `properties`, which become documents.
#[derive(Debug)]
pub(super) enum Property {
    Scalar(Expression),
    List(Vec<Property>),
    Object(Vec<(String, Property)>),
}

pub(super) fn read(root: Cursor<'_>) -> RuleSet {
    let Some(mut object) = root.object() else {
        return RuleSet::default();
    };
    if let Some(version) = object.require("version")
        && version.value() != "1.0"
    {
        version.error(
            "unsupported version of the rules language",
            "only version 1.0, a tree under `rules`, can be compiled; newer versions may hold a decision diagram",
        );
        return RuleSet::default();
    }
    let parameters = object.require("parameters");
    let parameters = parameters.as_ref().and_then(Cursor::entries).into_iter().flatten();
    let rule_set = RuleSet {
        parameters: parameters
            .filter_map(|(name, at)| {
                at.check_identifier(name);
                read_parameter(name, at.object()?)
            })
            .collect(),
        rules: object.require("rules").map(read_rules).unwrap_or_default(),
    };
    object.finish_as(&[&keys::RULE_SET]);
    rule_set
}

fn read_parameter(name: &str, mut object: Object<'_>) -> Option<Parameter> {
    let ty = object.require("type").and_then(|at| ParameterType::read(&at));
    let default = object.get("default");
    let default = match (ty, default) {
        (Some(ty), Some(at)) => read_default(ty, &at),
        _ => None,
    };
    let parameter = Parameter {
        name: name.to_owned(),
        ty: ty.unwrap_or(ParameterType::String),
        required: object.flag("required") || default.is_some(),
        default,
        built_in: object.string("builtIn"),
        documentation: object.string("documentation").unwrap_or_default(),
    };
    object.finish_as(&[&keys::PARAMETER]);
    ty.map(|_| parameter)
}

fn read_default(ty: ParameterType, at: &Cursor<'_>) -> Option<String> {
    match (ty, at.value()) {
        (ParameterType::String, Value::String(text)) => Some(format!("{text:?}")),
        (ParameterType::Bool, Value::Bool(value)) => Some(value.to_string()),
        (_, other) => {
            at.error(
                format!("`{other}` cannot be the default"),
                "only strings and Booleans have defaults, of the parameter's own type",
            );
            None
        }
    }
}

fn read_rules(at: Cursor<'_>) -> Vec<Rule> {
    at.items().into_iter().flatten().filter_map(read_rule).collect()
}

fn read_rule(at: Cursor<'_>) -> Option<Rule> {
    let mut object = at.object()?;
    let conditions = object.get("conditions");
    let conditions = conditions.as_ref().and_then(Cursor::items).into_iter().flatten();
    let conditions = conditions.filter_map(read_condition).collect();
    let written = object.get("type");
    let documentation = object.string("documentation");
    let outcomes = [
        ("tree", object.get("rules")),
        ("error", object.get("error")),
        ("endpoint", object.get("endpoint")),
    ];
    let mut outcomes = outcomes.into_iter().filter_map(|(kind, at)| Some((kind, at?)));
    let (first, second) = (outcomes.next(), outcomes.next());
    if first.is_none() || second.is_some() {
        object.error(
            if first.is_none() {
                "a rule without an outcome"
            } else {
                "a rule with several outcomes"
            },
            "a rule has one of `endpoint`, `error` and `rules`",
        );
    }
    if let (Some(written), Some((kind, _))) = (&written, &first)
        && written.value() != kind
    {
        written.error(
            format!("the rule's outcome is of the type `{kind}`"),
            "correct the type, or the outcome",
        );
    }
    let outcome = match first {
        Some(("tree", at)) => Some(Outcome::Tree(read_rules(at))),
        Some(("error", at)) => read_expression(&at).map(Outcome::Error),
        Some((_, at)) => read_endpoint(at),
        None => None,
    };
    object.finish_as(&[&keys::RULE]);
    Some(Rule {
        documentation,
        conditions,
        outcome: outcome?,
    })
}

fn read_condition(at: Cursor<'_>) -> Option<Condition> {
    let path = at.path().clone();
    let mut object = at.object()?;
    let call = read_call(path, &mut object);
    let assign = object.get("assign").and_then(|at| {
        let name = at.string()?;
        at.check_identifier(&name);
        Some(name)
    });
    object.finish_as(&[&keys::CONDITION]);
    Some(Condition { call: call?, assign })
}

fn read_endpoint(at: Cursor<'_>) -> Option<Outcome> {
    let path = at.path().clone();
    let mut object = at.object()?;
    let url = object.require("url").and_then(|at| read_expression(&at));
    let properties = object.get("properties");
    let properties = properties.as_ref().and_then(Cursor::entries).into_iter().flatten();
    let properties = properties
        .filter_map(|(name, at)| Some((name.to_owned(), read_property(at)?)))
        .collect();
    let headers = object.get("headers");
    let headers = headers.as_ref().and_then(Cursor::entries).into_iter().flatten();
    let headers = headers
        .map(|(name, at)| {
            let values = at.items().into_iter().flatten();
            (name.to_owned(), values.filter_map(|at| read_expression(&at)).collect())
        })
        .collect();
    object.finish_as(&[&keys::ENDPOINT]);
    Some(Outcome::Endpoint {
        path,
        url: url?,
        properties,
        headers,
    })
}

fn read_property(at: Cursor<'_>) -> Option<Property> {
    match at.value() {
        Value::Array(_) => Some(Property::List(at.items()?.filter_map(read_property).collect())),
        // Any other object is one of names that the property chose.
        Value::Object(members) if !members.contains_key("ref") && !members.contains_key("fn") => {
            let members = at.entries()?;
            let members = members.filter_map(|(name, at)| Some((name.to_owned(), read_property(at)?)));
            Some(Property::Object(members.collect()))
        }
        _ => read_expression(&at).map(Property::Scalar),
    }
}

fn read_call(path: JsonPath, object: &mut Object<'_>) -> Option<Call> {
    let function = object.require("fn").and_then(|at| at.string());
    let arguments = object.require("argv");
    let arguments = arguments.as_ref().and_then(Cursor::items)?;
    let arguments: Vec<_> = arguments.map(|at| read_expression(&at)).collect();
    Some(Call {
        path,
        function: function?,
        arguments: arguments.into_iter().collect::<Option<_>>()?,
    })
}

fn read_expression(at: &Cursor<'_>) -> Option<Expression> {
    let path = at.path().clone();
    let kind = match at.value() {
        Value::String(text) => ExpressionKind::Text(read_text(text, at)?),
        Value::Bool(value) => ExpressionKind::Bool(*value),
        Value::Object(members) if members.contains_key("ref") => {
            let mut object = at.clone().object()?;
            let name = object.string("ref");
            object.finish_as(&[&keys::REFERENCE]);
            ExpressionKind::Reference(name?)
        }
        Value::Object(_) => {
            let mut object = at.clone().object()?;
            let call = read_call(path.clone(), &mut object);
            object.finish_as(&[&keys::CALL]);
            ExpressionKind::Call(call?)
        }
        other => match other.as_u64() {
            Some(value) => ExpressionKind::Integer(value),
            None => {
                at.error(
                    format!("`{other}` is no expression"),
                    "an expression is a string, a Boolean, a number, `{\"ref\": …}` or `{\"fn\": …}`",
                );
                return None;
            }
        },
    };
    Some(Expression { path, kind })
}

/// Splits a template; `{{` and `}}` stand for braces.
fn read_text(text: &str, cursor: &Cursor<'_>) -> Option<Vec<TextPart>> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        literal.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("{{").or_else(|| rest.strip_prefix("}}")) {
            literal.push_str(&rest[..1]);
            rest = after;
        } else if let Some((value, after)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            if !literal.is_empty() {
                parts.push(TextPart::Literal(std::mem::take(&mut literal)));
            }
            let (name, attribute) = match value.split_once('#') {
                Some((name, attribute)) => (name, Some(attribute.to_owned())),
                None => (value, None),
            };
            parts.push(TextPart::Value {
                name: name.to_owned(),
                attribute,
            });
            rest = after;
        } else {
            cursor.error(
                format!("unbalanced braces in `{text}`"),
                "write `{{` and `}}` for braces",
            );
            return None;
        }
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        parts.push(TextPart::Literal(literal));
    }
    Some(parts)
}
