//! Expressions of the rules language as Rust expressions.

use super::idents::Idents;
use super::syntax::{Call, Expression, ExpressionKind, TextPart};
use crate::names::snake;
use crate::read::{JsonPath, Report};
use std::collections::{BTreeSet, HashMap, HashSet};

const SUPPORTED: &str = "supported are aws.parseArn, aws.partition, booleanEquals, getAttr, isSet, isValidHostLabel, not, \
    parseURL, stringEquals and substring; add the function to the generator and to `endpoint::rules` of the runtime";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Bool,
    Str,
    List,
    Integer,
    Partition,
    Arn,
    Url,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A literal.
    Literal,
    /// A variable, a field or a call: never unset, and borrowed if it is a string.
    Plain,
    /// A `String` made on the spot.
    Owned,
    /// An `Option`.
    Optional,
}

/// A Rust expression and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) code: String,
    pub(super) ty: Type,
    pub(super) form: Form,
}

impl Value {
    pub(super) fn new(code: impl Into<String>, ty: Type, form: Form) -> Self {
        Self {
            code: code.into(),
            ty,
            form,
        }
    }
}

/// A condition: known at generation time, or a Rust expression of type `bool`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Test {
    Always,
    Never,
    Code(String),
}

impl Test {
    fn known(holds: bool) -> Self {
        if holds { Self::Always } else { Self::Never }
    }

    fn code(code: &str, negate: bool) -> Self {
        Self::Code(if negate { format!("!{code}") } else { code.to_owned() })
    }
}

/// The values that can be referred to, by their name in the rule set.
pub(super) type Scope = HashMap<String, Value>;

/// Translates expressions, and notes what the translation refers to.
pub(super) struct Translator<'a> {
    pub(super) report: &'a Report,
    pub(super) idents: Idents,
    /// The items of the runtime's `endpoint::rules` that are used.
    pub(super) helpers: BTreeSet<&'static str>,
    /// The names that are read.
    pub(super) read: HashSet<String>,
    pub(super) uses_partitions: bool,
}

