//! Whatever a model calls its shapes, members and values, the identifiers are legal, clear of what generated code
//! relies on, and unique.

use cognito_codegen::names::{
    KEYWORDS, disambiguate, is_crate_name, is_module_path, member_name, member_names, member_stem, operation_module,
    operation_type, service_type, stem, type_name, type_names, variant_name, variant_names, variant_stems,
};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Names that no reasonable model has.
const HOSTILE: [&str; 22] = [
    "",
    "_",
    "__",
    "r#fn",
    "r#self",
    "1abc",
    "2.0",
    "12",
    " ",
    "a b",
    "tab\tnewline\n",
    "*/",
    ">=",
    "\"",
    "\\",
    "🦀",
    "日本",
    "naïve",
    "ß",
    "a\u{301}",
    "\0",
    "//! doc",
];

fn is_identifier(name: &str) -> bool {
    let raw = name.strip_prefix("r#");
    let plain = raw.unwrap_or(name);
    let legal = plain
        .chars()
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && plain.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && plain != "_";
    legal && KEYWORDS.contains(&plain) == raw.is_some()
}

#[test]
fn keywords_are_sorted_and_complete_for_edition_2024() {
    assert!(KEYWORDS.is_sorted());
    for word in ["async", "await", "dyn", "gen", "try", "Self", "type"] {
        assert!(KEYWORDS.contains(&word), "{word}");
    }
}

#[test]
fn every_keyword_can_be_a_member_an_operation_a_shape_and_a_value() {
    for word in KEYWORDS {
        let lower = word.to_lowercase();
        let expected = match lower.as_str() {
            "crate" | "self" | "super" => format!("{lower}_"),
            _ => format!("r#{lower}"),
        };
        assert_eq!(member_name(word), expected);
        assert_eq!(operation_module(word), expected);
        assert_eq!(
            format!("set_{}", member_stem(word)),
            format!("set_{}", expected.trim_start_matches("r#"))
        );
        for name in [type_name(word), variant_name(word), operation_type(word)] {
            assert!(is_identifier(&name), "{word} → {name}");
        }
    }
}

#[test]
fn every_hostile_name_becomes_an_identifier() {
    for name in HOSTILE {
        for identifier in [
            member_name(name),
            operation_module(name),
            type_name(name),
            operation_type(name),
            variant_name(name),
            format!("set_{}", member_stem(name)),
        ] {
            assert!(is_identifier(&identifier), "{name:?} → {identifier}");
        }
    }
}

#[test]
fn shapes_stay_clear_of_the_prelude_and_of_what_generated_files_define() {
    for (shape, expected) in [
        ("Box", "BoxValue"),
        ("Option", "OptionValue"),
        ("Result", "ResultValue"),
        ("String", "StringValue"),
        ("__string", "StringValue"),
        ("Vec", "VecValue"),
        ("Client", "ClientValue"),
        ("Error", "ErrorValue"),
        ("Self", "SelfValue"),
        ("Some", "SomeValue"),
        ("None", "NoneValue"),
        ("Ok", "OkValue"),
        ("Err", "ErrValue"),
        ("Default", "DefaultValue"),
        ("Clone", "CloneValue"),
        ("Boxes", "Boxes"),
    ] {
        assert_eq!(type_name(shape), expected);
    }
}

#[test]
fn members_stay_clear_of_the_methods_that_every_builder_has() {
    for (member, expected, stem) in [
        ("Builder", "builder_value", "builder_value"),
        ("Send", "send_value", "send_value"),
        ("Meta", "meta_value", "meta_value"),
        ("Type", "r#type", "type"),
        ("Self", "self_", "self_"),
        ("1abc", "_1_abc", "1_abc"),
        ("2FA", "_2_fa", "2_fa"),
        ("", "unnamed", "unnamed"),
        (">=", "u3eu3d", "u3eu3d"),
    ] {
        assert_eq!(member_name(member), expected);
        assert_eq!(member_stem(member), stem);
    }
}

#[test]
fn values_without_letters_are_told_apart_by_their_code_points() {
    for (value, expected) in [
        ("", "Empty"),
        ("=", "U3d"),
        (">=", "U3eU3d"),
        ("🦀", "U1f980"),
        ("5.1", "_51"),
        ("1 hour", "_1Hour"),
        ("naïve", "NaVe"),
        ("Self", "SelfValue"),
        ("SelfValue", "SelfValue_"),
    ] {
        assert_eq!(variant_name(value), expected);
    }
}

#[test]
fn a_repeated_name_is_numbered_in_document_order() {
    let names = |names: &[&str]| disambiguate(names.iter().map(|name| (*name).to_owned()));
    assert_eq!(names(&["Foo", "Bar", "Foo", "Foo"]), ["Foo", "Bar", "Foo2", "Foo3"]);
    assert_eq!(names(&["V1", "V1"]), ["V1", "V1_2"]);
    assert_eq!(names(&["r#type", "r#type"]), ["r#type", "type2"]);
}

