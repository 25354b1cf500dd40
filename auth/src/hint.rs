//! The usual mistakes, by what Cognito answers to them.

/// What to do about an error with this code and message. Cognito's texts aren't documented: a text that has changed costs
/// the hint and nothing else.
pub(crate) fn hint(operation: &str, code: &str, message: &str) -> Option<&'static str> {
    let message = message.to_lowercase();
    let says = |text: &str| message.contains(text);
    Some(match code {
        "InvalidParameterException" if says("not enabled for the client") || says("flow not enabled") => {
            "Allow the flow for this app client: add ALLOW_USER_SRP_AUTH, ALLOW_USER_AUTH, ALLOW_USER_PASSWORD_AUTH, \
             ALLOW_CUSTOM_AUTH or ALLOW_ADMIN_USER_PASSWORD_AUTH to its ExplicitAuthFlows"
        }
        "InvalidParameterException" if says("requires essentials") || says("tier") => {
            "This flow needs a user pool of the Essentials or Plus tier"
        }
        "FeatureUnavailableInTierException" => "This needs a user pool of the Essentials or Plus tier",
        "NotAuthorizedException" if says("secret_hash was not received") || says("secret hash was not received") => {
            "The app client has a secret: give it with `UserPool::with_secret`"
        }
        "NotAuthorizedException" if says("secret hash") || says("secrethash") => {
            "The client secret doesn't belong to this client id, or was rotated: check both"
        }
        "NotAuthorizedException" if says("timestamp") => "The clock is off: set it by NTP",
        "NotAuthorizedException" if says("refresh token") => {
            "The refresh token has expired, was revoked, or belongs to a remembered device whose key wasn't sent: sign in \
             again"
        }
        "NotAuthorizedException" if says("access token") => {
            "The access token has expired or was revoked, or lacks the scope aws.cognito.signin.user.admin, which managed \
             login gives on request"
        }
        "NotAuthorizedException" if says("attempts exceeded") => "Wait: the user is locked out after wrong passwords",
        "NotAuthorizedException" if says("session") => {
            "The challenge has expired or was answered already: begin the sign-in again"
        }
        "NotAuthorizedException" if operation == "RespondToAuthChallenge" => {
            "The answer is wrong or came too late: a password proof must be sent within seconds, by a clock that is right"
        }
        "ResourceNotFoundException" if says("device") => "The pool has forgotten this device: sign in without it",
        "ResourceNotFoundException" => "Check client id, pool id and region: there is no such app client or pool here",
        "CodeMismatchException" => "The code is wrong: the same challenge can be answered again",
        "ExpiredCodeException" => "The code has expired: ask for a new one",
        "PasswordResetRequiredException" => "The user must reset the password first: `UserPool::forgot_password`",
        "UserNotConfirmedException" => "The user must confirm the sign-up first: `UserPool::confirm_sign_up`",
        "RefreshTokenReuseException" => "The refresh token was used after its grace period: sign in again",
        "UnsupportedOperationException" if operation == "InitiateAuth" => {
            "Refresh token rotation is on: refresh with GetTokensFromRefreshToken"
        }
        "TooManyRequestsException" | "LimitExceededException" => "Slow down and try again later",
        "UserLambdaValidationException" | "UnexpectedLambdaException" | "InvalidLambdaResponseException" => {
            "A Lambda trigger of the pool refused or failed: see its log"
        }
        _ => return None,
    })
}