impl Translator<'_> {
    fn problem(&self, path: &JsonPath, message: impl Into<String>, hint: &str) {
        self.report.error(path, message, hint);
    }

    fn helper(&mut self, name: &'static str) -> &'static str {
        self.helpers.insert(name);
        name
    }

    pub(super) fn value(&mut self, expression: &Expression, scope: &Scope) -> Option<Value> {
        match &expression.kind {
            ExpressionKind::Text(parts) => self.text(parts, &expression.path, scope),
            ExpressionKind::Bool(value) => Some(Value::new(value.to_string(), Type::Bool, Form::Literal)),
            ExpressionKind::Integer(value) => Some(Value::new(value.to_string(), Type::Integer, Form::Literal)),
            ExpressionKind::Reference(name) => self.reference(name, &expression.path, scope),
            ExpressionKind::Call(call) => self.call(call, scope),
        }
    }

    fn reference(&mut self, name: &str, path: &JsonPath, scope: &Scope) -> Option<Value> {
        let value = scope.get(name).cloned();
        if value.is_none() {
            let hint = "refer to a parameter, or to a value that an earlier condition of this rule or of one around it assigns";
            self.problem(path, format!("`{name}` is not defined here"), hint);
        }
        self.read.insert(name.to_owned());
        value
    }

    /// A value of type `ty` that is set.
    pub(super) fn required(&mut self, expression: &Expression, ty: Type, scope: &Scope) -> Option<Value> {
        let value = self.value(expression, scope)?;
        self.check(value, ty, &expression.path)
    }

    fn check(&mut self, value: Value, ty: Type, path: &JsonPath) -> Option<Value> {
        if value.ty != ty {
            self.problem(
                path,
                format!("{:?} where {ty:?} is needed", value.ty),
                "compare the types of both",
            );
            return None;
        }
        if value.form == Form::Optional {
            self.problem(
                path,
                format!("`{}` may be unset here", value.code),
                "test it with `isSet` in an earlier condition",
            );
            return None;
        }
        Some(value)
    }

    fn arguments<'c, const N: usize>(&mut self, call: &'c Call) -> Option<&'c [Expression; N]> {
        let arguments = call.arguments.as_slice().try_into().ok();
        if arguments.is_none() {
            let message = format!("`{}` takes {N} arguments, not {}", call.function, call.arguments.len());
            self.problem(
                &call.path.key("argv"),
                message,
                "compare with the function's specification",
            );
        }
        arguments
    }

    /// The value of a function.
    pub(super) fn call(&mut self, call: &Call, scope: &Scope) -> Option<Value> {
        match call.function.as_str() {
            "getAttr" => self.attribute(call, scope),
            "aws.partition" => {
                let [region] = self.arguments(call)?;
                let region = self.required(region, Type::Str, scope)?.code;
                self.uses_partitions = true;
                Some(Value::new(format!("partition({region})"), Type::Partition, Form::Plain))
            }
            "aws.parseArn" => self.parser(call, "parse_arn", Type::Arn, scope),
            "parseURL" => self.parser(call, "parse_url", Type::Url, scope),
            "isValidHostLabel" => {
                let [text, dots] = self.arguments(call)?;
                let (text, dots) = (
                    self.required(text, Type::Str, scope)?,
                    self.required(dots, Type::Bool, scope)?,
                );
                let function = self.helper("is_valid_host_label");
                Some(Value::new(
                    format!("{function}({}, {})", text.code, dots.code),
                    Type::Bool,
                    Form::Plain,
                ))
            }
            "substring" => {
                let [text, start, stop, reverse] = self.arguments(call)?;
                let text = self.required(text, Type::Str, scope)?.code;
                let start = self.required(start, Type::Integer, scope)?.code;
                let stop = self.required(stop, Type::Integer, scope)?.code;
                let reverse = self.required(reverse, Type::Bool, scope)?.code;
                let function = self.helper("substring");
                Some(Value::new(
                    format!("{function}({text}, {start}, {stop}, {reverse})"),
                    Type::Str,
                    Form::Optional,
                ))
            }
            "isSet" | "not" | "booleanEquals" | "stringEquals" => Some(match self.test(call, false, scope)? {
                Test::Always => Value::new("true", Type::Bool, Form::Literal),
                Test::Never => Value::new("false", Type::Bool, Form::Literal),
                Test::Code(code) => Value::new(format!("({code})"), Type::Bool, Form::Plain),
            }),
            other => {
                self.problem(
                    &call.path.key("fn"),
                    format!("unsupported function `{other}`"),
                    SUPPORTED,
                );
                None
            }
        }
    }

    fn parser(&mut self, call: &Call, function: &'static str, ty: Type, scope: &Scope) -> Option<Value> {
        let [text] = self.arguments(call)?;
        let text = self.required(text, Type::Str, scope)?.code;
        Some(Value::new(
            format!("{}({text})", self.helper(function)),
            ty,
            Form::Optional,
        ))
    }

    fn attribute(&mut self, call: &Call, scope: &Scope) -> Option<Value> {
        let [target, path] = self.arguments(call)?;
        let ExpressionKind::Text(parts) = &path.kind else {
            self.problem(&path.path, "the attribute's name is to be a string", "write it out");
            return None;
        };
        let [TextPart::Literal(attribute)] = parts.as_slice() else {
            self.problem(
                &path.path,
                "the attribute's name is to be a plain string",
                "write it without braces",
            );
            return None;
        };
        let target = self.value(target, scope)?;
        let target = self.check(target.clone(), target.ty, &call.path)?;
        self.attribute_of(&target, attribute, &path.path)
    }

    fn attribute_of(&mut self, target: &Value, attribute: &str, path: &JsonPath) -> Option<Value> {
        let code = &target.code;
        let (name, index) = match attribute
            .strip_suffix(']')
            .and_then(|attribute| attribute.split_once('['))
        {
            Some((name, index)) => (name, index.parse::<usize>().ok()),
            None => (attribute, None),
        };
        let field = |field: &str, ty| Some(Value::new(format!("{code}.{field}"), ty, Form::Plain));
        match (target.ty, name, index) {
            (Type::Partition, "supportsFIPS" | "supportsDualStack", None) => field(&snake(name), Type::Bool),
            (Type::Partition, "name" | "dnsSuffix" | "dualStackDnsSuffix" | "implicitGlobalRegion", None)
            | (Type::Arn, "partition" | "service" | "region" | "accountId", None)
            | (Type::Url, "scheme" | "authority" | "path", None) => field(&snake(name), Type::Str),
            (Type::Arn, "resourceId", Some(index)) => Some(Value::new(
                format!("{code}.resource_id({index})"),
                Type::Str,
                Form::Optional,
            )),
            (Type::List, "", Some(index)) => Some(Value::new(
                format!("{}({code}, {index})", self.helper("item")),
                Type::Str,
                Form::Optional,
            )),
            (ty, ..) => {
                let hint = "add the attribute to the generator and to `endpoint::rules` of the runtime";
                self.problem(path, format!("unsupported attribute `{attribute}` of {ty:?}"), hint);
                None
            }
        }
    }

    /// A string: a literal, one value, or a `format!` of several.
    fn text(&mut self, parts: &[TextPart], path: &JsonPath, scope: &Scope) -> Option<Value> {
        let mut values = Vec::new();
        for part in parts {
            if let TextPart::Value { name, attribute } = part {
                let value = self.reference(name, path, scope)?;
                let value = match attribute {
                    Some(attribute) => self.attribute_of(&value, attribute, path)?,
                    None => value,
                };
                values.push(self.check(value, Type::Str, path)?);
            }
        }
        match parts {
            [] => Some(Value::new("\"\"", Type::Str, Form::Literal)),
            [TextPart::Literal(text)] => Some(Value::new(format!("{text:?}"), Type::Str, Form::Literal)),
            [TextPart::Value { .. }] => values.pop(),
            _ => Some(Value::new(format_call(parts, &values), Type::Str, Form::Owned)),
        }
    }

    /// The condition that `call` holds, or with `negate` that it does not.
    pub(super) fn test(&mut self, call: &Call, negate: bool, scope: &Scope) -> Option<Test> {
        match call.function.as_str() {
            "isSet" => {
                let [value] = self.arguments(call)?;
                let value = self.value(value, scope)?;
                Some(match value.form {
                    Form::Optional => Test::Code(format!(
                        "{}.{}()",
                        value.code,
                        if negate { "is_none" } else { "is_some" }
                    )),
                    _ => Test::known(!negate),
                })
            }
            "not" => {
                let [inner] = self.arguments(call)?;
                if let ExpressionKind::Call(inner) = &inner.kind {
                    return self.test(inner, !negate, scope);
                }
                let value = self.required(inner, Type::Bool, scope)?;
                Some(Test::code(&value.code, !negate))
            }
            "booleanEquals" => self.equals(call, Type::Bool, negate, scope),
            "stringEquals" => self.equals(call, Type::Str, negate, scope),
            _ => {
                let value = self.call(call, scope)?;
                Some(match (value.form, value.ty) {
                    (Form::Optional, _) => Test::Code(format!(
                        "{}.{}()",
                        value.code,
                        if negate { "is_none" } else { "is_some" }
                    )),
                    (_, Type::Bool) => Test::code(&value.code, negate),
                    _ => Test::known(!negate),
                })
            }
        }
    }

    fn equals(&mut self, call: &Call, ty: Type, negate: bool, scope: &Scope) -> Option<Test> {
        let [left, right] = self.arguments(call)?;
        let (left_path, right_path) = (&left.path, &right.path);
        let (left, right) = (self.value(left, scope)?, self.value(right, scope)?);
        // Literals and `format!` go to the right.
        let swap = left.form == Form::Literal || left.form == Form::Owned;
        let (left, right) = if swap { (right, left) } else { (left, right) };
        let operator = if negate { "!=" } else { "==" };
        if left.form == Form::Optional && right.form == Form::Literal && left.ty == ty && right.ty == ty {
            return Some(Test::Code(format!("{} {operator} Some({})", left.code, right.code)));
        }
        let (left_path, right_path) = if swap {
            (right_path, left_path)
        } else {
            (left_path, right_path)
        };
        let (left, right) = (self.check(left, ty, left_path)?, self.check(right, ty, right_path)?);
        Some(match (left.form, right.form, right.code.as_str()) {
            (Form::Literal, Form::Literal, _) => Test::known((left.code == right.code) != negate),
            (_, Form::Literal, "true") => Test::code(&left.code, negate),
            (_, Form::Literal, "false") => Test::code(&left.code, !negate),
            (_, Form::Literal, "\"\"") => Test::code(&format!("{}.is_empty()", left.code), negate),
            _ => Test::Code(format!("{} {operator} {}", left.code, right.code)),
        })
    }
}

