//! How each key of a service model is treated, in one table that the reader follows.
//!
//! A key that is read must be listed here as honoured or refused, and a key that is listed as ignored can't be read. If
//! the two disagree, `Object::finish_as` of the reader fails in every test of the generator. `docs/traits.md` is this
//! table for people.

use std::fmt::Write;

use crate::read::{Key, Place, Treatment};

const DOCUMENTATION: Key = Key::honoured("documentation", "documentation of the generated code");
const DEPRECATED: Key = Key::honoured("deprecated", "`#[deprecated]`, or a line of documentation");
const DEPRECATED_MESSAGE: Key = Key::honoured("deprecatedMessage", "what to use instead, with the deprecation");
const DEPRECATED_SINCE: Key = Key::ignored(
    "deprecatedSince",
    "a date, where Rust's `since` is a version of the crate",
);
const MIN: Key = Key::honoured("min", "documentation, and the comparison of models");
const MAX: Key = Key::honoured("max", "documentation, and the comparison of models");
const BOX: Key = Key::honoured("box", "whether absent differs from zero: `Option<bool>` or `bool`");
const FLATTENED: Key = Key::ignored("flattened", "only the XML and query protocols use it");
const SPARSE: Key = Key::honoured("sparse", "items may be null: `Vec<Option<T>>`");

/// The file as a whole.
pub(super) const SERVICE: Place = Place {
    name: "service",
    keys: &[
        Key::honoured("metadata", "names, protocol and signing"),
        Key::honoured("operations", "one operation each"),
        Key::honoured("shapes", "one type each"),
        DOCUMENTATION,
        Key::honoured(
            "clientContextParams",
            "parameters of the endpoint rules, set with `Config::builder().endpoint_parameter(…)`",
        ),
        Key::ignored("version", "the version of the model's format, 2.0 in all files"),
        Key::ignored(
            "examples",
            "an empty object in the one model that has it; examples have a file of their own",
        ),
    ],
};

/// A parameter of the endpoint rules that is a setting of the client.
pub(super) const CLIENT_CONTEXT_PARAM: Place = Place {
    name: "client context parameter",
    keys: &[
        Key::honoured("type", "it must be one that endpoint rules know"),
        Key::ignored(
            "documentation",
            "the setting takes any parameter, so that there is no place for it",
        ),
    ],
};

/// `metadata`.
pub(super) const METADATA: Place = Place {
    name: "metadata",
    keys: &[
        Key::honoured("protocol", "services that don't speak `json` are refused"),
        Key::honoured("protocols", "the same, for services whose first choice isn't `json`"),
        Key::honoured(
            "endpointPrefix",
            "the name that signatures are scoped to, unless `signingName` says another",
        ),
        Key::honoured("signingName", "the name that signatures are scoped to"),
        Key::honoured("jsonVersion", "`Content-Type`"),
        Key::honoured("serviceFullName", "the title"),
        Key::honoured(
            "serviceId",
            "names of crate, type and environment variable; the user agent",
        ),
        Key::honoured("targetPrefix", "`X-Amz-Target`"),
        Key::honoured("signatureVersion", "anything but `v4` is refused"),
        Key::honoured("auth", "a service without `aws.auth#sigv4` is refused"),
        Key::ignored(
            "awsQueryCompatible",
            "for programs that know the codes of the former query protocol; errors carry the JSON protocol's own",
        ),
        Key::ignored("apiVersion", "a date that is in no request of the JSON protocol"),
        Key::ignored("serviceAbbreviation", "the full name is the title"),
        Key::ignored("uid", "the name of the model's folder"),
        Key::ignored("xmlNamespace", "only the XML and query protocols use it"),
        Key::ignored(
            "ripServiceName",
            "a name in AWS's region build-out, not one that a client sees",
        ),
        Key::ignored("protocolSettings", "says that HTTP/2 is optional, which it always is"),
    ],
};

