//! One source, two crates: a program that touches every operation, type, error and paginator.
//!
//! The build script writes it, from the model and from the list of the official API. It is compiled against the official
//! crate and against ours, and must see the same with both.

// Compiling it twice is what it is for.
#![allow(clippy::duplicate_mod)]
#![allow(clippy::unwrap_used)]
// The program clones members of whatever type.
#![allow(clippy::clone_on_copy)]
// Deprecated for users: nothing is left out here.
#![allow(deprecated)]

use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::body::SdkBody;
use cognito_tests::secrets;
use std::sync::{Arc, Mutex};

#[path = "touch"]
mod official {
    pub(crate) use aws_sdk_cognitoidentityprovider as sdk;

    #[path = "samples.rs"]
    pub(crate) mod samples;

    pub(crate) mod errors {
        include!(concat!(env!("OUT_DIR"), "/touch/errors.rs"));
    }
    pub(crate) mod operations {
        include!(concat!(env!("OUT_DIR"), "/touch/operations.rs"));
    }
    pub(crate) mod types {
        include!(concat!(env!("OUT_DIR"), "/touch/types.rs"));
    }
}

#[path = "touch"]
mod ours {
    pub(crate) use cognito_idp as sdk;

    #[path = "samples.rs"]
    pub(crate) mod samples;

    pub(crate) mod errors {
        include!(concat!(env!("OUT_DIR"), "/touch/errors.rs"));
    }
    pub(crate) mod operations {
        include!(concat!(env!("OUT_DIR"), "/touch/operations.rs"));
    }
    pub(crate) mod types {
        include!(concat!(env!("OUT_DIR"), "/touch/types.rs"));
    }
}

/// Compares what the program sees with the two crates. Members of our newer model are not set, and not compared.
fn same(official: Vec<String>, ours: Vec<String>) -> Vec<String> {
    assert_eq!(official::types::NEWER, ours::types::NEWER);
    assert_eq!(official.len(), ours.len());
    let mut different = Vec::new();
    for (official, ours) in official.iter().zip(&ours) {
        let official = &secrets::hidden(official);
        let mut ours = ours.clone();
        for name in ours::types::NEWER {
            ours = ours.replace(&format!(", {name}: None"), "");
        }
        if *official != ours {
            different.push(format!("  official: {official}\n  ours:     {ours}"));
        }
    }
    assert!(
        different.is_empty(),
        "{} lines differ:\n{}",
        different.len(),
        different.join("\n")
    );
    official
}

#[test]
fn every_structure_is_the_same() {
    let seen = same(official::types::structures(), ours::types::structures());
    assert!(seen.len() > 500, "{} lines only", seen.len());
}

#[test]
fn every_enum_is_the_same() {
    let seen = same(official::types::enums(), ours::types::enums());
    assert!(seen.len() > 600, "{} lines only", seen.len());
}

#[test]
fn every_error_is_the_same() {
    let seen = same(official::errors::errors(), ours::errors::errors());
    assert!(seen.len() > 250, "{} lines only", seen.len());
}

/// What a server was asked, in order.
type Requests = Arc<Mutex<Vec<String>>>;

/// A server that answers everything with an empty object.
macro_rules! client {
    ($crate_name:ident, $requests:expr) => {{
        let requests: Requests = Arc::clone($requests);
        let http = infallible_client_fn(move |request: http::Request<SdkBody>| {
            let header = |name| {
                request
                    .headers()
                    .get(name)
                    .map(|value| value.to_str().unwrap().to_owned())
            };
            let signed = header("authorization").is_some();
            let body: serde_json::Value = serde_json::from_slice(request.body().bytes().unwrap()).unwrap();
            let text = format!("{} {:?} signed: {signed} {body}", request.uri(), header("x-amz-target"));
            requests.lock().unwrap().push(text);
            http::Response::builder()
                .header("x-amzn-requestid", "id")
                .body(SdkBody::from("{}"))
                .unwrap()
        });
        let config = $crate_name::sdk::Config::builder()
            .with_test_defaults_v2()
            .http_client(http)
            .build();
        $crate_name::sdk::Client::from_conf(config)
    }};
}

#[test]
fn every_operation_is_the_same() {
    // Without optimization, the frames of the generated functions are too large for a test's thread.
    let thread = std::thread::Builder::new().stack_size(256 << 20);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    thread
        .spawn(move || runtime.block_on(compare_operations()))
        .unwrap()
        .join()
        .unwrap();
}

async fn compare_operations() {
    let (official, ours) = (Requests::default(), Requests::default());
    let seen = same(
        official::operations::operations(&client!(official, &official)).await,
        ours::operations::operations(&client!(ours, &ours)).await,
    );
    assert!(seen.len() > 4_000, "{} lines only", seen.len());
    let (official, ours) = (official.lock().unwrap().clone(), ours.lock().unwrap().clone());
    let requests = same(official, ours);
    assert!(requests.len() >= 132, "{} requests only", requests.len());
}
