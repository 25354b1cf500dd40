//! The filters of ListUsers, held against a scan of all users while users come, change and go.

use crate::table::Table;
use cognito_emulator::Cognito;
use fastrand::Rng;
use serde_json::{Value, json};

const NAMES: [&str; 6] = ["Ann", "anna", "Bo", "bob", "Ærø", "Z \"q\""];
const SEARCHED: [&str; 10] = [
    "username",
    "email",
    "phone_number",
    "name",
    "given_name",
    "family_name",
    "preferred_username",
    "cognito:user_status",
    "status",
    "sub",
];

/// What a search for the attribute looks at.
fn value(user: &Value, attribute: &str) -> Option<String> {
    let text = match attribute {
        "username" => return user["Username"].as_str().map(str::to_owned),
        "status" => return Some(if user["Enabled"] == true { "Enabled" } else { "Disabled" }.to_owned()),
        "cognito:user_status" => user["UserStatus"].as_str(),
        name => {
            let mut attributes = user["Attributes"].as_array()?.iter();
            attributes.find(|attribute| attribute["Name"] == name)?["Value"].as_str()
        }
    };
    text.map(str::to_lowercase)
}

/// All pages of a list of users.
async fn all(table: &Table, filter: &str, limit: usize) -> Vec<Value> {
    let (mut users, mut token) = (Vec::new(), Value::Null);
    loop {
        let input = json!({ "Filter": filter, "Limit": limit, "PaginationToken": token });
        let mut page = table.ok("ListUsers", table.pool(input)).await;
        let on_page = page["Users"].as_array_mut().map(std::mem::take).unwrap_or_default();
        token = page["PaginationToken"].take();
        assert!(
            on_page.len() == limit || token.is_null(),
            "only the last page isn't full"
        );
        users.extend(on_page);
        if token.is_null() {
            return users;
        }
    }
}

fn names(users: impl IntoIterator<Item = Value>) -> Vec<String> {
    let names = users
        .into_iter()
        .map(|user| user["Username"].as_str().map(str::to_owned));
    let mut names: Vec<String> = names.flatten().collect();
    names.sort();
    names
}

/// Asks for some values of each attribute, and goes through all users beside it.
async fn compare(table: &Table, random: &mut Rng) {
    let users = all(table, "", 60).await;
    for attribute in SEARCHED {
        let known: Vec<String> = users.iter().filter_map(|user| value(user, attribute)).collect();
        let mut asked = vec![String::new(), "nobody has this".to_owned()];
        if let Some(known) = random.choice(&known) {
            let beginning = known.chars().take(random.usize(1..4)).collect();
            let other_case = if known.to_uppercase() == *known {
                known.to_lowercase()
            } else {
                known.to_uppercase()
            };
            asked.extend([known.clone(), beginning, other_case]);
        }
        for text in asked {
            let wanted = match attribute {
                "username" | "status" => text.clone(),
                _ => text.to_lowercase(),
            };
            for prefix in [false, true] {
                let fits = |value: String| {
                    if prefix {
                        value.starts_with(&wanted)
                    } else {
                        value == wanted
                    }
                };
                let expected = users.iter().filter(|user| value(user, attribute).is_some_and(fits));
                let operator = if prefix { "^=" } else { "=" };
                let filter = format!("{attribute} {operator} \"{}\"", text.replace('"', "\\\""));
                let found = all(table, &filter, random.usize(1..9)).await;
                assert_eq!(names(found), names(expected.cloned()), "{filter}");
            }
        }
    }
}

