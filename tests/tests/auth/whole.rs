//! Whole sign-ins, on each server.

use crate::target::{PASSWORD, Target, TestResult, add_user, allow_apps, challenge, tokens, totp};
use cognito_auth::{Challenge, MemoryTokens, Session};
use cognito_tests::report;
use std::time::{SystemTime, UNIX_EPOCH};

/// Runs a test on both servers.
macro_rules! on_each_server {
    ($($(#[$attribute:meta])* $test:ident;)*) => {
        mod ministack {
            $($(#[$attribute])* #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() -> crate::target::TestResult { super::$test(crate::target::Target::ministack()).await })*
        }
        mod emulator {
            $($(#[$attribute])* #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() -> crate::target::TestResult { super::$test(crate::target::Target::emulator()).await })*
        }
    };
}

on_each_server! {
    srp_takes_a_hundred_right_passwords_and_refuses_a_hundred_wrong_ones;
    a_client_with_a_secret_signs_in;
    an_authenticator_app_is_set_up_and_asked;
    a_session_refreshes_and_signs_out;
    a_temporary_password_is_replaced;
}

const EACH: usize = 100;

async fn srp_takes_a_hundred_right_passwords_and_refuses_a_hundred_wrong_ones(target: Target) -> TestResult {
    let pool = target.pool(false).await?;
    add_user(&pool, "alice").await?;
    let tasks: Vec<_> = (0..2)
        .map(|_| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let (mut taken, mut refused) = (0, 0);
                for number in 0..EACH / 2 {
                    let right = pool.sign_in("alice").password(PASSWORD).await;
                    taken += usize::from(right.is_ok_and(|step| step.into_tokens().is_ok()));
                    let wrong = pool.sign_in("alice").password(format!("{PASSWORD}{number}")).await;
                    refused +=
                        usize::from(wrong.is_err_and(|error| error.is_wrong_password() || error.is_locked_out()));
                }
                (taken, refused)
            })
        })
        .collect();
    let (mut taken, mut refused) = (0, 0);
    for task in tasks {
        let (right, wrong) = task.await?;
        taken += right;
        refused += wrong;
    }
    report!("{taken} of {EACH} right passwords taken, {refused} of {EACH} wrong ones refused");
    assert_eq!((taken, refused), (EACH, EACH));
    Ok(())
}

async fn a_client_with_a_secret_signs_in(target: Target) -> TestResult {
    let pool = target.pool(true).await?;
    add_user(&pool, "alice").await?;
    let tokens = tokens(&pool, "alice").await?;
    assert_eq!(tokens.username().as_deref(), Some("alice"));
    let plain = pool.sign_in("alice").password_plain(PASSWORD).await?.into_tokens()?;
    assert!(plain.refresh.is_some());
    pool.sign_in("alice")
        .admin()
        .password_plain(PASSWORD)
        .await?
        .into_tokens()?;
    Ok(())
}

fn unix() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

async fn an_authenticator_app_is_set_up_and_asked(target: Target) -> TestResult {
    let pool = target.pool(true).await?;
    allow_apps(&pool).await?;
    add_user(&pool, "alice").await?;
    let session = Session::start(&pool, tokens(&pool, "alice").await?, MemoryTokens::default()).await?;
    let user = session.user();
    let app = user.totp().await?;
    let secret = app.secret().expose().to_owned();
    assert!(
        app.uri("Example & Co", "alice")
            .expose()
            .starts_with("otpauth://totp/Example%20%26%20Co:alice?secret=")
    );
    app.confirm(&totp(&secret, unix())?, Some("phone")).await?;
    let Challenge::SoftwareTokenMfa(asked) = challenge(pool.sign_in("alice").password(PASSWORD).await?)? else {
        return Err("another challenge".into());
    };
    // The next code: the one of the set-up is spent.
    asked.code(&totp(&secret, unix() + 30)?).await?.into_tokens()?;
    Ok(())
}

async fn a_session_refreshes_and_signs_out(target: Target) -> TestResult {
    let pool = target.pool(true).await?;
    add_user(&pool, "alice").await?;
    let session = Session::start(&pool, tokens(&pool, "alice").await?, MemoryTokens::default()).await?;
    let before = session.tokens().await?;
    let after = session.refresh().await?;
    assert!(after.expires_at >= before.expires_at);
    assert_eq!(session.user().attributes().await?["email"], "alice@example.com");
    session.sign_out().await?;
    assert!(session.access_token().await.is_err_and(|error| error.is_signed_out()));
    Ok(())
}

async fn a_temporary_password_is_replaced(target: Target) -> TestResult {
    let pool = target.pool(true).await?;
    let request = pool
        .client()
        .admin_create_user()
        .user_pool_id(pool.id())
        .username("new");
    request
        .temporary_password(PASSWORD)
        .message_action("SUPPRESS".into())
        .send()
        .await?;
    let Challenge::NewPasswordRequired(c) = challenge(pool.sign_in("new").password(PASSWORD).await?)? else {
        return Err("another challenge".into());
    };
    c.password("Battery-staple2").send().await?.into_tokens()?;
    pool.sign_in("new").password("Battery-staple2").await?.into_tokens()?;
    Ok(())
}
