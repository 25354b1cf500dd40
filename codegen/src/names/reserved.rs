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

/// What the file with the modules of operations imports, or begins a path with.
pub(super) const OPERATION_MODULES: [&str; 3] = ["cognito_runtime", "fmt", "std"];

/// The modules beside those of types.
pub(super) const TYPE_MODULES: [&str; 2] = ["builders", "error"];

/// Members that would take the name of a method which every structure or builder has, sorted.
///
/// The list is that of smithy-rs, which suffixes them with `_value`, and the other methods of our builders.
pub(super) const METHODS: [&str; 11] = [
    "as_input",
    "build",
    "builder",
    "customize",
    "default",
    "into_paginator",
    "make_operation",
    "meta",
    "presigned",
    "send",
    "send_with",
];

/// Types, traits and variants that generated code names without a path, sorted: the prelude, and what generated
/// files import or define themselves.
pub(super) const TYPES: [&str; 89] = [
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
    "BuildError",
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
    "ErrorMetadata",
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
    "Paginated",
    "PaginatedItems",
    "ParamsBuilder",
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

/// What else the files import, define or call a type parameter that name the type of the service, sorted.
pub(super) const BESIDE_SERVICE: [&str; 28] = [
    "ApiMetadata",
    "B",
    "Built",
    "Call",
    "CustomizableOperation",
    "CustomizableSend",
    "DefaultResolver",
    "Deref",
    "E",
    "Endpoint",
    "EndpointFuture",
    "EndpointRules",
    "I",
    "InvalidParams",
    "K",
    "Members",
    "OperationInput",
    "Paginator",
    "Params",
    "PhantomData",
    "ResolveEndpoint",
    "ResolveEndpointError",
    "SdkConfig",
    "SendFuture",
    "Service",
    "SharedEndpointResolver",
    "Structure",
    "T",
];
