//! Users imported from files.

use crate::table::{Table, text};
use crate::world::{NEW_PASSWORD, PASSWORD};
use serde_json::{Value, json};

#[tokio::test]
async fn users_are_imported_from_csv() {
    let table = Table::new(json!({ "AutoVerifiedAttributes": ["email"] })).await;
    let running = table.cognito.serve(("127.0.0.1", 0)).await.expect("a free port");
    let job = table.pool(json!({ "JobName": "job", "CloudWatchLogsRoleArn": "arn:aws:iam::123456789012:role/logs" }));
    let job = table.ok("CreateUserImportJob", job).await["UserImportJob"].clone();
    let one = table.pool(json!({ "JobId": job["JobId"] }));
    table
        .refuses(vec![(
            "StartUserImportJob",
            one.clone(),
            "PreconditionNotMetException: No file",
        )])
        .await;
    let header = table.ok("GetCSVHeader", table.pool(json!({}))).await;
    let header: Vec<&str> = header["CSVHeader"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let row = |name: &str, verified: &str| {
        let cell = |column: &&str| match *column {
            "cognito:username" => name.to_owned(),
            "email" => format!("{name}@example.com"),
            "email_verified" => verified.to_owned(),
            "cognito:mfa_enabled" => "false".to_owned(),
            _ => String::new(),
        };
        header.iter().map(cell).collect::<Vec<_>>().join(",")
    };
    let file = format!(
        "{}\n{}\n{}\n",
        header.join(","),
        row("bob", "true"),
        row("carol", "false")
    );
    let url = text(&job["PreSignedUrl"]);
    assert!(url.starts_with(&running.url()), "{url}");
    let (status, _, _) = crate::oauth::http(&running, "PUT", url.trim_start_matches(&running.url()), &[], &file).await;
    assert_eq!(status, 200);
    table.ok("StartUserImportJob", one.clone()).await;
    let job = table.ok("DescribeUserImportJob", one.clone()).await["UserImportJob"].clone();
    assert_eq!(
        (&job["Status"], &job["ImportedUsers"], &job["FailedUsers"]),
        (&json!("Succeeded"), &json!(1), &json!(1))
    );
    assert_eq!(
        table.ok("AdminGetUser", table.pool(json!({ "Username": "bob" }))).await["UserStatus"],
        "RESET_REQUIRED"
    );
    table
        .refuses(vec![
            ("StopUserImportJob", one, "PreconditionNotMetException"),
            (
                "DescribeUserImportJob",
                table.pool(json!({ "JobId": "import-none" })),
                "ResourceNotFoundException",
            ),
        ])
        .await;
    assert_eq!(
        table
            .ok("ListUserImportJobs", table.pool(json!({ "MaxResults": 5 })))
            .await["UserImportJobs"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
}

/// Imports a file whose first column is the username, and gives the job.
async fn import(table: &Table, rows: &[&str]) -> Value {
    const HEADER: &str = "cognito:username,name,given_name,family_name,middle_name,nickname,preferred_username,profile,\
        picture,website,email,email_verified,gender,birthdate,zoneinfo,locale,phone_number,phone_number_verified,\
        address,updated_at,cognito:mfa_enabled";
    let job = json!({ "JobName": "job", "CloudWatchLogsRoleArn": "arn:aws:iam::123456789012:role/logs" });
    let job = table.ok("CreateUserImportJob", table.pool(job)).await["UserImportJob"].clone();
    let running = table.cognito.serve(("127.0.0.1", 0)).await.expect("a free port");
    let path = format!("/imports/{}/{}", table.pool, text(&job["JobId"]));
    let file = format!("{HEADER}\n{}\n", rows.join("\n"));
    assert_eq!(crate::oauth::http(&running, "PUT", &path, &[], &file).await.0, 200);
    let one = table.pool(json!({ "JobId": job["JobId"] }));
    table.ok("StartUserImportJob", one.clone()).await;
    table.ok("DescribeUserImportJob", one).await["UserImportJob"].clone()
}

/// The sample of the developer guide, with its TRUE and FALSE, and a comma behind a backslash.
#[tokio::test]
async fn a_file_is_read_as_the_guide_writes_it() {
    let table = Table::new(json!({ "AutoVerifiedAttributes": ["email"] })).await;
    let job = import(
        &table,
        &[
            "John,,John,Doe,,,,,,,johndoe@example.com,TRUE,,02/01/1985,,,+12345550100,TRUE,123 Any Street\\, Anytown,,FALSE",
            " Jane ,,Jane,Roe,,,,,,,janeroe@example.com , TRUE,,01/01/1985,,,+12345550199,TRUE,100 Main Street,,FALSE",
        ],
    )
    .await;
    assert_eq!(
        (&job["ImportedUsers"], &job["FailedUsers"]),
        (&json!(2), &json!(0)),
        "{job}"
    );
    let john = table
        .ok("AdminGetUser", table.pool(json!({ "Username": "John" })))
        .await;
    let attributes = john["UserAttributes"].as_array().expect("a list");
    for (name, value) in [("address", "123 Any Street, Anytown"), ("email_verified", "true")] {
        assert!(
            attributes.contains(&json!({ "Name": name, "Value": value })),
            "{attributes:?}"
        );
    }
    table
        .ok("AdminGetUser", table.pool(json!({ "Username": "Jane" })))
        .await;
}

#[tokio::test]
async fn rows_that_dont_fit_the_pool_fail() {
    let table = Table::new(
        json!({ "AutoVerifiedAttributes": ["email"], "AliasAttributes": ["email"],
        "Schema": [{ "Name": "given_name", "Required": true }] }),
    )
    .await;
    let job = import(
        &table,
        &[
            "a,,A,,,,,,,,a@example.com,true,,,,,,,,,false",
            // Verified is only an attribute that the pool doesn't verify.
            "b,,B,,,,,,,,b@example.com,false,,,,,+12345550100,true,,,false",
            // MFA is off, and not told.
            "c,,C,,,,,,,,c@example.com,true,,,,,,,,,true",
            "d,,D,,,,,,,,d@example.com,true,,,,,,,,,",
            // A required attribute is missing.
            "e,,,,,,,,,,e@example.com,true,,,,,,,,,false",
            // Another user has the address.
            "f,,F,,,,,,,,a@example.com,true,,,,,,,,,false",
            // Too few cells.
            "g,,G",
        ],
    )
    .await;
    assert_eq!(
        (&job["ImportedUsers"], &job["FailedUsers"]),
        (&json!(1), &json!(6)),
        "{job}"
    );
    let plain = Table::new(json!({})).await;
    let job = json!({ "JobName": "job", "CloudWatchLogsRoleArn": "arn:aws:iam::123456789012:role/logs" });
    let job = plain.ok("CreateUserImportJob", plain.pool(job)).await["UserImportJob"].clone();
    plain
        .refuses(vec![(
            "StartUserImportJob",
            plain.pool(json!({ "JobId": job["JobId"] })),
            "PreconditionNotMetException: The user pool verifies no attributes",
        )])
        .await;
}

#[tokio::test]
async fn an_imported_user_sets_a_password_first() {
    let table = Table::new(json!({ "AutoVerifiedAttributes": ["email"] })).await;
    import(&table, &["bob,,,,,,,,,,bob@example.com,true,,,,,,,,,false"]).await;
    let hiding = json!({ "ClientName": "hiding", "PreventUserExistenceErrors": "ENABLED",
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] });
    let hiding = table.ok("CreateUserPoolClient", table.pool(hiding)).await["UserPoolClient"]["ClientId"].clone();
    let password = |client: &Value, password: &str| {
        json!({ "ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": { "USERNAME": "bob", "PASSWORD": password } })
    };
    let srp = json!({ "AuthFlow": "USER_SRP_AUTH", "AuthParameters": { "USERNAME": "bob", "SRP_A": "abc" } });
    let client = json!(table.client);
    table
        .refuses(vec![
            (
                "InitiateAuth",
                password(&client, PASSWORD),
                "PasswordResetRequiredException",
            ),
            ("InitiateAuth", table.client(srp), "PasswordResetRequiredException"),
            (
                "InitiateAuth",
                password(&hiding, PASSWORD),
                "NotAuthorizedException: Incorrect username or password.",
            ),
        ])
        .await;
    table
        .ok("ForgotPassword", table.client(json!({ "Username": "bob" })))
        .await;
    let confirm = json!({ "Username": "bob", "ConfirmationCode": table.code("bob"), "Password": NEW_PASSWORD });
    table.ok("ConfirmForgotPassword", table.client(confirm)).await;
    table.ok("InitiateAuth", password(&client, NEW_PASSWORD)).await;
}
