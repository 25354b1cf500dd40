//! What a sign-in by SRP costs the client, against the two exponentiations that nobody gets around.

use crate::clock::cpu_of;
use crate::goal::{Bound, Form, Goal};
use crate::rounds::take_turns;
use crate::stats::{least, median, paired_ratio};
use crate::table::Table;
use anyhow::{Result, ensure};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use clap::{Args, ValueEnum};
use cognito_auth::UserPool;
use cognito_auth::srp::{Challenge, Ephemeral, Identity, N_HEX, Timestamp};
use cognito_idp::config::{BehaviorVersion, Region};
use cognito_idp::{Client, Config};
use crypto_bigint::modular::{FixedMontyForm, FixedMontyParams};
use crypto_bigint::{Odd, U3072};
use serde_json::json;
use std::hint::black_box;
use tokio::runtime::Runtime;

const POOL: &str = "us-east-1_EXAMPLE01";
const USER: &str = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
const PASSWORD: &str = "Correct-horse1";
/// Bits of the client's secret exponent, as all libraries make it.
const EXPONENT: u32 = 1024;

/// How to measure.
#[derive(Args)]
pub(crate) struct Arguments {
    /// For how long to measure
    #[arg(long, default_value_t = 10.0)]
    pub(crate) seconds: f64,
    /// Run just one subject, and compare nothing: for a profiler
    #[arg(long)]
    only: Option<Name>,
}

impl Arguments {
    /// What `all` measures.
    pub(crate) fn of_all() -> Self {
        Self {
            seconds: 10.0,
            only: None,
        }
    }
}

/// A subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Name {
    /// Two powers modulo the prime, by crypto-bigint: the public value's and the shared secret's
    Exponentiations,
    /// `cognito_auth::srp` alone: a pair, a proof, a signature
    Arithmetic,
    /// A whole sign-in: two calls, whose answers are ready
    SignIn,
}

impl Name {
    const ALL: [Self; 3] = [Self::Exponentiations, Self::Arithmetic, Self::SignIn];

    fn label(self) -> &'static str {
        match self {
            Self::Exponentiations => "two exponentiations (crypto-bigint)",
            Self::Arithmetic => "cognito-auth, the arithmetic",
            Self::SignIn => "cognito-auth, the sign-in",
        }
    }
}

/// All that signs in.
struct Subjects {
    runtime: Runtime,
    pool: UserPool,
    prime: FixedMontyParams<{ U3072::LIMBS }>,
    exponent: U3072,
    base: U3072,
}

/// The server's public value: any number below the prime will do for a client that isn't told whether it was right.
fn public_value() -> String {
    N_HEX.replace("FFFFFFFF", "7D31C5A2").to_lowercase()
}

fn secret_block() -> String {
    "q83vEjRWeJA".repeat(120)
}

impl Subjects {
    fn new() -> Result<Self> {
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .http_client(http_client_fn(|_, _| SharedHttpConnector::new(Ready)))
            .allow_no_auth();
        let client = Client::from_conf(config.build());
        let bytes: Vec<u8> = (0..EXPONENT / 8).map(|index| 255 - index as u8).collect();
        let padded = [vec![0; U3072::BYTES - bytes.len()], bytes].concat();
        Ok(Self {
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build()?,
            pool: UserPool::new(POOL, "1example23456789")?.with_client(client),
            prime: FixedMontyParams::new_vartime(Odd::<U3072>::from_be_hex(N_HEX)),
            exponent: U3072::from_be_slice(&padded),
            base: U3072::from_be_hex(&public_value()),
        })
    }

    /// Does its work once. Says whether it came to an end.
    fn run(&self, name: Name) -> bool {
        match name {
            Name::Exponentiations => {
                let power = |base: &U3072| {
                    let base = FixedMontyForm::new(black_box(base), &self.prime);
                    black_box(base.pow_bounded_exp(black_box(&self.exponent), EXPONENT).retrieve())
                };
                power(&U3072::from_u8(2)) != power(&self.base)
            }
            Name::Arithmetic => self
                .arithmetic()
                .is_ok_and(|signature| black_box(signature).len() == 44),
            Name::SignIn => {
                let step = self.runtime.block_on(self.pool.sign_in("alice").password(PASSWORD));
                step.is_ok_and(|step| black_box(step).into_tokens().is_ok())
            }
        }
    }

