//! Calls of the macros in `tests/bridge`, one for each type of a plan: with them a test makes values of any type from
//! JSON, and JSON from values, without serde, which it is there to test.

use crate::official::Official;
use cognito_codegen::plan::{Mode, OperationPlan, Plan, StructurePlan};
use std::collections::BTreeSet;
use std::fmt::Write;

/// What our model has and the official crate, made from an older one, has not: the list of its API says so.
pub(crate) struct Newer {
    /// Operations.
    operations: BTreeSet<String>,
    /// Structures and enums, by their Rust names.
    types: BTreeSet<String>,
    /// Members, by structure: the names on the wire.
    members: BTreeSet<(String, String)>,
    /// Values, by enum.
    values: BTreeSet<(String, String)>,
    /// The members' Rust names.
    fields: BTreeSet<String>,
}

impl Newer {
    pub(crate) fn new(plan: &Plan, official: &Official<'_>) -> Self {
        let mut newer = Self {
            operations: BTreeSet::new(),
            types: BTreeSet::new(),
            members: BTreeSet::new(),
            values: BTreeSet::new(),
            fields: BTreeSet::new(),
        };
        for operation in &plan.operations {
            let module = format!("operation::{}", operation.module);
            if official.has(&format!("{module}::{}", operation.name)) {
                let builders = format!("{module}::builders");
                newer.members_of(&operation.input, &builders, official);
                newer.members_of(&operation.output, &builders, official);
            } else {
                newer.operations.insert(operation.wire.clone());
            }
        }
        for structure in &plan.structures {
            if official.has(&format!("types::{}", structure.name)) {
                newer.members_of(structure, "types::builders", official);
            } else {
                newer.types.insert(structure.name.clone());
            }
        }
        for item in &plan.enums {
            let owner = format!("types::{}", item.name);
            if !official.has(&owner) {
                newer.types.insert(item.name.clone());
                continue;
            }
            let unknown = item
                .variants
                .iter()
                .filter(|variant| !official.has_variant(&owner, &variant.name));
            for variant in unknown {
                let value = variant.literal.trim_matches('"').to_owned();
                newer.values.insert((item.name.clone(), value));
            }
        }
        newer
    }

    fn members_of(&mut self, structure: &StructurePlan, builders: &str, official: &Official<'_>) {
        let builder = format!("{builders}::{}", structure.builder);
        let unknown = structure
            .members
            .iter()
            .filter(|member| !official.has_method(&builder, &member.set));
        for member in unknown {
            self.members.insert((structure.wire.clone(), member.wire.clone()));
            self.fields.insert(member.name.clone());
        }
    }

    fn has_member(&self, structure: &StructurePlan, wire: &str) -> bool {
        self.members.contains(&(structure.wire.clone(), wire.to_owned()))
    }

    /// Tables for the differential tests, which leave these out.
    pub(crate) fn tables(&self) -> String {
        let Self {
            operations,
            types,
            members,
            values,
            fields,
        } = self;
        let list = |items: &BTreeSet<String>| format!("&{:?}", items.iter().collect::<Vec<_>>());
        let pairs = |items: &BTreeSet<(String, String)>| format!("&{:?}", items.iter().collect::<Vec<_>>());
        let mut text = String::new();
        for (name, kind, value) in [
            ("NEW_OPERATIONS", "&str", list(operations)),
            ("NEW_TYPES", "&str", list(types)),
            ("NEW_FIELDS", "&str", list(fields)),
            ("NEW_MEMBERS", "(&str, &str)", pairs(members)),
            ("NEW_VALUES", "(&str, &str)", pairs(values)),
        ] {
            push(
                &mut text,
                format_args!("pub(crate) static {name}: &[{kind}] = {value};"),
            );
        }
        text
    }
}

/// `FromValue` of all inputs, structures, unions and enums.
pub(crate) fn inputs(plan: &Plan, path: &str) -> String {
    let mut text = nested(plan, path, &BTreeSet::new(), &|_, _| true);
    for operation in &plan.operations {
        let path = format!("{path}::operation::{}", operation.module);
        push_input(&mut text, &operation.input, &path, "fallible", &|_, _| true);
    }
    text
}

fn nested(plan: &Plan, path: &str, but: &BTreeSet<String>, keep: &dyn Fn(&StructurePlan, &str) -> bool) -> String {
    let mut text = String::new();
    for item in plan.enums.iter().filter(|item| !but.contains(&item.name)) {
        push(&mut text, format_args!("from_enum!({path}::types::{});", item.name));
    }
    for structure in plan
        .structures
        .iter()
        .filter(|structure| !but.contains(&structure.name))
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
pub(crate) fn differential(plan: &Plan, newer: &Newer) -> String {
    let known = |structure: &StructurePlan, member: &str| !newer.has_member(structure, member);
    let shared: Vec<&OperationPlan> = plan
        .operations
        .iter()
        .filter(|operation| !newer.operations.contains(&operation.wire))
        .collect();
    let mut text = nested(plan, "krate", &newer.types, &known);
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
    for item in plan.enums.iter().filter(|item| !newer.types.contains(&item.name)) {
        push(
            &mut text,
            format_args!("    ({:?}, krate::types::{}::values),", item.name, item.name),
        );
    }
    text.push_str("];\n");
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
