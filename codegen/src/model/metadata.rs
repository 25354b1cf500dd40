//! The service as a whole: its names, its protocol and how its requests are signed.

use super::{auth, traits};
use crate::read::{Cursor, Object};

/// The service as a whole: its names, its protocol and how its requests are signed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// The first label of the service's host names, such as `cognito-idp`.
    pub endpoint_prefix: String,
    /// The version in the content type `application/x-amz-json-…`: `1.0` or `1.1`.
    pub json_version: Option<String>,
    /// The protocol that AWS prefers; [`protocols`](Self::protocols) has `json` where this is another one.
    pub protocol: String,
    /// All protocols the service speaks, best first; empty in old models.
    pub protocols: Vec<String>,
    /// The name for titles, such as `Amazon Cognito Identity Provider`.
    pub service_full_name: String,
    /// The name from which crate names are made, such as `Cognito Identity Provider`.
    pub service_id: String,
    /// The service name in the signature, where it is not the endpoint prefix.
    pub signing_name: Option<String>,
    /// What precedes `.OperationName` in the header `X-Amz-Target`.
    pub target_prefix: Option<String>,
}

impl Metadata {
    /// The service name in the signature.
    pub fn signing_name(&self) -> &str {
        self.signing_name.as_deref().unwrap_or(&self.endpoint_prefix)
    }

    /// Reads the metadata; `None` for a service that does not speak JSON, of which nothing else is worth reading.
    pub(super) fn read(mut object: Object<'_>) -> Option<Self> {
        let protocol = object.require("protocol");
        let preferred = protocol.as_ref().and_then(Cursor::string);
        let protocols = object.strings("protocols");
        if let (Some(at), Some(preferred)) = (protocol, &preferred)
            && preferred != "json"
            && !protocols.iter().any(|name| name == "json")
        {
            at.error(
                format!("the protocol `{preferred}` is not supported"),
                "only services that speak `json` can be generated",
            );
            return None;
        }
        let metadata = Self {
            endpoint_prefix: object.require_name("endpointPrefix"),
            json_version: read_json_version(&mut object),
            protocol: preferred.unwrap_or_default(),
            protocols,
            service_full_name: object.require_string("serviceFullName"),
            service_id: object.require_name("serviceId"),
            signing_name: object.name("signingName"),
            target_prefix: object.require("targetPrefix").and_then(|at| at.name()),
        };
        auth::read_version(&mut object, "signatureVersion", &["v4"]);
        auth::read_schemes(&mut object);
        object.finish_as(&[&traits::METADATA]);
        Some(metadata)
    }
}

fn read_json_version(object: &mut Object<'_>) -> Option<String> {
    let at = object.require("jsonVersion")?;
    let version = at.string()?;
    if !matches!(version.as_str(), "1.0" | "1.1") {
        at.error(
            format!("unknown version `{version}` of the protocol `json`"),
            "the versions supported are 1.0 and 1.1",
        );
    }
    Some(version)
}
