//! What the reader of service models makes of the real model, and of broken ones.

use std::fs;
use std::path::{Path, PathBuf};

use cognito_codegen::model::{
    ContextValue, Errors, HostPart, Operation, Paginator, Real, Service, Shape, ShapeKind, TimestampFormat, Whole,
};
use cognito_codegen::plan::{Fixups, Placement, Plan};
use serde_json::{Value, json};

fn cognito_idp() -> Service {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/cognito-idp");
    Service::load(&dir).unwrap_or_else(|errors| panic!("{errors}"))
}

fn structures(service: &Service) -> impl Iterator<Item = &cognito_codegen::model::Structure> {
    service.shapes.values().filter_map(Shape::as_structure)
}

fn count(service: &Service, kind: &str) -> usize {
    let of_kind = |shape: &&Shape| shape.kind.name() == kind;
    service.shapes.values().filter(of_kind).count()
}

#[test]
fn the_cognito_idp_model_has_the_operations_that_aws_lists() {
    let service = cognito_idp();
    let operations = || service.operations.values();
    assert_eq!(service.operations.len(), 141);
    assert_eq!(operations().filter(|it| it.is_unsigned()).count(), 34);
    assert_eq!(operations().map(|it| it.errors.len()).sum::<usize>(), 1_226);
    assert_eq!(operations().filter(|it| it.output.is_none()).count(), 13);
    assert_eq!(service.paginators.len(), 9);
    assert!(service.endpoint_rules.is_some());
}

#[test]
fn the_cognito_idp_model_has_the_shapes_that_aws_lists() {
    let service = cognito_idp();
    assert_eq!(service.shapes.len(), 685);
    assert_eq!(count(&service, "structure"), 429);
    assert_eq!(count(&service, "list"), 53);
    assert_eq!(count(&service, "map"), 11);
    assert_eq!(count(&service, "blob"), 2);
    assert_eq!(count(&service, "timestamp"), 1);
    let members = structures(&service).map(|it| it.members.len());
    assert_eq!(members.sum::<usize>(), 1_203);
    let required = structures(&service).map(|it| it.required.len());
    assert_eq!(required.sum::<usize>(), 374);
    let exceptions = structures(&service).filter(|it| it.exception.is_some());
    assert_eq!(exceptions.count(), 59);
    assert_eq!(structures(&service).filter(|it| it.document).count(), 1);
    let sensitive = service.shapes.values().filter(|it| it.sensitive);
    assert_eq!(sensitive.count(), 15);
}

#[test]
fn the_cognito_idp_model_has_the_enums_that_aws_lists() {
    let service = cognito_idp();
    let enums: Vec<_> = service
        .shapes
        .values()
        .filter_map(|shape| match &shape.kind {
            ShapeKind::String { values, .. } => values.as_ref(),
            _ => None,
        })
        .collect();
    assert_eq!(enums.len(), 68);
    assert_eq!(enums.iter().map(|values| values.len()).sum::<usize>(), 223);
}

#[test]
fn the_metadata_says_how_to_call_the_service() {
    let service = cognito_idp();
    assert_eq!(service.dir_name, "cognito-idp");
    let metadata = &service.metadata;
    assert_eq!(metadata.service_id, "Cognito Identity Provider");
    assert_eq!(metadata.json_version.as_deref(), Some("1.1"));
    assert_eq!(
        metadata.target_prefix.as_deref(),
        Some("AWSCognitoIdentityProviderService")
    );
    assert_eq!(metadata.signing_name(), "cognito-idp");
}

#[test]
fn the_order_of_the_document_is_kept() {
    let service = cognito_idp();
    let request = service.structure("InitiateAuthRequest").expect("a structure");
    let members: Vec<_> = request.members.keys().collect();
    assert_eq!(
        members,
        [
            "AuthFlow",
            "AuthParameters",
            "ClientMetadata",
            "ClientId",
            "AnalyticsMetadata",
            "UserContextData",
            "Session",
        ]
    );
    assert_eq!(request.required, ["AuthFlow", "ClientId"]);
}

