//! Whatever is asked, the answer is an output or an error that the documentation lists: nothing panics, and nothing is a
//! fault of the emulator's own.
//!
//! Inputs are made from the models, at random but so that most of them mean something: what answers have told before
//! (ids, tokens, sessions) comes back in later requests.

use cognito_emulator::Cognito;
use fastrand::Rng;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// How many requests a seed makes.
const REQUESTS: usize = 6_000;

/// A service: its model, and what all of its operations may answer.
struct Service {
    target: &'static str,
    shapes: Map<String, Value>,
    /// The operations: name, input shape and errors.
    operations: Vec<(String, String, BTreeSet<String>)>,
}

/// Errors that a page forgets: AdminListDevices has nothing else to say of a user who isn't there.
const FORGOTTEN: [(&str, &str); 1] = [("AdminListDevices", "UserNotFoundException")];

/// Errors of the protocol, and those of members that a model forbids.
const EVERYWHERE: [&str; 3] = [
    "SerializationException",
    "InvalidParameterException",
    "ValidationException",
];

impl Service {
    fn read(name: &str, target: &'static str) -> Self {
        let path = format!("{}/../model/{name}/service.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let model: Value = serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let shapes = model["shapes"].as_object().expect("shapes by name").clone();
        let operations = model["operations"].as_object().expect("operations by name").iter();
        let operations = operations.map(|(name, operation)| {
            let errors = operation["errors"].as_array().into_iter().flatten();
            let errors = errors.filter_map(|error| error["shape"].as_str());
            let errors = errors.chain(EVERYWHERE).map(str::to_owned).collect();
            let input = operation["input"]["shape"].as_str().unwrap_or_default().to_owned();
            (name.clone(), input, errors)
        });
        Self {
            target,
            operations: operations.collect(),
            shapes,
        }
    }
}

/// What the requests know: texts that answers have told, by the member that they were in.
struct Asker {
    random: Rng,
    cognito: Cognito,
    told: BTreeMap<String, Vec<String>>,
}

/// Texts that are worth a try anywhere.
const TEXTS: [&str; 24] = [
    "",
    " ",
    "alice",
    "ALICE",
    "bob@example.com",
    "+12065550100",
    "Correct-horse1",
    "0",
    "-1",
    "1e400",
    "true",
    "null",
    "aws:tag",
    "ümläut\u{202e}",
    "\u{0}\u{7f}",
    "{####} {username}",
    "https://example.com/#a",
    "api/read",
    "openid",
    "{\"id\":\"x\",\"response\":{\"clientDataJSON\":\"e30\"}}",
    "status ^= \"\"",
    "email = \"bob@example.com\"",
    "eyJhbGciOiJub25lIn0.e30.",
    "ffffffffffffffffffffffffffffffffffffffff",
];

/// The keys of the maps of a sign-in.
const PARAMETERS: [&str; 26] = [
    "USERNAME",
    "PASSWORD",
    "SRP_A",
    "REFRESH_TOKEN",
    "SECRET_HASH",
    "DEVICE_KEY",
    "CHALLENGE_NAME",
    "PREFERRED_CHALLENGE",
    "ANSWER",
    "NEW_PASSWORD",
    "SMS_MFA_CODE",
    "EMAIL_OTP_CODE",
    "SMS_OTP_CODE",
    "SOFTWARE_TOKEN_MFA_CODE",
    "CREDENTIAL",
    "PASSWORD_CLAIM_SECRET_BLOCK",
    "PASSWORD_CLAIM_SIGNATURE",
    "TIMESTAMP",
    "EMAIL",
    "PHONE_NUMBER",
    "userAttributes.email",
    "userAttributes.nickname",
    "userAttributes.sub",
    "TARGET_ACR_VALUES",
    "MAX_AGE",
    "ACCESS_TOKEN",
];

impl Asker {
    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.random.usize(..of.len())]
    }

    /// Something that an answer has told under one of these names.
    fn known(&mut self, names: &[&str]) -> Option<String> {
        let lists: Vec<&Vec<String>> = names.iter().filter_map(|name| self.told.get(*name)).collect();
        let list = lists.get(self.random.usize(..lists.len().max(1)))?;
        // The latest ones are those that still mean something.
        let back = self.random.usize(..list.len().clamp(1, 12));
        list.get(list.len().checked_sub(1 + back)?).cloned()
    }

    fn code(&mut self) -> String {
        let messages = self.cognito.outbox().all();
        let back = self.random.usize(..4);
        let sent = messages.iter().rev().nth(back).map(|message| message.code.clone());
        let secret = self.known(&["SecretCode"]);
        let shown = secret.and_then(|secret| self.cognito.totp(&secret));
        let codes = [sent, shown, Some("000000".to_owned())];
        codes[self.random.usize(..3)].clone().unwrap_or_default()
    }

    fn text(&mut self, member: &str, shape: &Value) -> String {
        if let Some(values) = shape["enum"].as_array()
            && self.random.u8(..) < 250
        {
            let value = &values[self.random.usize(..values.len())];
            return value.as_str().unwrap_or_default().to_owned();
        }
        if self.random.u8(..) < 220 {
            let found = match member {
                "ConfirmationCode"
                | "Code"
                | "UserCode"
                | "SMS_MFA_CODE"
                | "EMAIL_OTP_CODE"
                | "SMS_OTP_CODE"
                | "SOFTWARE_TOKEN_MFA_CODE"
                | "ANSWER" => Some(self.code()),
                "Username" | "USERNAME" => {
                    let names = ["alice", "bob", "carol", "bob@example.com", "nobody"];
                    self.known(&["Username", "USERNAME"])
                        .filter(|_| self.random.bool())
                        .or_else(|| Some(self.pick(&names).to_owned()))
                }
                "Password" | "PASSWORD" | "PreviousPassword" | "ProposedPassword" | "NEW_PASSWORD"
                | "TemporaryPassword" => Some(self.pick(&["Correct-horse1", "Battery-staple2", "short"]).to_owned()),
                "Name" | "AttributeName" | "UserAttributeNames" | "AttributesToGet" | "ReadAttributes"
                | "WriteAttributes" => Some(
                    self.pick(&[
                        "email",
                        "phone_number",
                        "email_verified",
                        "nickname",
                        "custom:team",
                        "sub",
                        "birthdate",
                        "updated_at",
                        "preferred_username",
                    ])
                    .to_owned(),
                ),
                "Value" => Some(
                    self.pick(&[
                        "bob@example.com",
                        "alice@example.com",
                        "+12065550100",
                        "true",
                        "7",
                        "",
                        "2000-01-01",
                    ])
                    .to_owned(),
                ),
                "SRP_A" => Some(self.pick(&["abcdef0123456789", "2", "-5", "0", "zz"]).to_owned()),
                "REFRESH_TOKEN" | "RefreshToken" | "Token" => self.known(&["RefreshToken", "AccessToken"]),
                "SubjectToken" | "ActorToken" | "ACCESS_TOKEN" => self.known(&["AccessToken", "IdToken"]),
                "DEVICE_KEY" => self.known(&["DeviceKey"]),
                "PASSWORD_CLAIM_SECRET_BLOCK" => self.known(&["SECRET_BLOCK"]),
                "PASSWORD_CLAIM_SIGNATURE" | "PasswordVerifier" | "Salt" => {
                    Some(self.pick(&["AAAA", "/w==", "%", ""]).to_owned())
                }
                "CHALLENGE_NAME" => Some("SRP_A".to_owned()),
                "PREFERRED_CHALLENGE" => Some(self.pick(&["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"]).to_owned()),
                "ResourceArn" => self.known(&["Arn"]).or_else(|| {
                    let pool = self.known(&["IdentityPoolId"])?;
                    Some(format!(
                        "arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{pool}"
                    ))
                }),
                "NextToken" | "PaginationToken" => self.known(&["NextToken", "PaginationToken"]),
                "CloudWatchLogsRoleArn" | "RoleArn" => Some("arn:aws:iam::123456789012:role/logs".to_owned()),
                "RegionName" => Some(self.pick(&["us-west-2", "eu-west-1", "us-east-1"]).to_owned()),
                "Domain" => Some(self.pick(&["test", "login.example.com", "other"]).to_owned()),
                "FeedbackToken" => self.known(&["EventId"]),
                other => self.known(&[other]),
            };
            if let Some(found) = found {
                return found;
            }
        }
        if self.random.u8(..) < 8 {
            return "x".repeat(self.random.usize(..3000));
        }
        self.pick(&TEXTS).to_owned()
    }

    /// A value of a shape; `member` is the name under which it is asked for.
    fn value(&mut self, service: &Service, member: &str, shape: &str, depth: usize) -> Value {
        let shape = &service.shapes[shape];
        let bound = |name: &str| shape[name].as_i64();
        match shape["type"].as_str().unwrap_or_default() {
            "structure" if shape["document"] == json!(true) => {
                json!({ "id": "AAAA", "response": { "clientDataJSON": "e30", "deep": [[[1.5, null]]] } })
            }
            "structure" => self.structure(service, shape, depth),
            "list" => {
                let item = shape["member"]["shape"].as_str().unwrap_or_default();
                let count = if depth > 6 { 0 } else { self.random.usize(..3) };
                (0..count)
                    .map(|_| self.value(service, member, item, depth + 1))
                    .collect()
            }
            "map" => {
                let item = shape["value"]["shape"].as_str().unwrap_or_default();
                let sign_in = matches!(member, "AuthParameters" | "ChallengeResponses");
                let count = if sign_in { 12 } else { self.random.usize(..3) };
                let mut map = Map::new();
                for _ in 0..count {
                    let key = match member {
                        _ if sign_in => self.pick(&PARAMETERS).to_owned(),
                        "Logins" | "RoleMappings" => self
                            .known(&["ProviderName", "DeveloperProviderName"])
                            .unwrap_or_else(|| "accounts.google.com".to_owned()),
                        "Attributes" => "Category".to_owned(),
                        _ => self
                            .pick(&["a", "aws:b", "links:english", "cognito:default", "client_id"])
                            .to_owned(),
                    };
                    let value = match member {
                        "Logins" => self.known(&["IdToken"]).unwrap_or_default().into(),
                        "Attributes" => "UserAuthentication".into(),
                        _ => self.value(service, &key, item, depth + 1),
                    };
                    map.insert(key, value);
                }
                if sign_in {
                    map.insert("USERNAME".to_owned(), self.text("USERNAME", &json!({})).into());
                }
                Value::Object(map)
            }
            "string" => self.text(member, shape).into(),
            "blob" => "AAAA".into(),
            "boolean" => self.random.bool().into(),
            "timestamp" => self.random.i64(-10_000_000_000_000..10_000_000_000_000).into(),
            "double" | "float" => self.random.f64().into(),
            _ => match self.random.u8(..8) {
                0 => (-1).into(),
                1 => 0.into(),
                2 => i32::MAX.into(),
                3 => bound("max").unwrap_or(60).into(),
                _ => {
                    let (min, max) = (bound("min").unwrap_or(0), bound("max").unwrap_or(60));
                    self.random.i64(min..=max.clamp(min, min + 100)).into()
                }
            },
        }
    }

    fn structure(&mut self, service: &Service, shape: &Value, depth: usize) -> Value {
        let required: Vec<&str> = shape["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut value = Map::new();
        for (name, member) in shape["members"].as_object().into_iter().flatten() {
            let likely = match name.as_str() {
                name if required.contains(&name) => 253,
                "AccessToken" | "Session" | "ClientId" | "UserPoolId" => 220,
                _ if depth > 4 => 8,
                _ => 80,
            };
            if self.random.u8(..) < likely {
                let of = member["shape"].as_str().unwrap_or_default();
                value.insert(name.clone(), self.value(service, name, of, depth + 1));
            }
        }
        Value::Object(value)
    }

    /// Remembers what an answer says.
    fn listen(&mut self, member: &str, value: &Value) {
        match value {
            Value::String(text) => {
                let list = self.told.entry(member.to_owned()).or_default();
                list.push(text.clone());
                if member == "Id" {
                    self.told.entry("UserPoolId".to_owned()).or_default().push(text.clone());
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.listen(member, item)),
            Value::Object(members) => members.iter().for_each(|(name, value)| self.listen(name, value)),
            _ => {}
        }
    }

    /// Asks an operation: its output, or status and code of its error.
    async fn ask(&mut self, service: &Service, operation: &str, input: &Value) -> Result<(), (u16, String, Vec<u8>)> {
        let target = format!("{}.{operation}", service.target);
        let body = input.to_string();
        let body = body.as_bytes();
        if service.target == "AWSCognitoIdentityService" {
            let reply = cognito_identity::server::dispatch(&self.cognito, &target, body);
            let reply = reply.expect("an operation of the model").await;
            let body =
                reply.map_err(|refusal| (refusal.status(), refusal.code().to_owned(), refusal.body().to_vec()))?;
            self.listen("", &serde_json::from_slice(&body).expect("JSON"));
        } else {
            let reply = cognito_idp::server::dispatch(&self.cognito, &target, body);
            let reply = reply.expect("an operation of the model").await;
            let body =
                reply.map_err(|refusal| (refusal.status(), refusal.code().to_owned(), refusal.body().to_vec()))?;
            self.listen("", &serde_json::from_slice(&body).expect("JSON"));
        }
        Ok(())
    }

    /// Pools of several kinds, app clients with all flows, and users who can sign in.
    async fn furnish(&mut self, service: &Service) {
        let factors =
            json!({ "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"] } });
        for settings in [
            json!({ "PoolName": "a", "AutoVerifiedAttributes": ["email"], "Policies": factors, "UserPoolTier": "PLUS",
                "UserPoolAddOns": { "AdvancedSecurityMode": "AUDIT" }, "Schema": [{ "Name": "team" }],
                "DeviceConfiguration": { "ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": true } }),
            json!({ "PoolName": "b", "UsernameAttributes": ["email"], "AutoVerifiedAttributes": ["email"] }),
        ] {
            self.ask(service, "CreateUserPool", &settings).await.expect("a pool");
            let pool = self.told["UserPoolId"].last().expect("told").clone();
            let mfa = json!({ "UserPoolId": pool, "MfaConfiguration": "OPTIONAL",
                "SoftwareTokenMfaConfiguration": { "Enabled": true },
                "WebAuthnConfiguration": { "RelyingPartyId": "example.com" } });
            self.ask(service, "SetUserPoolMfaConfig", &mfa).await.expect("MFA");
            let client = json!({ "UserPoolId": pool, "ClientName": "app", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH",
                "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
                "ALLOW_USER_AUTH"] });
            self.ask(service, "CreateUserPoolClient", &client)
                .await
                .expect("a client");
            for name in ["alice@example.com", "bob@example.com"] {
                let attributes =
                    json!([{ "Name": "email", "Value": name }, { "Name": "email_verified", "Value": "true" }]);
                let user = if settings["UsernameAttributes"].is_array() {
                    name
                } else {
                    name.split('@').next().unwrap_or_default()
                };
                let user = json!({ "UserPoolId": pool, "Username": user, "UserAttributes": attributes });
                self.ask(service, "AdminCreateUser", &user).await.expect("a user");
                let password = json!({ "UserPoolId": pool, "Username": user["Username"], "Password": "Correct-horse1",
                    "Permanent": true });
                self.ask(service, "AdminSetUserPassword", &password)
                    .await
                    .expect("a password");
            }
        }
    }
}

