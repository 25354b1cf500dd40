//! What it costs to check an input before it leaves: a call that does against the same call that doesn't.

use crate::clients::config;
use crate::clock::cpu_of;
use crate::goal::{Bound, Form, Goal};
use crate::rounds::take_turns;
use crate::stats::{least, median};
use crate::table::Table;
use anyhow::{Result, ensure};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use clap::Args;
use cognito_idp as ours;
use ours::Client;
use ours::operation::create_user_pool_client::CreateUserPoolClientInput;
use ours::types::{
    AnalyticsConfigurationType, ExplicitAuthFlowsType, FeatureType, OAuthFlowType, PreventUserExistenceErrorTypes,
    RefreshTokenRotationType, TimeUnitsType, TokenValidityUnitsType,
};
use ours::validation::{Validate, Validation};
use std::hint::black_box;
use tokio::runtime::Runtime;

/// How to measure.
#[derive(Args)]
pub(crate) struct Arguments {
    /// For how long to measure
    #[arg(long, default_value_t = 10.0)]
    pub(crate) seconds: f64,
}

impl Arguments {
    /// What `all` measures.
    pub(crate) fn of_all() -> Self {
        Self { seconds: 10.0 }
    }
}

/// An HTTP client that has the answer at hand: no network, whose noise would hide what is measured.
#[derive(Debug, Clone)]
struct AtHand;

impl HttpClient for AtHand {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Self)
    }
}

impl HttpConnector for AtHand {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        black_box(request);
        let body = r#"{"UserPoolClient":{"ClientId":"1example23456789","UserPoolId":"us-east-1_EXAMPLE"}}"#;
        HttpConnectorFuture::ready(Ok(HttpResponse::new(http::StatusCode::OK.into(), SdkBody::from(body))))
    }
}

/// An input with all members, but for the secret, which excludes that one is generated.
fn input() -> Result<CreateUserPoolClientInput> {
    let units = TokenValidityUnitsType::builder()
        .access_token(TimeUnitsType::Minutes)
        .id_token(TimeUnitsType::Minutes)
        .refresh_token(TimeUnitsType::Days)
        .build();
    let analytics = AnalyticsConfigurationType::builder()
        .application_arn("arn:aws:mobiletargeting:us-west-2:123456789012:apps/1a2b3c4d5e6f7a8b9c0d")
        .role_arn("arn:aws:iam::123456789012:role/analytics")
        .user_data_shared(true)
        .build();
    let rotation = RefreshTokenRotationType::builder()
        .feature(FeatureType::Enabled)
        .retry_grace_period_seconds(30)
        .build()?;
    let mut input = CreateUserPoolClientInput::builder()
        .user_pool_id("us-east-1_EXAMPLE")
        .client_name("web-app")
        .generate_secret(true)
        .refresh_token_validity(30)
        .access_token_validity(60)
        .id_token_validity(60)
        .token_validity_units(units)
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserSrpAuth)
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserPasswordAuth)
        .supported_identity_providers("COGNITO")
        .supported_identity_providers("Google")
        .callback_urls("https://www.example.com/callback")
        .callback_urls("https://example.com/callback")
        .callback_urls("myapp://example")
        .logout_urls("https://www.example.com/goodbye")
        .default_redirect_uri("https://example.com/callback")
        .allowed_o_auth_flows(OAuthFlowType::Code)
        .allowed_o_auth_scopes("openid")
        .allowed_o_auth_scopes("email")
        .allowed_o_auth_scopes("profile")
        .allowed_o_auth_scopes("solar-system-data/asteroids.add")
        .allowed_o_auth_flows_user_pool_client(true)
        .analytics_configuration(analytics)
        .prevent_user_existence_errors(PreventUserExistenceErrorTypes::Enabled)
        .enable_token_revocation(true)
        .enable_propagate_additional_user_context_data(true)
        .auth_session_validity(3)
        .refresh_token_rotation(rotation);
    for attribute in ["email", "phone_number", "name"] {
        input = input.read_attributes(attribute).write_attributes(attribute);
    }
    Ok(input.build()?)
}

struct Subjects {
    runtime: Runtime,
    off: Client,
    strict: Client,
    input: CreateUserPoolClientInput,
}

/// What is measured.
const LABELS: [&str; 3] = ["a call, Off", "a call, Strict", "validate() alone"];

/// How many calls a round makes: some milliseconds' work.
const CALLS: u32 = 200;

impl Subjects {
    fn new() -> Result<Self> {
        let client = |validation| {
            let config = config!(ours, "http://localhost", SharedHttpClient::new(AtHand));
            Client::from_conf(config.to_builder().validation(validation).build())
        };
        Ok(Self {
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build()?,
            off: client(Validation::Off),
            strict: client(Validation::Strict),
            input: input()?,
        })
    }

    /// CPU time of each, in microseconds.
    fn measure(&self, index: usize) -> Result<f64> {
        let calls = |client: &Client| -> Result<()> {
            self.runtime.block_on(async {
                for _ in 0..CALLS {
                    black_box(client.invoke(self.input.clone()).await.map(black_box)?);
                }
                Ok(())
            })
        };
        let (result, took) = cpu_of(|| match index {
            0 => calls(&self.off),
            1 => calls(&self.strict),
            _ => (0..CALLS).try_for_each(|_| Ok(black_box(&self.input).validate()?)),
        });
        result?;
        Ok(took.as_secs_f64() * 1e6 / f64::from(CALLS))
    }
}

/// Measures, and prints.
pub(crate) fn run(arguments: &Arguments) -> Result<Vec<Goal>> {
    let subjects = Subjects::new()?;
    ensure!(subjects.input.findings().is_empty(), "the input has no mistakes");
    // The first rounds compile the patterns.
    for _ in 0..3 {
        (0..LABELS.len()).try_for_each(|index| subjects.measure(index).map(drop))?;
    }
    let rounds = take_turns(LABELS.len(), arguments.seconds, |index| subjects.measure(index))?;
    let [off, strict, _] = rounds.as_slice() else {
        return Ok(Vec::new());
    };
    let added: Vec<f64> = strict.iter().zip(off).map(|(strict, off)| strict - off).collect();
    let mut table = Table::new(["CreateUserPoolClient with all members", "CPU µs", "least"]);
    let labels = LABELS.iter().copied().chain(["what Strict adds"]);
    for (label, numbers) in labels.zip(rounds.iter().chain([&added])) {
        table.row([
            label.to_owned(),
            format!("{:.2}", median(numbers.iter().copied())),
            format!("{:.2}", least(numbers.iter().copied())),
        ]);
    }
    println!("### Check an input before it leaves\n\n{table}");
    Ok(vec![Goal::new(
        "what Strict adds to CreateUserPoolClient with all members, CPU",
        Bound::AtMost(5.0),
        Form::Microseconds,
        median(added),
    )])
}
