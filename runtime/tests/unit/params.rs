//! The parameters of the endpoint rules.

use cognito_runtime::endpoint::Params;

#[test]
fn fips_and_dual_stack_are_off_unless_asked_for() {
    let params = Params::builder().build().expect("nothing is required");
    assert_eq!((params.use_fips(), params.use_dual_stack()), (Some(false), Some(false)));
}

#[test]
fn a_region_that_is_no_host_label_is_refused() {
    let error = Params::builder().region("us-east-1/x").build().expect_err("a slash");
    assert_eq!(
        error.to_string(),
        "invalid value for field: `region` - must be a valid host label"
    );
}

#[test]
fn an_empty_endpoint_is_refused_since_no_request_could_be_sent_there() {
    Params::builder().endpoint("").build().expect_err("empty");
}

#[test]
fn extra_parameters_have_a_type() {
    let params = Params::builder()
        .extra("AccountId", "123456789012")
        .build()
        .expect("valid");
    assert_eq!(params.extra_str("AccountId"), Some("123456789012"));
    assert_eq!(params.extra_bool("AccountId"), None);
    assert_eq!(params.extra_list("AccountId"), None);
}
