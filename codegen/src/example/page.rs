//! Commands and answers in a page of the AWS CLI's documentation, which is reStructuredText.

use serde_json::Value;

/// A command of a page.
#[derive(Debug, PartialEq)]
pub(super) struct Entry {
    /// The title above it.
    pub(super) title: String,
    /// The command, as words of a shell.
    pub(super) command: Vec<String>,
    /// What the CLI prints.
    pub(super) answer: Option<Value>,
}

/// The name of an operation's page and command: `AdminCreateUser` is `admin-create-user`.
pub(super) fn file_stem(operation: &str) -> String {
    let chars: Vec<char> = operation.chars().collect();
    let mut stem = String::new();
    for (index, c) in chars.iter().enumerate() {
        // Capitals in a row are one word (`CreateUserPoolMFA`), up to the one that begins the next (`UICustomization`).
        let begins = c.is_uppercase()
            && index > 0
            && (!chars[index - 1].is_uppercase() || chars.get(index + 1).is_some_and(|next| next.is_lowercase()));
        if begins {
            stem.push('-');
        }
        stem.extend(c.to_lowercase());
    }
    stem
}

/// The commands of a page that call `operation`.
pub(super) fn entries(text: &str, operation: &str) -> Vec<Entry> {
    let stem = file_stem(operation);
    let mut entries: Vec<Entry> = Vec::new();
    let mut title = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(heading) = line
            .strip_prefix("**")
            .and_then(|rest| rest.trim_end().strip_suffix("**"))
        {
            title = heading_text(heading);
        }
        if is_command(line, &stem) {
            let mut command = line.trim().to_owned();
            while let Some(next) = lines.next_if(|next| is_indented(next)) {
                command = format!("{} {}", command.trim_end_matches('\\'), next.trim());
            }
            if let Ok(words) = shell_words::split(command.trim_end_matches('\\')) {
                entries.push(Entry {
                    title: title.clone(),
                    command: words.into_iter().skip(3).collect(),
                    answer: None,
                });
            }
        } else if line.starts_with("Output") && line.trim_end().ends_with("::") {
            let mut block = String::new();
            while let Some(next) = lines.next_if(|next| next.trim().is_empty() || is_indented(next)) {
                block.push_str(next);
                block.push('\n');
            }
            if let Some(entry) = entries.last_mut() {
                entry.answer = serde_json::from_str(&block).ok();
            }
        }
    }
    entries
}

fn is_indented(line: &str) -> bool {
    line.starts_with([' ', '\t']) && !line.trim().is_empty()
}

fn is_command(line: &str, stem: &str) -> bool {
    let mut words = line.split_whitespace();
    is_indented(line)
        && words.next() == Some("aws")
        && words.next().is_some_and(|word| word.starts_with("cognito-"))
        && words.next() == Some(stem)
}

/// `Example 1: To list users` → `To list users`.
fn heading_text(heading: &str) -> String {
    match heading.split_once(": ") {
        Some((number, text)) if number.starts_with("Example") => text.to_owned(),
        _ => heading.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{entries, file_stem};
    use serde_json::json;

    #[test]
    fn an_operation_has_the_cli_s_name() {
        assert_eq!(file_stem("AdminCreateUser"), "admin-create-user");
        assert_eq!(file_stem("SetUICustomization"), "set-ui-customization");
        assert_eq!(file_stem("GetUserPoolMfaConfig"), "get-user-pool-mfa-config");
        assert_eq!(file_stem("StartWebAuthnRegistration"), "start-web-authn-registration");
        assert_eq!(file_stem("GetCSVHeader"), "get-csv-header");
    }

    #[test]
    fn a_page_has_titles_commands_and_answers() {
        let page = "**Example 1: To list users**\n\nText ``aws cognito-idp list-users``. ::\n\n    aws cognito-idp list-users \\\n        \
                    --user-pool-id a \\\n        --filter email^=\\\"x\\\"\n\nOutput::\n\n    {\"Users\": []}\n\nMore.\n";
        let found = entries(page, "ListUsers");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].title, "To list users");
        assert_eq!(found[0].command, ["--user-pool-id", "a", "--filter", "email^=\"x\""]);
        assert_eq!(found[0].answer, Some(json!({"Users": []})));
    }

    #[test]
    fn a_command_goes_on_without_backslashes_as_some_pages_have_it() {
        let page = "    aws cognito-idp list-users \n        --user-pool-id a \n        --limit 1\n";
        assert_eq!(
            entries(page, "ListUsers")[0].command,
            ["--user-pool-id", "a", "--limit", "1"]
        );
    }
}
