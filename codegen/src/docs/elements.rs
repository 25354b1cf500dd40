//! What each element of AWS's documentation becomes in Markdown.

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::{Element, HtmlToMarkdown};

use super::layout::{indent, normalize, starts_block};

/// Emphasis, code and links are written with marks of their own, because inside `<code>` they are not written at all:
/// a handler does not see what its element is in, but the handler of `<code>` can remove its children's marks.
const STAR: char = '\u{e001}';
const TICK: char = '\u{e002}';
const LABEL: char = '\u{e003}';
const TARGET: char = '\u{e004}';
const LINK_END: char = '\u{e005}';

/// The labels of the elements that are set apart from the text.
const ADMONITIONS: [(&str, &str); 5] = [
    ("note", "Note"),
    ("important", "Important"),
    ("caution", "Caution"),
    ("tip", "Tip"),
    ("warning", "Warning"),
];

/// The converter for AWS's documentation.
pub(super) fn converter() -> HtmlToMarkdown {
    let mut builder = HtmlToMarkdown::builder()
        .skip_tags(vec!["script", "style", "img", "hr"])
        .add_handler(vec!["p"], paragraph)
        .add_handler(vec!["br"], |_: &dyn Handlers, _: Element| Some("\n\n".into()))
        .add_handler(vec!["i", "em"], |handlers: &dyn Handlers, element: Element| {
            emphasis(handlers, &element, 1)
        })
        .add_handler(vec!["b", "strong"], |handlers: &dyn Handlers, element: Element| {
            emphasis(handlers, &element, 2)
        })
        .add_handler(vec!["fullname"], |handlers: &dyn Handlers, element: Element| {
            Some(block(&strong(&children(handlers, &element))))
        })
        .add_handler(vec!["code"], code)
        .add_handler(vec!["pre"], preformatted)
        .add_handler(vec!["a"], anchor)
        .add_handler(vec!["ul", "ol"], list)
        .add_handler(vec!["li"], list_item)
        .add_handler(vec!["dl"], |handlers: &dyn Handlers, element: Element| {
            Some(block(&children(handlers, &element)))
        })
        .add_handler(vec!["dt"], term)
        .add_handler(vec!["dd"], definition);
    for (tag, label) in ADMONITIONS {
        builder = builder.add_handler(vec![tag], move |handlers: &dyn Handlers, element: Element| {
            Some(admonition(label, &children(handlers, &element)))
        });
    }
    builder.build()
}

/// Replaces the marks that the handlers have left by Markdown.
pub(super) fn resolve_marks(marked: &str) -> String {
    let mut markdown = String::with_capacity(marked.len());
    for c in marked.chars() {
        match c {
            STAR => markdown.push('*'),
            TICK => markdown.push('`'),
            LABEL => markdown.push('['),
            TARGET => markdown.push_str("]("),
            LINK_END => markdown.push(')'),
            c => markdown.push(c),
        }
    }
    markdown
}

/// Removes the marks, and the addresses of links with them.
fn without_marks(marked: &str) -> String {
    let mut in_target = false;
    let is_text = |c: &char| {
        in_target = (in_target || *c == TARGET) && *c != LINK_END;
        !in_target && !matches!(*c, STAR | TICK | LABEL | LINK_END)
    };
    marked.chars().filter(is_text).collect()
}

/// The Markdown of what is inside an element, with one blank line between blocks.
fn children(handlers: &dyn Handlers, element: &Element) -> String {
    normalize(&handlers.walk_children(element.node).content)
}

fn block(content: &str) -> HandlerResult {
    format!("\n\n{content}\n\n").into()
}

fn strong(content: &str) -> String {
    if content.is_empty() || content.contains([STAR, '`', TICK]) {
        content.to_owned()
    } else {
        format!("{STAR}{STAR}{content}{STAR}{STAR}")
    }
}

/// Only phrases can be in a paragraph, so whatever looks like a list at its start is text.
fn paragraph(handlers: &dyn Handlers, element: Element) -> Option<HandlerResult> {
    let content = children(handlers, &element);
    let first = content.split_whitespace().next().unwrap_or_default();
    let escaped = match first {
        "-" | "+" => format!("\\{content}"),
        _ if first.starts_with('#') => format!("\\{content}"),
        _ => content,
    };
    Some(block(&escaped))
}

fn emphasis(handlers: &dyn Handlers, element: &Element, stars: usize) -> Option<HandlerResult> {
    let content = handlers.walk_children(element.node).content;
    let trimmed = content.trim();
    if trimmed.is_empty() || trimmed.contains('\n') {
        return Some(content.into());
    }
    let stars: String = std::iter::repeat_n(STAR, stars).collect();
    // Stars after a colon do not close the emphasis if a letter follows them.
    let (phrase, colon) = match trimmed.strip_suffix(':') {
        Some(phrase) if !phrase.is_empty() => (phrase, ":"),
        _ => (trimmed, ""),
    };
    let emphasized = format!("{stars}{phrase}{stars}{colon}");
    Some(content.replacen(trimmed, &emphasized, 1).into())
}

/// A span of code, or the code of a `<pre>`: htmd knows which one it is.
fn code(handlers: &dyn Handlers, element: Element) -> Option<HandlerResult> {
    let marked = handlers.fallback(element)?.content;
    if unfenced(&marked).is_some() {
        return Some(without_marks(&marked).into());
    }
    let span = without_marks(&marked);
    let span = span.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = span.trim_matches('`').trim();
    let span = match text {
        "" => return Some(" ".into()),
        _ if text.contains('`') => span,
        _ => format!("{TICK}{text}{TICK}"),
    };
    Some(match only_link(marked.trim_matches('`').trim()) {
        Some(url) => format!("{LABEL}{span}{TARGET}{url}{LINK_END}").into(),
        None => span.into(),
    })
}

