//! The scene of a case: a user pool with much in it, and clients that ask.

use super::calls::{self, Call};
use crate::table::text;
use crate::world::PASSWORD;
use cognito_emulator::Cognito;
use cognito_idp::config::retry::RetryConfig;
use cognito_idp::config::{BehaviorVersion, Credentials, Region};
use serde_json::{Value, json};
use std::cell::OnceCell;
use std::rc::Rc;
use tokio::runtime::{Builder, Runtime};

/// A Cognito, a user pool in the plan Plus with most features on, an app client, and alice, whose address is verified.
pub(super) struct Scene {
    runtime: Rc<Runtime>,
    pub(super) cognito: Cognito,
    pub(super) cognito_idp: cognito_idp::Client,
    pub(super) cognito_identity: cognito_identity::Client,
    pub(super) pool: String,
    pub(super) client: String,
    tokens: OnceCell<Value>,
}

/// The settings of the scene's user pool.
fn settings() -> Value {
    json!({
        "PoolName": "test",
        "UserPoolTier": "PLUS",
        "UserPoolAddOns": { "AdvancedSecurityMode": "AUDIT" },
        "AliasAttributes": ["email"],
        "AutoVerifiedAttributes": ["email"],
        "DeviceConfiguration": { "ChallengeRequiredOnNewDevice": false, "DeviceOnlyRememberedOnUserPrompt": false },
        "Policies": {
            "PasswordPolicy": { "MinimumLength": 8, "PasswordHistorySize": 3 },
            "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"] },
        },
    })
}

/// What makes the scene's settings those of a pool in the plan Lite.
pub(super) fn lite() -> Value {
    json!({ "UserPoolTier": "LITE", "UserPoolAddOns": null, "Policies": null })
}

const FLOWS: [&str; 7] = [
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
    "ALLOW_TOKEN_EXCHANGE_IMPERSONATION",
    "ALLOW_USER_AUTH",
];

/// `into` with the members of `from`; null takes one out.
pub(super) fn with(mut into: Value, from: Value) -> Value {
    if let (Value::Object(into), Value::Object(from)) = (&mut into, from) {
        for (name, value) in from {
            match value {
                Value::Null => drop(into.remove(&name)),
                value => drop(into.insert(name, value)),
            }
        }
    }
    into
}

macro_rules! client {
    ($service:ident, $cognito:expr) => {
        $service::Client::from_conf(
            $service::Config::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(Region::new("us-east-1"))
                .credentials_provider(Credentials::for_tests())
                .retry_config(RetryConfig::disabled())
                .http_client($cognito.http_client())
                .build(),
        )
    };
}

