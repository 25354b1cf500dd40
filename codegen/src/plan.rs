//! The plan: names and types resolved, everything that the templates print as finished text.
//!
//! `plan` knows nothing of JSON, and the templates nothing of naming. Print a plan with `cognito-codegen dump plan`.

mod constraints;
mod context;
mod docs;
mod example;
mod fixups;
mod graph;
mod manifest;
mod member;
mod operation;
mod own_names;
mod paginator;
mod reference;
mod service;
mod structure;
mod types;
mod usage;
mod values;

use crate::endpoint::EndpointPlan;
use crate::example::Examples;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

pub use constraints::ConstraintsPlan;
pub use docs::bounds;
pub use fixups::Fixups;
pub use manifest::ManifestPlan;
pub use member::{Access, MemberPlan, Mode, Presence, Row};
pub use reference::{Codec, ModelRef, Primitive, Ty};

/// What the generated code is part of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Placement {
    /// It is a crate of its own.
    #[default]
    Crate,
    /// It is a crate outside of this workspace.
    Standalone {
        /// Where its manifest finds the runtime.
        runtime: Runtime,
        /// The package's name; without it, the service's.
        name: Option<String>,
    },
    /// It is a module, at this path: `crate::service`.
    Module(String),
}

impl Placement {
    /// The name of the package, or of the module, of a service.
    pub fn package<'a>(&'a self, service: &'a str) -> &'a str {
        match self {
            Self::Standalone { name: Some(name), .. } => name,
            Self::Standalone { name: None, .. } | Self::Crate | Self::Module(_) => service,
        }
    }
}

/// Where a manifest finds `cognito-runtime`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Runtime {
    /// In the registry.
    #[default]
    Registry,
    /// In a folder, relative to the crate.
    Path(String),
    /// In a git repository, by its URL.
    Git(String),
}

/// What the documentation is made from, besides the model.
#[derive(Debug, Clone, Default)]
pub struct Prose {
    /// Calls and their answers.
    pub examples: Examples,
    /// The tour of the package, in Markdown.
    pub front: Option<String>,
}

/// A crate or module, ready to be printed.
#[derive(Debug, Serialize)]
pub struct Plan {
    /// The package's name, for example `cognito-idp`.
    pub package: String,
    /// The library's name, for example `cognito_idp`.
    pub lib: String,
    /// The package's version.
    pub version: String,
    /// The service's name for people, for example `Amazon Cognito Identity Provider`, as Markdown.
    pub title: String,
    /// What the service is, as lines of documentation.
    pub docs: Vec<String>,
    /// The type that stands for the service, for example `CognitoIdentityProvider`.
    pub service: String,
    /// The service's id in the model.
    pub service_id: String,
    /// The environment variable of its endpoint.
    pub endpoint_url_variable: String,
    /// The name that signatures are scoped to.
    pub signing_name: String,
    /// The name in the user agent and in retry partitions, for example `cognitoidentityprovider`.
    pub crate_id: String,
    /// `Content-Type` of the requests.
    pub content_type: String,
    /// The path of the crate or module that holds everything.
    pub root: String,
    /// Whether a configuration without a behavior version gets the latest one, as an expression.
    pub latest_behavior_version: &'static str,
    /// What rustdoc does with an example.
    pub example_fence: &'static str,
    /// Where the model comes from, for the package's description.
    pub model: String,
    /// The operations, by name.
    pub operations: Vec<OperationPlan>,
    /// The structures that are neither input, output nor error, by name.
    pub structures: Vec<StructurePlan>,
    /// The enums, by name.
    pub enums: Vec<EnumPlan>,
    /// The unions, by name.
    pub unions: Vec<UnionPlan>,
    /// The errors, by name.
    pub errors: Vec<StructurePlan>,
    /// The kinds of the errors after which a request may be sent again, by the error's name: `ServerError`.
    pub retryable: BTreeMap<String, &'static str>,
    /// Types and codecs that the errors name.
    pub error_uses: Vec<String>,
    /// What inputs must be like; none in a module, which has no features.
    pub constraints: Option<ConstraintsPlan>,
    /// Whether the server's side is generated; not in a module, which has no features, and whose users shouldn't pay for it.
    pub has_server: bool,
    /// The tour of the package, for its README and front page.
    pub front: Option<String>,
    /// What its manifest says.
    pub manifest: ManifestPlan,
    /// How to find the endpoint.
    #[serde(skip)]
    pub endpoint: EndpointPlan,
}

