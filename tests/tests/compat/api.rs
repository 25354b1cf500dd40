//! The public API of the official crate: from what `cargo public-api` prints to a short list, and to Rust code.
//!
//! `cognito_tests::official` reads the list, and says how it is written.

use cognito_tests::official;
use std::collections::BTreeMap;

/// The crate's name in paths.
pub(crate) const CRATE: &str = "aws_sdk_cognitoidentityprovider";

/// Paths as the compiler knows them, and as users can write them. What is in the prelude has no path.
const PUBLIC_PATHS: [(&str, &str); 25] = [
    ("alloc::", "std::"),
    ("core::", "std::"),
    ("std::option::Option", "Option"),
    ("std::string::String", "String"),
    ("std::vec::Vec", "Vec"),
    ("std::boxed::Box", "Box"),
    ("std::result::Result", "Result"),
    ("std::convert::Into<", "Into<"),
    ("std::convert::From<", "From<"),
    ("std::convert::AsRef<", "AsRef<"),
    ("std::clone::Clone", "Clone"),
    ("std::default::Default", "Default"),
    ("std::marker::Send", "Send"),
    ("std::marker::Sync", "Sync"),
    ("std::cmp::Eq", "Eq"),
    ("std::cmp::Ord", "Ord"),
    ("std::cmp::Partial", "Partial"),
    ("std::str::traits::", "std::str::"),
    ("std::iter::traits::collect::", "std::iter::"),
    ("std::iter::traits::iterator::", "std::iter::"),
    ("std::collections::hash::map::", "std::collections::"),
    ("std::ops::function::", "std::ops::"),
    ("aws_smithy_types::date_time::DateTime", "aws_smithy_types::DateTime"),
    ("aws_smithy_types::blob::Blob", "aws_smithy_types::Blob"),
    (
        "aws_credential_types::provider::credentials::",
        "aws_credential_types::provider::",
    ),
];

/// What is left out on purpose: parts of paths and signatures, and why.
const LEFT_OUT: [(&str, &str); 16] = [
    (
        "aws_smithy_schema",
        "schema tables: the generated code doesn't work by schemas",
    ),
    ("_SCHEMA", "schema tables"),
    ("::SCHEMA", "schema tables"),
    ("_registry", "registry of types by schema"),
    ("::internal", "not for users"),
    ("sealed_", "not for users"),
    ("StructuralPartialEq", "not for users"),
    ("_input_attributes", "telemetry hooks of one release"),
    ("RuntimePlugin", "internals of the runtime"),
    ("runtime_plugin", "internals of the runtime"),
    ("runtime_components(", "internals of the runtime"),
    (
        "::config::auth::",
        "the trait to choose schemes is the runtime's own, see the differences",
    ),
    ("auth_scheme_resolver", "the same"),
    (
        "::config(&self) -> core::option::Option<aws_smithy_types::config_bag::FrozenLayer>",
        "internals of the runtime",
    ),
    ("::Err = ", "of the trait FromStr"),
    ("lens", "internals of paginators"),
];

/// Methods of traits: the `impl` line stands for them.
const OF_TRAITS: [&str; 18] = [
    "clone",
    "fmt",
    "eq",
    "default",
    "cmp",
    "partial_cmp",
    "hash",
    "from",
    "from_str",
    "as_ref",
    "source",
    "code",
    "retryable_error_kind",
    "meta",
    "request_id",
    "create_unhandled_error",
    "into_shared_resolver",
    "resolve_endpoint",
];

