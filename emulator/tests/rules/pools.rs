//! User pools, app clients, groups, and what pools keep for administrators.

use crate::table::{Table, text};
use serde_json::{Value, json};

#[tokio::test]
async fn a_pool_gets_cognitos_defaults() {
    let table = Table::new(json!({})).await;
    let pool = table.ok("DescribeUserPool", table.pool(json!({}))).await["UserPool"].clone();
    let policy = &pool["Policies"]["PasswordPolicy"];
    assert_eq!(policy["MinimumLength"], 8);
    assert_eq!(policy["TemporaryPasswordValidityDays"], 7);
    assert_eq!(policy["RequireSymbols"], true);
    assert_eq!(pool["MfaConfiguration"], "OFF");
    assert_eq!(pool["DeletionProtection"], "INACTIVE");
    assert_eq!(pool["EmailConfiguration"]["EmailSendingAccount"], "COGNITO_DEFAULT");
    assert_eq!(
        pool["VerificationMessageTemplate"]["DefaultEmailOption"],
        "CONFIRM_WITH_CODE"
    );
    assert_eq!(pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"], false);
    assert_eq!(pool["EstimatedNumberOfUsers"], 1);
    assert!(pool["CreationDate"].is_number());
    let names: Vec<&str> = pool["SchemaAttributes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|a| a["Name"].as_str())
        .collect();
    assert_eq!(names[0], "sub");
    assert!(names.contains(&"phone_number_verified") && names.contains(&"updated_at"));
    let client = table
        .ok("DescribeUserPoolClient", table.pool(table.client(json!({}))))
        .await;
    let client = &client["UserPoolClient"];
    assert_eq!(client["RefreshTokenValidity"], 30);
    assert_eq!(client["EnableTokenRevocation"], true);
    assert_eq!(client["AuthSessionValidity"], 3);
    assert_eq!(client["AllowedOAuthFlowsUserPoolClient"], false);
    assert_eq!(client["ClientSecret"], Value::Null);
}

#[tokio::test]
async fn pools_are_changed_listed_tagged_and_deleted() {
    let table = Table::new(json!({ "DeletionProtection": "ACTIVE", "UserPoolTags": { "a": "1" } })).await;
    let arn = text(&table.ok("DescribeUserPool", table.pool(json!({}))).await["UserPool"]["Arn"]);
    table
        .ok("TagResource", json!({ "ResourceArn": arn, "Tags": { "b": "2" } }))
        .await;
    table
        .ok("UntagResource", json!({ "ResourceArn": arn, "TagKeys": ["a"] }))
        .await;
    let tags = table.ok("ListTagsForResource", json!({ "ResourceArn": arn })).await;
    assert_eq!(tags["Tags"], json!({ "b": "2" }));
    table
        .refuses(vec![(
            "DeleteUserPool",
            table.pool(json!({})),
            "InvalidParameterException: deletion protection",
        )])
        .await;
    table
        .ok(
            "UpdateUserPool",
            table.pool(json!({ "PoolName": "other", "AutoVerifiedAttributes": ["email"] })),
        )
        .await;
    let pool = table.ok("DescribeUserPool", table.pool(json!({}))).await["UserPool"].clone();
    assert_eq!(
        (&pool["Name"], &pool["DeletionProtection"]),
        (&json!("other"), &json!("INACTIVE"))
    );
    let list = table.ok("ListUserPools", json!({ "MaxResults": 10 })).await;
    assert_eq!(list["UserPools"][0]["Name"], "other");
    table
        .ok(
            "AddCustomAttributes",
            table.pool(json!({ "CustomAttributes": [
                { "Name": "team", "AttributeDataType": "String", "Mutable": true }
            ]})),
        )
        .await;
    let header = table.ok("GetCSVHeader", table.pool(json!({}))).await;
    assert!(
        header["CSVHeader"]
            .as_array()
            .expect("a list")
            .contains(&json!("custom:team"))
    );
    table
        .refuses(vec![
            (
                "CreateUserPool",
                json!({}),
                "InvalidParameterException: Value null at 'poolName'",
            ),
            (
                "CreateUserPool",
                json!({ "PoolName": "a", "AliasAttributes": ["email"], "UsernameAttributes": ["email"] }),
                "InvalidParameterException: Only one of the aliasAttributes or usernameAttributes",
            ),
            (
                "CreateUserPool",
                json!({ "PoolName": "a", "Policies": { "PasswordPolicy": { "MinimumLength": 5 } } }),
                "InvalidParameterException: minimumLength",
            ),
            (
                "CreateUserPool",
                json!({ "PoolName": "a", "MfaConfiguration": "ON" }),
                "InvalidParameterException: SMS configuration",
            ),
            ("CreateUserPool", json!({ "PoolName": 7 }), "SerializationException"),
            (
                "DescribeUserPool",
                json!({ "UserPoolId": "us-east-1_none" }),
                "ResourceNotFoundException: User pool us-east-1_none does not exist.",
            ),
            (
                "ListUserPools",
                json!({}),
                "InvalidParameterException: Value null at 'maxResults'",
            ),
            (
                "ListUserPools",
                json!({ "MaxResults": 61 }),
                "InvalidParameterException: less than or equal to 60",
            ),
            (
                "ListUserPools",
                json!({ "MaxResults": 1, "NextToken": "x" }),
                "InvalidParameterException: pagination token",
            ),
            (
                "TagResource",
                json!({ "ResourceArn": "arn:aws:cognito-idp:us-east-1:123456789012:userpool/none", "Tags": {} }),
                "ResourceNotFoundException",
            ),
            (
                "AddCustomAttributes",
                table.pool(json!({ "CustomAttributes": [{ "Name": "team" }] })),
                "InvalidParameterException: Existing attribute already has name",
            ),
            (
                "AddCustomAttributes",
                table.pool(json!({ "CustomAttributes": [{ "Name": "a", "Required": true }] })),
                "InvalidParameterException: Required custom attributes",
            ),
            (
                "SetUserPoolMfaConfig",
                table.pool(json!({ "MfaConfiguration": "ON" })),
                "InvalidParameterException: MFA",
            ),
        ])
        .await;
    table
        .ok(
            "SetUserPoolMfaConfig",
            table.pool(json!({
        "MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": { "Enabled": true } })),
        )
        .await;
    let mfa = table.ok("GetUserPoolMfaConfig", table.pool(json!({}))).await;
    assert_eq!(mfa["SoftwareTokenMfaConfiguration"]["Enabled"], true);
    table.ok("DeleteUserPool", table.pool(json!({}))).await;
    table
        .refuses(vec![(
            "DescribeUserPool",
            table.pool(json!({})),
            "ResourceNotFoundException",
        )])
        .await;
}

#[tokio::test]
async fn app_clients_are_made_changed_listed_and_deleted() {
    let table = Table::new(json!({})).await;
    let made = table
        .ok(
            "CreateUserPoolClient",
            table.pool(json!({ "ClientName": "secret", "GenerateSecret": true })),
        )
        .await;
    let id = text(&made["UserPoolClient"]["ClientId"]);
    let one = |more: Value| {
        let mut input = table.pool(json!({ "ClientId": id }));
        input
            .as_object_mut()
            .expect("members")
            .extend(more.as_object().expect("members").clone());
        input
    };
    assert_eq!(text(&made["UserPoolClient"]["ClientSecret"]).len(), 51);
    let added = table.ok("AddUserPoolClientSecret", one(json!({}))).await;
    let secret = text(&added["ClientSecretDescriptor"]["ClientSecretId"]);
    table
        .refuses(vec![(
            "AddUserPoolClientSecret",
            one(json!({})),
            "LimitExceededException",
        )])
        .await;
    let list = table.ok("ListUserPoolClientSecrets", one(json!({}))).await;
    assert_eq!(list["ClientSecrets"].as_array().map(Vec::len), Some(2));
    table
        .ok("DeleteUserPoolClientSecret", one(json!({ "ClientSecretId": secret })))
        .await;
    let updated = table
        .ok(
            "UpdateUserPoolClient",
            one(json!({ "ClientName": "renamed", "RefreshTokenValidity": 7 })),
        )
        .await;
    assert_eq!(updated["UserPoolClient"]["RefreshTokenValidity"], 7);
    assert_eq!(
        updated["UserPoolClient"]["ClientSecret"],
        made["UserPoolClient"]["ClientSecret"]
    );
    let list = table
        .ok("ListUserPoolClients", table.pool(json!({ "MaxResults": 1 })))
        .await;
    assert!(list["NextToken"].is_string());
    let client = |settings: Value| {
        let mut input = table.pool(json!({ "ClientName": "x" }));
        input
            .as_object_mut()
            .expect("members")
            .extend(settings.as_object().expect("members").clone());
        input
    };
    table
        .refuses(vec![
            (
                "CreateUserPoolClient",
                table.pool(json!({})),
                "InvalidParameterException: Value null at 'clientName'",
            ),
            (
                "CreateUserPoolClient",
                client(json!({ "AllowedOAuthScopes": ["api/read"] })),
                "ScopeDoesNotExistException",
            ),
            (
                "CreateUserPoolClient",
                client(json!({ "AllowedOAuthFlows": ["client_credentials", "code"] })),
                "InvalidOAuthFlowException",
            ),
            (
                "CreateUserPoolClient",
                client(json!({ "CallbackURLs": ["http://example.com"] })),
                "InvalidParameterException",
            ),
            (
                "CreateUserPoolClient",
                client(json!({ "CallbackURLs": ["https://a.b/#c"] })),
                "InvalidParameterException",
            ),
            (
                "CreateUserPoolClient",
                client(json!({ "DefaultRedirectURI": "https://a.b/" })),
                "InvalidParameterException",
            ),
            (
                "CreateUserPoolClient",
                client(json!({ "SupportedIdentityProviders": ["Nobody"] })),
                "InvalidParameterException: does not exist",
            ),
            (
                "CreateUserPoolClient",
                client(json!({ "ReadAttributes": ["nothing"] })),
                "InvalidParameterException",
            ),
            (
                "CreateUserPoolClient",
                client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"] })),
                "InvalidParameterException",
            ),
            (
                "DeleteUserPoolClientSecret",
                one(json!({ "ClientSecretId": "none" })),
                "ResourceNotFoundException",
            ),
            (
                "DescribeUserPoolClient",
                table.pool(json!({ "ClientId": "none" })),
                "ResourceNotFoundException: User pool client none does not exist.",
            ),
        ])
        .await;
    table.ok("DeleteUserPoolClient", one(json!({}))).await;
    table
        .refuses(vec![(
            "DeleteUserPoolClient",
            one(json!({})),
            "ResourceNotFoundException",
        )])
        .await;
}

#[tokio::test]
async fn groups_have_members_and_roles() {
    let table = Table::new(json!({})).await;
    let group = |name: &str, more: Value| {
        let mut input = table.pool(json!({ "GroupName": name }));
        input
            .as_object_mut()
            .expect("members")
            .extend(more.as_object().expect("members").clone());
        input
    };
    table
        .ok(
            "CreateGroup",
            group(
                "admins",
                json!({ "Precedence": 1, "RoleArn": "arn:aws:iam::123456789012:role/admin" }),
            ),
        )
        .await;
    table
        .ok(
            "CreateGroup",
            group(
                "users",
                json!({ "Precedence": 2, "RoleArn": "arn:aws:iam::123456789012:role/user" }),
            ),
        )
        .await;
    for name in ["users", "admins"] {
        table
            .ok("AdminAddUserToGroup", group(name, json!({ "Username": "alice" })))
            .await;
    }
    table
        .ok("UpdateGroup", group("users", json!({ "Description": "all" })))
        .await;
    assert_eq!(
        table.ok("GetGroup", group("users", json!({}))).await["Group"]["Description"],
        "all"
    );
    let groups = table
        .ok("AdminListGroupsForUser", table.pool(json!({ "Username": "alice" })))
        .await;
    assert_eq!(groups["Groups"].as_array().map(Vec::len), Some(2));
    let users = table.ok("ListUsersInGroup", group("admins", json!({}))).await;
    assert_eq!(users["Users"][0]["Username"], "alice");
    assert_eq!(
        table.ok("ListGroups", table.pool(json!({ "Limit": 1 }))).await["Groups"][0]["GroupName"],
        "admins"
    );
    let tokens = table.tokens("alice").await;
    let claims = crate::oauth::claims(&text(&tokens["IdToken"]));
    assert_eq!(claims["cognito:groups"], json!(["admins", "users"]));
    assert_eq!(claims["cognito:preferred_role"], "arn:aws:iam::123456789012:role/admin");
    table
        .ok(
            "AdminRemoveUserFromGroup",
            group("users", json!({ "Username": "alice" })),
        )
        .await;
    table.ok("DeleteGroup", group("admins", json!({}))).await;
    let groups = table
        .ok("AdminListGroupsForUser", table.pool(json!({ "Username": "alice" })))
        .await;
    assert_eq!(groups["Groups"], json!([]));
    table
        .refuses(vec![
            (
                "CreateGroup",
                group("users", json!({})),
                "GroupExistsException: A group with the name already exists.",
            ),
            (
                "GetGroup",
                group("none", json!({})),
                "ResourceNotFoundException: Group not found.",
            ),
            ("UpdateGroup", group("none", json!({})), "ResourceNotFoundException"),
            ("DeleteGroup", group("none", json!({})), "ResourceNotFoundException"),
            (
                "ListUsersInGroup",
                group("none", json!({})),
                "ResourceNotFoundException",
            ),
            (
                "AdminAddUserToGroup",
                group("none", json!({ "Username": "alice" })),
                "ResourceNotFoundException",
            ),
            (
                "AdminAddUserToGroup",
                group("users", json!({ "Username": "nobody" })),
                "UserNotFoundException: User does not exist.",
            ),
            (
                "AdminRemoveUserFromGroup",
                group("users", json!({ "Username": "nobody" })),
                "UserNotFoundException",
            ),
            (
                "AdminListGroupsForUser",
                table.pool(json!({ "Username": "nobody" })),
                "UserNotFoundException",
            ),
            (
                "CreateGroup",
                table.pool(json!({})),
                "InvalidParameterException: 'groupName'",
            ),
        ])
        .await;
}

#[tokio::test]
async fn what_administrators_store_comes_back() {
    let table = Table::new(json!({ "UserPoolAddOns": { "AdvancedSecurityMode": "AUDIT" } })).await;
    let with = |more: Value| table.pool(more);
    table
        .ok(
            "CreateIdentityProvider",
            with(json!({ "ProviderName": "Okta", "ProviderType": "OIDC",
        "ProviderDetails": { "client_id": "a" }, "IdpIdentifiers": ["okta.example.com"] })),
        )
        .await;
    let provider = table
        .ok(
            "GetIdentityProviderByIdentifier",
            with(json!({ "IdpIdentifier": "okta.example.com" })),
        )
        .await;
    assert_eq!(
        provider["IdentityProvider"]["AttributeMapping"],
        json!({ "username": "sub" })
    );
    table
        .ok(
            "UpdateIdentityProvider",
            with(json!({ "ProviderName": "Okta", "AttributeMapping": { "email": "mail" } })),
        )
        .await;
    let provider = table
        .ok("DescribeIdentityProvider", with(json!({ "ProviderName": "Okta" })))
        .await;
    assert_eq!(
        provider["IdentityProvider"]["AttributeMapping"],
        json!({ "email": "mail" })
    );
    assert_eq!(
        provider["IdentityProvider"]["ProviderDetails"],
        json!({ "client_id": "a" })
    );
    assert_eq!(
        table.ok("ListIdentityProviders", with(json!({}))).await["Providers"][0]["ProviderName"],
        "Okta"
    );
    let link = json!({ "DestinationUser": { "ProviderName": "Cognito", "ProviderAttributeValue": "alice" },
        "SourceUser": { "ProviderName": "Okta", "ProviderAttributeName": "Cognito_Subject", "ProviderAttributeValue": "7" } });
    table.ok("AdminLinkProviderForUser", with(link.clone())).await;
    table
        .refuses(vec![("AdminLinkProviderForUser", with(link), "AliasExistsException")])
        .await;
    let unlink = json!({ "User": { "ProviderName": "Okta", "ProviderAttributeName": "Cognito_Subject", "ProviderAttributeValue": "7" } });
    table.ok("AdminDisableProviderForUser", with(unlink.clone())).await;

    table
        .ok(
            "CreateResourceServer",
            with(json!({ "Identifier": "api", "Name": "API",
        "Scopes": [{ "ScopeName": "read", "ScopeDescription": "reads" }] })),
        )
        .await;
    table
        .ok(
            "UpdateResourceServer",
            with(json!({ "Identifier": "api", "Name": "The API" })),
        )
        .await;
    let server = table
        .ok("DescribeResourceServer", with(json!({ "Identifier": "api" })))
        .await;
    assert_eq!(
        (&server["ResourceServer"]["Name"], &server["ResourceServer"]["Scopes"]),
        (&json!("The API"), &json!([]))
    );
    assert_eq!(
        table.ok("ListResourceServers", with(json!({}))).await["ResourceServers"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );

    table
        .ok("CreateUserPoolDomain", with(json!({ "Domain": "example-domain" })))
        .await;
    let domain = table
        .ok("DescribeUserPoolDomain", json!({ "Domain": "example-domain" }))
        .await;
    assert_eq!(domain["DomainDescription"]["UserPoolId"], table.pool);
    assert_eq!(
        table.ok("DescribeUserPoolDomain", json!({ "Domain": "none" })).await["DomainDescription"],
        json!({})
    );
    assert_eq!(
        table.ok("DescribeUserPool", with(json!({}))).await["UserPool"]["Domain"],
        "example-domain"
    );
    table
        .ok(
            "UpdateUserPoolDomain",
            with(json!({ "Domain": "example-domain", "ManagedLoginVersion": 2 })),
        )
        .await;
    table.ok("SetUICustomization", with(json!({ "CSS": ".a {}" }))).await;
    assert_eq!(
        table.ok("GetUICustomization", with(table.client(json!({})))).await["UICustomization"]["CSS"],
        ".a {}"
    );

    let branding = table
        .ok(
            "CreateManagedLoginBranding",
            with(table.client(json!({ "UseCognitoProvidedValues": true }))),
        )
        .await;
    let id = branding["ManagedLoginBranding"]["ManagedLoginBrandingId"].clone();
    table
        .ok(
            "UpdateManagedLoginBranding",
            with(json!({ "ManagedLoginBrandingId": id, "Settings": { "a": [1, true] } })),
        )
        .await;
    let branding = table
        .ok("DescribeManagedLoginBrandingByClient", with(table.client(json!({}))))
        .await;
    assert_eq!(branding["ManagedLoginBranding"]["Settings"], json!({ "a": [1, true] }));
    table
        .ok(
            "DescribeManagedLoginBranding",
            with(json!({ "ManagedLoginBrandingId": id })),
        )
        .await;

    let terms = table
        .ok(
            "CreateTerms",
            with(table.client(json!({ "TermsName": "terms-of-use", "TermsSource": "LINK",
        "Enforcement": "NONE", "Links": { "cognito:default": "https://example.com" } }))),
        )
        .await;
    let terms = terms["Terms"]["TermsId"].clone();
    table
        .ok(
            "UpdateTerms",
            with(json!({ "TermsId": terms, "Links": { "cognito:default": "https://example.org" } })),
        )
        .await;
    let read = table.ok("DescribeTerms", with(json!({ "TermsId": terms }))).await;
    assert_eq!(read["Terms"]["Links"]["cognito:default"], "https://example.org");
    table
        .ok(
            "DescribeTermsByClient",
            with(table.client(json!({ "TermsName": "terms-of-use" }))),
        )
        .await;
    assert_eq!(
        table.ok("ListTerms", with(json!({}))).await["Terms"][0]["TermsName"],
        "terms-of-use"
    );

    table
        .ok("CreateUserPoolReplica", with(json!({ "RegionName": "eu-west-1" })))
        .await;
    table
        .ok(
            "UpdateUserPoolReplica",
            with(json!({ "RegionName": "eu-west-1", "Status": "INACTIVE" })),
        )
        .await;
    let replicas = table.ok("ListUserPoolReplicas", with(json!({}))).await;
    assert_eq!(replicas["UserPoolReplicas"][1]["Status"], "INACTIVE");

    table
        .ok(
            "SetRiskConfiguration",
            with(json!({ "RiskExceptionConfiguration": { "BlockedIPRangeList": ["10.0.0.0/8"] } })),
        )
        .await;
    let risk = table.ok("DescribeRiskConfiguration", with(json!({}))).await;
    assert_eq!(
        risk["RiskConfiguration"]["RiskExceptionConfiguration"]["BlockedIPRangeList"][0],
        "10.0.0.0/8"
    );
    table
        .ok(
            "SetLogDeliveryConfiguration",
            with(json!({ "LogConfigurations": [{ "LogLevel": "ERROR", "EventSource": "userNotification" }] })),
        )
        .await;
    let logs = table.ok("GetLogDeliveryConfiguration", with(json!({}))).await;
    assert_eq!(
        logs["LogDeliveryConfiguration"]["LogConfigurations"][0]["LogLevel"],
        "ERROR"
    );
    let limit =
        json!({ "LimitDefinition": { "LimitClass": "API_CATEGORY", "Attributes": { "Category": "UserCreation" } } });
    assert_eq!(
        table.ok("GetProvisionedLimit", limit.clone()).await["Limit"]["ProvisionedLimitValue"],
        50
    );
    let mut higher = limit.clone();
    higher["RequestedLimitValue"] = 80.into();
    table.ok("UpdateProvisionedLimit", higher).await;
    assert_eq!(
        table.ok("GetProvisionedLimit", limit).await["Limit"]["ProvisionedLimitValue"],
        80
    );

    table
        .refuses(vec![
            (
                "CreateIdentityProvider",
                with(json!({ "ProviderName": "Okta", "ProviderType": "OIDC", "ProviderDetails": {} })),
                "DuplicateProviderException",
            ),
            (
                "DescribeIdentityProvider",
                with(json!({ "ProviderName": "None" })),
                "ResourceNotFoundException: Identity provider None does not exist.",
            ),
            (
                "GetIdentityProviderByIdentifier",
                with(json!({ "IdpIdentifier": "none" })),
                "ResourceNotFoundException",
            ),
            ("AdminDisableProviderForUser", with(unlink), "UserNotFoundException"),
            (
                "CreateResourceServer",
                with(json!({ "Identifier": "api", "Name": "API" })),
                "InvalidParameterException",
            ),
            (
                "DescribeResourceServer",
                with(json!({ "Identifier": "none" })),
                "ResourceNotFoundException",
            ),
            (
                "CreateUserPoolDomain",
                with(json!({ "Domain": "example-domain" })),
                "InvalidParameterException: already associated",
            ),
            (
                "DeleteUserPool",
                with(json!({})),
                "InvalidParameterException: It has a domain configured",
            ),
            (
                "CreateManagedLoginBranding",
                with(table.client(json!({}))),
                "ManagedLoginBrandingExistsException",
            ),
            (
                "DescribeManagedLoginBranding",
                with(json!({ "ManagedLoginBrandingId": "00000000-0000-4000-8000-000000000000" })),
                "ResourceNotFoundException",
            ),
            (
                "CreateTerms",
                with(
                    table.client(json!({ "TermsName": "terms-of-use", "TermsSource": "LINK", "Enforcement": "NONE" })),
                ),
                "TermsExistsException",
            ),
            (
                "DescribeTerms",
                with(json!({ "TermsId": "00000000-0000-4000-8000-000000000000" })),
                "ResourceNotFoundException",
            ),
            (
                "CreateUserPoolReplica",
                with(json!({ "RegionName": "eu-west-1" })),
                "InvalidParameterException",
            ),
            (
                "UpdateUserPoolReplica",
                with(json!({ "RegionName": "eu-west-2", "Status": "ACTIVE" })),
                "ResourceNotFoundException",
            ),
        ])
        .await;
    for (operation, input) in [
        ("DeleteUserPoolReplica", json!({ "RegionName": "eu-west-1" })),
        ("DeleteTerms", json!({ "TermsId": terms })),
        ("DeleteManagedLoginBranding", json!({ "ManagedLoginBrandingId": id })),
        ("DeleteUserPoolDomain", json!({ "Domain": "example-domain" })),
        ("DeleteResourceServer", json!({ "Identifier": "api" })),
        ("DeleteIdentityProvider", json!({ "ProviderName": "Okta" })),
    ] {
        table.ok(operation, with(input.clone())).await;
        table
            .refuses(vec![(operation, with(input), "ResourceNotFoundException")])
            .await;
    }
}
