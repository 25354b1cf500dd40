//! Signing up.

use crate::world::{NEW_PASSWORD, PASSWORD, World, attribute, refused};
use cognito_idp::types::UserStatusType;
use std::time::Duration;

#[tokio::test]
async fn a_user_signs_up_with_the_code_that_was_sent() {
    let world = World::new().await;
    let sign_up = || {
        world
            .client
            .sign_up()
            .client_id(&world.app)
            .username("alice")
            .password(PASSWORD)
            .user_attributes(attribute("email", "alice@example.com"))
    };
    let answer = sign_up().send().await.expect("signed up");
    assert!(!answer.user_confirmed);
    let details = answer.code_delivery_details.expect("a code was sent");
    assert_eq!(details.destination(), Some("a***@e***"));
    assert_eq!(details.attribute_name(), Some("email"));
    refused(sign_up().send().await, "UsernameExistsException", "User already exists");

    let confirm = |code: &str| {
        world
            .client
            .confirm_sign_up()
            .client_id(&world.app)
            .username("alice")
            .confirmation_code(code)
    };
    let code = world.code("alice");
    let wrong = if code == "000000" { "000001" } else { "000000" };
    refused(
        confirm(wrong).send().await,
        "CodeMismatchException",
        "Invalid verification code",
    );
    confirm(&code).send().await.expect("confirmed");
    refused(
        confirm(&code).send().await,
        "NotAuthorizedException",
        "Current status is CONFIRMED",
    );
    let user = world
        .client
        .admin_get_user()
        .user_pool_id(&world.pool)
        .username("alice")
        .send()
        .await
        .expect("a user");
    assert_eq!(user.user_status, Some(UserStatusType::Confirmed));
    assert!(user.user_attributes().contains(&attribute("email_verified", "true")));
    assert_eq!(user.user_attributes()[0].name(), "sub");
}

#[tokio::test]
async fn a_code_ends_after_a_day_and_can_be_sent_again() {
    let world = World::new().await;
    world
        .client
        .sign_up()
        .client_id(&world.app)
        .username("bob")
        .password(PASSWORD)
        .user_attributes(attribute("email", "bob@example.com"))
        .send()
        .await
        .expect("signed up");
    let confirm = |code: String| {
        world
            .client
            .confirm_sign_up()
            .client_id(&world.app)
            .username("bob")
            .confirmation_code(code)
            .send()
    };
    let old = world.code("bob");
    world.cognito.clock().advance(Duration::from_secs(86_400));
    refused(confirm(old).await, "ExpiredCodeException", "request a code again");
    let resend = || {
        world
            .client
            .resend_confirmation_code()
            .client_id(&world.app)
            .username("bob")
            .send()
    };
    resend().await.expect("sent again");
    confirm(world.code("bob")).await.expect("confirmed");
    refused(resend().await, "InvalidParameterException", "User is already confirmed");
}

#[tokio::test]
async fn what_the_policy_and_the_schema_forbid_is_refused() {
    let world = World::new().await;
    let sign_up = |password: &str| {
        world
            .client
            .sign_up()
            .client_id(&world.app)
            .username("carol")
            .password(password)
    };
    for (password, why) in [
        ("Sh0rt-!", "Password not long enough"),
        ("nouppercase-1", "uppercase"),
        ("NOLOWERCASE-1", "lowercase"),
        ("NoNumbers-!", "numeric"),
        ("NoSymbols1", "symbol"),
    ] {
        refused(sign_up(password).send().await, "InvalidPasswordException", why);
    }
    let call = sign_up(PASSWORD).user_attributes(attribute("custom:team", "a"));
    refused(
        call.send().await,
        "InvalidParameterException",
        "Attribute does not exist in the schema",
    );
    let call = sign_up(PASSWORD).user_attributes(attribute("email", "nobody"));
    refused(
        call.send().await,
        "InvalidParameterException",
        "Invalid email address format",
    );
    let call = sign_up(PASSWORD).user_attributes(attribute("email_verified", "true"));
    refused(call.send().await, "NotAuthorizedException", "unauthorized attribute");
    let call = world
        .client
        .sign_up()
        .client_id("none")
        .username("a")
        .password(PASSWORD);
    refused(
        call.send().await,
        "ResourceNotFoundException",
        "User pool client none does not exist",
    );
    let call = world.client.sign_up().client_id(&world.app).password(PASSWORD);
    refused(
        call.send().await,
        "InvalidParameterException",
        "Value null at 'username'",
    );
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_with_a_code() {
    let world = World::new().await;
    world.user("dave").await;
    let answer = world
        .client
        .forgot_password()
        .client_id(&world.app)
        .username("dave")
        .send()
        .await
        .expect("a code");
    let details = answer.code_delivery_details.expect("details");
    // The phone number comes first where the pool doesn't say otherwise.
    assert_eq!(details.destination(), Some("+*******0100"));
    let confirm = |code: &str, password: &str| {
        world
            .client
            .confirm_forgot_password()
            .client_id(&world.app)
            .username("dave")
            .confirmation_code(code)
            .password(password)
            .send()
    };
    let code = world.code("dave");
    refused(confirm("x", NEW_PASSWORD).await, "CodeMismatchException", "");
    confirm(&code, NEW_PASSWORD).await.expect("a new password");
    assert!(world.srp("dave", PASSWORD, None).await.is_err());
    world.srp("dave", NEW_PASSWORD, None).await.expect("signed in");
    let unknown = world.client.forgot_password().client_id(&world.app).username("nobody");
    refused(unknown.send().await, "UserNotFoundException", "");
}
