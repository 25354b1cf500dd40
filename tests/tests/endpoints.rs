//! AWS's own cases for the endpoint rules, through the resolver alone and through a whole request.

use aws_smithy_http_client::test_util::capture_request;
use cognito_idp::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};
use cognito_idp::config::{BehaviorVersion, Credentials, Region};
use cognito_idp::error::DisplayErrorContext;
use cognito_idp::{Client, Config};
use cognito_tests::data;
use serde::Deserialize;

/// The cases in botocore 1.44.5. A smaller number would mean that the file was not read to its end.
const CASES: usize = 57;

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

fn suite() -> Vec<Case> {
    let suite: Suite = serde_json::from_slice(&data::read("endpoints/cognito-idp.json")).expect("AWS's format");
    assert_eq!(suite.version, "1.0");
    assert_eq!(suite.test_cases.len(), CASES);
    suite.test_cases
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

fn report(how: &str, cases: &[Case]) {
    let errors = cases
        .iter()
        .filter(|case| matches!(case.expect, Expectation::Error(_)))
        .count();
    println!("endpoints: {} cases {how}, {errors} of them errors", cases.len());
}

#[tokio::test]
async fn the_default_resolver_gives_the_url_or_the_error_of_every_case() {
    let cases = suite();
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
        match DefaultResolver::new().resolve_endpoint(&params).await {
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
    report("through the resolver", &cases);
}

#[tokio::test]
async fn a_request_goes_to_the_url_of_every_case_or_fails_with_its_error() {
    let cases = suite();
    for case in &cases {
        let (http_client, captured) = capture_request(None);
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .credentials_provider(Credentials::for_tests())
            .region(case.params.region.clone().map(Region::new))
            .http_client(http_client);
        // A client without a region can't sign, so this operation is one that isn't signed.
        config.set_endpoint_url(case.params.endpoint.clone());
        config.set_use_fips(case.params.use_fips);
        config.set_use_dual_stack(case.params.use_dual_stack);
        let result = Client::from_conf(config.build())
            .forgot_password()
            .client_id("1")
            .username("alice")
            .send()
            .await;
        match result {
            Ok(_) => {
                let request = captured.expect_request();
                let url = request.uri().strip_suffix('/').expect("Cognito has one path, `/`");
                check(case, Ok(url));
                assert_eq!(request.method(), "POST", "{}", case.documentation);
            }
            Err(error) => {
                captured.expect_no_request();
                check(case, Err(&DisplayErrorContext(error).to_string()));
            }
        }
    }
    report("through a whole request", &cases);
}

#[tokio::test]
async fn a_signed_request_is_signed_for_the_region_of_its_endpoint() {
    let mut signed = 0;
    for case in &suite() {
        let (Some(region), Expectation::Endpoint { .. }) = (&case.params.region, &case.expect) else {
            continue;
        };
        let (http_client, captured) = capture_request(None);
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .credentials_provider(Credentials::for_tests())
            .region(Region::new(region.clone()))
            .http_client(http_client);
        config.set_endpoint_url(case.params.endpoint.clone());
        config.set_use_fips(case.params.use_fips);
        config.set_use_dual_stack(case.params.use_dual_stack);
        Client::from_conf(config.build())
            .list_user_pools()
            .max_results(1)
            .send()
            .await
            .expect("an empty answer");
        let request = captured.expect_request();
        check(
            case,
            Ok(request.uri().strip_suffix('/').expect("Cognito has one path, `/`")),
        );
        let authorization = request.headers().get("authorization").expect("signed");
        assert!(
            authorization.contains(&format!("/{region}/cognito-idp/aws4_request")),
            "{authorization}"
        );
        signed += 1;
    }
    println!("endpoints: {signed} signed requests");
    assert!(signed > 50);
}

#[test]
fn the_test_data_is_unedited() {
    println!("data: {} files of botocore as SOURCE.toml says", data::check_sums());
}
