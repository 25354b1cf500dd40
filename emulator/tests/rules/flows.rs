//! USER_AUTH, passkeys, custom challenges, triggers, and the history of sign-ins.

use crate::authenticator::Authenticator;
use crate::table::{Table, text};
use crate::world::{PASSWORD, Srp};
use cognito_emulator::triggers::{
    ClaimsAndScopeOverride, CreateAuthChallenge, CustomMessage, DefineAuthChallenge, PostConfirmation,
    PreAuthentication, PreSignUp, PreTokenGeneration, TokenOverride, UserMigration, VerifyAuthChallenge,
};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const PASSWORDLESS: [&str; 4] = ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"];

async fn passwordless() -> Table {
    let policies = json!({ "SignInPolicy": { "AllowedFirstAuthFactors": PASSWORDLESS } });
    let table = Table::new(json!({ "Policies": policies, "AutoVerifiedAttributes": ["email"] })).await;
    let configuration =
        json!({ "WebAuthnConfiguration": { "RelyingPartyId": "example.com", "UserVerification": "required" } });
    table.ok("SetUserPoolMfaConfig", table.pool(configuration)).await;
    table
}

fn start(table: &Table, more: Value) -> Value {
    let mut parameters = json!({ "USERNAME": "alice" });
    parameters
        .as_object_mut()
        .expect("members")
        .extend(more.as_object().expect("members").clone());
    table.client(json!({ "AuthFlow": "USER_AUTH", "AuthParameters": parameters }))
}

fn respond(table: &Table, challenge: &str, session: &Value, more: Value) -> Value {
    let mut responses = json!({ "USERNAME": "alice" });
    responses
        .as_object_mut()
        .expect("members")
        .extend(more.as_object().expect("members").clone());
    table.client(json!({ "ChallengeName": challenge, "Session": session, "ChallengeResponses": responses }))
}

#[tokio::test]
async fn a_user_chooses_how_to_sign_in() {
    let table = passwordless().await;
    let offer = table.ok("InitiateAuth", start(&table, json!({}))).await;
    assert_eq!(offer["ChallengeName"], "SELECT_CHALLENGE");
    assert_eq!(
        offer["AvailableChallenges"],
        json!(["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP"])
    );
    let chosen = respond(
        &table,
        "SELECT_CHALLENGE",
        &offer["Session"],
        json!({ "ANSWER": "EMAIL_OTP" }),
    );
    let challenge = table.ok("RespondToAuthChallenge", chosen).await;
    assert_eq!(challenge["ChallengeName"], "EMAIL_OTP");
    let answer = |code: &str| {
        respond(
            &table,
            "EMAIL_OTP",
            &challenge["Session"],
            json!({ "EMAIL_OTP_CODE": code }),
        )
    };
    table
        .refuses(vec![("RespondToAuthChallenge", answer("x"), "CodeMismatchException")])
        .await;
    let tokens = table.ok("RespondToAuthChallenge", answer(&table.code("alice"))).await;
    assert!(tokens["AuthenticationResult"]["AccessToken"].is_string());

    let preferred = json!({ "PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": PASSWORD });
    assert!(table.ok("InitiateAuth", start(&table, preferred)).await["AuthenticationResult"].is_object());
    let wrong = json!({ "PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": "Wrong-horse1" });
    let offer = table
        .ok(
            "InitiateAuth",
            start(&table, json!({ "PREFERRED_CHALLENGE": "WEB_AUTHN" })),
        )
        .await;
    assert_eq!(
        offer["ChallengeName"], "SELECT_CHALLENGE",
        "what isn't available isn't asked for"
    );
    let srp = Srp::new();
    let asked = start(
        &table,
        json!({ "PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": srp.large_a() }),
    );
    let challenge = table.ok("InitiateAuth", asked).await;
    let told = serde_json::from_value(challenge["ChallengeParameters"].clone()).expect("texts");
    let pool = table.pool.split_once('_').expect("a region").1;
    let proof = json!(srp.answer(pool, "alice", PASSWORD, &told));
    let answer = table.client(json!({ "ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": proof }));
    assert!(table.ok("RespondToAuthChallenge", answer).await["AuthenticationResult"].is_object());
    table
        .refuses(vec![
            (
                "InitiateAuth",
                start(&table, wrong),
                "NotAuthorizedException: Incorrect username or password.",
            ),
            (
                "InitiateAuth",
                table.client(json!({ "AuthFlow": "USER_AUTH" })),
                "InvalidParameterException: USERNAME",
            ),
            (
                "InitiateAuth",
                table.client(json!({ "AuthFlow": "ADMIN_USER_PASSWORD_AUTH" })),
                "InvalidParameterException: Initiate Auth method not supported.",
            ),
            (
                "AdminInitiateAuth",
                table.pool(table.client(json!({ "AuthFlow": "ADMIN_USER_PASSWORD_AUTH" }))),
                "InvalidParameterException: Auth flow not enabled for this client",
            ),
        ])
        .await;
}

