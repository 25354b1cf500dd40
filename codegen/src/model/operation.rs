use indexmap::IndexMap;
use serde_json::Value;

use super::reader::{Cursor, Object};
use super::shape::ShapeRef;

/// A call that the service offers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Operation {
    /// The name, such as `InitiateAuth`; also the key under which the service lists it.
    pub name: String,
    /// The HTTP request line.
    pub http: Http,
    /// The structure that a request carries; `None` for no members at all.
    pub input: Option<ShapeRef>,
    /// The structure that a response carries; `None` for no members at all.
    pub output: Option<ShapeRef>,
    /// The exceptions that the service may answer with.
    pub errors: Vec<ShapeRef>,
    /// The description, in HTML.
    pub documentation: Option<String>,
    /// Whether AWS advises against its use.
    pub deprecated: bool,
    /// What to use instead.
    pub deprecated_message: Option<String>,
    /// Since when it is deprecated: mostly a date.
    pub deprecated_since: Option<String>,
    /// The authentication schemes, best first; empty for those of the service.
    pub auth: Vec<String>,
    /// The older form of [`auth`](Self::auth): `none` or a signature version.
    pub authtype: Option<String>,
    /// Whether sending it twice is the same as sending it once.
    pub idempotent: bool,
    /// Whether it changes nothing.
    pub readonly: bool,
    /// What differs from the service's endpoint.
    pub endpoint: Option<OperationEndpoint>,
    /// Whether the operation takes part in endpoint discovery, and whether it must.
    pub endpoint_discovery: Option<EndpointDiscovery>,
    /// Whether this is the operation that endpoint discovery calls.
    pub endpoint_operation: bool,
    /// The content encodings in which a request body may be compressed, best first.
    pub request_compression: Vec<String>,
    /// Values of parameters of the endpoint rule set, fixed for this operation.
    pub static_context_params: IndexMap<String, Value>,
    /// Values of parameters of the endpoint rule set, as JMESPath expressions on the input.
    pub operation_context_params: IndexMap<String, String>,
}

/// The HTTP request line of an operation and the status of its success.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Http {
    /// The method; `POST` throughout the JSON protocol.
    pub method: String,
    /// The path; `/` throughout the JSON protocol.
    pub request_uri: String,
    /// The status of a success, where the model says so.
    pub response_code: Option<u16>,
}

/// What differs between an operation's endpoint and the service's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OperationEndpoint {
    /// What to put before the host; may hold `{Member}` labels.
    pub host_prefix: Option<String>,
}

/// How an operation takes part in endpoint discovery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EndpointDiscovery {
    /// Whether the operation cannot do without a discovered endpoint.
    pub required: bool,
}

impl Operation {
    /// Whether requests go out without a signature, and so need no credentials.
    pub fn is_unsigned(&self) -> bool {
        self.authtype.as_deref() == Some("none") || self.auth == ["smithy.api#noAuth"]
    }

    pub(super) fn read(key: &str, mut object: Object<'_>) -> Self {
        let operation = Self {
            name: read_name(key, &mut object),
            http: Http::read(&mut object),
            input: ShapeRef::read_at(&mut object, "input"),
            output: ShapeRef::read_at(&mut object, "output"),
            errors: object
                .get("errors")
                .and_then(|at| Some(at.items()?.map(ShapeRef::read).collect()))
                .unwrap_or_default(),
            documentation: object.string("documentation"),
            deprecated: object.flag("deprecated"),
            deprecated_message: object.string("deprecatedMessage"),
            deprecated_since: object.string("deprecatedSince"),
            auth: object.strings("auth"),
            authtype: object.string("authtype"),
            idempotent: object.flag("idempotent"),
            readonly: object.flag("readonly"),
            endpoint: OperationEndpoint::read(&mut object),
            endpoint_discovery: EndpointDiscovery::read(&mut object),
            endpoint_operation: object.flag("endpointoperation"),
            request_compression: read_compression(&mut object),
            static_context_params: read_params(&mut object, "staticContextParams", "value", |at| {
                Some(at.value().clone())
            }),
            operation_context_params: read_params(&mut object, "operationContextParams", "path", |at| at.string()),
        };
        object.finish();
        operation
    }
}

fn read_name(key: &str, object: &mut Object<'_>) -> String {
    if let Some(at) = object.require("name")
        && let Some(name) = at.string()
        && name != key
    {
        at.error(
            format!("the operation `{key}` calls itself `{name}`"),
            "name and key must be the same",
        );
    }
    key.to_owned()
}

impl Http {
    fn read(operation: &mut Object<'_>) -> Self {
        let Some(mut object) = operation.require("http").and_then(Cursor::object) else {
            return Self::default();
        };
        let http = Self {
            method: object.require_string("method"),
            request_uri: object.require_string("requestUri"),
            response_code: object.get("responseCode").and_then(|at| at.status_code()),
        };
        object.finish();
        http
    }
}

impl OperationEndpoint {
    fn read(operation: &mut Object<'_>) -> Option<Self> {
        let mut object = operation.get("endpoint")?.object()?;
        let endpoint = Self {
            host_prefix: object.string("hostPrefix"),
        };
        object.finish();
        Some(endpoint)
    }
}

impl EndpointDiscovery {
    fn read(operation: &mut Object<'_>) -> Option<Self> {
        let mut object = operation.get("endpointdiscovery")?.object()?;
        let discovery = Self {
            required: object.flag("required"),
        };
        object.finish();
        Some(discovery)
    }
}

fn read_compression(operation: &mut Object<'_>) -> Vec<String> {
    let Some(mut object) = operation.get("requestcompression").and_then(Cursor::object) else {
        return Vec::new();
    };
    let encodings = object.strings("encodings");
    object.finish();
    encodings
}

/// Reads `{ "Parameter": { "<field>": … } }`.
fn read_params<T>(
    operation: &mut Object<'_>,
    key: &'static str,
    field: &'static str,
    read: impl Fn(&Cursor<'_>) -> Option<T>,
) -> IndexMap<String, T> {
    let Some(at) = operation.get(key) else {
        return IndexMap::new();
    };
    at.entries()
        .into_iter()
        .flatten()
        .filter_map(|(name, at)| {
            let mut object = at.object()?;
            let value = object.require(field).and_then(|at| read(&at));
            object.finish();
            Some((name.to_owned(), value?))
        })
        .collect()
}
