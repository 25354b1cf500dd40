//! Reads numbers, documents and recorded answers with all of serde_json's features on, and goes through postcard.

use anyhow::{Context, Result, ensure};
use cognito_idp::operation::admin_get_user::AdminGetUserOutput;
use cognito_idp::operation::describe_user_pool::DescribeUserPoolOutput;
use cognito_idp::operation::initiate_auth::InitiateAuthInput;
use cognito_idp::operation::list_users::ListUsersOutput;
use cognito_idp::types::{AttributeType, AuthFlowType, ManagedLoginBrandingType, UserType};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fs;
use std::path::Path;

fn main() -> Result<()> {
    timestamps()?;
    documents()?;
    let answers = recordings()?;
    println!("recordings: {answers} answers");
    postcard()?;
    println!("done");
    Ok(())
}

/// With `arbitrary_precision`, a number that isn't an integer comes as an object of one member.
fn timestamps() -> Result<()> {
    for (text, seconds) in [
        ("1700000000.123", 1_700_000_000.123),
        ("1.7000000001E9", 1_700_000_000.1),
        ("1700000000", 1_700_000_000.0),
        ("-1.5", -1.5),
    ] {
        let user: UserType = serde_json::from_str(&format!(r#"{{"UserCreateDate":{text}}}"#))?;
        let read = user.user_create_date().context("a date")?.as_secs_f64();
        ensure!((read - seconds).abs() < 1e-6, "{text} is read as {read}");
        println!("timestamp {text}: {read}");
    }
    Ok(())
}

fn documents() -> Result<()> {
    let text = r#"{"Settings":{"a":8.5,"b":[1,-2,1e3,null],"c":{"d":true}}}"#;
    let branding: ManagedLoginBrandingType = serde_json::from_str(text)?;
    let shown = format!("{branding:?}");
    ensure!(shown.contains("Float(8.5)") && !shown.contains("private"), "{shown}");
    same(
        &serde_json::from_str(text)?,
        &serde_json::to_value(&branding)?,
        "document",
    )?;
    println!("document: {}", serde_json::to_string(&branding)?);
    Ok(())
}

/// Answers of emulators, as `tests/recorded.rs` replays them: each is read, and nothing of it is lost or altered.
fn recordings() -> Result<usize> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/recordings");
    let mut answers = 0;
    for name in ["moto-administrator", "ministack-administrator", "moto-pools"] {
        let text = fs::read_to_string(folder.join(name).with_extension("json"))?;
        let recording: Value = serde_json::from_str(&text)?;
        let mut operation = String::new();
        for event in recording["events"].as_array().context("events")? {
            let action = &event["action"];
            if let Some(target) = action["Request"]["request"]["headers"]["x-amz-target"][0].as_str() {
                operation = target.rsplit('.').next().unwrap_or_default().to_owned();
            }
            let data = &action["Data"];
            if let (Some("Response"), Some(body)) = (data["direction"].as_str(), data["data"]["Utf8"].as_str()) {
                answers += usize::from(answer(&operation, body).with_context(|| format!("{name}: {operation}"))?);
            }
        }
    }
    ensure!(answers >= 5, "{answers} answers only");
    Ok(answers)
}

fn answer(operation: &str, body: &str) -> Result<bool> {
    let value: Value = serde_json::from_str(body)?;
    if value.get("__type").is_some() {
        return Ok(false);
    }
    match operation {
        "AdminGetUser" => read_as::<AdminGetUserOutput>(body, &value)?,
        "DescribeUserPool" => read_as::<DescribeUserPoolOutput>(body, &value)?,
        "ListUsers" => read_as::<ListUsersOutput>(body, &value)?,
        _ => return Ok(false),
    }
    Ok(true)
}

fn read_as<T: DeserializeOwned + Serialize>(body: &str, value: &Value) -> Result<()> {
    let output: T = serde_json::from_str(body)?;
    same(value, &serde_json::to_value(output)?, "answer")
}

/// What is written is what was read. Only a null is left out.
fn same(read: &Value, written: &Value, place: &str) -> Result<()> {
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => {
            for (name, value) in written {
                let place = format!("{place}.{name}");
                match read.get(name) {
                    Some(read) => same(read, value, &place)?,
                    // What the answer leaves out is written as the empty value.
                    None => ensure!(
                        matches!(value.as_f64(), Some(0.0)) || value == &Value::Bool(false),
                        "{place} is new"
                    ),
                }
            }
            for name in read.keys().filter(|name| !written.contains_key(*name)) {
                ensure!(read[name].is_null(), "{place}.{name} is lost");
            }
        }
        (Value::Array(read), Value::Array(written)) => {
            ensure!(read.len() == written.len(), "{place}: lengths differ");
            for (read, written) in read.iter().zip(written) {
                same(read, written, place)?;
            }
        }
        (Value::Number(read), Value::Number(written)) => {
            let difference = read.as_f64().context("a number")? - written.as_f64().context("a number")?;
            ensure!(difference.abs() < 1e-6, "{place}: {read} became {written}");
        }
        _ => ensure!(read == written, "{place} has another value"),
    }
    Ok(())
}

/// A format that writes neither names nor kinds: all but documents go through it, and documents say that they don't.
fn postcard() -> Result<()> {
    let user: UserType = serde_json::from_str(
        r#"{"Username":"alice","Attributes":[{"Name":"email","Value":"a@example.com"}],"UserCreateDate":1700000000.5,"Enabled":true}"#,
    )?;
    through_postcard(&user)?;
    through_postcard(&AttributeType::builder().name("sub").build()?)?;
    let input = InitiateAuthInput::builder()
        .auth_flow(AuthFlowType::UserPasswordAuth)
        .auth_parameters("USERNAME", "alice")
        .client_id("1")
        .build()?;
    through_postcard(&input)?;
    let branding: ManagedLoginBrandingType = serde_json::from_str(r#"{"Settings":{"a":8.5}}"#)?;
    let refused = match postcard::to_stdvec(&branding) {
        Ok(bytes) => postcard::from_bytes::<ManagedLoginBrandingType>(&bytes).is_err(),
        Err(_) => true,
    };
    ensure!(refused, "a document can't be read without kinds");
    println!("postcard: 3 values, and a document is refused");
    Ok(())
}

fn through_postcard<T: DeserializeOwned + Serialize + PartialEq>(value: &T) -> Result<()> {
    let bytes = postcard::to_stdvec(value)?;
    ensure!(&postcard::from_bytes::<T>(&bytes)? == value, "it comes back another");
    Ok(())
}
