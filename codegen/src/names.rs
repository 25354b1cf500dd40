//! Rust identifiers for the names of a service model.
//!
//! This is the only module that knows about casing, keywords and collisions. The names are those of the official
//! AWS SDK for Rust: words are split as smithy-rs splits them, with one rule for members and modules ([`snake`])
//! and another, simpler one for types and variants ([`pascal`]).
//!
//! A name is made in two steps. [`type_name`], [`member_name`], [`variant_name`] and [`operation_module`] look at
//! one name and always answer with a legal identifier. [`type_names`], [`member_names`] and [`disambiguate`] look at all
//! the names of one scope and make them unique. Only ASCII letters and digits survive: any other character separates words.

mod reserved;

use crate::model::{ShapeRef, Structure};
use std::collections::HashSet;

pub use reserved::KEYWORDS;
use reserved::{BESIDE_SERVICE, CLIENT_METHODS, CRATES, METHODS, NEVER_RAW, OPERATION_MODULES, TYPE_MODULES, TYPES};

/// Whole words, however they are capitalised: `IPv4` and `TtL` are one word each.
const WHOLE_WORDS: [&str; 7] = ["ipv4", "ipv6", "sigv4", "mib", "gib", "kib", "ttl"];

/// Shape, value and variant of the enum values whose variant does not follow from the value.
///
/// AWS's Smithy models can name an enum value; botocore's JSON keeps only the values. So a name that differs from
/// its value has to be told here, for the variants to be those of the official SDK.
pub const HAND_NAMED: [(&str, &str, &str); 1] = [("AttributeDataType", "DateTime", "Datetime")];

/// `snake_case`: `OAuthFlowType` → `o_auth_flow_type`, `CallbackURLs` → `callback_urls`.
///
/// The result is not escaped: it may be a keyword, start with a digit or be empty. See [`member_name`].
pub fn snake(name: &str) -> String {
    let all_lower = !name.contains(|c: char| c.is_ascii_uppercase());
    let mut words: Vec<&str> = Vec::new();
    // Separators are single characters, so that a word never spans one.
    for run in name.split(|c: char| !c.is_ascii_alphanumeric()) {
        let bytes = run.as_bytes();
        let mut start = 0;
        for at in 1..bytes.len() {
            let boundary = ends_acronym(&bytes[at - 1..])
                || (changes_case(bytes[at - 1], bytes[at], all_lower) && !inside_whole_word(&run[start..], at - start));
            if boundary {
                words.push(&run[start..at]);
                start = at;
            }
        }
        words.extend((start < run.len()).then(|| &run[start..]));
    }
    words.join("_").to_ascii_lowercase()
}

/// Whether a word ends between these two characters: `Abc|Def`, `Ab2|Def`, and `s3|key` if no letter of the name
/// is a capital.
fn changes_case(last: u8, next: u8, all_lower: bool) -> bool {
    if all_lower {
        last.is_ascii_digit() && next.is_ascii_lowercase()
    } else {
        next.is_ascii_uppercase() && !last.is_ascii_uppercase()
    }
}

/// Whether an acronym ends after the first character: `DB|Proxy`, but not the plural `ACLs` or the version
/// `DynamoDBv2`.
fn ends_acronym(rest: &[u8]) -> bool {
    let [last, next, peek, beyond @ ..] = rest else {
        return false;
    };
    let beyond = beyond.first();
    let plural = *peek == b's' && !beyond.is_some_and(u8::is_ascii_lowercase);
    let version = *peek == b'v' && beyond.is_some_and(u8::is_ascii_digit);
    last.is_ascii_uppercase() && next.is_ascii_uppercase() && peek.is_ascii_lowercase() && !plural && !version
}

