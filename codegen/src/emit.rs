//! Renders a plan: a template for each kind of file, whose tree mirrors the output's.

#[allow(unreachable_pub, reason = "askama's macro makes public types of the filters")]
mod filters;

use crate::plan::{ConstraintsPlan, EnumPlan, OperationPlan, Plan, StructurePlan, UnionPlan};
use askama::Template;
use std::collections::BTreeMap;

/// The files of a crate, by path inside of it.
pub type Files = BTreeMap<String, String>;

/// A file that is made of the whole plan.
macro_rules! crate_files {
    ($($name:ident: $path:literal;)*) => {
        $(
            #[derive(Template)]
            #[template(path = $path)]
            struct $name<'a> {
                plan: &'a Plan,
            }
        )*
    };
}

crate_files! {
    Manifest: "Cargo.toml.j2";
    Readme: "README.md.j2";
    Notice: "NOTICE.j2";
    Lib: "src/lib.rs.j2";
    ServerFile: "src/server.rs.j2";
    ServiceFile: "src/service.rs.j2";
    BuilderFile: "src/builder.rs.j2";
    ClientFile: "src/client.rs.j2";
    ConfigFile: "src/config.rs.j2";
    EndpointFile: "src/config/endpoint.rs.j2";
    ErrorFile: "src/error.rs.j2";
    OperationsFile: "src/operation.rs.j2";
    TypesFile: "src/types.rs.j2";
    TypeErrorsFile: "src/types/error.rs.j2";
}

/// A file that is made of the constraints.
macro_rules! constraint_files {
    ($($name:ident: $path:literal;)*) => {
        $(
            #[derive(Template)]
            #[template(path = $path)]
            struct $name<'a> {
                constraints: &'a ConstraintsPlan,
            }
        )*
    };
}

constraint_files! {
    ValidationFile: "src/validation.rs.j2";
    ConstraintsFile: "src/constraints.rs.j2";
    ConstraintsText: "src/constraints.txt.j2";
}

#[derive(Template)]
#[template(path = "src/meta.rs.j2")]
struct MetaFile;

#[derive(Template)]
#[template(path = "src/primitives.rs.j2")]
struct PrimitivesFile;

#[derive(Template)]
#[template(path = "src/operation/operation.rs.j2")]
struct OperationFile<'a> {
    plan: &'a Plan,
    op: &'a OperationPlan,
}

#[derive(Template)]
#[template(path = "src/types/structure.rs.j2")]
struct StructureFile<'a> {
    plan: &'a Plan,
    structure: &'a StructurePlan,
}

#[derive(Template)]
#[template(path = "src/types/enum.rs.j2")]
struct EnumFile<'a> {
    item: &'a EnumPlan,
}

#[derive(Template)]
#[template(path = "src/types/union.rs.j2")]
struct UnionFile<'a> {
    item: &'a UnionPlan,
}

/// The licence of what is generated: this package's own.
const LICENSE: &str = include_str!("../LICENSE");

/// Renders all files of a crate, which rustfmt is still to format.
///
/// # Errors
/// A template is broken.
pub fn emit(plan: &Plan) -> askama::Result<Files> {
    let mut files = Files::new();
    let mut add = |path: &str, template: &dyn askama::DynTemplate| -> askama::Result<()> {
        let text = template.dyn_render()?;
        files.insert(path.to_owned(), finish(path, &text));
        Ok(())
    };
    add("Cargo.toml", &Manifest { plan })?;
    add("README.md", &Readme { plan })?;
    add("NOTICE", &Notice { plan })?;
    add("src/lib.rs", &Lib { plan })?;
    add("src/service.rs", &ServiceFile { plan })?;
    add("src/builder.rs", &BuilderFile { plan })?;
    add("src/client.rs", &ClientFile { plan })?;
    add("src/config.rs", &ConfigFile { plan })?;
    add("src/config/endpoint.rs", &EndpointFile { plan })?;
    add("src/error.rs", &ErrorFile { plan })?;
    add("src/meta.rs", &MetaFile)?;
    add("src/primitives.rs", &PrimitivesFile)?;
    add("src/operation.rs", &OperationsFile { plan })?;
    add("src/types.rs", &TypesFile { plan })?;
    add("src/types/error.rs", &TypeErrorsFile { plan })?;
    if let Some(constraints) = &plan.constraints {
        add("src/validation.rs", &ValidationFile { constraints })?;
        add("src/constraints.rs", &ConstraintsFile { constraints })?;
        add("src/constraints.txt", &ConstraintsText { constraints })?;
    }
    if plan.has_server {
        add("src/server.rs", &ServerFile { plan })?;
    }
    for op in &plan.operations {
        add(&format!("src/operation/{}.rs", op.file), &OperationFile { plan, op })?;
    }
    for structure in &plan.structures {
        add(
            &format!("src/types/{}.rs", structure.file),
            &StructureFile { plan, structure },
        )?;
    }
    for item in &plan.enums {
        add(&format!("src/types/{}.rs", item.file), &EnumFile { item })?;
    }
    for item in &plan.unions {
        add(&format!("src/types/{}.rs", item.file), &UnionFile { item })?;
    }
    files.insert("LICENSE".to_owned(), LICENSE.to_owned());
    let rules = "src/config/endpoint/rules.rs";
    files.insert(rules.to_owned(), finish(rules, &plan.endpoint.render_rules()?));
    if let Some(partitions) = plan.endpoint.render_partitions()? {
        let path = "src/config/endpoint/partitions.rs";
        files.insert(path.to_owned(), finish(path, &partitions));
    }
    Ok(files)
}

/// Renders the service as a module of another crate.
///
/// # Errors
/// A template is broken.
pub fn emit_module(plan: &Plan) -> askama::Result<Files> {
    Ok(as_module(emit(plan)?))
}

/// The files of a crate as those of a module: what it has in `src/`, with `mod.rs` for `lib.rs`.
pub fn as_module(files: Files) -> Files {
    let sources = files
        .into_iter()
        .filter_map(|(path, text)| Some((path.strip_prefix("src/")?.to_owned(), text)));
    sources
        .map(|(path, text)| (if path == "lib.rs" { "mod.rs".to_owned() } else { path }, text))
        .collect()
}

/// The first line of a generated file, after the comment sign.
pub const MARK: &str = " Generated by cognito-codegen.";

/// Adds the mark of a generated file, and one line break at the end.
fn finish(path: &str, text: &str) -> String {
    let mark = if path.ends_with(".rs") {
        format!("//{MARK} Change the generator, not this file.\n\n")
    } else {
        String::new()
    };
    format!("{mark}{}\n", text.trim())
}