#[tokio::test]
async fn who_signs_up_without_a_password_is_signed_in_by_the_code() {
    let table = passwordless().await;
    let attributes = json!([{ "Name": "email", "Value": "bob@example.com" }]);
    let up = table
        .ok(
            "SignUp",
            table.client(json!({ "Username": "bob", "UserAttributes": attributes })),
        )
        .await;
    let confirm = json!({ "Username": "bob", "ConfirmationCode": table.code("bob"), "Session": up["Session"] });
    let confirmed = table.ok("ConfirmSignUp", table.client(confirm)).await;
    let mut input = table.client(json!({ "AuthFlow": "USER_AUTH", "AuthParameters": { "USERNAME": "bob" } }));
    input["Session"] = confirmed["Session"].clone();
    assert!(table.ok("InitiateAuth", input.clone()).await["AuthenticationResult"].is_object());
    table
        .refuses(vec![("InitiateAuth", input, "NotAuthorizedException")])
        .await;
}

#[tokio::test]
async fn a_passkey_is_registered_and_verified() {
    let table = passwordless().await;
    let token = table.token("alice").await;
    let with = |mut more: Value| {
        more["AccessToken"] = token.clone().into();
        more
    };
    let mut authenticator = Authenticator::new();
    let complete = |credential: Value| with(json!({ "Credential": credential }));
    let nothing = json!({ "id": "x", "response": {} });
    table
        .refuses(vec![(
            "CompleteWebAuthnRegistration",
            complete(nothing),
            "WebAuthnChallengeNotFoundException",
        )])
        .await;
    let options = table.ok("StartWebAuthnRegistration", with(json!({}))).await["CredentialCreationOptions"].clone();
    assert_eq!(options["rp"]["id"], "example.com");
    let stranger = authenticator.register(&options, "https://evil.example");
    let other = authenticator.register(&json!({ "challenge": "another" }), "https://example.com");
    table
        .refuses(vec![
            (
                "CompleteWebAuthnRegistration",
                complete(stranger),
                "WebAuthnOriginNotAllowedException",
            ),
            (
                "CompleteWebAuthnRegistration",
                complete(other),
                "WebAuthnChallengeNotFoundException",
            ),
        ])
        .await;
    table
        .ok(
            "CompleteWebAuthnRegistration",
            complete(authenticator.register(&options, "https://example.com")),
        )
        .await;
    let list = table.ok("ListWebAuthnCredentials", with(json!({}))).await;
    assert_eq!(list["Credentials"][0]["AuthenticatorTransports"], json!(["internal"]));

    let sign_in = start(&table, json!({ "PREFERRED_CHALLENGE": "WEB_AUTHN" }));
    let challenge = table.ok("InitiateAuth", sign_in.clone()).await;
    assert_eq!(challenge["ChallengeName"], "WEB_AUTHN");
    let options: Value =
        serde_json::from_str(&text(&challenge["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"])).expect("JSON");
    let answer = |credential: &Value| {
        respond(
            &table,
            "WEB_AUTHN",
            &challenge["Session"],
            json!({ "CREDENTIAL": credential.to_string() }),
        )
    };
    let unverified = authenticator.assert(&options, 0x01);
    let mut forged = authenticator.assert(&options, 0x05);
    forged["response"]["signature"] = Authenticator::new().assert(&options, 0x05)["response"]["signature"].clone();
    let right = authenticator.assert(&options, 0x05);
    table
        .refuses(vec![
            (
                "RespondToAuthChallenge",
                answer(&unverified),
                "NotAuthorizedException: the user wasn't verified",
            ),
            (
                "RespondToAuthChallenge",
                answer(&forged),
                "NotAuthorizedException: the signature is wrong",
            ),
        ])
        .await;
    assert!(table.ok("RespondToAuthChallenge", answer(&right)).await["AuthenticationResult"].is_object());
    let challenge = table.ok("InitiateAuth", sign_in).await;
    let replayed = respond(
        &table,
        "WEB_AUTHN",
        &challenge["Session"],
        json!({ "CREDENTIAL": right.to_string() }),
    );
    table
        .refuses(vec![("RespondToAuthChallenge", replayed, "NotAuthorizedException")])
        .await;
    let id = list["Credentials"][0]["CredentialId"].clone();
    table
        .ok("DeleteWebAuthnCredential", with(json!({ "CredentialId": id })))
        .await;
    table
        .refuses(vec![(
            "DeleteWebAuthnCredential",
            with(json!({ "CredentialId": id })),
            "ResourceNotFoundException",
        )])
        .await;
    let plain = Table::new(json!({})).await;
    let token = json!({ "AccessToken": plain.token("alice").await });
    plain
        .refuses(vec![(
            "StartWebAuthnRegistration",
            token,
            "WebAuthnNotEnabledException",
        )])
        .await;
}

