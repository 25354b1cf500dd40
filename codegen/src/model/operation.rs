//! Operations.

use indexmap::IndexMap;

use super::context::{ContextPath, ContextValue};
use super::host_prefix::HostPrefix;
use super::reference::ShapeRef;
use super::{auth, traits};
use crate::read::{Cursor, Object, Place};

/// A call that the service offers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Operation {
    /// The name, such as `InitiateAuth`; also the key under which the service lists it.
    pub name: String,
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
    /// The authentication schemes, best first; empty for those of the service.
    pub auth: Vec<String>,
    /// The older form of [`auth`](Self::auth): `none` or a signature version.
    pub authtype: Option<String>,
    /// What differs from the service's endpoint.
    pub endpoint: Option<OperationEndpoint>,
    /// The content encodings in which a request body may be compressed, best first.
    pub request_compression: Vec<String>,
    /// Values of parameters of the endpoint rule set, fixed for this operation.
    pub static_context_params: IndexMap<String, ContextValue>,
    /// Where in the input values of parameters of the endpoint rule set are.
    pub operation_context_params: IndexMap<String, ContextPath>,
}

/// What differs between an operation's endpoint and the service's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OperationEndpoint {
    /// What to put before the host name.
    pub host_prefix: Option<HostPrefix>,
}

impl Operation {
    /// Whether requests go out without a signature, and so need no credentials.
    pub fn is_unsigned(&self) -> bool {
        self.authtype.as_deref() == Some("none") || self.auth == ["smithy.api#noAuth"]
    }

    pub(super) fn read(key: &str, mut object: Object<'_>) -> Self {
        let name = read_name(key, &mut object);
        read_request_line(&mut object);
        let operation = Self {
            name,
            input: ShapeRef::read_at(&mut object, "input"),
            output: ShapeRef::read_at(&mut object, "output"),
            errors: object
                .get("errors")
                .and_then(|at| Some(at.items()?.map(ShapeRef::read).collect()))
                .unwrap_or_default(),
            documentation: object.string("documentation"),
            deprecated: object.flag("deprecated"),
            deprecated_message: object.string("deprecatedMessage"),
            auth: auth::read_schemes(&mut object),
            authtype: auth::read_version(&mut object, "authtype", &["v4", "none"]),
            endpoint: OperationEndpoint::read(&mut object),
            request_compression: read_compression(&mut object),
            static_context_params: read_params(
                &mut object,
                "staticContextParams",
                ("value", &traits::STATIC_PARAM),
                ContextValue::read,
            ),
            operation_context_params: read_params(
                &mut object,
                "operationContextParams",
                ("path", &traits::OPERATION_PARAM),
                ContextPath::read,
            ),
        };
        object.finish_as(&[&traits::OPERATION]);
        operation
    }
}

/// The name, which is a part of the header `X-Amz-Target`.
fn read_name(key: &str, object: &mut Object<'_>) -> String {
    object.check_for_header(key);
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

/// Every call of the JSON protocol is a `POST /`.
fn read_request_line(operation: &mut Object<'_>) {
    let Some(mut object) = operation.require("http").and_then(Cursor::object) else {
        return;
    };
    for (key, only) in [("method", "POST"), ("requestUri", "/")] {
        if let Some(at) = object.require(key)
            && let Some(written) = at.string()
            && written != only
        {
            at.error(
                format!("`{written}` is not supported"),
                format!("every call of the JSON protocol has `{only}` here"),
            );
        }
    }
    object.finish_as(&[&traits::HTTP]);
}

impl OperationEndpoint {
    fn read(operation: &mut Object<'_>) -> Option<Self> {
        let mut object = operation.get("endpoint")?.object()?;
        let endpoint = Self {
            host_prefix: object.get("hostPrefix").and_then(|at| HostPrefix::read(&at)),
        };
        object.finish_as(&[&traits::OPERATION_ENDPOINT]);
        Some(endpoint)
    }
}

fn read_compression(operation: &mut Object<'_>) -> Vec<String> {
    let Some(mut object) = operation.get("requestcompression").and_then(Cursor::object) else {
        return Vec::new();
    };
    let encodings = object.strings("encodings");
    object.finish_as(&[&traits::COMPRESSION]);
    encodings
}

/// Reads `{ "Parameter": { "<field>": … } }`.
fn read_params<T>(
    operation: &mut Object<'_>,
    key: &'static str,
    (field, place): (&'static str, &Place),
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
            object.finish_as(&[place]);
            Some((name.to_owned(), value?))
        })
        .collect()
}
