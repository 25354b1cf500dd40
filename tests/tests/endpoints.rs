//! AWS's own cases for the endpoint rules of both services, through the resolver alone and through a whole request.

use aws_smithy_http_client::test_util::capture_request;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::error::display::DisplayErrorContext;
use cognito_runtime::config::Config;
use cognito_runtime::config::exports::{BehaviorVersion, Credentials, Region};
use cognito_runtime::endpoint::{Params, ResolveEndpoint};
use cognito_runtime::{BoxFuture, Service};
use cognito_tests::data;
use cognito_tests::report;
use serde::Deserialize;

/// A service, and what the tests call of it.
struct Tested {
    /// The name of its file of cases, which is also what its signatures are scoped to.
    name: &'static str,
    /// The cases in botocore 1.44.5. A smaller number would mean that the file was not read to its end.
    cases: usize,
    resolver: fn() -> Box<dyn ResolveEndpoint>,
    /// A call that goes out without a signature: a client without a region can't sign.
    unsigned: Call,
    signed: Call,
}

/// Calls an operation with the settings of a case, and gives the error with all its causes.
type Call = fn(&Case, SharedHttpClient) -> BoxFuture<Result<(), String>>;

static SERVICES: [Tested; 2] = [
    Tested {
        name: "cognito-idp",
        cases: 57,
        resolver: || Box::new(cognito_idp::config::endpoint::DefaultResolver::new()),
        unsigned: |case, http| {
            let client = cognito_idp::Client::from_conf(config(case, http));
            let call = client.forgot_password().client_id("1").username("alice").send();
            Box::pin(async move { call.await.map(drop).map_err(text) })
        },
        signed: |case, http| {
            let client = cognito_idp::Client::from_conf(config(case, http));
            let call = client.list_user_pools().max_results(1).send();
            Box::pin(async move { call.await.map(drop).map_err(text) })
        },
    },
    Tested {
        name: "cognito-identity",
        cases: 35,
        resolver: || Box::new(cognito_identity::config::endpoint::DefaultResolver::new()),
        unsigned: |case, http| {
            let client = cognito_identity::Client::from_conf(config(case, http));
            let call = client.get_id().identity_pool_id("us-east-1:1").send();
            Box::pin(async move { call.await.map(drop).map_err(text) })
        },
        signed: |case, http| {
            let client = cognito_identity::Client::from_conf(config(case, http));
            let call = client.list_identity_pools().max_results(1).send();
            Box::pin(async move { call.await.map(drop).map_err(text) })
        },
    },
];

fn text(error: impl std::error::Error) -> String {
    DisplayErrorContext(error).to_string()
}