/// The address, if the content is one link and nothing else.
fn only_link(marked: &str) -> Option<&str> {
    let link = marked.strip_prefix(LABEL)?.strip_suffix(LINK_END)?;
    let (_, url) = link.split_once(TARGET)?;
    (!link.contains(LABEL)).then_some(url)
}

fn preformatted(handlers: &dyn Handlers, element: Element) -> Option<HandlerResult> {
    let content = without_marks(&handlers.walk_children(element.node).content);
    let content = content.trim_matches('\n');
    let code = unfenced(content).unwrap_or(content);
    // htmd escapes a text that begins as a fence does.
    let code = code
        .strip_prefix('\\')
        .filter(|rest| rest.starts_with(['`', '~']))
        .unwrap_or(code);
    if code.trim().is_empty() {
        return None;
    }
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    Some(block(&format!("{fence}text\n{}\n{fence}", code.trim_matches('\n'))))
}

/// What is between the fences that htmd writes for a `<code>` in a `<pre>`.
fn unfenced(block: &str) -> Option<&str> {
    let (first, rest) = block.split_once('\n')?;
    let fence = first.trim_end_matches(|c| c != '`');
    let is_fence = fence.len() >= 3 && fence.bytes().all(|c| c == b'`');
    rest.strip_suffix(fence)?.strip_suffix('\n').filter(|_| is_fence)
}

/// A link, or the name of an operation or type: AWS writes those as links without an address.
fn anchor(handlers: &dyn Handlers, element: Element) -> Option<HandlerResult> {
    let content = handlers.walk_children(element.node).content;
    let text = content.split_whitespace().collect::<Vec<_>>().join(" ");
    let href = element.attrs.iter().find(|attr| &*attr.name.local == "href");
    let link = match href.and_then(|attr| address(&attr.value)) {
        Some(url) if text.is_empty() => format!("<{url}>"),
        Some(url) => format!("{LABEL}{text}{TARGET}{url}{LINK_END}"),
        None if href.is_none() && is_name(&text) => {
            format!("{TICK}{text}{TICK}")
        }
        None => text,
    };
    let before = if content.starts_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    let after = if content.ends_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    Some(format!("{before}{link}{after}").into())
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric())
}

/// The address of a link if it leads anywhere from outside AWS's own pages, with what Markdown would misread encoded.
fn address(href: &str) -> Option<String> {
    let href = href.trim();
    let url = if href.starts_with("http://") || href.starts_with("https://") {
        href.to_owned()
    } else if href.starts_with("//") {
        format!("https:{href}")
    } else if href.starts_with("docs.aws.amazon.com/") || href.starts_with("aws.amazon.com/") {
        format!("https://{href}")
    } else {
        return None;
    };
    let mut encoded = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '[' | ']' | '`' | '\\' | '"' | '*' => {
                encoded.push_str(&format!("%{:02X}", u32::from(c)));
            }
            '\n' => {}
            c => encoded.push(c),
        }
    }
    Some(encoded)
}

fn list(handlers: &dyn Handlers, element: Element) -> Option<HandlerResult> {
    let mut items: Vec<String> = Vec::new();
    for child in element.node.children.borrow().iter() {
        let content = handlers
            .handle(child)
            .map_or_else(String::new, |item| normalize(&item.content));
        if !content.is_empty() {
            let marker = if element.tag == "ol" {
                format!("{}. ", items.len() + 1)
            } else {
                "- ".to_owned()
            };
            items.push(format!("{marker}{}", indent(&content, marker.len())));
        }
    }
    let separator = if items.iter().any(|item| item.contains("\n\n")) {
        "\n\n"
    } else {
        "\n"
    };
    (!items.is_empty()).then(|| block(&items.join(separator)))
}

/// An item, without its bullet. A list right after its only paragraph needs no blank line.
fn list_item(handlers: &dyn Handlers, element: Element) -> Option<HandlerResult> {
    let content = children(handlers, &element);
    let tight = content
        .split_once("\n\n")
        .filter(|(text, rest)| !text.contains('\n') && !starts_block(text) && is_tight_list(rest))
        .map(|(text, rest)| format!("{text}\n{rest}"));
    Some(block(&tight.unwrap_or(content)))
}

fn is_tight_list(content: &str) -> bool {
    (content.starts_with("- ") || content.starts_with("1. ")) && !content.contains("\n\n")
}

/// `<dl>` becomes a list: this is the bullet and the label, and [`definition`] the text.
fn term(handlers: &dyn Handlers, element: Element) -> Option<HandlerResult> {
    let content = children(handlers, &element);
    let label = strong(content.trim_end_matches(':'));
    (!label.is_empty()).then(|| format!("\n- {label}:").into())
}

fn definition(handlers: &dyn Handlers, element: Element) -> Option<HandlerResult> {
    let content = children(handlers, &element);
    let separator = if starts_block(&content) { "\n  " } else { " " };
    Some(format!("{separator}{}", indent(&content, 2)).into())
}

/// A quotation that starts with its label.
fn admonition(label: &str, content: &str) -> HandlerResult {
    if content.is_empty() {
        return "".into();
    }
    let text = if content.trim_start_matches(STAR).starts_with(label) {
        content.to_owned()
    } else {
        let separator = if starts_block(content) { "\n\n" } else { " " };
        format!("{STAR}{STAR}{label}:{STAR}{STAR}{separator}{content}")
    };
    let quoted: Vec<_> = text
        .lines()
        .map(|line| format!("> {line}").trim_end().to_owned())
        .collect();
    block(&quoted.join("\n"))
}
