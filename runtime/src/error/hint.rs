//! Hints for common mistakes, found by AWS's answer to them.

/// The hint for a service error with this code and message.
///
/// AWS doesn't document its messages. If one changes, only the hint is lost.
#[doc(hidden)]
pub fn hint_of_code(code: &str, message: &str) -> Option<&'static str> {
    let message = message.to_ascii_lowercase();
    let says = |text: &str| message.contains(text);
    Some(match code {
        "InvalidParameterException" if says("flow not enabled") || says("not enabled for") => {
            let named = FLOWS.iter().find(|(flow, _)| says(flow));
            named.map_or(FLOW, |(_, hint)| *hint)
        }
        "InvalidParameterException" if says("requires essentials") || says("tier") => TIER,
        "FeatureUnavailableInTierException" => TIER,
        "NotAuthorizedException" if says("secret_hash was not received") || says("secret hash was not received") => {
            "The app client has a secret: send SECRET_HASH, which is Base64 of the HMAC-SHA256, keyed with the secret, of \
             user name and client id; cognito-auth computes it"
        }
        "NotAuthorizedException" if says("secret hash") || says("secrethash") || says("verify secret") => {
            "The client secret doesn't belong to this client id, or was rotated: check both, and that the hash is of the \
             user name that is sent"
        }
        "NotAuthorizedException" if says("timestamp") => CLOCK,
        "NotAuthorizedException" if says("refresh token") => {
            "The refresh token has expired, was revoked, or belongs to a remembered device whose key wasn't sent: sign in \
             again"
        }
        "NotAuthorizedException" if says("access token") => {
            "The access token has expired or was revoked, or lacks the scope aws.cognito.signin.user.admin: get a new one \
             with the refresh token, or sign in"
        }
        "NotAuthorizedException" if says("incorrect username or password") => "The user name or the password is wrong",
        "NotAuthorizedException" if says("attempts exceeded") => "Wait: the user is locked out after wrong passwords",
        "ResourceNotFoundException" if says("device") => "The pool has forgotten this device: sign in without it",
        "ResourceNotFoundException" if says("pool") => {
            "There is no such pool or app client here: check client id, pool id (which begins with its region), region and \
             account"
        }
        "CodeMismatchException" | "EnableSoftwareTokenMFAException" => {
            "The code is wrong: enter it again, or the next one"
        }
        "ExpiredCodeException" => "The code has expired: ask for a new one",
        "RefreshTokenReuseException" => "The refresh token was used after its grace period: sign in again",
        "ForbiddenException" => "A rule of AWS WAF on the pool refused the request: see its log",
        "InvalidEmailRoleAccessPolicyException"
        | "InvalidSmsRoleAccessPolicyException"
        | "InvalidSmsRoleTrustRelationshipException" => {
            "The pool can't send messages: check its SES identity, or the role that it sends texts with"
        }
        "WebAuthnOriginNotAllowedException" | "WebAuthnRelyingPartyMismatchException" => {
            "The page must be of the pool's relying party, over HTTPS: check RelyingPartyId of the pool's \
             WebAuthnConfiguration"
        }
        "WebAuthnNotEnabledException" | "WebAuthnConfigurationMissingException" => {
            "Allow passkeys: WEB_AUTHN in the pool's AllowedFirstAuthFactors, and a relying party or a domain"
        }
        "UserLambdaValidationException" | "UnexpectedLambdaException" | "InvalidLambdaResponseException" => {
            "A Lambda trigger of the pool refused or failed: see its log"
        }
        "TooManyRequestsException" | "LimitExceededException" | "ThrottlingException" => {
            "Slow down and try again later; quotas can be raised"
        }
        "ExpiredToken" | "ExpiredTokenException" => "The AWS credentials have expired: get new ones",
        "RequestExpired" | "RequestTimeTooSkewed" | "RequestInTheFuture" => CLOCK,
        "InvalidSignatureException" | "SignatureDoesNotMatch" if says("expired") || says("not yet current") => CLOCK,
        "InvalidSignatureException" | "SignatureDoesNotMatch" => {
            "The secret access key doesn't belong to the access key id, or something changes requests on their way"
        }
        "UnrecognizedClientException" | "InvalidClientTokenId" => {
            "AWS doesn't know the access key id, or its session token is missing: check the AWS credentials"
        }
        "AccessDeniedException" => {
            "The IAM policy of the AWS credentials doesn't allow this operation on this resource"
        }
        _ => return None,
    })
}

/// A hint for each flow that a message can name.
macro_rules! flows {
    ($($flow:literal: $value:literal;)*) => {
        &[$(($flow, concat!("Allow the flow for this app client: add ", $value, " to its ExplicitAuthFlows"))),*]
    };
}

const FLOWS: &[(&str, &str)] = flows! {
    // The name of the second is in that of the first.
    "admin_user_password_auth": "ALLOW_ADMIN_USER_PASSWORD_AUTH";
    "user_password_auth": "ALLOW_USER_PASSWORD_AUTH";
    "user_srp_auth": "ALLOW_USER_SRP_AUTH";
    "custom_auth": "ALLOW_CUSTOM_AUTH";
    "client_token_auth": "ALLOW_CLIENT_TOKEN_AUTH";
    "refresh_token_auth": "ALLOW_REFRESH_TOKEN_AUTH";
    "user_auth": "ALLOW_USER_AUTH";
};
const FLOW: &str = "Allow the flow for this app client: add it to its ExplicitAuthFlows, with ALLOW_ before its name";
const TIER: &str = "This needs a user pool of the Essentials or Plus tier";
const CLOCK: &str = "The clock is off: set it by NTP";

/// The hint for a call without an answer, by the kind of its error and the texts of its causes.
pub(super) fn hint_of_cause(kind: &str, causes: &str) -> Option<&'static str> {
    let causes = causes.to_ascii_lowercase();
    let says = |text: &str| causes.contains(text);
    Some(match kind {
        // `Config::from_env` says what to do itself.
        _ if says("the environment variable") => return None,
        _ if says("missing region") || says("signing region") => {
            "Set the configuration's `region`, or AWS_REGION for `Config::from_env` and aws-config"
        }
        _ if says("credential") || says("no auth options") => {
            "Give the configuration a `credentials_provider`, from aws-config for example, or set AWS_ACCESS_KEY_ID and \
             AWS_SECRET_ACCESS_KEY for `Config::from_env`"
        }
        "timeout" => "Look at the network, or allow more time in the configuration's `timeout_config`",
        _ if says("failed to apply endpoint") => "Begin the configuration's `endpoint_url` with http:// or https://",
        "dispatch failure" if says("connection refused") => {
            "Nothing listens there: check the configuration's `endpoint_url`, and AWS_ENDPOINT_URL"
        }
        "dispatch failure" if says("dns") || says("lookup") => {
            "The host's name can't be looked up: check region, `endpoint_url` and network"
        }
        _ => return None,
    })
}
