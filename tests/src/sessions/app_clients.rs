//! App clients with all their settings.

use crate::session::Session;
use cognito_idp::types::{
    AnalyticsConfigurationType, ExplicitAuthFlowsType, OAuthFlowType, PreventUserExistenceErrorTypes, TimeUnitsType,
    TokenValidityUnitsType,
};

pub(super) async fn run(session: &Session) {
    let client = &session.client;
    let pool = session.pool("app-clients").await;
    let units = TokenValidityUnitsType::builder()
        .access_token(TimeUnitsType::Minutes)
        .id_token(TimeUnitsType::Hours);
    let analytics = AnalyticsConfigurationType::builder()
        .application_arn("arn:aws:mobiletargeting:us-east-1:123456789012:apps/0123456789abcdef")
        .user_data_shared(true);

    let create = client
        .create_user_pool_client()
        .user_pool_id(&pool)
        .client_name("web app")
        .generate_secret(true)
        .refresh_token_validity(30)
        .access_token_validity(20)
        .id_token_validity(2)
        .token_validity_units(units.build())
        .read_attributes("email")
        .read_attributes("name")
        .write_attributes("name")
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserSrpAuth)
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowRefreshTokenAuth)
        .supported_identity_providers("COGNITO")
        .callback_urls("https://app.example.com/callback?a=b&c=%20")
        .logout_urls("https://app.example.com/bye")
        .default_redirect_uri("https://app.example.com/callback?a=b&c=%20")
        .allowed_o_auth_flows(OAuthFlowType::Code)
        .allowed_o_auth_flows(OAuthFlowType::Implicit)
        .allowed_o_auth_scopes("openid")
        .allowed_o_auth_flows_user_pool_client(true)
        .analytics_configuration(analytics.build())
        .prevent_user_existence_errors(PreventUserExistenceErrorTypes::Enabled)
        .enable_token_revocation(true)
        .auth_session_validity(5);
    let app = session
        .ok(create.send().await)
        .user_pool_client
        .expect("the app client");
    let id = app.client_id().expect("its id");
    assert_eq!(app.client_name(), Some("web app"));
    assert!(app.client_secret().is_some_and(|secret| !secret.is_empty()));

    let describe = client.describe_user_pool_client().user_pool_id(&pool).client_id(id);
    let app = session
        .ok(describe.clone().send().await)
        .user_pool_client
        .expect("the app client");
    assert_eq!(app.refresh_token_validity(), 30);
    assert_eq!(app.access_token_validity(), Some(20));
    assert_eq!(
        app.token_validity_units().and_then(|units| units.access_token()),
        Some(&TimeUnitsType::Minutes)
    );
    assert_eq!(app.callback_urls(), ["https://app.example.com/callback?a=b&c=%20"]);
    assert_eq!(app.logout_urls(), ["https://app.example.com/bye"]);
    assert_eq!(
        app.allowed_o_auth_flows(),
        [OAuthFlowType::Code, OAuthFlowType::Implicit]
    );
    assert_eq!(app.allowed_o_auth_flows_user_pool_client(), Some(true));
    assert_eq!(app.explicit_auth_flows()[0], ExplicitAuthFlowsType::AllowUserSrpAuth);
    assert_eq!(
        app.prevent_user_existence_errors(),
        Some(&PreventUserExistenceErrorTypes::Enabled)
    );
    assert!(
        app.analytics_configuration()
            .is_some_and(|analytics| analytics.user_data_shared())
    );

    let update = client
        .update_user_pool_client()
        .user_pool_id(&pool)
        .client_id(id)
        .client_name("new name");
    session.ok(update.allowed_o_auth_scopes("profile").send().await);
    let app = session
        .ok(describe.clone().send().await)
        .user_pool_client
        .expect("the app client");
    assert_eq!(app.client_name(), Some("new name"));
    assert_eq!(app.allowed_o_auth_scopes(), ["profile"]);

    let list = session.ok(client
        .list_user_pool_clients()
        .user_pool_id(&pool)
        .max_results(10)
        .send()
        .await);
    assert_eq!(
        list.user_pool_clients()
            .iter()
            .map(|app| app.client_name())
            .collect::<Vec<_>>(),
        [Some("new name")]
    );
    session.ok(client
        .delete_user_pool_client()
        .user_pool_id(&pool)
        .client_id(id)
        .send()
        .await);
    let error = session.refused(describe.send().await);
    assert!(error.is_resource_not_found_exception(), "{error:?}");
    session.delete_pool(&pool).await;
}