/// Says which request it was, if the emulator panics.
struct Told<'a>(u64, &'a str, &'a Value);

impl Drop for Told<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {}: {} {}", self.0, self.1, self.2);
        }
    }
}

async fn run(seed: u64) {
    // The emulator's own randomness, too.
    fastrand::seed(seed);
    let services = [
        Service::read("cognito-idp", "AWSCognitoIdentityProviderService"),
        Service::read("cognito-identity", "AWSCognitoIdentityService"),
    ];
    let mut asker = Asker {
        random: Rng::with_seed(seed),
        cognito: Cognito::new(),
        told: BTreeMap::new(),
    };
    asker.furnish(&services[0]).await;
    let folder = tempfile::tempdir().expect("a folder");
    let (mut wrong, mut outputs) = (BTreeMap::new(), BTreeSet::new());
    for turn in 0..REQUESTS {
        let service = &services[usize::from(asker.random.u8(..) < 30)];
        let (operation, shape, errors) = &service.operations[asker.random.usize(..service.operations.len())];
        // What removes all the rest is rare.
        if operation.starts_with("Delete") && asker.random.u8(..) < 200 {
            continue;
        }
        let input = asker.value(service, "", shape, 0);
        let told = Told(seed, operation, &input);
        let answer = asker.ask(service, operation, &input).await;
        drop(told);
        match answer {
            Ok(()) => drop(outputs.insert(operation.clone())),
            Err((status, code, body)) => {
                let forgotten = FORGOTTEN.contains(&(operation, &code));
                if status >= 500 || !(errors.contains(&code) || forgotten) {
                    let body = String::from_utf8_lossy(&body).into_owned();
                    wrong
                        .entry(format!("{operation}: {status} {code}"))
                        .or_insert(format!("{body} to {input}"));
                }
            }
        }
        if asker.random.u8(..) == 0 {
            asker
                .cognito
                .clock()
                .advance(Duration::from_secs(asker.random.u64(..4000)));
        }
        // Nothing of the state gets lost on its way to the disk and back.
        if turn % 1500 == 1499 {
            asker.cognito.save(folder.path()).expect("saved");
            let next = Cognito::new();
            next.load(folder.path()).expect("loaded");
            asker.cognito = next;
        }
    }
    println!("seed {seed}: {} operations have answered with an output", outputs.len());
    let wrong: Vec<String> = wrong.iter().map(|(what, why)| format!("{what}: {why}")).collect();
    assert!(wrong.is_empty(), "seed {seed}:\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn whatever_is_asked_the_answer_is_one_that_the_documentation_lists() {
    match std::env::var("SEEDS") {
        // More of them, on demand.
        Ok(seeds) => {
            for seed in 0..seeds.parse().expect("a number") {
                run(seed).await;
            }
        }
        Err(_) => run(1).await,
    }
}