/// Whether the first `read` characters of `rest` are the beginning of a longer whole word.
fn inside_whole_word(rest: &str, read: usize) -> bool {
    let starts_with = |word: &&str| {
        rest.get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    WHOLE_WORDS.iter().any(starts_with) && !WHOLE_WORDS.iter().any(|word| word.eq_ignore_ascii_case(&rest[..read]))
}

/// `PascalCase`: `UICustomizationType` → `UiCustomizationType`, `ADMIN_NO_SRP_AUTH` → `AdminNoSrpAuth`.
///
/// The result is not escaped: it may be reserved, start with a digit or be empty. See [`type_name`] and
/// [`variant_name`].
pub fn pascal(name: &str) -> String {
    let bytes = name.as_bytes();
    let mut pascal = String::with_capacity(name.len());
    for (at, byte) in bytes.iter().enumerate() {
        if !byte.is_ascii_alphanumeric() {
            continue;
        }
        let starts_word = match at.checked_sub(1).map(|before| bytes[before]) {
            Some(last) if last.is_ascii_uppercase() => {
                byte.is_ascii_uppercase() && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase)
            }
            Some(last) if last.is_ascii_alphanumeric() => byte.is_ascii_uppercase(),
            _ => true,
        };
        pascal.push(if starts_word {
            byte.to_ascii_uppercase().into()
        } else {
            byte.to_ascii_lowercase().into()
        });
    }
    pascal
}

/// The type of a shape: [`pascal`], and suffixed with `Value` where generated code means something else by that
/// name (`Box` → `BoxValue`).
pub fn type_name(shape: &str) -> String {
    reserve_type(legal(pascal(shape), shape, "Unnamed"))
}

/// The types of shapes, each with whether it is an error: [`type_name`] of each, made unique. Errors stand in one module
/// with their builders, so that none is called as the builder of another.
pub fn type_names<'a>(shapes: impl IntoIterator<Item = (&'a str, bool)>) -> Vec<String> {
    let (names, errors): (Vec<String>, Vec<bool>) = shapes
        .into_iter()
        .map(|(shape, is_error)| (type_name(shape), is_error))
        .unzip();
    unique(names, |at, name| {
        let mut claims = vec![name.to_owned()];
        if errors[at] {
            claims.extend([name, &builder_name(name)].map(|name| format!("error::{name}")));
        }
        claims
    })
}

/// The builder of a structure.
pub fn builder_name(structure: &str) -> String {
    format!("{structure}Builder")
}

/// The type that stands for a service: [`type_name`] of its id, and suffixed with `Service` where it is `taken`, or is
/// something else in the files that name it.
pub fn service_type(id: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut name = type_name(id);
    while taken(&name) || BESIDE_SERVICE.contains(&name.as_str()) {
        name.push_str("Service");
    }
    name
}

/// The type of an operation. Its words keep their capitals, as in the official SDK: `GetUICustomization` stays
/// `GetUICustomization`, and so does `GetUICustomizationError`, whereas the input is `GetUiCustomizationInput`.
pub fn operation_type(op: &str) -> String {
    let mut name: String = op.chars().filter(char::is_ascii_alphanumeric).collect();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    reserve_type(legal(name, op, "Unnamed"))
}

/// What the types of an operation's input and output begin with: [`pascal`], with a leading digit prefixed.
pub fn operation_stem(op: &str) -> String {
    legal(pascal(op), op, "Unnamed")
}

/// The module of an operation: [`snake`], with keywords escaped as in [`member_name`].
pub fn operation_module(op: &str) -> String {
    escape(legal(snake(op), op, "unnamed"))
}

/// The modules of operations, which are methods of the client, too: [`operation_module`] of each, made unique, and
/// suffixed with `_operation` where the client has another method of that name, or where it would hide a crate.
pub fn operation_modules<'a>(operations: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    disambiguate(operations.into_iter().map(|operation| {
        let module = operation_module(operation);
        if CLIENT_METHODS.contains(&module.as_str()) || OPERATION_MODULES.contains(&module.as_str()) {
            module + "_operation"
        } else {
            module
        }
    }))
}

