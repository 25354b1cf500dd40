//! The names are those of the official AWS SDK for Rust, aws-sdk-cognitoidentityprovider 1.144.0. Where Cognito has
//! no example of a rule, the row follows from smithy-rs's description of it.

use cognito_codegen::names::{
    HAND_NAMED, member_name, operation_module, operation_type, pascal, snake, type_name, variant_name, variant_names,
};

#[test]
fn members_are_split_as_the_official_sdk_splits_them() {
    for (member, expected) in [
        ("AllowedOAuthFlows", "allowed_o_auth_flows"),
        (
            "AllowedOAuthFlowsUserPoolClient",
            "allowed_o_auth_flows_user_pool_client",
        ),
        ("OAuthFlowType", "o_auth_flow_type"),
        ("CallbackURLs", "callback_urls"),
        ("LogoutURLs", "logout_urls"),
        ("DefaultRedirectURI", "default_redirect_uri"),
        ("MFAOptions", "mfa_options"),
        ("UserMFASettingList", "user_mfa_setting_list"),
        ("SMSMfaSettings", "sms_mfa_settings"),
        ("SoftwareTokenMfaSettings", "software_token_mfa_settings"),
        ("SnsCallerArn", "sns_caller_arn"),
        ("CSS", "css"),
        ("CSSVersion", "css_version"),
        ("ImageUrl", "image_url"),
        ("CloudFrontDistribution", "cloud_front_distribution"),
        ("CustomSMSSender", "custom_sms_sender"),
        ("KMSKeyID", "kms_key_id"),
        ("LambdaArn", "lambda_arn"),
        ("UICustomization", "ui_customization"),
        ("IdpIdentifiers", "idp_identifiers"),
        ("SRP_A", "srp_a"),
        ("client_id", "client_id"),
        ("DynamoDBv2", "dynamo_dbv2"),
        ("IAMUser", "iam_user"),
        ("DBProxyARNs", "db_proxy_arns"),
        ("ACLs", "acls"),
        ("IPv4Address", "ipv4_address"),
        ("PublicIPv6s", "public_ipv6s"),
        ("SigV4Auth", "sigv4_auth"),
        ("TtL", "ttl"),
        ("VolumeSizeGiB", "volume_size_gib"),
        ("s3key", "s3_key"),
        ("S3Key", "s3_key"),
        ("ec2instance", "ec2_instance"),
        ("x-amz-id-2", "x_amz_id_2"),
        ("__string", "string"),
    ] {
        assert_eq!(snake(member), expected, "snake({member})");
        assert_eq!(member_name(member), expected, "member_name({member})");
    }
}

#[test]
fn types_write_an_acronym_as_a_word() {
    for (shape, expected) in [
        ("UICustomizationType", "UiCustomizationType"),
        ("MFAOptionType", "MfaOptionType"),
        ("SMSMfaSettingsType", "SmsMfaSettingsType"),
        ("OAuthFlowType", "OAuthFlowType"),
        ("ClientSSOSessionConfigType", "ClientSsoSessionConfigType"),
        ("CustomSMSLambdaVersionConfigType", "CustomSmsLambdaVersionConfigType"),
        ("EUMSSmsConfigurationType", "EumsSmsConfigurationType"),
        ("CSSType", "CssType"),
        ("ACRLevels", "AcrLevels"),
        ("IPv4Address", "IPv4Address"),
        ("DBClusters", "DbClusters"),
        ("S3Key", "S3Key"),
        ("lowerCamel", "LowerCamel"),
    ] {
        assert_eq!(pascal(shape), expected, "pascal({shape})");
        assert_eq!(type_name(shape), expected, "type_name({shape})");
    }
}

#[test]
fn variants_follow_from_the_value() {
    for (value, expected) in [
        ("ADMIN_NO_SRP_AUTH", "AdminNoSrpAuth"),
        ("client_credentials", "ClientCredentials"),
        ("phone_number", "PhoneNumber"),
        ("LEGACY", "Legacy"),
        ("CONFIRM_WITH_CODE", "ConfirmWithCode"),
        ("V1_0", "V10"),
        ("SAML2", "Saml2"),
        ("N_A", "NA"),
        ("ap-southeast-1", "ApSoutheast1"),
        ("a1.2xlarge", "A12xlarge"),
        ("BucketOwnerFullControl", "BucketOwnerFullControl"),
        ("UNKNOWN", "UnknownValue"),
        ("Unknown", "UnknownValue"),
        ("UnknownValue", "UnknownValue_"),
    ] {
        assert_eq!(variant_name(value), expected, "variant_name({value})");
    }
}

#[test]
fn a_value_that_aws_named_by_hand_keeps_that_name() {
    assert_eq!(
        variant_names("AttributeDataType", ["String", "DateTime"]),
        ["String", "Datetime"]
    );
    assert_eq!(variant_names("Other", ["DateTime"]), ["DateTime"]);
}

#[test]
fn every_name_given_by_hand_is_still_needed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../model/cognito-idp/service.json");
    let model = std::fs::read_to_string(path).expect("the model is in the repository");
    let model: serde_json::Value = serde_json::from_str(&model).expect("the model is JSON");
    for (shape, value, variant) in HAND_NAMED {
        let values = model["shapes"][shape]["enum"].as_array();
        let known = values.is_some_and(|values| values.iter().any(|known| known == value));
        assert!(
            known,
            "{shape} has no value {value} any more: remove it from HAND_NAMED"
        );
        assert_ne!(
            variant_name(value),
            variant,
            "{shape} needs no name by hand for {value}"
        );
    }
}

#[test]
fn an_operation_keeps_its_capitals_and_its_structures_do_not() {
    assert_eq!(operation_module("GetUICustomization"), "get_ui_customization");
    assert_eq!(operation_type("GetUICustomization"), "GetUICustomization");
    assert_eq!(type_name("GetUICustomizationInput"), "GetUiCustomizationInput");
    assert_eq!(operation_module("SetUserMFAPreference"), "set_user_mfa_preference");
    assert_eq!(operation_module("AdminGetDevice"), "admin_get_device");
    assert_eq!(operation_module("AssumeRoleWithSAML"), "assume_role_with_saml");
}
