//! Domains of user pools, and groups.

use crate::support::{breaks, keeps, rules};
use serde_json::json;

rules! {
    a_prefix_has_no_reserved_word: "domain-prefix-reserved", "CreateUserPoolDomain" {
        breaks "Domain": { "Domain": "aws-shop" };
        breaks "Domain": { "Domain": "my-amazon-login" };
        breaks "Domain": { "Domain": "newcognito" };
        keeps { "Domain": "example-prefix" };
        keeps { "Domain": "auth" };
    }
    a_prefix_is_one_label: "domain-prefix-name", "CreateUserPoolDomain" {
        breaks "Domain": { "Domain": "My-Shop" };
        breaks "Domain": { "Domain": "shop_2" };
        breaks "Domain": { "Domain": "-shop" };
        keeps { "Domain": "shop-2" };
        keeps { "Domain": "2" };
    }
    a_custom_domain_needs_a_certificate: "custom-domain-certificate", "CreateUserPoolDomain" {
        breaks "Domain": { "Domain": "auth.example.com" };
        keeps { "Domain": "example" };
    }
    a_group_has_an_iam_role: "group-role", "CreateGroup" {
        breaks "RoleArn": { "RoleArn": "arn:aws:lambda:us-east-1:123456789012:function:editors" };
        breaks "RoleArn": { "RoleArn": "arn:aws:iam::123456789012:user/ana" };
        keeps { "RoleArn": "arn:aws:iam::123456789012:role/editors", "Precedence": 0 };
        keeps { "RoleArn": "arn:aws-us-gov:iam::123456789012:role/service-role/editors" };
        keeps { "Description": "They edit" };
    }
    a_groups_new_role_is_an_iam_role: "group-role", "UpdateGroup" {
        breaks "RoleArn": { "RoleArn": "arn:aws:sts::123456789012:assumed-role/editors/ana" };
        keeps { "Precedence": 7 };
    }
}

const CERTIFICATE: &str = "arn:aws:acm:us-east-1:123456789012:certificate/a1b2c3d4-5678-90ab-cdef-EXAMPLE22222";

#[test]
fn a_custom_domain_is_a_name_below_a_parent() {
    let rule = "custom-domain-name";
    for domain in [
        "auth",
        "Auth.example.com",
        "auth_1.example.com",
        "-auth.example.com",
        "auth..example.com",
        "auth.",
    ] {
        let request = json!({ "Domain": domain, "CustomDomainConfig": { "CertificateArn": CERTIFICATE } });
        breaks(rule, "CreateUserPoolDomain", "Domain", request);
    }
    // The word `cognito` is reserved in prefixes only.
    for domain in [
        "auth.example.com",
        "login.cognito.example.com",
        "a-1.b-2.example",
        "auth.xn--bcher-kva.example",
    ] {
        let request = json!({ "Domain": domain, "CustomDomainConfig": { "CertificateArn": CERTIFICATE } });
        let found = crate::support::names("CreateUserPoolDomain", &request);
        assert_eq!(found, [""; 0], "{domain}");
    }
}

#[test]
fn the_certificate_of_a_custom_domain_is_in_us_east_1() {
    let rule = "custom-domain-certificate-region";
    let request = |arn: &str| json!({ "Domain": "auth", "CustomDomainConfig": { "CertificateArn": arn } });
    let path = "CustomDomainConfig.CertificateArn";
    for arn in [
        "arn:aws:acm:eu-west-1:123456789012:certificate/1",
        "arn:aws:iam::123456789012:server-certificate/auth",
    ] {
        for operation in ["CreateUserPoolDomain", "UpdateUserPoolDomain"] {
            breaks(rule, operation, path, request(arn));
        }
    }
    for arn in [
        CERTIFICATE,
        "arn:aws-us-gov:acm:us-gov-west-1:123456789012:certificate/1",
    ] {
        keeps(rule, "UpdateUserPoolDomain", request(arn));
    }
}

/// The rules of the tests above.
pub(crate) const CUSTOM: &[&str] = &["custom-domain-name", "custom-domain-certificate-region"];
