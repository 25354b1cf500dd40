//! Secrets that the official crate shows, and ours doesn't.

/// A `Debug` text of the official crate with the members hidden that hold secrets which AWS's model doesn't mark.
pub fn hidden(text: &str) -> String {
    let mut members = vec!["provider_details: ", "confirmation_code: "];
    if text.contains("VerifyUserAttributeInput") {
        members.push(" code: ");
    }
    members
        .into_iter()
        .fold(text.to_owned(), |text, member| without(&text, member))
}

fn without(text: &str, member: &str) -> String {
    let mut parts = text.split(member);
    let mut hidden = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = &part[end_of_value(part)..];
        hidden = hidden + member + "\"*** Sensitive Data Redacted ***\"" + rest;
    }
    hidden
}

/// Where the first value of a `Debug` text ends.
fn end_of_value(text: &str) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '{' | '[' => depth += 1,
            ',' | ')' | '}' | ']' if depth == 0 => return text[..at].trim_end().len(),
            ')' | '}' | ']' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}
