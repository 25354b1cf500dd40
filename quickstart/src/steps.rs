//! The tour, step by step.

use crate::app_client::{self, Parameter, Verdict};
use crate::clean_up::{Made, clean_up};
use crate::console::{Console, redacted};
use crate::{Error, secret_hash};
use cognito_idp::Client;
use cognito_idp::operation::RequestId;
use cognito_idp::operation::sign_up::SignUpError;
use cognito_idp::types::{AttributeType, AuthFlowType, MessageActionType};
use std::fmt::Display;

const USERNAME: &str = "alice";
/// Meets the default password policy; the user that it belongs to lives for a second.
const PASSWORD: &str = "Quickstart-1!";
/// Users that an administrator creates, so that there is a list to page through.
const MORE_USERS: [&str; 4] = ["bob", "carol", "dave", "erin"];
const USERS_PER_PAGE: i32 = 2;

/// What differs from place to place.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// ARN of the Amazon Pinpoint application for `AnalyticsConfiguration`; without one the parameter isn't sent.
    pub analytics_application: Option<String>,
}

/// What the tour found.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Report {
    /// Each parameter of the app client, as sent and as read back.
    pub parameters: Vec<Parameter>,
    /// The usernames that the paginator yielded, in its order.
    pub usernames: Vec<String>,
    /// The message of the `UsernameExistsException`.
    pub duplicate_message: String,
    /// How many users, app clients and user pools were deleted.
    pub deleted: usize,
}

/// Takes the tour. What it makes it deletes, also when a step fails.
///
/// # Errors
/// The first failure of a step, or else of the clean-up.
pub async fn run(client: &Client, options: &Options, console: &mut Console<'_>) -> Result<Report, Error> {
    let mut made = Made::default();
    let outcome = steps(client, options, console, &mut made).await;
    if outcome.is_err() {
        console.note(&"The step failed; what was made until here is deleted.");
    }
    let deleted = clean_up(client, &made, console).await;

    let mut report = outcome?;
    report.deleted = deleted?;
    Ok(report)
}

async fn steps(
    client: &Client,
    options: &Options,
    console: &mut Console<'_>,
    made: &mut Made,
) -> Result<Report, Error> {
    let pool_id = create_user_pool(client, console).await?;
    made.user_pool_id = Some(pool_id.clone());

    let (app, parameters) = create_app_client(client, options, &pool_id, console, made).await?;
    sign_up_and_in(client, &pool_id, &app, console, made).await?;
    let usernames = list_users(client, &pool_id, console, made).await?;
    let duplicate_message = handle_an_error(client, &app, console).await?;
    Ok(Report {
        parameters,
        usernames,
        duplicate_message,
        deleted: 0,
    })
}

async fn create_user_pool(client: &Client, console: &mut Console<'_>) -> Result<String, Error> {
    const NAME: &str = "cognito-quickstart";
    console.step("1. Create a user pool");
    console.request("CreateUserPool", &[("PoolName", &NAME)]);

    let answer = client
        .create_user_pool()
        .pool_name(NAME)
        .send()
        .await
        .map_err(Error::call("CreateUserPool"))?;

    let pool = answer.user_pool();
    let id = pool
        .and_then(|pool| pool.id())
        .ok_or_else(Error::incomplete("CreateUserPool", "UserPool.Id"))?;
    console.answer(&[("Id", &id), ("Arn", &or_none(pool.and_then(|pool| pool.arn())))]);
    Ok(id.to_owned())
}

/// What a user's calls need to know of the app client.
struct App {
    id: String,
    secret: String,
}

async fn create_app_client(
    client: &Client,
    options: &Options,
    pool_id: &str,
    console: &mut Console<'_>,
    made: &mut Made,
) -> Result<(App, Vec<Parameter>), Error> {
    console.step("2. Create an app client with every parameter, and read it back");
    let request = app_client::request(client, pool_id, options.analytics_application.as_deref());
    let sent = request.as_input().clone().build()?;
    console.request(
        "CreateUserPoolClient",
        &[
            ("ClientName", &or_none(sent.client_name())),
            ("the others", &"compared below"),
        ],
    );

    let answer = request.send().await.map_err(Error::call("CreateUserPoolClient"))?;
    let created = answer
        .user_pool_client()
        .ok_or_else(Error::incomplete("CreateUserPoolClient", "UserPoolClient"))?;
    let id = created
        .client_id()
        .ok_or_else(Error::incomplete("CreateUserPoolClient", "UserPoolClient.ClientId"))?
        .to_owned();
    made.client_id = Some(id.clone());
    let secret = created
        .client_secret()
        .ok_or_else(Error::incomplete("CreateUserPoolClient", "UserPoolClient.ClientSecret"))?
        .to_owned();
    console.answer(&[("ClientId", &id), ("ClientSecret", &redacted(Some(&secret)))]);

    console.request("DescribeUserPoolClient", &[("ClientId", &id)]);
    let answer = client
        .describe_user_pool_client()
        .user_pool_id(pool_id)
        .client_id(&id)
        .send()
        .await
        .map_err(Error::call("DescribeUserPoolClient"))?;
    let read = answer
        .user_pool_client()
        .ok_or_else(Error::incomplete("DescribeUserPoolClient", "UserPoolClient"))?;
    console.answer(&[
        ("AllowedOAuthFlows", &list(read.allowed_o_auth_flows())),
        ("AllowedOAuthScopes", &list(read.allowed_o_auth_scopes())),
        ("CallbackURLs", &list(read.callback_urls())),
        ("LogoutURLs", &list(read.logout_urls())),
        ("DefaultRedirectURI", &or_none(read.default_redirect_uri())),
    ]);

    let parameters = app_client::compare(&sent, read);
    print_comparison(&parameters, console);
    Ok((App { id, secret }, parameters))
}

