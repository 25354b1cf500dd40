//! The login form: the password, and then the challenges of the sign-in.
//!
//! Source: [the login endpoint](https://docs.aws.amazon.com/cognito/latest/developerguide/login-endpoint.html).

use super::authorize::{Asked, read};
use super::{Authorization, form, redirect, with_fragment, with_query};
use crate::clock::Moment;
use crate::fault::{Answer, Fault};
use crate::http::Fields;
use crate::pools::Pool;
use crate::random;
use crate::sign_in::{Call, Challenge, Next};
use crate::tokens::{self, Grant};
use crate::users::UserKey;
use crate::world::{Around, World};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use cognito_idp::types::ChallengeNameType;

/// How long a code can be exchanged, in seconds.
const CODE: u64 = 300;

/// The form.
pub(super) fn show(world: &mut World, query: &Fields) -> HttpResponse {
    match read(world, query) {
        Ok(_) => password_form(None, ""),
        Err(response) => *response,
    }
}

fn password_form(message: Option<&str>, username: &str) -> HttpResponse {
    form::form(
        "Sign in",
        message,
        &[
            ("username", "Username", "text", username),
            ("password", "Password", "password", ""),
        ],
    )
}

/// The filled-in form.
pub(super) fn submit(world: &mut World, query: &Fields, fields: &Fields) -> HttpResponse {
    let asked = match read(world, query) {
        Ok(asked) => asked,
        Err(response) => return *response,
    };
    let now = world.now();
    let username = fields.get("username").unwrap_or_default().to_owned();
    let Ok((pool, _)) = world.state.app(Some(&asked.app.id)) else {
        return form::error("invalid_client");
    };
    match sign_in(&world.around, pool, &asked, fields, now) {
        Ok(Next::SignedIn(signed_in)) => finish(&world.around, pool, &asked, signed_in.grant.user, now)
            .unwrap_or_else(|fault| password_form(Some(&fault.message), &username)),
        Ok(Next::Challenge(Challenge { name, session, .. })) => {
            challenge_form(&name, &session.unwrap_or_default(), &username, None)
        }
        Err(fault) => match (fields.get("challenge"), fields.get("session")) {
            (Some(challenge), Some(session)) => {
                challenge_form(&challenge.into(), session, &username, Some(&fault.message))
            }
            _ => password_form(Some(&fault.message), &username),
        },
    }
}

/// The form field for the answer to a challenge.
fn answer_to(challenge: &ChallengeNameType) -> Option<(String, &'static str, &'static str)> {
    Some(match challenge {
        ChallengeNameType::NewPasswordRequired => ("NEW_PASSWORD".to_owned(), "New password", "password"),
        ChallengeNameType::SelectMfaType => ("ANSWER".to_owned(), "SMS_MFA, SOFTWARE_TOKEN_MFA or EMAIL_OTP", "text"),
        ChallengeNameType::SmsMfa | ChallengeNameType::EmailOtp | ChallengeNameType::SoftwareTokenMfa => {
            (format!("{challenge}_CODE"), "Code", "text")
        }
        _ => return None,
    })
}

fn challenge_form(challenge: &ChallengeNameType, session: &str, username: &str, message: Option<&str>) -> HttpResponse {
    let Some((_, label, kind)) = answer_to(challenge) else {
        return form::error(&format!("The form has no answer to {challenge}."));
    };
    form::form(
        "Continue",
        message,
        &[
            ("answer", label, kind, ""),
            ("username", "", "hidden", username),
            ("challenge", "", "hidden", challenge.as_str()),
            ("session", "", "hidden", session),
        ],
    )
}

fn sign_in(around: &Around, pool: &mut Pool, asked: &Asked, fields: &Fields, now: Moment) -> Answer<Next> {
    let field = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    let mut app = asked.app.clone();
    // The form is Cognito's own: it needs no proof of the client's secret.
    app.secrets.clear();
    let mut call = Call::new(around, pool, app, now);
    call.parameters.insert("USERNAME".to_owned(), field("username"));
    match fields.get("challenge").map(ChallengeNameType::from) {
        Some(challenge) => {
            let (name, ..) =
                answer_to(&challenge).ok_or_else(|| Fault::invalid_parameter("The form has no such challenge."))?;
            call.parameters.insert(name, field("answer"));
            call.respond_on_page(&challenge, fields.get("session"))
        }
        None => call.password(&field("username"), &field("password")),
    }
}

/// Sends the app the code or the tokens that it has requested.
fn finish(around: &Around, pool: &mut Pool, asked: &Asked, user: UserKey, now: Moment) -> Answer<HttpResponse> {
    let mut pairs: Vec<(&str, String)> = Vec::new();
    if asked.implicit {
        let grant = Grant {
            user,
            scopes: asked.scopes.clone(),
            device_key: None,
            nonce: asked.nonce.clone(),
            source: "HostedAuth",
        };
        let result = tokens::issue(around, pool, &asked.app, grant, None, now)?;
        pairs.extend(result.id_token.map(|token| ("id_token", token)));
        pairs.push(("access_token", result.access_token.unwrap_or_default()));
        pairs.push(("expires_in", result.expires_in.to_string()));
        pairs.push(("token_type", "Bearer".to_owned()));
    } else {
        let code = random::uuid();
        let authorization = Authorization {
            user,
            client_id: asked.app.id.clone(),
            redirect_uri: asked.redirect_uri.clone(),
            scopes: asked.scopes.clone(),
            nonce: asked.nonce.clone(),
            challenge: asked.challenge.clone(),
            expires: now.after(CODE),
        };
        pool.authorizations.insert(code.clone(), authorization);
        pairs.push(("code", code));
    }
    pairs.extend(asked.state.clone().map(|state| ("state", state)));
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
    // Tokens go behind the `#`, so that no server sees them (RFC 6749, section 4.2.2).
    Ok(redirect(&if asked.implicit {
        with_fragment(&asked.redirect_uri, &pairs)
    } else {
        with_query(&asked.redirect_uri, &pairs)
    }))
}
