//! What the triggers of a sign-in are told, and when.

use crate::oauth::claims;
use crate::table::{Table, text};
use crate::users::totp;
use crate::world::{NEW_PASSWORD, PASSWORD, Srp};
use cognito_emulator::Cognito;
use cognito_emulator::triggers::{
    ClaimsAndScopeOverride, ClaimsOverride, CreateAuthChallenge, DefineAuthChallenge, PostAuthentication,
    PreAuthentication, PreSignUp, PreTokenGeneration, TokenOverride, UserMigration, VerifyAuthChallenge,
};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

type Seen<T> = Arc<Mutex<Vec<T>>>;

fn taken<T>(seen: &Seen<T>) -> Vec<T> {
    std::mem::take(&mut seen.lock().expect("alone"))
}

fn password(table: &Table, name: &str, password: &str) -> Value {
    let parameters = json!({ "USERNAME": name, "PASSWORD": password });
    table.client(json!({ "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters,
        "ClientMetadata": { "from": "start" } }))
}

/// API_InitiateAuth: ClientMetadata is an input of three triggers, as validationData; the others aren't told.
#[tokio::test]
async fn the_metadata_of_the_start_is_for_validation_and_that_of_an_answer_for_all() {
    let table = Table::new(json!({})).await;
    let seen = Seen::default();
    let [before, after, tokens, unknown] = std::array::from_fn(|_| Arc::clone(&seen));
    table.cognito.on(move |event: &mut PreAuthentication| {
        let from = event.request.validation_data.get("from").cloned();
        before.lock().expect("alone").push(("PreAuthentication", from));
        Ok(())
    });
    table.cognito.on(move |event: &mut PostAuthentication| {
        let from = event.request.client_metadata.get("from").cloned();
        after.lock().expect("alone").push(("PostAuthentication", from));
        Ok(())
    });
    table.cognito.on(move |event: &mut PreTokenGeneration| {
        let from = event.request.client_metadata.get("from").cloned();
        tokens.lock().expect("alone").push(("PreTokenGeneration", from));
        Ok(())
    });
    table.cognito.on(move |event: &mut UserMigration| {
        assert!(event.request.client_metadata.is_empty());
        let from = event.request.validation_data.get("from").cloned();
        unknown.lock().expect("alone").push(("UserMigration", from));
        Ok(())
    });
    let start = Some("start".to_owned());
    table.ok("InitiateAuth", password(&table, "alice", PASSWORD)).await;
    assert_eq!(
        taken(&seen),
        [
            ("PreAuthentication", start.clone()),
            ("PostAuthentication", None),
            ("PreTokenGeneration", None)
        ]
    );
    drop(table.ask("InitiateAuth", password(&table, "nobody", PASSWORD)).await);
    assert_eq!(taken(&seen), [("UserMigration", start.clone())]);

    let carol = json!({ "Username": "carol", "TemporaryPassword": PASSWORD, "MessageAction": "SUPPRESS" });
    table.ok("AdminCreateUser", table.pool(carol)).await;
    let challenge = table.ok("InitiateAuth", password(&table, "carol", PASSWORD)).await;
    let answer = table.client(
        json!({ "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": challenge["Session"],
        "ChallengeResponses": { "USERNAME": "carol", "NEW_PASSWORD": NEW_PASSWORD },
        "ClientMetadata": { "from": "answer" } }),
    );
    table.ok("RespondToAuthChallenge", answer).await;
    let answer = Some("answer".to_owned());
    assert_eq!(
        taken(&seen),
        [
            ("PreAuthentication", start),
            ("PostAuthentication", answer.clone()),
            ("PreTokenGeneration", answer)
        ]
    );
}

