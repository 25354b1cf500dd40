//! A user signs up, signs in, changes this and that, and goes.

use super::{ANOTHER_PASSWORD, PASSWORD, attribute, tokens, value};
use crate::session::Session;
use cognito_idp::types::{AuthFlowType, DeliveryMediumType, VerifiedAttributeType};

/// No server may confuse letters and bytes.
const NAME: &str = "Ærøskøbing 日本語 \"quoted\" \\ 🦀\u{7f}";

pub(super) async fn run(session: &Session) {
    let pool = session.pool("sign-up").await;
    if session.checks_codes() {
        // Cognito sends no code in a pool that verifies nothing.
        let update = session.client.update_user_pool().user_pool_id(&pool);
        session.ok(update
            .auto_verified_attributes(VerifiedAttributeType::Email)
            .send()
            .await);
    }
    let app = session.app(&pool).await;

    let call = session.sign_up(&app, "alice");
    let call = call
        .user_attributes(attribute("email", "alice@example.com"))
        .user_attributes(attribute("name", NAME));
    let answer = session.ok(call.send().await);
    assert!(!answer.user_confirmed());
    let sub = answer.user_sub().to_owned();
    assert_eq!(sub.len(), 36, "a UUID: {sub}");

    let error = session.refused(session.sign_up(&app, "alice").send().await);
    assert!(error.is_username_exists_exception(), "{error:?}");
    let error = session.refused(session.sign_up(&app, "bob").password("short").send().await);
    assert!(error.is_invalid_password_exception(), "{error:?}");
    let nobody = if session.is_strict() {
        "nosuchapp"
    } else {
        "no-such-app"
    };
    let error = session.refused(session.sign_up(nobody, "bob").send().await);
    assert!(error.is_resource_not_found_exception(), "{error:?}");

    let call = session
        .client
        .initiate_auth()
        .client_id(&app)
        .auth_flow(AuthFlowType::UserPasswordAuth);
    let call = call
        .auth_parameters("USERNAME", "alice")
        .auth_parameters("PASSWORD", PASSWORD);
    let error = session.refused(call.clone().send().await);
    assert!(error.is_user_not_confirmed_exception(), "{error:?}");
    if session.has("ResendConfirmationCode") {
        let resend = session
            .client
            .resend_confirmation_code()
            .client_id(&app)
            .username("alice");
        let delivery = session
            .ok(resend.send().await)
            .code_delivery_details
            .expect("how it is delivered");
        assert_eq!(delivery.delivery_medium(), Some(&DeliveryMediumType::Email));
        assert_eq!(delivery.attribute_name(), Some("email"));
    }
    let confirm = session
        .client
        .confirm_sign_up()
        .client_id(&app)
        .username("alice")
        .confirmation_code(session.code("alice", "123456"));
    session.ok(confirm.send().await);

    let error = session.refused(call.clone().auth_parameters("PASSWORD", "Wr0ng!password").send().await);
    assert!(error.is_not_authorized_exception(), "{error:?}");
    let signed_in = session.sign_in(&app, "alice", PASSWORD).await;
    let token = signed_in.access_token().expect("checked");

    let user = session.ok(session.client.get_user().access_token(token).send().await);
    assert_eq!(user.username(), "alice");
    assert_eq!(value(user.user_attributes(), "sub"), Some(&*sub));
    assert_eq!(value(user.user_attributes(), "name"), Some(NAME));
    let error = session.refused(session.client.get_user().access_token("no.such.token").send().await);
    assert!(error.is_not_authorized_exception(), "{error:?}");

    let update = session.client.update_user_attributes().access_token(token);
    session.ok(update.user_attributes(attribute("name", "Alice")).send().await);
    let user = session.ok(session.client.get_user().access_token(token).send().await);
    assert_eq!(value(user.user_attributes(), "name"), Some("Alice"));

    passwords(session, &app, token).await;
    refresh(session, &app).await;
    end(session, &app).await;
    session.delete_pool(&pool).await;
}

async fn passwords(session: &Session, app: &str, token: &str) {
    let change = session.client.change_password().access_token(token);
    session.ok(change
        .previous_password(PASSWORD)
        .proposed_password(ANOTHER_PASSWORD)
        .send()
        .await);
    session.sign_in(app, "alice", ANOTHER_PASSWORD).await;

    let forgot = session.client.forgot_password().client_id(app).username("alice");
    let delivery = session
        .ok(forgot.send().await)
        .code_delivery_details
        .expect("how it is delivered");
    assert!(delivery.destination().is_some());
    assert!(delivery.delivery_medium().is_some());
    let confirm = session
        .client
        .confirm_forgot_password()
        .client_id(app)
        .username("alice");
    let code = session.code("alice", "654321");
    session.ok(confirm.confirmation_code(code).password(PASSWORD).send().await);
    session.sign_in(app, "alice", PASSWORD).await;
}

async fn refresh(session: &Session, app: &str) {
    let signed_in = session.sign_in(app, "alice", PASSWORD).await;
    let token = signed_in.refresh_token().expect("a refresh token");
    let call = session
        .client
        .initiate_auth()
        .client_id(app)
        .auth_flow(AuthFlowType::RefreshTokenAuth);
    let call = call.auth_parameters("REFRESH_TOKEN", token);
    let refreshed = tokens(session.ok(call.clone().send().await).authentication_result);
    assert_eq!(refreshed.refresh_token(), None);

    if session.has("GetTokensFromRefreshToken") {
        let get = session
            .client
            .get_tokens_from_refresh_token()
            .client_id(app)
            .refresh_token(token);
        tokens(session.ok(get.send().await).authentication_result);
    }
    if session.has("RevokeToken") {
        session.ok(session.client.revoke_token().client_id(app).token(token).send().await);
        let error = session.refused(call.send().await);
        assert!(error.is_not_authorized_exception(), "{error:?}");
    }
}

async fn end(session: &Session, app: &str) {
    let sign_out = session.client.global_sign_out();
    let mut signed_in = session.sign_in(app, "alice", PASSWORD).await;
    if session.checks_codes() {
        // Nobody who is gone signs out, and nobody who is signed out deletes anything.
        let sign_out = sign_out.clone().set_access_token(signed_in.access_token);
        session.ok(sign_out.send().await);
        signed_in = session.sign_in(app, "alice", PASSWORD).await;
    }
    let token = signed_in.access_token().expect("checked");
    if session.has("DeleteUser") {
        session.ok(session.client.delete_user().access_token(token).send().await);
        let error = session.refused(session.client.get_user().access_token(token).send().await);
        // The documentation lists both: some say that there is no such user, some that the token is good for nothing.
        let gone = error.is_user_not_found_exception() || error.is_not_authorized_exception();
        assert!(gone, "{error:?}");
    }
    if !session.checks_codes() {
        session.ok(sign_out.access_token(token).send().await);
    }
}
