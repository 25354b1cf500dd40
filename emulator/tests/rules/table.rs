//! Operations as JSON: what a table of cases needs.

use cognito_emulator::Cognito;
use serde_json::{Value, json};

/// A Cognito that is asked in JSON, and what the cases refer to.
pub(crate) struct Table {
    pub(crate) cognito: Cognito,
    pub(crate) pool: String,
    pub(crate) client: String,
}

impl Table {
    /// With a pool, an app client and the user `alice`.
    pub(crate) async fn new(settings: Value) -> Self {
        let mut table = Self {
            cognito: Cognito::new(),
            pool: String::new(),
            client: String::new(),
        };
        let mut input = json!({ "PoolName": "test" });
        merge(&mut input, settings);
        let made = table.ok("CreateUserPool", input).await;
        table.pool = text(&made["UserPool"]["Id"]);
        let client = json!({
            "UserPoolId": table.pool,
            "ClientName": "app",
            "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH", "ALLOW_CUSTOM_AUTH",
                "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        });
        let made = table.ok("CreateUserPoolClient", client).await;
        table.client = text(&made["UserPoolClient"]["ClientId"]);
        table.user("alice").await;
        table
    }

    /// A confirmed user with verified addresses.
    pub(crate) async fn user(&self, name: &str) {
        self.ok(
            "AdminCreateUser",
            self.pool(
                json!({ "Username": name, "MessageAction": "SUPPRESS", "UserAttributes": [
                    { "Name": "email", "Value": format!("{name}@example.com") },
                    { "Name": "email_verified", "Value": "true" },
                    { "Name": "phone_number", "Value": "+12065550100" },
                    { "Name": "phone_number_verified", "Value": "true" },
                ]}),
            ),
        )
        .await;
        let password = json!({ "Username": name, "Password": crate::world::PASSWORD, "Permanent": true });
        self.ok("AdminSetUserPassword", self.pool(password)).await;
    }

    /// An input with the pool's id.
    pub(crate) fn pool(&self, mut input: Value) -> Value {
        merge(&mut input, json!({ "UserPoolId": self.pool }));
        input
    }

    /// An input with the app client's id.
    pub(crate) fn client(&self, mut input: Value) -> Value {
        merge(&mut input, json!({ "ClientId": self.client }));
        input
    }

    /// Asks, and gives the output or code and message.
    pub(crate) async fn ask(&self, operation: &str, input: Value) -> Result<Value, String> {
        let body = input.to_string();
        let target = format!("AWSCognitoIdentityProviderService.{operation}");
        let reply = cognito_idp::server::dispatch(&self.cognito, &target, body.as_bytes());
        read(reply.expect("an operation of the model").await)
    }

    /// Asks for something that is right.
    #[track_caller]
    pub(crate) fn ok(&self, operation: &str, input: Value) -> impl Future<Output = Value> {
        let place = std::panic::Location::caller();
        async move {
            let answer = self.ask(operation, input).await;
            answer.unwrap_or_else(|error| panic!("{place}: {operation}: {error}"))
        }
    }

    /// Asks for what must be refused: with this code, and with this text in the message.
    pub(crate) async fn refuses(&self, cases: Vec<(&str, Value, &str)>) {
        for (operation, input, expected) in cases {
            let answer = self.ask(operation, input.clone()).await;
            let error = answer.expect_err(&format!("{operation} refuses {input}"));
            let (code, message) = expected.split_once(": ").unwrap_or((expected, ""));
            assert!(
                error.starts_with(&format!("{code}: ")) && error.contains(message),
                "{operation} {input}: {error}, not {expected}"
            );
        }
    }

    /// The tokens of a user.
    pub(crate) async fn tokens(&self, name: &str) -> Value {
        let parameters = json!({ "USERNAME": name, "PASSWORD": crate::world::PASSWORD });
        let input = json!({ "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters });
        let answer = self.ok("InitiateAuth", self.client(input)).await;
        answer["AuthenticationResult"].clone()
    }

    /// The access token of a user.
    pub(crate) async fn token(&self, name: &str) -> String {
        text(&self.tokens(name).await["AccessToken"])
    }

    pub(crate) fn code(&self, name: &str) -> String {
        self.cognito.outbox().last(name).expect("a message").code
    }
}

pub(crate) fn read(reply: cognito_idp::server::Reply) -> Result<Value, String> {
    match reply {
        Ok(body) => Ok(serde_json::from_slice(&body).expect("JSON")),
        Err(refusal) => {
            let body: Value = serde_json::from_slice(refusal.body()).expect("JSON");
            Err(format!(
                "{}: {}",
                refusal.code(),
                body["message"].as_str().unwrap_or_default()
            ))
        }
    }
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is text")).to_owned()
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}
