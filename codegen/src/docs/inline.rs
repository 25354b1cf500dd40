//! The words of a paragraph: code spans and links are part of a word, and text has no needless backslashes.

/// Characters that may stand in a URL that is written as an autolink.
const URL_PUNCTUATION: &str = "-._~:/?#@!$&+,;=%";

/// Abbreviations whose dot does not end a sentence.
const ABBREVIATIONS: [&str; 8] = ["e.g.", "i.e.", "etc.", "vs.", "Inc.", "No.", "U.S.", "Corp."];

/// Splits a paragraph at its spaces, but not inside a code span or a link.
pub(super) fn words(paragraph: &str) -> Vec<String> {
    split(paragraph, false)
}

/// The words up to the end of the first sentence.
pub(super) fn first_sentence(paragraph: &str) -> String {
    let words = words(paragraph);
    let mut sentence = String::new();
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            sentence.push(' ');
        }
        sentence.push_str(word);
        let next = words.get(at + 1);
        if ends_sentence(word) && next.is_none_or(|next| starts_sentence(next)) && is_balanced(&sentence) {
            break;
        }
    }
    sentence
}

fn ends_sentence(word: &str) -> bool {
    let bare = word.trim_end_matches(['*', ')', '"', '”']);
    // The number of an item, with the backslash that makes it text.
    let is_number = bare
        .strip_suffix("\\.")
        .is_some_and(|number| number.bytes().all(|c| c.is_ascii_digit()));
    let is_abbreviation = ABBREVIATIONS.contains(&bare.trim_start_matches(['(', '*']));
    bare.ends_with(['.', '!', '?']) && !is_number && !is_abbreviation
}

fn starts_sentence(word: &str) -> bool {
    !word.starts_with(|c: char| c.is_lowercase())
}

/// Whether no emphasis is left open. Stars in code, between backticks, do not count.
fn is_balanced(text: &str) -> bool {
    text.split('`')
        .step_by(2)
        .map(|text| text.replace("\\*", "").matches('*').count())
        .sum::<usize>()
        .is_multiple_of(2)
}

fn split(text: &str, in_link: bool) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut plain = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let span = match c {
            '`' => code_span(&text[at..]).map(|len| text[at..at + len].to_owned().into()),
            '[' if !in_link => link(&text[at..]),
            '<' if !in_link => autolink(&text[at..]),
            _ => None,
        };
        if let Some(Span { len, markdown }) = span {
            word.push_str(&tidy(&text[plain..at], in_link));
            word.push_str(&markdown);
            at += len;
            plain = at;
        } else if c == ' ' {
            word.push_str(&tidy(&text[plain..at], in_link));
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            at += 1;
            plain = at;
        } else {
            // An escaped character is plain, and so is a run of backticks that nothing closes.
            at += match c {
                '\\' => 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
                '`' => run_len(&text[at..]),
                c => c.len_utf8(),
            };
        }
    }
    word.push_str(&tidy(&text[plain..], in_link));
    words.extend((!word.is_empty()).then_some(word));
    words
}

/// A piece of a paragraph that is not text.
struct Span {
    /// How many bytes were read.
    len: usize,
    markdown: String,
}

impl From<String> for Span {
    fn from(markdown: String) -> Self {
        Self {
            len: markdown.len(),
            markdown,
        }
    }
}

fn run_len(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// The length of the code span that the text starts with.
fn code_span(text: &str) -> Option<usize> {
    let ticks = run_len(text);
    let mut at = ticks;
    loop {
        at += text[at..].find('`')?;
        let run = run_len(&text[at..]);
        at += run;
        if run == ticks {
            return Some(at);
        }
    }
}

/// The link that the text starts with, its label tidied.
fn link(text: &str) -> Option<Span> {
    let mut at = 1;
    let label_end = loop {
        let c = text[at..].chars().next()?;
        match c {
            ']' => break at,
            '\\' => at += 1 + text[at + 1..].chars().next()?.len_utf8(),
            '`' => at += code_span(&text[at..]).unwrap_or_else(|| run_len(&text[at..])),
            c => at += c.len_utf8(),
        }
    };
    let target = text[label_end..].strip_prefix("](")?;
    let url = &target[..target.find(')')?];
    let label = split(&text[1..label_end], true).join(" ");
    Some(Span {
        len: label_end + "](".len() + url.len() + ")".len(),
        markdown: format!("[{label}]({url})"),
    })
}

fn autolink(text: &str) -> Option<Span> {
    let end = text.find('>')?;
    text.starts_with("<http").then(|| text[..=end].to_owned().into())
}

/// Text without the backslashes that it does not need and with the ones that it does.
fn tidy(text: &str, in_link: bool) -> String {
    if let Some(at) = find_url(text).filter(|_| !in_link) {
        let url = url(&text[at..]);
        let rest = tidy(&text[at + url.len..], in_link);
        return tidy(&text[..at], in_link) + &url.markdown + &rest;
    }
    let mut tidied = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut last = ' ';
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            // An underscore inside a word is no emphasis.
            ('\\', Some('_')) if last.is_alphanumeric() => {
                chars.next();
                let inside = chars.peek().is_some_and(|next| next.is_alphanumeric());
                tidied.push_str(if inside { "_" } else { "\\_" });
                last = '_';
            }
            ('\\', Some(&escaped)) => {
                chars.next();
                tidied.extend(['\\', escaped]);
                last = escaped;
            }
            ('&', Some(next)) if next.is_ascii_alphanumeric() || *next == '#' => {
                tidied.push_str("\\&");
                last = c;
            }
            ('~', _) => {
                tidied.push_str("\\~");
                last = c;
            }
            _ => {
                tidied.push(c);
                last = c;
            }
        }
    }
    tidied
}

fn find_url(text: &str) -> Option<usize> {
    let at = text.find("http")?;
    let rest = &text[at..];
    if rest.starts_with("http://") || rest.starts_with("https://") {
        Some(at)
    } else {
        find_url(&rest["http".len()..]).map(|next| at + "http".len() + next)
    }
}

/// The URL that the text starts with: a link if it is complete, code if it has placeholders.
fn url(text: &str) -> Span {
    let mut url = String::new();
    let mut len = 0;
    let mut escaped = false;
    for c in text.chars() {
        match c {
            '\\' if !escaped => {
                escaped = true;
                len += 1;
                continue;
            }
            '*' | '"' | '\'' | ')' | ',' if !escaped => break,
            _ => {}
        }
        escaped = false;
        url.push(c);
        len += c.len_utf8();
    }
    let bare = url.trim_end_matches(['.', ':', ';', '?', '!', '\\']);
    len -= (url.len() - bare.len()) + usize::from(escaped);
    let complete = bare
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || URL_PUNCTUATION.contains(c));
    let markdown = if complete {
        format!("<{bare}>")
    } else {
        format!("`{bare}`")
    };
    Span { len, markdown }
}