/// An operation.
pub(super) const OPERATION: Place = Place {
    name: "operation",
    keys: &[
        Key::honoured("name", "it must be its key"),
        Key::honoured("http", "the request line"),
        Key::honoured("input", "a structure and its builder"),
        Key::honoured("output", "a structure"),
        Key::honoured("errors", "the variants of its error"),
        DOCUMENTATION,
        DEPRECATED,
        DEPRECATED_MESSAGE,
        DEPRECATED_SINCE,
        Key::honoured(
            "auth",
            "an unsigned operation needs no credentials; other schemes than SigV4 are refused",
        ),
        Key::honoured("authtype", "the same, in older models"),
        Key::honoured("endpoint", "the prefix of the host name"),
        Key::honoured(
            "staticContextParams",
            "parameters of the endpoint rules, fixed for the operation",
        ),
        Key::honoured(
            "operationContextParams",
            "parameters of the endpoint rules, from a path in the input",
        ),
        Key::refused("requestcompression", "requests are sent as they are"),
        Key::ignored(
            "idempotent",
            "AWS's retry modes don't ask for it: whatever fails in transit is sent again",
        ),
        Key::ignored("readonly", "nothing is cached, and retries don't depend on it"),
        Key::ignored(
            "endpointdiscovery",
            "endpoints come from the rules; where discovery is required, set `endpoint_url` to what DescribeEndpoints answers",
        ),
        Key::ignored("endpointoperation", "it is called like any other operation"),
    ],
};

/// `http` of an operation.
pub(super) const HTTP: Place = Place {
    name: "request line",
    keys: &[
        Key::honoured("method", "anything but `POST` is refused"),
        Key::honoured("requestUri", "anything but `/` is refused"),
        Key::ignored("responseCode", "in JSON over HTTP every 2xx is a success"),
    ],
};

/// `endpoint` of an operation.
pub(super) const OPERATION_ENDPOINT: Place = Place {
    name: "endpoint of an operation",
    keys: &[Key::honoured("hostPrefix", "the prefix of the host name")],
};

/// `requestcompression` of an operation.
pub(super) const COMPRESSION: Place = Place {
    name: "compression of requests",
    keys: &[Key::refused("encodings", "requests are sent as they are")],
};

/// An entry of `staticContextParams`.
pub(super) const STATIC_PARAM: Place = Place {
    name: "static context parameter",
    keys: &[Key::honoured("value", "the parameter's value")],
};

/// An entry of `operationContextParams`.
pub(super) const OPERATION_PARAM: Place = Place {
    name: "operation context parameter",
    keys: &[Key::honoured("path", "the place of the parameter's value in the input")],
};

/// `contextParam` of a member.
pub(super) const CONTEXT_PARAM: Place = Place {
    name: "context parameter",
    keys: &[Key::honoured("name", "the parameter's name")],
};

/// What every shape may have.
pub(super) const SHAPE: Place = Place {
    name: "shape",
    keys: &[
        Key::honoured("type", "the Rust type"),
        DOCUMENTATION,
        Key::honoured("sensitive", "`Debug` and logs don't show it"),
        Key::ignored(
            "deprecated",
            "deprecation is said where a shape is used: at members and operations",
        ),
        Key::ignored("deprecatedMessage", "as `deprecated`"),
        DEPRECATED_SINCE,
        Key::ignored("box", "only the `box` of the member with this type counts"),
    ],
};

/// A structure.
pub(super) const STRUCTURE: Place = Place {
    name: "structure",
    keys: &[
        Key::honoured("members", "fields"),
        Key::honoured("required", "constructors, and whether a field is optional"),
        Key::honoured("union", "an enum"),
        Key::honoured("document", "`Document`"),
        Key::honoured("exception", "an error"),
        Key::honoured("error", "details of an error"),
        Key::honoured("fault", "the kind of a retryable error: the server's, or the client's"),
        Key::honoured("retryable", "the retry classifier"),
        Key::refused("eventstream", "a call answers once"),
        Key::ignored("event", "only event streams have them, and those are refused"),
        Key::ignored("synthetic", "errors are treated alike, whoever added them to the model"),
        Key::ignored("xmlOrder", "JSON objects have no order"),
        Key::ignored("wrapper", "only the query protocol uses it"),
    ],
};

/// `error` of an exception.
pub(super) const ERROR: Place = Place {
    name: "error of an exception",
    keys: &[
        Key::ignored("code", "in the JSON protocol an error's code is the name of its shape"),
        Key::ignored("httpStatusCode", "a client learns it from the response"),
        Key::ignored("senderFault", "the status tells it"),
    ],
};

/// `retryable` of an exception.
pub(super) const RETRYABLE: Place = Place {
    name: "retryable exception",
    keys: &[Key::honoured("throttling", "a throttling error waits longer")],
};