#[tokio::test]
async fn tokens_have_a_source() {
    let table = Table::new(json!({ "DeviceConfiguration": { "ChallengeRequiredOnNewDevice": false,
        "DeviceOnlyRememberedOnUserPrompt": false } }))
    .await;
    let seen = Seen::default();
    let notes = Arc::clone(&seen);
    table.cognito.on(move |event: &mut PreTokenGeneration| {
        notes.lock().expect("alone").push(event.trigger_source.clone());
        Ok(())
    });
    let tokens = table.tokens("alice").await;
    assert_eq!(taken(&seen), ["TokenGeneration_Authentication"]);
    let refresh =
        json!({ "AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": { "REFRESH_TOKEN": tokens["RefreshToken"] } });
    table.ok("InitiateAuth", table.client(refresh)).await;
    assert_eq!(taken(&seen), ["TokenGeneration_RefreshTokens"]);

    let carol = json!({ "Username": "carol", "TemporaryPassword": PASSWORD, "MessageAction": "SUPPRESS" });
    table.ok("AdminCreateUser", table.pool(carol)).await;
    let challenge = table.ok("InitiateAuth", password(&table, "carol", PASSWORD)).await;
    let answer = json!({ "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": challenge["Session"],
        "ChallengeResponses": { "USERNAME": "carol", "NEW_PASSWORD": NEW_PASSWORD } });
    table.ok("RespondToAuthChallenge", table.client(answer)).await;
    assert_eq!(taken(&seen), ["TokenGeneration_NewPasswordChallenge"]);

    let device = &tokens["NewDeviceMetadata"];
    let (key, group) = (text(&device["DeviceKey"]), text(&device["DeviceGroupKey"]));
    let srp = Srp::new();
    let (verifier, salt) = srp.verifier(&group, &key, "device-password");
    let config = json!({ "PasswordVerifier": verifier, "Salt": salt });
    let confirm =
        json!({ "AccessToken": tokens["AccessToken"], "DeviceKey": key, "DeviceSecretVerifierConfig": config });
    table.ok("ConfirmDevice", confirm).await;
    let mut begin = password(&table, "alice", PASSWORD);
    begin["AuthParameters"]["DEVICE_KEY"] = key.clone().into();
    let challenge = table.ok("InitiateAuth", begin).await;
    let begin = json!({ "ChallengeName": "DEVICE_SRP_AUTH", "Session": challenge["Session"],
        "ChallengeResponses": { "USERNAME": "alice", "DEVICE_KEY": key, "SRP_A": srp.large_a() } });
    let challenge = table.ok("RespondToAuthChallenge", table.client(begin)).await;
    let told = serde_json::from_value(challenge["ChallengeParameters"].clone()).expect("texts");
    let mut responses = json!(srp.answer(&group, &key, "device-password", &told));
    responses["DEVICE_KEY"] = key.into();
    let proof = json!({ "ChallengeName": "DEVICE_PASSWORD_VERIFIER", "ChallengeResponses": responses });
    table.ok("RespondToAuthChallenge", table.client(proof)).await;
    assert_eq!(taken(&seen), ["TokenGeneration_AuthenticateDevice"]);
}

/// A closure that answers in both forms, whatever it is asked.
fn answers_both(event: &mut PreTokenGeneration) {
    let mut first = ClaimsOverride::default();
    first
        .claims_to_add_or_override
        .insert("form".to_owned(), "first".to_owned());
    event.response.claims_override_details = Some(first);
    let mut access = TokenOverride::default();
    access
        .claims_to_add_or_override
        .insert("form".to_owned(), json!("second"));
    access
        .claims_to_add_or_override
        .insert("client_id".to_owned(), json!("another"));
    access.scopes_to_add.push("api/write".to_owned());
    let mut second = ClaimsAndScopeOverride::default();
    second.access_token_generation = Some(access);
    event.response.claims_and_scope_override_details = Some(second);
}

