//! User pools: settings, attributes, tags; their domains and what sign-in looks like.

use crate::session::Session;
use cognito_idp::types::{
    AccountRecoverySettingType, AttributeDataType, CustomDomainConfigType, PasswordPolicyType, RecoveryOptionNameType,
    RecoveryOptionType, SchemaAttributeType, StringAttributeConstraintsType, UserPoolMfaType, UserPoolPolicyType,
    UserPoolType, VerifiedAttributeType,
};

pub(super) async fn run(session: &Session) {
    let client = &session.client;
    let policy = PasswordPolicyType::builder()
        .minimum_length(12)
        .require_symbols(true)
        .require_numbers(false)
        .build();
    let recovery = RecoveryOptionType::builder()
        .priority(1)
        .name(RecoveryOptionNameType::VerifiedEmail)
        .build();
    let recovery = recovery.expect("priority and name");
    let constraints = StringAttributeConstraintsType::builder()
        .min_length("1")
        .max_length("40")
        .build();
    let create = client
        .create_user_pool()
        .pool_name("pools")
        .policies(UserPoolPolicyType::builder().password_policy(policy).build())
        .auto_verified_attributes(VerifiedAttributeType::Email)
        .mfa_configuration(UserPoolMfaType::Off)
        .account_recovery_setting(
            AccountRecoverySettingType::builder()
                .recovery_mechanisms(recovery)
                .build(),
        )
        .schema(
            SchemaAttributeType::builder()
                .name("favourite")
                .attribute_data_type(AttributeDataType::String)
                .mutable(true)
                .string_attribute_constraints(constraints)
                .build(),
        )
        .user_pool_tags("stage", "test");
    let pool = session.ok(create.send().await).user_pool.expect("the pool");
    let id = pool.id().expect("its id").to_owned();
    assert!(id.starts_with("us-east-1_"), "{id}");
    let arn = pool.arn().expect("its ARN").to_owned();
    assert!(arn.ends_with(&format!(":userpool/{id}")), "{arn}");

    let describe = client.describe_user_pool().user_pool_id(&id);
    let pool = session.ok(describe.clone().send().await).user_pool.expect("the pool");
    let policy = pool
        .policies()
        .and_then(|policies| policies.password_policy())
        .expect("the policy");
    assert_eq!(policy.minimum_length(), Some(12));
    assert!(policy.require_symbols() && !policy.require_numbers());
    assert_eq!(pool.auto_verified_attributes(), [VerifiedAttributeType::Email]);
    let mechanisms = pool
        .account_recovery_setting()
        .expect("how to recover")
        .recovery_mechanisms();
    assert_eq!(mechanisms[0].name(), &RecoveryOptionNameType::VerifiedEmail);
    let favourite = attribute(&pool, "custom:favourite").expect("the custom attribute");
    assert_eq!(
        favourite
            .string_attribute_constraints()
            .and_then(|limits| limits.max_length()),
        Some("40")
    );

    let shoe = SchemaAttributeType::builder()
        .name("shoe")
        .attribute_data_type(AttributeDataType::Number)
        .build();
    session.ok(client
        .add_custom_attributes()
        .user_pool_id(&id)
        .custom_attributes(shoe)
        .send()
        .await);
    let pool = session.ok(describe.clone().send().await).user_pool.expect("the pool");
    let shoe = attribute(&pool, "custom:shoe").expect("the attribute");
    assert_eq!(shoe.attribute_data_type(), Some(&AttributeDataType::Number));

    let update = client
        .update_user_pool()
        .user_pool_id(&id)
        .auto_verified_attributes(VerifiedAttributeType::Email);
    session.ok(update.email_verification_subject("Your code — {####}").send().await);
    let pool = session.ok(describe.send().await).user_pool.expect("the pool");
    assert_eq!(pool.email_verification_subject(), Some("Your code — {####}"));
    let pools = session.ok(client.list_user_pools().max_results(60).send().await);
    assert!(pools.user_pools().iter().any(|pool| pool.id() == Some(&*id)));

    if session.has("TagResource") {
        tags(session, &arn).await;
    }
    session.delete_pool(&id).await;
}

fn attribute<'a>(pool: &'a UserPoolType, name: &str) -> Option<&'a SchemaAttributeType> {
    pool.schema_attributes()
        .iter()
        .find(|attribute| attribute.name() == Some(name))
}

