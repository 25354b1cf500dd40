//! How each key of a service model is treated, in one table that the reader follows.
//!
//! A key that is read must be listed here as honoured or refused, and a key that is listed as ignored can't be read. If
//! the two disagree, `Object::finish_as` of the reader fails in every test of the generator. `docs/traits.md` is this
//! table for people.

use std::fmt::Write;

use crate::read::{Key, Place, Treatment};

const fn honoured(name: &'static str, how: &'static str) -> Key {
    Key {
        name,
        treatment: Treatment::Honoured(how),
    }
}

const fn refused(name: &'static str, why: &'static str) -> Key {
    Key {
        name,
        treatment: Treatment::Refused(why),
    }
}

const fn ignored(name: &'static str, why: &'static str) -> Key {
    Key {
        name,
        treatment: Treatment::Ignored(why),
    }
}

const DOCUMENTATION: Key = honoured("documentation", "documentation of the generated code");
const DEPRECATED: Key = honoured("deprecated", "`#[deprecated]`, or a line of documentation");
const DEPRECATED_MESSAGE: Key = honoured("deprecatedMessage", "what to use instead, with the deprecation");
const DEPRECATED_SINCE: Key = ignored(
    "deprecatedSince",
    "a date, where Rust's `since` is a version of the crate",
);
const MIN: Key = honoured("min", "documentation, and the comparison of models");
const MAX: Key = honoured("max", "documentation, and the comparison of models");
const BOX: Key = honoured("box", "whether absent differs from zero: `Option<bool>` or `bool`");
const FLATTENED: Key = ignored("flattened", "only the XML and query protocols use it");
const SPARSE: Key = honoured("sparse", "items may be null: `Vec<Option<T>>`");

/// The file as a whole.
pub(super) const SERVICE: Place = Place {
    name: "service",
    keys: &[
        honoured("metadata", "names, protocol and signing"),
        honoured("operations", "one operation each"),
        honoured("shapes", "one type each"),
        DOCUMENTATION,
        honoured(
            "clientContextParams",
            "parameters of the endpoint rules, set with `Config::builder().endpoint_parameter(…)`",
        ),
        ignored("version", "the version of the model's format, 2.0 in all files"),
        ignored(
            "examples",
            "an empty object in the one model that has it; examples have a file of their own",
        ),
    ],
};

/// A parameter of the endpoint rules that is a setting of the client.
pub(super) const CLIENT_CONTEXT_PARAM: Place = Place {
    name: "client context parameter",
    keys: &[
        honoured("type", "it must be one that endpoint rules know"),
        ignored(
            "documentation",
            "the setting takes any parameter, so that there is no place for it",
        ),
    ],
};

/// `metadata`.
pub(super) const METADATA: Place = Place {
    name: "metadata",
    keys: &[
        honoured("protocol", "services that don't speak `json` are refused"),
        honoured("protocols", "the same, for services whose first choice isn't `json`"),
        honoured(
            "endpointPrefix",
            "the name that signatures are scoped to, unless `signingName` says another",
        ),
        honoured("signingName", "the name that signatures are scoped to"),
        honoured("jsonVersion", "`Content-Type`"),
        honoured("serviceFullName", "the title"),
        honoured(
            "serviceId",
            "names of crate, type and environment variable; the user agent",
        ),
        honoured("targetPrefix", "`X-Amz-Target`"),
        honoured("signatureVersion", "anything but `v4` is refused"),
        honoured("auth", "a service without `aws.auth#sigv4` is refused"),
        ignored(
            "awsQueryCompatible",
            "for programs that know the codes of the former query protocol; errors carry the JSON protocol's own",
        ),
        ignored("apiVersion", "a date that is in no request of the JSON protocol"),
        ignored("serviceAbbreviation", "the full name is the title"),
        ignored("uid", "the name of the model's folder"),
        ignored("xmlNamespace", "only the XML and query protocols use it"),
        ignored(
            "ripServiceName",
            "a name in AWS's region build-out, not one that a client sees",
        ),
        ignored("protocolSettings", "says that HTTP/2 is optional, which it always is"),
    ],
};

/// An operation.
pub(super) const OPERATION: Place = Place {
    name: "operation",
    keys: &[
        honoured("name", "it must be its key"),
        honoured("http", "the request line"),
        honoured("input", "a structure and its builder"),
        honoured("output", "a structure"),
        honoured("errors", "the variants of its error"),
        DOCUMENTATION,
        DEPRECATED,
        DEPRECATED_MESSAGE,
        DEPRECATED_SINCE,
        honoured(
            "auth",
            "an unsigned operation needs no credentials; other schemes than SigV4 are refused",
        ),
        honoured("authtype", "the same, in older models"),
        honoured("endpoint", "the prefix of the host name"),
        honoured(
            "staticContextParams",
            "parameters of the endpoint rules, fixed for the operation",
        ),
        honoured(
            "operationContextParams",
            "parameters of the endpoint rules, from a path in the input",
        ),
        refused("requestcompression", "requests are sent as they are"),
        ignored(
            "idempotent",
            "AWS's retry modes don't ask for it: whatever fails in transit is sent again",
        ),
        ignored("readonly", "nothing is cached, and retries don't depend on it"),
        ignored(
            "endpointdiscovery",
            "endpoints come from the rules; where discovery is required, set `endpoint_url` to what DescribeEndpoints answers",
        ),
        ignored("endpointoperation", "it is called like any other operation"),
    ],
};

