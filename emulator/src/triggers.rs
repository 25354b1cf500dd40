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
use std::collections::HashMap;
use std::fmt;

/// An event that a closure can be set for with [`Cognito::on`](crate::Cognito::on).
pub trait Trigger: Send + Sync + 'static {
    /// The trigger's name in errors, for example `PreSignUp`.
    const NAME: &'static str;
}

type Handler<E> = Box<dyn Fn(&mut E) -> Result<(), String> + Send + Sync>;

/// The closures that are set, by their event.
#[derive(Default)]
pub(crate) struct Triggers {
    handlers: HashMap<TypeId, Box<dyn Any + Send + Sync>>,
}

impl fmt::Debug for Triggers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} triggers", self.handlers.len())
    }
}

impl Triggers {
    pub(crate) fn set<E: Trigger>(&mut self, handler: impl Fn(&mut E) -> Result<(), String> + Send + Sync + 'static) {
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
        handler(event).map_err(|error| Fault::user_lambda_validation(format!("{} failed with error {error}.", E::NAME)))
    }
}
