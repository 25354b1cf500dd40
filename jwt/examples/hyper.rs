//! A server on hyper alone: the verifier without tower and without a framework.
//!
//! ```sh
//! cargo run -p cognito-jwt --example hyper -- us-east-1_AbCdEf123 1example23456789
//! curl -i -H "authorization: Bearer $TOKEN" http://127.0.0.1:3000/
//! ```

use cognito_jwt::{Access, AccessClaims, Rejection, Verifier, bearer};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{AUTHORIZATION, HeaderMap, WWW_AUTHENTICATE};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;

/// The claims of the request's token.
async fn authenticate(verifier: &Verifier<Access>, headers: &HeaderMap) -> Result<AccessClaims, Rejection> {
    let authorization = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    Ok(verifier.verify(bearer(authorization)?).await?)
}

/// Answers a request.
pub(crate) async fn answer<B>(verifier: &Verifier<Access>, request: Request<B>) -> Response<Full<Bytes>> {
    match authenticate(verifier, request.headers()).await {
        Ok(claims) => Response::new(Full::from(format!("hello, {}\n", claims.sub))),
        Err(rejection) => {
            eprintln!("rejected: {rejection}");
            reject(&rejection)
        }
    }
}

fn reject(rejection: &Rejection) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(rejection.public()));
    *response.status_mut() = StatusCode::from_u16(rejection.status()).unwrap_or(StatusCode::UNAUTHORIZED);
    if let Some(Ok(challenge)) = rejection.www_authenticate().map(TryInto::try_into) {
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(pool), Some(client)) = (arguments.next(), arguments.next()) else {
        return Err("usage: hyper USER-POOL-ID CLIENT-ID".into());
    };
    let verifier = Verifier::user_pool(pool).client(client).access().build()?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!("listening on http://{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        let verifier = verifier.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| async { Ok::<_, Infallible>(answer(&verifier, request).await) });
            if let Err(error) = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await
            {
                eprintln!("the connection broke: {error}");
            }
        });
    }
}