#[tokio::test]
async fn the_pools_settings_choose_the_version_of_events_and_machines_have_version_three() {
    const LAMBDA: &str = "arn:aws:lambda:us-east-1:123456789012:function:tokens";
    let lambda = |version: &str| json!({ "LambdaConfig": { "PreTokenGenerationConfig": { "LambdaArn": LAMBDA, "LambdaVersion": version } } });
    for (settings, version, form, scopes) in [
        (lambda("V1_0"), "1", Value::Null, 0),
        (lambda("V2_0"), "2", json!("second"), 1),
        (json!({}), "2", json!("second"), 1),
        (lambda("V3_0"), "3", json!("second"), 1),
    ] {
        let table = Table::new(settings).await;
        let seen = Seen::default();
        let notes = Arc::clone(&seen);
        table.cognito.on(move |event: &mut PreTokenGeneration| {
            let scopes = event.request.scopes.len();
            let metadata = event.request.client_metadata.get("for").cloned();
            let what = (event.trigger_source.clone(), event.version.clone(), scopes, metadata);
            notes.lock().expect("alone").push(what);
            answers_both(event);
            Ok(())
        });
        let tokens = table.tokens("alice").await;
        let source = "TokenGeneration_Authentication".to_owned();
        assert_eq!(taken(&seen), [(source, version.to_owned(), scopes, None)]);
        assert_eq!(claims(&text(&tokens["AccessToken"]))["form"], form, "{version}");

        let server = json!({ "Identifier": "api", "Name": "API",
            "Scopes": [{ "ScopeName": "read", "ScopeDescription": "reads" }] });
        table.ok("CreateResourceServer", table.pool(server)).await;
        let machine = json!({ "ClientName": "machine", "GenerateSecret": true,
            "ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH"], "AllowedOAuthScopes": ["api/read"] });
        let machine = table.ok("CreateUserPoolClient", table.pool(machine)).await["UserPoolClient"].clone();
        let ask = json!({ "ClientId": machine["ClientId"], "Secret": machine["ClientSecret"],
            "ClientMetadata": { "for": "billing" } });
        let token = table.ok("GetClientToken", ask).await["ClientAuthenticationResult"]["AccessToken"].clone();
        let token = claims(&text(&token));
        if version == "3" {
            let source = "TokenGeneration_ClientCredentials".to_owned();
            assert_eq!(taken(&seen), [(source, "3".to_owned(), 1, Some("billing".to_owned()))]);
            assert_eq!(
                (&token["form"], &token["scope"]),
                (&json!("second"), &json!("api/read api/write"))
            );
            assert_eq!(token["client_id"], machine["ClientId"], "some claims can't be changed");
        } else {
            assert!(taken(&seen).is_empty(), "{version}");
            assert_eq!(token["scope"], "api/read");
        }
    }
    let mut lite = lambda("V2_0");
    lite["PoolName"] = "lite".into();
    lite["UserPoolTier"] = "LITE".into();
    let table = Table::new(json!({})).await;
    table
        .refuses(vec![("CreateUserPool", lite, "FeatureUnavailableInTierException")])
        .await;
}

