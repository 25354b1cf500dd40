//! Errors that can't happen here, each with the reason.

use super::Pair;
use super::model::Operation;
use std::collections::BTreeMap;

/// Of which operations an error is meant.
pub(super) enum Of {
    /// All that the documentation lists it for.
    All,
    /// All that the documentation lists it for, but these.
    AllBut(&'static [&'static str]),
    /// All that are signed with AWS credentials and list it, but these.
    SignedBut(&'static [&'static str]),
    /// These.
    These(&'static [&'static str]),
}

/// An error that can't happen in some operations.
pub(super) struct Never {
    pub(super) error: &'static str,
    pub(super) of: Of,
    pub(super) reason: &'static str,
}

impl Never {
    pub(super) fn new(error: &'static str, of: Of, reason: &'static str) -> Self {
        Self { error, of, reason }
    }

    /// The pairs that are meant. What is named must be in the model, and lists of exceptions must except something.
    pub(super) fn pairs(&self, model: &BTreeMap<String, Operation>, wrong: &mut Vec<String>) -> Vec<Pair> {
        let listed = || model.values().filter(|operation| operation.errors.contains(self.error));
        let (names, excepted): (Vec<&str>, &[&str]) = match self.of {
            Of::All => (listed().map(|operation| operation.name.as_str()).collect(), &[]),
            Of::AllBut(excepted) => (listed().map(|operation| operation.name.as_str()).collect(), excepted),
            Of::SignedBut(excepted) => {
                let signed = listed().filter(|operation| operation.signed);
                (signed.map(|operation| operation.name.as_str()).collect(), excepted)
            }
            Of::These(names) => (names.to_vec(), &[]),
        };
        for name in excepted.iter().filter(|name| !names.contains(*name)) {
            wrong.push(format!("{name} is excepted from {}, which it doesn't list", self.error));
        }
        if names.is_empty() {
            wrong.push(format!("no operation lists {}", self.error));
        }
        let meant = names.into_iter().filter(|name| !excepted.contains(name));
        meant.map(|name| (name.to_owned(), self.error.to_owned())).collect()
    }
}

/// Those of both services.
pub(super) fn everywhere() -> [Never; 3] {
    [
        Never::new(
            "InternalErrorException",
            Of::All,
            "nothing fails inside of the emulator",
        ),
        Never::new(
            "TooManyRequestsException",
            Of::All,
            "requests aren't throttled: tests may ask as often as they like",
        ),
        Never::new(
            "ConcurrentModificationException",
            Of::All,
            "requests are answered one after the other",
        ),
    ]
}

