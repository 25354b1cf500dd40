//! Where the examples run: in a Cognito inside of the process, or in the user pool that the environment names.
//!
//! | variable | |
//! |---|---|
//! | `COGNITO_POOL_ID`, `COGNITO_CLIENT_ID` | the user pool and its app client |
//! | `COGNITO_CLIENT_SECRET` | the app client's secret, if it has one |
//! | `COGNITO_ENDPOINT` | another server than AWS, such as `cognito-emulator --port 9229` |
//! | `COGNITO_DOMAIN` | the domain of managed login |

#![allow(dead_code, reason = "each example uses its part")]

use cognito_auth::UserPool;
use cognito_emulator::{Cognito, Running};
use cognito_idp::config::{BehaviorVersion, Region};
use cognito_idp::{Client, Config};
use serde_json::Value;
use std::env;
use std::error::Error;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// The user pool that an example signs in to.
pub(crate) struct Place {
    pub(crate) pool: UserPool,
    /// Managed login's domain.
    pub(crate) domain: Option<String>,
    /// What only a Cognito inside of the process has.
    pub(crate) demo: Option<Demo>,
}

impl Place {
    /// The user pool that the environment names, if it does.
    pub(crate) fn from_env() -> Result<Option<Self>> {
        let variable = |name: &str| env::var(name).ok().filter(|value| !value.trim().is_empty());
        let (Some(pool), Some(client)) = (variable("COGNITO_POOL_ID"), variable("COGNITO_CLIENT_ID")) else {
            return Ok(None);
        };
        let mut pool = UserPool::new(pool, client)?;
        if let Some(url) = variable("COGNITO_ENDPOINT") {
            let config = Config::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(Region::new(pool.region().to_owned()))
                .endpoint_url(url)
                .allow_no_auth();
            pool = pool.with_client(Client::from_conf(config.build()));
        }
        if let Some(secret) = variable("COGNITO_CLIENT_SECRET") {
            pool = pool.with_secret(secret);
        }
        Ok(Some(Self {
            pool,
            domain: variable("COGNITO_DOMAIN"),
            demo: None,
        }))
    }

    /// A Cognito inside of the process, with the pool, the app client and the users of `seed`.
    pub(crate) async fn demo(seed: Value) -> Result<Self> {
        let cognito = Cognito::new();
        cognito.sow(&serde_json::from_value(seed)?)?;
        // With an administrator's credentials, so that the example can set up its pool.
        let client = cognito.client();
        let app = client
            .describe_user_pool_client()
            .user_pool_id(DEMO_POOL)
            .client_id(DEMO_CLIENT)
            .send()
            .await?;
        let mut pool = UserPool::new(DEMO_POOL, DEMO_CLIENT)?.with_client(client);
        if let Some(secret) = app.user_pool_client.and_then(|app| app.client_secret) {
            pool = pool.with_secret(secret);
        }
        let demo = Demo {
            cognito,
            running: None,
            app: Mutex::default(),
        };
        Ok(Self {
            pool,
            domain: None,
            demo: Some(demo),
        })
    }

    /// Puts the demo's managed login on a port, for a browser.
    pub(crate) async fn listening(mut self) -> Result<Self> {
        if let Some(demo) = &mut self.demo {
            let running = demo.cognito.serve(("127.0.0.1", 0)).await?;
            self.domain = Some(running.url());
            demo.running = Some(running);
        }
        Ok(self)
    }

    /// Gives the secret of an authenticator app to the demo, which plays the user's phone.
    pub(crate) fn scan(&self, secret: &str) {
        if let Some(demo) = &self.demo {
            *demo.app.lock().unwrap_or_else(PoisonError::into_inner) = Some(secret.to_owned());
        }
    }

    /// Says what the phone of the demo shows.
    pub(crate) fn look_at_phone(&self, terminal: &mut impl Dialogue) {
        let Some(demo) = &self.demo else { return };
        let secret = demo.app.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(code) = secret.and_then(|secret| demo.cognito.totp(&secret)) {
            terminal.say(&format!("(The phone of this demo shows {code}.)"));
        }
    }

    /// Lets time pass in the demo.
    pub(crate) fn pass(&self, time: Duration) {
        if let Some(demo) = &self.demo {
            demo.cognito.clock().advance(time);
        }
    }
}

/// The pool and the app client of each example's seed.
pub(crate) const DEMO_POOL: &str = "us-east-1_DemoPool1";
pub(crate) const DEMO_CLIENT: &str = "democlient";

pub(crate) struct Demo {
    pub(crate) cognito: Cognito,
    running: Option<Running>,
    /// The secret of alice's authenticator app.
    app: Mutex<Option<String>>,
}

/// Whoever sits in front of an example.
pub(crate) trait Dialogue {
    /// Shows a line.
    fn say(&mut self, line: &str);
    /// Asks for a line.
    fn ask(&mut self, question: &str) -> io::Result<String>;
}

/// A person at a terminal. What is typed can be seen: a program for everyday use hides passwords.
pub(crate) struct Terminal;

impl Dialogue for Terminal {
    fn say(&mut self, line: &str) {
        println!("{line}");
    }

    fn ask(&mut self, question: &str) -> io::Result<String> {
        print!("{question}: ");
        io::stdout().flush()?;
        let mut line = String::new();
        match io::stdin().read_line(&mut line)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(line.trim().to_owned()),
        }
    }
}