#[tokio::test]
async fn three_triggers_make_a_custom_sign_in() {
    let table = Table::new(json!({})).await;
    let begin = table.client(json!({ "AuthFlow": "CUSTOM_AUTH", "AuthParameters": { "USERNAME": "alice" } }));
    table
        .refuses(vec![(
            "InitiateAuth",
            begin.clone(),
            "InvalidParameterException: Custom auth lambda trigger is not configured",
        )])
        .await;
    table.cognito.on(|event: &mut DefineAuthChallenge| {
        match event.request.session.last() {
            Some(last) if last.challenge_result => event.response.issue_tokens = true,
            Some(_) if event.request.session.len() == 2 => event.response.fail_authentication = true,
            _ => event.response.challenge_name = Some("CUSTOM_CHALLENGE".to_owned()),
        }
        Ok(())
    });
    table.cognito.on(|event: &mut CreateAuthChallenge| {
        event
            .response
            .public_challenge_parameters
            .insert("question".to_owned(), "6 * 7".to_owned());
        event
            .response
            .private_challenge_parameters
            .insert("answer".to_owned(), "42".to_owned());
        Ok(())
    });
    table.cognito.on(|event: &mut VerifyAuthChallenge| {
        let expected = event.request.private_challenge_parameters.get("answer");
        event.response.answer_correct = expected == Some(&event.request.challenge_answer);
        Ok(())
    });
    let challenge = table.ok("InitiateAuth", begin.clone()).await;
    assert_eq!(challenge["ChallengeParameters"]["question"], "6 * 7");
    let answer =
        |session: &Value, answer: &str| respond(&table, "CUSTOM_CHALLENGE", session, json!({ "ANSWER": answer }));
    let again = table
        .ok("RespondToAuthChallenge", answer(&challenge["Session"], "41"))
        .await;
    assert_eq!(again["ChallengeName"], "CUSTOM_CHALLENGE");
    assert!(
        table
            .ok("RespondToAuthChallenge", answer(&again["Session"], "42"))
            .await["AuthenticationResult"]
            .is_object()
    );
    let challenge = table.ok("InitiateAuth", begin).await;
    let again = table
        .ok("RespondToAuthChallenge", answer(&challenge["Session"], "40"))
        .await;
    table
        .refuses(vec![(
            "RespondToAuthChallenge",
            answer(&again["Session"], "39"),
            "NotAuthorizedException",
        )])
        .await;
}

