//! A program that touches every operation, type, error and paginator that the official crate has, too.
//!
//! The tests compile it against both crates and compare what it sees. What our newer model has beyond the official
//! crate is left out, which the list of the official API says.

use crate::official::Official;
use askama::Template;
use cognito_codegen::plan::{EnumPlan, MemberPlan, OperationPlan, Plan, StructurePlan};
use std::collections::BTreeSet;

struct Structure {
    path: String,
    setters: Vec<String>,
    getters: Vec<String>,
    fallible: bool,
}

struct Enum {
    name: String,
    variants: Vec<(String, String)>,
}

struct Error {
    name: String,
    setters: Vec<String>,
}

struct Operation {
    module: String,
    error: String,
    input: Structure,
    output: Structure,
    /// Fields of the input, and the setters of the call.
    members: Vec<(String, String, String)>,
    variants: Vec<(String, String)>,
    paginator: bool,
    page_size: bool,
    items: bool,
}

#[derive(Template)]
#[template(path = "touch/types.rs.j2")]
struct TypesFile {
    structures: Vec<Structure>,
    enums: Vec<Enum>,
    newer: BTreeSet<String>,
}

#[derive(Template)]
#[template(path = "touch/errors.rs.j2")]
struct ErrorsFile {
    errors: Vec<Error>,
}

#[derive(Template)]
#[template(path = "touch/operations.rs.j2")]
struct OperationsFile {
    operations: Vec<Operation>,
}

/// The program's modules, by name.
pub(crate) fn touch(plan: &Plan, official: &Official<'_>) -> askama::Result<[(&'static str, String); 3]> {
    let structures = plan.structures.iter().filter_map(|item| {
        structure(
            official,
            item,
            &format!("types::{}", item.name),
            &format!("types::builders::{}", item.builder),
        )
    });
    let types = TypesFile {
        structures: structures.collect(),
        enums: plan
            .enums
            .iter()
            .filter_map(|item| enumeration(official, item))
            .collect(),
        newer: newer(plan, official),
    };
    let errors = ErrorsFile {
        errors: plan.errors.iter().filter_map(|item| error(official, item)).collect(),
    };
    let operations = OperationsFile {
        operations: plan
            .operations
            .iter()
            .filter_map(|item| operation(official, item))
            .collect(),
    };
    Ok([
        ("types", types.render()?),
        ("errors", errors.render()?),
        ("operations", operations.render()?),
    ])
}

fn structure(official: &Official<'_>, plan: &StructurePlan, path: &str, builder: &str) -> Option<Structure> {
    let build = official.fact(builder, "fn @::build(")?;
    let names = |name: fn(&MemberPlan) -> &String, owner: &str| {
        let names = plan
            .members
            .iter()
            .map(name)
            .filter(|name| official.has_method(owner, plain(name)));
        names.cloned().collect()
    };
    Some(Structure {
        path: path.to_owned(),
        setters: names(|member| &member.set, builder),
        getters: names(|member| &member.name, path),
        fallible: build.contains("-> Result<"),
    })
}

fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

fn enumeration(official: &Official<'_>, plan: &EnumPlan) -> Option<Enum> {
    let owner = format!("types::{}", plan.name);
    let known = plan
        .variants
        .iter()
        .filter(|variant| official.has_variant(&owner, &variant.name));
    let variants: Vec<_> = known
        .map(|variant| (variant.name.clone(), variant.literal.clone()))
        .collect();
    (!variants.is_empty()).then(|| Enum {
        name: plan.name.clone(),
        variants,
    })
}

fn error(official: &Official<'_>, plan: &StructurePlan) -> Option<Error> {
    let builder = format!("types::error::builders::{}", plan.builder);
    official.has(&builder).then(|| Error {
        name: plan.name.clone(),
        setters: plan
            .members
            .iter()
            .map(|m| m.set.clone())
            .filter(|set| official.has_method(&builder, set))
            .collect(),
    })
}

fn operation(official: &Official<'_>, plan: &OperationPlan) -> Option<Operation> {
    let module = format!("operation::{}", plain(&plan.module));
    let builders = format!("{module}::builders");
    let call = format!("{builders}::{}", plan.fluent_builder);
    official.has(&call).then_some(())?;
    let path = |name: &str| format!("{module}::{name}");
    let input = structure(
        official,
        &plan.input,
        &path(&plan.input.name),
        &format!("{builders}::{}", plan.input.builder),
    )?;
    let output = structure(
        official,
        &plan.output,
        &path(&plan.output.name),
        &format!("{builders}::{}", plan.output.builder),
    )?;
    let members = plan
        .input
        .members
        .iter()
        .filter(|member| official.has_method(&call, &member.set));
    let error = &plan.error;
    let variants = plan
        .errors
        .iter()
        .filter(|variant| official.has_method(&path(error), &variant.is_method));
    let paginator = format!("{module}::paginator::{}Paginator", plan.name);
    Some(Operation {
        module: plan.module.clone(),
        members: members
            .map(|member| (member.name.clone(), member.set.clone(), member.get.clone()))
            .collect(),
        variants: variants
            .map(|variant| (variant.name.clone(), variant.is_method.clone()))
            .collect(),
        paginator: official.has(&paginator),
        page_size: official.has_method(&paginator, "page_size"),
        items: official.has_method(&paginator, "items"),
        error: path(error),
        input,
        output,
    })
}

/// Members that the official crate doesn't have: its `Debug` can't print them.
fn newer(plan: &Plan, official: &Official<'_>) -> BTreeSet<String> {
    let of = |item: &StructurePlan, builder: String| {
        let known = official.has(&builder);
        let members = item
            .members
            .iter()
            .filter(|member| known && !official.has_method(&builder, &member.set));
        members.map(|member| plain(&member.name).to_owned()).collect::<Vec<_>>()
    };
    let mut names = BTreeSet::new();
    for item in &plan.structures {
        names.extend(of(item, format!("types::builders::{}", item.builder)));
    }
    for item in &plan.operations {
        let builders = format!("operation::{}::builders", plain(&item.module));
        names.extend(of(&item.input, format!("{builders}::{}", item.input.builder)));
        names.extend(of(&item.output, format!("{builders}::{}", item.output.builder)));
    }
    names
}