/// The field of a member: [`snake`], with keywords escaped (`Type` → `r#type`, `Self` → `self_`), a leading digit
/// prefixed (`2FA` → `_2_fa`), and `_value` appended to the names of methods that every structure or builder has
/// (`Builder` → `builder_value`).
pub fn member_name(member: &str) -> String {
    let name = legal(snake(member), member, "unnamed");
    if METHODS.contains(&name.as_str()) {
        name + "_value"
    } else {
        escape(name)
    }
}

/// What a member contributes to the names of its methods: `Type` → `type`, as in `set_type` and `get_type`.
pub fn member_stem(member: &str) -> String {
    stem(&member_name(member)).to_owned()
}

/// [`member_stem`] for a name that has been through [`member_name`] or [`member_names`] already.
pub fn stem(name: &str) -> &str {
    name.trim_start_matches("r#").trim_start_matches('_')
}

/// The variant of an enum's value: [`pascal`], with `Unknown` renamed to `UnknownValue` because each enum has a
/// variant of that name for values it does not know.
///
/// A value without any letter or digit becomes its code points (`>=` → `U3eU3d`), and the empty one `Empty`.
pub fn variant_name(value: &str) -> String {
    let name = legal(pascal(value), value, "Empty");
    match name.as_str() {
        "Unknown" | "Self" => name + "Value",
        "UnknownValue" | "SelfValue" => name + "_",
        _ => name,
    }
}

/// The variants of an enum: [`variant_name`] of each value, made unique, and the few that AWS has named by hand.
pub fn variant_names<'a>(shape: &str, values: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    disambiguate(values.into_iter().map(|value| {
        HAND_NAMED
            .iter()
            .find(|(of, named, _)| *of == shape && *named == value)
            .map_or_else(|| variant_name(value), |(.., name)| (*name).to_owned())
    }))
}

/// Makes the names of one scope unique: the second `Foo` becomes `Foo2`, the third `Foo3`.
///
/// Answers in the order of the names, one for each. The first of several equal names keeps it, and a name that
/// occurs only once is never changed for the sake of another. A caller that reports renames compares both lists.
pub fn disambiguate(names: impl IntoIterator<Item = String>) -> Vec<String> {
    unique(names.into_iter().collect(), |_, name| vec![stem(name).to_owned()])
}

/// What variants contribute to the names of their methods, as in `is_foo`: [`snake`] of each, made unique, because
/// `IPv4` and `Ipv4` are two variants.
pub fn variant_stems<'a>(variants: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    disambiguate(variants.into_iter().map(snake))
}

/// The modules of types, each in a file of its own: [`snake`], made unique, and suffixed with `_` where it would be a
/// keyword, a crate or one of the modules that stand beside them.
pub fn file_names<'a>(types: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    disambiguate(types.into_iter().map(|name| {
        let file = snake(name);
        let taken = KEYWORDS.contains(&file.as_str()) || TYPE_MODULES.contains(&file.as_str());
        if taken { file + "_" } else { file }
    }))
}

/// The fields of a structure: [`member_name`] of each member, made unique together with their builders' methods.
///
/// A member `foo` claims `foo`, `set_foo` and `get_foo`, so that a later member `set_foo` becomes `set_foo2`.
pub fn member_names<'a>(members: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    unique(members.into_iter().map(member_name).collect(), |_, name| {
        let stem = stem(name);
        vec![stem.to_owned(), format!("set_{stem}"), format!("get_{stem}")]
    })
}

/// The members of a structure by name, each with its field.
pub fn fields(structure: &Structure) -> impl Iterator<Item = (&str, &ShapeRef, String)> {
    let fields = member_names(structure.members.keys().map(String::as_str));
    let members = structure.members.iter().zip(fields);
    members.map(|((name, reference), field)| (name.as_str(), reference, field))
}

