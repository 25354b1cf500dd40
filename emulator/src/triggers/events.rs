//! The events, with the same members that Lambda gets.
//!
//! Source: [the parameters of each trigger](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html#cognito-user-pools-lambda-trigger-event-parameter-shared).

use super::Trigger;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// Names and values.
type Texts = BTreeMap<String, String>;

/// The common part of all events, around the request and the response.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Event<Q, R> {
    /// The version of the event.
    pub version: String,
    /// The region.
    pub region: String,
    /// The user pool.
    pub user_pool_id: String,
    /// The user, by username.
    pub user_name: String,
    /// The caller.
    pub caller_context: CallerContext,
    /// The trigger's source, for example `PreSignUp_AdminCreateUser`.
    pub trigger_source: String,
    /// The request from Cognito.
    pub request: Q,
    /// The trigger's response.
    pub response: R,
}

/// The caller.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CallerContext {
    /// The SDK.
    pub aws_sdk_version: String,
    /// The app client.
    pub client_id: String,
}

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $wire:literal: $request:ty => $response:ty;)*) => {
        $(
            $(#[$doc])*
            pub type $name = Event<$request, $response>;

            impl Trigger for $name {
                const NAME: &'static str = $wire;
            }
        )*
    };
}

events! {
    /// Before a user signs up, or is created.
    PreSignUp = "PreSignUp": PreSignUpRequest => PreSignUpResponse;
    /// After a user was confirmed, or has reset their password.
    PostConfirmation = "PostConfirmation": PostConfirmationRequest => ();
    /// Before a sign-in.
    PreAuthentication = "PreAuthentication": PreAuthenticationRequest => ();
    /// After a sign-in.
    PostAuthentication = "PostAuthentication": PostAuthenticationRequest => ();
    /// Before tokens are made.
    PreTokenGeneration = "PreTokenGeneration": PreTokenGenerationRequest => PreTokenGenerationResponse;
    /// Before a message is sent.
    CustomMessage = "CustomMessage": CustomMessageRequest => CustomMessageResponse;
    /// Instead of sending a message. Unlike in AWS, the code isn't encrypted.
    CustomSender = "CustomSender": CustomSenderRequest => Option<()>;
    /// When an unknown user signs in, or resets a password.
    UserMigration = "UserMigration": UserMigrationRequest => UserMigrationResponse;
    /// To decide the next step of a custom sign-in.
    DefineAuthChallenge = "DefineAuthChallenge": DefineAuthChallengeRequest => DefineAuthChallengeResponse;
    /// To make the next challenge of a custom sign-in.
    CreateAuthChallenge = "CreateAuthChallenge": CreateAuthChallengeRequest => CreateAuthChallengeResponse;
    /// To check the answer to a challenge of a custom sign-in.
    VerifyAuthChallenge = "VerifyAuthChallengeResponse": VerifyAuthChallengeRequest => VerifyAuthChallengeResponse;
}