#[test]
fn a_name_is_never_taken_from_one_that_already_has_it() {
    let names = ["Foo", "Foo", "Foo2"].map(str::to_owned);
    assert_eq!(disambiguate(names), ["Foo", "Foo3", "Foo2"]);
}

#[test]
fn values_that_differ_in_case_only_are_two_variants() {
    assert_eq!(
        variant_names("OAuth2ErrorCode", ["INVALID_REQUEST", "invalid_request"]),
        ["InvalidRequest", "InvalidRequest2"]
    );
}

#[test]
fn members_that_differ_in_case_only_are_two_fields() {
    assert_eq!(member_names(["Name", "name", "NAME"]), ["name", "name2", "name3"]);
}

#[test]
fn a_member_does_not_take_the_name_of_another_members_setter_or_getter() {
    assert_eq!(
        member_names(["Foo", "SetFoo", "GetFoo"]),
        ["foo", "set_foo2", "get_foo2"]
    );
    assert_eq!(member_names(["SetFoo", "Foo"]), ["set_foo", "foo2"]);
    assert_eq!(stem("r#type"), "type");
}

#[test]
fn names_of_one_scope_stay_unique_however_hostile() {
    let members = member_names(HOSTILE);
    let mut methods: Vec<_> = members
        .iter()
        .flat_map(|name| ["", "set_", "get_"].map(|prefix| format!("{prefix}{}", stem(name))))
        .collect();
    methods.sort();
    let all = methods.len();
    methods.dedup();
    assert_eq!(methods.len(), all);
}

#[test]
fn a_crate_has_a_name_that_cargo_and_rust_allow() {
    for name in ["cognito-idp", "my_service", "s3", "Library"] {
        assert!(is_crate_name(name), "{name}");
    }
    for name in [
        "",
        "my.svc",
        "9x",
        "a\"b",
        "a b",
        "-x",
        "_x",
        "type",
        "std",
        "cognito-runtime",
        "größe",
        "a/b",
    ] {
        assert!(!is_crate_name(name), "{name}");
    }
}

#[test]
fn a_module_has_a_path_from_the_root_of_its_crate() {
    for path in [
        "crate::service",
        "crate::aws::cognito_idp",
        "crate::_1",
        "crate::r#type::x",
    ] {
        assert!(is_module_path(path), "{path}");
    }
    for path in [
        "",
        "crate",
        "crate::",
        "service",
        "self::service",
        "crate::a::",
        "crate::type",
        "crate::r#self",
        "crate::a-b",
        "not a path",
        "crate::a; mod b",
        "crate::_",
    ] {
        assert!(!is_module_path(path), "{path}");
    }
}

/// The files of a service name its type beside what they import and define, so that it may have none of those names. All of
/// these are in the templates.
#[test]
fn a_service_stays_clear_of_all_that_its_templates_name() {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/src");
    // Rust finds associated types only behind `Self::`.
    let associated = ["Input", "Item", "Output", "Target", "Token"];
    let mut words = BTreeSet::new();
    for file in [
        "builder",
        "client",
        "config",
        "config/endpoint",
        "lib",
        "operation/operation",
        "service",
    ] {
        let text = fs::read_to_string(templates.join(format!("{file}.rs.j2"))).expect("a template");
        assert!(text.contains("plan.service }}"), "{file} doesn't name the service");
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            // Of a path, an import takes the end, and any other code looks up the beginning.
            let paths = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != ':');
            let name = |path: &str| match line.strip_prefix("use ") {
                Some(_) => path.rsplit("::").next().map(str::to_owned),
                None => path.split("::").next().map(str::to_owned),
            };
            let is_type = |word: &String| word.starts_with(|c: char| c.is_ascii_uppercase());
            let found = paths.filter_map(name).map(|word| word.replace(':', ""));
            words.extend(found.filter(is_type));
        }
    }
    for word in &words {
        let is_constant = word.len() > 1 && *word == word.to_uppercase();
        if !is_constant && !associated.contains(&word.as_str()) {
            assert_ne!(service_type(word, |_| false), *word);
        }
    }
    assert!(words.len() > 40, "{words:?}");
    assert_eq!(service_type("Cognito Identity", |_| false), "CognitoIdentity");
    assert_eq!(service_type("Call", |name| name == "CallService"), "CallServiceService");
}

#[test]
fn an_error_stays_clear_of_the_builder_of_another() {
    let shapes = [
        ("FooError", true),
        ("FooErrorBuilder", true),
        ("Bar", false),
        ("BarBuilder", false),
    ];
    assert_eq!(
        type_names(shapes),
        ["FooError", "FooErrorBuilder2", "Bar", "BarBuilder"]
    );
}

#[test]
fn variants_that_differ_in_case_only_have_two_methods() {
    assert_eq!(variant_stems(["IPv4", "Ipv4", "Foo"]), ["ipv4", "ipv4_2", "foo"]);
    let variants = variant_names("E", ["Unknown", "UnknownValue", "unknown"]);
    assert_eq!(variants, ["UnknownValue", "UnknownValue_", "UnknownValue2"]);
}
