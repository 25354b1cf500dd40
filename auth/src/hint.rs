//! Hints for common mistakes, found by Cognito's answer to them.

use crate::wire::INITIATE_REFRESH;
use cognito_runtime::error::hint_of_code;

/// The names of the steps that Cognito announces by an exception.
pub(crate) const RESET_PASSWORD: &str = "PasswordResetRequiredException";
pub(crate) const CONFIRM_SIGN_UP: &str = "UserNotConfirmedException";

/// The hint for an error with this code and message. It names this crate's API if possible; otherwise it is the general
/// hint for callers of Cognito.
pub(crate) fn hint(operation: &str, code: &str, message: &str) -> Option<&'static str> {
    let lower = message.to_lowercase();
    let says = |text: &str| lower.contains(text);
    Some(match code {
        "NotAuthorizedException" if says("secret_hash was not received") || says("secret hash was not received") => {
            "The app client has a secret: give it with `UserPool::with_secret`"
        }
        RESET_PASSWORD => "The user must reset the password first: `UserPool::forgot_password`",
        "UsernameExistsException" => "The name is taken: ask for another one",
        "AliasExistsException" => {
            "Another user has this address or number, and signs in with it: use another one, or that user"
        }
        CONFIRM_SIGN_UP => "The user must confirm the sign-up first: `UserPool::confirm_sign_up`",
        "NotAuthorizedException" if operation == "RespondToAuthChallenge" && says("incorrect username or password") => {
            "The user name or the password is wrong; if both are right, the proof came too late: it must be sent within \
             seconds, by a clock that is right"
        }
        "UnsupportedOperationException" if operation == INITIATE_REFRESH => {
            "Refresh token rotation is on: refresh with GetTokensFromRefreshToken"
        }
        _ => match (hint_of_code(code, message), code) {
            (Some(hint), _) => hint,
            (None, "NotAuthorizedException") if says("session") => {
                "The challenge has expired or was answered already: begin the sign-in again"
            }
            (None, "NotAuthorizedException") if operation == "RespondToAuthChallenge" => {
                "The answer is wrong or came too late: a password proof must be sent within seconds, by a clock that is right"
            }
            (None, "ResourceNotFoundException") => {
                "Check client id, pool id and region: there is no such app client or pool here"
            }
            _ => return None,
        },
    })
}

/// The hint for a step of a sign-in that the program doesn't handle: what to write.
pub(crate) fn hint_of_step(step: &str) -> &'static str {
    match step {
        "SIGNED_IN" => "The user is signed in: match `Step::SignedIn`",
        CONFIRM_SIGN_UP => "The user's sign-up isn't confirmed: match `Step::ConfirmSignUp`, and call its `confirm`",
        RESET_PASSWORD => "The password was reset: match `Step::ResetPassword`, and call its `confirm`",
        _ => "Match it in `Step::Challenge`, or change the settings of the pool or the user that lead to it",
    }
}