/// The sequence in the page of the define auth challenge trigger, with MFA between the password and what follows.
#[tokio::test]
async fn a_custom_sign_in_begins_with_the_password_and_the_second_factor() {
    let table = Table::new(json!({})).await;
    let mfa = json!({ "MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": { "Enabled": true } });
    table.ok("SetUserPoolMfaConfig", table.pool(mfa)).await;
    let seen = Seen::default();
    let notes = Arc::clone(&seen);
    table.cognito.on(move |event: &mut DefineAuthChallenge| {
        let session: Vec<_> = event
            .request
            .session
            .iter()
            .map(|challenge| challenge.challenge_name.clone())
            .collect();
        let next = match session.last().map(String::as_str) {
            Some("SRP_A") => Some("PASSWORD_VERIFIER"),
            Some("PASSWORD_VERIFIER" | "SOFTWARE_TOKEN_MFA") => Some("CUSTOM_CHALLENGE"),
            _ => None,
        };
        event.response.challenge_name = next.map(str::to_owned);
        event.response.issue_tokens = next.is_none();
        notes.lock().expect("alone").push(session.join(" "));
        Ok(())
    });
    table.cognito.on(|_: &mut CreateAuthChallenge| Ok(()));
    table.cognito.on(|event: &mut VerifyAuthChallenge| {
        event.response.answer_correct = true;
        Ok(())
    });
    let sign_in = async |secret: Option<&str>| {
        let srp = Srp::new();
        let begin = json!({ "AuthFlow": "CUSTOM_AUTH",
            "AuthParameters": { "USERNAME": "alice", "CHALLENGE_NAME": "SRP_A", "SRP_A": srp.large_a() } });
        let challenge = table.ok("InitiateAuth", table.client(begin)).await;
        assert_eq!(challenge["ChallengeName"], "PASSWORD_VERIFIER");
        let told = serde_json::from_value(challenge["ChallengeParameters"].clone()).expect("texts");
        let pool = table.pool.split_once('_').expect("a region").1;
        let proof = json!(srp.answer(pool, "alice", PASSWORD, &told));
        let answer = json!({ "ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": proof });
        let mut challenge = table.ok("RespondToAuthChallenge", table.client(answer)).await;
        let answer = |challenge: &Value, name: &str, value: &str| {
            table.client(
                json!({ "ChallengeName": challenge["ChallengeName"], "Session": challenge["Session"],
                "ChallengeResponses": { "USERNAME": "alice", name: value } }),
            )
        };
        if let Some(secret) = secret {
            assert_eq!(challenge["ChallengeName"], "SOFTWARE_TOKEN_MFA");
            let code = totp(secret, table.cognito.clock().now());
            let code = answer(&challenge, "SOFTWARE_TOKEN_MFA_CODE", &code);
            challenge = table.ok("RespondToAuthChallenge", code).await;
        }
        assert_eq!(challenge["ChallengeName"], "CUSTOM_CHALLENGE");
        table
            .ok("RespondToAuthChallenge", answer(&challenge, "ANSWER", "42"))
            .await["AuthenticationResult"]
            .clone()
    };
    let tokens = sign_in(None).await;
    assert_eq!(
        taken(&seen),
        [
            "SRP_A",
            "SRP_A PASSWORD_VERIFIER",
            "SRP_A PASSWORD_VERIFIER CUSTOM_CHALLENGE"
        ]
    );
    let with = |more: Value| {
        let mut input = json!({ "AccessToken": tokens["AccessToken"] });
        input
            .as_object_mut()
            .expect("members")
            .extend(more.as_object().expect("members").clone());
        input
    };
    let secret = text(&table.ok("AssociateSoftwareToken", with(json!({}))).await["SecretCode"]);
    let code = totp(&secret, table.cognito.clock().now());
    table.ok("VerifySoftwareToken", with(json!({ "UserCode": code }))).await;
    let preference = json!({ "SoftwareTokenMfaSettings": { "Enabled": true, "PreferredMfa": true } });
    table.ok("SetUserMFAPreference", with(preference)).await;
    let tokens = sign_in(Some(&secret)).await;
    assert!(tokens["AccessToken"].is_string());
    assert_eq!(
        taken(&seen),
        [
            "SRP_A",
            "SRP_A PASSWORD_VERIFIER SOFTWARE_TOKEN_MFA",
            "SRP_A PASSWORD_VERIFIER SOFTWARE_TOKEN_MFA CUSTOM_CHALLENGE"
        ]
    );
}

#[tokio::test]
async fn a_migrated_user_takes_an_alias_only_if_the_trigger_says_so() {
    let table = Table::new(json!({ "AliasAttributes": ["email"] })).await;
    let force = Arc::new(Mutex::new(false));
    let forced = Arc::clone(&force);
    table.cognito.on(move |event: &mut UserMigration| {
        let attributes = [("email", "alice@example.com"), ("email_verified", "true")];
        let attributes = attributes.map(|(name, value)| (name.to_owned(), value.to_owned()));
        event.response.user_attributes = Some(attributes.into());
        event.response.force_alias_creation = *forced.lock().expect("alone");
        Ok(())
    });
    table
        .refuses(vec![(
            "InitiateAuth",
            password(&table, "bob", PASSWORD),
            "InvalidLambdaResponseException: An account with the email already exists.",
        )])
        .await;
    let bob = table.pool(json!({ "Username": "bob" }));
    table
        .refuses(vec![("AdminGetUser", bob.clone(), "UserNotFoundException")])
        .await;
    *force.lock().expect("alone") = true;
    table.ok("InitiateAuth", password(&table, "bob", PASSWORD)).await;
    let owner = table.pool(json!({ "Username": "alice@example.com" }));
    assert_eq!(table.ok("AdminGetUser", owner).await["Username"], "bob");
}

