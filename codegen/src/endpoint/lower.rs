//! Rules as nested blocks of Rust: bindings, `if`s and outcomes.

use super::expression::{Form, Scope, Test, Translator, Type, Value};
use super::idents::Idents;
use super::plan::{Block, EndpointPlan, ExtraParameter, Leaf, Named, Scheme, Step};
use super::syntax::{Condition, Expression, ExpressionKind, Outcome, Parameter, Property, Rule, RuleSet};
use super::uses::{compares_with_literal, uses_in_call, uses_in_outcome};
use crate::docs::{one_line, plain};
use crate::model::ParameterType;
use crate::read::{JsonPath, Report};
use std::collections::{BTreeSet, HashSet};

/// One conjunct of a rule's conditions.
enum Clause {
    Test(String),
    Bind { ident: String, code: String },
    Let { ident: String, code: String },
}

pub(super) fn lower(rule_set: &RuleSet, report: &Report) -> EndpointPlan {
    let mut translator = Translator {
        report,
        idents: Idents::default(),
        helpers: BTreeSet::new(),
        read: HashSet::new(),
        uses_partitions: false,
    };
    let mut scope = Scope::new();
    for parameter in &rule_set.parameters {
        let form = if parameter.required {
            Form::Plain
        } else {
            Form::Optional
        };
        let ty = match parameter.ty {
            ParameterType::String => Type::Str,
            ParameterType::Bool => Type::Bool,
            ParameterType::StringList => Type::List,
        };
        scope.insert(
            parameter.name.clone(),
            Value::new(translator.idents.get(&parameter.name), ty, form),
        );
    }
    let mut block = translator.block(&rule_set.rules, &scope);
    if let Some(leaf) = block.steps.last_mut().and_then(|step| step.leaf.as_mut()) {
        leaf.is_tail = true;
    }
    let read = rule_set
        .parameters
        .iter()
        .filter(|parameter| translator.read.contains(&parameter.name));
    let parameters = read
        .map(|parameter| plan_parameter(parameter, &mut translator.idents))
        .collect();
    EndpointPlan {
        parameters,
        extra_parameters: rule_set.parameters.iter().filter_map(plan_extra).collect(),
        block,
        uses_partitions: translator.uses_partitions,
        helpers: translator.helpers,
        partitions: None,
    }
}

/// The getter of the runtime's `Params` for a parameter that has one.
fn getter(parameter: &Parameter) -> Option<&'static str> {
    match parameter.built_in.as_deref()? {
        "AWS::Region" => Some("region"),
        "AWS::UseDualStack" => Some("use_dual_stack"),
        "AWS::UseFIPS" => Some("use_fips"),
        "SDK::Endpoint" => Some("endpoint"),
        _ => None,
    }
}

fn plan_parameter(parameter: &Parameter, idents: &mut Idents) -> Named {
    let ident = idents.get(&parameter.name);
    let mut value = match (getter(parameter), parameter.ty) {
        (Some(getter), _) => format!("params.{getter}()"),
        (None, ParameterType::String) => format!("params.extra_str({:?})", parameter.name),
        (None, ParameterType::Bool) => format!("params.extra_bool({:?})", parameter.name),
        (None, ParameterType::StringList) => format!("params.extra_list({:?})", parameter.name),
    };
    if let Some(default) = &parameter.default {
        value.push_str(&format!(".unwrap_or({default})"));
    }
    let must_be_set = parameter.required && parameter.default.is_none();
    let missing = must_be_set.then(|| format!("{:?}", format!("a required field was missing: `{ident}`")));
    Named {
        name: ident,
        value,
        missing,
    }
}

fn plan_extra(parameter: &Parameter) -> Option<ExtraParameter> {
    getter(parameter).is_none().then(|| ExtraParameter {
        name: parameter.name.clone(),
        rust_type: match parameter.ty {
            ParameterType::String => "String",
            ParameterType::Bool => "bool",
            ParameterType::StringList => "Vec<String>",
        },
        built_in: parameter.built_in.clone(),
        documentation: plain(&parameter.documentation),
    })
}