/// Those of user pools alone.
pub(super) fn user_pools() -> Vec<Never> {
    vec![
        Never::new(
            "InternalServerException",
            Of::All,
            "nothing fails inside of the emulator",
        ),
        Never::new(
            "OperationNotEnabledException",
            Of::All,
            "the emulator is the primary region of all its pools, where each operation is available",
        ),
        Never::new(
            "ForbiddenException",
            Of::All,
            "there is no WAF in front of the emulator",
        ),
        Never::new(
            "NotAuthorizedException",
            Of::SignedBut(&[
                "AdminConfirmSignUp",
                "AdminInitiateAuth",
                "AdminResetUserPassword",
                "AdminRespondToAuthChallenge",
                "GetClientToken",
                "GetDerivedToken",
            ]),
            "signatures and IAM policies aren't checked: who reaches the emulator can do everything",
        ),
        Never::new("AccessDeniedException", Of::All, "IAM policies aren't checked"),
        Never::new(
            "InvalidSmsRoleAccessPolicyException",
            Of::All,
            "the outbox takes texts: no role is assumed to send them",
        ),
        Never::new(
            "InvalidSmsRoleTrustRelationshipException",
            Of::All,
            "the outbox takes texts: no role is assumed to send them",
        ),
        Never::new(
            "InvalidEmailRoleAccessPolicyException",
            Of::All,
            "the outbox takes mails: no identity of Amazon SES is used to send them",
        ),
        Never::new(
            "CodeDeliveryFailureException",
            Of::These(&["SetRiskConfiguration"]),
            "it sends no message",
        ),
        Never::new(
            "UserNotConfirmedException",
            Of::AllBut(&[
                "AdminDeleteSoftwareToken",
                "AdminInitiateAuth",
                "AdminRespondToAuthChallenge",
                "AdminSetUserMFAPreference",
                "ConfirmForgotPassword",
                "InitiateAuth",
                "RespondToAuthChallenge",
            ]),
            "only confirmed users get an access token, and nothing makes them unconfirmed again",
        ),
        Never::new(
            "UserImportInProgressException",
            Of::All,
            "an import has ended when StartUserImportJob answers",
        ),
        Never::new(
            "TooManyFailedAttemptsException",
            Of::All,
            "calls are counted, whether they fail or not: LimitExceededException tells that, as Cognito does",
        ),
        Never::new(
            "UnsupportedOperationException",
            Of::AllBut(&["RevokeToken"]),
            "a flow that isn't enabled for the client is InvalidParameterException, as it is in Cognito",
        ),
        Never::new(
            "LimitExceededException",
            Of::These(&["CreateUserPoolReplica"]),
            "the documentation names no quota of replicas",
        ),
        Never::new(
            "LimitExceededException",
            Of::These(&[
                "DeleteUserPoolClientSecret",
                "DeleteWebAuthnCredential",
                "ListUserPoolClientSecrets",
                "ListWebAuthnCredentials",
            ]),
            "what only lists or deletes exceeds no quota",
        ),
        Never::new(
            "LimitExceededException",
            Of::These(&["AdminConfirmSignUp"]),
            "the quotas limit the calls of users, not those of administrators",
        ),
        Never::new(
            "LimitExceededException",
            Of::These(&["AdminResetUserPassword", "SignUp"]),
            "the daily quota of 50 mails isn't kept: tests send as many as they like",
        ),
        Never::new(
            "ServiceQuotaExceededException",
            Of::All,
            "the emulator's account has no Service Quotas: each rate above the free one is granted",
        ),
        Never::new(
            "TierChangeNotAllowedException",
            Of::These(&["CreateUserPool"]),
            "a new pool has no plan yet that could change",
        ),
        Never::new(
            "UserPoolTaggingException",
            Of::These(&["DescribeUserPool"]),
            "it sets no tags",
        ),
        Never::new(
            "PreconditionNotMetException",
            Of::These(&["AdminCreateUser", "CreateUserImportJob"]),
            "the documentation names no precondition",
        ),
        Never::new(
            "AliasExistsException",
            Of::These(&["AdminDisableProviderForUser"]),
            "it takes a link away, and gives nobody an alias",
        ),
        Never::new(
            "CodeMismatchException",
            Of::These(&["UpdateUserAttributes"]),
            "the request has no code: VerifyUserAttribute takes it",
        ),
        Never::new(
            "ExpiredCodeException",
            Of::These(&["UpdateUserAttributes"]),
            "the request has no code: VerifyUserAttribute takes it",
        ),
        Never::new(
            "InvalidPasswordException",
            Of::These(&["ConfirmDevice"]),
            "the request has the verifier of the device's password, not the password",
        ),
        Never::new(
            "UsernameExistsException",
            Of::These(&["ConfirmDevice"]),
            "it makes no user: DeviceKeyExistsException tells of a device that is known",
        ),
        Never::new(
            "InvalidLambdaResponseException",
            Of::These(&["ConfirmDevice", "GetDerivedToken"]),
            NO_TRIGGER,
        ),
        Never::new("UnexpectedLambdaException", Of::These(&["GetDerivedToken"]), NO_TRIGGER),
        Never::new(
            "UserLambdaValidationException",
            Of::These(&["GetDerivedToken"]),
            NO_TRIGGER,
        ),
        Never::new(
            "LimitExceededException",
            Of::These(&["CompleteWebAuthnRegistration"]),
            "a registration is open at a time, and StartWebAuthnRegistration opens none beyond the quota",
        ),
        Never::new(
            "ResourceNotFoundException",
            Of::These(&["DescribeUserPoolDomain"]),
            "a domain that isn't there is described with nothing, as Cognito does it",
        ),
    ]
}

const NO_TRIGGER: &str = "the documentation names no trigger that runs";