async fn tags(session: &Session, arn: &str) {
    let client = &session.client;
    session.ok(client
        .tag_resource()
        .resource_arn(arn)
        .tags("team", "日本")
        .tags("empty", "")
        .send()
        .await);
    let list = client.list_tags_for_resource().resource_arn(arn);
    let tags = session.ok(list.clone().send().await).tags.expect("tags");
    assert_eq!(tags.len(), 3, "{tags:?}");
    assert_eq!((&*tags["stage"], &*tags["team"], &*tags["empty"]), ("test", "日本", ""));
    session.ok(client
        .untag_resource()
        .resource_arn(arn)
        .tag_keys("stage")
        .tag_keys("empty")
        .send()
        .await);
    let tags = session.ok(list.send().await).tags.expect("tags");
    assert_eq!(tags.keys().collect::<Vec<_>>(), ["team"]);
    let error = session.refused(
        client
            .list_tags_for_resource()
            .resource_arn(format!("{arn}x"))
            .send()
            .await,
    );
    assert!(error.is_resource_not_found_exception(), "{error:?}");
}

pub(super) async fn domains(session: &Session) {
    let client = &session.client;
    let pool = session.pool("domains").await;
    let certificate = |id: &str| {
        let arn = format!("arn:aws:acm:us-east-1:123456789012:certificate/{id}");
        CustomDomainConfigType::builder()
            .certificate_arn(arn)
            .build()
            .expect("the certificate's ARN")
    };
    session.ok(client
        .create_user_pool_domain()
        .user_pool_id(&pool)
        .domain("example-prefix")
        .send()
        .await);
    let describe = client.describe_user_pool_domain().domain("example-prefix");
    let domain = session
        .ok(describe.clone().send().await)
        .domain_description
        .expect("the domain");
    assert_eq!(domain.domain(), Some("example-prefix"));
    assert_eq!(domain.user_pool_id(), Some(&*pool));
    if session.has("SetUICustomization") {
        looks(session, &pool).await;
    }
    session.ok(client
        .delete_user_pool_domain()
        .user_pool_id(&pool)
        .domain("example-prefix")
        .send()
        .await);
    let domain = session
        .ok(describe.send().await)
        .domain_description
        .expect("an empty description");
    assert_eq!(domain.domain(), None);

    let custom = "auth.example.com";
    let create = client.create_user_pool_domain().user_pool_id(&pool).domain(custom);
    let front = session
        .ok(create.custom_domain_config(certificate("1")).send().await)
        .cloud_front_domain;
    assert!(front.is_some_and(|front| front.ends_with(".cloudfront.net")));
    let update = client.update_user_pool_domain().user_pool_id(&pool).domain(custom);
    session.ok(update.custom_domain_config(certificate("2")).send().await);
    let description = session
        .ok(client.describe_user_pool_domain().domain(custom).send().await)
        .domain_description;
    let description = description.expect("the domain");
    assert!(
        description
            .cloud_front_distribution()
            .is_some_and(|front| front.ends_with(".cloudfront.net"))
    );
    // moto forgets the certificate.
    let expected = (!session.is_moto()).then(|| certificate("2"));
    assert_eq!(description.custom_domain_config(), expected.as_ref());
    session.ok(client
        .delete_user_pool_domain()
        .user_pool_id(&pool)
        .domain(custom)
        .send()
        .await);
    session.delete_pool(&pool).await;
}

async fn looks(session: &Session, pool: &str) {
    let css = ".banner-customizable { background: \"#fff\"; }";
    let set = session.client.set_ui_customization().user_pool_id(pool).css(css);
    let set = set.image_file(cognito_idp::primitives::Blob::new(*b"\x89PNG\r\n\x1a\n\0\xff"));
    let looks = session
        .ok(set.send().await)
        .ui_customization
        .expect("what it looks like");
    assert_eq!(looks.css(), Some(css));
    assert_eq!(looks.client_id(), Some("ALL"));
    let looks = session
        .ok(session.client.get_ui_customization().user_pool_id(pool).send().await)
        .ui_customization;
    assert!(looks.is_some_and(|looks| looks.css_version().is_some()));
}
