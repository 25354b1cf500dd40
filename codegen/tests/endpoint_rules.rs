//! The functions that endpoint rules are compiled to, and what is said about rules that can't be compiled.

use cognito_codegen::endpoint::{EndpointPlan, Source, compile};
use cognito_codegen::read::Errors;
use serde_json::{Value, json};
use std::path::Path;

/// Compiles `rules` with the parameters that every AWS service has, and strings that may be unset.
fn compile_rules(rules: Value) -> Result<EndpointPlan, Errors> {
    let json = json!({
        "version": "1.0",
        "parameters": {
            "Region": { "type": "string", "builtIn": "AWS::Region" },
            "UseFIPS": { "type": "boolean", "builtIn": "AWS::UseFIPS", "required": true, "default": false },
            "Name": { "type": "String" },
            "Do": { "type": "String" },
            "Url": { "type": "String" },
        },
        "rules": rules,
    });
    let partitions = json!({ "partitions": [
        partition("aws", "^(us|eu)\\-\\w+\\-\\d+$", &["us-east-1", "aws-global"]),
        partition("aws-cn", "^cn\\-\\w+\\-\\d+$", &["cn-north-1", "aws-cn-global", "us-cn-1"]),
    ]});
    compile(
        Source {
            file: Path::new("rules.json"),
            json: &json,
        },
        Source {
            file: Path::new("partitions.json"),
            json: &partitions,
        },
    )
}

fn partition(id: &str, region_regex: &str, regions: &[&str]) -> Value {
    let regions: serde_json::Map<_, _> = regions.iter().map(|region| (region.to_string(), json!({}))).collect();
    json!({
        "id": id,
        "regionRegex": region_regex,
        "regions": regions,
        "outputs": {
            "dnsSuffix": "example.com", "dualStackDnsSuffix": "example.org", "implicitGlobalRegion": "x",
            "supportsFIPS": true, "supportsDualStack": false,
        },
    })
}

/// The rendered function's body, with all whitespace as single spaces.
fn body(rules: Value) -> String {
    let plan = compile_rules(rules).expect("compiles");
    let text = plan.render_rules().expect("renders");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.split_once("ResolveEndpointError> { ")
        .expect("has a function")
        .1
        .to_owned()
}

fn errors(rules: Value) -> Vec<(String, String)> {
    let errors = compile_rules(rules).expect_err("does not compile");
    errors.0.into_iter().map(|error| (error.path, error.message)).collect()
}

fn error_rule(conditions: Value, error: &str) -> Value {
    json!({ "type": "error", "conditions": conditions, "error": error })
}

#[test]
fn a_parameter_with_a_default_is_a_plain_bool() {
    let fips = json!([{ "fn": "booleanEquals", "argv": [{ "ref": "UseFIPS" }, true] }]);
    assert_eq!(
        body(json!([error_rule(fips, "no FIPS"), error_rule(json!([]), "end")])),
        "let use_fips = params.use_fips().unwrap_or(false); \
         if use_fips { return Err(ResolveEndpointError::message(\"no FIPS\")) ; } \
         Err(ResolveEndpointError::message(\"end\")) }"
    );
}

#[test]
fn a_parameter_that_is_tested_and_then_read_is_bound_once() {
    let set = json!([{ "fn": "isSet", "argv": [{ "ref": "Region" }] }]);
    let text = body(json!([error_rule(set, "in {Region}!")]));
    assert!(text.contains("if let Some(region) = region {"), "{text}");
    assert!(text.contains("message(format!(\"in {region}!\"))"), "{text}");
}

#[test]
fn a_parameter_that_is_only_compared_needs_no_variable() {
    let is_x = json!([
        { "fn": "isSet", "argv": [{ "ref": "Name" }] },
        { "fn": "stringEquals", "argv": ["x", { "ref": "Name" }] },
    ]);
    let text = body(json!([error_rule(is_x, "x")]));
    assert!(
        text.contains("let name = params.extra_str(\"Name\"); if name == Some(\"x\") {"),
        "{text}"
    );
}

#[test]
fn a_keyword_and_what_the_function_calls_are_no_variables() {
    let set = json!([
        { "fn": "isSet", "argv": [{ "ref": "Do" }] },
        { "fn": "isSet", "argv": [{ "ref": "Url" }] },
    ]);
    let text = body(json!([error_rule(set, "{Do}{Url}")]));
    assert!(
        text.contains("let do_value = params.extra_str(\"Do\"); let url_value ="),
        "{text}"
    );
    assert!(text.contains("format!(\"{do_value}{url_value}\")"), "{text}");
}

