//! The rule set as it is written: parameters, rules, conditions, expressions, each with its JSON path.

use serde_json::{Map, Value};

use super::Problems;

#[derive(Debug, Default)]
pub(super) struct RuleSet {
    pub(super) parameters: Vec<Parameter>,
    pub(super) rules: Vec<Rule>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ParameterType {
    String,
    Bool,
    StringList,
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
        path: String,
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
    pub(super) path: String,
    pub(super) function: String,
    pub(super) arguments: Vec<Expression>,
}

#[derive(Debug)]
pub(super) struct Expression {
    pub(super) path: String,
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

pub(super) fn read(json: &Value, problems: &mut Problems<'_>) -> RuleSet {
    let Value::Object(root) = json else {
        problems.add(
            "$",
            "a rule set is an object",
            "point the generator at an `endpoint-rule-set-1.json`",
        );
        return RuleSet::default();
    };
    if root.get("version").and_then(Value::as_str) != Some("1.0") {
        let hint =
            "only version 1.0, a tree under `rules`, can be compiled; newer versions may hold a decision diagram";
        problems.add("$.version", "unsupported version of the rules language", hint);
        return RuleSet::default();
    }
    let mut parameters = Vec::new();
    for (name, parameter) in root.get("parameters").and_then(Value::as_object).into_iter().flatten() {
        parameters.extend(read_parameter(name, parameter, problems));
    }
    RuleSet {
        parameters,
        rules: read_rules(root.get("rules"), "$.rules", problems),
    }
}

fn read_parameter(name: &str, json: &Value, problems: &mut Problems<'_>) -> Option<Parameter> {
    let path = format!("$.parameters.{name}");
    let written = json.get("type").and_then(Value::as_str).unwrap_or_default();
    // botocore has both `string` and `String`.
    let ty = match written.to_ascii_lowercase().as_str() {
        "string" => ParameterType::String,
        "boolean" => ParameterType::Bool,
        "stringarray" => ParameterType::StringList,
        _ => {
            let hint = "a parameter is a `string`, a `boolean` or a `stringArray`";
            problems.add(
                format!("{path}.type"),
                format!("unknown parameter type `{written}`"),
                hint,
            );
            return None;
        }
    };
    let default = match (ty, json.get("default")) {
        (_, None) => None,
        (ParameterType::String, Some(Value::String(text))) => Some(format!("{text:?}")),
        (ParameterType::Bool, Some(Value::Bool(value))) => Some(value.to_string()),
        (_, Some(other)) => {
            let hint = "only strings and Booleans have defaults, of the parameter's own type";
            problems.add(
                format!("{path}.default"),
                format!("`{other}` cannot be the default"),
                hint,
            );
            None
        }
    };
    let text = |key| json.get(key).and_then(Value::as_str).map(str::to_owned);
    Some(Parameter {
        name: name.to_owned(),
        ty,
        required: json.get("required").and_then(Value::as_bool).unwrap_or(false) || default.is_some(),
        default,
        built_in: text("builtIn"),
        documentation: text("documentation").unwrap_or_default(),
    })
}

fn read_rules(json: Option<&Value>, path: &str, problems: &mut Problems<'_>) -> Vec<Rule> {
    let rules = read_list(json, path, problems);
    rules
        .iter()
        .enumerate()
        .filter_map(|(index, rule)| read_rule(rule, &format!("{path}[{index}]"), problems))
        .collect()
}

fn read_rule(json: &Value, path: &str, problems: &mut Problems<'_>) -> Option<Rule> {
    let conditions_path = format!("{path}.conditions");
    let conditions = match json.get("conditions") {
        None => &[],
        conditions => read_list(conditions, &conditions_path, problems),
    };
    let conditions = conditions.iter().enumerate().filter_map(|(index, condition)| {
        let call = read_call(condition, &format!("{conditions_path}[{index}]"), problems)?;
        let assign = condition.get("assign").and_then(Value::as_str).map(str::to_owned);
        Some(Condition { call, assign })
    });
    let conditions = conditions.collect();
    let outcome = if json.get("rules").is_some() {
        Outcome::Tree(read_rules(json.get("rules"), &format!("{path}.rules"), problems))
    } else if let Some(error) = json.get("error") {
        Outcome::Error(read_expression(error, format!("{path}.error"), problems)?)
    } else if let Some(endpoint) = json.get("endpoint") {
        read_endpoint(endpoint, &format!("{path}.endpoint"), problems)?
    } else {
        problems.add(
            path,
            "a rule without an outcome",
            "a rule has one of `endpoint`, `error` and `rules`",
        );
        return None;
    };
    let documentation = json.get("documentation").and_then(Value::as_str).map(str::to_owned);
    Some(Rule {
        documentation,
        conditions,
        outcome,
    })
}

fn read_endpoint(json: &Value, path: &str, problems: &mut Problems<'_>) -> Option<Outcome> {
    let url_path = format!("{path}.url");
    let Some(url) = json.get("url") else {
        problems.add(
            url_path,
            "an endpoint without a URL",
            "give it a string, a reference or a function",
        );
        return None;
    };
    let url = read_expression(url, url_path, problems)?;
    let empty = Map::new();
    let object = |key| json.get(key).and_then(Value::as_object).unwrap_or(&empty);
    let properties = object("properties").iter().filter_map(|(name, value)| {
        Some((
            name.clone(),
            read_property(value, format!("{path}.properties.{name}"), problems)?,
        ))
    });
    let properties = properties.collect();
    let headers = object("headers").iter().map(|(name, values)| {
        let path = format!("{path}.headers.{name}");
        let values = read_list(Some(values), &path, problems).iter().enumerate();
        let values = values.filter_map(|(index, value)| read_expression(value, format!("{path}[{index}]"), problems));
        (name.clone(), values.collect())
    });
    let headers = headers.collect();
    Some(Outcome::Endpoint {
        path: path.to_owned(),
        url,
        properties,
        headers,
    })
}

fn read_property(json: &Value, path: String, problems: &mut Problems<'_>) -> Option<Property> {
    match json {
        Value::Array(items) => {
            let items = items.iter().enumerate();
            let items = items.filter_map(|(index, item)| read_property(item, format!("{path}[{index}]"), problems));
            Some(Property::List(items.collect()))
        }
        Value::Object(members) if !members.contains_key("ref") && !members.contains_key("fn") => {
            let members = members.iter().filter_map(|(name, value)| {
                Some((name.clone(), read_property(value, format!("{path}.{name}"), problems)?))
            });
            Some(Property::Object(members.collect()))
        }
        _ => read_expression(json, path, problems).map(Property::Scalar),
    }
}

fn read_call(json: &Value, path: &str, problems: &mut Problems<'_>) -> Option<Call> {
    let Some(function) = json.get("fn").and_then(Value::as_str) else {
        problems.add(
            format!("{path}.fn"),
            "a condition without a function",
            "name the function, a string",
        );
        return None;
    };
    let argv = format!("{path}.argv");
    let arguments = read_list(json.get("argv"), &argv, problems).iter().enumerate();
    let arguments: Vec<_> = arguments
        .map(|(index, argument)| read_expression(argument, format!("{argv}[{index}]"), problems))
        .collect();
    let arguments = arguments.into_iter().collect::<Option<_>>()?;
    Some(Call {
        path: path.to_owned(),
        function: function.to_owned(),
        arguments,
    })
}

fn read_expression(json: &Value, path: String, problems: &mut Problems<'_>) -> Option<Expression> {
    let kind = match json {
        Value::String(text) => ExpressionKind::Text(read_text(text, &path, problems)?),
        Value::Bool(value) => ExpressionKind::Bool(*value),
        Value::Object(members) => match members.get("ref") {
            Some(Value::String(name)) => ExpressionKind::Reference(name.clone()),
            _ => ExpressionKind::Call(read_call(json, &path, problems)?),
        },
        _ => match json.as_u64() {
            Some(value) => ExpressionKind::Integer(value),
            None => {
                let hint = "an expression is a string, a Boolean, a number, `{\"ref\": …}` or `{\"fn\": …}`";
                problems.add(path, format!("`{json}` is no expression"), hint);
                return None;
            }
        },
    };
    Some(Expression { path, kind })
}

/// Splits a template; `{{` and `}}` stand for braces.
fn read_text(text: &str, path: &str, problems: &mut Problems<'_>) -> Option<Vec<TextPart>> {
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
            problems.add(
                path,
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

fn read_list<'a>(json: Option<&'a Value>, path: &str, problems: &mut Problems<'_>) -> &'a [Value] {
    match json {
        Some(Value::Array(items)) => items,
        _ => {
            problems.add(path, "a list was expected", "write `[]` for an empty one");
            &[]
        }
    }
}