impl Scene {
    pub(super) fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let cognito = Cognito::new();
        let scene = Self {
            runtime: Rc::new(runtime),
            cognito_idp: client!(cognito_idp, cognito),
            cognito_identity: client!(cognito_identity, cognito),
            cognito,
            pool: String::new(),
            client: String::new(),
            tokens: OnceCell::new(),
        };
        scene.other(json!({}))
    }

    /// The same Cognito with another pool, whose settings differ by these.
    pub(super) fn other(&self, difference: Value) -> Self {
        let made = self.ok("CreateUserPool", with(settings(), difference));
        let mut scene = Self {
            runtime: Rc::clone(&self.runtime),
            cognito: self.cognito.clone(),
            cognito_idp: self.cognito_idp.clone(),
            cognito_identity: self.cognito_identity.clone(),
            pool: text(&made["UserPool"]["Id"]),
            client: String::new(),
            tokens: OnceCell::new(),
        };
        let mfa = json!({ "MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": { "Enabled": true },
            "WebAuthnConfiguration": { "RelyingPartyId": "example.com" } });
        scene.ok("SetUserPoolMfaConfig", scene.pool(mfa));
        let lite = made["UserPool"]["UserPoolTier"] == "LITE";
        scene.client = text(&scene.app(json!({ "ExplicitAuthFlows": FLOWS[..if lite { 6 } else { 7 }] }))["ClientId"]);
        scene.user("alice");
        scene
    }

    /// Waits for a future.
    pub(super) fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// An input with the pool's id.
    pub(super) fn pool(&self, input: Value) -> Value {
        with(json!({ "UserPoolId": self.pool }), input)
    }

    /// An input with the app client's id.
    pub(super) fn app_client(&self, input: Value) -> Value {
        with(json!({ "ClientId": self.client }), input)
    }

    fn call(calls: &calls::Calls, operation: &str) -> Call {
        *calls
            .get(operation)
            .unwrap_or_else(|| panic!("{operation} isn't asked by the tests"))
    }

    /// Asks user pools: the output, or the error as `Code: message`.
    pub(super) fn ask(&self, operation: &str, input: Value) -> Result<Value, String> {
        Self::call(calls::user_pools(), operation)(self, input)
    }

    /// Asks user pools for something that is right.
    #[track_caller]
    pub(super) fn ok(&self, operation: &str, input: Value) -> Value {
        let answer = self.ask(operation, input);
        answer.unwrap_or_else(|error| panic!("{operation}: {error}"))
    }

    /// Asks identity pools for something that is right.
    #[track_caller]
    pub(super) fn identity_ok(&self, operation: &str, input: Value) -> Value {
        let answer = Self::call(calls::identity_pools(), operation)(self, input);
        answer.unwrap_or_else(|error| panic!("{operation}: {error}"))
    }

    /// Makes something, unless it is there.
    pub(super) fn once(&self, operation: &str, input: Value) {
        drop(self.ask(operation, self.pool(input)));
    }

    /// Changes the pool's settings.
    pub(super) fn update(&self, difference: Value) {
        self.ok("UpdateUserPool", self.updated(difference));
    }

    /// The input that changes the pool's settings.
    pub(super) fn updated(&self, difference: Value) -> Value {
        let kept = with(settings(), json!({ "AliasAttributes": null, "PoolName": null }));
        self.pool(with(kept, difference))
    }

    /// Another app client.
    pub(super) fn app(&self, settings: Value) -> Value {
        let settings = with(json!({ "ClientName": "app" }), settings);
        self.ok("CreateUserPoolClient", self.pool(settings))["UserPoolClient"].clone()
    }

    /// An app client with a secret, and all flows.
    pub(super) fn confidential(&self) -> Value {
        self.app(json!({ "GenerateSecret": true, "ExplicitAuthFlows": FLOWS }))
    }

    /// A confirmed user with a verified e-mail address and a phone number.
    pub(super) fn user(&self, name: &str) {
        let attributes = json!([
            { "Name": "email", "Value": format!("{name}@example.com") }, { "Name": "email_verified", "Value": "true" },
            { "Name": "phone_number", "Value": "+12065550100" },
        ]);
        let user = json!({ "Username": name, "MessageAction": "SUPPRESS", "UserAttributes": attributes });
        self.ok("AdminCreateUser", self.pool(user));
        let password = json!({ "Username": name, "Password": PASSWORD, "Permanent": true });
        self.ok("AdminSetUserPassword", self.pool(password));
    }

    /// A user who has signed up and isn't confirmed.
    pub(super) fn sign_up(&self, name: &str) -> String {
        let email = json!([{ "Name": "email", "Value": format!("{name}@example.com") }]);
        let input = json!({ "Username": name, "Password": PASSWORD, "UserAttributes": email });
        self.ok("SignUp", self.app_client(input));
        name.to_owned()
    }

    /// The start of a sign-in with a password.
    pub(super) fn sign_in(&self, name: &str, password: &str) -> Value {
        let parameters = json!({ "USERNAME": name, "PASSWORD": password });
        let input = json!({ "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters });
        self.ok("InitiateAuth", self.app_client(input))
    }

    /// What alice's first sign-in gave.
    pub(super) fn tokens(&self) -> &Value {
        self.tokens
            .get_or_init(|| self.sign_in("alice", PASSWORD)["AuthenticationResult"].clone())
    }

    /// An input with alice's access token.
    pub(super) fn mine(&self, input: Value) -> Value {
        with(json!({ "AccessToken": self.tokens()["AccessToken"] }), input)
    }

    /// The code that the user got last.
    pub(super) fn code(&self, name: &str) -> String {
        self.cognito.outbox().last(name).expect("a message").code
    }

    /// Sets alice up with an authenticator app, and gives its secret.
    pub(super) fn authenticator_app(&self) -> String {
        let secret = text(&self.ok("AssociateSoftwareToken", self.mine(json!({})))["SecretCode"]);
        let code = self.totp(&secret);
        self.ok("VerifySoftwareToken", self.mine(json!({ "UserCode": code })));
        let preference = json!({ "SoftwareTokenMfaSettings": { "Enabled": true, "PreferredMfa": true } });
        self.ok("SetUserMFAPreference", self.mine(preference));
        secret
    }

    /// The code of an authenticator app now.
    pub(super) fn totp(&self, secret: &str) -> String {
        crate::users::totp(secret, self.cognito.clock().now())
    }
}
