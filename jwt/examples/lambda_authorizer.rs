//! A Lambda authorizer for an HTTP API of API Gateway (payload format 2.0, simple responses).
//!
//! It reads `USER_POOL_ID` and `CLIENT_ID`, and fetches the keys while the function initializes, so that no request
//! waits for them. The claims that the API needs go with the request, as the authorizer's context.

use cognito_jwt::{Access, Verifier, bearer};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::{Value, json};

/// Answers API Gateway: whether the request may pass, and what the API should know.
pub(crate) async fn authorize(verifier: &Verifier<Access>, event: &Value) -> Value {
    // API Gateway writes the names of headers in lower case.
    let authorization = event["headers"]["authorization"].as_str();
    let verdict = match bearer(authorization) {
        Ok(token) => verifier.verify(token).await.map_err(Into::into),
        Err(rejection) => Err(rejection),
    };
    match verdict {
        Ok(claims) => json!({
            "isAuthorized": true,
            "context": {"sub": claims.sub, "username": claims.username, "scope": claims.scope},
        }),
        Err(rejection) => {
            eprintln!("rejected: {rejection}");
            json!({"isAuthorized": false})
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let (pool, client) = (std::env::var("USER_POOL_ID")?, std::env::var("CLIENT_ID")?);
    let verifier = Verifier::user_pool(pool).client(client).access().build()?;
    // Without keys now, the first requests try again.
    if let Err(error) = verifier.hydrate().await {
        eprintln!("{error}");
    }
    let verifier = &verifier;
    run(service_fn(|event: LambdaEvent<Value>| async move {
        Ok::<_, Error>(authorize(verifier, &event.payload).await)
    }))
    .await
}
