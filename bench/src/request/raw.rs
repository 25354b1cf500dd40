//! hyper alone, on connections of its own: a body that is ready goes out, and the answer isn't looked at.

use super::call::Caller;
use anyhow::{Result, ensure};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST};
use http::{HeaderValue, Request};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpStream;

/// Connections to one server.
#[derive(Clone)]
pub(crate) struct Raw {
    address: SocketAddr,
    host: HeaderValue,
    idle: Arc<Mutex<Vec<SendRequest<Full<Bytes>>>>>,
}

impl Raw {
    /// Connections to the service at `address`.
    pub(crate) fn new(address: SocketAddr) -> Result<Self> {
        Ok(Self {
            address,
            host: HeaderValue::try_from(address.to_string())?,
            idle: Arc::default(),
        })
    }

    async fn connection(&self) -> Result<SendRequest<Full<Bytes>>> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(connection) = idle {
            return Ok(connection);
        }
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(sender)
    }

    async fn send(&self, target: &'static str, body: &'static [u8]) -> Result<()> {
        let mut request = Request::new(Full::new(Bytes::from_static(body)));
        *request.method_mut() = http::Method::POST;
        let headers = request.headers_mut();
        headers.insert(HOST, self.host.clone());
        headers.insert("x-amz-target", HeaderValue::from_static(target));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-amz-json-1.1"));
        let mut connection = self.connection().await?;
        connection.ready().await?;
        let response = connection.send_request(request).await?;
        ensure!(
            response.status().is_success(),
            "the service answers {}",
            response.status()
        );
        response.into_body().collect().await?;
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(connection);
        Ok(())
    }
}

impl Caller for Raw {
    async fn list_users(&self) -> Result<()> {
        const BODY: &[u8] =
            br#"{"UserPoolId":"us-east-1_EXAMPLE01","Limit":1,"Filter":"email = \"jane@example.com\""}"#;
        self.send("AWSCognitoIdentityProviderService.ListUsers", BODY).await
    }

    async fn create_user_pool_client(&self) -> Result<()> {
        const BODY: &[u8] = br#"{"UserPoolId":"us-east-1_EXAMPLE01","ClientName":"web-app","GenerateSecret":true,"ExplicitAuthFlows":["ALLOW_USER_SRP_AUTH","ALLOW_REFRESH_TOKEN_AUTH"],"CallbackURLs":["https://shop.example.com/callback"],"AllowedOAuthFlows":["code"],"AllowedOAuthScopes":["openid","email"],"AllowedOAuthFlowsUserPoolClient":true}"#;
        self.send("AWSCognitoIdentityProviderService.CreateUserPoolClient", BODY)
            .await
    }

    async fn initiate_auth(&self) -> Result<()> {
        const BODY: &[u8] = br#"{"AuthFlow":"USER_PASSWORD_AUTH","AuthParameters":{"USERNAME":"jane","PASSWORD":"correct horse battery"},"ClientId":"1h57kf5cpq17m0eml12EXAMPLE"}"#;
        self.send("AWSCognitoIdentityProviderService.InitiateAuth", BODY).await
    }
}
