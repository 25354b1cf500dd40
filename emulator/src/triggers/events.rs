//! The events, member by member as Lambda gets them.
//!
//! Source: [the parameters of each trigger](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html#cognito-user-pools-lambda-trigger-event-parameter-shared).

use super::Trigger;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Names and values.
type Texts = BTreeMap<String, String>;

/// What all events have in common, around what is asked and what is answered.
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
    /// Who calls.
    pub caller_context: CallerContext,
    /// Why: `PreSignUp_AdminCreateUser`, for example.
    pub trigger_source: String,
    /// What Cognito tells.
    pub request: Q,
    /// What the trigger answers.
    pub response: R,
}

/// Who calls.
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
    /// Instead of sending a message; the code isn't encrypted as it is in AWS.
    CustomSender = "CustomSender": CustomSenderRequest => Option<()>;
    /// When someone unknown signs in, or has forgotten their password.
    UserMigration = "UserMigration": UserMigrationRequest => UserMigrationResponse;
    /// To decide how a custom sign-in goes on.
    DefineAuthChallenge = "DefineAuthChallenge": DefineAuthChallengeRequest => DefineAuthChallengeResponse;
    /// To make the next challenge of a custom sign-in.
    CreateAuthChallenge = "CreateAuthChallenge": CreateAuthChallengeRequest => CreateAuthChallengeResponse;
    /// To check the answer to a challenge of a custom sign-in.
    VerifyAuthChallenge = "VerifyAuthChallengeResponse": VerifyAuthChallengeRequest => VerifyAuthChallengeResponse;
}