/// The field of a member.
pub fn field(structure: &Structure, member: &str) -> Option<String> {
    fields(structure).find_map(|(name, _, field)| (name == member).then_some(field))
}

/// Renames each name that claims an identifier which an earlier one has claimed. `claims` is given the name's place in the
/// list, too.
fn unique(names: Vec<String>, claims: impl Fn(usize, &str) -> Vec<String>) -> Vec<String> {
    let wanted: HashSet<String> = names.iter().map(|name| stem(name).to_owned()).collect();
    let mut taken: HashSet<String> = HashSet::new();
    let mut free = |at, name: &str| {
        let claimed = claims(at, name);
        let free = claimed.iter().all(|claim| !taken.contains(claim));
        if free {
            taken.extend(claimed);
        }
        free
    };
    names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            if free(at, name) {
                return name.clone();
            }
            numbered(name)
                .find(|candidate| !wanted.contains(stem(candidate)) && free(at, candidate))
                .unwrap_or_else(|| unreachable!("there are more numbers than names"))
        })
        .collect()
}

/// `Foo2`, `Foo3`, … and for a name that ends in a digit `V1_2`, `V1_3`, …. A type or variant loses the `_` at its end,
/// which Rust's style allows only there: `UnknownValue_` → `UnknownValue2`.
fn numbered(name: &str) -> impl Iterator<Item = String> {
    let name = name.trim_start_matches("r#");
    let is_pascal = name.starts_with(|c: char| c.is_ascii_uppercase());
    let name = if is_pascal { name.trim_end_matches('_') } else { name };
    let separator = if name.ends_with(|c: char| c.is_ascii_digit()) {
        "_"
    } else {
        ""
    };
    (2_usize..).map(move |number| format!("{name}{separator}{number}"))
}

/// Whether a package may have this name, and its library the same with `_` for `-`: ASCII letters, digits, `-` and `_`
/// after a letter, and neither a keyword nor a crate that generated code needs.
pub fn is_crate_name(name: &str) -> bool {
    let library = name.replace('-', "_");
    is_plain(&library) && library.starts_with(|c: char| c.is_ascii_alphabetic()) && !CRATES.contains(&library.as_str())
}

/// Whether generated code can name its module by this path: `crate::`, and names without keywords.
pub fn is_module_path(path: &str) -> bool {
    let names = path
        .strip_prefix("crate::")
        .into_iter()
        .flat_map(|names| names.split("::"));
    let mut names = names.peekable();
    names.peek().is_some() && names.all(|name| is_plain(name.strip_prefix("r#").unwrap_or(name)) || is_raw(name))
}

/// Whether a text is an identifier of ASCII letters, digits and `_`, and no keyword.
fn is_plain(name: &str) -> bool {
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let goes_on = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    begins && goes_on && name != "_" && !KEYWORDS.contains(&name)
}

/// Whether a text is an escaped keyword.
fn is_raw(name: &str) -> bool {
    let keyword = name.strip_prefix("r#");
    keyword.is_some_and(|keyword| KEYWORDS.contains(&keyword) && !NEVER_RAW.contains(&keyword))
}

/// Makes an identifier of `name`, the cased form of `source`, keywords aside.
fn legal(name: String, source: &str, empty: &str) -> String {
    match name.chars().next() {
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name,
        None if source.is_empty() => empty.to_owned(),
        None => {
            let points: String = source.chars().map(|c| format!("U{:x}", u32::from(c))).collect();
            if empty.starts_with(char::is_lowercase) {
                points.to_lowercase()
            } else {
                points
            }
        }
    }
}

/// Escapes a keyword: `type` → `r#type`, `self` → `self_`.
fn escape(name: String) -> String {
    if NEVER_RAW.contains(&name.as_str()) {
        name + "_"
    } else if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

/// Renames a type that generated code names without a path.
fn reserve_type(name: String) -> String {
    if TYPES.contains(&name.as_str()) {
        name + "Value"
    } else {
        name
    }
}