impl Translator<'_> {
    /// Rules in order. None of them applying is an error: evaluation never leaves a tree whose conditions hold.
    fn block(&mut self, rules: &[Rule], scope: &Scope) -> Block {
        let mut steps = Vec::new();
        for rule in rules {
            let Some((mut rule_steps, applies_always)) = self.rule(rule, scope) else {
                continue;
            };
            if let (Some(first), Some(text)) = (rule_steps.first_mut(), &rule.documentation) {
                let lines = text.lines().map(one_line);
                first.comments.splice(0..0, lines.filter(|line| !line.is_empty()));
            }
            steps.append(&mut rule_steps);
            if applies_always {
                return Block { steps };
            }
        }
        let leaf = Leaf {
            error: Some("\"No endpoint rule matched\"".to_owned()),
            ..Leaf::default()
        };
        steps.push(Step {
            leaf: Some(leaf),
            ..Step::default()
        });
        Block { steps }
    }

    /// The steps of one rule, and whether it applies always; `None` if it never does.
    fn rule(&mut self, rule: &Rule, block_scope: &Scope) -> Option<(Vec<Step>, bool)> {
        let mut scope = block_scope.clone();
        let mut clauses = Vec::new();
        for index in 0..rule.conditions.len() {
            self.condition(index, rule, &mut scope, &mut clauses)?;
        }
        let mut steps = match &rule.outcome {
            Outcome::Tree(rules) => self.block(rules, &scope).steps,
            Outcome::Error(message) => vec![self.error(message, &scope)?],
            Outcome::Endpoint {
                path,
                url,
                properties,
                headers,
            } => {
                vec![self.endpoint(path, url, properties, headers, &scope)?]
            }
        };
        let mut applies_always = true;
        let mut tests = Vec::new();
        for clause in clauses.into_iter().rev() {
            match clause {
                Clause::Test(code) => tests.push(code),
                Clause::Bind { ident, code } => tests.push(format!("let Some({ident}) = {code}")),
                Clause::Let { ident, code } => {
                    applies_always &= tests.is_empty();
                    steps = wrap(steps, &mut tests);
                    let binding = Some(Named::new(ident, code));
                    steps.insert(
                        0,
                        Step {
                            binding,
                            ..Step::default()
                        },
                    );
                }
            }
        }
        applies_always &= tests.is_empty();
        Some((wrap(steps, &mut tests), applies_always))
    }

    /// Adds the clauses of one condition; `None` if it never holds.
    fn condition(&mut self, index: usize, rule: &Rule, scope: &mut Scope, clauses: &mut Vec<Clause>) -> Option<()> {
        let condition = &rule.conditions[index];
        let (name, value) = match (&condition.assign, condition.call.arguments.as_slice()) {
            (Some(name), _) => (name, self.call(&condition.call, scope)?),
            (
                None,
                [
                    Expression {
                        kind: ExpressionKind::Reference(name),
                        ..
                    },
                ],
            ) if condition.call.function == "isSet" => match scope.get(name) {
                Some(value) if value.form == Form::Optional => {
                    self.read.insert(name.clone());
                    (name, value.clone())
                }
                _ => return self.add_test(condition, scope, clauses),
            },
            _ => return self.add_test(condition, scope, clauses),
        };
        let rest = &rule.conditions[index + 1..];
        let uses = rest
            .iter()
            .map(|condition| uses_in_call(name, &condition.call))
            .sum::<usize>()
            + uses_in_outcome(name, &rule.outcome);
        let ident = self.idents.get(name);
        if value.form != Form::Optional {
            scope.insert(name.clone(), Value::new(&ident, value.ty, value.form));
            let is_bool = value.ty == Type::Bool;
            if uses > 0 || is_bool {
                clauses.push(Clause::Let {
                    ident: ident.clone(),
                    code: value.code,
                });
            }
            if is_bool {
                clauses.push(Clause::Test(ident));
            }
        } else if uses == 0 {
            clauses.push(Clause::Test(format!("{}.is_some()", value.code)));
        } else if uses == 1 && rest.first().is_some_and(|next| compares_with_literal(name, next)) {
            // `x == Some("y")` in place of `let Some(x) = x && x == "y"`.
            scope.insert(name.clone(), value);
        } else {
            scope.insert(name.clone(), Value::new(&ident, value.ty, Form::Plain));
            clauses.push(Clause::Bind {
                ident,
                code: value.code,
            });
        }
        Some(())
    }

    fn add_test(&mut self, condition: &Condition, scope: &Scope, clauses: &mut Vec<Clause>) -> Option<()> {
        match self.test(&condition.call, false, scope)? {
            Test::Always => {}
            Test::Never => return None,
            Test::Code(code) => clauses.push(Clause::Test(code)),
        }
        Some(())
    }

    fn error(&mut self, message: &Expression, scope: &Scope) -> Option<Step> {
        let error = Some(self.required(message, Type::Str, scope)?.code);
        Some(Step {
            leaf: Some(Leaf {
                error,
                ..Leaf::default()
            }),
            ..Step::default()
        })
    }

    fn endpoint(
        &mut self,
        path: &JsonPath,
        url: &Expression,
        properties: &[(String, Property)],
        headers: &[(String, Vec<Expression>)],
        scope: &Scope,
    ) -> Option<Step> {
        let mut leaf = Leaf {
            url: self.owned(url, scope)?,
            ..Leaf::default()
        };
        for (name, values) in headers {
            for value in values {
                leaf.headers
                    .push(Named::new(format!("{name:?}"), self.owned(value, scope)?));
            }
        }
        for (name, property) in properties {
            match property {
                Property::List(schemes) if name == "authSchemes" => {
                    for scheme in schemes {
                        leaf.auth_schemes.push(self.scheme(scheme, scope, path)?);
                    }
                }
                _ => leaf
                    .properties
                    .push(Named::new(format!("{name:?}"), self.document(property, scope)?)),
            }
        }
        leaf.is_plain = leaf.headers.is_empty() && leaf.properties.is_empty() && leaf.auth_schemes.is_empty();
        if leaf.is_plain {
            self.helpers.insert("url");
        }
        Some(Step {
            leaf: Some(leaf),
            ..Step::default()
        })
    }

    /// A text that outlives the parameters: a literal or a `String`.
    fn owned(&mut self, text: &Expression, scope: &Scope) -> Option<String> {
        let value = self.required(text, Type::Str, scope)?;
        Some(if value.form == Form::Plain {
            format!("{}.to_owned()", value.code)
        } else {
            value.code
        })
    }

    fn scheme(&mut self, property: &Property, scope: &Scope, path: &JsonPath) -> Option<Scheme> {
        let mut scheme = Scheme {
            name: String::new(),
            option_count: 0,
            options: Vec::new(),
        };
        if let Property::Object(members) = property {
            for (name, value) in members {
                match value {
                    Property::Scalar(text) if name == "name" => scheme.name = self.owned(text, scope)?,
                    _ => scheme
                        .options
                        .push(Named::new(format!("{name:?}"), self.document(value, scope)?)),
                }
            }
        }
        scheme.option_count = scheme.options.len();
        if scheme.name.is_empty() {
            let hint = "an entry of `authSchemes` is an object with a `name`";
            self.report.error(
                &path.key("properties").key("authSchemes"),
                "an authentication scheme without a name",
                hint,
            );
            return None;
        }
        self.helpers.insert("EndpointAuthScheme");
        Some(scheme)
    }

    /// A value that can become a `Document`.
    fn document(&mut self, property: &Property, scope: &Scope) -> Option<String> {
        let mut nested = |property: &Property| {
            self.helpers.insert("Document");
            let value = self.document(property, scope)?;
            Some(format!("Document::from({value})"))
        };
        match property {
            Property::List(items) => {
                let items = items.iter().map(nested).collect::<Option<Vec<_>>>()?;
                Some(format!("vec![{}]", items.join(", ")))
            }
            Property::Object(members) => {
                let members = members
                    .iter()
                    .map(|(name, value)| Some(format!("({name:?}.to_owned(), {})", nested(value)?)));
                Some(format!(
                    "std::collections::HashMap::from([{}])",
                    members.collect::<Option<Vec<_>>>()?.join(", ")
                ))
            }
            Property::Scalar(expression) => match &expression.kind {
                ExpressionKind::Integer(value) => Some(format!("{value}_u64")),
                ExpressionKind::Bool(value) => Some(value.to_string()),
                _ => Some(self.required(expression, Type::Str, scope)?.code),
            },
        }
    }
}

/// `steps` under the condition that all `tests`, last first, hold; just `steps` if there are none.
fn wrap(steps: Vec<Step>, tests: &mut Vec<String>) -> Vec<Step> {
    if tests.is_empty() {
        return steps;
    }
    let condition = tests.drain(..).rev().collect::<Vec<_>>().join(" && ");
    vec![Step {
        condition: Some(condition),
        block: Block { steps },
        ..Step::default()
    }]
}
