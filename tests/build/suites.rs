//! AWS's protocol suites, each as a module of generated code.

use crate::bridge;
use anyhow::Context;
use cognito_codegen::emit;
use cognito_codegen::generate::{GenerateError, Repository};
use cognito_codegen::model::Service;
use cognito_codegen::output;
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The files of suites. What is in the last folder is ours: cases for what AWS's suites leave out.
const FILES: [&str; 6] = [
    "protocol/input/json",
    "protocol/input/json_1_0",
    "protocol/output/json",
    "protocol/output/json_1_0",
    "protocol-ours/input",
    "protocol-ours/output",
];

/// Writes `protocol.rs` and the modules that it names.
pub(crate) fn generate(repository: &Repository, data: &Path, out: &Path) -> anyhow::Result<()> {
    let (mut modules, mut suites, mut refused) = (String::new(), String::new(), String::new());
    for file in FILES {
        let path = data.join(file).with_extension("json");
        let text = fs::read(&path).with_context(|| path.display().to_string())?;
        let list: Vec<Value> = serde_json::from_slice(&text).with_context(|| path.display().to_string())?;
        for (index, suite) in list.iter().enumerate() {
            let module = format!("{}_{index}", file.replace(['/', '-'], "_"));
            let service = service(&module, suite).with_context(|| format!("{file}, suite {index}"))?;
            let plan = match repository.plan_module(&service, &format!("crate::suites::{module}")) {
                Ok(plan) => plan,
                Err(GenerateError::Model(errors)) => {
                    writeln!(refused, "    ({file:?}, {index}, {:?}),", errors.to_string())?;
                    continue;
                }
                Err(other) => return Err(other).with_context(|| format!("{file}, suite {index}")),
            };
            let folder = out.join("protocol").join(&module);
            output::write(&folder, &emit::emit_module(&plan)?)?;
            writeln!(modules, "#[path = {:?}]\npub mod {module};", folder.join("mod.rs"))?;
            let path = format!("crate::suites::{module}");
            modules.push_str(&bridge::inputs(&plan, &path));
            modules.push_str(&bridge::outputs(&plan, &path));
            let operation = &plan.operations[0];
            let call = format!("call::<{path}::operation::{}::{}>", operation.module, operation.name);
            writeln!(suites, "    Suite {{ file: {file:?}, index: {index}, call: {call} }},")?;
        }
    }
    let text = format!(
        "{modules}\n/// The suites that were generated.\npub static SUITES: &[Suite] = &[\n{suites}];\n\
         /// The suites that the generator refuses, with its reason.\n\
         pub static REFUSED: &[(&str, usize, &str)] = &[\n{refused}];\n"
    );
    Ok(fs::write(out.join("protocol.rs"), text)?)
}

/// A service with the suite's operation. Suites leave out what doesn't matter to them.
fn service(name: &str, suite: &Value) -> anyhow::Result<Service> {
    let mut metadata = suite["metadata"].as_object().context("`metadata` is missing")?.clone();
    for key in ["serviceId", "endpointPrefix", "serviceFullName"] {
        metadata.entry(key).or_insert_with(|| json!("Protocol"));
    }
    metadata.entry("signatureVersion").or_insert_with(|| json!("v4"));
    let cases = suite["cases"].as_array().context("`cases` is missing")?;
    let operation = &cases.first().context("there is no case")?["given"];
    anyhow::ensure!(
        cases.iter().all(|case| case["given"] == *operation),
        "the cases have several operations"
    );
    let operations: Map<String, Value> = [(
        operation["name"].as_str().context("`name` is missing")?.to_owned(),
        operation.clone(),
    )]
    .into_iter()
    .collect();
    let model = json!({ "metadata": metadata, "operations": operations, "shapes": suite["shapes"] });
    let endpoint = json!({
        "version": "1.0",
        "parameters": {
            "Endpoint": {
                "builtIn": "SDK::Endpoint", "required": true, "type": "string",
                "documentation": "Where the service is.",
            },
        },
        "rules": [{
            "conditions": [],
            "endpoint": { "url": { "ref": "Endpoint" }, "properties": {}, "headers": {} },
            "type": "endpoint",
        }],
    });
    Ok(Service::from_values(name, &model, None, Some(endpoint))?)
}
