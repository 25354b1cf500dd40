//! The service of the benchmark: it reads a request and sends an answer that is ready.

use anyhow::Result;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;

/// The answer to `ListUsers` with a filter by e-mail address: one user.
pub(crate) const LIST_USERS: &str = r#"{"Users":[{"Attributes":[{"Name":"email","Value":"jane@example.com"},{"Name":"email_verified","Value":"true"},{"Name":"name","Value":"Jane Roe"},{"Name":"sub","Value":"8d2f1c1e-30a1-70c4-1d2b-3f1d0a5b9c7e"}],"Enabled":true,"UserCreateDate":1761213245.123,"UserLastModifiedDate":1761213301.456,"UserStatus":"CONFIRMED","Username":"8d2f1c1e-30a1-70c4-1d2b-3f1d0a5b9c7e"}]}"#;

/// The answer to `CreateUserPoolClient`: the client with what Cognito adds.
pub(crate) const CREATE_USER_POOL_CLIENT: &str = r#"{"UserPoolClient":{"UserPoolId":"us-east-1_EXAMPLE01","ClientName":"web-app","ClientId":"1h57kf5cpq17m0eml12EXAMPLE","ClientSecret":"9ho4b3k0f1a2c5d6e7g8h9i0j1k2l3m4n5o6p7q8r9s0tEXAMPLE","LastModifiedDate":1761213245.123,"CreationDate":1761213245.123,"RefreshTokenValidity":30,"TokenValidityUnits":{},"ExplicitAuthFlows":["ALLOW_USER_SRP_AUTH","ALLOW_REFRESH_TOKEN_AUTH"],"CallbackURLs":["https://shop.example.com/callback"],"AllowedOAuthFlows":["code"],"AllowedOAuthScopes":["openid","email"],"AllowedOAuthFlowsUserPoolClient":true,"EnableTokenRevocation":true,"EnablePropagateAdditionalUserContextData":false,"AuthSessionValidity":3}}"#;

/// How long the three tokens of a sign-in are together: as long as those that Cognito sends.
const TOKEN_LENGTHS: [usize; 3] = [1_070, 1_020, 1_784];

/// The headers and the body of a request.
#[derive(Debug)]
#[cfg_attr(not(test), expect(dead_code, reason = "for the tests"))]
pub(crate) struct Seen {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// A server on a thread of its own, until the program ends.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    last: Option<Arc<Mutex<Option<Seen>>>>,
}

impl Server {
    /// Starts it on a free port of the loopback interface.
    pub(crate) fn start() -> Result<Self> {
        Self::with(None)
    }

    /// Starts one that remembers the last request.
    #[cfg(test)]
    pub(crate) fn remembering() -> Result<Self> {
        Self::with(Some(Arc::default()))
    }

    fn with(last: Option<Arc<Mutex<Option<Seen>>>>) -> Result<Self> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let server = Self {
            address: listener.local_addr()?,
            last,
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let handler = Handler::new(server.last.clone());
        std::thread::Builder::new()
            .name("server".to_owned())
            .spawn(move || runtime.block_on(serve(listener, handler)))?;
        Ok(server)
    }

    /// Where it listens: `127.0.0.1` and the port.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its URL, without a path.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The last request, if this server remembers it.
    #[cfg(test)]
    pub(crate) fn last(&self) -> Option<Seen> {
        let last = self.last.as_ref()?;
        last.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

async fn serve(listener: std::net::TcpListener, handler: Arc<Handler>) -> Result<()> {
    let listener = TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let handler = Arc::clone(&handler);
        let service = service_fn(move |request| Arc::clone(&handler).answer(request));
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

/// The answers, made once.
struct Handler {
    list_users: Bytes,
    create_user_pool_client: Bytes,
    initiate_auth: Bytes,
    last: Option<Arc<Mutex<Option<Seen>>>>,
}

impl Handler {
    fn new(last: Option<Arc<Mutex<Option<Seen>>>>) -> Arc<Self> {
        Arc::new(Self {
            list_users: Bytes::from_static(LIST_USERS.as_bytes()),
            create_user_pool_client: Bytes::from_static(CREATE_USER_POOL_CLIENT.as_bytes()),
            initiate_auth: Bytes::from(signed_in()),
            last,
        })
    }

    async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, hyper::Error> {
        let (parts, body) = request.into_parts();
        let target = parts.headers.get("x-amz-target").map(HeaderValue::as_bytes);
        let answer = match target.and_then(|target| target.rsplit(|byte| *byte == b'.').next()) {
            Some(b"InitiateAuth") => &self.initiate_auth,
            Some(b"CreateUserPoolClient") => &self.create_user_pool_client,
            _ => &self.list_users,
        };
        let body = body.collect().await?.to_bytes();
        if let Some(last) = &self.last {
            let seen = Seen {
                headers: parts.headers,
                body,
            };
            *last.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
        }
        let mut response = Response::new(Full::new(answer.clone()));
        let headers = response.headers_mut();
        headers.insert(
            http::header::CONTENT_TYPE,
            HeaderValue::from_static("application/x-amz-json-1.1"),
        );
        headers.insert(
            "x-amzn-requestid",
            HeaderValue::from_static("5b2c9c1e-9f0e-4c8e-8d0e-6a7b8c9d0e1f"),
        );
        Ok(response)
    }
}

/// The answer to `InitiateAuth` after a refresh or a sign-in with a password.
fn signed_in() -> String {
    let [id, access, refresh] = TOKEN_LENGTHS.map(|length| "eyJhbGciOiJSUzI1NiJ9.".repeat(length / 21));
    format!(
        r#"{{"AuthenticationResult":{{"AccessToken":"{access}","ExpiresIn":3600,"IdToken":"{id}","RefreshToken":"{refresh}","TokenType":"Bearer"}},"ChallengeParameters":{{}}}}"#
    )
}