macro_rules! members {
    ($($(#[$doc:meta])* pub struct $name:ident { $($(#[$member_doc:meta])* pub $member:ident: $type:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
            #[serde(rename_all = "camelCase", default)]
            #[non_exhaustive]
            pub struct $name {
                $($(#[$member_doc])* pub $member: $type,)*
            }
        )*
    };
}

members! {
    /// What Cognito tells before a user signs up.
    pub struct PreSignUpRequest {
        /// The user's attributes.
        pub user_attributes: Texts,
        /// What the caller gave for validation only.
        pub validation_data: Texts,
        /// What the caller gave for triggers.
        pub client_metadata: Texts,
    }

    /// What a trigger decides before a user signs up.
    pub struct PreSignUpResponse {
        /// Whether the user is confirmed at once.
        pub auto_confirm_user: bool,
        /// Whether the e-mail address counts as verified.
        pub auto_verify_email: bool,
        /// Whether the phone number counts as verified.
        pub auto_verify_phone: bool,
    }

    /// What Cognito tells after a user was confirmed.
    pub struct PostConfirmationRequest {
        /// The user's attributes.
        pub user_attributes: Texts,
        /// What the caller gave for triggers.
        pub client_metadata: Texts,
    }

    /// What Cognito tells before a sign-in.
    pub struct PreAuthenticationRequest {
        /// The user's attributes.
        pub user_attributes: Texts,
        /// What the caller gave for validation.
        pub validation_data: Texts,
        /// Whether there is no such user, and the app client hides that.
        pub user_not_found: bool,
    }

    /// What Cognito tells after a sign-in.
    pub struct PostAuthenticationRequest {
        /// The user's attributes.
        pub user_attributes: Texts,
        /// Whether the sign-in was with a device that Cognito didn't know.
        pub new_device_used: bool,
        /// What the caller gave for triggers.
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

    /// What Cognito tells before tokens are made.
    pub struct PreTokenGenerationRequest {
        /// The user's attributes.
        pub user_attributes: Texts,
        /// The user's groups.
        pub group_configuration: GroupConfiguration,
        /// The scopes of the access token.
        pub scopes: Vec<String>,
        /// What the caller gave for triggers.
        pub client_metadata: Texts,
    }

    /// What a trigger changes in tokens, in the form of version 1 or of version 2.
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
        /// Claims to leave out.
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
        /// Claims to leave out.
        pub claims_to_suppress: Vec<String>,
        /// Scopes to add.
        pub scopes_to_add: Vec<String>,
        /// Scopes to leave out.
        pub scopes_to_suppress: Vec<String>,
    }

    /// What Cognito tells before a message is sent.
    pub struct CustomMessageRequest {
        /// The user's attributes.
        pub user_attributes: Texts,
        /// What stands for the code: `{####}`.
        pub code_parameter: String,
        /// What stands for the username, in an invitation.
        pub username_parameter: Option<String>,
        /// What the caller gave for triggers.
        pub client_metadata: Texts,
    }

    /// The message that a trigger writes.
    pub struct CustomMessageResponse {
        /// The text.
        pub sms_message: Option<String>,
        /// The mail.
        pub email_message: Option<String>,
        /// The mail's subject.
        pub email_subject: Option<String>,
    }

    /// A message that a trigger sends.
    pub struct CustomSenderRequest {
        /// The code.
        pub code: String,
        /// The user's attributes.
        pub user_attributes: Texts,
        /// What the caller gave for triggers.
        pub client_metadata: Texts,
    }

    /// What Cognito tells of someone unknown.
    pub struct UserMigrationRequest {
        /// The password, at a sign-in.
        pub password: Option<String>,
        /// What the caller gave for validation.
        pub validation_data: Texts,
        /// What the caller gave for triggers.
        pub client_metadata: Texts,
    }

    /// The user that a trigger has found elsewhere.
    pub struct UserMigrationResponse {
        /// The attributes; none where there is no such user.
        pub user_attributes: Option<Texts>,
        /// `CONFIRMED` or `RESET_REQUIRED`.
        pub final_user_status: Option<String>,
        /// `SUPPRESS` keeps Cognito from a welcome message.
        pub message_action: Option<String>,
        /// How the message is sent.
        pub desired_delivery_mediums: Vec<String>,
        /// Whether an alias moves from another user.
        pub force_alias_creation: bool,
    }

    /// A challenge of the sign-in, and how it was answered.
    pub struct ChallengeResult {
        /// The challenge.
        pub challenge_name: String,
        /// Whether the answer was right.
        pub challenge_result: bool,
        /// What CreateAuthChallenge noted about it.
        pub challenge_metadata: Option<String>,
    }

    /// How far a custom sign-in has come.
    pub struct DefineAuthChallengeRequest {
        /// The user's attributes.
        pub user_attributes: Texts,
        /// The challenges so far.
        pub session: Vec<ChallengeResult>,
        /// What the caller gave for triggers.
        pub client_metadata: Texts,
        /// Whether there is no such user, and the app client hides that.
        pub user_not_found: bool,
    }

    /// How a custom sign-in goes on.
    pub struct DefineAuthChallengeResponse {
        /// The next challenge.
        pub challenge_name: Option<String>,
        /// Whether the user is signed in.
        pub issue_tokens: bool,
        /// Whether the sign-in has failed.
        pub fail_authentication: bool,
    }

    /// What a challenge is to be made for.
    pub struct CreateAuthChallengeRequest {
        /// The user's attributes.
        pub user_attributes: Texts,
        /// The challenge's name.
        pub challenge_name: String,
        /// The challenges so far.
        pub session: Vec<ChallengeResult>,
        /// What the caller gave for triggers.
        pub client_metadata: Texts,
        /// Whether there is no such user, and the app client hides that.
        pub user_not_found: bool,
    }

    /// A challenge.
    pub struct CreateAuthChallengeResponse {
        /// What the caller is told.
        pub public_challenge_parameters: Texts,
        /// What VerifyAuthChallenge is told.
        pub private_challenge_parameters: Texts,
        /// What DefineAuthChallenge is told.
        pub challenge_metadata: Option<String>,
    }

    /// An answer to a challenge.
    pub struct VerifyAuthChallengeRequest {
        /// The user's attributes.
        pub user_attributes: Texts,
        /// What CreateAuthChallenge kept to itself.
        pub private_challenge_parameters: Texts,
        /// The answer.
        pub challenge_answer: String,
        /// What the caller gave for triggers.
        pub client_metadata: Texts,
        /// Whether there is no such user, and the app client hides that.
        pub user_not_found: bool,
    }

    /// Whether the answer is right.
    pub struct VerifyAuthChallengeResponse {
        /// Whether it is.
        pub answer_correct: bool,
    }
}
