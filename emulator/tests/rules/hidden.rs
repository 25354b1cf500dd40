//! App clients that hide which users exist (PreventUserExistenceErrors).

use crate::table::{Table, text};
use crate::world::{PASSWORD, Srp};
use cognito_emulator::triggers::{CreateAuthChallenge, DefineAuthChallenge, VerifyAuthChallenge};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// A pool with these settings, and an app client that hides its users.
async fn hiding(settings: Value) -> (Table, Value) {
    let table = Table::new(settings).await;
    let client = json!({ "ClientName": "hiding", "PreventUserExistenceErrors": "ENABLED",
        "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH"] });
    let made = table.ok("CreateUserPoolClient", table.pool(client)).await;
    (table, made["UserPoolClient"]["ClientId"].clone())
}

#[tokio::test]
async fn a_hidden_user_looks_like_one_with_another_password() {
    let table = Table::new(json!({})).await;
    let settings = json!({ "ClientName": "hiding", "PreventUserExistenceErrors": "ENABLED",
        "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"] });
    let client = table.ok("CreateUserPoolClient", table.pool(settings)).await["UserPoolClient"]["ClientId"].clone();
    let password = json!({ "ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": { "USERNAME": "nobody", "PASSWORD": PASSWORD } });
    table
        .refuses(vec![
            (
                "InitiateAuth",
                password,
                "NotAuthorizedException: Incorrect username or password.",
            ),
            (
                "ConfirmForgotPassword",
                json!({ "ClientId": client, "Username": "nobody", "ConfirmationCode": "1", "Password": PASSWORD }),
                "CodeMismatchException",
            ),
        ])
        .await;
    table
        .ok("ForgotPassword", json!({ "ClientId": client, "Username": "nobody" }))
        .await;
    let srp = Srp::new();
    let begin = json!({ "ClientId": client, "AuthFlow": "USER_SRP_AUTH", "AuthParameters": { "USERNAME": "nobody", "SRP_A": srp.large_a() } });
    let first = table.ok("InitiateAuth", begin.clone()).await["ChallengeParameters"].clone();
    let second = table.ok("InitiateAuth", begin).await["ChallengeParameters"].clone();
    assert_eq!(first["SALT"], second["SALT"], "a user's salt stays, too");
    let id = text(&first["USER_ID_FOR_SRP"]);
    assert_eq!(
        (first["USER_ID_FOR_SRP"].clone(), id.len()),
        (second["USER_ID_FOR_SRP"].clone(), 36)
    );
    let told = serde_json::from_value(first).expect("texts");
    let pool = table.pool.split_once('_').expect("a region").1;
    let proof = json!(srp.answer(pool, &id, PASSWORD, &told));
    let answer = json!({ "ClientId": client, "ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": proof });
    table
        .refuses(vec![(
            "RespondToAuthChallenge",
            answer,
            "NotAuthorizedException: Incorrect username or password.",
        )])
        .await;
}

#[tokio::test]
async fn who_cannot_get_a_code_seems_to_get_one() {
    let (table, client) = hiding(json!({ "AutoVerifiedAttributes": ["phone_number"] })).await;
    let forgot = |name: &str| json!({ "ClientId": client, "Username": name });
    table
        .ok("AdminDisableUser", table.pool(json!({ "Username": "alice" })))
        .await;
    let bob = json!({ "Username": "bob", "MessageAction": "SUPPRESS" });
    table.ok("AdminCreateUser", table.pool(bob)).await;
    let sent = table.cognito.outbox().all().len();
    for (name, medium, attribute) in [
        ("alice", "SMS", "phone_number"),
        ("bob", "SMS", "phone_number"),
        ("nobody", "SMS", "phone_number"),
        ("nobody@example.com", "EMAIL", "email"),
        ("+12065550100", "SMS", "phone_number"),
    ] {
        let told = table.ok("ForgotPassword", forgot(name)).await["CodeDeliveryDetails"].clone();
        assert_eq!(
            (&told["DeliveryMedium"], &told["AttributeName"]),
            (&json!(medium), &json!(attribute)),
            "{name}"
        );
    }
    table.ok("ResendConfirmationCode", forgot("alice")).await;
    assert_eq!(table.cognito.outbox().all().len(), sent, "nothing is sent");
    let confirm = |name: &str| json!({ "ClientId": client, "Username": name, "ConfirmationCode": "123456", "Password": PASSWORD });
    table
        .refuses(vec![
            ("ConfirmForgotPassword", confirm("alice"), "CodeMismatchException"),
            ("ConfirmForgotPassword", confirm("nobody"), "CodeMismatchException"),
            ("ConfirmForgotPassword", confirm("bob"), "ExpiredCodeException"),
        ])
        .await;
}

