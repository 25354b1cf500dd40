//! What the emulator alone can: devices, one-time codes, sign-up, forgotten passwords, custom challenges, rotation.

use crate::target::{PASSWORD, Target, TestResult, add_user, challenge, tokens};
use cognito_auth::{
    Challenge, Confirmed, DeviceStore, FirstFactor, IdentityPool, MemoryDevices, MemoryTokens, Session, Step,
};
use cognito_emulator::Cognito;
use std::sync::Arc;
use std::time::Duration;

fn emulator() -> (Target, Cognito) {
    let cognito = Cognito::new();
    (Target::Emulator(cognito.clone()), cognito)
}

fn code(cognito: &Cognito, user: &str) -> TestResult<String> {
    Ok(cognito.outbox().last(user).ok_or("no message")?.code)
}

#[tokio::test]
async fn sign_up_confirmation_and_sign_in_are_one_way() -> TestResult {
    let (target, cognito) = emulator();
    let pool = target.pool(true).await?;
    let up = pool
        .sign_up("alice")
        .password(PASSWORD)
        .attribute("email", "alice@example.com")
        .send()
        .await?;
    assert!(!up.is_confirmed());
    let Step::ConfirmSignUp(waiting) = pool.sign_in("alice").password(PASSWORD).await? else {
        return Err("an unconfirmed user came in".into());
    };
    assert!(
        waiting
            .confirm("000000")
            .await
            .is_err_and(|error| error.is_wrong_code())
    );
    let up = up.confirm(&code(&cognito, "alice")?).await?;
    assert!(up.is_confirmed());
    up.sign_in().password(PASSWORD).await?.into_tokens()?;
    Ok(())
}

#[tokio::test]
async fn a_forgotten_password_is_reset() -> TestResult {
    let (target, cognito) = emulator();
    let pool = target.pool(true).await?;
    add_user(&pool, "alice").await?;
    let reset = pool.forgot_password("alice").await?;
    let code = code(&cognito, "alice")?;
    reset
        .confirm(&code, "Battery-staple2")
        .await?
        .password("Battery-staple2")
        .await?
        .into_tokens()?;
    Ok(())
}

#[tokio::test]
async fn first_factors_are_chosen_and_a_code_is_taken() -> TestResult {
    let (target, cognito) = emulator();
    let pool = target.pool(true).await?;
    let policy = cognito_idp::types::SignInPolicyType::builder()
        .allowed_first_auth_factors("PASSWORD".into())
        .allowed_first_auth_factors("EMAIL_OTP".into())
        .build();
    let policies = cognito_idp::types::UserPoolPolicyType::builder()
        .sign_in_policy(policy)
        .build();
    let request = pool
        .client()
        .update_user_pool()
        .user_pool_id(pool.id())
        .policies(policies);
    request.auto_verified_attributes("email".into()).send().await?;
    add_user(&pool, "alice").await?;
    let Challenge::SelectChallenge(select) = challenge(pool.sign_in("alice").choose().await?)? else {
        return Err("another challenge".into());
    };
    let Challenge::EmailOtp(otp) = challenge(select.choose(FirstFactor::EmailOtp).await?)? else {
        return Err("another challenge".into());
    };
    let wrong = otp.code("00000000").await;
    assert!(wrong.is_err_and(|error| error.is_wrong_code()));
    otp.code(&code(&cognito, "alice")?).await?.into_tokens()?;
    let step = pool
        .sign_in("alice")
        .prefer(FirstFactor::PasswordSrp(PASSWORD.into()))
        .await?;
    step.into_tokens()?;
    Ok(())
}

