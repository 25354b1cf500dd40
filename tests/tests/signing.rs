//! AWS's Signature Version 4 test suite, signed by the request path itself.
//!
//! How a case is bound to it: a call of a real operation is sent with an interceptor that, right before signing, puts
//! the suite's request in place of the operation's, and the suite's service name in place of Cognito's. What then signs
//! it is the client's own scheme with the settings that the operation brings along (`OperationPlugin` in
//! `runtime/src/plugin.rs`); the HTTP client catches what would have gone out. Nothing of the signer is configured here
//! but for one case, which says so.

use aws_runtime::auth::SigV4OperationSigningConfig;
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_http_client::test_util::{CaptureRequestReceiver, capture_request};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::SigningName;
use cognito_idp::config::{BehaviorVersion, Credentials, Region};
use cognito_idp::error::DisplayErrorContext;
use cognito_idp::{Client, Config};
use cognito_tests::data::{self, hex};
use cognito_tests::report;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// The cases in botocore 1.44.5.
const CASES: usize = 34;
const ACCESS_KEY: &str = "AKIDEXAMPLE";
const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
/// 2015-08-30T12:36:00Z.
const TIME: u64 = 1_440_938_160;

/// A folder of the suite.
#[derive(Debug)]
struct Case {
    name: String,
    files: PathBuf,
}

impl Case {
    fn read(&self, extension: &str) -> String {
        let path = self.files.with_extension(extension);
        fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
            .replace('\r', "")
    }

    /// The token that the expected request is signed with. A case where it is added later is signed without.
    fn token(&self) -> Option<String> {
        let canonical = self.read("creq");
        canonical
            .lines()
            .find_map(|line| line.strip_prefix("x-amz-security-token:"))
            .map(str::to_owned)
    }

    fn request(&self) -> Result<HttpRequest, BoxError> {
        let text = self.read("req");
        let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
        let (line, headers) = head.split_once('\n').expect("a request line and headers");
        let (method, path) = line.split_once(' ').expect("a method");
        let path = path.strip_suffix(" HTTP/1.1").expect("a version");

        let mut request = HttpRequest::new(SdkBody::from(body));
        request.set_method(method)?;
        request.set_uri(format!("https://example.amazonaws.com{path}"))?;
        // A line that begins with a blank goes on with the value of the line before (RFC 7230, section 3.2.4).
        for header in headers.replace("\n ", " ").lines() {
            let (name, value) = header.split_once(':').expect("a header");
            request.headers_mut().try_append(name.to_owned(), value.to_owned())?;
        }
        Ok(request)
    }
}

fn cases() -> Vec<Case> {
    fn walk(folder: &Path, root: &Path, cases: &mut Vec<Case>) {
        for entry in fs::read_dir(folder).expect("the suite is there") {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() {
                walk(&path, root, cases);
            } else if path.extension().is_some_and(|extension| extension == "req") {
                let name = folder.strip_prefix(root).expect("inside").display().to_string();
                cases.push(Case { name, files: path });
            }
        }
    }
    let root = data::path("signing/aws4_testsuite");
    let mut cases = Vec::new();
    walk(&root, &root, &mut cases);
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    assert_eq!(cases.len(), CASES);
    cases
}

fn client(token: Option<String>) -> (Client, CaptureRequestReceiver) {
    let (http_client, captured) = capture_request(None);
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new(ACCESS_KEY, SECRET_KEY, token, None, "suite"))
        .time_source(StaticTimeSource::from_secs(TIME))
        .http_client(http_client)
        .build();
    (Client::from_conf(config), captured)
}

/// Puts a case's request in place of the operation's.
#[derive(Debug)]
struct InPlaceOf {
    method: String,
    uri: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    single_encoding: bool,
}

impl InPlaceOf {
    fn new(request: &HttpRequest, single_encoding: bool) -> Self {
        Self {
            method: request.method().to_owned(),
            uri: request.uri().to_owned(),
            headers: request
                .headers()
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body: request.body().bytes().expect("in memory").to_vec(),
            single_encoding,
        }
    }
}

impl Intercept for InPlaceOf {
    fn name(&self) -> &'static str {
        "InPlaceOf"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let mut request = HttpRequest::new(SdkBody::from(self.body.clone()));
        request.set_method(self.method.as_str())?;
        request.set_uri(self.uri.as_str())?;
        for (name, value) in &self.headers {
            request.headers_mut().try_append(name.clone(), value.clone())?;
        }
        *context.request_mut() = request;
        cfg.interceptor_state().store_put(SigningName::from_static("service"));
        if self.single_encoding {
            let mut config = cfg
                .load::<SigV4OperationSigningConfig>()
                .expect("every operation has one")
                .clone();
            config.signing_options.double_uri_encode = false;
            cfg.interceptor_state().store_put(config);
        }
        Ok(())
    }
}

async fn authorization(case: &Case, request: &HttpRequest, single_encoding: bool) -> String {
    let (client, captured) = client(case.token());
    let call = client
        .admin_get_user()
        .user_pool_id("us-east-1_x")
        .username("alice")
        .customize();
    let result = call.interceptor(InPlaceOf::new(request, single_encoding)).send().await;
    if let Err(error) = result {
        // The empty answer that the HTTP client gives is no user: all that matters is what was sent.
        assert!(
            error.as_service_error().is_none(),
            "{}: {}",
            case.name,
            DisplayErrorContext(error)
        );
    }
    let sent = captured.expect_request();
    assert_eq!(
        sent.headers().get("x-amz-date"),
        Some("20150830T123600Z"),
        "{}",
        case.name
    );
    sent.headers().get("authorization").expect("signed").to_owned()
}

