//! An administrator looks after users.

use super::{ANOTHER_PASSWORD, PASSWORD, attribute, tokens, value};
use crate::session::Session;
use cognito_idp::types::{
    AdvancedSecurityModeType, AuthFlowType, ChallengeNameType, EventResponseType, EventType, FeedbackValueType,
    MessageActionType, ProviderUserIdentifierType, UserPoolAddOnsType, UserStatusType,
};

pub(super) async fn run(session: &Session) {
    let pool = session.pool("administrator").await;
    let app = session.app(&pool).await;

    let create = session.client.admin_create_user().user_pool_id(&pool).username("bob");
    let create = create.user_attributes(attribute("email", "bob@example.com"));
    let create = create
        .user_attributes(attribute("email_verified", "true"))
        .temporary_password("Temp0rary!1");
    let create = create.message_action(MessageActionType::Suppress);
    let user = session.ok(create.clone().send().await).user.expect("the user");
    assert_eq!(user.username(), Some("bob"));
    assert_eq!(user.user_status(), Some(&UserStatusType::ForceChangePassword));
    assert!(user.enabled());
    assert!(user.user_create_date().is_some() && user.user_last_modified_date().is_some());
    let error = session.refused(create.send().await);
    assert!(error.is_username_exists_exception(), "{error:?}");

    first_sign_in(session, &pool, &app).await;
    attributes(session, &pool).await;
    states(session, &pool, &app).await;
    session.delete_pool(&pool).await;
    if session.has("AdminLinkProviderForUser") {
        links(session).await;
    }
    if session.has("AdminListUserAuthEvents") {
        events(session).await;
    }
}

/// With a temporary password, which must be changed.
async fn first_sign_in(session: &Session, pool: &str, app: &str) {
    let call = session.client.admin_initiate_auth().user_pool_id(pool).client_id(app);
    let call = call
        .auth_flow(AuthFlowType::AdminUserPasswordAuth)
        .auth_parameters("USERNAME", "bob");
    let answer = session.ok(call.clone().auth_parameters("PASSWORD", "Temp0rary!1").send().await);
    assert_eq!(answer.challenge_name(), Some(&ChallengeNameType::NewPasswordRequired));
    assert!(answer.authentication_result().is_none());

    let respond = session
        .client
        .admin_respond_to_auth_challenge()
        .user_pool_id(pool)
        .client_id(app);
    let respond = respond
        .challenge_name(ChallengeNameType::NewPasswordRequired)
        .set_session(answer.session);
    let respond = respond
        .challenge_responses("USERNAME", "bob")
        .challenge_responses("NEW_PASSWORD", PASSWORD);
    tokens(session.ok(respond.send().await).authentication_result);

    tokens(
        session
            .ok(call.clone().auth_parameters("PASSWORD", PASSWORD).send().await)
            .authentication_result,
    );
    let error = session.refused(call.auth_parameters("PASSWORD", ANOTHER_PASSWORD).send().await);
    assert!(error.is_not_authorized_exception(), "{error:?}");
}

async fn attributes(session: &Session, pool: &str) {
    let update = session
        .client
        .admin_update_user_attributes()
        .user_pool_id(pool)
        .username("bob");
    let update = update
        .user_attributes(attribute("name", "Bob"))
        .user_attributes(attribute("nickname", "ボブ"));
    session.ok(update.send().await);
    let get = session.client.admin_get_user().user_pool_id(pool).username("bob");
    let user = session.ok(get.clone().send().await);
    assert_eq!(user.username(), "bob");
    assert_eq!(value(user.user_attributes(), "nickname"), Some("ボブ"));
    assert_eq!(user.user_status(), Some(&UserStatusType::Confirmed));
    if session.has("AdminDeleteUserAttributes") {
        let delete = session
            .client
            .admin_delete_user_attributes()
            .user_pool_id(pool)
            .username("bob");
        session.ok(delete.user_attribute_names("nickname").send().await);
        let user = session.ok(get.send().await);
        assert_eq!(value(user.user_attributes(), "nickname"), None);
    }
    let error = session.refused(
        session
            .client
            .admin_get_user()
            .user_pool_id(pool)
            .username("nobody")
            .send()
            .await,
    );
    assert!(error.is_user_not_found_exception(), "{error:?}");
}

