//! The examples of operations: AWS's where there are some, laid out as rustfmt would.

mod support;

use cognito_codegen::example::Examples;
use cognito_codegen::generate::Repository;
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};
use support::repository;

/// Operations whose pages have no command that says it all: it reads a file.
const WITHOUT: [&str; 3] = [
    "SetRiskConfiguration",
    "UpdateIdentityProvider",
    "UpdateManagedLoginBranding",
];

#[test]
fn each_page_of_aws_becomes_an_example_with_its_answer() {
    let models = Repository::new(repository());
    for (service, least) in [("cognito-idp", 100), ("cognito-identity", 7)] {
        let folder = repository().join("model/awscli").join(service);
        let model = models.model(service).expect("a model");
        let examples = Examples::load(&folder, &model).expect("pages that fit the model");
        let mut shown = 0;
        for operation in model.operations.keys() {
            let found = examples.of(operation);
            shown += usize::from(!found.is_empty());
            assert!(
                found.is_empty() || !WITHOUT.contains(&operation.as_str()),
                "{operation} has an example now"
            );
            for example in found {
                assert!(example.input.is_object(), "{operation}");
            }
        }
        let pages = fs::read_dir(&folder).expect("a folder").count();
        let without = model
            .operations
            .keys()
            .filter(|name| WITHOUT.contains(&name.as_str()))
            .count();
        assert!(
            shown >= least && shown + without == pages,
            "{service}: {shown} of {pages}"
        );
        println!(
            "{service}: {shown} of {} operations have AWS's example",
            model.operations.len()
        );
    }
}

#[test]
fn examples_are_laid_out_as_rustfmt_lays_them_out() {
    let models = Repository::new(repository());
    let plan = models.plan("cognito-idp").expect("a plan");
    for operation in &plan.operations {
        let code: Vec<&str> = operation
            .usage
            .iter()
            .map(|line| line.trim_start_matches("///"))
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .skip_while(|line| !line.starts_with("```"))
            .skip(1)
            .take_while(|line| !line.starts_with("```"))
            .filter(|line| !line.starts_with("# "))
            .collect();
        let (uses, body): (Vec<&str>, Vec<&str>) = {
            let split = code
                .iter()
                .position(|line| line.is_empty())
                .filter(|_| code[0].starts_with("use "));
            let (uses, body) = code.split_at(split.map_or(0, |at| at + 1));
            (uses.to_vec(), body.to_vec())
        };
        let body: String = body
            .iter()
            .map(|line| {
                if line.is_empty() {
                    "\n".to_owned()
                } else {
                    format!("    {line}\n")
                }
            })
            .collect();
        let uses: String = uses.iter().map(|line| format!("{line}\n")).collect();
        let program = format!("{uses}async fn example() {{\n{body}}}\n");
        let mut rustfmt = Command::new("rustfmt")
            .args(["--edition", "2024", "--config", "max_width=100,fn_call_width=100"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("rustfmt");
        let mut stdin = rustfmt.stdin.take().expect("a pipe");
        stdin.write_all(program.as_bytes()).expect("rustfmt reads");
        drop(stdin);
        let output = rustfmt.wait_with_output().expect("rustfmt");
        assert!(output.status.success(), "{program}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), program, "{}", operation.wire);
    }
}
