//! The model's documentation, HTML in AWS's own dialect, as Markdown for rustdoc.
//!
//! htmd parses and converts the HTML; `docs::elements` tells it what AWS's elements become, `docs::inline` tidies the
//! text of a paragraph, and `docs::layout` wraps it. The result raises none of rustdoc's or clippy's default lints:
//! brackets are never links to items, code blocks are never tests, and URLs are links.

mod elements;
mod inline;
mod layout;

use std::sync::LazyLock;

use htmd::HtmlToMarkdown;
use regex::{Captures, Regex};

/// More nested elements than any documentation has, and fewer than the stack can take.
const MAX_DEPTH: usize = 200;

/// The elements of HTML that have neither content nor an end tag.
const EMPTY_ELEMENTS: [&str; 6] = ["br", "col", "hr", "img", "input", "wbr"];

static CONVERTER: LazyLock<HtmlToMarkdown> = LazyLock::new(elements::converter);

/// Converts documentation to Markdown, wrapped so that it fits in 100 columns as the documentation of a field.
///
/// Paragraphs, lists and quotes are separated by blank lines; code spans and links stay on one line. The result
/// neither starts nor ends with a blank line, and is empty where the documentation says nothing.
pub fn markdown(html: &str) -> String {
    layout::wrap(&blocks(html))
}

/// [`markdown`] as lines, each to be written after `/// ` (or `///`, where it is empty).
pub fn doc_lines(html: &str) -> Vec<String> {
    markdown(html).lines().map(str::to_owned).collect()
}

/// The first sentence, on one line, as Markdown.
///
/// It is taken from the first paragraph that is not a title, a list or a note, if there is one.
pub fn summary(html: &str) -> String {
    let blocks = blocks(html);
    let is_prose = |line: &&str| !line.is_empty() && !layout::is_structured(line);
    let paragraph = blocks
        .lines()
        .find(is_prose)
        .or_else(|| blocks.lines().find(|line| !line.is_empty()));
    inline::first_sentence(layout::content(paragraph.unwrap_or_default()))
}

/// Plain text, such as a title, in one line: white space is a space, and what a comment may not contain is dropped.
pub fn one_line(text: &str) -> String {
    let text: String = text.chars().filter_map(printable).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// [`one_line`] as Markdown, in which no character means anything but itself.
pub fn plain(text: &str) -> String {
    let html = text.replace('&', "&amp;").replace('<', "&lt;");
    inline::words(&blocks(&one_line(&html))).join(" ")
}

/// What a list in the documentation says of each of `values`: the first sentence of the item that begins with it, as
/// in `<li><code>ON</code>: …</li>`.
pub fn meanings<'v>(html: &str, values: &'v [String]) -> Vec<(&'v str, String)> {
    let blocks = blocks(html);
    let items = blocks.lines().filter_map(|line| line.trim_start().strip_prefix("- `"));
    let found = items.filter_map(|item| {
        let (value, text) = item.split_once('`')?;
        let value = values.iter().find(|known| *known == value)?;
        let text = text.trim_start();
        let text = text.strip_prefix([':', '-', '–', '—', '.'])?.trim_start();
        (!text.is_empty()).then(|| (value.as_str(), inline::first_sentence(text)))
    });
    found.collect()
}

/// Converts to Markdown with a line for each paragraph.
fn blocks(html: &str) -> String {
    let html = without_unprintable_references(&html.chars().filter_map(printable).collect::<String>());
    let converted = if depth(&html) > MAX_DEPTH {
        CONVERTER.convert(&without_tags(&html))
    } else {
        CONVERTER.convert(&html)
    };
    // A string cannot fail to be read; the plain text would be the second best documentation.
    let markdown = converted.unwrap_or_else(|_| without_tags(&html));
    let markdown = elements::resolve_marks(&markdown);
    // Names of characters, such as `&nbsp;`, have become the characters.
    layout::normalize(&markdown.chars().filter_map(printable).collect::<String>())
}

/// Replaces references such as `&#x202e;` to characters that [`printable`] replaces.
fn without_unprintable_references(html: &str) -> String {
    static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?").unwrap_or_else(|_| unreachable!("it is a constant"))
    });
    let replaced = REFERENCE.replace_all(html, |reference: &Captures<'_>| {
        let hexadecimal = reference.get(1).map(|digits| u32::from_str_radix(digits.as_str(), 16));
        let decimal = reference.get(2).map(|digits| digits.as_str().parse());
        let number = hexadecimal.or(decimal).and_then(Result::ok);
        match number.and_then(char::from_u32).map(|c| (c, printable(c))) {
            Some((c, Some(same))) if c == same => reference[0].to_owned(),
            Some((_, Some(other))) => other.to_string(),
            Some((_, None)) | None => String::new(),
        }
    });
    replaced.into_owned()
}

/// Drops characters that a `///` comment may not contain or that nobody sees, and makes every space a plain one.
fn printable(c: char) -> Option<char> {
    match c {
        '\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{2000}'..='\u{200a}' | '\t' | '\r' => Some(' '),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => None,
        '\u{e000}'..='\u{f8ff}' => None,
        c if c.is_control() && c != '\n' => None,
        c => Some(c),
    }
}

/// How deep elements are nested at most, taking each end tag for the end of one element.
fn depth(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in html.split('<').skip(1) {
        let name = tag
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !name.is_empty() && !EMPTY_ELEMENTS.contains(&name.to_ascii_lowercase().as_str()) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// The text between the tags, as HTML.
fn without_tags(html: &str) -> String {
    let mut parts = html.split('<');
    let first = parts.next().unwrap_or_default();
    parts.fold(first.to_owned(), |text, part| {
        text + " " + part.split_once('>').map_or("", |(_, rest)| rest)
    })
}