impl Plan {
    /// The kind of an error after which a request may be sent again.
    pub fn retry_kind(&self, error: &StructurePlan) -> Option<&'static str> {
        self.retryable.get(&error.name).copied()
    }

    /// Whether any operation has pages.
    pub fn has_paginators(&self) -> bool {
        self.operations.iter().any(|operation| operation.paginator.is_some())
    }
}

/// An operation.
#[derive(Debug, Serialize)]
pub struct OperationPlan {
    /// The type that stands for it.
    pub name: String,
    /// Its name in the model.
    pub wire: String,
    /// Its module, and the client's method.
    pub module: String,
    /// The module's file, without `r#`.
    pub file: String,
    /// What it does, as lines of documentation.
    pub docs: Vec<String>,
    /// Parameters, answer, errors and an example, as lines of documentation.
    pub usage: Vec<String>,
    /// What it does, in a sentence: a line of documentation.
    pub summary: Vec<String>,
    /// Its error.
    pub error: String,
    /// Its fluent builder.
    pub fluent_builder: String,
    /// `X-Amz-Target`.
    pub target: String,
    /// How requests are authenticated.
    pub auth: Auth,
    /// The `use` lines for what its members name.
    pub uses: Vec<String>,
    /// Its input.
    pub input: StructurePlan,
    /// Its output.
    pub output: StructurePlan,
    /// Its errors.
    pub errors: Vec<ErrorVariant>,
    /// How to page through it.
    pub paginator: Option<PaginatorPlan>,
    /// The members of the input that get an idempotency token.
    pub idempotency_tokens: Vec<String>,
    /// What it says to the endpoint rules: calls of the builder of their parameters, such as `.extra("Kind", "data")`.
    pub endpoint_params: Vec<String>,
    /// Whether some of that is deep inside of its input.
    pub has_endpoint_paths: bool,
    /// What comes before the endpoint's host name.
    pub host_prefix: Option<HostPrefix>,
    /// `#[deprecated(…)]`, where it is.
    pub deprecated: Option<String>,
}

impl OperationPlan {
    /// Whether its pages are lists of items.
    pub fn has_items(&self) -> bool {
        self.paginator
            .as_ref()
            .is_some_and(|paginator| paginator.items.is_some())
    }
}

/// How requests are authenticated: the variants of the runtime's `Auth`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Auth {
    /// They are signed with SigV4.
    SigV4,
    /// They go out unsigned.
    None,
}

impl fmt::Display for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// A host prefix such as `{AccountId}.control-`.
#[derive(Debug, Serialize)]
pub struct HostPrefix {
    /// A format string, or a plain text if there are no labels.
    pub format: String,
    /// The members of the input that it names.
    pub labels: Vec<HostLabel>,
}

/// A member of the input that is a part of the host name.
#[derive(Debug, Serialize)]
pub struct HostLabel {
    /// Its field.
    pub field: String,
    /// Its value, as an `Option<&str>`.
    pub value: String,
}

/// A variant of an operation's error enum.
#[derive(Debug, Serialize)]
pub struct ErrorVariant {
    /// What went wrong, as a line of documentation.
    pub docs: Vec<String>,
    /// The error's type, and the variant.
    pub name: String,
    /// The method that asks for it.
    pub is_method: String,
}

