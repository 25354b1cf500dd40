//! Whole calls: of each operation, with secrets in the request and in the answer, in answers that can't be read and in
//! errors; what their errors say, and what `tracing` is told meanwhile, on a first call and on a later one.

use crate::markers::{MARKERS, broken, model, value, wrong};
use crate::{Source, Texts};
use aws_credential_types::Credentials;
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::display::DisplayErrorContext;
use cognito_runtime::config::Config;
use cognito_runtime::config::exports::{BehaviorVersion, Region};
use cognito_runtime::operation::OperationInput;
use cognito_runtime::{BoxFuture, Client, Operation};
use serde_json::{Value, json};
use std::error::Error;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tracing::Level;
use tracing_subscriber::fmt::MakeWriter;

/// Makes calls of an operation with this input, answered by these statuses and bodies; gives back the errors' texts.
type Check = fn(Value, Vec<(u16, String)>) -> BoxFuture<Vec<(Source, String)>>;

mod idp {
    use super::{Check, check};

    include!(concat!(env!("OUT_DIR"), "/model-cognito-idp.rs"));
}

mod identity {
    use super::{Check, check};

    include!(concat!(env!("OUT_DIR"), "/model-cognito-identity.rs"));
}

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", MARKERS[0], Some(MARKERS[0].to_owned()), None, "tests")
}

fn check<O>(input: Value, answers: Vec<(u16, String)>) -> BoxFuture<Vec<(Source, String)>>
where
    O: Operation,
    O::Input: OperationInput<Operation = O>,
{
    Box::pin(async move {
        let answer = Arc::new(Mutex::new((200, "{}".to_owned())));
        let config = Config::<O::Service>::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .retry_config(aws_smithy_types::retry::RetryConfig::disabled())
            .credentials_provider(credentials())
            .http_client(server(Arc::clone(&answer)));
        let client = Client::from_conf(config.build());
        let mut texts = Vec::new();
        for (status, body) in answers {
            *answer.lock().unwrap_or_else(PoisonError::into_inner) = (status, body);
            let input: O::Input = serde_json::from_value(input.clone()).expect("the input is as the model says");
            let Err(error) = client.invoke(input).await else {
                continue;
            };
            let mut text = error.to_string();
            let mut source = error.source();
            while let Some(error) = source {
                text.push_str(&format!(": {error}"));
                source = error.source();
            }
            texts.push((Source::Display, text));
            texts.push((
                Source::RawResponse,
                format!("{} {error:?}", DisplayErrorContext(&error)),
            ));
            texts.push((Source::ErrorDebug, format!("{:?}", error.source())));
        }
        texts
    })
}

fn server(answer: Arc<Mutex<(u16, String)>>) -> SharedHttpClient {
    infallible_client_fn(move |_: http::Request<SdkBody>| {
        let (status, body) = answer.lock().unwrap_or_else(PoisonError::into_inner).clone();
        http::Response::builder()
            .status(status)
            // A stream, as it comes from hyper, and not yet in memory.
            .body(SdkBody::from_body_1_x(SdkBody::from(body)))
            .expect("a response")
    })
}

/// What was logged.
#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Runs something while everything from this level on is logged.
fn logged<T>(level: Level, run: impl FnOnce() -> T) -> (T, String) {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    let result = tracing::subscriber::with_default(subscriber, run);
    let bytes = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    (result, String::from_utf8_lossy(&bytes).into_owned())
}

fn all(name: &str, operations: &[(&str, Check)], texts: &mut Texts) {
    let service = model(name);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let shape = |reference: &Option<cognito_codegen::model::ShapeRef>| {
        reference
            .as_ref()
            .map_or(json!({}), |reference| value(&service, &reference.shape))
    };
    for (operation, check) in operations {
        let plan = &service.operations[*operation];
        let (input, output) = (shape(&plan.input), shape(&plan.output));
        // Elsewhere, what an answer says is no secret, unless an error quotes it.
        let secret = MARKERS.iter().any(|marker| output.to_string().contains(marker));
        let right = vec![
            (200, output.to_string()),
            (200, output.to_string()),
            (400, output.to_string()),
            (
                400,
                json!({"__type": "NotAuthorizedException", "Session": MARKERS[0]}).to_string(),
            ),
        ];
        // The answers that are wrong in each place go through the types' own tests; here some are enough.
        let mut misplaced: Vec<(u16, String)> = wrong(&output)
            .iter()
            .step_by(7)
            .map(|wrong| (200, wrong.to_string()))
            .collect();
        misplaced.extend(broken(&output).into_iter().step_by(5).map(|text| (200, text)));
        misplaced.push((500, broken(&output).swap_remove(1)));
        for (answers, misplaced) in [(right, false), (misplaced, true)] {
            for level in [Level::INFO, Level::TRACE] {
                let calls = || runtime.block_on(check(input.clone(), answers.clone()));
                let (errors, log) = logged(level, calls);
                assert!(
                    level == Level::INFO || log.lines().count() > 10,
                    "{operation}: nothing is logged"
                );
                // Where a marker is in a public member by mistake, the output shows it, as it should.
                let shown = |line: &&str| !(misplaced && line.contains("output_or_error=Ok"));
                let shown = |line: &&str| shown(line) && (secret || !line.contains("Response {"));
                for line in log.lines().filter(shown) {
                    texts.see(Source::Log(level), operation, line);
                }
                for (source, text) in errors {
                    if secret || source != Source::RawResponse {
                        texts.see(source, operation, &text);
                    }
                }
            }
        }
    }
}

pub(crate) fn cognito_idp(texts: &mut Texts) {
    all("cognito-idp", idp::OPERATIONS, texts);
}

pub(crate) fn cognito_identity(texts: &mut Texts) {
    all("cognito-identity", identity::OPERATIONS, texts);
}

/// What a program may print of a client, and of a call that it builds.
pub(crate) fn client(texts: &mut Texts) {
    let builder = cognito_idp::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(credentials());
    texts.see(Source::Debug, "the configuration's builder", &format!("{builder:?}"));
    let config = builder.build();
    texts.see(Source::Debug, "the configuration", &format!("{config:?}"));
    let client = cognito_idp::Client::from_conf(config);
    texts.see(Source::Debug, "the client", &format!("{client:?}"));
    let sign_in = client
        .initiate_auth()
        .client_id(MARKERS[0])
        .auth_parameters("PASSWORD", MARKERS[0]);
    texts.see(
        Source::Debug,
        "a call",
        &format!("{sign_in:?} {:?}", sign_in.as_input()),
    );
    let sign_up = client
        .sign_up()
        .client_id(MARKERS[0])
        .username(MARKERS[0])
        .password(MARKERS[0])
        .secret_hash(MARKERS[0]);
    texts.see(
        Source::Debug,
        "a call",
        &format!("{sign_up:?} {:?}", sign_up.as_input()),
    );
}