#[tokio::test]
async fn triggers_confirm_refuse_migrate_write_and_add_claims() {
    let table = Table::new(json!({ "AutoVerifiedAttributes": ["email"] })).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&seen);
    table.cognito.on(|event: &mut PreSignUp| {
        assert_eq!(event.trigger_source, "PreSignUp_SignUp");
        if !event.request.validation_data.contains_key("invitation") {
            return Err("no invitation".into());
        }
        event.response.auto_confirm_user = true;
        event.response.auto_verify_email = true;
        Ok(())
    });
    table.cognito.on(move |event: &mut PostConfirmation| {
        notes.lock().expect("alone").push(event.user_name.clone());
        Ok(())
    });
    let sign_up = |data: Value| {
        table.client(json!({ "Username": "bob", "Password": PASSWORD, "ValidationData": data,
        "UserAttributes": [{ "Name": "email", "Value": "bob@example.com" }] }))
    };
    table
        .refuses(vec![(
            "SignUp",
            sign_up(json!([])),
            "UserLambdaValidationException: PreSignUp failed with error no invitation.",
        )])
        .await;
    let made = table
        .ok("SignUp", sign_up(json!([{ "Name": "invitation", "Value": "1" }])))
        .await;
    assert_eq!(made["UserConfirmed"], true);
    assert_eq!(*seen.lock().expect("alone"), ["bob"]);

    table.cognito.on(|event: &mut UserMigration| {
        if event.user_name == "carol" && event.request.password.as_deref() == Some(PASSWORD) {
            let attributes = [("email", "carol@example.com"), ("email_verified", "true")];
            event.response.user_attributes = Some(
                attributes
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .into(),
            );
        }
        Ok(())
    });
    table.token("carol").await;
    assert_eq!(
        table
            .ok("AdminGetUser", table.pool(json!({ "Username": "carol" })))
            .await["UserStatus"],
        "CONFIRMED"
    );

    table.cognito.on(|event: &mut CustomMessage| {
        event.response.email_message = Some(format!("Dear {}: {}", event.user_name, event.request.code_parameter));
        Ok(())
    });
    let token = table.token("alice").await;
    table
        .ok(
            "GetUserAttributeVerificationCode",
            json!({ "AccessToken": token, "AttributeName": "email" }),
        )
        .await;
    let message = table.cognito.outbox().last("alice").expect("sent");
    assert_eq!(
        (message.text, message.reason.as_str()),
        (
            format!("Dear alice: {}", message.code),
            "CustomMessage_VerifyUserAttribute"
        )
    );

    table.cognito.on(|event: &mut PreTokenGeneration| {
        let mut access = TokenOverride::default();
        access
            .claims_to_add_or_override
            .insert("plan".to_owned(), json!({ "seats": 3 }));
        access
            .claims_to_add_or_override
            .insert("sub".to_owned(), json!("nobody"));
        access.scopes_to_add.push("api/read".to_owned());
        let mut id = TokenOverride::default();
        id.claims_to_suppress.push("phone_number".to_owned());
        let mut change = ClaimsAndScopeOverride::default();
        change.access_token_generation = Some(access);
        change.id_token_generation = Some(id);
        event.response.claims_and_scope_override_details = Some(change);
        Ok(())
    });
    let tokens = table.tokens("alice").await;
    let access = crate::oauth::claims(&text(&tokens["AccessToken"]));
    assert_eq!(
        (&access["plan"]["seats"], &access["scope"]),
        (&json!(3), &json!("aws.cognito.signin.user.admin api/read"))
    );
    assert_ne!(access["sub"], "nobody", "some claims can't be changed");
    assert_eq!(
        crate::oauth::claims(&text(&tokens["IdToken"]))["phone_number"],
        Value::Null
    );

    table.cognito.on(|_: &mut PreAuthentication| Err("closed".into()));
    let parameters = json!({ "USERNAME": "alice", "PASSWORD": PASSWORD });
    let sign_in = table.client(json!({ "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters }));
    table
        .refuses(vec![(
            "InitiateAuth",
            sign_in,
            "UserLambdaValidationException: PreAuthentication failed with error closed.",
        )])
        .await;
}

#[tokio::test]
async fn wrong_passwords_lock_out_for_a_while_and_are_remembered() {
    let table = Table::new(json!({ "UserPoolAddOns": { "AdvancedSecurityMode": "AUDIT" } })).await;
    let sign_in = |password: &str| {
        table.client(json!({ "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": { "USERNAME": "alice", "PASSWORD": password } }))
    };
    for _ in 0..5 {
        table
            .refuses(vec![(
                "InitiateAuth",
                sign_in("wrong"),
                "NotAuthorizedException: Incorrect username or password.",
            )])
            .await;
    }
    table
        .refuses(vec![(
            "InitiateAuth",
            sign_in(PASSWORD),
            "NotAuthorizedException: Password attempts exceeded",
        )])
        .await;
    table.cognito.clock().advance(Duration::from_secs(1));
    table.ok("InitiateAuth", sign_in(PASSWORD)).await;
    let one = table.pool(json!({ "Username": "alice" }));
    let events = table.ok("AdminListUserAuthEvents", one.clone()).await["AuthEvents"].clone();
    assert_eq!(
        (&events[0]["EventResponse"], &events[1]["EventResponse"]),
        (&json!("Pass"), &json!("Fail"))
    );
    let answered = |response: &str| json!([{ "ChallengeName": "Password", "ChallengeResponse": response }]);
    assert_eq!(
        (&events[0]["ChallengeResponses"], &events[1]["ChallengeResponses"]),
        (&answered("Success"), &answered("Failure"))
    );
    let mut feedback = one.clone();
    feedback["EventId"] = events[1]["EventId"].clone();
    feedback["FeedbackValue"] = "Invalid".into();
    table.ok("AdminUpdateAuthEventFeedback", feedback.clone()).await;
    feedback["FeedbackToken"] = "token".into();
    table
        .refuses(vec![(
            "UpdateAuthEventFeedback",
            feedback.clone(),
            "NotAuthorizedException",
        )])
        .await;
    feedback["FeedbackToken"] = feedback["EventId"].clone();
    table.ok("UpdateAuthEventFeedback", feedback.clone()).await;
    feedback["EventId"] = "none".into();
    table
        .refuses(vec![
            ("AdminUpdateAuthEventFeedback", feedback, "InvalidParameterException"),
            (
                "AdminListUserAuthEvents",
                table.pool(json!({ "Username": "nobody" })),
                "UserNotFoundException",
            ),
        ])
        .await;
    let plain = Table::new(json!({})).await;
    plain
        .refuses(vec![(
            "AdminListUserAuthEvents",
            plain.pool(json!({ "Username": "alice" })),
            "UserPoolAddOnNotEnabledException",
        )])
        .await;
}

#[tokio::test]
async fn a_quarter_of_an_hour_without_an_attempt_ends_a_lockout() {
    let table = Table::new(json!({})).await;
    let sign_in = |password: &str| {
        table.client(json!({ "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": { "USERNAME": "alice", "PASSWORD": password } }))
    };
    const EXCEEDED: &str = "NotAuthorizedException: Password attempts exceeded";
    const WRONG: &str = "NotAuthorizedException: Incorrect username or password.";
    let clock = table.cognito.clock();
    for wait in [0, 0, 0, 0, 0, 1, 2, 4] {
        clock.advance(Duration::from_secs(wait));
        table.refuses(vec![("InitiateAuth", sign_in("wrong"), WRONG)]).await;
    }
    table.refuses(vec![("InitiateAuth", sign_in(PASSWORD), EXCEEDED)]).await;
    clock.advance(Duration::from_secs(900));
    // The count begins anew: four more are free, and not one with a wait of sixteen seconds.
    for _ in 0..4 {
        table.refuses(vec![("InitiateAuth", sign_in("wrong"), WRONG)]).await;
    }
    table.ok("InitiateAuth", sign_in(PASSWORD)).await;
}

#[tokio::test]
async fn tokens_are_made_for_machines_and_for_other_tokens() {
    let table = Table::new(json!({})).await;
    let scopes =
        json!({ "Identifier": "api", "Name": "API", "Scopes": [{ "ScopeName": "read", "ScopeDescription": "reads" }] });
    table.ok("CreateResourceServer", table.pool(scopes)).await;
    let machine = json!({ "ClientName": "machine", "GenerateSecret": true, "ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH"],
        "AllowedOAuthScopes": ["api/read"] });
    let machine = table.ok("CreateUserPoolClient", table.pool(machine)).await["UserPoolClient"].clone();
    let ask = |secret: &Value| json!({ "ClientId": machine["ClientId"], "Secret": secret });
    let token = table.ok("GetClientToken", ask(&machine["ClientSecret"])).await["ClientAuthenticationResult"].clone();
    assert_eq!(crate::oauth::claims(&text(&token["AccessToken"]))["scope"], "api/read");
    let exchanger = json!({ "ClientName": "exchanger", "ExplicitAuthFlows": ["ALLOW_TOKEN_EXCHANGE_IMPERSONATION"] });
    let exchanger = table.ok("CreateUserPoolClient", table.pool(exchanger)).await["UserPoolClient"]["ClientId"].clone();
    let subject = table.token("alice").await;
    let exchange = |more: Value| {
        let mut input = json!({ "ClientId": exchanger, "SubjectToken": subject, "SubjectTokenType": "ACCESS_TOKEN" });
        input
            .as_object_mut()
            .expect("members")
            .extend(more.as_object().expect("members").clone());
        input
    };
    let derived = table
        .ok("GetDerivedToken", exchange(json!({ "Audiences": ["billing"] })))
        .await;
    let claims = crate::oauth::claims(&text(&derived["IssuedToken"]));
    assert_eq!(
        (&claims["aud"], &claims["username"], &claims["client_id"]),
        (&json!("billing"), &json!("alice"), &exchanger)
    );
    table
        .refuses(vec![
            (
                "GetClientToken",
                ask(&json!("wrongbutaslongasanyothersecret")),
                "NotAuthorizedException",
            ),
            (
                "GetDerivedToken",
                exchange(json!({ "SubjectToken": "x" })),
                "NotAuthorizedException",
            ),
            (
                "GetDerivedToken",
                exchange(json!({ "ActorToken": subject, "ActorTokenType": "ACCESS_TOKEN" })),
                "NotAuthorizedException: Token exchange is not enabled",
            ),
            (
                "GetDerivedToken",
                exchange(json!({ "Audiences": ["a"], "Resources": ["b"] })),
                "InvalidParameterException",
            ),
        ])
        .await;
}
