//! The functions of the rules engine.

use cognito_runtime::endpoint::rules::{Url, is_valid_host_label, parse_arn, parse_url, region_prefix, substring};

#[test]
fn a_region_prefix_needs_a_word_and_a_number_after_it() {
    assert_eq!(region_prefix("us-east-1"), Some("us"));
    assert_eq!(region_prefix("us-gov-west-1"), Some("us-gov"));
    assert_eq!(region_prefix("eusc-de-east-12"), Some("eusc-de"));
    for other in ["", "aws-global", "us-east-", "us--1", "east-1", "us-east-1a", "local"] {
        assert_eq!(region_prefix(other), None, "{other}");
    }
}

#[test]
fn a_host_label_is_1_to_63_letters_digits_and_hyphens_and_does_not_start_with_a_hyphen() {
    for valid in ["a", "a-b", "1", &"a".repeat(63)] {
        assert!(is_valid_host_label(valid, false), "{valid}");
    }
    for invalid in ["", "-a", "a.b", "a_b", "é", &"a".repeat(64)] {
        assert!(!is_valid_host_label(invalid, false), "{invalid}");
    }
    assert!(is_valid_host_label("a.b", true));
    for invalid in [".", "a.", ".a", "a..b", "a.-b"] {
        assert!(!is_valid_host_label(invalid, true), "{invalid}");
    }
}

#[test]
fn a_substring_is_counted_from_either_end() {
    assert_eq!(substring("abcdef", 1, 3, false), Some("bc"));
    assert_eq!(substring("abcdef", 1, 3, true), Some("de"));
    assert_eq!(substring("abc", 0, 3, false), Some("abc"));
    assert_eq!(substring("abc", 0, 4, false), None);
    assert_eq!(substring("abc", 2, 2, false), None);
    assert_eq!(substring("aé", 0, 1, false), None);
}

#[test]
fn the_resource_of_an_arn_is_split_at_colons_and_slashes() {
    let arn = parse_arn("arn:aws:kinesis:us-east-1:123:stream/a:b").expect("valid");
    assert_eq!(
        (arn.partition, arn.service, arn.region, arn.account_id),
        ("aws", "kinesis", "us-east-1", "123")
    );
    let parts: Vec<_> = (0..4).map(|index| arn.resource_id(index)).collect();
    assert_eq!(parts, [Some("stream"), Some("a"), Some("b"), None]);
}

#[test]
fn an_arn_has_six_parts_of_which_region_and_account_may_be_empty() {
    assert!(parse_arn("arn:aws:s3:::bucket").is_some());
    for invalid in [
        "",
        "arn:aws",
        "arn:aws:s3:::",
        "arn::s3:::b",
        "arn:aws::::b",
        "urn:aws:s3:::b",
    ] {
        assert_eq!(parse_arn(invalid), None, "{invalid}");
    }
}

#[test]
fn a_url_is_http_with_host_and_numeric_port_and_without_query() {
    let parsed = parse_url("https://example.com:8080/a/b").expect("valid");
    assert_eq!(
        parsed,
        Url {
            scheme: "https",
            authority: "example.com:8080",
            path: "/a/b"
        }
    );
    assert_eq!(
        parse_url("http://[::1]:8000").map(|url| url.authority),
        Some("[::1]:8000")
    );
    for invalid in [
        "example.com",
        "ftp://a",
        "https://",
        "https://a?b=c",
        "https://a#b",
        "https://a:b",
    ] {
        assert_eq!(parse_url(invalid), None, "{invalid}");
    }
}