async fn states(session: &Session, pool: &str, app: &str) {
    let client = &session.client;
    let get = client.admin_get_user().user_pool_id(pool).username("bob");
    session.ok(client
        .admin_disable_user()
        .user_pool_id(pool)
        .username("bob")
        .send()
        .await);
    assert!(!session.ok(get.clone().send().await).enabled());
    session.ok(client
        .admin_enable_user()
        .user_pool_id(pool)
        .username("bob")
        .send()
        .await);
    assert!(session.ok(get.clone().send().await).enabled());

    session.ok(client
        .admin_reset_user_password()
        .user_pool_id(pool)
        .username("bob")
        .send()
        .await);
    assert_eq!(
        session.ok(get.clone().send().await).user_status(),
        Some(&UserStatusType::ResetRequired)
    );
    let set = client.admin_set_user_password().user_pool_id(pool).username("bob");
    session.ok(set.password(ANOTHER_PASSWORD).permanent(true).send().await);
    assert_eq!(
        session.ok(get.clone().send().await).user_status(),
        Some(&UserStatusType::Confirmed)
    );
    session.ok(client
        .admin_user_global_sign_out()
        .user_pool_id(pool)
        .username("bob")
        .send()
        .await);

    session.ok(session.sign_up(app, "carol").send().await);
    session.ok(client
        .admin_confirm_sign_up()
        .user_pool_id(pool)
        .username("carol")
        .send()
        .await);
    let carol = session.ok(client
        .admin_get_user()
        .user_pool_id(pool)
        .username("carol")
        .send()
        .await);
    assert_eq!(carol.user_status(), Some(&UserStatusType::Confirmed));

    session.ok(client
        .admin_delete_user()
        .user_pool_id(pool)
        .username("bob")
        .send()
        .await);
    let error = session.refused(get.send().await);
    assert!(error.is_user_not_found_exception(), "{error:?}");
}

/// Links a user to another identity provider's, and cuts the link.
async fn links(session: &Session) {
    let pool = session.pool("links").await;
    session.user(&pool, "dave").await;
    let here = ProviderUserIdentifierType::builder()
        .provider_name("Cognito")
        .provider_attribute_value("dave")
        .build();
    let there = ProviderUserIdentifierType::builder()
        .provider_name("Google")
        .provider_attribute_name("Cognito_Subject")
        .provider_attribute_value("1234567890")
        .build();
    if session.is_strict() {
        let provider = session.client.create_identity_provider().user_pool_id(&pool);
        let provider = provider.provider_name("Google").provider_type("Google".into());
        let details = [
            ("client_id", "id"),
            ("client_secret", "secret"),
            ("authorize_scopes", "openid"),
        ];
        let provider = details
            .into_iter()
            .fold(provider, |provider, (key, value)| provider.provider_details(key, value));
        session.ok(provider.send().await);
    }
    let link = session.client.admin_link_provider_for_user().user_pool_id(&pool);
    session.ok(link.destination_user(here).source_user(there.clone()).send().await);
    let get = session.client.admin_get_user().user_pool_id(&pool).username("dave");
    let user = session.ok(get.clone().send().await);
    assert!(value(user.user_attributes(), "identities").is_some_and(|json| json.contains("1234567890")));
    session.ok(session
        .client
        .admin_disable_provider_for_user()
        .user_pool_id(&pool)
        .user(there)
        .send()
        .await);
    assert_eq!(
        value(session.ok(get.send().await).user_attributes(), "identities"),
        None
    );
    session.delete_pool(&pool).await;
}

/// Threat protection: what happened, and what the administrator thinks of it.
async fn events(session: &Session) {
    let add_ons = UserPoolAddOnsType::builder()
        .advanced_security_mode(AdvancedSecurityModeType::Audit)
        .build();
    let create = session
        .client
        .create_user_pool()
        .pool_name("events")
        .user_pool_add_ons(add_ons.expect("its mode"));
    let pool = session
        .ok(create.send().await)
        .user_pool
        .and_then(|pool| pool.id)
        .expect("its id");
    let app = session.app(&pool).await;
    session.user(&pool, "erin").await;
    session.sign_in(&app, "erin", PASSWORD).await;

    let list = session
        .client
        .admin_list_user_auth_events()
        .user_pool_id(&pool)
        .username("erin");
    let events = session.ok(list.clone().send().await).auth_events.expect("events");
    let event = events.first().expect("the sign-in");
    assert_eq!(event.event_type(), Some(&EventType::SignIn));
    assert_eq!(event.event_response(), Some(&EventResponseType::Pass));
    assert_eq!(event.challenge_responses().len(), 1);
    let id = event.event_id().expect("its id");

    let feedback = session
        .client
        .admin_update_auth_event_feedback()
        .user_pool_id(&pool)
        .username("erin");
    session.ok(feedback
        .event_id(id)
        .feedback_value(FeedbackValueType::Valid)
        .send()
        .await);
    let events = session.ok(list.send().await).auth_events.expect("events");
    let feedback = events
        .first()
        .and_then(|event| event.event_feedback())
        .expect("the feedback");
    assert_eq!(feedback.feedback_value(), &FeedbackValueType::Valid);

    // The token would come in an e-mail, which no server here sends.
    let feedback = session
        .client
        .update_auth_event_feedback()
        .user_pool_id(&pool)
        .username("erin")
        .event_id(id);
    let feedback = feedback
        .feedback_token("token")
        .feedback_value(FeedbackValueType::Invalid);
    let error = session.refused(feedback.send().await);
    assert!(error.is_not_authorized_exception(), "{error:?}");
    session.delete_pool(&pool).await;
}
