//! Managed login over HTTP, and the documents of a pool.

use crate::table::{Table, text};
use crate::world::PASSWORD;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use cognito_emulator::Running;
use cognito_emulator::triggers::PreTokenGeneration;
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The claims of a token.
pub(crate) fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).expect("three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).expect("Base64url")).expect("JSON")
}

/// Sends a request: gives status, headers and body.
pub(crate) async fn http(
    running: &Running,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> (u16, HashMap<String, String>, String) {
    let mut request = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    if !headers.iter().any(|(name, _)| *name == "content-length") {
        request += &format!("content-length: {}\r\n", body.len());
    }
    request += &format!("\r\n{body}");
    let mut stream = TcpStream::connect(running.address()).await.expect("it listens");
    stream.write_all(request.as_bytes()).await.expect("it reads");
    let mut response = String::new();
    stream.read_to_string(&mut response).await.expect("it answers");
    let (head, body) = response.split_once("\r\n\r\n").expect("a response");
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .and_then(|status| status.parse().ok());
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    (status.expect("a status"), headers.collect(), body.to_owned())
}

/// The query of the URL to which the browser is sent.
fn query(location: &str) -> HashMap<String, String> {
    let query = location.split_once(['?', '#']).expect("a query").1;
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

struct Site {
    table: Table,
    running: Running,
    client: String,
    secret: String,
}

async fn site(settings: Value) -> Site {
    let table = Table::new(json!({})).await;
    table
        .ok(
            "CreateResourceServer",
            table.pool(json!({ "Identifier": "api", "Name": "API",
            "Scopes": [{ "ScopeName": "read", "ScopeDescription": "reads" }] })),
        )
        .await;
    let mut input = table.pool(json!({
        "ClientName": "web",
        "GenerateSecret": true,
        "AllowedOAuthFlowsUserPoolClient": true,
        "AllowedOAuthFlows": ["code", "implicit"],
        "AllowedOAuthScopes": ["openid", "email", "api/read"],
        "CallbackURLs": ["https://app.example.com/callback"],
        "LogoutURLs": ["https://app.example.com/bye"],
    }));
    input
        .as_object_mut()
        .expect("members")
        .extend(settings.as_object().expect("members").clone());
    let client = table.ok("CreateUserPoolClient", input).await["UserPoolClient"].clone();
    let running = table.cognito.serve(("127.0.0.1", 0)).await.expect("a free port");
    Site {
        client: text(&client["ClientId"]),
        secret: text(&client["ClientSecret"]),
        table,
        running,
    }
}

impl Site {
    async fn authorize(&self, more: &str) -> (u16, HashMap<String, String>, String) {
        let path = format!(
            "/oauth2/authorize?client_id={}&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&{more}",
            self.client
        );
        http(&self.running, "GET", &path, &[], "").await
    }

    /// Signs alice in at the form, and gives where the browser goes.
    async fn log_in(&self, more: &str) -> String {
        let (status, headers, _) = self.authorize(more).await;
        assert_eq!(status, 302);
        let form = &headers["location"];
        let (status, _, page) = http(&self.running, "GET", form, &[], "").await;
        assert!(status == 200 && page.contains("name=\"password\""), "{page}");
        let wrong = "username=alice&password=wrong";
        let (status, _, page) = http(&self.running, "POST", form, &[], wrong).await;
        assert!(
            status == 200 && page.contains("Incorrect username or password."),
            "{page}"
        );
        let (status, headers, page) = http(
            &self.running,
            "POST",
            form,
            &[],
            &format!("username=alice&password={PASSWORD}"),
        )
        .await;
        assert_eq!(status, 302, "{page}");
        headers["location"].clone()
    }

    async fn token(&self, body: &str) -> (u16, Value) {
        let basic = format!("Basic {}", STANDARD.encode(format!("{}:{}", self.client, self.secret)));
        let (status, _, body) = http(
            &self.running,
            "POST",
            "/oauth2/token",
            &[("authorization", &basic)],
            body,
        )
        .await;
        (status, serde_json::from_str(&body).expect("JSON"))
    }
}

#[tokio::test]
async fn a_code_with_pkce_is_exchanged_once() {
    let site = site(json!({})).await;
    let verifier = "a-verifier-that-is-long-enough-to-be-one-of-43-characters";
    let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
    let location = site
        .log_in(&format!(
            "response_type=code&scope=openid+email+api/read&state=s1&nonce=n1&code_challenge={challenge}&code_challenge_method=S256"
        ))
        .await;
    assert!(location.starts_with("https://app.example.com/callback?"), "{location}");
    let answer = query(&location);
    assert_eq!(answer["state"], "s1");
    let exchange = |code: &str, verifier: &str| {
        format!(
            "grant_type=authorization_code&code={code}&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&code_verifier={verifier}"
        )
    };
    let (status, tokens) = site.token(&exchange(&answer["code"], verifier)).await;
    assert_eq!(status, 200, "{tokens}");
    let id = claims(&text(&tokens["id_token"]));
    assert_eq!(
        (&id["nonce"], &id["email"], &id["phone_number"]),
        (&json!("n1"), &json!("alice@example.com"), &Value::Null)
    );
    assert_eq!(claims(&text(&tokens["access_token"]))["scope"], "openid email api/read");
    let (status, again) = site.token(&exchange(&answer["code"], verifier)).await;
    assert_eq!((status, again), (400, json!({ "error": "invalid_grant" })));

    let bearer = format!("Bearer {}", text(&tokens["access_token"]));
    let (status, _, body) = http(
        &site.running,
        "GET",
        "/oauth2/userInfo",
        &[("authorization", &bearer)],
        "",
    )
    .await;
    let user: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(
        (status, &user["username"], &user["email_verified"]),
        (200, &json!("alice"), &json!("true"))
    );
    let (status, headers, _) = http(&site.running, "GET", "/oauth2/userInfo", &[], "").await;
    assert_eq!(
        (status, headers["www-authenticate"].as_str()),
        (400, "Bearer error=\"invalid_request\"")
    );
    let wrong = [("authorization", "Bearer not.a.token")];
    let (status, headers, _) = http(&site.running, "GET", "/oauth2/userInfo", &wrong, "").await;
    assert_eq!(
        (status, headers["www-authenticate"].as_str()),
        (401, "Bearer error=\"invalid_token\"")
    );
    // Without the scope of the API, the token is no good there.
    let get = json!({ "AccessToken": tokens["access_token"] });
    site.table
        .refuses(vec![("GetUser", get, "NotAuthorizedException: required scopes")])
        .await;

    let refresh = format!(
        "grant_type=refresh_token&refresh_token={}",
        text(&tokens["refresh_token"])
    );
    assert_eq!(site.token(&refresh).await.0, 200);
    let basic = format!("Basic {}", STANDARD.encode(format!("{}:{}", site.client, site.secret)));
    let body = format!("token={}", text(&tokens["refresh_token"]));
    let (status, _, page) = http(
        &site.running,
        "POST",
        "/oauth2/revoke",
        &[("authorization", &basic)],
        &body,
    )
    .await;
    assert_eq!((status, page.as_str()), (200, ""));
    // Unlike the token endpoint, it says 401 to a wrong client.
    let wrong = format!("{body}&client_id=nobody");
    let (status, _, page) = http(&site.running, "POST", "/oauth2/revoke", &[], &wrong).await;
    assert_eq!((status, page.as_str()), (401, "{\"error\":\"invalid_client\"}"));
    assert_eq!(site.token(&refresh).await, (400, json!({ "error": "invalid_grant" })));

    let location = site.log_in("response_type=code&scope=openid").await;
    let wrong = site.token(&exchange(&query(&location)["code"], "")).await;
    assert_eq!(wrong.0, 200, "a code without a challenge needs no verifier");
    let location = site
        .log_in(&format!(
            "response_type=code&scope=openid&code_challenge={challenge}&code_challenge_method=S256"
        ))
        .await;
    assert_eq!(site.token(&exchange(&query(&location)["code"], "another")).await.0, 400);
}

#[tokio::test]
async fn what_is_wrong_is_told_to_the_app_or_to_the_user() {
    let site = site(json!({})).await;
    for (more, error) in [
        ("scope=openid&state=s", "invalid_request"),
        ("response_type=code&scope=openid+phone&state=s", "invalid_scope"),
        (
            "response_type=code&scope=openid&code_challenge=x&state=s",
            "invalid_request",
        ),
    ] {
        let (status, headers, _) = site.authorize(more).await;
        let answer = query(&headers["location"]);
        assert_eq!(
            (status, answer["error"].as_str(), answer["state"].as_str()),
            (302, error, "s"),
            "{more}"
        );
    }
    let path = format!(
        "/oauth2/authorize?client_id={}&redirect_uri=https://evil.example&response_type=code",
        site.client
    );
    let (status, _, page) = http(&site.running, "GET", &path, &[], "").await;
    assert!(status == 400 && page.contains("redirect_mismatch"), "{page}");
    let (status, _, body) = http(
        &site.running,
        "POST",
        "/oauth2/token",
        &[],
        "grant_type=refresh_token&client_id=x",
    )
    .await;
    assert_eq!((status, body.as_str()), (400, "{\"error\":\"invalid_client\"}"));
    assert_eq!(
        site.token("grant_type=password").await,
        (400, json!({ "error": "unsupported_grant_type" }))
    );
    let path = format!(
        "/logout?client_id={}&logout_uri=https://app.example.com/bye",
        site.client
    );
    let (status, headers, _) = http(&site.running, "GET", &path, &[], "").await;
    assert_eq!(
        (status, headers["location"].as_str()),
        (302, "https://app.example.com/bye")
    );
    let location = site.log_in("response_type=token&scope=openid&state=s").await;
    assert!(
        location.contains('#') && query(&location).contains_key("id_token"),
        "{location}"
    );
}

#[tokio::test]
async fn a_machine_gets_a_token_for_its_scopes() {
    let site = site(json!({ "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["api/read"] })).await;
    let (status, tokens) = site.token("grant_type=client_credentials&scope=api/read").await;
    assert_eq!(status, 200);
    let claims = claims(&text(&tokens["access_token"]));
    assert_eq!(
        (&claims["scope"], &claims["sub"]),
        (&json!("api/read"), &json!(site.client))
    );
    assert_eq!(
        site.token("grant_type=client_credentials&scope=api/write").await.1,
        json!({ "error": "invalid_scope" })
    );
}

#[tokio::test]
async fn a_pool_publishes_its_keys_and_the_page_shows_its_users() {
    let site = site(json!({})).await;
    let pool = &site.table.pool;
    let (_, _, body) = http(&site.running, "GET", &format!("/{pool}/.well-known/jwks.json"), &[], "").await;
    let keys: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(keys["keys"].as_array().map(Vec::len), Some(2));
    let tokens = site.table.tokens("alice").await;
    for (token, key) in [("IdToken", 0), ("AccessToken", 1)] {
        let token = text(&tokens[token]);
        let (message, signature) = token.rsplit_once('.').expect("three parts");
        let part = |name: &str| {
            URL_SAFE_NO_PAD
                .decode(text(&keys["keys"][key][name]))
                .expect("Base64url")
        };
        let (n, e) = (part("n"), part("e"));
        let key = ring::signature::RsaPublicKeyComponents { n: &n, e: &e };
        let signature = URL_SAFE_NO_PAD.decode(signature).expect("Base64url");
        let verified = key.verify(
            &ring::signature::RSA_PKCS1_2048_8192_SHA256,
            message.as_bytes(),
            &signature,
        );
        assert!(verified.is_ok());
    }
    let (_, _, body) = http(
        &site.running,
        "GET",
        &format!("/{pool}/.well-known/openid-configuration"),
        &[],
        "",
    )
    .await;
    let document: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(document["issuer"], claims(&text(&tokens["IdToken"]))["iss"]);
    let (_, _, page) = http(&site.running, "GET", "/", &[], "").await;
    assert!(page.contains("<td>alice</td>") && page.contains("jwks.json"), "{page}");
    assert_eq!(http(&site.running, "GET", "/health", &[], "").await.0, 200);
    assert_eq!(http(&site.running, "POST", "/reset", &[], "").await.0, 200);
    let (_, _, page) = http(&site.running, "GET", "/", &[], "").await;
    assert!(!page.contains("alice"), "{page}");
}

#[tokio::test]
async fn requests_that_are_no_operations_are_refused() {
    let site = site(json!({})).await;
    let target = ("x-amz-target", "AWSCognitoIdentityProviderService.ListUserPools");
    let json_type = ("content-type", "application/x-amz-json-1.1");
    for (headers, body, status, code) in [
        (vec![target, json_type], "{".to_owned(), 400, "SerializationException"),
        (vec![target, json_type], "[]".to_owned(), 400, "SerializationException"),
        (
            vec![target, ("content-type", "text/plain")],
            "{}".to_owned(),
            415,
            "UnsupportedMediaTypeException",
        ),
        (
            vec![("x-amz-target", "AWSCognitoIdentityProviderService.Nothing"), json_type],
            "{}".to_owned(),
            400,
            "UnknownOperationException",
        ),
        (
            vec![target, json_type, ("content-length", "5000000")],
            String::new(),
            413,
            "RequestEntityTooLargeException",
        ),
    ] {
        let (found, headers, text) = http(&site.running, "POST", "/", &headers, &body).await;
        assert_eq!((found, headers["x-amzn-errortype"].as_str()), (status, code), "{text}");
    }
    let (status, headers, body) = http(&site.running, "POST", "/", &[target, json_type], r#"{"MaxResults":1}"#).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(headers["x-amzn-requestid"].len(), 36);
}

#[tokio::test]
async fn tokens_in_a_fragment_leave_the_apps_own_query_alone() {
    let callback = "https://app.example.com/callback?tenant=a";
    let site = site(json!({ "CallbackURLs": [callback] })).await;
    let path = format!(
        "/login?client_id={}&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback%3Ftenant%3Da&response_type=token&scope=openid",
        site.client
    );
    let form = format!("username=alice&password={PASSWORD}");
    let (status, headers, page) = http(&site.running, "POST", &path, &[], &form).await;
    assert_eq!(status, 302, "{page}");
    assert!(
        headers["location"].starts_with(&format!("{callback}#id_token=")),
        "{}",
        headers["location"]
    );
}

#[tokio::test]
async fn managed_login_makes_tokens_once_and_passes_the_apps_metadata_on() {
    let site = site(json!({})).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&seen);
    site.table.cognito.on(move |event: &mut PreTokenGeneration| {
        let metadata = event.request.client_metadata.get("for").cloned();
        notes
            .lock()
            .expect("alone")
            .push((event.trigger_source.clone(), metadata));
        Ok(())
    });
    let location = site.log_in("response_type=code&scope=openid").await;
    assert!(seen.lock().expect("alone").is_empty(), "a code isn't a token");
    let exchange = format!(
        "grant_type=authorization_code&code={}&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&aws_client_metadata=%7B%22for%22%3A%22web%22%7D",
        query(&location)["code"]
    );
    assert_eq!(site.token(&exchange).await.0, 200);
    let hosted = "TokenGeneration_HostedAuth".to_owned();
    assert_eq!(*seen.lock().expect("alone"), [(hosted, Some("web".to_owned()))]);
    let sessions = site.table.pool(json!({ "Username": "alice" }));
    let sessions = site.table.ok("AdminListUserSessions", sessions).await["Sessions"].clone();
    assert_eq!(sessions.as_array().map(Vec::len), Some(1));
    assert_eq!(
        site.token("grant_type=refresh_token&refresh_token=x&aws_client_metadata=nonsense")
            .await,
        (400, json!({ "error": "invalid_request" }))
    );
}