macro_rules! members {
    ($($(#[$doc:meta])* pub struct $name:ident {
        $($(#[$member_doc:meta])* pub $member:ident $(($secret:ident))?: $type:ty,)*
    })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
            #[serde(rename_all = "camelCase", default)]
            #[non_exhaustive]
            pub struct $name {
                $($(#[$member_doc])* pub $member: $type,)*
            }

            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.debug_struct(stringify!($name))
                        $(.field(stringify!($member), shown!(self.$member $(, $secret)?)))*
                        .finish()
                }
            }
        )*
    };
}

/// The `Debug` output of a member: its value, unless it is marked as secret.
macro_rules! shown {
    ($value:expr) => {
        &$value
    };
    ($value:expr, secret) => {
        &format_args!("*** Sensitive Data Redacted ***")
    };
}

members! {
    /// The request before a user signs up.
    pub struct PreSignUpRequest {
        /// The user's attributes.
        pub user_attributes: Texts,
        /// The caller's data for validation only.
        pub validation_data: Texts,
        /// The caller's data for triggers.
        pub client_metadata: Texts,
    }

    /// The response before a user signs up.
    pub struct PreSignUpResponse {
        /// Whether the user is confirmed at once.
        pub auto_confirm_user: bool,
        /// Whether the e-mail address counts as verified.
        pub auto_verify_email: bool,
        /// Whether the phone number counts as verified.
        pub auto_verify_phone: bool,
    }

    /// The request after a user was confirmed.
    pub struct PostConfirmationRequest {
        /// The user's attributes.
        pub user_attributes: Texts,
        /// The caller's data for triggers.
        pub client_metadata: Texts,
    }

    /// The request before a sign-in.
    pub struct PreAuthenticationRequest {
        /// The user's attributes.
        pub user_attributes: Texts,
        /// The caller's data for validation.
        pub validation_data: Texts,
        /// Whether the user doesn't exist, and the app client hides that.
        pub user_not_found: bool,
    }

    /// The request after a sign-in.
    pub struct PostAuthenticationRequest {
        /// The user's attributes.
        pub user_attributes: Texts,
        /// Whether the sign-in was with a device that Cognito didn't know.
        pub new_device_used: bool,
        /// The caller's data for triggers.
        pub client_metadata: Texts,
    }

    /// The groups of a user.
    pub struct GroupConfiguration {
        /// Their names.
        pub groups_to_override: Vec<String>,
        /// Their roles.
        pub iam_roles_to_override: Vec<String>,
        /// The role of the group with the highest precedence.
        pub preferred_role: Option<String>,
    }

    /// The request before tokens are made.
    pub struct PreTokenGenerationRequest {
        /// The user's attributes.
        pub user_attributes: Texts,
        /// The user's groups.
        pub group_configuration: GroupConfiguration,
        /// The scopes of the access token.
        pub scopes: Vec<String>,
        /// The caller's data for triggers.
        pub client_metadata: Texts,
    }

    /// The trigger's changes to tokens, in version 1 or version 2.
    pub struct PreTokenGenerationResponse {
        /// Version 1: changes to the ID token.
        pub claims_override_details: Option<ClaimsOverride>,
        /// Version 2: changes to both tokens.
        pub claims_and_scope_override_details: Option<ClaimsAndScopeOverride>,
    }

    /// Version 1: changes to the ID token.
    pub struct ClaimsOverride {
        /// Claims to add or to replace.
        pub claims_to_add_or_override: Texts,
        /// Claims to remove.
        pub claims_to_suppress: Vec<String>,
        /// Other groups.
        pub group_override_details: Option<GroupConfiguration>,
    }

    /// Version 2: changes to both tokens.
    pub struct ClaimsAndScopeOverride {
        /// Changes to the ID token.
        pub id_token_generation: Option<TokenOverride>,
        /// Changes to the access token.
        pub access_token_generation: Option<TokenOverride>,
        /// Other groups.
        pub group_override_details: Option<GroupConfiguration>,
    }

    /// Changes to a token.
    pub struct TokenOverride {
        /// Claims to add or to replace, of any type.
        pub claims_to_add_or_override: BTreeMap<String, Value>,
        /// Claims to remove.
        pub claims_to_suppress: Vec<String>,
        /// Scopes to add.
        pub scopes_to_add: Vec<String>,
        /// Scopes to remove.
        pub scopes_to_suppress: Vec<String>,
    }

    /// The request before a message is sent.
    pub struct CustomMessageRequest {
        /// The user's attributes.
        pub user_attributes: Texts,
        /// The placeholder of the code: `{####}`.
        pub code_parameter: String,
        /// The placeholder of the username, in an invitation.
        pub username_parameter: Option<String>,
        /// The caller's data for triggers.
        pub client_metadata: Texts,
    }

    /// The message that a trigger writes.
    pub struct CustomMessageResponse {
        /// The text.
        pub sms_message: Option<String>,
        /// The e-mail's text.
        pub email_message: Option<String>,
        /// The e-mail's subject.
        pub email_subject: Option<String>,
    }

    /// A message that a trigger sends.
    pub struct CustomSenderRequest {
        /// The code.
        pub code(secret): String,
        /// The user's attributes.
        pub user_attributes: Texts,
        /// The caller's data for triggers.
        pub client_metadata: Texts,
    }

    /// The request about an unknown user.
    pub struct UserMigrationRequest {
        /// The password, at a sign-in.
        pub password(secret): Option<String>,
        /// The caller's data for validation: ClientMetadata of a sign-in.
        pub validation_data: Texts,
        /// The caller's data for triggers: ClientMetadata of ForgotPassword.
        pub client_metadata: Texts,
    }

    /// The user that a trigger has found in another system.
    pub struct UserMigrationResponse {
        /// The attributes; `None` if there is no such user.
        pub user_attributes: Option<Texts>,
        /// `CONFIRMED` or `RESET_REQUIRED`.
        pub final_user_status: Option<String>,
        /// `SUPPRESS` keeps Cognito from sending a welcome message. The emulator never sends one.
        pub message_action: Option<String>,
        /// How the message would be sent.
        pub desired_delivery_mediums: Vec<String>,
        /// Whether an alias moves from another user. Otherwise, the user isn't migrated if another one has the alias.
        pub force_alias_creation: bool,
        /// Whether codes by SMS are the user's second factor.
        #[serde(rename = "enableSMSMFA")]
        pub enable_sms_mfa: bool,
    }

    /// A challenge of the sign-in, and how it was answered.
    pub struct ChallengeResult {
        /// The challenge.
        pub challenge_name: String,
        /// Whether the answer was right.
        pub challenge_result: bool,
        /// The metadata from CreateAuthChallenge.
        pub challenge_metadata: Option<String>,
    }

    /// The state of a custom sign-in.
    pub struct DefineAuthChallengeRequest {
        /// The user's attributes.
        pub user_attributes: Texts,
        /// The challenges so far.
        pub session: Vec<ChallengeResult>,
        /// The caller's data for triggers.
        pub client_metadata: Texts,
        /// Whether the user doesn't exist, and the app client hides that.
        pub user_not_found: bool,
    }

    /// The next step of a custom sign-in.
    pub struct DefineAuthChallengeResponse {
        /// The next challenge.
        pub challenge_name: Option<String>,
        /// Whether the user is signed in.
        pub issue_tokens: bool,
        /// Whether the sign-in has failed.
        pub fail_authentication: bool,
    }

    /// The request for a challenge.
    pub struct CreateAuthChallengeRequest {
        /// The user's attributes.
        pub user_attributes: Texts,
        /// The challenge's name.
        pub challenge_name: String,
        /// The challenges so far.
        pub session: Vec<ChallengeResult>,
        /// The caller's data for triggers.
        pub client_metadata: Texts,
        /// Whether the user doesn't exist, and the app client hides that.
        pub user_not_found: bool,
    }

    /// A challenge.
    pub struct CreateAuthChallengeResponse {
        /// The parameters for the caller.
        pub public_challenge_parameters: Texts,
        /// The parameters for VerifyAuthChallenge.
        pub private_challenge_parameters(secret): Texts,
        /// The metadata for DefineAuthChallenge.
        pub challenge_metadata: Option<String>,
    }

    /// An answer to a challenge.
    pub struct VerifyAuthChallengeRequest {
        /// The user's attributes.
        pub user_attributes: Texts,
        /// The private parameters from CreateAuthChallenge.
        pub private_challenge_parameters(secret): Texts,
        /// The answer.
        pub challenge_answer(secret): String,
        /// The caller's data for triggers.
        pub client_metadata: Texts,
        /// Whether the user doesn't exist, and the app client hides that.
        pub user_not_found: bool,
    }

    /// Whether the answer is right.
    pub struct VerifyAuthChallengeResponse {
        /// Whether the answer is right.
        pub answer_correct: bool,
    }
}
