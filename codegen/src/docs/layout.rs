//! The lines of a Markdown text: blank lines, prefixes of lists and quotes, and where to wrap.

use super::inline;

/// The columns of a line, so that a field's documentation, indented by four after `/// `, ends before column 100.
const WIDTH: usize = 92;

/// Trims each line's end and leaves one blank line where there are several.
pub(super) fn normalize(markdown: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in markdown.lines().map(str::trim_end) {
        let repeated = line.is_empty() && lines.last().is_none_or(|last| last.is_empty());
        if !repeated {
            lines.push(line);
        }
    }
    let text = lines.join("\n");
    text.trim().to_owned()
}

/// Indents every line but the first.
pub(super) fn indent(content: &str, by: usize) -> String {
    let mut lines = content.lines();
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |text, line| {
        let by = if line.is_empty() { 0 } else { by };
        format!("{text}\n{:by$}{line}", "")
    })
}

/// Whether the text starts with a list, a quote, a heading, a table or a code block.
pub(super) fn starts_block(content: &str) -> bool {
    let marker = prefix_len(content) > 0;
    marker || ["#", "|", "```"].iter().any(|start| content.starts_with(start))
}

/// Whether the line is anything but a line of a paragraph. A line of nothing but bold text counts as a title.
pub(super) fn is_structured(line: &str) -> bool {
    let title = line.starts_with("**") && line.ends_with("**") && line.matches("**").count() == 2;
    title || line.starts_with(' ') || starts_block(line)
}

/// What stands after the prefixes of lists and quotes.
pub(super) fn content(line: &str) -> &str {
    &line[Prefix::of(line).len..]
}

/// Wraps every paragraph.
pub(super) fn wrap(markdown: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    // What ends the block of code that the line is in.
    let mut fence: Option<&str> = None;
    for line in markdown.lines() {
        let prefix = Prefix::of(line);
        let content = &line[prefix.len..];
        if let Some(end) = fence {
            lines.push(line.to_owned());
            fence = (content != end).then_some(end);
        } else if content.starts_with("```") {
            lines.push(line.to_owned());
            fence = Some(content.trim_end_matches(|c| c != '`'));
        } else if content.starts_with('|') {
            // A vertical bar in a cell. In code, the name of a character means nothing.
            lines.push(line.replace("&#124;", "\\|"));
        } else if content.starts_with('#') {
            lines.push(line.to_owned());
        } else {
            fill(&mut lines, &line[..prefix.len], &prefix.next, content);
        }
    }
    lines.join("\n")
}

/// Appends a paragraph, broken between words. A word that would start a block at the beginning of a line stays
/// with the word before.
fn fill(lines: &mut Vec<String>, first: &str, next: &str, paragraph: &str) {
    let mut line = first.to_owned();
    let mut width = first.chars().count();
    let mut empty = true;
    for word in inline::words(paragraph) {
        let word_width = word.chars().count();
        if !empty && width + 1 + word_width > WIDTH && !would_start_block(&word) {
            lines.push(std::mem::replace(&mut line, next.to_owned()));
            width = next.chars().count();
            empty = true;
        }
        if !empty {
            line.push(' ');
            width += 1;
        }
        line.push_str(&word);
        width += word_width;
        empty = false;
    }
    lines.push(line.trim_end().to_owned());
}

fn would_start_block(word: &str) -> bool {
    let number = word.trim_end_matches(['.', ')']);
    word.starts_with(['>', '|', '~'])
        || word.starts_with("```")
        || word.chars().all(|c| matches!(c, '-' | '+' | '*' | '#' | '='))
        || (number.len() < word.len() && number.chars().all(|c| c.is_ascii_digit()))
}

/// What stands before the text of a line, in a list or a quote.
struct Prefix {
    len: usize,
    /// What stands before the following lines of the same paragraph.
    next: String,
}

impl Prefix {
    fn of(line: &str) -> Self {
        let mut len = 0;
        let mut next = String::new();
        loop {
            let rest = &line[len..];
            let read = prefix_len(rest);
            if read == 0 {
                return Self { len, next };
            }
            if rest.starts_with('>') {
                next.push_str(&rest[..read]);
            } else {
                next.extend(std::iter::repeat_n(' ', read));
            }
            len += read;
        }
    }
}

/// The length of the first prefix: spaces, a quote's or an item's marker.
fn prefix_len(text: &str) -> usize {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if text.starts_with("> ") || text.starts_with("- ") {
        2
    } else if text == ">" || text.starts_with(' ') {
        1
    } else if (1..=3).contains(&digits) && text[digits..].starts_with(". ") {
        digits + 2
    } else {
        0
    }
}