/// Shortens what `cargo public-api -ss` prints.
pub(crate) fn shorten(public_api: &str) -> String {
    let mut owners: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut traits: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in public_api.lines() {
        if LEFT_OUT.iter().any(|(part, _)| line.contains(part)) {
            continue;
        }
        let mut line = line.trim().trim_start_matches("#[non_exhaustive] ").to_owned();
        for (from, to) in PUBLIC_PATHS {
            line = line.replace(from, to);
        }
        let line = line.replace(&format!("{CRATE}::"), "crate::");
        if let Some(line) = line.strip_prefix("impl ") {
            if let Some((name, owner)) = line
                .split_once(" for ")
                .filter(|(_, owner)| owner.starts_with("crate::"))
            {
                traits.entry(owner.to_owned()).or_default().push(name.to_owned());
            }
        } else if let Some((owner, fact)) = line.strip_prefix("pub ").and_then(fact) {
            let facts = owners.entry(owner).or_default();
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
    }
    for (owner, mut names) in traits {
        names.sort();
        names.dedup();
        owners
            .entry(owner)
            .or_default()
            .push(format!("impl {}", names.join(" + ")));
    }
    let mut text = String::new();
    for (owner, facts) in owners {
        text.push_str(&owner["crate::".len()..]);
        text.push('\n');
        for fact in facts {
            let fact = fact
                .replace(&format!("{owner}::"), "@::")
                .replace(&format!("{}::", official::scope(&owner)), "~");
            text.push_str(&format!(" {fact}\n"));
        }
    }
    text
}

/// Owner and fact of a line without `pub`.
fn fact(line: &str) -> Option<(String, String)> {
    let (before, rest) = line.split_at(line.find("crate::")?);
    let signature = rest.find(['(', ':', '=', ' ', '<']).unwrap_or(rest.len());
    // `::` isn't the end of a path.
    let end = path_end(rest).max(signature.min(rest.len()));
    let path = &rest[..end];
    let parent = || path.rsplit_once("::").map(|(parent, name)| (parent.to_owned(), name));
    let is_type = |path: &str| {
        path.rsplit("::")
            .next()
            .is_some_and(|name| name.starts_with(char::is_uppercase))
    };
    match before.trim() {
        kind @ ("struct" | "enum" | "trait" | "mod" | "type" | "use") => Some((path.to_owned(), kind.to_owned())),
        kind @ ("const" | "static") => {
            let (owner, _) = parent()?;
            Some((owner, format!("{kind} {rest}")))
        }
        kind if kind.ends_with("fn") => {
            let (owner, name) = parent()?;
            let of_this_type = is_type(&owner) && !OF_TRAITS.contains(&name) && !owner.contains("Resolve");
            // A generic method would need its parameters repeated; there is none but those of traits.
            (of_this_type && !rest[end..].starts_with('<')).then(|| (owner, format!("{kind} {rest}")))
        }
        "" => {
            let (owner, name) = parent()?;
            let tail = &rest[end..];
            let fact = if let Some(kind) = tail.strip_prefix(": ") {
                format!("field {name}: {kind}")
            } else if tail.starts_with('(') {
                format!("variant {name}(..)")
            } else {
                format!("variant {name}")
            };
            Some((owner, fact))
        }
        _ => None,
    }
}

/// Where a path ends: at the first character that is neither a name's nor of `::`.
fn path_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'_' | b'#') {
            at += 1;
        } else if bytes[at..].starts_with(b"::") {
            at += 2;
        } else {
            break;
        }
    }
    at
}

/// One thing that a user can write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// As a reader knows it.
    pub(crate) text: String,
    /// A function that uses it, with its exact types.
    pub(crate) code: String,
}

/// The items of a list.
pub(crate) fn items(list: &str) -> Vec<Item> {
    let mut items = Vec::new();
    for (owner, fact) in official::facts(list) {
        let owner = format!("crate::{owner}");
        let scope = format!("{}::", official::scope(&owner));
        let fact = fact.replace('~', &scope).replace('@', &owner);
        match fact.strip_prefix("impl ") {
            Some(traits) => items.extend(traits.split(" + ").map(|name| implemented(&owner, name))),
            None => items.push(item(&owner, &fact)),
        }
    }
    for item in &mut items {
        item.code = item.code.replace("crate::", &format!("::{CRATE}::"));
    }
    items
}

fn implemented(owner: &str, name: &str) -> Item {
    let bound = name.replace("<&", "<&'a ");
    Item {
        text: format!("{owner}: {name}"),
        code: format!("fn f<'a, T: {bound}>(_: &'a ()) {{}} fn g() {{ f::<{owner}>(&()) }}"),
    }
}

