//! A service: its operations and the types they exchange.

use std::collections::{BTreeSet, HashSet};

use indexmap::IndexMap;
use serde_json::Value;

use super::context::ParameterType;
use super::metadata::Metadata;
use super::operation::Operation;
use super::paginator::Paginator;
use super::shape::Shape;
use super::structure::Structure;
use super::traits;
use crate::read::{Cursor, Object};

/// A service: its operations and the types they exchange.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Service {
    /// The name of the model's folder, such as `cognito-idp`.
    pub dir_name: String,
    /// The description, in HTML.
    pub documentation: Option<String>,
    /// Names, protocol and signing.
    pub metadata: Metadata,
    /// The operations by name.
    pub operations: IndexMap<String, Operation>,
    /// The types by name.
    pub shapes: IndexMap<String, Shape>,
    /// The paginators by the name of their operation.
    pub paginators: IndexMap<String, Paginator>,
    /// Parameters of the endpoint rule set that a client's configuration sets.
    pub client_context_params: IndexMap<String, ClientContextParam>,
    /// The endpoint rule set, as it stands in its file.
    pub endpoint_rules: Option<Value>,
}

/// A parameter of the endpoint rule set that a client's configuration sets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClientContextParam {
    /// The parameter's type; `None` if it can't be read.
    pub ty: Option<ParameterType>,
}

impl Service {
    /// The structure of that name, if there is one.
    pub fn structure(&self, name: &str) -> Option<&Structure> {
        self.shapes.get(name)?.as_structure()
    }

    /// These shapes and all that they are made of, directly or through others.
    pub fn reach<'a>(&'a self, shapes: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
        let mut open: Vec<&str> = shapes.into_iter().collect();
        let mut reached = BTreeSet::new();
        while let Some(name) = open.pop() {
            if reached.insert(name) {
                let references = self.shapes.get(name).into_iter().flat_map(Shape::references);
                open.extend(references.map(|reference| reference.shape.as_str()));
            }
        }
        reached
    }

    /// The header `X-Amz-Target` of an operation.
    pub fn target(&self, operation: &str) -> String {
        format!(
            "{}.{operation}",
            self.metadata.target_prefix.as_deref().unwrap_or_default()
        )
    }

    /// Reads `service.json`. Names of operations and shapes that cannot be read go into `unreadable`.
    pub(super) fn read_document<'a>(mut object: Object<'a>, unreadable: &mut HashSet<&'a str>) -> Option<Self> {
        let metadata = match object.require("metadata").and_then(Cursor::object) {
            Some(metadata) => Metadata::read(metadata)?,
            None => Metadata::default(),
        };
        let service = Self {
            metadata,
            operations: read_named(object.require("operations"), unreadable, |name, object| {
                Some(Operation::read(name, object))
            }),
            shapes: read_named(object.require("shapes"), unreadable, |_, object| Shape::read(object)),
            documentation: object.string("documentation"),
            client_context_params: read_named(object.get("clientContextParams"), unreadable, |_, object| {
                Some(ClientContextParam::read(object))
            }),
            ..Self::default()
        };
        object.finish_as(&[&traits::SERVICE]);
        Some(service)
    }
}

impl ClientContextParam {
    fn read(mut object: Object<'_>) -> Self {
        let ty = object.require("type");
        let param = Self {
            ty: ty.as_ref().and_then(ParameterType::read),
        };
        object.finish_as(&[&traits::CLIENT_CONTEXT_PARAM]);
        param
    }
}

/// Reads `{ "Name": { … } }`.
fn read_named<'a, T>(
    at: Option<Cursor<'a>>,
    unreadable: &mut HashSet<&'a str>,
    read: impl Fn(&'a str, Object<'a>) -> Option<T>,
) -> IndexMap<String, T> {
    let mut named = IndexMap::new();
    for (name, at) in at.as_ref().and_then(Cursor::entries).into_iter().flatten() {
        at.check_key(name);
        match at.object().and_then(|object| read(name, object)) {
            Some(value) => {
                named.insert(name.to_owned(), value);
            }
            None => {
                unreadable.insert(name);
            }
        }
    }
    named
}
