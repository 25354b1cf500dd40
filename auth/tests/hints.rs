//! The usual mistakes: each error says how to mend it, and which predicate knows it.

mod support;

use cognito_auth::{AuthError, MemoryTokens, Session, Tokens};
use std::time::SystemTime;
use support::{Reply, Server, TestResult};

/// What a sign-in fails with when Cognito answers so.
async fn failure(code: &'static str, message: &'static str) -> TestResult<AuthError> {
    let server = Server::new(move |_| Reply::Error(code, message));
    let step = server.pool().sign_in("alice").password_plain("marker-password").await;
    Ok(step.err().ok_or("an error was overlooked")?)
}

#[tokio::test]
async fn every_usual_mistake_has_a_hint_that_is_in_the_errors_text() -> TestResult {
    for (code, message, hint) in [
        (
            "InvalidParameterException",
            "USER_SRP_AUTH is not enabled for the client.",
            "ExplicitAuthFlows",
        ),
        ("FeatureUnavailableInTierException", "Not in this tier", "Essentials"),
        (
            "NotAuthorizedException",
            "Client 1 is configured with secret but SECRET_HASH was not received",
            "with_secret",
        ),
        (
            "NotAuthorizedException",
            "Unable to verify secret hash for client 1",
            "client secret",
        ),
        ("NotAuthorizedException", "Password attempts exceeded", "locked out"),
        (
            "NotAuthorizedException",
            "Invalid session for the user, session is expired.",
            "begin the sign-in again",
        ),
        (
            "ResourceNotFoundException",
            "User pool client 1 does not exist.",
            "client id",
        ),
        ("ForbiddenException", "Request not allowed due to WAF block.", "WAF"),
        (
            "InvalidSmsRoleTrustRelationshipException",
            "Role does not have a trust relationship",
            "role",
        ),
        (
            "WebAuthnOriginNotAllowedException",
            "Origin not allowed",
            "RelyingPartyId",
        ),
        ("WebAuthnNotEnabledException", "Not enabled", "WEB_AUTHN"),
        (
            "UserLambdaValidationException",
            "PreAuthentication failed with error no.",
            "Lambda",
        ),
        ("TooManyRequestsException", "Rate exceeded", "Slow down"),
        ("UsernameExistsException", "User already exists", "taken"),
        ("AliasExistsException", "Already found an entry", "Another user"),
    ] {
        let error = failure(code, message).await?;
        let text = error.to_string();
        assert!(text.contains(hint), "{code}: {text}");
        assert!(
            text.contains(code) && !text.contains(message),
            "Cognito's text is the source alone: {text}"
        );
        assert!(std::error::Error::source(&error).is_some(), "{code}");
    }
    Ok(())
}

#[tokio::test]
async fn predicates_tell_the_cases_of_one_exception_apart() -> TestResult {
    type Predicate = fn(&AuthError) -> bool;
    let cases: [(&str, Predicate); 5] = [
        ("Incorrect username or password.", AuthError::is_wrong_password),
        ("Password attempts exceeded", AuthError::is_locked_out),
        ("Unable to verify secret hash for client 1", AuthError::is_wrong_secret),
        (
            "Invalid session for the user, session can only be used once.",
            AuthError::is_expired,
        ),
        ("Access Token has been revoked", AuthError::is_refused_token),
    ];
    for (message, own) in cases {
        let error = failure("NotAuthorizedException", message).await?;
        for (other, predicate) in cases {
            assert_eq!(
                predicate(&error),
                other == message,
                "{message}: the predicate of {other}"
            );
        }
        assert!(own(&error) && !error.is_transient());
    }
    Ok(())
}

