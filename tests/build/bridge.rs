//! Calls of the macros in `tests/bridge`, one for each type of a plan: with them a test makes values of any type from
//! JSON, and JSON from values, without serde, which it is there to test.

use cognito_codegen::plan::{Mode, OperationPlan, Plan, StructurePlan};
use std::fmt::Write;

/// What the official crate's model, an older one, doesn't have yet: operations.
const NEW_OPERATIONS: &[&str] = &[
    "AdminListUserSessions",
    "AdminRevokeUserSession",
    "GetDerivedToken",
    "GetUserPoolClientSessionConfiguration",
    "GetUserPoolSessionConfiguration",
    "ListUserSessions",
    "RevokeUserSession",
    "SetUserPoolClientSessionConfiguration",
    "SetUserPoolSessionConfiguration",
];

/// What the official crate's model doesn't have yet: members, by structure.
const NEW_MEMBERS: &[(&str, &str)] = &[
    ("CreateUserPoolRequest", "DcrConfiguration"),
    ("ListUserPoolClientsRequest", "ClientType"),
    ("ResourceServerType", "ManagedBy"),
    ("RevokeTokenRequest", "RevokeAssociatedSessions"),
    ("UpdateUserPoolRequest", "DcrConfiguration"),
    ("UserPoolClientType", "ClientType"),
    ("UserPoolType", "DcrConfiguration"),
];

/// What the official crate's model doesn't have yet: structures and enums.
const NEW_TYPES: &[&str] = &[
    "ClientSsoSessionConfigType",
    "ClientTypeType",
    "DcrConfigurationType",
    "IssuedTokenTypeIdentifierType",
    "OAuthTokenTypeType",
    "ResourceServerManagedByType",
    "RevokeAssociatedSessionsType",
    "SessionDescriptionType",
    "SessionLocationType",
    "SessionTypeType",
    "TokenTypeIdentifierType",
    "UserPoolTokenSessionConfigType",
    "UserSessionTrackingType",
];

/// What the official crate's model doesn't have yet: values, by enum.
const NEW_VALUES: &[(&str, &str)] = &[
    ("ExplicitAuthFlowsType", "ALLOW_TOKEN_EXCHANGE_DELEGATION"),
    ("ExplicitAuthFlowsType", "ALLOW_TOKEN_EXCHANGE_IMPERSONATION"),
];

/// `FromValue` of all inputs, structures, unions and enums.
pub(crate) fn inputs(plan: &Plan, path: &str) -> String {
    let mut text = nested(plan, path, &[], &|_, _| true);
    for operation in &plan.operations {
        let path = format!("{path}::operation::{}", operation.module);
        push_input(&mut text, &operation.input, &path, "fallible", &|_, _| true);
    }
    text
}

fn nested(plan: &Plan, path: &str, but: &[&str], keep: &dyn Fn(&StructurePlan, &str) -> bool) -> String {
    let mut text = String::new();
    for item in plan.enums.iter().filter(|item| !but.contains(&item.name.as_str())) {
        push(&mut text, format_args!("from_enum!({path}::types::{});", item.name));
    }
    for structure in plan
        .structures
        .iter()
        .filter(|structure| !but.contains(&structure.name.as_str()))
    {
        let build = if structure.mode == Mode::Required {
            "fallible"
        } else {
            "infallible"
        };
        push_input(&mut text, structure, &format!("{path}::types"), build, keep);
    }
    for union in &plan.unions {
        let variants: String = union
            .variants
            .iter()
            .map(|variant| format!(" {} {:?},", variant.name, variant.wire))
            .collect();
        push(
            &mut text,
            format_args!("from_union!({path}::types::{} {{{variants} }});", union.name),
        );
    }
    text
}

fn push_input(
    text: &mut String,
    structure: &StructurePlan,
    path: &str,
    build: &str,
    keep: &dyn Fn(&StructurePlan, &str) -> bool,
) {
    let members: String = structure
        .members
        .iter()
        .filter(|member| keep(structure, &member.wire))
        .map(|member| format!(" {} {:?},", member.set, member.wire))
        .collect();
    push(
        text,
        format_args!("from_structure!({path}::{}, {build} {{{members} }});", structure.name),
    );
}

/// `ToValue` of all outputs, errors, structures, unions and enums.
pub(crate) fn outputs(plan: &Plan, path: &str) -> String {
    let mut text = String::new();
    for item in &plan.enums {
        push(&mut text, format_args!("to_enum!({path}::types::{});", item.name));
    }
    for structure in &plan.structures {
        push_output(&mut text, structure, &format!("{path}::types"));
    }
    for union in &plan.unions {
        let variants: String = union
            .variants
            .iter()
            .map(|variant| format!(" {} {:?},", variant.name, variant.wire))
            .collect();
        push(
            &mut text,
            format_args!("to_union!({path}::types::{} {{{variants} }});", union.name),
        );
    }
    for error in &plan.errors {
        push_output(&mut text, error, &format!("{path}::types::error"));
    }
    for operation in &plan.operations {
        let path = format!("{path}::operation::{}", operation.module);
        push_output(&mut text, &operation.output, &path);
        let errors: String = operation
            .errors
            .iter()
            .map(|error| format!(" {},", error.name))
            .collect();
        push(
            &mut text,
            format_args!("to_error!({path}::{} {{{errors} }});", operation.error),
        );
    }
    text
}