/// `format!("https://{region}.{dns_suffix}", dns_suffix = partition.dns_suffix)`.
fn format_call(parts: &[TextPart], values: &[Value]) -> String {
    let is_ident = |code: &str| code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let inline: Vec<&str> = values
        .iter()
        .map(|value| value.code.as_str())
        .filter(|code| is_ident(code))
        .collect();
    let mut template = String::new();
    let mut arguments: Vec<(String, &str)> = Vec::new();
    let mut values = values.iter();
    for part in parts {
        let value = match part {
            TextPart::Literal(text) => {
                template.push_str(&text.replace('{', "{{").replace('}', "}}"));
                continue;
            }
            TextPart::Value { .. } => values.next().map_or("", |value| value.code.as_str()),
        };
        if is_ident(value) {
            template.push_str(&format!("{{{value}}}"));
            continue;
        }
        let is_taken =
            |name: &str| inline.contains(&name) || arguments.iter().any(|(n, code)| n == name && *code != value);
        let short = value.rsplit_once('.').map_or(value, |(_, field)| field);
        let name = if is_taken(short) {
            value.replace('.', "_")
        } else {
            short.to_owned()
        };
        template.push_str(&format!("{{{name}}}"));
        if !arguments.iter().any(|(taken, _)| *taken == name) {
            arguments.push((name, value));
        }
    }
    let arguments: String = arguments
        .iter()
        .map(|(name, code)| format!(", {name} = {code}"))
        .collect();
    format!("format!({template:?}{arguments})")
}