fn item(owner: &str, fact: &str) -> Item {
    let (kind, rest) = fact.split_once(' ').unwrap_or((fact, ""));
    let code = match kind {
        "field" => {
            let (name, kind) = rest.split_once(": ").unwrap_or((rest, ""));
            format!("fn f(x: &{owner}) -> &{kind} {{ &x.{} }}", raw(name))
        }
        "variant" => match rest.strip_suffix("(..)") {
            Some(name) => format!("fn f(x: {owner}) -> bool {{ matches!(x, {owner}::{name}(..)) }}"),
            None => format!("fn f() -> {owner} {{ {owner}::{rest} }}"),
        },
        "const" | "static" => {
            let (path, kind) = rest.split_once(": ").unwrap_or((rest, ""));
            format!("fn f() {{ let _: {kind} = {path}; }}")
        }
        "fn" => function(owner, rest, ""),
        "async" | "unsafe" => function(owner, rest.trim_start_matches("fn "), "async "),
        _ => format!("use {owner} as _x;"),
    };
    let code = if let Some(rest) = fact.strip_prefix("const fn ") {
        function(owner, rest, "")
    } else {
        code
    };
    let text = if rest.is_empty() {
        format!("{kind} {owner}")
    } else {
        format!("{owner}: {fact}")
    };
    Item { text, code }
}

/// A function that calls a method with arguments of its exact types, and returns its exact type.
fn function(owner: &str, signature: &str, asynchronous: &str) -> String {
    let open = signature.find('(').unwrap_or(signature.len());
    let close = closing(signature, open);
    let (path, arguments) = (&signature[..open], &signature[open + 1..close]);
    let result = signature[close + 1..].trim().strip_prefix("->").unwrap_or("()").trim();
    let with_self = |text: &str| replace_word(text, "Self", owner);
    let mut parameters = Vec::new();
    let mut values = Vec::new();
    for (index, argument) in split(arguments).into_iter().enumerate() {
        let kind = match argument {
            "self" | "mut self" => owner.to_owned(),
            "&self" => format!("&{owner}"),
            "&mut self" => format!("&mut {owner}"),
            other => with_self(other),
        };
        parameters.push(format!("a{index}: {kind}"));
        values.push(format!("a{index}"));
    }
    let name = path.rsplit("::").next().unwrap_or_default();
    let (parameters, values, result) = (parameters.join(", "), values.join(", "), with_self(result));
    let end = if asynchronous.is_empty() { "" } else { ".await" };
    format!(
        "{asynchronous}fn f({parameters}) -> {result} {{ {owner}::{}({values}){end} }}",
        raw(name)
    )
}

fn raw(name: &str) -> String {
    if name == "type" {
        "r#type".to_owned()
    } else {
        name.to_owned()
    }
}

/// The index of the bracket that closes the one at `open`.
fn closing(text: &str, open: usize) -> usize {
    let mut depth = 0;
    for (index, byte) in text.bytes().enumerate().skip(open) {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    panic!("no bracket closes in {text}")
}

/// Splits arguments at the commas that are in no bracket.
fn split(arguments: &str) -> Vec<&str> {
    let (mut depth, mut start, mut before) = (0, 0, 0);
    let mut parts = Vec::new();
    for (index, byte) in arguments.bytes().enumerate() {
        match byte {
            b'(' | b'<' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'>' if before != b'-' => depth -= 1,
            b',' if depth == 0 => {
                parts.push(arguments[start..index].trim());
                start = index + 1;
            }
            _ => {}
        }
        before = byte;
    }
    parts.push(arguments[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

fn replace_word(text: &str, word: &str, by: &str) -> String {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let after = &rest[at + word.len()..];
        let whole = !rest[..at].ends_with(is_name) && !after.starts_with(is_name);
        replaced.push_str(&rest[..at]);
        replaced.push_str(if whole { by } else { word });
        rest = after;
    }
    replaced + rest
}
