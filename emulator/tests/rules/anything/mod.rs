//! Whatever is asked, the answer is an output or an error that the documentation lists: nothing panics, and nothing is a
//! fault of the emulator's own.
//!
//! Inputs are made from the models, at random but so that most of them mean something: what answers have told before
//! (ids, tokens, sessions) comes back in later requests.

mod asker;

use asker::Asker;
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

impl Asker {
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
