//! Passkeys, with a software authenticator whose signatures are real, and step-up.

use crate::TestResult;
use crate::authenticator::Authenticator;
use crate::world::{POOL, World, all_flows, challenge, claims};
use cognito_auth::challenge::WebAuthn;
use cognito_auth::{Challenge, FirstFactor, MemoryTokens, Session};
use cognito_idp::types::WebAuthnConfigurationType;
use serde_json::{Value, json};

const ORIGIN: &str = "https://login.example.com";

/// A pool that takes passkeys, and alice's session there.
async fn world() -> TestResult<(World, Session)> {
    let policies = json!({"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}});
    let world = World::new(json!({"Policies": policies}), all_flows()).await?;
    let passkeys = WebAuthnConfigurationType::builder().relying_party_id("example.com");
    let passkeys = passkeys.user_verification("required".into()).build();
    let request = world.pool.client().set_user_pool_mfa_config().user_pool_id(POOL);
    request.web_authn_configuration(passkeys).send().await?;
    let session = Session::start(&world.pool, world.sign_in().await?, MemoryTokens::default()).await?;
    Ok((world, session))
}

async fn register(session: &Session, authenticator: &mut Authenticator) -> TestResult {
    let options: Value = session.user().passkey_options().await?;
    session
        .user()
        .register_passkey(&authenticator.create(&options, ORIGIN))
        .await?;
    Ok(())
}

async fn asked(world: &World) -> TestResult<(WebAuthn, Value)> {
    match challenge(world.pool.sign_in("alice").prefer(FirstFactor::WebAuthn).await?)? {
        Challenge::WebAuthn(c) => {
            let options = c.request_options()?;
            Ok((c, options))
        }
        other => Err(format!("{} was asked", other.name()).into()),
    }
}

#[tokio::test]
async fn a_passkey_is_registered_and_signs_in() -> TestResult {
    let (world, session) = world().await?;
    let mut authenticator = Authenticator::new();
    register(&session, &mut authenticator).await?;
    let list = session.user().passkeys(None).await?;
    assert_eq!(list.credentials.len(), 1);
    let (c, options) = asked(&world).await?;
    let tokens = c
        .credential(&authenticator.get(&options, ORIGIN))
        .await?
        .into_tokens()?;
    assert_eq!(tokens.username().as_deref(), Some("alice"));
    session
        .user()
        .delete_passkey(&list.credentials[0].credential_id)
        .await?;
    let step = world.pool.sign_in("alice").prefer(FirstFactor::WebAuthn).await?;
    assert_eq!(step.name(), "SELECT_CHALLENGE", "there is none any more");
    Ok(())
}

#[tokio::test]
async fn what_isnt_the_users_passkey_is_refused_and_the_right_one_still_taken() -> TestResult {
    let (world, session) = world().await?;
    let mut authenticator = Authenticator::new();
    let options: Value = session.user().passkey_options().await?;
    let elsewhere = session
        .user()
        .register_passkey(&authenticator.create(&options, "https://evil.example"))
        .await;
    assert!(elsewhere.is_err_and(|error| error.code() == Some("WebAuthnOriginNotAllowedException")));
    register(&session, &mut authenticator).await?;
    let (c, options) = asked(&world).await?;
    let right = authenticator.get(&options, ORIGIN);
    let mut forged = right.clone();
    forged["response"]["signature"] = Authenticator::new().get(&options, ORIGIN)["response"]["signature"].clone();
    let mut other_challenge = options.clone();
    other_challenge["challenge"] = "AAAA".into();
    let wrong = [
        forged,
        Authenticator::new().get(&options, ORIGIN),
        authenticator.get(&options, "https://evil.example"),
        authenticator.get(&other_challenge, ORIGIN),
        json!({}),
    ];
    for credential in &wrong {
        assert!(c.credential(credential).await.is_err());
    }
    // Another process goes on with the state of the challenge.
    let state = serde_json::to_string(&c.state())?;
    let Challenge::WebAuthn(resumed) = world.pool.resume(serde_json::from_str(&state)?) else {
        return Err("another challenge".into());
    };
    resumed
        .credential(&authenticator.get(&options, ORIGIN))
        .await?
        .into_tokens()?;
    let (c, _) = asked(&world).await?;
    assert!(c.credential(&right).await.is_err(), "an answer to another challenge");
    Ok(())
}

#[tokio::test]
async fn a_signed_in_user_steps_up_by_another_factor() -> TestResult {
    let (world, session) = world().await?;
    let mut authenticator = Authenticator::new();
    register(&session, &mut authenticator).await?;
    let before = session.tokens().await?;
    let step_up = world
        .pool
        .sign_in("alice")
        .step_up("urn:cognito:loa:3", &before)
        .max_age(300);
    let Challenge::SelectChallenge(select) = challenge(step_up.choose().await?)? else {
        return Err("another challenge".into());
    };
    assert!(
        select.available().iter().any(|factor| factor == "WEB_AUTHN"),
        "{:?}",
        select.available()
    );
    let Challenge::WebAuthn(c) = challenge(select.choose(FirstFactor::WebAuthn).await?)? else {
        return Err("another challenge".into());
    };
    world.pass(1);
    let after = c
        .credential(&authenticator.get(&c.request_options()?, ORIGIN))
        .await?
        .into_tokens()?;
    let (before, after) = (claims(&before.access)?, claims(&after.access)?);
    assert_eq!(before["sub"], after["sub"]);
    assert!(after["auth_time"].as_u64() > before["auth_time"].as_u64());
    Ok(())
}