#[tokio::test]
async fn a_remembered_device_signs_in_and_is_forgotten_when_the_pool_has() -> TestResult {
    let (target, _cognito) = emulator();
    let devices = Arc::new(MemoryDevices::default());
    for with_secret in [false, true] {
        let pool = target.pool(with_secret).await?.with_devices(devices.clone());
        add_user(&pool, "alice").await?;
        let first = tokens(&pool, "alice").await?;
        let key = first.device_key.clone().ok_or("no device")?;
        assert_eq!(
            pool.confirm_device(&first, Some("laptop")).await?,
            Confirmed::Remembered
        );
        let second = tokens(&pool, "alice").await?;
        assert_eq!(second.device_key.as_ref(), Some(&key), "the same device again");
        assert_eq!(second.new_device, None);
        let session = Session::start(&pool, second, MemoryTokens::default()).await?;
        session.refresh().await?;
        session.user().forget_device(&key).await?;
        let third = tokens(&pool, "alice").await?;
        assert_ne!(third.device_key.as_ref(), Some(&key), "a stranger again");
        assert_eq!(devices.load(pool.id(), "alice").await?, None);
    }
    Ok(())
}

#[tokio::test]
async fn a_session_outlives_its_access_token() -> TestResult {
    let (target, cognito) = emulator();
    let pool = target.pool(true).await?;
    add_user(&pool, "alice").await?;
    let mut tokens = tokens(&pool, "alice").await?;
    cognito.clock().advance(Duration::from_secs(3601));
    tokens.expires_at -= Duration::from_secs(3601);
    let old = tokens.access.clone();
    let session = Session::start(&pool, tokens, MemoryTokens::default()).await?;
    assert!(session.access_token().await? != old);
    session.user().get().await?;
    session.sign_out_everywhere().await?;
    assert!(session.user().get().await.is_err_and(|error| error.is_signed_out()));
    Ok(())
}

#[tokio::test]
async fn a_signed_in_user_gets_aws_credentials() -> TestResult {
    use cognito_identity::config::{BehaviorVersion, Credentials, Region};
    use cognito_runtime::reexport::aws_credential_types::provider::ProvideCredentials;
    let (target, cognito) = emulator();
    let pool = target.pool(false).await?;
    add_user(&pool, "alice").await?;
    let config = cognito_identity::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::for_tests())
        .http_client(cognito.http_client());
    let client = cognito_identity::Client::from_conf(config.build());
    let provider = cognito_identity::types::CognitoIdentityProvider::builder()
        .provider_name(format!("cognito-idp.us-east-1.amazonaws.com/{}", pool.id()))
        .client_id(pool.client_id())
        .build();
    let created = client
        .create_identity_pool()
        .identity_pool_name("auth")
        .allow_unauthenticated_identities(false)
        .cognito_identity_providers(provider)
        .send()
        .await?;
    let role = "arn:aws:iam::123456789012:role/user";
    let roles = client
        .set_identity_pool_roles()
        .identity_pool_id(&created.identity_pool_id);
    roles.roles("authenticated", role).send().await?;
    let session = Session::start(&pool, tokens(&pool, "alice").await?, MemoryTokens::default()).await?;
    let credentials = IdentityPool::new(created.identity_pool_id)?
        .with_client(client)
        .login(&session)
        .provider();
    let first = credentials.provide_credentials().await?;
    let again = credentials.provide_credentials().await?;
    assert!(first.expiry().is_some() && first.session_token().is_some());
    assert_eq!(first.access_key_id(), again.access_key_id(), "they are kept");
    Ok(())
}

// ministack doesn't ask for SECRET_HASH.
#[tokio::test]
async fn an_app_client_without_its_secret_gets_a_hint() -> TestResult {
    let (target, _cognito) = emulator();
    let pool = target.pool(true).await?;
    add_user(&pool, "alice").await?;
    let bare = cognito_auth::UserPool::new(pool.id(), pool.client_id())?.with_client(pool.client().clone());
    let error = tokens(&bare, "alice")
        .await
        .err()
        .ok_or("it was taken without its secret")?;
    assert!(
        error.hint().is_some_and(|hint| hint.contains("with_secret")),
        "{error:?}"
    );
    Ok(())
}