/// How to page through an operation.
#[derive(Debug, Serialize)]
pub struct PaginatorPlan {
    /// Its type.
    pub name: String,
    /// The input's member for the token.
    pub input_token: String,
    /// The token's type.
    pub token_type: Ty,
    /// The output's member for the next token.
    pub next_token: String,
    /// The input's member for the size of a page.
    pub page_size: Option<PageSize>,
    /// The items of a page.
    pub items: Option<ItemsPlan>,
}

impl PaginatorPlan {
    /// The types that it names.
    fn types(&self) -> impl Iterator<Item = &Ty> {
        let page_size = self.page_size.iter().map(|size| &size.ty);
        let items = self.items.iter().map(|items| &items.item);
        page_size.chain(items).chain([&self.token_type])
    }
}

/// The member for the size of a page.
#[derive(Debug, Serialize)]
pub struct PageSize {
    /// The input's field.
    pub field: String,
    /// The type of a value.
    pub ty: Ty,
}

/// The items of a page.
#[derive(Debug, Serialize)]
pub struct ItemsPlan {
    /// The type of the stream's builder.
    pub name: String,
    /// The items of an output, as an expression that follows `output.`.
    pub of_output: String,
    /// The type of an item.
    pub item: Ty,
}

/// A structure.
#[derive(Debug, Serialize)]
pub struct StructurePlan {
    /// Its type.
    pub name: String,
    /// Its builder.
    pub builder: String,
    /// Its name in the model.
    pub wire: String,
    /// The file that it is in.
    pub file: String,
    /// What its builder can do.
    pub mode: Mode,
    /// What it is, in a sentence: a line of documentation.
    pub summary: Vec<String>,
    /// What it is, as lines of documentation.
    pub docs: Vec<String>,
    /// The `use` lines for what its members name, where it has a file of its own.
    pub uses: Vec<String>,
    /// Its members, in the model's order.
    pub members: Vec<MemberPlan>,
}

impl StructurePlan {
    /// Whether clippy would like a name for the type of a field. The model has none.
    pub fn has_complex_types(&self) -> bool {
        self.members.iter().any(|member| member.field().depth() > 4)
    }

    /// The name of the message on the wire, for an error that has nothing else.
    pub fn only_message(&self) -> Option<&str> {
        match self.members.as_slice() {
            [member] if member.name == "message" && member.codec == Codec::Plain => Some(&member.wire),
            _ => None,
        }
    }

    /// Whether all its members may stay unset.
    pub fn is_optional(&self) -> bool {
        self.mode == Mode::Optional
    }
}

/// A string enum.
#[derive(Debug, Serialize)]
pub struct EnumPlan {
    /// Its type.
    pub name: String,
    /// The file that it is in.
    pub file: String,
    /// What it is, as lines of documentation.
    pub docs: Vec<String>,
    /// Its values.
    pub variants: Vec<VariantPlan>,
}

/// A union: one of several values.
#[derive(Debug, Serialize)]
pub struct UnionPlan {
    /// Its type.
    pub name: String,
    /// Its name in the model.
    pub wire: String,
    /// The file that it is in.
    pub file: String,
    /// What it is, as lines of documentation.
    pub docs: Vec<String>,
    /// The `use` lines for what its variants name.
    pub uses: Vec<String>,
    /// Its variants, in the model's order.
    pub variants: Vec<UnionVariantPlan>,
}

/// A variant of a union.
#[derive(Debug, Serialize)]
pub struct UnionVariantPlan {
    /// What it means, as lines of documentation.
    pub docs: Vec<String>,
    /// The variant.
    pub name: String,
    /// The type of its value.
    pub ty: Ty,
    /// Its row in the table of the runtime's macros.
    pub row: String,
    /// The name on the wire.
    pub wire: String,
    /// The wire format.
    pub codec: Codec,
}

/// A value of an enum.
#[derive(Debug, Serialize)]
pub struct VariantPlan {
    /// What it means, as lines of documentation; none where AWS doesn't say.
    pub docs: Vec<String>,
    /// The variant.
    pub name: String,
    /// The value on the wire, as a Rust string literal.
    pub literal: String,
}
