//! Signing in without sending the password.

use super::{PASSWORD, tokens};
use crate::codes::{Challenge, Srp, timestamp};
use crate::session::Session;
use cognito_idp::types::{AuthFlowType, ChallengeNameType};

/// Any number will do, if only it is the same when the recording is played back.
const SMALL_A: &str =
    "4bc98c57c02586083518abdc7c018f94b4d48a77ea45d3ad911539e290e18c4ae2448d386322bea002fab5cf24c68873";

pub(super) async fn run(session: &Session) {
    let pool = session.pool("srp").await;
    let app = session.app(&pool).await;
    session.user(&pool, "grace").await;
    let srp = Srp::new(SMALL_A);

    let call = session
        .client
        .initiate_auth()
        .client_id(&app)
        .auth_flow(AuthFlowType::UserSrpAuth);
    let call = call
        .auth_parameters("USERNAME", "grace")
        .auth_parameters("SRP_A", srp.large_a());
    let challenge = session.ok(call.send().await);
    assert_eq!(challenge.challenge_name(), Some(&ChallengeNameType::PasswordVerifier));
    let parameters = challenge.challenge_parameters().expect("the parameters");
    let user_id = &*parameters["USER_ID_FOR_SRP"];
    let secret_block = &*parameters["SECRET_BLOCK"];
    let told = Challenge {
        user_id,
        salt: &parameters["SALT"],
        large_b: &parameters["SRP_B"],
        secret_block,
    };

    let (_, name) = pool.split_once('_').expect("a region and a name");
    let timestamp = timestamp(session.now());
    let respond = session
        .client
        .respond_to_auth_challenge()
        .client_id(&app)
        .set_session(challenge.session.clone());
    let respond = respond
        .challenge_name(ChallengeNameType::PasswordVerifier)
        .challenge_responses("USERNAME", user_id)
        .challenge_responses("PASSWORD_CLAIM_SECRET_BLOCK", secret_block)
        .challenge_responses("TIMESTAMP", &timestamp);

    let wrong = srp.signature(name, "Wr0ng!password", &told, &timestamp);
    let error = session.refused(
        respond
            .clone()
            .challenge_responses("PASSWORD_CLAIM_SIGNATURE", wrong)
            .send()
            .await,
    );
    assert!(error.is_not_authorized_exception(), "{error:?}");
    let right = srp.signature(name, PASSWORD, &told, &timestamp);
    let answer = session.ok(respond
        .challenge_responses("PASSWORD_CLAIM_SIGNATURE", right)
        .send()
        .await);
    tokens(answer.authentication_result);
    session.delete_pool(&pool).await;
}
