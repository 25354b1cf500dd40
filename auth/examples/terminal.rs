//! Signing in on a terminal: the password by SRP, a second factor, a device that is remembered.
//!
//! ```sh
//! cargo run -p cognito-auth --example terminal
//! ```
//!
//! It runs in a Cognito inside of the process, where alice has to set up an authenticator app first; `shared/mod.rs` says
//! how to name a user pool of your own. A file as the argument keeps the remembered device for the next run.

#[path = "shared/mod.rs"]
pub(crate) mod shared;

use cognito_auth::{AuthError, Challenge, Confirmed, FileDevices, MemoryDevices, Step, Tokens};
use serde_json::json;
use shared::{DEMO_CLIENT, DEMO_POOL, Dialogue, Place, Result, Terminal};

#[tokio::main]
async fn main() -> Result {
    let mut place = match Place::from_env()? {
        Some(place) => place,
        None => demo().await?,
    };
    place.pool = match std::env::args_os().nth(1) {
        Some(file) => place.pool.with_devices(FileDevices::new(file)),
        None => place.pool.with_devices(MemoryDevices::default()),
    };
    run(&place, &mut Terminal).await
}

/// Signs in, as often as the user likes.
pub(crate) async fn run(place: &Place, terminal: &mut impl Dialogue) -> Result {
    loop {
        let tokens = sign_in(place, terminal).await?;
        terminal.say(&format!("Signed in as {}.", tokens.username().unwrap_or_default()));
        remember_device(place, &tokens, terminal).await?;
        if terminal.ask("Sign in again? (yes or no)")? != "yes" {
            return Ok(());
        }
    }
}

async fn sign_in(place: &Place, terminal: &mut impl Dialogue) -> Result<Tokens> {
    let pool = &place.pool;
    let name = terminal.ask("Name")?;
    let mut step = until_taken(terminal, "Password", async |password| {
        pool.sign_in(&name).password(password).await
    })
    .await?;
    loop {
        step = match step {
            Step::SignedIn(tokens) => return Ok(tokens),
            Step::Challenge(challenge) => answer(place, &challenge, terminal).await?,
            Step::ResetPassword(mut reset) => {
                reset.send_code().await?;
                let code = terminal.ask("Code of the message that says how to reset the password")?;
                let password = terminal.ask("New password")?;
                let sign_in = reset.confirm(&code, password.as_str()).await?;
                sign_in.password(password).await?
            }
            Step::ConfirmSignUp(up) => {
                let code = terminal.ask("Code of the message that says how to confirm the sign-up")?;
                let sign_in = up.confirm(&code).await?.sign_in();
                sign_in.password(terminal.ask("Password")?).await?
            }
            other => return Err(other.unexpected().into()),
        };
    }
}

/// Answers a challenge with what the user says.
async fn answer(place: &Place, challenge: &Challenge, terminal: &mut impl Dialogue) -> Result<Step> {
    if let Some(destination) = challenge.destination() {
        terminal.say(&format!("A code was sent to {destination}."));
    }
    match challenge {
        Challenge::SmsMfa(c) => until_taken(terminal, "Code", async |code| c.code(&code).await).await,
        Challenge::EmailOtp(c) => until_taken(terminal, "Code", async |code| c.code(&code).await).await,
        Challenge::SoftwareTokenMfa(c) => {
            place.look_at_phone(terminal);
            until_taken(terminal, "Code of the authenticator app", async |code| {
                c.code(&code).await
            })
            .await
        }
        Challenge::SelectMfaType(c) => {
            terminal.say(&format!("Second factors: {}.", c.choices().join(", ")));
            Ok(c.choose(&terminal.ask("Which one")?).await?)
        }
        Challenge::MfaSetup(c) if c.choices().iter().any(|choice| choice == "SOFTWARE_TOKEN_MFA") => {
            let app = c.totp().await?;
            terminal.say("Show this to an authenticator app, as a QR code or typed in:");
            terminal.say(app.uri("Example", c.username()).expose());
            place.scan(app.secret().expose());
            place.look_at_phone(terminal);
            until_taken(terminal, "Code that the app shows", async |code| {
                app.confirm(&code, Some("my phone")).await
            })
            .await
        }
        Challenge::NewPasswordRequired(c) => {
            let mut attributes = Vec::new();
            for name in c.required_attributes() {
                let value = terminal.ask(&name)?;
                attributes.push((name, value));
            }
            until_taken(terminal, "New password", async |password| {
                let answer = attributes.iter().fold(c.password(password), |answer, (name, value)| {
                    answer.attribute(name, value.as_str())
                });
                answer.send().await
            })
            .await
        }
        other => Err(AuthError::Unexpected {
            step: other.name().to_owned(),
        }
        .into()),
    }
}

/// Asks until the answer is taken: a challenge survives a wrong one.
async fn until_taken(
    terminal: &mut impl Dialogue,
    question: &str,
    answer: impl AsyncFn(String) -> std::result::Result<Step, AuthError>,
) -> Result<Step> {
    loop {
        match answer(terminal.ask(question)?).await {
            Err(error) if error.is_wrong_code() || error.is_wrong_password() || error.is_unfit_password() => {
                terminal.say(&format!("{error}."));
            }
            answered => return Ok(answered?),
        }
    }
}

/// Confirms the device that the pool has made for this sign-in. From then on it stands for the second factor.
async fn remember_device(place: &Place, tokens: &Tokens, terminal: &mut impl Dialogue) -> Result {
    if tokens.new_device.is_none() {
        return Ok(());
    }
    match place.pool.confirm_device(tokens, Some("terminal")).await? {
        Confirmed::Remembered => terminal.say("This device is remembered."),
        Confirmed::UserDecides => {
            let yes = terminal.ask("Remember this device? (yes or no)")? == "yes";
            place.pool.remember_device(tokens, yes).await?;
        }
    }
    Ok(())
}

/// A pool that wants a second factor and asks whether to remember a device, with alice in it.
pub(crate) async fn demo() -> Result<Place> {
    let place = Place::demo(json!({"pools": [{
        "id": DEMO_POOL,
        "settings": {"PoolName": "terminal", "DeviceConfiguration": {
            "ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": true,
        }},
        "clients": [{"id": DEMO_CLIENT, "settings": {
            "ClientName": "terminal", "GenerateSecret": true,
            "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        }}],
        "users": [{"username": "alice", "password": "Correct-horse1"}],
    }]}))
    .await?;
    let apps = cognito_idp::types::SoftwareTokenMfaConfigType::builder().enabled(true);
    let request = place.pool.client().set_user_pool_mfa_config().user_pool_id(DEMO_POOL);
    request
        .mfa_configuration("ON".into())
        .software_token_mfa_configuration(apps.build())
        .send()
        .await?;
    println!("A Cognito inside of this process: alice's password is Correct-horse1.");
    Ok(place)
}
