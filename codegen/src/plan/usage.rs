//! What the client's method of an operation tells: parameters, answer, errors and an example.

use super::docs::comment;
use super::own_names::Names;
use super::{MemberPlan, StructurePlan};
use crate::names;

/// An operation.
pub(super) struct Subject<'a> {
    pub(super) names: &'a Names,
    pub(super) input: &'a StructurePlan,
    /// The path of the crate or module that holds everything.
    pub(super) root: &'a str,
    pub(super) has_errors: bool,
    /// Its example, as lines of documentation.
    pub(super) example: Vec<String>,
}

/// The lines of documentation, to be written after what the operation does.
pub(super) fn plan(subject: &Subject<'_>) -> Vec<String> {
    let (required, optional): (Vec<_>, Vec<_>) = subject.input.members.iter().partition(|member| member.required);
    let mut lines = Vec::new();
    if !subject.input.members.is_empty() {
        lines.extend([String::new(), "# Parameters".to_owned(), String::new()]);
        lines.extend(required.into_iter().chain(optional).map(parameter));
    }
    lines.extend([
        String::new(),
        format!(
            "[`{}`] explains the parameters, and [`{}`] the output.",
            subject.names.input, subject.names.output
        ),
        String::new(),
        "# Errors".to_owned(),
        String::new(),
        if subject.has_errors {
            format!(
                "`send` fails with [`{}`], as an [`SdkError`]({}::error::SdkError).",
                subject.names.error, subject.root
            )
        } else {
            format!("`send` fails with an [`SdkError`]({}::error::SdkError).", subject.root)
        },
    ]);
    let mut lines = comment(lines);
    lines.extend(subject.example.iter().cloned());
    lines
}

/// `- `name`: Required. 1 to 128 characters.`
fn parameter(member: &MemberPlan) -> String {
    let name = names::stem(&member.name);
    match &member.constraints {
        None => format!("- `{name}`"),
        Some(constraints) => format!("- `{name}`: {constraints}"),
    }
}
