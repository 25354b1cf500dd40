//! Inputs for operations, at random.

use super::Service;
use cognito_emulator::Cognito;
use fastrand::Rng;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What the requests know: texts that answers have told, by the member that they were in.
pub(super) struct Asker {
    pub(super) random: Rng,
    pub(super) cognito: Cognito,
    pub(super) told: BTreeMap<String, Vec<String>>,
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
    pub(super) fn value(&mut self, service: &Service, member: &str, shape: &str, depth: usize) -> Value {
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
    pub(super) fn listen(&mut self, member: &str, value: &Value) {
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
}
