//! Errors as Cognito sends them: the exception's name and its message.

use aws_smithy_types::error::operation::BuildError;

/// The error with which an operation refuses a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

/// The result of an operation.
pub(crate) type Answer<T> = Result<T, Fault>;

/// A constructor for each exception that the rules use.
macro_rules! exceptions {
    ($($name:ident = $code:literal;)*) => {
        $(
            #[doc = concat!("`", $code, "`.")]
            pub(crate) fn $name(message: impl Into<String>) -> Self {
                Self { code: $code, message: message.into() }
            }
        )*
    };
}

impl Fault {
    exceptions! {
        alias_exists = "AliasExistsException";
        code_delivery_failure = "CodeDeliveryFailureException";
        code_mismatch = "CodeMismatchException";
        device_key_exists = "DeviceKeyExistsException";
        duplicate_provider = "DuplicateProviderException";
        enable_software_token = "EnableSoftwareTokenMFAException";
        expired_code = "ExpiredCodeException";
        group_exists = "GroupExistsException";
        internal = "InternalErrorException";
        invalid_lambda_response = "InvalidLambdaResponseException";
        invalid_o_auth_flow = "InvalidOAuthFlowException";
        invalid_parameter = "InvalidParameterException";
        invalid_password = "InvalidPasswordException";
        limit_exceeded = "LimitExceededException";
        managed_login_branding_exists = "ManagedLoginBrandingExistsException";
        not_authorized = "NotAuthorizedException";
        password_history = "PasswordHistoryPolicyViolationException";
        password_reset_required = "PasswordResetRequiredException";
        precondition = "PreconditionNotMetException";
        refresh_token_reuse = "RefreshTokenReuseException";
        resource_conflict = "ResourceConflictException";
        resource_not_found = "ResourceNotFoundException";
        scope_does_not_exist = "ScopeDoesNotExistException";
        software_token_not_found = "SoftwareTokenMFANotFoundException";
        mfa_method_not_found = "MFAMethodNotFoundException";
        invalid_pool_configuration = "InvalidUserPoolConfigurationException";
        feature_unavailable = "FeatureUnavailableInTierException";
        tagging = "UserPoolTaggingException";
        tier_change = "TierChangeNotAllowedException";
        unexpected_lambda = "UnexpectedLambdaException";
        unsupported_provider = "UnsupportedIdentityProviderException";
        terms_exists = "TermsExistsException";
        unsupported_user_state = "UnsupportedUserStateException";
        unsupported_token_type = "UnsupportedTokenTypeException";
        user_lambda_validation = "UserLambdaValidationException";
        user_not_confirmed = "UserNotConfirmedException";
        user_pool_add_on = "UserPoolAddOnNotEnabledException";
        user_not_found_saying = "UserNotFoundException";
        username_exists = "UsernameExistsException";
        web_authn_challenge_not_found = "WebAuthnChallengeNotFoundException";
        web_authn_client_mismatch = "WebAuthnClientMismatchException";
        web_authn_configuration_missing = "WebAuthnConfigurationMissingException";
        web_authn_credential_not_supported = "WebAuthnCredentialNotSupportedException";
        web_authn_not_enabled = "WebAuthnNotEnabledException";
        web_authn_origin_not_allowed = "WebAuthnOriginNotAllowedException";
        web_authn_relying_party_mismatch = "WebAuthnRelyingPartyMismatchException";
    }

    /// The user doesn't exist.
    pub(crate) fn user_not_found() -> Self {
        Self::user_not_found_saying("User does not exist.")
    }

    /// A wrong name or password, without saying which.
    pub(crate) fn wrong_password() -> Self {
        Self::not_authorized("Incorrect username or password.")
    }

    /// A member has a value that the model forbids. `member` is its name in the model, but with a lower-case first
    /// letter.
    pub(crate) fn constraint(value: &str, member: &str, constraint: &str) -> Self {
        Self::invalid_parameter(format!(
            "1 validation error detected: Value {value} at '{member}' failed to satisfy constraint: {constraint}"
        ))
    }
}

impl From<BuildError> for Fault {
    fn from(error: BuildError) -> Self {
        Self::internal(error.to_string())
    }
}

/// The value of a required member. `member` is its name in the model, but with a lower-case first letter.
pub(crate) fn required<T>(value: Option<T>, member: &str) -> Answer<T> {
    value.ok_or_else(|| Fault::constraint("null", member, "Member must not be null"))
}