#[test]
fn a_tree_in_which_no_rule_applies_is_an_error_and_not_left() {
    let set = json!([{ "fn": "isSet", "argv": [{ "ref": "Region" }] }]);
    let fips = json!([{ "fn": "booleanEquals", "argv": [{ "ref": "UseFIPS" }, true] }]);
    let tree = json!({ "type": "tree", "conditions": set, "rules": [error_rule(fips, "a")] });
    let text = body(json!([tree, error_rule(json!([]), "b")]));
    let none = "return Err(ResolveEndpointError::message(\"No endpoint rule matched\")) ; } Err(";
    assert!(text.contains(none), "{text}");
}

#[test]
fn braces_in_a_text_stay_braces() {
    let set = json!([{ "fn": "isSet", "argv": [{ "ref": "Region" }] }]);
    let text = body(json!([error_rule(set, "{{{Region}}}")]));
    assert!(text.contains("format!(\"{{{region}}}\")"), "{text}");
}

#[test]
fn every_mistake_is_reported_with_its_path() {
    let found = errors(json!([
        error_rule(json!([{ "fn": "uriEncode", "argv": [{ "ref": "Region" }] }]), "a"),
        error_rule(json!([{ "fn": "isSet", "argv": [{ "ref": "Regoin" }] }]), "b"),
        error_rule(json!([]), "{Region}"),
    ]));
    let expected = [
        ("$.rules[0].conditions[0].fn", "unsupported function `uriEncode`"),
        ("$.rules[1].conditions[0].argv[0]", "`Regoin` is not defined here"),
        ("$.rules[2].error", "`region` may be unset here"),
    ];
    let expected = expected.map(|(path, message)| (path.to_owned(), message.to_owned()));
    assert_eq!(found, expected);
}

#[test]
fn an_error_prints_file_path_problem_and_hint() {
    let errors = compile_rules(json!([{ "conditions": [] }])).expect_err("no outcome");
    assert_eq!(
        errors.0[0].to_string(),
        "rules.json: $.rules[0]: a rule without an outcome\n  hint: a rule has one of `endpoint`, `error` and `rules`"
    );
}

#[test]
fn a_listed_region_wins_over_the_pattern_of_another_partition() {
    let partition = json!([
        { "fn": "isSet", "argv": [{ "ref": "Region" }] },
        { "fn": "aws.partition", "argv": [{ "ref": "Region" }], "assign": "P" },
    ]);
    let plan = compile_rules(json!([error_rule(partition, "{P#name}")])).expect("compiles");
    let partitions = plan.partitions.expect("used");
    let arms: Vec<_> = partitions
        .arms
        .iter()
        .map(|arm| (arm.patterns.join(" | "), arm.ident.as_str()))
        .collect();
    let expected = [
        ("(\"us-cn-1\", _)", "AWS_CN"),
        ("(\"aws-cn-global\", _) | (_, Some(\"cn\"))", "AWS_CN"),
    ];
    assert_eq!(arms, expected.map(|(patterns, ident)| (patterns.to_owned(), ident)));
    assert_eq!(partitions.fallback, "AWS");
}

#[test]
fn an_unknown_key_is_reported_wherever_it_stands() {
    let rule = |more: Value| {
        let mut rule = error_rule(json!([]), "end");
        for (key, value) in more.as_object().into_iter().flatten() {
            rule[key] = value.clone();
        }
        json!([rule])
    };
    let call = json!([{ "fn": "isSet", "argv": [{ "ref": "Region", "default": "x" }], "asign": "R" }]);
    let cases = [
        (rule(json!({ "prority": 1 })), "$.rules[0].prority"),
        (
            rule(json!({ "conditions": call })),
            "$.rules[0].conditions[0].argv[0].default",
        ),
    ];
    for (rules, path) in cases {
        let errors = compile_rules(rules).expect_err("an unknown key");
        assert_eq!(errors.0[0].path, path);
        assert!(errors.0[0].message.starts_with("unknown key `"), "{errors}");
        assert!(errors.0[0].hint.contains("keys known here: "), "{errors}");
    }
    let asign = json!([{ "fn": "isSet", "argv": [{ "ref": "Region" }], "asign": "R" }]);
    let errors = compile_rules(rule(json!({ "conditions": asign }))).expect_err("an unknown key");
    assert!(errors.0[0].hint.starts_with("did you mean `assign`?"), "{errors}");
}

#[test]
fn a_rule_has_one_outcome_and_the_type_of_it() {
    let both = json!([{ "type": "error", "conditions": [], "error": "a", "rules": [] }]);
    assert_eq!(errors(both)[0].1, "a rule with several outcomes");
    let other = json!([{ "type": "tree", "conditions": [], "error": "a" }]);
    let expected = (
        "$.rules[0].type".to_owned(),
        "the rule's outcome is of the type `error`".to_owned(),
    );
    assert_eq!(errors(other), [expected]);
}