/// A client's configuration with the settings of a case.
fn config<S: Service>(case: &Case, http: SharedHttpClient) -> Config<S> {
    let mut config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .credentials_provider(Credentials::for_tests())
        .region(case.params.region.clone().map(Region::new))
        .http_client(http);
    config.set_endpoint_url(case.params.endpoint.clone());
    config.set_use_fips(case.params.use_fips);
    config.set_use_dual_stack(case.params.use_dual_stack);
    config.build()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Suite {
    test_cases: Vec<Case>,
    version: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    documentation: String,
    #[serde(default)]
    params: Settings,
    expect: Expectation,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Settings {
    region: Option<String>,
    endpoint: Option<String>,
    #[serde(rename = "UseFIPS")]
    use_fips: Option<bool>,
    use_dual_stack: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
enum Expectation {
    Endpoint { url: String },
    Error(String),
}

impl Tested {
    fn cases(&self) -> Vec<Case> {
        let file = data::read(&format!("endpoints/{}.json", self.name));
        let suite: Suite = serde_json::from_slice(&file).expect("AWS's format");
        assert_eq!(suite.version, "1.0");
        assert_eq!(suite.test_cases.len(), self.cases, "{}", self.name);
        suite.test_cases
    }

    fn report(&self, how: &str, cases: &[Case]) {
        let errors = cases
            .iter()
            .filter(|case| matches!(case.expect, Expectation::Error(_)))
            .count();
        report!(
            "endpoints: {}: {} cases {how}, {errors} of them errors",
            self.name,
            cases.len()
        );
    }
}

/// Checks what came out of a case: the URL, or a text that holds the error's.
fn check(case: &Case, got: Result<&str, &str>) {
    let name = &case.documentation;
    match (&case.expect, got) {
        (Expectation::Endpoint { url }, Ok(got)) => assert_eq!(got, url, "{name}"),
        (Expectation::Error(message), Err(got)) => assert!(got.contains(message), "{name}: {got}"),
        (_, got) => panic!("{name}: {got:?}"),
    }
}

#[tokio::test]
async fn the_default_resolver_gives_the_url_or_the_error_of_every_case() {
    for service in &SERVICES {
        let cases = service.cases();
        for case in &cases {
            let Settings {
                region,
                endpoint,
                use_fips,
                use_dual_stack,
            } = &case.params;
            let params = Params::builder()
                .set_region(region.clone())
                .set_endpoint(endpoint.clone())
                .set_use_fips(*use_fips)
                .set_use_dual_stack(*use_dual_stack)
                .build()
                .expect("valid parameters");
            match (service.resolver)().resolve_endpoint(&params).await {
                Ok(endpoint) => {
                    check(case, Ok(endpoint.url()));
                    // No case expects headers or properties.
                    assert_eq!(endpoint.headers().count(), 0, "{}", case.documentation);
                    assert!(endpoint.properties().is_empty(), "{}", case.documentation);
                }
                Err(error) => {
                    check(case, Err(&error.to_string()));
                    let exact = matches!(&case.expect, Expectation::Error(message) if *message == error.to_string());
                    assert!(exact, "{}: {error}", case.documentation);
                }
            }
        }
        service.report("through the resolver", &cases);
    }
}

#[tokio::test]
async fn a_request_goes_to_the_url_of_every_case_or_fails_with_its_error() {
    for service in &SERVICES {
        let cases = service.cases();
        for case in &cases {
            let (http_client, captured) = capture_request(None);
            match (service.unsigned)(case, SharedHttpClient::new(http_client)).await {
                Ok(()) => {
                    let request = captured.expect_request();
                    let url = request.uri().strip_suffix('/').expect("Cognito has one path, `/`");
                    check(case, Ok(url));
                    assert_eq!(request.method(), "POST", "{}", case.documentation);
                    assert_eq!(request.headers().get("authorization"), None, "{}", case.documentation);
                }
                Err(error) => {
                    captured.expect_no_request();
                    check(case, Err(&error));
                }
            }
        }
        service.report("through a whole request", &cases);
    }
}

#[tokio::test]
async fn a_signed_request_is_signed_for_the_region_of_its_endpoint() {
    for service in &SERVICES {
        let mut signed = 0;
        for case in &service.cases() {
            let (Some(region), Expectation::Endpoint { .. }) = (&case.params.region, &case.expect) else {
                continue;
            };
            let (http_client, captured) = capture_request(None);
            let answer = (service.signed)(case, SharedHttpClient::new(http_client)).await;
            answer.expect("an empty answer");
            let request = captured.expect_request();
            check(
                case,
                Ok(request.uri().strip_suffix('/').expect("Cognito has one path, `/`")),
            );
            let authorization = request.headers().get("authorization").expect("signed");
            assert!(
                authorization.contains(&format!("/{region}/{}/aws4_request", service.name)),
                "{authorization}"
            );
            signed += 1;
        }
        report!("endpoints: {}: {signed} signed requests", service.name);
        assert!(signed > service.cases / 2);
    }
}

#[test]
fn the_test_data_is_unedited() {
    report!("data: {} files of botocore as SOURCE.toml says", data::check_sums());
}