#[tokio::test]
async fn the_request_path_signs_every_case_of_the_suite_as_aws_does() {
    let mut signed = 0;
    for case in cases() {
        let expected = case.read("authz");
        let got = match case.request() {
            Ok(request) => authorization(&case, &request, false).await,
            Err(_) => {
                // No HTTP client can send a URI with a blank. Percent-encoded it can be sent; the suite wants it
                // encoded once, and services other than S3 twice.
                assert_eq!(case.name, "normalize-path/get-space");
                let mut request = HttpRequest::new(SdkBody::empty());
                request.set_method("GET").expect("a method");
                request
                    .set_uri("https://example.amazonaws.com/example%20space/")
                    .expect("a URI");
                request.headers_mut().insert("host", "example.amazonaws.com");
                let twice = authorization(&case, &request, false).await;
                assert_ne!(twice, expected, "the settings of our operations encode twice");
                authorization(&case, &request, true).await
            }
        };
        assert_eq!(got, expected, "{}", case.name);
        // The signed request of this case has another signature than the other files: the suite's own mistake.
        let consistent = case.name != "get-vanilla-with-session-token";
        assert_eq!(case.read("sreq").contains(&got), consistent, "{}", case.name);
        signed += 1;
    }
    report!("signing: {signed} cases of the suite");
    assert_eq!(signed, CASES);
}

/// Signature Version 4, written from its description, without a line of aws-sigv4.
fn signature(request: &HttpRequest, signed_headers: &str, scope: &str, secret: &str) -> String {
    let digest = |text: &[u8]| hex(&Sha256::digest(text));
    let mac = |key: &[u8], text: &str| {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any key");
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().to_vec()
    };
    let header = |name| match request.headers().get(name) {
        Some(value) => value.trim().to_owned(),
        // HTTP/1.1 takes it from the URI, which here has no other part than `/`.
        None => {
            assert_eq!(name, "host");
            request
                .uri()
                .trim_start_matches("https://")
                .trim_end_matches('/')
                .to_owned()
        }
    };
    let headers: String = signed_headers
        .split(';')
        .map(|name| format!("{name}:{}\n", header(name)))
        .collect();
    let body = digest(request.body().bytes().expect("in memory"));
    let canonical = format!("POST\n/\n\n{headers}\n{signed_headers}\n{body}");
    let to_sign = format!(
        "AWS4-HMAC-SHA256\n{}\n{scope}\n{}",
        header("x-amz-date"),
        digest(canonical.as_bytes())
    );
    let key = scope
        .split('/')
        .fold(format!("AWS4{secret}").into_bytes(), |key, part| mac(&key, part));
    hex(&mac(&key, &to_sign))
}

#[tokio::test]
async fn the_signature_of_an_operation_is_what_hmac_and_sha256_give() {
    let mut signed = 0;
    for token in [None, Some("a/token+".to_owned())] {
        let (client, captured) = client(token.clone());
        client
            .list_users()
            .user_pool_id("us-east-1_Ü")
            .filter("email ^= \"ü@\"")
            .send()
            .await
            .expect("an empty answer");
        let request = captured.expect_request();
        let authorization = request.headers().get("authorization").expect("signed").to_owned();

        let scope = "20150830/us-east-1/cognito-idp/aws4_request";
        let rest = authorization
            .strip_prefix(&format!(
                "AWS4-HMAC-SHA256 Credential={ACCESS_KEY}/{scope}, SignedHeaders="
            ))
            .expect("the scope is date, region and service");
        let (signed_headers, got) = rest.split_once(", Signature=").expect("a signature");
        for header in ["host", "content-type", "x-amz-date", "x-amz-target"] {
            assert!(
                signed_headers.split(';').any(|name| name == header),
                "{header} is not signed: {signed_headers}"
            );
        }
        assert_eq!(signed_headers.contains("x-amz-security-token"), token.is_some());
        assert_eq!(request.headers().get("x-amz-security-token"), token.as_deref());
        // A proxy may change these, so they must not be signed.
        for header in ["user-agent", "x-amzn-trace-id"] {
            assert!(
                signed_headers.split(';').all(|name| name != header),
                "{header} is signed: {signed_headers}"
            );
        }
        // Only S3 wants the body's sum as a header.
        assert_eq!(request.headers().get("x-amz-content-sha256"), None);

        assert_eq!(got, signature(&request, signed_headers, scope, SECRET_KEY));
        assert_ne!(got, signature(&request, signed_headers, scope, "another secret"));
        signed += 1;
    }
    report!("signing: {signed} requests recomputed");
}

#[tokio::test]
async fn an_operation_without_authentication_goes_out_unsigned() {
    let (client, captured) = client(None);
    client
        .forgot_password()
        .client_id("1")
        .username("alice")
        .send()
        .await
        .expect("an empty answer");
    let request = captured.expect_request();
    assert_eq!(request.headers().get("authorization"), None);
    assert_eq!(request.headers().get("x-amz-date"), None);
}
