//! The recordings of ministack and moto, asked of the emulator: where both of them answer the same and the emulator
//! doesn't, it is wrong, or the difference is in [`KNOWN`] with its reason.
//!
//! A recorded request goes to the emulator with the ids, tokens and codes that the emulator gave in place of the
//! recorded ones. Answers are compared leaf by leaf, but for those ids and for times.

use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnector, HttpConnectorSettings};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_types::body::SdkBody;
use cognito_emulator::Cognito;
use cognito_tests::codes::one_time_code;
use cognito_tests::recording::{Exchange, Recording};
use cognito_tests::report;
use cognito_tests::session::Kind;
use cognito_tests::sessions::sessions;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

/// Where the emulator answers otherwise than both: the operation, how the member's path begins, and why.
const KNOWN: &[(&str, &str, &str)] = &[
    ("AdminGetUser", "PreferredMfaSetting", ABSENT),
    ("GetUser", "PreferredMfaSetting", ABSENT),
    ("GlobalSignOut", "outcome", GONE),
    ("CreateGroup", "Group.Description", ABSENT),
    ("ListGroups", "Groups.", ABSENT),
    (
        "CreateUserPool",
        "UserPool.Policies.PasswordPolicy.TemporaryPasswordValidityDays",
        ZERO_DAYS,
    ),
    (
        "DescribeUserPool",
        "UserPool.Policies.PasswordPolicy.TemporaryPasswordValidityDays",
        ZERO_DAYS,
    ),
    ("SignUp", "outcome", CLIENT_ID),
    ("UpdateUserPoolClient", "UserPoolClient.", RESET),
    ("DescribeUserPoolClient", "UserPoolClient.", RESET),
];

const ABSENT: &str = "what was never set isn't there, rather than an empty text";
const CLIENT_ID: &str =
    "ClientIdType has the pattern [\\w+]+, which `no-such-app` breaks: the model's constraints come first";
const GONE: &str = "the recording of ministack has deleted the user before; moto can't, and ministack doesn't look";
const ZERO_DAYS: &str = "PasswordPolicyType: 0 is taken for no value, and the default is 7";
const RESET: &str = "UpdateUserPoolClient: what the request leaves out goes back to its default";

/// The members that each server fills by chance, and that later requests repeat.
const IDS: &[&str] = &[
    "AccessToken",
    "Arn",
    "ClientId",
    "ClientSecret",
    "Id",
    "IdToken",
    "NextToken",
    "PaginationToken",
    "RefreshToken",
    "SecretCode",
    "Session",
    "UserPoolId",
    "UserSub",
    "sub",
];

/// The leaves of an answer by their path, with the outcome under "outcome".
type Leaves = BTreeMap<String, Value>;

/// One exchange: what was asked, what the recorded server said, and what the emulator says.
struct Opinion {
    request: Value,
    recorded: Leaves,
    ours: Leaves,
}

/// What the emulator has given in place of what was recorded.
#[derive(Default)]
struct Places {
    ours: BTreeMap<String, String>,
    secret: Option<String>,
}

impl Places {
    /// The value with each recorded string that has a counterpart replaced.
    fn fill(&self, value: &Value, replace: &impl Fn(&str) -> String) -> Value {
        match value {
            Value::String(text) if self.ours.contains_key(text) => replace(&self.ours[text]).into(),
            Value::Array(values) => values.iter().map(|value| self.fill(value, replace)).collect(),
            Value::Object(members) => members
                .iter()
                .map(|(name, value)| (name.clone(), self.fill(value, replace)))
                .collect(),
            other => other.clone(),
        }
    }

    fn learn(&mut self, recorded: &Leaves, ours: &Leaves) {
        for (path, value) in recorded {
            let (Some(recorded), Some(ours)) = (value.as_str(), ours.get(path).and_then(Value::as_str)) else {
                continue;
            };
            if !is_id(path) {
                continue;
            }
            self.ours.insert(recorded.to_owned(), ours.to_owned());
            if path.ends_with("SecretCode") {
                self.secret = Some(ours.to_owned());
            }
        }
    }
}

fn is_id(path: &str) -> bool {
    path.rsplit('.').next().is_some_and(|name| IDS.contains(&name))
}

fn is_time(path: &str) -> bool {
    path.ends_with("Date")
}

/// Takes an answer apart. Attributes and their like go by name, so that their order doesn't count.
fn leaves(path: &str, value: &Value, into: &mut Leaves) {
    match value {
        Value::Object(members) => match (members.get("Name"), members.get("Value")) {
            (Some(Value::String(name)), Some(value)) => leaves(&below(path, name), value, into),
            _ => members
                .iter()
                .for_each(|(name, value)| leaves(&below(path, name), value, into)),
        },
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                let named = value.get("Name").is_some();
                let name = value.get("Name").and_then(Value::as_str).map(str::to_owned);
                let pair = named && value.get("Value").is_some();
                let path = match name {
                    Some(_) if pair => path.to_owned(),
                    Some(name) => below(path, &name),
                    None => below(path, &index.to_string()),
                };
                leaves(&path, value, into);
            }
        }
        Value::Null => {}
        other => drop(into.insert(path.to_owned(), other.clone())),
    }
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

/// An answer's leaves; of an error only which one it is, for messages are each server's own.
fn answer(status: u16, body: &Value) -> Leaves {
    let mut found = Leaves::new();
    if status == 200 {
        leaves("", body, &mut found);
        found.insert("outcome".to_owned(), "answered".into());
    } else {
        let code = body["__type"].as_str().unwrap_or("no error of Cognito's");
        let code = code.rsplit('#').next().unwrap_or(code);
        found.insert("outcome".to_owned(), code.into());
    }
    found
}

