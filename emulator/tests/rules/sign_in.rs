//! Signing in.

use crate::world::{PASSWORD, World, refused};
use cognito_idp::types::{AuthFlowType, ChallengeNameType};
use std::time::Duration;

#[tokio::test]
async fn srp_takes_the_right_password_alone() {
    let world = World::new().await;
    world.user("alice").await;
    let error = world.srp("alice", "Wrong-horse1", None).await.expect_err("wrong");
    assert_eq!(error, "NotAuthorizedException: Incorrect username or password.");
    let answer = world.srp("alice", PASSWORD, None).await.expect("right");
    let tokens = answer.authentication_result.expect("tokens");
    assert_eq!((tokens.expires_in, tokens.token_type()), (3600, Some("Bearer")));
    assert!(tokens.id_token.is_some() && tokens.refresh_token.is_some());
    let user = world
        .client
        .get_user()
        .set_access_token(tokens.access_token)
        .send()
        .await;
    assert_eq!(user.expect("the user").username(), "alice");
}

#[tokio::test]
async fn an_access_token_ends_and_a_refresh_token_gives_another() {
    let world = World::new().await;
    world.user("bob").await;
    let tokens = world.tokens("bob").await;
    let access = tokens.access_token.expect("a token");
    let get = |token: &str| world.client.get_user().access_token(token).send();
    get(&access).await.expect("valid");
    refused(get("nonsense").await, "NotAuthorizedException", "Invalid Access Token");
    world.cognito.clock().advance(Duration::from_secs(3600));
    refused(get(&access).await, "NotAuthorizedException", "Access Token has expired");
    let answer = world
        .client
        .initiate_auth()
        .client_id(&world.app)
        .auth_flow(AuthFlowType::RefreshTokenAuth)
        .set_auth_parameters(
            tokens
                .refresh_token
                .map(|token| [("REFRESH_TOKEN".to_owned(), token)].into()),
        )
        .send()
        .await
        .expect("refreshed");
    let tokens = answer.authentication_result.expect("tokens");
    assert_eq!(tokens.refresh_token, None);
    get(&tokens.access_token.expect("a token")).await.expect("valid");
}

#[tokio::test]
async fn a_temporary_password_is_changed_at_the_first_sign_in() {
    let world = World::new().await;
    world
        .client
        .admin_create_user()
        .user_pool_id(&world.pool)
        .username("carol")
        .temporary_password(PASSWORD)
        .send()
        .await
        .expect("a user");
    let answer = world.srp("carol", PASSWORD, None).await.expect("right");
    assert_eq!(answer.challenge_name, Some(ChallengeNameType::NewPasswordRequired));
    let answer = world
        .client
        .respond_to_auth_challenge()
        .client_id(&world.app)
        .challenge_name(ChallengeNameType::NewPasswordRequired)
        .set_session(answer.session)
        .challenge_responses("USERNAME", "carol")
        .challenge_responses("NEW_PASSWORD", "Another-horse3")
        .send()
        .await
        .expect("changed");
    assert!(answer.authentication_result.is_some());
    world.srp("carol", "Another-horse3", None).await.expect("the new one");
}
