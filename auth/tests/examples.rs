//! The examples, as they stand, with someone who types what the test says.

#![allow(
    clippy::duplicate_mod,
    reason = "each example is a program of its own, with its own `shared`"
)]

#[path = "support/authenticator.rs"]
mod authenticator;
#[path = "support/browser.rs"]
mod browser;
#[path = "../examples/machine_to_machine.rs"]
#[allow(dead_code, reason = "its `main` is the example's")]
mod machine_to_machine;
#[path = "../examples/managed_login.rs"]
#[allow(dead_code, reason = "its `main` is the example's")]
mod managed_login;
#[path = "../examples/session.rs"]
#[allow(dead_code, reason = "its `main` is the example's")]
mod session;
#[path = "../examples/terminal.rs"]
#[allow(dead_code, reason = "its `main` is the example's")]
mod terminal;
#[path = "../examples/web_server.rs"]
#[allow(dead_code, reason = "its `main` is the example's")]
mod web_server;

use authenticator::Authenticator;
use browser::{Browser, Page};
use cognito_auth::{FileDevices, ManagedLogin};
use cognito_emulator::Cognito;
use serde_json::{Value, json};
use std::io;
use std::net::{Ipv4Addr, TcpListener};

type TestResult<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

const PASSWORD: &str = "Correct-horse1";

/// Someone who knows what to type, in the order of the questions.
struct Script {
    answers: std::vec::IntoIter<(&'static str, Typed)>,
    said: Vec<String>,
}

/// What is typed.
enum Typed {
    Text(&'static str),
    /// The code that the phone shows.
    PhoneCode,
}

use Typed::{PhoneCode, Text};

impl Script {
    fn new(answers: Vec<(&'static str, Typed)>) -> Self {
        Self {
            answers: answers.into_iter(),
            said: Vec::new(),
        }
    }

    fn heard(&self, part: &str) -> usize {
        self.said.iter().filter(|line| line.contains(part)).count()
    }

    /// Says a line, as each example's own trait wants it.
    fn hear(&mut self, line: &str) {
        self.said.push(line.to_owned());
    }

    fn reply(&mut self, question: &str) -> io::Result<String> {
        let (expected, typed) = self.answers.next().ok_or(io::ErrorKind::UnexpectedEof)?;
        assert!(
            question.contains(expected),
            "{question:?} was asked in the place of {expected:?}: {:?}",
            self.said
        );
        Ok(match typed {
            Text(text) => text.to_owned(),
            PhoneCode => {
                let shown = self
                    .said
                    .iter()
                    .rev()
                    .find(|line| line.contains("phone of this demo shows"));
                shown
                    .map(|line| line.chars().filter(char::is_ascii_digit).collect())
                    .unwrap_or_default()
            }
        })
    }
}

macro_rules! dialogue {
    ($($example:ident),*) => {$(
        impl $example::shared::Dialogue for Script {
            fn say(&mut self, line: &str) {
                self.hear(line);
            }

            fn ask(&mut self, question: &str) -> io::Result<String> {
                self.reply(question)
            }
        }
    )*};
}

dialogue!(terminal, session, machine_to_machine);

/// How often an operation was called.
fn count(cognito: &Cognito, what: &str) -> usize {
    cognito.requests().iter().filter(|request| request.what == what).count()
}

#[tokio::test]
async fn the_terminal_sets_up_an_app_asks_again_after_a_wrong_code_and_remembers_the_device() -> TestResult {
    let folder = tempfile::tempdir()?;
    let mut place = terminal::demo().await?;
    place.pool = place
        .pool
        .with_devices(FileDevices::new(folder.path().join("devices.json")));
    let mut script = Script::new(vec![
        ("Name", Text("alice")),
        ("Password", Text("Wrong-horse1")),
        ("Password", Text(PASSWORD)),
        ("Code that the app shows", Text("000000")),
        ("Code that the app shows", PhoneCode),
        ("Remember this device?", Text("yes")),
        ("again?", Text("yes")),
        ("Name", Text("alice")),
        ("Password", Text(PASSWORD)),
        ("again?", Text("no")),
    ]);
    terminal::run(&place, &mut script).await?;
    assert_eq!(script.heard("Signed in as alice."), 2);
    assert_eq!(script.heard("The code is wrong"), 1);
    assert_eq!(script.heard("otpauth://totp/Example:alice?secret="), 1);
    Ok(())
}

#[tokio::test]
async fn the_session_is_found_again_and_refreshed_once_for_a_hundred_requests() -> TestResult {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("tokens.json");
    let place = session::demo().await?;
    let cognito = &place.demo.as_ref().ok_or("no demo")?.cognito;
    let mut first = Script::new(vec![
        ("Name", Text("alice")),
        ("Password", Text(PASSWORD)),
        ("call", Text("call")),
        ("wait", Text("wait")),
        ("call", Text("call")),
        ("quit", Text("quit")),
    ]);
    session::run(&place, &file, &mut first).await?;
    assert_eq!(first.heard("100 requests went out with 1 token."), 2);
    assert_eq!(count(cognito, "GetTokensFromRefreshToken"), 1);
    let mut second = Script::new(vec![("wait", Text("wait")), ("who", Text("who")), ("out", Text("out"))]);
    session::run(&place, &file, &mut second).await?;
    assert_eq!(
        (second.heard("Welcome back."), second.heard("email: alice@example.com")),
        (1, 1)
    );
    assert_eq!((count(cognito, "InitiateAuth"), count(cognito, "RevokeToken")), (1, 1));
    assert!(!file.exists(), "signed out");
    Ok(())
}

#[tokio::test]
async fn the_service_has_one_token_for_all_workers_until_it_ends() -> TestResult {
    for (at_the_endpoint, what) in [(false, "GetClientToken"), (true, "POST /oauth2/token")] {
        let mut place = machine_to_machine::demo().await?;
        if at_the_endpoint {
            place = place.listening().await?;
        }
        let mut script = Script::new(vec![
            ("How many", Text("20")),
            ("How many", Text("20")),
            ("wait", Text("wait")),
            ("How many", Text("20")),
            ("quit", Text("quit")),
        ]);
        machine_to_machine::run(&place, &mut script).await?;
        assert_eq!(script.heard("20 orders were fetched with 1 token."), 3);
        let cognito = &place.demo.as_ref().ok_or("no demo")?.cognito;
        assert_eq!(count(cognito, what), 2, "{what}");
    }
    Ok(())
}

/// Someone who opens each page that the example names.
#[derive(Default)]
struct Reader {
    said: Vec<String>,
}

impl managed_login::shared::Dialogue for Reader {
    fn say(&mut self, line: &str) {
        self.said.push(line.to_owned());
        if line.starts_with("http://") {
            let url = line.to_owned();
            tokio::spawn(async move {
                let mut browser = Browser::default();
                let (_, page) = browser
                    .log_in(&url, "alice", PASSWORD)
                    .await
                    .expect("managed login leads back");
                assert_eq!(page.expect("the listener is on this machine").status, 200);
            });
        }
    }

