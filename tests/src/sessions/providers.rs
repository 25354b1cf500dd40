//! Identity providers and resource servers.

use crate::session::Session;
use cognito_idp::types::{IdentityProviderTypeType, ResourceServerScopeType};

pub(super) async fn run(session: &Session) {
    let client = &session.client;
    let pool = session.pool("providers").await;
    let create = client
        .create_identity_provider()
        .user_pool_id(&pool)
        .provider_name("Google")
        .provider_type(IdentityProviderTypeType::Google)
        .provider_details("client_id", "1.apps.googleusercontent.com")
        .provider_details("client_secret", "s/e+c=r&t")
        .provider_details("authorize_scopes", "openid email")
        .attribute_mapping("email", "email")
        .idp_identifiers("example.com");
    let provider = session
        .ok(create.clone().send().await)
        .identity_provider
        .expect("the provider");
    assert_eq!(provider.provider_name(), Some("Google"));
    assert_eq!(provider.provider_type(), Some(&IdentityProviderTypeType::Google));
    assert_eq!(provider.provider_details().map(|details| details.len()), Some(3));
    assert_eq!(provider.idp_identifiers(), ["example.com"]);
    if !session.is_moto() {
        let error = session.refused(create.send().await);
        assert!(error.is_duplicate_provider_exception(), "{error:?}");
    }

    let describe = client
        .describe_identity_provider()
        .user_pool_id(&pool)
        .provider_name("Google");
    let provider = session
        .ok(describe.clone().send().await)
        .identity_provider
        .expect("the provider");
    assert_eq!(
        provider.attribute_mapping().map(|mapping| &*mapping["email"]),
        Some("email")
    );
    if session.has("GetIdentityProviderByIdentifier") {
        let get = client.get_identity_provider_by_identifier().user_pool_id(&pool);
        let found = session
            .ok(get.clone().idp_identifier("example.com").send().await)
            .identity_provider;
        assert_eq!(found.expect("the provider").provider_name(), Some("Google"));
        let error = session.refused(get.idp_identifier("example.org").send().await);
        assert!(error.is_resource_not_found_exception(), "{error:?}");
    }
    let update = client
        .update_identity_provider()
        .user_pool_id(&pool)
        .provider_name("Google");
    let update = update.provider_details("client_id", "2.apps.googleusercontent.com");
    let provider = session.ok(update.send().await).identity_provider.expect("the provider");
    let details = provider.provider_details().expect("the details");
    assert_eq!(details["client_id"], "2.apps.googleusercontent.com");

    let list = session.ok(client
        .list_identity_providers()
        .user_pool_id(&pool)
        .max_results(5)
        .send()
        .await);
    assert_eq!(
        list.providers()
            .iter()
            .map(|provider| provider.provider_name())
            .collect::<Vec<_>>(),
        [Some("Google")]
    );
    session.ok(client
        .delete_identity_provider()
        .user_pool_id(&pool)
        .provider_name("Google")
        .send()
        .await);
    let error = session.refused(describe.send().await);
    assert!(error.is_resource_not_found_exception(), "{error:?}");
    session.delete_pool(&pool).await;
}

pub(super) async fn resource_servers(session: &Session) {
    let client = &session.client;
    let pool = session.pool("resource-servers").await;
    let scope = |name: &str| {
        let scope = ResourceServerScopeType::builder()
            .scope_name(name)
            .scope_description(format!("to {name}"));
        scope.build().expect("its name and description")
    };
    let identifier = "https://api.example.com";
    let create = client
        .create_resource_server()
        .user_pool_id(&pool)
        .identifier(identifier)
        .name("API");
    let create = create.scopes(scope("read")).scopes(scope("write"));
    let server = session
        .ok(create.clone().send().await)
        .resource_server
        .expect("the server");
    assert_eq!(server.identifier(), Some(identifier));
    assert_eq!(server.scopes(), [scope("read"), scope("write")]);
    let error = session.refused(create.send().await);
    assert!(error.is_invalid_parameter_exception(), "{error:?}");

    let describe = client
        .describe_resource_server()
        .user_pool_id(&pool)
        .identifier(identifier);
    let server = session
        .ok(describe.clone().send().await)
        .resource_server
        .expect("the server");
    assert_eq!(server.name(), Some("API"));
    let list = session.ok(client
        .list_resource_servers()
        .user_pool_id(&pool)
        .max_results(5)
        .send()
        .await);
    assert_eq!(list.resource_servers().len(), 1);
    if session.has("UpdateResourceServer") {
        let update = client
            .update_resource_server()
            .user_pool_id(&pool)
            .identifier(identifier)
            .name("New API");
        let server = session
            .ok(update.scopes(scope("read")).send().await)
            .resource_server
            .expect("the server");
        assert_eq!(server.name(), Some("New API"));
        assert_eq!(server.scopes().len(), 1);
    }
    if session.has("DeleteResourceServer") {
        let delete = client
            .delete_resource_server()
            .user_pool_id(&pool)
            .identifier(identifier);
        session.ok(delete.send().await);
        let error = session.refused(describe.send().await);
        assert!(error.is_resource_not_found_exception(), "{error:?}");
    }
    session.delete_pool(&pool).await;
}