async fn ask(cognito: &Cognito, operation: &str, body: &Value) -> (u16, Value) {
    let components = RuntimeComponentsBuilder::for_tests().build().expect("all is there");
    let connector = cognito
        .http_client()
        .http_connector(&HttpConnectorSettings::builder().build(), &components);
    let mut request = HttpRequest::new(SdkBody::from(body.to_string()));
    request.set_method("POST").expect("a method");
    request
        .set_uri("https://cognito-idp.us-east-1.amazonaws.com/")
        .expect("a URI");
    let target = format!("AWSCognitoIdentityProviderService.{operation}");
    request.headers_mut().insert("x-amz-target", target);
    request
        .headers_mut()
        .insert("content-type", "application/x-amz-json-1.1");
    let response = connector.call(request).await.expect("the emulator answers");
    let body = response.body().bytes().expect("in memory");
    let body = if body.is_empty() {
        json!({})
    } else {
        serde_json::from_slice(body).expect("JSON")
    };
    (response.status().as_u16(), body)
}

/// Puts in the codes that the emulator has sent, or that its secret gives, where the recorded server was content.
fn codes(cognito: &Cognito, places: &Places, exchange: &Exchange, request: &mut Value) {
    if exchange.status != 200 {
        return;
    }
    for name in ["Code", "ConfirmationCode"] {
        if request.get(name).is_some() {
            let sent = match request["Username"].as_str() {
                Some(username) => cognito.outbox().last(username),
                None => cognito.outbox().all().pop(),
            };
            if let Some(sent) = sent {
                request[name] = sent.code.into();
            }
        }
    }
    let Some(secret) = &places.secret else { return };
    // A code is good once: each comes from a time step of its own.
    let code = || {
        cognito.clock().advance(Duration::from_secs(30));
        Value::from(one_time_code(secret, cognito.clock().now()))
    };
    if request.get("UserCode").is_some() {
        request["UserCode"] = code();
    }
    if request["ChallengeResponses"].get("SOFTWARE_TOKEN_MFA_CODE").is_some() {
        request["ChallengeResponses"]["SOFTWARE_TOKEN_MFA_CODE"] = code();
    }
}

/// Asks the emulator what a recording asked, one after the other.
async fn opinions(kind: Kind, session: &str) -> BTreeMap<(String, usize), Opinion> {
    let cognito = Cognito::new();
    let (mut places, mut counts) = (Places::default(), BTreeMap::<String, usize>::new());
    let mut opinions = BTreeMap::new();
    for exchange in Recording::open(kind, session).exchanges() {
        let masked = places.fill(&exchange.request, &|_| "an id".to_owned());
        let mut request = places.fill(&exchange.request, &str::to_owned);
        if session == "sign-up" && exchange.operation == "CreateUserPool" {
            // Cognito sends no code in a pool that verifies nothing; both others take any code.
            request["AutoVerifiedAttributes"] = json!(["email"]);
        }
        codes(&cognito, &places, &exchange, &mut request);
        let (status, body) = ask(&cognito, &exchange.operation, &request).await;
        let (recorded, ours) = (answer(exchange.status, &exchange.response), answer(status, &body));
        places.learn(&recorded, &ours);
        let count = counts.entry(exchange.operation.clone()).or_default();
        *count += 1;
        let opinion = Opinion {
            request: masked,
            recorded,
            ours,
        };
        opinions.insert((exchange.operation, *count), opinion);
    }
    opinions
}

#[tokio::test]
async fn the_emulator_answers_as_both_others_do_where_they_agree() {
    let (mut compared, mut exchanges) = (0, 0);
    let mut differences = BTreeMap::<(String, String), String>::new();
    for (session, _) in sessions(Kind::Moto) {
        let ministack = opinions(Kind::Ministack, session).await;
        let moto = opinions(Kind::Moto, session).await;
        for (key, one) in &ministack {
            let Some(other) = moto.get(key).filter(|other| other.request == one.request) else {
                continue;
            };
            exchanges += 1;
            for (path, value) in &one.recorded {
                if is_id(path) || is_time(path) || other.recorded.get(path) != Some(value) {
                    continue;
                }
                compared += 1;
                if one.ours.get(path) != Some(value) {
                    let ours = one.ours.get(path).map_or("nothing".to_owned(), Value::to_string);
                    let text = format!("{session}: both say {value}, the emulator {ours}");
                    differences.insert((key.0.clone(), path.clone()), text);
                }
            }
        }
    }
    report!(
        "third opinion: {exchanges} exchanges that both recorded alike, {compared} leaves that both answer alike, {} of \
         them otherwise by the emulator",
        differences.len()
    );
    assert!(exchanges > 100 && compared > 500, "the recordings were not compared");
    let explains = |(operation, path, _): &(&str, &str, &str), key: &(String, String)| {
        key.0 == *operation && key.1.starts_with(path)
    };
    let unexplained: Vec<_> = differences
        .iter()
        .filter(|(key, _)| !KNOWN.iter().any(|known| explains(known, key)))
        .collect();
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    let gone: Vec<_> = KNOWN
        .iter()
        .filter(|known| !differences.keys().any(|key| explains(known, key)))
        .collect();
    assert!(gone.is_empty(), "these no longer differ: {gone:?}");
}