/// The page of the pre sign-up trigger, under autoVerifyEmail and its note on AdminCreateUser.
#[tokio::test]
async fn an_address_that_the_trigger_verifies_moves_to_the_new_user() {
    let table = Table::new(json!({ "AliasAttributes": ["email"], "AutoVerifiedAttributes": ["email"] })).await;
    table.cognito.on(|event: &mut PreSignUp| {
        event.response.auto_confirm_user = true;
        event.response.auto_verify_email = true;
        Ok(())
    });
    let address = json!([{ "Name": "email", "Value": "alice@example.com" }]);
    let bob = json!({ "Username": "bob", "Password": PASSWORD, "UserAttributes": address });
    table.ok("SignUp", table.client(bob)).await;
    let owner = table.pool(json!({ "Username": "alice@example.com" }));
    assert_eq!(table.ok("AdminGetUser", owner).await["Username"], "bob");
    let alice = table
        .ok("AdminGetUser", table.pool(json!({ "Username": "alice" })))
        .await;
    let unverified = json!({ "Name": "email_verified", "Value": "false" });
    assert!(
        alice["UserAttributes"]
            .as_array()
            .expect("a list")
            .contains(&unverified)
    );
    // Of users whom administrators make, the trigger says nothing but no.
    let carol = json!({ "Username": "carol", "MessageAction": "SUPPRESS" });
    let made = table.ok("AdminCreateUser", table.pool(carol)).await;
    assert_eq!(made["User"]["UserStatus"], "FORCE_CHANGE_PASSWORD");
    let dave = json!({ "Username": "dave", "MessageAction": "SUPPRESS",
        "UserAttributes": [{ "Name": "email", "Value": "dave@example.com" }] });
    let made = table.ok("AdminCreateUser", table.pool(dave)).await;
    assert!(
        made["User"]["Attributes"]
            .as_array()
            .expect("a list")
            .contains(&unverified),
        "{made}"
    );
}

#[tokio::test]
async fn a_closure_that_calls_its_own_cognito_panics_and_doesnt_wait_for_itself() {
    let table = Table::new(json!({})).await;
    let (own, other) = (table.cognito.clone(), Cognito::new());
    let pool = table.pool.clone();
    table.cognito.on(move |_: &mut PreAuthentication| {
        assert_eq!(other.key_set("us-east-1_Another01"), None, "another Cognito is free");
        own.outbox().clear();
        own.key_set(&pool);
        Ok(())
    });
    let body = password(&table, "alice", PASSWORD).to_string();
    let cognito = table.cognito.clone();
    let call = tokio::spawn(async move {
        let target = "AWSCognitoIdentityProviderService.InitiateAuth";
        let reply = cognito_idp::server::dispatch(&cognito, target, body.as_bytes());
        drop(reply.expect("an operation").await);
    });
    let panic = call.await.expect_err("it panics").into_panic();
    let told = panic.downcast_ref::<String>().cloned();
    let told = told.or_else(|| panic.downcast_ref::<&str>().map(|told| (*told).to_owned()));
    assert!(
        told.as_deref().is_some_and(|told| told.contains("a trigger's closure")),
        "{told:?}"
    );
    // The Cognito is as usable as before.
    table.cognito.on(|_: &mut PreAuthentication| Ok(()));
    table.token("alice").await;
}
