//! What someone would write who wants these calls and nothing else: hyper-util's pooled client, aws-sigv4, and
//! serde_json with derived structs. No retries, no timeouts, no endpoint rules.
//!
//! The floor sends what the SDKs send: the same headers, signed by the same function. The lean floor sends the two headers
//! that Cognito needs, and what the signature adds.

use super::call::{Caller, create_user_pool_client, initiate_auth, list_users};
use crate::clients::{REGION, credentials};
use crate::derived::{CreatedUserPoolClient, ListUsersPage, SignedIn};
use anyhow::{Result, ensure};
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningParams, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::client::identity::Identity;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderValue, Request, Uri};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::SystemTime;

/// As long as the user agent of an SDK.
const AGENT: &str = "aws-sdk-rust/1.10.2 ua/2.1 api/cognitoidentityprovider/1.144.0 os/linux lang/rust/1.95.0 m/E,b";

/// Which headers to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Headers {
    /// Those of the SDKs.
    OfSdks,
    /// Those that Cognito needs.
    Needed,
}

/// The hand-written client.
#[derive(Clone)]
pub(crate) struct Floor {
    client: Client<HttpConnector, Full<Bytes>>,
    shared: Arc<Shared>,
}

struct Shared {
    headers: Headers,
    uri: Uri,
    url: String,
    host: HeaderValue,
    identity: Identity,
}

impl Floor {
    /// A client of the service at `address`.
    pub(crate) fn new(address: SocketAddr, headers: Headers) -> Result<Self> {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let url = format!("http://{address}/");
        Ok(Self {
            client: Client::builder(TokioExecutor::new()).build(connector),
            shared: Arc::new(Shared {
                headers,
                uri: Uri::try_from(&url)?,
                url,
                host: HeaderValue::try_from(address.to_string())?,
                identity: credentials().into(),
            }),
        })
    }

    fn request(&self, target: &'static str, input: &impl Serialize) -> Result<(Request<Full<Bytes>>, Bytes)> {
        let body = Bytes::from(serde_json::to_vec(input)?);
        let mut request = Request::new(Full::new(body.clone()));
        *request.method_mut() = http::Method::POST;
        *request.uri_mut() = self.shared.uri.clone();
        let headers = request.headers_mut();
        headers.reserve(12);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-amz-json-1.1"));
        headers.insert("x-amz-target", HeaderValue::from_static(target));
        if self.shared.headers == Headers::Needed {
            return Ok((request, body));
        }
        headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        headers.insert(HOST, self.shared.host.clone());
        headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
        headers.insert("x-amz-user-agent", HeaderValue::from_static(AGENT));
        Ok((request, body))
    }

    fn sign(&self, request: &mut Request<Full<Bytes>>, body: &Bytes) -> Result<()> {
        let parameters: SigningParams<'_> = v4::SigningParams::builder()
            .identity(&self.shared.identity)
            .region(REGION)
            .name("cognito-idp")
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()?
            .into();
        // All of them are text: `request` made them of strings.
        let headers = request
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        let signable = SignableRequest::new("POST", self.shared.url.as_str(), headers, SignableBody::Bytes(body))?;
        let (instructions, _) = sign(signable, &parameters)?.into_parts();
        instructions.apply_to_request_http1x(request);
        Ok(())
    }

    async fn send<O: DeserializeOwned>(&self, mut request: Request<Full<Bytes>>) -> Result<O> {
        if self.shared.headers == Headers::OfSdks {
            // Like the SDKs, it doesn't sign these two.
            let headers = request.headers_mut();
            headers.insert("amz-sdk-invocation-id", HeaderValue::try_from(invocation_id())?);
            headers.insert("amz-sdk-request", HeaderValue::from_static("attempt=1; max=3"));
        }
        let response = self.client.request(request).await?;
        ensure!(
            response.status().is_success(),
            "the service answers {}",
            response.status()
        );
        let body = response.into_body().collect().await?.to_bytes();
        Ok(serde_json::from_slice(&body)?)
    }
}

impl Caller for Floor {
    async fn list_users(&self) -> Result<()> {
        let (mut request, body) = self.request("AWSCognitoIdentityProviderService.ListUsers", &list_users())?;
        self.sign(&mut request, &body)?;
        let page: ListUsersPage = self.send(request).await?;
        ensure!(page.users.len() == 1, "the answer has another number of users");
        Ok(())
    }

    async fn create_user_pool_client(&self) -> Result<()> {
        let target = "AWSCognitoIdentityProviderService.CreateUserPoolClient";
        let (mut request, body) = self.request(target, &create_user_pool_client())?;
        self.sign(&mut request, &body)?;
        let created: CreatedUserPoolClient = self.send(request).await?;
        let client = created.user_pool_client;
        ensure!(
            client.is_some_and(|it| it.client_id.is_some()),
            "the answer has no client id"
        );
        Ok(())
    }

    async fn initiate_auth(&self) -> Result<()> {
        let (request, _) = self.request("AWSCognitoIdentityProviderService.InitiateAuth", &initiate_auth())?;
        let output: SignedIn = self.send(request).await?;
        let tokens = output.authentication_result;
        ensure!(
            tokens.is_some_and(|it| it.access_token.is_some()),
            "the answer has no tokens"
        );
        Ok(())
    }
}

/// A random UUID, as the SDKs send it with each call.
fn invocation_id() -> String {
    let (high, low) = (fastrand::u64(..), fastrand::u64(..));
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}
