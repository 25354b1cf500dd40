use super::reader::{Cursor, Object};

/// Keys of `metadata` that a client with JSON over HTTP/1.1 has no use for.
const IGNORED: [(&str, &str); 3] = [
    ("xmlNamespace", "only the XML and query protocols use it"),
    (
        "ripServiceName",
        "a name in AWS's region build-out, not one that a client sees",
    ),
    ("protocolSettings", "says that HTTP/2 is optional, which it always is"),
];

/// The service as a whole: its names, its protocol and how its requests are signed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// The version of the API, a date such as `2016-04-18`.
    pub api_version: String,
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
    /// The short form of the full name, where there is one.
    pub service_abbreviation: Option<String>,
    /// The name from which crate names are made, such as `Cognito Identity Provider`.
    pub service_id: String,
    /// How requests are signed, such as `v4`.
    pub signature_version: Option<String>,
    /// The service name in the signature, where it is not the endpoint prefix.
    pub signing_name: Option<String>,
    /// What precedes `.OperationName` in the header `X-Amz-Target`.
    pub target_prefix: Option<String>,
    /// The model's identity, such as `cognito-idp-2016-04-18`.
    pub uid: Option<String>,
    /// The authentication schemes of all operations that name none of their own, best first.
    pub auth: Vec<String>,
    /// Whether errors carry the code of the service's former query protocol in `x-amzn-query-error`.
    pub aws_query_compatible: bool,
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
            api_version: object.require_string("apiVersion"),
            endpoint_prefix: object.require_string("endpointPrefix"),
            json_version: read_json_version(&mut object),
            protocol: preferred.unwrap_or_default(),
            protocols,
            service_full_name: object.require_string("serviceFullName"),
            service_abbreviation: object.string("serviceAbbreviation"),
            service_id: object.require_string("serviceId"),
            signature_version: object.string("signatureVersion"),
            signing_name: object.string("signingName"),
            target_prefix: object.require("targetPrefix").and_then(|at| at.string()),
            uid: object.string("uid"),
            auth: object.strings("auth"),
            aws_query_compatible: object
                .get("awsQueryCompatible")
                .and_then(Cursor::object)
                .map(Object::finish)
                .is_some(),
        };
        object.ignore(&IGNORED);
        object.finish();
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
