//! What the hand-written crates let a program print: sign-in helpers and the emulator.

use crate::markers::{MARKERS, broken, wrong};
use crate::{Source, Texts};
use cognito_auth::managed_login::LoginRequest;
use cognito_auth::{Device, ManagedLogin, MemoryDevices, MemoryTokens, Secret, UserPool};
use cognito_emulator::triggers::{CustomSender, UserMigration, VerifyAuthChallenge};
use cognito_emulator::{Cognito, Seed};
use serde_json::{Value, json};
use std::error::Error;
use std::path::Path;

type Shown = Result<(), Box<dyn Error + Send + Sync>>;

/// Everything of `cognito-auth` that can be made without a server; whole sign-ins are in the test `auth`.
pub(crate) fn auth(texts: &mut Texts) {
    show_auth(texts).expect("the values are well-formed");
}

fn show_auth(texts: &mut Texts) -> Shown {
    let secret = MARKERS[0];
    let devices = MemoryDevices::default();
    let pool = UserPool::new("us-east-1_Example", "client")?
        .with_secret(secret)
        .with_second_secret(secret)
        .with_devices(devices);
    let device = json!({"key": "k", "group_key": "g", "password": secret}).to_string();
    let device = Device::from_json(&device).ok_or("a device")?;
    let request = json!({"state": secret, "nonce": secret, "verifier": secret}).to_string();
    let request = LoginRequest::from_json(&request).ok_or("a request")?;
    let login = ManagedLogin::new("https://auth.example.com", &pool, "https://app.example.com/")?;
    for (what, text) in [
        ("a secret", format!("{:?}", Secret::from(secret))),
        ("a pool", format!("{pool:?}")),
        ("a sign-in", format!("{:?}", pool.sign_in("alice"))),
        ("a sign-up", format!("{:?}", pool.sign_up("alice").password(secret))),
        ("a sign-up's code", format!("{:?}", pool.confirm_sign_up("alice"))),
        ("a token exchange", format!("{:?}", pool.exchange(secret).actor(secret))),
        ("a machine", format!("{:?}", pool.machine())),
        ("a machine's tokens", format!("{:?}", pool.machine().source())),
        ("a managed login", format!("{login:?} {request:?}")),
        ("a device", format!("{device:?}")),
        ("a store", format!("{:?}", MemoryTokens::default())),
    ] {
        texts.see(Source::Debug, what, &text);
    }
    Ok(())
}

/// The emulator: what it keeps, what it is told in files, what it tells triggers.
pub(crate) fn emulator(texts: &mut Texts) {
    show_emulator(texts).expect("the values are well-formed");
}

fn seed() -> Value {
    json!({"pools": [{
        "id": "us-east-1_Example",
        "settings": {"PoolName": "p", "AutoVerifiedAttributes": ["email"]},
        "clients": [{"id": "c", "settings": {"ClientName": "c", "GenerateSecret": true}}],
        "users": [{"username": "alice", "password": MARKERS[0], "attributes": {"email": "alice@example.com"}, "groups": []}],
    }]})
}

fn show_emulator(texts: &mut Texts) -> Shown {
    let folder = tempfile::tempdir()?;
    let (json_file, toml_file) = (folder.path().join("seed.json"), folder.path().join("seed.toml"));
    let cognito = Cognito::new();
    let mut see = |path: &Path, text: &str| -> Shown {
        std::fs::write(path, text)?;
        match Seed::read(path) {
            // A marker that is in a public place by mistake is shown.
            Ok(seed) => {
                if let Err(error) = cognito.sow(&seed) {
                    texts.see(Source::ErrorDebug, "a seed", &format!("{error:?}"));
                    texts.see(Source::Display, "a seed", &error.to_string());
                }
            }
            Err(error) => {
                texts.see(Source::Display, "a seed", &error.to_string());
                texts.see(Source::ErrorDebug, "a seed", &format!("{error:?}"));
            }
        }
        Ok(())
    };
    see(&json_file, &seed().to_string())?;
    // The settings are whatever CreateUserPool takes, and so public; what stands in a secret's place isn't.
    let password = "/pools/0/users/0/password";
    for value in wrong(&json!(MARKERS[0])) {
        let mut changed = seed();
        if let Some(place) = changed.pointer_mut(password) {
            *place = value;
        }
        see(&json_file, &changed.to_string())?;
        see(&toml_file, &toml::to_string(&changed)?)?;
    }
    for text in broken(&seed()) {
        see(&json_file, &text)?;
    }
    let text = toml::to_string(&seed())?;
    for end in text.char_indices().map(|(index, _)| index).step_by(7) {
        see(&toml_file, &text[..end])?;
        see(&toml_file, &format!("{}\u{1}{}", &text[..end], &text[end..]))?;
    }
    let read: Seed = serde_json::from_value(seed())?;
    texts.see(Source::Debug, "a seed", &format!("{read:?}"));
    cognito.sow(&read)?;
    cognito.save(folder.path())?;
    let kept = std::fs::read_to_string(folder.path().join("cognito.json"))?;
    assert!(kept.contains(MARKERS[0]) || kept.contains("alice"), "the state is kept");
    std::fs::write(
        folder.path().join("cognito.json"),
        kept.replacen('{', &format!("{{\"pools\":\"{}\",", MARKERS[0]), 1),
    )?;
    let error = Cognito::new()
        .load(folder.path())
        .err()
        .ok_or("a broken state is refused")?;
    texts.see(Source::Display, "a state", &error.to_string());
    texts.see(Source::ErrorDebug, "a state", &format!("{error:?}"));
    texts.see(
        Source::Debug,
        "the emulator",
        &format!("{cognito:?} {:?} {:?}", cognito.outbox(), cognito.http_client()),
    );

    let mut sender = CustomSender::default();
    sender.request.code = MARKERS[0].to_owned();
    let mut migration = UserMigration::default();
    migration.request.password = Some(MARKERS[0].to_owned());
    let mut answer = VerifyAuthChallenge::default();
    answer.request.challenge_answer = MARKERS[0].to_owned();
    answer.request.private_challenge_parameters = [(MARKERS[0].to_owned(), MARKERS[0].to_owned())].into();
    texts.see(Source::Debug, "events", &format!("{sender:?} {migration:?} {answer:?}"));
    Ok(())
}