#[tokio::test]
async fn only_a_refresh_says_that_a_session_is_over() -> TestResult {
    let ends = [
        ("UserNotFoundException", "User does not exist."),
        ("NotAuthorizedException", "User is disabled."),
        ("NotAuthorizedException", "Refresh Token has been revoked"),
    ];
    for (code, message) in ends {
        let error = failure(code, message).await?;
        assert!(!error.is_signed_out(), "a sign-in: {message}");
        for is_old in [false, true] {
            let server = Server::new(move |call| match call.operation.as_str() {
                "GetTokensFromRefreshToken" if is_old => Reply::Error("InvalidAction", "unknown"),
                _ => Reply::Error(code, message),
            });
            let tokens = Tokens {
                access: "access".into(),
                id: None,
                refresh: Some("refresh".into()),
                expires_at: SystemTime::now(),
                device_key: None,
                signed_in_as: None,
                new_device: None,
            };
            let session = Session::start(&server.pool(), tokens, MemoryTokens::default()).await?;
            let error = session.access_token().await.err().ok_or("it was refreshed")?;
            assert!(error.is_signed_out(), "{message}");
            assert_eq!(error.to_string().contains("(REFRESH_TOKEN_AUTH)"), is_old, "{error}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_step_that_isnt_handled_says_what_to_write() -> TestResult {
    for (code, text) in [
        ("UserNotConfirmedException", "Step::ConfirmSignUp"),
        ("PasswordResetRequiredException", "Step::ResetPassword"),
    ] {
        let server = Server::new(move |_| Reply::Error(code, "not yet"));
        let step = server.pool().sign_in("alice").password_plain("marker-password").await?;
        let error = step.unexpected();
        assert!(error.to_string().contains(text), "{error}");
        assert!(error.hint().is_some_and(|hint| hint.contains(text)), "{error}");
    }
    let error = AuthError::Unexpected {
        step: "SMS_MFA".to_owned(),
    };
    assert!(
        error.to_string().contains("SMS_MFA") && error.to_string().contains("Step::Challenge"),
        "{error}"
    );
    Ok(())
}

#[tokio::test]
async fn predicates_know_every_code_of_their_kind_and_no_other() -> TestResult {
    type Predicate = fn(&AuthError) -> bool;
    let predicates: [(&str, Predicate); 9] = [
        ("wrong password", AuthError::is_wrong_password),
        ("unknown user", AuthError::is_unknown_user),
        ("locked out", AuthError::is_locked_out),
        ("wrong code", AuthError::is_wrong_code),
        ("expired", AuthError::is_expired),
        ("unfit password", AuthError::is_unfit_password),
        ("signed out", AuthError::is_signed_out),
        ("throttled", AuthError::is_throttled),
        ("transient", AuthError::is_transient),
    ];
    let cases: [(&str, &[&str]); 13] = [
        ("TooManyFailedAttemptsException", &["locked out"]),
        ("UserNotFoundException", &["unknown user"]),
        ("CodeMismatchException", &["wrong code"]),
        ("EnableSoftwareTokenMFAException", &["wrong code"]),
        ("ExpiredCodeException", &["expired"]),
        ("InvalidPasswordException", &["unfit password"]),
        ("PasswordHistoryPolicyViolationException", &["unfit password"]),
        ("RefreshTokenReuseException", &["signed out"]),
        ("TooManyRequestsException", &["throttled", "transient"]),
        ("LimitExceededException", &["throttled", "transient"]),
        ("RequestLimitExceeded", &["throttled", "transient"]),
        ("InternalErrorException", &["transient"]),
        ("InternalServerException", &["transient"]),
    ];
    for (code, expected) in cases {
        let error = failure(code, "no").await?;
        let said: Vec<&str> = predicates
            .iter()
            .filter(|(_, is)| is(&error))
            .map(|(name, _)| *name)
            .collect();
        assert_eq!(said, expected, "{code}");
    }
    for message in ["SECRET_HASH was not received", "Secret hash was not received"] {
        let error = failure("NotAuthorizedException", message).await?;
        assert!(!error.is_wrong_secret(), "no secret isn't a wrong one: {message}");
    }
    Ok(())
}

#[tokio::test]
async fn a_taken_name_or_address_is_told_from_other_refusals() -> TestResult {
    for (code, taken) in [
        ("UsernameExistsException", true),
        ("AliasExistsException", true),
        ("InvalidPasswordException", false),
    ] {
        let server = Server::new(move |_| Reply::Error(code, "no"));
        let signed_up = server.pool().sign_up("alice").password("marker-password").send().await;
        let error = signed_up.err().ok_or("an error was overlooked")?;
        assert_eq!(error.is_taken_name(), taken, "{code}");
    }
    Ok(())
}