fn push_output(text: &mut String, structure: &StructurePlan, path: &str) {
    let members: String = structure
        .members
        .iter()
        .map(|member| format!(" {} {:?},", member.name, member.wire))
        .collect();
    push(
        text,
        format_args!("to_structure!({path}::{} {{{members} }});", structure.name),
    );
}

/// What both crates compile: how to make the inputs, a call for each operation, and the values of the enums.
pub(crate) fn differential(plan: &Plan) -> String {
    let known = |structure: &StructurePlan, member: &str| !NEW_MEMBERS.contains(&(structure.wire.as_str(), member));
    let shared: Vec<&OperationPlan> = plan
        .operations
        .iter()
        .filter(|operation| !NEW_OPERATIONS.contains(&operation.wire.as_str()))
        .collect();
    let mut text = nested(plan, "krate", NEW_TYPES, &known);
    for operation in &shared {
        let path = format!("krate::operation::{}", operation.module);
        let members: String = operation
            .input
            .members
            .iter()
            .filter(|member| known(&operation.input, &member.wire))
            .map(|member| format!(" {} {:?},", member.set, member.wire))
            .collect();
        push(
            &mut text,
            format_args!(
                "call!({}, {path}::builders::{} {{{members} }});",
                operation.module, operation.input.builder
            ),
        );
    }
    text.push_str("pub(crate) static OPERATIONS: &[(&str, Call)] = &[\n");
    for operation in &shared {
        push(
            &mut text,
            format_args!("    ({:?}, {}),", operation.wire, operation.module),
        );
    }
    text.push_str("];\npub(crate) static ENUMS: &[(&str, Values)] = &[\n");
    for item in plan
        .enums
        .iter()
        .filter(|item| !NEW_TYPES.contains(&item.name.as_str()))
    {
        push(
            &mut text,
            format_args!("    ({:?}, krate::types::{}::values),", item.name, item.name),
        );
    }
    text.push_str("];\n");
    text
}

/// What the official crate's model doesn't have yet, for the differential tests to leave out.
pub(crate) fn newer(plan: &Plan) -> String {
    let mut text = format!("pub(crate) static NEW_OPERATIONS: &[&str] = &{NEW_OPERATIONS:?};\n");
    let _ = writeln!(
        text,
        "pub(crate) static NEW_MEMBERS: &[(&str, &str)] = &{NEW_MEMBERS:?};"
    );
    let _ = writeln!(text, "pub(crate) static NEW_VALUES: &[(&str, &str)] = &{NEW_VALUES:?};");
    let _ = writeln!(text, "pub(crate) static NEW_TYPES: &[&str] = &{NEW_TYPES:?};");
    let inputs_and_outputs = plan
        .operations
        .iter()
        .flat_map(|operation| [&operation.input, &operation.output]);
    let fields: Vec<&str> = inputs_and_outputs
        .chain(&plan.structures)
        .flat_map(|structure| structure.members.iter().map(move |member| (structure, member)))
        .filter(|(structure, member)| NEW_MEMBERS.contains(&(structure.wire.as_str(), member.wire.as_str())))
        .map(|(_, member)| member.name.as_str())
        .collect();
    let _ = writeln!(text, "pub(crate) static NEW_FIELDS: &[&str] = &{fields:?};");
    text
}

/// A table of all operations: name, and how to check one.
pub(crate) fn operations(plan: &Plan) -> String {
    let mut text = String::from("pub(crate) static OPERATIONS: &[(&str, Check)] = &[\n");
    for operation in &plan.operations {
        let path = format!("{}::operation::{}::{}", plan.lib, operation.module, operation.name);
        push(&mut text, format_args!("    ({:?}, check::<{path}>),", operation.wire));
    }
    text.push_str("];\n");
    text
}

/// A table of all types that have members: shape, and how to inspect one.
pub(crate) fn types(plan: &Plan) -> String {
    let mut text = String::from("pub(crate) static TYPES: &[(&str, Inspect)] = &[\n");
    let path = format!("{}::types", plan.lib);
    let structures = plan
        .structures
        .iter()
        .map(|item| (&item.wire, format!("{path}::{}", item.name)));
    let unions = plan
        .unions
        .iter()
        .map(|item| (&item.wire, format!("{path}::{}", item.name)));
    let errors = plan
        .errors
        .iter()
        .map(|item| (&item.wire, format!("{path}::error::{}", item.name)));
    let operations = plan.operations.iter().flat_map(|operation| {
        [&operation.input, &operation.output].map(|item| {
            (
                &item.wire,
                format!("{}::operation::{}::{}", plan.lib, operation.module, item.name),
            )
        })
    });
    for (wire, path) in structures.chain(unions).chain(errors).chain(operations) {
        push(&mut text, format_args!("    ({wire:?}, inspect::<{path}>),"));
    }
    text.push_str("];\n");
    text
}

fn push(text: &mut String, line: std::fmt::Arguments<'_>) {
    let _ = writeln!(text, "{line}");
}