/// Each folder in `fixtures/broken` is a model with mistakes, and the report expected.
#[test]
fn each_broken_model_is_reported_with_file_path_and_hint() {
    let mut wrong = Vec::new();
    for dir in broken_models() {
        let expected = fs::read_to_string(dir.join("expected-error.txt")).unwrap_or_default();
        let actual = match Service::load(&dir) {
            Ok(_) => "no error".to_owned(),
            Err(errors) => relative(errors, &dir).to_string(),
        };
        if actual.trim_end() != expected.trim_end() {
            wrong.push(format!(
                "{}\n--- expected\n{expected}\n--- actual\n{actual}\n",
                dir.display()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn broken_models() -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/broken");
    let mut models: Vec<_> = fs::read_dir(dir)
        .expect("the folder of fixtures")
        .map(|entry| entry.expect("a fixture").path())
        .collect();
    models.sort();
    assert!(!models.is_empty());
    models
}

fn relative(Errors(errors): Errors, dir: &Path) -> Errors {
    Errors(
        errors
            .into_iter()
            .map(|mut error| {
                if let Ok(file) = error.file.strip_prefix(dir) {
                    error.file = file.to_owned();
                }
                error
            })
            .collect(),
    )
}

/// A model with the given operation `Op`, and with shapes `In` and `Out` to which others are added.
fn model(operation: Value, shapes: Value) -> Value {
    let mut model = json!({
        "metadata": {
            "apiVersion": "2026-01-01",
            "endpointPrefix": "x",
            "jsonVersion": "1.0",
            "protocol": "smithy-rpc-v2-cbor",
            "protocols": ["smithy-rpc-v2-cbor", "json"],
            "serviceFullName": "X",
            "serviceId": "X",
            "targetPrefix": "X",
        },
        "operations": {
            "Op": {
                "name": "Op",
                "http": { "method": "POST", "requestUri": "/" },
                "input": { "shape": "In" },
                "output": { "shape": "Out" },
            },
        },
        "shapes": {
            "In": { "type": "structure", "members": {} },
            "Out": { "type": "structure", "members": {} },
        },
    });
    merge(&mut model["operations"]["Op"], operation);
    merge(&mut model["shapes"], shapes);
    model
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}

fn read(service: &Value) -> Service {
    Service::from_values("x", service, None, None).unwrap_or_else(|errors| panic!("{errors}"))
}

fn operation(traits: Value) -> Operation {
    let service = read(&model(traits, json!({})));
    service.operations["Op"].clone()
}

#[test]
fn a_service_that_prefers_another_protocol_is_read_if_it_also_speaks_json() {
    let service = read(&model(json!({}), json!({})));
    assert_eq!(service.metadata.protocol, "smithy-rpc-v2-cbor");
}

#[test]
fn an_operation_is_unsigned_by_either_spelling_and_signed_by_default() {
    assert!(operation(json!({ "authtype": "none" })).is_unsigned());
    assert!(operation(json!({ "auth": ["smithy.api#noAuth"] })).is_unsigned());
    assert!(!operation(json!({ "authtype": "v4" })).is_unsigned());
    let optional = json!({ "auth": ["aws.auth#sigv4", "smithy.api#noAuth"] });
    assert!(!operation(optional).is_unsigned());
    assert!(!operation(json!({})).is_unsigned());
}

#[test]
fn the_rarer_traits_of_an_operation_are_read() {
    let traits = json!({
        "endpoint": { "hostPrefix": "data-" },
        "requestcompression": { "encodings": ["gzip"] },
        "staticContextParams": { "IsSearch": { "value": true } },
        "operationContextParams": { "Arns": { "path": "keys(Items)" } },
        "deprecated": true,
        "deprecatedMessage": "Use another.",
    });
    let shapes = json!({
        "In": { "type": "structure", "members": { "Items": { "shape": "Map" } } },
        "Map": { "type": "map", "key": { "shape": "Text" }, "value": { "shape": "Text" } },
        "Text": { "type": "string" },
    });
    let operation = read(&model(traits, shapes)).operations["Op"].clone();
    let endpoint = operation.endpoint.expect("an endpoint");
    let parts = endpoint.host_prefix.as_ref().map(|prefix| prefix.parts.as_slice());
    assert_eq!(parts, Some(&[HostPart::Text("data-".to_owned())][..]));
    assert_eq!(operation.request_compression, ["gzip"]);
    assert_eq!(operation.static_context_params["IsSearch"], ContextValue::Bool(true));
    assert!(operation.operation_context_params["Arns"].is_list());
    assert!(operation.deprecated);
    assert_eq!(operation.deprecated_message.as_deref(), Some("Use another."));
}

#[test]
fn what_no_call_of_the_json_protocol_has_is_refused() {
    let get = model(
        json!({ "http": { "method": "GET", "requestUri": "/pools" } }),
        json!({}),
    );
    let Errors(errors) = Service::from_values("x", &get, None, None).expect_err("refused");
    let found: Vec<_> = errors
        .iter()
        .map(|it| (it.path.as_str(), it.message.as_str()))
        .collect();
    let expected = [
        ("$.operations.Op.http.method", "`GET` is not supported"),
        ("$.operations.Op.http.requestUri", "`/pools` is not supported"),
    ];
    assert_eq!(found, expected);
    let mut signed = model(json!({}), json!({}));
    signed["metadata"]["signatureVersion"] = json!("s3");
    signed["metadata"]["auth"] = json!(["smithy.api#httpBearerAuth"]);
    let Errors(errors) = Service::from_values("x", &signed, None, None).expect_err("refused");
    let found: Vec<_> = errors.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(found, ["$.metadata.signatureVersion", "$.metadata.auth"]);
}

#[test]
fn the_traits_of_an_exception_are_read() {
    let service = read(&model(
        json!({ "errors": [{ "shape": "Slow" }] }),
        json!({
            "Slow": {
                "type": "structure",
                "members": {},
                "exception": true,
                "fault": true,
                "retryable": { "throttling": true },
            },
        }),
    ));
    let slow = service.structure("Slow").and_then(|it| it.exception.clone());
    let slow = slow.expect("an exception");
    assert!(slow.fault);
    assert!(slow.retryable.is_some_and(|it| it.throttling));
}

#[test]
fn the_three_timestamp_formats_are_read_on_shapes_and_on_members() {
    for (name, format) in [
        ("unixTimestamp", TimestampFormat::EpochSeconds),
        ("rfc822", TimestampFormat::HttpDate),
        ("iso8601", TimestampFormat::DateTime),
    ] {
        let service = read(&model(
            json!({}),
            json!({
                "Time": { "type": "timestamp", "timestampFormat": name },
                "Event": {
                    "type": "structure",
                    "members": { "At": { "shape": "Time", "timestampFormat": name } },
                },
            }),
        ));
        let expected = ShapeKind::Timestamp { format: Some(format) };
        assert_eq!(service.shapes["Time"].kind, expected);
        let event = service.structure("Event").expect("a structure");
        assert_eq!(event.members["At"].timestamp_format, Some(format));
    }
}

#[test]
fn the_bounds_of_numbers_keep_their_type() {
    let service = read(&model(
        json!({}),
        json!({
            "Count": { "type": "integer", "min": -1, "max": 3 },
            "Share": { "type": "double", "min": 0, "max": 0.5 },
        }),
    ));
    let count = ShapeKind::Whole {
        number: Whole::Integer,
        min: Some(-1),
        max: Some(3),
    };
    assert_eq!(service.shapes["Count"].kind, count);
    let share = ShapeKind::Real {
        number: Real::Double,
        min: Some(0.0),
        max: Some(0.5),
    };
    assert_eq!(service.shapes["Share"].kind, share);
}

#[test]
fn a_paginator_may_name_one_member_or_several_and_use_jmespath() {
    let service = model(
        json!({}),
        json!({
            "In": { "type": "structure", "members": { "Page": { "shape": "In" } } },
            "Out": { "type": "structure", "members": { "Next": { "shape": "In" } } },
        }),
    );
    let paginators = json!({
        "pagination": {
            "Op": {
                "input_token": "Page",
                "output_token": "Next || Items[-1].Key",
                "result_key": ["Result.Items", "Next"],
            },
        },
    });
    let service =
        Service::from_values("x", &service, Some(&paginators), None).unwrap_or_else(|errors| panic!("{errors}"));
    let expected = Paginator {
        input_token: vec!["Page".to_owned()],
        output_token: vec!["Next || Items[-1].Key".to_owned()],
        result_key: vec!["Result.Items".to_owned(), "Next".to_owned()],
        ..Paginator::default()
    };
    assert_eq!(service.paginators["Op"], expected);
}

/// Replaces each value of a model, one at a time, by one of every JSON type.
#[test]
fn no_json_makes_the_reader_panic() {
    let original = model(
        json!({
            "errors": [{ "shape": "Slow" }],
            "staticContextParams": { "P": { "value": "a" } },
        }),
        json!({
            "Slow": { "type": "structure", "exception": true, "error": { "httpStatusCode": 503 }, "members": {} },
            "In": { "type": "structure", "required": ["A"], "members": { "A": { "shape": "Names" } } },
            "Names": { "type": "list", "member": { "shape": "Name" }, "min": 1, "max": 2 },
            "Tags": { "type": "map", "key": { "shape": "Name" }, "value": { "shape": "Names" } },
            "Name": { "type": "string", "enum": ["a", "b"], "min": 0 },
            "Share": { "type": "double", "min": 0.5 },
        }),
    );
    read(&original);
    let paginators = json!({ "pagination": { "Op": { "input_token": "A", "output_token": "B" } } });
    let others = [
        json!(null),
        json!(true),
        json!(-1.5),
        json!(u64::MAX),
        json!(""),
        json!("🙂 \" \u{0}"),
        json!([[]]),
        json!({ "": {} }),
    ];
    let mut pointers = Vec::new();
    collect_pointers(&original, String::new(), &mut pointers);
    for pointer in &pointers {
        for other in &others {
            let mut mutated = original.clone();
            *mutated.pointer_mut(pointer).expect("a value") = other.clone();
            if let Err(errors) = Service::from_values("x", &mutated, Some(&paginators), None) {
                assert!(!errors.0.is_empty(), "an error without a report at {pointer}");
                assert!(
                    errors
                        .0
                        .iter()
                        .all(|it| it.path.starts_with('$') && !it.hint.is_empty())
                );
            }
        }
    }
}

fn collect_pointers(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                collect_pointers(value, format!("{pointer}/{key}"), pointers);
            }
        }
        Value::Array(array) => {
            for (index, value) in array.iter().enumerate() {
                collect_pointers(value, format!("{pointer}/{index}"), pointers);
            }
        }
        _ => {}
    }
    pointers.push(pointer);
}

#[test]
fn a_document_nested_too_deeply_is_an_error_and_not_a_stack_overflow() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("service.json"), "[".repeat(100_000)).expect("a file");
    let Errors(errors) = Service::load(dir.path()).expect_err("too deep");
    assert_eq!(errors.len(), 1);
    assert!(errors[0].message.contains("recursion limit"));
}

/// As deep as no stack is, where each structure is a call.
#[test]
fn a_long_chain_of_structures_that_require_the_next_is_read_and_planned() {
    const LENGTH: usize = 20_000;
    let mut shapes = serde_json::Map::new();
    for number in 0..LENGTH {
        let next = format!("Link{}", number + 1);
        shapes.insert(
            format!("Link{number}"),
            json!({ "type": "structure", "required": ["Next"], "members": { "Next": { "shape": next } } }),
        );
    }
    shapes.insert(format!("Link{LENGTH}"), json!({ "type": "structure", "members": {} }));
    let chain = json!({ "type": "structure", "required": ["First"], "members": { "First": { "shape": "Link0" } } });
    shapes.insert("In".to_owned(), chain);
    let service = read(&model(json!({}), shapes.into()));
    let plan = Plan::new(
        &service,
        &Placement::Crate,
        Fixups::of("unknown"),
        Default::default(),
        &Default::default(),
        "",
        "",
    );
    let plan = plan.unwrap_or_else(|errors| panic!("{errors}"));
    assert!(
        plan.operations[0]
            .usage
            .iter()
            .any(|line| line.contains("Link0::builder()"))
    );
    assert_eq!(plan.structures.len(), LENGTH + 1);
}
