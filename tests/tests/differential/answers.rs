//! Random answers: good ones, errors in every spelling, and what no service should send.

use crate::inputs::{Style, Values, rng};
use crate::newer;
use cognito_codegen::model::Service;
use fastrand::Rng;
use serde_json::{Map, Value, json};

/// A required document that is there twice.
pub(crate) const DOCUMENT_TWICE: &str = "a document that is there twice, the second time null";

/// What a server answers.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// What is wrong with it, where the crates may make different things of it.
    pub(crate) quirk: Option<&'static str>,
}

impl Default for Answer {
    fn default() -> Self {
        Self::new(200, "{}")
    }
}

impl Answer {
    fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("content-type", "application/x-amz-json-1.1".to_owned())],
            body: body.into(),
            quirk: None,
        }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// The answer of a case: half of them are good, a quarter errors, a quarter hostile.
pub(crate) fn answer(service: &Service, operation: &str, case: u64) -> Answer {
    let mut rng = rng(operation, case ^ 0x5555_0000);
    match case % 4 {
        0 | 1 => good(service, operation, case, rng),
        2 => error(service, operation, (case / 4) as usize, &mut rng),
        _ => hostile(service, operation, (case / 4) as usize, rng),
    }
}

/// An output as the service would send it, with members that nobody knows yet, and nulls.
fn output(service: &Service, operation: &str, style: Style, rng: Rng) -> Value {
    let Some(shape) = &service.operations[operation].output else {
        return json!({});
    };
    let mut values = Values::new(service, style, rng);
    values.small_maps = true;
    values.wire = true;
    let mut output = values.structure(&shape.shape, false, 0);
    if let Some(members) = output.as_object_mut().filter(|_| style == Style::Random) {
        if values.rng.bool() {
            members.insert("MemberOfTomorrow".to_owned(), json!({ "a": [1, null, { "b": "c" }] }));
        }
        let names: Vec<String> = members.keys().cloned().collect();
        if let Some(name) = names.get(values.rng.usize(..8)) {
            members.insert(name.clone(), Value::Null);
        }
    }
    output
}

fn good(service: &Service, operation: &str, case: u64, rng: Rng) -> Answer {
    let style = if case % 8 < 2 { Style::Random } else { Style::of(case) };
    let body = output(service, operation, style, rng);
    let body = if case.is_multiple_of(3) {
        serde_json::to_vec_pretty(&body)
    } else {
        serde_json::to_vec(&body)
    };
    let answer = Answer::new(200, body.expect("JSON"));
    if case.is_multiple_of(5) {
        answer.with("x-amzn-requestid", format!("id-{case}"))
    } else {
        answer
    }
}

/// An error of the operation, of the service, or of nobody, in one of the spellings.
fn error(service: &Service, operation: &str, number: usize, rng: &mut Rng) -> Answer {
    let modeled = &service.operations[operation].errors;
    let code = match number % 8 {
        6 => "ErrorOfTomorrow".to_owned(),
        7 => "ThrottlingException".to_owned(),
        _ => modeled
            .get(rng.usize(..modeled.len().max(1)))
            .map_or("InternalErrorException", |error| &error.shape)
            .to_owned(),
    };
    let mut members = Map::new();
    if let Some(structure) = service.structure(&code) {
        let mut values = Values::new(service, Style::Full(number), rng.fork());
        values.small_maps = true;
        values.wire = true;
        for (member, reference) in &structure.members {
            if !newer::NEW_MEMBERS.contains(&(code.as_str(), member.as_str())) {
                members.insert(member.clone(), values.value(&reference.shape, 1));
            }
        }
    }
    match number % 7 {
        0 => {}
        1 => drop(members.insert("message".to_owned(), json!("what went wrong"))),
        2 => drop(members.insert("Message".to_owned(), json!("What went wrong"))),
        3 => drop(members.insert("errorMessage".to_owned(), json!("what went wrong"))),
        4 => drop(members.insert("message".to_owned(), Value::Null)),
        5 => drop(members.remove("message")),
        _ => drop(members.insert("message".to_owned(), json!("日本語 \u{0} 🦀"))),
    }
    let status = [400, 400, 403, 404, 409, 429, 500, 503][rng.usize(..8)];
    let mut spelled = |key: &str, code: String| {
        members.insert(key.to_owned(), json!(code));
        Answer::new(status, json!(members).to_string())
    };
    match number % 12 {
        0 => spelled("__type", code),
        1 => spelled("__type", format!("com.amazonaws.cognito#{code}")),
        2 => spelled(
            "__type",
            format!("{code}:http://internal.amazon.com/coral/com.amazon.coral.validate/"),
        ),
        3 => spelled(
            "__type",
            format!("aws.cognito#{code}:http://internal.amazon.com/coral/"),
        ),
        4 => spelled("code", code),
        5 => spelled("code", format!("aws.cognito#{code}:http://internal.amazon.com/")),
        6 => Answer::new(status, json!(members).to_string()).with("x-amzn-errortype", code),
        7 => Answer::new(status, json!(members).to_string())
            .with("x-amzn-errortype", format!("{code}:http://internal.amazon.com/")),
        8 => spelled("__type", "AnotherException".to_owned()).with("x-amzn-errortype", format!("aws#{code}")),
        9 => Answer::new(status, "")
            .with("x-amzn-errortype", code)
            .with("x-amzn-requestid", "id-of-an-error"),
        10 => spelled("__type", code).with("x-amzn-query-error", "Old.Code;Sender"),
        _ => Answer::new(status, json!(members).to_string()),
    }
}