/// `http` of an operation.
pub(super) const HTTP: Place = Place {
    name: "request line",
    keys: &[
        honoured("method", "anything but `POST` is refused"),
        honoured("requestUri", "anything but `/` is refused"),
        ignored("responseCode", "in JSON over HTTP every 2xx is a success"),
    ],
};

/// `endpoint` of an operation.
pub(super) const OPERATION_ENDPOINT: Place = Place {
    name: "endpoint of an operation",
    keys: &[honoured("hostPrefix", "the prefix of the host name")],
};

/// `requestcompression` of an operation.
pub(super) const COMPRESSION: Place = Place {
    name: "compression of requests",
    keys: &[refused("encodings", "requests are sent as they are")],
};

/// An entry of `staticContextParams`.
pub(super) const STATIC_PARAM: Place = Place {
    name: "static context parameter",
    keys: &[honoured("value", "the parameter's value")],
};

/// An entry of `operationContextParams`.
pub(super) const OPERATION_PARAM: Place = Place {
    name: "operation context parameter",
    keys: &[honoured("path", "the place of the parameter's value in the input")],
};

/// `contextParam` of a member.
pub(super) const CONTEXT_PARAM: Place = Place {
    name: "context parameter",
    keys: &[honoured("name", "the parameter's name")],
};

/// What every shape may have.
pub(super) const SHAPE: Place = Place {
    name: "shape",
    keys: &[
        honoured("type", "the Rust type"),
        DOCUMENTATION,
        honoured("sensitive", "`Debug` and logs don't show it"),
        ignored(
            "deprecated",
            "deprecation is said where a shape is used: at members and operations",
        ),
        ignored("deprecatedMessage", "as `deprecated`"),
        DEPRECATED_SINCE,
        ignored("box", "only the `box` of the member with this type counts"),
    ],
};

/// A structure.
pub(super) const STRUCTURE: Place = Place {
    name: "structure",
    keys: &[
        honoured("members", "fields"),
        honoured("required", "constructors, and whether a field is optional"),
        honoured("union", "an enum"),
        honoured("document", "`Document`"),
        honoured("exception", "an error"),
        honoured("error", "details of an error"),
        honoured("fault", "the kind of a retryable error: the server's, or the client's"),
        honoured("retryable", "the retry classifier"),
        refused("eventstream", "a call answers once"),
        ignored("event", "only event streams have them, and those are refused"),
        ignored("synthetic", "errors are treated alike, whoever added them to the model"),
        ignored("xmlOrder", "JSON objects have no order"),
        ignored("wrapper", "only the query protocol uses it"),
    ],
};

/// `error` of an exception.
pub(super) const ERROR: Place = Place {
    name: "error of an exception",
    keys: &[
        ignored("code", "in the JSON protocol an error's code is the name of its shape"),
        ignored("httpStatusCode", "a client learns it from the response"),
        ignored("senderFault", "the status tells it"),
    ],
};

/// `retryable` of an exception.
pub(super) const RETRYABLE: Place = Place {
    name: "retryable exception",
    keys: &[honoured("throttling", "a throttling error waits longer")],
};

/// A list.
pub(super) const LIST: Place = Place {
    name: "list",
    keys: &[honoured("member", "the type of the items"), MIN, MAX, SPARSE, FLATTENED],
};

/// A map.
pub(super) const MAP: Place = Place {
    name: "map",
    keys: &[
        honoured("key", "the type of the keys, a string"),
        honoured("value", "the type of the values"),
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
        honoured("enum", "a Rust enum"),
        MIN,
        MAX,
        honoured("pattern", "documentation, and the comparison of models"),
    ],
};

/// A blob.
pub(super) const BLOB: Place = Place {
    name: "blob",
    keys: &[MIN, MAX, refused("streaming", "JSON carries blobs whole")],
};

/// A number.
pub(super) const NUMBER: Place = Place {
    name: "number",
    keys: &[MIN, MAX],
};

/// A timestamp.
pub(super) const TIMESTAMP: Place = Place {
    name: "timestamp",
    keys: &[honoured("timestampFormat", "how it is read and written")],
};

/// A reference to a shape: a member, an item, a key, a value, an input, an output or an error.
pub(super) const REFERENCE: Place = Place {
    name: "reference",
    keys: &[
        honoured("shape", "the type"),
        DOCUMENTATION,
        DEPRECATED,
        DEPRECATED_MESSAGE,
        DEPRECATED_SINCE,
        BOX,
        honoured("idempotencyToken", "filled with a random UUID if it is absent"),
        honoured("timestampFormat", "how it is read and written here"),
        honoured("hostLabel", "a member that is part of the host name must have it"),
        honoured(
            "contextParam",
            "the parameter of the endpoint rules that takes the value",
        ),
        refused("streaming", "JSON carries blobs whole"),
        ignored("jsonvalue", "in a body it is a `String` that contains JSON"),
        ignored("location", "the JSON protocol puts every member into the body"),
        ignored(
            "locationName",
            "in the JSON protocol a member's name on the wire is its own",
        ),
        FLATTENED,
        ignored("resultWrapper", "only the query protocol uses it"),
        ignored("exception", "old models repeat the shape's trait here"),
        ignored("fault", "old models repeat the shape's trait here"),
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
