//! Closures that replace Lambda functions. Each gets the event that Lambda would get.
//!
//! Source: [Customizing user pool workflows with Lambda triggers](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html).

mod events;

pub use events::{
    CallerContext, ChallengeResult, ClaimsAndScopeOverride, ClaimsOverride, CreateAuthChallenge,
    CreateAuthChallengeRequest, CreateAuthChallengeResponse, CustomMessage, CustomMessageRequest,
    CustomMessageResponse, CustomSender, CustomSenderRequest, DefineAuthChallenge, DefineAuthChallengeRequest,
    DefineAuthChallengeResponse, Event, GroupConfiguration, PostAuthentication, PostAuthenticationRequest,
    PostConfirmation, PostConfirmationRequest, PreAuthentication, PreAuthenticationRequest, PreSignUp,
    PreSignUpRequest, PreSignUpResponse, PreTokenGeneration, PreTokenGenerationRequest, PreTokenGenerationResponse,
    TokenOverride, UserMigration, UserMigrationRequest, UserMigrationResponse, VerifyAuthChallenge,
    VerifyAuthChallengeRequest, VerifyAuthChallengeResponse,
};

use crate::fault::{Answer, Fault};
use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

/// An event that a closure can be set for with [`Cognito::on`](crate::Cognito::on).
pub trait Trigger: Send + Sync + 'static {
    /// The trigger's name in errors, for example `PreSignUp`.
    const NAME: &'static str;
}

/// Why a trigger gives no answer. Text is what a function says that refuses.
///
/// ```
/// use cognito_emulator::{Cognito, triggers::{Failure, PreAuthentication, PreSignUp}};
///
/// let cognito = Cognito::new();
/// cognito.on(|_: &mut PreAuthentication| Err("the shop is closed".into()));
/// cognito.on(|_: &mut PreSignUp| Err(Failure::Broken("Task timed out after 5.00 seconds".to_owned())));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// The function refuses, as if it had thrown an error with this message: `UserLambdaValidationException`.
    Refused(String),
    /// The function can't be run, or doesn't end in time; the text says why: `UnexpectedLambdaException`.
    Broken(String),
    /// The function answers with something that isn't the event: `InvalidLambdaResponseException`.
    Unrecognizable,
}

impl Failure {
    fn fault(self, trigger: &str) -> Fault {
        match self {
            Self::Refused(error) => Fault::user_lambda_validation(format!("{trigger} failed with error {error}.")),
            Self::Broken(error) => {
                Fault::unexpected_lambda(format!("{trigger} invocation failed due to error {error}."))
            }
            Self::Unrecognizable => Fault::invalid_lambda_response("Unrecognizable lambda output"),
        }
    }
}

impl From<String> for Failure {
    fn from(error: String) -> Self {
        Self::Refused(error)
    }
}

impl From<&str> for Failure {
    fn from(error: &str) -> Self {
        Self::Refused(error.to_owned())
    }
}

thread_local! {
    /// Whose closures this thread is running, the innermost last.
    static RUNNING: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// A closure that is running.
struct Running;

impl Running {
    fn begin(id: u64) -> Self {
        RUNNING.with_borrow_mut(|running| running.push(id));
        Self
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        RUNNING.with_borrow_mut(Vec::pop);
    }
}

type Handler<E> = Box<dyn Fn(&mut E) -> Result<(), Failure> + Send + Sync>;

/// The closures that are set, by their event.
pub(crate) struct Triggers {
    /// Tells them from those of other Cognitos.
    id: u64,
    handlers: HashMap<TypeId, Box<dyn Any + Send + Sync>>,
}

impl Default for Triggers {
    fn default() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            handlers: HashMap::new(),
        }
    }
}

impl fmt::Debug for Triggers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} triggers", self.handlers.len())
    }
}

impl Triggers {
    pub(crate) fn set<E: Trigger>(&mut self, handler: impl Fn(&mut E) -> Result<(), Failure> + Send + Sync + 'static) {
        let handler: Handler<E> = Box::new(handler);
        self.handlers.insert(TypeId::of::<E>(), Box::new(handler));
    }

    /// Whether a closure is set.
    pub(crate) fn has<E: Trigger>(&self) -> bool {
        self.handlers.contains_key(&TypeId::of::<E>())
    }

    /// Passes the event to its closure, if one is set. The closure's refusal becomes the caller's error.
    pub(crate) fn fire<E: Trigger>(&self, event: &mut E) -> Answer<()> {
        let handler = self.handlers.get(&TypeId::of::<E>());
        let Some(handler) = handler.and_then(|handler| handler.downcast_ref::<Handler<E>>()) else {
            return Ok(());
        };
        let _running = Running::begin(self.id);
        handler(event).map_err(|failure| failure.fault(E::NAME))
    }

    pub(crate) fn id(&self) -> u64 {
        self.id
    }
}

/// Whether this thread is running one of the closures with this id.
pub(crate) fn is_running(id: u64) -> bool {
    RUNNING.with_borrow(|running| running.contains(&id))
}
