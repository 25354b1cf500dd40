//! `cognito-auth` against servers that verify: ministack, whose SRP verifier is real, and the emulator, which has
//! devices, passkeys and every challenge. What both can is one test, with the server as its parameter.

mod disclosure;
mod everything;
mod target;
mod weight;
mod whole;