    fn arithmetic(&self) -> Result<String, cognito_auth::srp::SrpError> {
        let pair = Ephemeral::generate()?;
        black_box(pair.public().to_hex());
        let challenge = Challenge::new(&public_value(), "aa3ad16eca6a899e15bed55f7dd4d3a3", &secret_block())?;
        let proof = pair.prove(Identity::user(POOL, USER), PASSWORD, &challenge)?;
        Ok(proof.sign(Timestamp::from_unix(1_800_000_000)))
    }
}

/// Answers InitiateAuth with a challenge of usual length, and its answer with tokens of usual length.
#[derive(Debug)]
struct Ready;

impl HttpConnector for Ready {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let body = if target.ends_with(".InitiateAuth") {
            json!({"ChallengeName": "PASSWORD_VERIFIER", "ChallengeParameters": {
                "SALT": "aa3ad16eca6a899e15bed55f7dd4d3a3", "SRP_B": public_value(), "SECRET_BLOCK": secret_block(),
                "USERNAME": USER, "USER_ID_FOR_SRP": USER,
            }})
        } else {
            let token = |length: usize| "eyJraWQiOiJBQkMi".repeat(length / 16);
            json!({"AuthenticationResult": {"AccessToken": token(1000), "IdToken": token(1200),
                "RefreshToken": token(1800), "ExpiresIn": 3600, "TokenType": "Bearer"}, "ChallengeParameters": {}})
        };
        HttpConnectorFuture::ready(
            StatusCode::try_from(200_u16)
                .map(|status| HttpResponse::new(status, SdkBody::from(body.to_string())))
                .map_err(|error| aws_smithy_runtime_api::client::result::ConnectorError::other(error.into(), None)),
        )
    }
}

/// Measures, and prints.
pub(crate) fn run(arguments: &Arguments) -> Result<Vec<Goal>> {
    let subjects = Subjects::new()?;
    let names = arguments.only.map_or(Name::ALL.to_vec(), |name| vec![name]);
    for name in &names {
        ensure!(subjects.run(*name), "{} comes to no end", name.label());
    }
    let rounds = measure(&subjects, &names, arguments.seconds)?;
    println!("### Sign in by SRP\n\n{}", table(&rounds));
    let [(_, exponentiations), _, (_, sign_in)] = rounds.as_slice() else {
        return Ok(Vec::new());
    };
    Ok(vec![Goal::new(
        "signing in by SRP, CPU, to its two exponentiations",
        Bound::AtMost(1.1),
        Form::Factor,
        paired_ratio(sign_in, exponentiations),
    )])
}

/// CPU time of each subject in each round, in milliseconds.
fn measure(subjects: &Subjects, names: &[Name], seconds: f64) -> Result<Vec<(Name, Vec<f64>)>> {
    let took = take_turns(names.len(), seconds, |index| {
        let (good, took) = cpu_of(|| subjects.run(names[index]));
        black_box(good);
        Ok(took.as_secs_f64() * 1e3)
    })?;
    Ok(names.iter().copied().zip(took).collect())
}

fn table(rounds: &[(Name, Vec<f64>)]) -> Table {
    let mut table = Table::new(["subject", "CPU ms", "least", "to the exponentiations"]);
    let reference = rounds.iter().find(|(name, _)| *name == Name::Exponentiations);
    for (name, cpu) in rounds {
        table.row([
            name.label().to_owned(),
            format!("{:.2}", median(cpu.iter().copied())),
            format!("{:.2}", least(cpu.iter().copied())),
            reference.map_or_else(String::new, |(_, reference)| {
                Form::Factor.text(paired_ratio(cpu, reference))
            }),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subject_comes_to_its_end() -> Result<()> {
        let subjects = Subjects::new()?;
        for name in Name::ALL {
            assert!(subjects.run(name), "{}", name.label());
        }
        Ok(())
    }
}