/// Changes something about a user; what Cognito refuses changes nothing.
async fn change(table: &Table, random: &mut Rng) {
    let user = format!("{}{}", if random.bool() { "user" } else { "User" }, random.usize(0..40));
    let name = *random.choice(&NAMES).expect("there are names");
    let of_user = |more: Value| {
        let mut input = table.pool(json!({ "Username": user }));
        input
            .as_object_mut()
            .expect("an object")
            .extend(more.as_object().cloned().unwrap_or_default());
        input
    };
    let attribute = *random
        .choice(&[
            "name",
            "given_name",
            "family_name",
            "email",
            "phone_number",
            "preferred_username",
        ])
        .expect("there are attributes");
    let new = match attribute {
        "email" => format!(
            "{}@example.com",
            name.chars().filter(char::is_ascii_alphabetic).collect::<String>()
        ),
        "phone_number" => format!("+1206555{:04}", random.u32(0..30)),
        _ => name.to_owned(),
    };
    let attributes = json!({ "UserAttributes": [{ "Name": attribute, "Value": new }] });
    let (operation, input) = match random.usize(0..9) {
        0..3 => (
            "AdminCreateUser",
            of_user(json!({ "MessageAction": "SUPPRESS", "UserAttributes": attributes["UserAttributes"] })),
        ),
        3 | 4 => ("AdminUpdateUserAttributes", of_user(attributes)),
        5 => (
            "AdminDeleteUserAttributes",
            of_user(json!({ "UserAttributeNames": [attribute] })),
        ),
        6 => (
            *random.choice(&["AdminDisableUser", "AdminEnableUser"]).expect("two"),
            of_user(json!({})),
        ),
        7 => (
            "AdminSetUserPassword",
            of_user(json!({ "Password": crate::world::PASSWORD, "Permanent": random.bool() })),
        ),
        _ => ("AdminDeleteUser", of_user(json!({}))),
    };
    drop(table.ask(operation, input).await);
}

#[tokio::test]
async fn filters_find_whom_a_scan_finds_whatever_happens_to_users() {
    let mut table =
        Table::new(json!({ "AliasAttributes": ["preferred_username"], "AutoVerifiedAttributes": ["email"] })).await;
    let mut random = Rng::with_seed(20_161_804);
    for round in 0..30 {
        for _ in 0..random.usize(1..30) {
            change(&table, &mut random).await;
        }
        compare(&table, &mut random).await;
        if round % 10 == 9 {
            import(&table, round).await;
            compare(&table, &mut random).await;
            let folder = tempfile::tempdir().expect("a folder");
            table.cognito.save(folder.path()).expect("saved");
            table.cognito = Cognito::new();
            table.cognito.load(folder.path()).expect("loaded");
            compare(&table, &mut random).await;
        }
    }
}

/// Imports two users from a file.
async fn import(table: &Table, round: usize) {
    let header = table.ok("GetCSVHeader", table.pool(json!({}))).await;
    let header: Vec<&str> = header["CSVHeader"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let mut file = header.join(",") + "\n";
    for user in ["x", "y"] {
        let row = header.iter().map(|column| match *column {
            "cognito:username" => format!("imported-{round}-{user}"),
            "email" => format!("imported-{round}-{user}@example.com"),
            "name" => "Anna".to_owned(),
            "email_verified" => "true".to_owned(),
            "phone_number_verified" | "cognito:mfa_enabled" => "false".to_owned(),
            _ => String::new(),
        });
        file += &(row.collect::<Vec<_>>().join(",") + "\n");
    }
    let job = json!({ "JobName": "job", "CloudWatchLogsRoleArn": "arn:aws:iam::123456789012:role/logs" });
    let job = table.ok("CreateUserImportJob", table.pool(job)).await["UserImportJob"].clone();
    let running = table.cognito.serve(("127.0.0.1", 0)).await.expect("a free port");
    let path = format!("/imports/{}/{}", table.pool, job["JobId"].as_str().expect("an id"));
    let (status, _, _) = crate::oauth::http(&running, "PUT", &path, &[], &file).await;
    assert_eq!(status, 200);
    let job = table.pool(json!({ "JobId": job["JobId"] }));
    table.ok("StartUserImportJob", job.clone()).await;
    let job = table.ok("DescribeUserImportJob", job).await;
    assert_eq!(job["UserImportJob"]["ImportedUsers"], 2, "{job}");
}