fn print_comparison(parameters: &[Parameter], console: &mut Console<'_>) {
    let as_sent = parameters
        .iter()
        .filter(|parameter| parameter.verdict() == Verdict::AsSent)
        .count();
    console.note(&format!(
        "Of {} parameters, {as_sent} came back as sent:",
        parameters.len()
    ));
    for parameter in parameters {
        console.note(&format!("  {parameter}"));
    }
}

async fn sign_up_and_in(
    client: &Client,
    pool_id: &str,
    app: &App,
    console: &mut Console<'_>,
    made: &mut Made,
) -> Result<(), Error> {
    console.step("3. Sign a user up, confirm, sign in");
    let hash = secret_hash(USERNAME, &app.id, &app.secret);
    console.request(
        "SignUp",
        &[("Username", &USERNAME), ("SecretHash", &redacted(Some(&hash)))],
    );
    let answer = client
        .sign_up()
        .client_id(&app.id)
        .secret_hash(&hash)
        .username(USERNAME)
        .password(PASSWORD)
        .user_attributes(attribute("email", "alice@example.com")?)
        .user_attributes(attribute("name", "Alice")?)
        .send()
        .await
        .map_err(Error::call("SignUp"))?;
    made.usernames.push(USERNAME);
    console.answer(&[
        ("UserSub", &answer.user_sub()),
        ("UserConfirmed", &answer.user_confirmed()),
    ]);

    // A user would enter the code from an e-mail (ConfirmSignUp); here the administrator vouches for her.
    console.request("AdminConfirmSignUp", &[("Username", &USERNAME)]);
    client
        .admin_confirm_sign_up()
        .user_pool_id(pool_id)
        .username(USERNAME)
        .send()
        .await
        .map_err(Error::call("AdminConfirmSignUp"))?;
    console.done();

    console.request(
        "InitiateAuth",
        &[("AuthFlow", &"USER_PASSWORD_AUTH"), ("USERNAME", &USERNAME)],
    );
    let answer = client
        .initiate_auth()
        .client_id(&app.id)
        .auth_flow(AuthFlowType::UserPasswordAuth)
        .auth_parameters("USERNAME", USERNAME)
        .auth_parameters("PASSWORD", PASSWORD)
        .auth_parameters("SECRET_HASH", &hash)
        .send()
        .await
        .map_err(Error::call("InitiateAuth"))?;
    let tokens = answer
        .authentication_result()
        .ok_or_else(Error::incomplete("InitiateAuth", "AuthenticationResult"))?;
    console.answer(&[
        ("TokenType", &or_none(tokens.token_type())),
        ("ExpiresIn", &format_args!("{} s", tokens.expires_in())),
        ("AccessToken", &redacted(tokens.access_token())),
        ("IdToken", &redacted(tokens.id_token())),
        ("RefreshToken", &redacted(tokens.refresh_token())),
    ]);
    Ok(())
}

async fn list_users(
    client: &Client,
    pool_id: &str,
    console: &mut Console<'_>,
    made: &mut Made,
) -> Result<Vec<String>, Error> {
    console.step("4. List users, page by page");
    for username in MORE_USERS {
        console.request("AdminCreateUser", &[("Username", &username)]);
        client
            .admin_create_user()
            .user_pool_id(pool_id)
            .username(username)
            .message_action(MessageActionType::Suppress)
            .send()
            .await
            .map_err(Error::call("AdminCreateUser"))?;
        made.usernames.push(username);
        console.done();
    }

    console.request(
        "ListUsers",
        &[("Limit", &format_args!("{USERS_PER_PAGE} a page, through the paginator"))],
    );
    let mut users = client
        .list_users()
        .user_pool_id(pool_id)
        .into_paginator()
        .page_size(USERS_PER_PAGE)
        .items()
        .send();
    let mut usernames = Vec::new();
    while let Some(user) = users.next().await {
        let user = user.map_err(Error::call("ListUsers"))?;
        let username = user
            .username()
            .ok_or_else(Error::incomplete("ListUsers", "Users[].Username"))?;
        let status = user.user_status().map_or("no status", |status| status.as_str());
        console.answer(&[("Username", &format_args!("{username:<8} {status}"))]);
        usernames.push(username.to_owned());
    }
    if usernames.len() != made.usernames.len() {
        console.note(&format!(
            "The server listed {} of {} users.",
            usernames.len(),
            made.usernames.len()
        ));
    }
    Ok(usernames)
}

async fn handle_an_error(client: &Client, app: &App, console: &mut Console<'_>) -> Result<String, Error> {
    console.step("5. Handle a typed error: the username is taken");
    console.request("SignUp", &[("Username", &USERNAME)]);
    let result = client
        .sign_up()
        .client_id(&app.id)
        .secret_hash(secret_hash(USERNAME, &app.id, &app.secret))
        .username(USERNAME)
        .password(PASSWORD)
        .send()
        .await;
    let Err(error) = result else {
        return Err(Error::DuplicateAccepted(USERNAME));
    };

    match error.as_service_error() {
        Some(SignUpError::UsernameExistsException(exists)) => {
            let message = exists.message().unwrap_or_default().to_owned();
            console.answer(&[
                ("error", &"UsernameExistsException"),
                ("message", &message),
                ("request id", &or_none(error.request_id())),
            ]);
            Ok(message)
        }
        _ => Err(Error::call("SignUp")(error)),
    }
}

fn attribute(name: &str, value: &str) -> Result<AttributeType, Error> {
    Ok(AttributeType::builder().name(name).value(value).build()?)
}

fn or_none(value: Option<&str>) -> &str {
    value.unwrap_or("none")
}

fn list(values: &[impl Display]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