/// A list.
pub(super) const LIST: Place = Place {
    name: "list",
    keys: &[
        Key::honoured("member", "the type of the items"),
        MIN,
        MAX,
        SPARSE,
        FLATTENED,
    ],
};

/// A map.
pub(super) const MAP: Place = Place {
    name: "map",
    keys: &[
        Key::honoured("key", "the type of the keys, a string"),
        Key::honoured("value", "the type of the values"),
        MIN,
        MAX,
        SPARSE,
        FLATTENED,
    ],
};

/// A string.
pub(super) const STRING: Place = Place {
    name: "string",
    keys: &[
        Key::honoured("enum", "a Rust enum"),
        MIN,
        MAX,
        Key::honoured("pattern", "documentation, and the comparison of models"),
    ],
};

/// A blob.
pub(super) const BLOB: Place = Place {
    name: "blob",
    keys: &[MIN, MAX, Key::refused("streaming", "JSON carries blobs whole")],
};

/// A number.
pub(super) const NUMBER: Place = Place {
    name: "number",
    keys: &[MIN, MAX],
};

/// A timestamp.
pub(super) const TIMESTAMP: Place = Place {
    name: "timestamp",
    keys: &[Key::honoured("timestampFormat", "how it is read and written")],
};

/// A reference to a shape: a member, an item, a key, a value, an input, an output or an error.
pub(super) const REFERENCE: Place = Place {
    name: "reference",
    keys: &[
        Key::honoured("shape", "the type"),
        DOCUMENTATION,
        DEPRECATED,
        DEPRECATED_MESSAGE,
        DEPRECATED_SINCE,
        BOX,
        Key::honoured("idempotencyToken", "filled with a random UUID if it is absent"),
        Key::honoured("timestampFormat", "how it is read and written here"),
        Key::honoured("hostLabel", "a member that is part of the host name must have it"),
        Key::honoured(
            "contextParam",
            "the parameter of the endpoint rules that takes the value",
        ),
        Key::refused("streaming", "JSON carries blobs whole"),
        Key::ignored("jsonvalue", "in a body it is a `String` that contains JSON"),
        Key::ignored("location", "the JSON protocol puts every member into the body"),
        Key::ignored(
            "locationName",
            "in the JSON protocol a member's name on the wire is its own",
        ),
        FLATTENED,
        Key::ignored("resultWrapper", "only the query protocol uses it"),
        Key::ignored("exception", "old models repeat the shape's trait here"),
        Key::ignored("fault", "old models repeat the shape's trait here"),
    ],
};

/// All places, from the file as a whole to its smallest part.
pub const PLACES: &[&Place] = &[
    &SERVICE,
    &METADATA,
    &CLIENT_CONTEXT_PARAM,
    &OPERATION,
    &HTTP,
    &OPERATION_ENDPOINT,
    &STATIC_PARAM,
    &OPERATION_PARAM,
    &COMPRESSION,
    &SHAPE,
    &STRUCTURE,
    &ERROR,
    &RETRYABLE,
    &LIST,
    &MAP,
    &STRING,
    &BLOB,
    &NUMBER,
    &TIMESTAMP,
    &REFERENCE,
    &CONTEXT_PARAM,
];

/// The table as Markdown: a section for what is honoured, one for what is refused, one for what is ignored.
pub fn markdown() -> String {
    let mut text = String::from(
        "# How each trait is treated\n\n\
         Every key that a service model may have, and how the generator treats it. A key that isn't here is an error.\n\
         Printed by `cognito-codegen dump traits`; the table is `codegen/src/model/traits.rs`.\n",
    );
    type Row = fn(&Key) -> Option<&'static str>;
    let sections: [(&str, Row); 3] = [
        ("Honoured", |key| match key.treatment {
            Treatment::Honoured(how) => Some(how),
            _ => None,
        }),
        ("Refused: operations that need it are not generated", |key| {
            match key.treatment {
                Treatment::Refused(why) => Some(why),
                _ => None,
            }
        }),
        ("Ignored", |key| match key.treatment {
            Treatment::Ignored(why) => Some(why),
            _ => None,
        }),
    ];
    for (title, row) in sections {
        let _ = write!(text, "\n## {title}\n\n| where | key | |\n|---|---|---|\n");
        for place in PLACES {
            for key in place.keys {
                if let Some(sentence) = row(key) {
                    let _ = writeln!(text, "| {} | `{}` | {sentence} |", place.name, key.name);
                }
            }
        }
    }
    text
}
