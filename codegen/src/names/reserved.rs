//! The words that a generated name may not be.

/// Every word that Rust, edition 2024, keeps for itself, sorted.
///
/// Weak keywords (`union`, `raw`, `safe`, …) are missing because they are legal identifiers.
pub const KEYWORDS: [&str; 52] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The keywords that may not be written as `r#keyword`, sorted.
pub(super) const NEVER_RAW: [&str; 4] = ["Self", "crate", "self", "super"];

/// Methods of every client that aren't operations.
pub(super) const CLIENT_METHODS: [&str; 5] = ["clone", "config", "from_conf", "invoke", "new"];

/// Crates that a generated crate needs, or that come with the compiler: it can't have their names.
pub(super) const CRATES: [&str; 7] = [
    "alloc",
    "cognito_rules",
    "cognito_runtime",
    "core",
    "proc_macro",
    "std",
    "test",
];

/// Crates and modules that the file with the modules of operations names.
pub(super) const OPERATION_MODULES: [&str; 5] = ["cognito_rules", "cognito_runtime", "core", "fmt", "std"];

/// The modules beside those of types, and crates, which would be ambiguous there.
pub(super) const TYPE_MODULES: [&str; 6] = ["builders", "cognito_rules", "cognito_runtime", "core", "error", "std"];

/// Members that would take the name of a method which every structure or builder has, sorted.
///
/// The list is that of smithy-rs, which suffixes them with `_value`, and `new`, which our builders have.
pub(super) const METHODS: [&str; 9] = [
    "build",
    "builder",
    "customize",
    "default",
    "make_operation",
    "meta",
    "new",
    "presigned",
    "send",
];

/// Types, traits and variants that generated code names without a path, sorted: the prelude, and what generated
/// files import or define themselves.
pub(super) const TYPES: [&str; 84] = [
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Auth",
    "Base64",
    "Blob",
    "Box",
    "Boxed",
    "Builder",
    "Client",
    "Clone",
    "Config",
    "Copy",
    "DateTime",
    "DateTimeText",
    "Debug",
    "Default",
    "DerefMut",
    "Deserialize",
    "Deserializer",
    "Display",
    "Document",
    "DoubleEndedIterator",
    "Drop",
    "EpochSeconds",
    "Eq",
    "Err",
    "Error",
    "ExactSizeIterator",
    "Extend",
    "Float",
    "Fluent",
    "Fn",
    "FnMut",
    "FnOnce",
    "Formatter",
    "From",
    "FromIterator",
    "FromStr",
    "Future",
    "Hash",
    "HashMap",
    "HttpDate",
    "Infallible",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "JsonDocument",
    "Map",
    "MapAccess",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Ord",
    "Ordering",
    "PartialEq",
    "PartialOrd",
    "Plain",
    "Result",
    "SdkBody",
    "SdkError",
    "Self",
    "Send",
    "Sensitive",
    "Serialize",
    "Serializer",
    "Sized",
    "Some",
    "Sparse",
    "StdError",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unhandled",
    "Unpin",
    "Vec",
    "Visitor",
];
