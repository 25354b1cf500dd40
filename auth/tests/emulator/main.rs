//! Against `cognito-emulator`, which verifies SRP, passkeys and tokens: managed login, machines, rotation, passkeys,
//! token exchange, step-up. No sleeps: time is the emulator's.

#[path = "../support/authenticator.rs"]
mod authenticator;
#[path = "../support/browser.rs"]
mod browser;
mod devices;
mod exchange;
mod machines;
mod managed_login;
mod names;
mod passkeys;
mod refresh;
mod rotation;
mod world;

use world::TestResult;