    fn ask(&mut self, _: &str) -> io::Result<String> {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

#[tokio::test]
async fn the_command_line_signs_in_with_the_browser_on_the_port_that_is_free() -> TestResult {
    let free = |_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let listeners: Vec<_> = (0..2).map(free).collect::<Result<_, _>>()?;
    let ports: Vec<_> = listeners
        .iter()
        .map(|it| Ok(it.local_addr()?.port()))
        .collect::<io::Result<_>>()?;
    // The first stays taken.
    let mut listeners = listeners.into_iter();
    let _taken = listeners.next();
    drop(listeners);
    let place = managed_login::demo(&ports).await?;
    let mut reader = Reader::default();
    managed_login::run(&place, &ports, &mut reader).await?;
    assert_eq!(
        reader.said[2..],
        ["Signed in with the address alice@example.com.", "Signed out."]
    );
    let callback = format!("127.0.0.1%3A{}%2Fcallback", ports[1]);
    assert!(reader.said[1].contains(&callback), "{}", reader.said[1]);
    assert!(ManagedLogin::new("", &place.pool, "https://a.example").is_err());
    Ok(())
}

/// A browser at the web server.
struct Visitor {
    browser: Browser,
    origin: String,
}

impl Visitor {
    async fn call(&mut self, path: &str, body: Value) -> TestResult<(u16, Value)> {
        let url = format!("{}{path}", self.origin);
        let page = self
            .browser
            .send("POST", &url, "application/json", &body.to_string())
            .await?;
        read(&page)
    }

    async fn me(&mut self) -> TestResult<(u16, Value)> {
        let url = format!("{}/me", self.origin);
        read(&self.browser.send("GET", &url, "text/plain", "").await?)
    }
}

fn read(page: &Page) -> TestResult<(u16, Value)> {
    Ok((
        page.status,
        serde_json::from_str(&page.body).map_err(|_| page.body.clone())?,
    ))
}

#[tokio::test]
async fn the_web_server_signs_in_by_password_app_and_passkey() -> TestResult {
    let place = web_server::demo().await?;
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let origin = format!("http://localhost:{}", listener.local_addr()?.port());
    let server = tokio::spawn(axum::serve(listener, web_server::app(&place.pool)).into_future());
    let mut visitor = Visitor {
        browser: Browser::default(),
        origin: origin.clone(),
    };
    assert!(
        visitor
            .browser
            .send("GET", &origin, "text/plain", "")
            .await?
            .body
            .contains("Sign in")
    );
    assert_eq!(visitor.me().await?.0, 401);

    let wrong = json!({"name": "alice", "password": "Wrong-horse1"});
    let (status, told) = visitor.call("/sign-in", wrong).await?;
    assert_eq!((status, &told["again"]), (401, &json!(true)), "{told}");
    let nobody = json!({"name": "nobody", "password": "Wrong-horse1"});
    assert_eq!(
        visitor.call("/sign-in", nobody).await?,
        (status, told),
        "nobody learns which names there are"
    );
    let right = json!({"name": "alice", "password": PASSWORD});
    assert_eq!(
        visitor.call("/sign-in", right.clone()).await?,
        (200, json!({"step": "SIGNED_IN"}))
    );
    assert_eq!(visitor.me().await?.1["second_factors"], json!([]));

    // An authenticator app, which the next sign-in asks for.
    let (_, told) = visitor.call("/totp", json!({})).await?;
    let uri = told["uri"].as_str().ok_or("no URI")?.to_owned();
    let secret = uri.split(['=', '&']).nth(1).ok_or("no secret")?;
    let code = || Cognito::new().totp(secret).ok_or("no code");
    assert_eq!(visitor.call("/totp/confirm", json!({"code": "000000"})).await?.0, 401);
    assert_eq!(visitor.call("/totp/confirm", json!({"code": code()?})).await?.0, 200);
    assert_eq!(visitor.call("/sign-out", json!({})).await?.0, 200);
    assert_eq!(visitor.me().await?.0, 401);
    assert_eq!(visitor.call("/sign-in", right).await?.1["step"], "SOFTWARE_TOKEN_MFA");
    assert_eq!(visitor.me().await?.0, 401, "half a sign-in is none");
    let before = visitor.browser.cookie.clone();
    assert_eq!(visitor.call("/answer", json!({"code": "000000"})).await?.0, 401);
    assert_eq!(
        visitor.call("/answer", json!({"code": code()?})).await?,
        (200, json!({"step": "SIGNED_IN"}))
    );
    assert_ne!(visitor.browser.cookie, before, "a signed-in visitor has another id");
    assert_eq!(visitor.me().await?.1["second_factors"], json!(["SOFTWARE_TOKEN_MFA"]));

    // A passkey, which is enough by itself.
    let mut authenticator = Authenticator::new();
    let (_, options) = visitor.call("/passkeys/options", json!({})).await?;
    assert_eq!(
        visitor
            .call("/passkeys", authenticator.create(&options, "https://evil.example"))
            .await?
            .0,
        400
    );
    assert_eq!(
        visitor
            .call("/passkeys", authenticator.create(&options, &origin))
            .await?
            .0,
        200
    );
    visitor.call("/sign-out", json!({})).await?;
    let (_, asked) = visitor.call("/sign-in/passkey", json!({"name": "alice"})).await?;
    assert_eq!(asked["step"], "WEB_AUTHN");
    let forged = Authenticator::new().get(&asked["options"], &origin);
    assert_ne!(visitor.call("/answer", json!({"credential": forged})).await?.0, 200);
    let credential = authenticator.get(&asked["options"], &origin);
    let (status, told) = visitor.call("/answer", json!({"credential": credential})).await?;
    assert_eq!((status, told), (200, json!({"step": "SIGNED_IN"})));
    assert_eq!(visitor.me().await?.1["passkeys"], 1);
    server.abort();
    Ok(())
}
