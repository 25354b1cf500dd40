//! aws-smithy-runtime's orchestrator with nothing plugged in: no signature, no retries, no timeouts, no AWS headers.
//!
//! Both SDKs stand on it, so it shows which part of their cost is below them.

use super::call::{Caller, create_user_pool_client, initiate_auth, list_users};
use crate::clients::http_client;
use crate::derived::{CreateUserPoolClient, CreatedUserPoolClient, InitiateAuth, ListUsers, ListUsersPage, SignedIn};
use anyhow::{Result, ensure};
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::timeout::TimeoutConfig;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;
use std::sync::Arc;

/// The operations.
#[derive(Clone)]
pub(crate) struct Bare {
    operations: Arc<Operations>,
}

struct Operations {
    list_users: Operation<ListUsers, ListUsersPage, Failed>,
    create_user_pool_client: Operation<CreateUserPoolClient, CreatedUserPoolClient, Failed>,
    initiate_auth: Operation<InitiateAuth, SignedIn, Failed>,
}

/// The service answered with an error.
#[derive(Debug, thiserror::Error)]
#[error("the service answers {0}")]
struct Failed(u16);

impl Bare {
    /// Operations of the service at `url`.
    pub(crate) fn new(url: &str) -> Self {
        Self {
            operations: Arc::new(Operations {
                list_users: operation(url, "ListUsers", "AWSCognitoIdentityProviderService.ListUsers"),
                create_user_pool_client: operation(
                    url,
                    "CreateUserPoolClient",
                    "AWSCognitoIdentityProviderService.CreateUserPoolClient",
                ),
                initiate_auth: operation(url, "InitiateAuth", "AWSCognitoIdentityProviderService.InitiateAuth"),
            }),
        }
    }
}

fn operation<I, O>(url: &str, name: &'static str, target: &'static str) -> Operation<I, O, Failed>
where
    I: Serialize + fmt::Debug + Send + Sync + 'static,
    O: DeserializeOwned + fmt::Debug + Send + Sync + 'static,
{
    Operation::builder()
        .service_name("cognito-idp")
        .operation_name(name)
        .http_client(http_client())
        .endpoint_url(url)
        .no_auth()
        .no_retry()
        .timeout_config(TimeoutConfig::disabled())
        .serializer(move |input: I| request(target, &input))
        .deserializer(read)
        .build()
}

fn request(target: &'static str, input: &impl Serialize) -> Result<HttpRequest, BoxError> {
    let mut request = HttpRequest::new(SdkBody::from(serde_json::to_vec(input)?));
    request.set_method("POST")?;
    let headers = request.headers_mut();
    headers.insert("x-amz-target", target);
    headers.insert("content-type", "application/x-amz-json-1.1");
    Ok(request)
}

fn read<O: DeserializeOwned>(response: &HttpResponse) -> Result<O, OrchestratorError<Failed>> {
    if !response.status().is_success() {
        return Err(OrchestratorError::operation(Failed(response.status().as_u16())));
    }
    let body = response.body().bytes().unwrap_or_default();
    serde_json::from_slice(body).map_err(OrchestratorError::other)
}

impl Caller for Bare {
    async fn list_users(&self) -> Result<()> {
        let page: Result<_, SdkError<Failed, HttpResponse>> = self.operations.list_users.invoke(list_users()).await;
        ensure!(page?.users.len() == 1, "the answer has another number of users");
        Ok(())
    }

    async fn create_user_pool_client(&self) -> Result<()> {
        let call = self
            .operations
            .create_user_pool_client
            .invoke(create_user_pool_client());
        let created: Result<_, SdkError<Failed, HttpResponse>> = call.await;
        let client = created?.user_pool_client;
        ensure!(
            client.is_some_and(|it| it.client_id.is_some()),
            "the answer has no client id"
        );
        Ok(())
    }

    async fn initiate_auth(&self) -> Result<()> {
        let output: Result<_, SdkError<Failed, HttpResponse>> =
            self.operations.initiate_auth.invoke(initiate_auth()).await;
        let tokens = output?.authentication_result;
        ensure!(
            tokens.is_some_and(|it| it.access_token.is_some()),
            "the answer has no tokens"
        );
        Ok(())
    }
}