/// What no service should send.
fn hostile(service: &Service, operation: &str, number: usize, mut rng: Rng) -> Answer {
    let whole = output(service, operation, Style::Full(number), rng.fork());
    let text = whole.to_string();
    let status = if number % 3 == 2 { 400 } else { 200 };
    let answer = |body: Vec<u8>| Answer::new(status, body);
    match number % 31 {
        // Cut off.
        0..6 => {
            let at = rng.usize(..=text.len());
            answer(text.as_bytes()[..at].to_vec())
        }
        // A member of another type.
        6..14 => answer(wrong_type(&whole, &mut rng).to_string().into_bytes()),
        14 => answer(b"<html><body>503 Service Unavailable</body></html>".to_vec()),
        15 => answer(b"null".to_vec()),
        16 => answer(b"[]".to_vec()),
        17 => answer(b"\"text\"".to_vec()),
        18 => answer(b"12".to_vec()),
        19 => answer(Vec::new()),
        20 => answer(b"   ".to_vec()),
        21 => answer(format!("{text}{text}").into_bytes()),
        22 => answer(format!("{text} trailing").into_bytes()),
        23 => answer(format!("\u{feff}{text}").into_bytes()),
        // Bytes that aren't UTF-8, in a name and in a value.
        24 => answer([b"{\"Name\xff\":\"\xc3\x28\"}".as_slice()].concat()),
        // Escapes: half a surrogate pair, and one that isn't.
        25 => answer(br#"{"A":"\ud83d","B":"\x"}"#.to_vec()),
        26 => answer(format!("{{\"Deep\":{}1{}}}", "[".repeat(300), "]".repeat(300)).into_bytes()),
        27 => twice(service, operation, &whole, &mut rng),
        // Control characters that aren't escaped.
        28 => answer(text.replacen('"', "\"\n", 1).into_bytes()),
        29 => answer(text.replace(":\"", ":\"\t").into_bytes()),
        _ => Answer::new([204, 301, 304, 400, 404, 500, 502][rng.usize(..7)], text),
    }
}

/// The same with one member of another type, at any depth.
fn wrong_type(value: &Value, rng: &mut Rng) -> Value {
    let mut value = value.clone();
    let mut at = &mut value;
    loop {
        let descend = rng.u8(..3) > 0;
        at = match at {
            Value::Object(members) if !members.is_empty() => {
                let name = members
                    .keys()
                    .nth(rng.usize(..members.len()))
                    .cloned()
                    .unwrap_or_default();
                let member = &mut members[name.as_str()];
                if !descend || !(member.is_object() || member.is_array()) {
                    *member = another(member, rng);
                    return value;
                }
                member
            }
            Value::Array(items) if !items.is_empty() => {
                let index = rng.usize(..items.len());
                let item = &mut items[index];
                if !descend || !(item.is_object() || item.is_array()) {
                    *item = another(item, rng);
                    return value;
                }
                item
            }
            _ => return value,
        };
    }
}

fn another(value: &Value, rng: &mut Rng) -> Value {
    let choices = [
        json!(true),
        json!("text"),
        json!(""),
        json!(3),
        json!(-3),
        json!(2.75),
        json!(1e300),
        json!(u64::MAX),
        json!(2_147_483_648_u32),
        json!([]),
        json!({}),
        json!([null]),
        json!({ "a": null }),
        json!("12"),
        json!("NaN"),
        json!("1700000000"),
        Value::Null,
    ];
    loop {
        let choice = &choices[rng.usize(..choices.len())];
        if choice != value {
            return choice.clone();
        }
    }
}

/// The same with a member twice: once as it is, once null or as it is.
fn twice(service: &Service, operation: &str, value: &Value, rng: &mut Rng) -> Answer {
    let text = value.to_string();
    let members = value.as_object().filter(|members| !members.is_empty());
    let Some(members) = members else {
        return Answer::new(200, text);
    };
    let name = members
        .keys()
        .nth(rng.usize(..members.len()))
        .cloned()
        .unwrap_or_default();
    let null = rng.bool();
    let again = if null {
        "null".to_owned()
    } else {
        members[name.as_str()].to_string()
    };
    let output = service.operations[operation].output.as_ref();
    let structure = output.and_then(|output| service.structure(&output.shape));
    let member = structure.and_then(|structure| structure.members.get(&name));
    let document = member
        .and_then(|member| service.structure(&member.shape))
        .is_some_and(|shape| shape.document);
    Answer {
        quirk: (null && document).then_some(DOCUMENT_TWICE),
        ..Answer::new(200, format!("{},{}:{again}}}", &text[..text.len() - 1], json!(name)))
    }
}
