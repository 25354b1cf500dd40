//! An interceptor for gRPC services on tonic: the claims go into the request's extensions.
//!
//! Interceptors can't wait, so this verifies with the keys that are there. It fetches them before it serves; when keys
//! rotate, they are refreshed in the background, and clients that come in between get `UNAVAILABLE` and try again.
//!
//! ```sh
//! cargo run -p cognito-jwt --example tonic_interceptor -- us-east-1_AbCdEf123 1example23456789 "$TOKEN"
//! ```

use cognito_jwt::{Access, AccessClaims, Rejection, Verifier, bearer};
use tonic::service::Interceptor;
use tonic::{Request, Status};

/// Lets requests with a good access token pass. Put it around a service with `MyServiceServer::with_interceptor`.
#[derive(Clone)]
pub(crate) struct Authenticate(pub(crate) Verifier<Access>);

impl Interceptor for Authenticate {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        let authorization = request
            .metadata()
            .get("authorization")
            .and_then(|value| value.to_str().ok());
        let claims = bearer(authorization)
            .and_then(|token| Ok(self.0.verify_sync(token)?))
            .map_err(|rejection| status(&rejection))?;
        request.extensions_mut().insert(claims);
        Ok(request)
    }
}

fn status(rejection: &Rejection) -> Status {
    eprintln!("rejected: {rejection}");
    match rejection.status() {
        403 => Status::permission_denied(rejection.public()),
        503 => Status::unavailable(rejection.public()),
        _ => Status::unauthenticated(rejection.public()),
    }
}

/// What a handler does with a request that has passed.
pub(crate) fn who<T>(request: &Request<T>) -> Option<&str> {
    let claims = request.extensions().get::<AccessClaims>()?;
    Some(&claims.sub)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(pool), Some(client), Some(token)) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("usage: tonic_interceptor USER-POOL-ID CLIENT-ID TOKEN".into());
    };
    let verifier = Verifier::user_pool(pool).client(client).access().build()?;
    verifier.hydrate().await?;
    // A call, without a network: what tonic does before a method of the service runs.
    let mut request = Request::new(());
    request
        .metadata_mut()
        .insert("authorization", format!("Bearer {token}").parse()?);
    match Authenticate(verifier).call(request) {
        Ok(request) => println!("the method runs for {}", who(&request).unwrap_or("nobody")),
        Err(status) => println!("the caller gets {status}"),
    }
    Ok(())
}
