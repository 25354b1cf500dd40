//! `cognito-auth` and other people's clients on the same users and the same remembered devices: amazon-cognito-identity-js
//! and pycognito.

#[path = "auth/target.rs"]
#[allow(dead_code, reason = "the tests of `cognito-auth` use the rest")]
mod target;

use cognito_auth::{Challenge, Device, DeviceStore, MemoryDevices, MemoryTokens, Session, UserPool};
use cognito_emulator::Cognito;
use cognito_tests::report;
use cognito_tests::servers::{run_node, run_python};
use serde_json::Value;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use target::{PASSWORD, Target, TestResult, allow_apps, challenge, tokens, totp};
use tokio::task::spawn_blocking;

/// Another client: how it runs, and its program.
#[derive(Clone, Copy)]
struct Other {
    run: fn(&str, &[&str]) -> String,
    program: &'static str,
}

/// A pool that remembers devices, for both clients. JavaScript's can have no secret, and Python's none with devices.
struct World {
    cognito: Cognito,
    url: String,
    pool: UserPool,
    devices: Arc<MemoryDevices>,
    other: Other,
}

impl World {
    /// What the other client prints.
    async fn ask(&self, arguments: &[&str]) -> TestResult<Value> {
        let own = [self.url.as_str(), self.pool.id(), self.pool.client_id()];
        let arguments: Vec<String> = own.iter().chain(arguments).map(|text| (*text).to_owned()).collect();
        let Other { run, program } = self.other;
        let said = spawn_blocking(move || {
            let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
            run(program, &arguments)
        });
        Ok(serde_json::from_str(&said.await?).unwrap_or_default())
    }

    /// Gives a user an authenticator app, which each new device must show the code of.
    async fn enrol(&self, name: &str) -> TestResult<String> {
        let session = Session::start(&self.pool, tokens(&self.pool, name).await?, MemoryTokens::default()).await?;
        let app = session.user().totp().await?;
        app.confirm(&code(app.secret().expose(), 0)?, None).await?;
        Ok(app.secret().expose().to_owned())
    }
}

/// The code of an authenticator app in so many seconds.
fn code(secret: &str, seconds: u64) -> TestResult<String> {
    totp(
        secret,
        SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() + seconds,
    )
}

async fn share_users_and_devices(other: Other) -> TestResult {
    let cognito = Cognito::new();
    let running = cognito.serve("127.0.0.1:0").await?;
    let devices = Arc::new(MemoryDevices::default());
    let pool = Target::Emulator(cognito.clone())
        .pool(false)
        .await?
        .with_devices(devices.clone());
    allow_apps(&pool).await?;
    let world = World {
        url: running.url(),
        cognito,
        pool,
        devices,
        other,
    };
    // A user whom the other has signed up, and one whom we have.
    world.ask(&["sign-up", "carol"]).await?;
    let carol = world.enrol("carol").await?;
    let up = world.pool.sign_up("dave").password(PASSWORD);
    let up = up.attribute("email", "dave@example.com").send().await?;
    up.confirm(&world.cognito.outbox().last("dave").ok_or("no code")?.code)
        .await?;
    let dave = world.enrol("dave").await?;

    // A device that the other has confirmed spares us the code.
    let said = world.ask(&["sign-in", "carol", &carol]).await?;
    assert_eq!(said["asked"], serde_json::json!(["SOFTWARE_TOKEN_MFA"]));
    let asked = challenge(world.pool.sign_in("carol").password(PASSWORD).await?)?;
    assert_eq!(asked.name(), "SOFTWARE_TOKEN_MFA", "we are another device");
    let device = Device::from_json(&said["device"].to_string()).ok_or("it has confirmed no device")?;
    world.devices.save(world.pool.id(), "carol", device.clone()).await?;
    let signed_in = tokens(&world.pool, "carol").await?;
    assert_eq!(signed_in.device_key, Some(device.key));

    // And one that we have confirmed spares the other the code.
    let said = world.ask(&["sign-in", "dave", &dave]).await?;
    assert_eq!(
        said["asked"],
        serde_json::json!(["SOFTWARE_TOKEN_MFA"]),
        "it is another device"
    );
    let Challenge::SoftwareTokenMfa(c) = challenge(world.pool.sign_in("dave").password(PASSWORD).await?)? else {
        return Err("another challenge".into());
    };
    // Each code signs in once: this is the next one.
    let signed_in = c.code(&code(&dave, 30)?).await?.into_tokens()?;
    let _ = world.pool.confirm_device(&signed_in, Some("shared")).await?;
    let device = world
        .devices
        .load(world.pool.id(), "dave")
        .await?
        .ok_or("it isn't kept")?;
    let said = world
        .ask(&["sign-in", "dave", &dave, device.to_json().expose()])
        .await?;
    assert_eq!(said["asked"], serde_json::json!([]));
    report!("{}: two users and two devices, each used by both", world.other.program);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn users_and_devices_are_shared_with_amazon_cognito_identity_js() -> TestResult {
    share_users_and_devices(Other {
        run: run_node,
        program: "together.mjs",
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn users_and_devices_are_shared_with_pycognito() -> TestResult {
    share_users_and_devices(Other {
        run: run_python,
        program: "together.py",
    })
    .await
}