#[tokio::test]
async fn the_triggers_of_a_custom_sign_in_are_told_of_a_user_who_doesnt_exist() {
    let (table, client) = hiding(json!({})).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let notes = [Arc::clone(&seen), Arc::clone(&seen), Arc::clone(&seen)];
    let [define, create, verify] = notes;
    table.cognito.on(move |event: &mut DefineAuthChallenge| {
        define
            .lock()
            .expect("alone")
            .push(("define", event.request.user_not_found));
        match event.request.session.last() {
            // A careless function, which looks at the answer alone.
            Some(last) if last.challenge_result => event.response.issue_tokens = true,
            _ => event.response.challenge_name = Some("CUSTOM_CHALLENGE".to_owned()),
        }
        Ok(())
    });
    table.cognito.on(move |event: &mut CreateAuthChallenge| {
        create
            .lock()
            .expect("alone")
            .push(("create", event.request.user_not_found));
        Ok(())
    });
    table.cognito.on(move |event: &mut VerifyAuthChallenge| {
        verify
            .lock()
            .expect("alone")
            .push(("verify", event.request.user_not_found));
        event.response.answer_correct = true;
        Ok(())
    });
    let begin =
        |name: &str| json!({ "ClientId": client, "AuthFlow": "CUSTOM_AUTH", "AuthParameters": { "USERNAME": name } });
    let challenge = table.ok("InitiateAuth", begin("nobody")).await;
    assert_eq!(challenge["ChallengeName"], "CUSTOM_CHALLENGE");
    let answer = json!({ "ClientId": client, "ChallengeName": "CUSTOM_CHALLENGE", "Session": challenge["Session"],
        "ChallengeResponses": { "USERNAME": challenge["ChallengeParameters"]["USERNAME"], "ANSWER": "42" } });
    table
        .refuses(vec![(
            "RespondToAuthChallenge",
            answer,
            "NotAuthorizedException: Incorrect username or password.",
        )])
        .await;
    assert_eq!(
        *seen.lock().expect("alone"),
        [("define", true), ("create", true), ("verify", true), ("define", true)]
    );
    seen.lock().expect("alone").clear();
    table.ok("InitiateAuth", begin("alice")).await;
    assert_eq!(*seen.lock().expect("alone"), [("define", false), ("create", false)]);
}

#[tokio::test]
async fn who_doesnt_exist_is_asked_something_that_the_pool_allows() {
    let factors = ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"];
    let table = Table::new(json!({ "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": factors } } })).await;
    let passkeys = json!({ "WebAuthnConfiguration": { "RelyingPartyId": "example.com" } });
    table.ok("SetUserPoolMfaConfig", table.pool(passkeys)).await;
    let client = json!({ "ClientName": "hiding", "PreventUserExistenceErrors": "ENABLED",
        "ExplicitAuthFlows": ["ALLOW_USER_AUTH"] });
    let client = table.ok("CreateUserPoolClient", table.pool(client)).await["UserPoolClient"]["ClientId"].clone();
    let start = |preferred: &str| {
        json!({ "ClientId": client, "AuthFlow": "USER_AUTH",
            "AuthParameters": { "USERNAME": "nobody", "PREFERRED_CHALLENGE": preferred, "SRP_A": "abc" } })
    };
    for (challenge, answer, error) in [
        (
            "PASSWORD",
            "PASSWORD",
            "NotAuthorizedException: Incorrect username or password.",
        ),
        ("EMAIL_OTP", "EMAIL_OTP_CODE", "CodeMismatchException"),
        ("SMS_OTP", "SMS_OTP_CODE", "CodeMismatchException"),
        (
            "WEB_AUTHN",
            "CREDENTIAL",
            "NotAuthorizedException: Incorrect username or password.",
        ),
    ] {
        let asked = table.ok("InitiateAuth", start(challenge)).await;
        assert_eq!(asked["ChallengeName"], challenge);
        let told = &asked["ChallengeParameters"];
        let name = if told["USERNAME"].is_string() {
            &told["USERNAME"]
        } else {
            &told["USER_ID_FOR_SRP"]
        };
        let answer = json!({ "ClientId": client, "ChallengeName": challenge, "Session": asked["Session"],
            "ChallengeResponses": { "USERNAME": name, answer: "123456" } });
        table.refuses(vec![("RespondToAuthChallenge", answer, error)]).await;
    }
    let asked = table.ok("InitiateAuth", start("PASSWORD_SRP")).await;
    assert_eq!(asked["ChallengeName"], "PASSWORD_VERIFIER");
    for _ in 0..20 {
        let asked = text(&table.ok("InitiateAuth", start("")).await["ChallengeName"]);
        assert!(factors.contains(&asked.as_str()), "{asked}");
    }
    assert!(table.cognito.outbox().last("nobody").is_none(), "nothing is sent");
}
