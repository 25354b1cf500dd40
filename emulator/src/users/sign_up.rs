//! Users sign up.
//!
//! Source: [Signing up and confirming user accounts](https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html).

use super::attributes::{self, Writer, check_required, is_email, is_phone_number};
use super::codes::{Purpose, Reason, send_code};
use super::{Mfa, Password, User, aliases};
use crate::clients::App;
use crate::clock::Moment;
use crate::fault::{Answer, Fault, required};
use crate::messages::{event, texts};
use crate::pools::{Pool, check_password};
use crate::random;
use crate::sign_in;
use crate::triggers::{PostConfirmation, PreSignUp, PreSignUpResponse};
use crate::world::{Around, World};
use cognito_idp::operation::sign_up::{SignUpInput, SignUpOutput};
use cognito_idp::types::{
    AttributeType, ExplicitAuthFlowsType, UserStatusType, UsernameAttributeType, VerifiedAttributeType,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The attribute that, as an alias, can't be set at a sign-up.
///
/// Source: [Customizing sign-in attributes](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html#user-pool-settings-aliases).
const PREFERRED: &str = "preferred_username";

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html>
pub(crate) fn sign_up(world: &mut World, input: SignUpInput) -> Answer<SignUpOutput> {
    let now = world.now();
    let (pool, app) = world.state.app(input.client_id())?;
    let typed = required(input.username(), "username")?;
    app.check_secret_hash(typed, input.secret_hash())?;
    let only_admins = pool.description.admin_create_user_config();
    if only_admins.is_some_and(|settings| settings.allow_admin_create_user_only) {
        return Err(Fault::not_authorized("SignUp is not permitted for this user pool"));
    }
    let password = password(pool, &app, input.password())?;
    let mut given = attributes::read(pool, input.user_attributes(), None, Writer::App(&app))?;
    let username = username(pool, typed, &mut given)?;
    check_required(pool, &given)?;
    if given.contains_key(PREFERRED) && pool.alias_attributes().contains(&PREFERRED) {
        return Err(Fault::invalid_parameter(
            "A preferred_username that is an alias can be set once the user is confirmed.",
        ));
    }
    if pool.find(&username).is_some() || pool.users.contains_key(&pool.key(typed)) {
        return Err(Fault::username_exists("User already exists"));
    }
    let mut user = new_user(username, given, now);
    exists_by_address(pool, &user)?;
    user.password = password.map(|plain| Password::new(pool.short_name(), &user.username, plain));
    let answer = pre_sign_up(
        &world.around,
        pool,
        &user,
        Ask {
            client_id: &app.id,
            reason: "SignUp",
            validation_data: input.validation_data(),
            metadata: input.client_metadata(),
        },
    )?;
    let verified = answer.auto_verify_email || answer.auto_verify_phone;
    for (verified, name) in [
        (answer.auto_verify_email, "email"),
        (answer.auto_verify_phone, "phone_number"),
    ] {
        if verified {
            if user.attribute(name).is_none() {
                return Err(Fault::invalid_lambda_response(format!(
                    "The {name} of a user without one can't be verified."
                )));
            }
            user.attributes.insert(format!("{name}_verified"), "true".to_owned());
        }
    }
    if answer.auto_confirm_user {
        user.status = UserStatusType::Confirmed;
    }
    // An address that the trigger verifies moves from whoever has it.
    aliases::claim(pool, &pool.key(&user.username), &user, verified)?;
    let sub = user.sub().to_owned();
    let confirmed = user.status == UserStatusType::Confirmed;
    let key = aliases::insert(pool, user);
    let mut output = SignUpOutput::builder().user_confirmed(confirmed).user_sub(sub);
    if confirmed {
        post_confirmation(
            &world.around,
            pool,
            &key,
            &app.id,
            "ConfirmSignUp",
            input.client_metadata(),
        )?;
    } else if let Some(attribute) = verified_automatically(pool, &key) {
        let reason = Reason {
            purpose: Purpose::SignUp,
            name: "SignUp",
            client_id: &app.id,
            metadata: input.client_metadata(),
        };
        match send_code(&world.around, pool, &key, attribute, reason) {
            Ok(details) => output = output.code_delivery_details(details),
            Err(fault) => {
                aliases::remove(pool, &key);
                return Err(fault);
            }
        }
    }
    if app.allows(ExplicitAuthFlowsType::AllowUserAuth) {
        output = output.session(sign_in::after_sign_up(pool, &app, &key, now));
    }
    Ok(output.build()?)
}

/// The password of a sign-up. It may be missing only if there are other ways to sign in.
fn password<'a>(pool: &Pool, app: &App, password: Option<&'a str>) -> Answer<Option<&'a str>> {
    match password.filter(|password| !password.is_empty()) {
        Some(password) => {
            check_password(pool, password)?;
            Ok(Some(password))
        }
        None if app.allows(ExplicitAuthFlowsType::AllowUserAuth) && sign_in::is_passwordless(pool) => Ok(None),
        None => required(None, "password"),
    }
}

/// The username as typed. If addresses are usernames, it is an id, and the address becomes an attribute.
pub(super) fn username(pool: &Pool, typed: &str, attributes: &mut BTreeMap<String, String>) -> Answer<String> {
    let allowed = pool.description.username_attributes();
    if allowed.is_empty() {
        let aliases = pool.alias_attributes();
        if aliases.contains(&"email") && is_email(typed) {
            return Err(Fault::invalid_parameter(
                "Username cannot be of email format, since user pool is configured for email alias.",
            ));
        }
        if aliases.contains(&"phone_number") && is_phone_number(typed) {
            return Err(Fault::invalid_parameter(
                "Username cannot be of phone number format, since user pool is configured for phone number alias.",
            ));
        }
        return Ok(typed.to_owned());
    }
    let email = allowed.contains(&UsernameAttributeType::Email);
    let phone = allowed.contains(&UsernameAttributeType::PhoneNumber);
    if email && is_email(typed) {
        attributes.insert("email".to_owned(), typed.to_owned());
    } else if phone && is_phone_number(typed) {
        attributes.insert("phone_number".to_owned(), typed.to_owned());
    } else {
        return Err(Fault::invalid_parameter(match (email, phone) {
            (true, true) => "Username should be either an email or a phone number.",
            (true, false) => "Username should be an email.",
            _ => "Username should be a phone number.",
        }));
    }
    Ok(String::new())
}

/// A user who isn't in a pool yet. Without a username, the `sub` is the username.
pub(crate) fn new_user(username: String, mut attributes: BTreeMap<String, String>, now: Moment) -> User {
    let sub = random::uuid();
    attributes.insert("sub".to_owned(), sub.clone());
    for name in ["email", "phone_number"] {
        if attributes.contains_key(name) {
            attributes
                .entry(format!("{name}_verified"))
                .or_insert_with(|| "false".to_owned());
        }
    }
    User {
        username: if username.is_empty() { sub } else { username },
        attributes,
        pending: BTreeMap::new(),
        created: now,
        modified: now,
        status: UserStatusType::Unconfirmed,
        enabled: true,
        password: None,
        history: Vec::new(),
        temporary_until: None,
        codes: BTreeMap::new(),
        mfa: Mfa::default(),
        groups: BTreeSet::new(),
        devices: BTreeMap::new(),
        passkeys: Vec::new(),
        passkey_challenge: None,
        passkey_client: None,
        links: Vec::new(),
        aliases: Vec::new(),
        wrong_passwords: sign_in::WrongPasswords::default(),
        attempts: BTreeMap::new(),
        events: Vec::new(),
    }
}

/// If addresses are usernames, refuses a second user with the same address.
pub(super) fn exists_by_address(pool: &Pool, user: &User) -> Answer<()> {
    if !pool.has_generated_usernames() {
        return Ok(());
    }
    for name in pool.alias_attributes() {
        let taken = |value: &str| pool.aliases.contains_key(&pool.alias(name, value));
        if user.attribute(name).is_some_and(taken) {
            let name = if name == "email" { "email" } else { "phone_number" };
            return Err(Fault::username_exists(format!(
                "An account with the given {name} already exists."
            )));
        }
    }
    Ok(())
}

/// The user's data for the pre sign-up trigger.
#[derive(Debug)]
pub(super) struct Ask<'a> {
    pub(super) client_id: &'a str,
    pub(super) reason: &'a str,
    pub(super) validation_data: &'a [AttributeType],
    pub(super) metadata: Option<&'a HashMap<String, String>>,
}

/// Calls the trigger, and returns what it says of the user. For a user whom an administrator makes, that counts only if it
/// is a refusal.
///
/// Source: [Pre sign-up trigger](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html),
/// under the response parameters.
pub(super) fn pre_sign_up(around: &Around, pool: &Pool, user: &User, ask: Ask<'_>) -> Answer<PreSignUpResponse> {
    let mut event: PreSignUp = event(pool, &user.username, ask.client_id, "PreSignUp", ask.reason);
    event.request.user_attributes = user.claims();
    event.request.validation_data = ask
        .validation_data
        .iter()
        .map(|item| (item.name().to_owned(), item.value().unwrap_or_default().to_owned()))
        .collect();
    event.request.client_metadata = texts(ask.metadata);
    around.triggers.fire(&mut event)?;
    Ok(event.response)
}

/// Calls the trigger for a confirmed user.
pub(super) fn post_confirmation(
    around: &Around,
    pool: &Pool,
    key: &str,
    client_id: &str,
    reason: &str,
    metadata: Option<&HashMap<String, String>>,
) -> Answer<()> {
    let Some(user) = pool.users.get(key) else { return Ok(()) };
    let mut event: PostConfirmation = event(pool, &user.username, client_id, "PostConfirmation", reason);
    event.request.user_attributes = user.claims();
    event.request.client_metadata = texts(metadata);
    around.triggers.fire(&mut event)
}

/// The address to which the pool sends a code automatically: the phone number, or else the e-mail address.
pub(super) fn verified_automatically(pool: &Pool, key: &str) -> Option<&'static str> {
    let user = pool.users.get(key)?;
    let verified = pool.description.auto_verified_attributes();
    let candidates = [
        (VerifiedAttributeType::PhoneNumber, "phone_number"),
        (VerifiedAttributeType::Email, "email"),
    ];
    let mut candidates = candidates.into_iter();
    candidates
        .find(|(kind, name)| verified.contains(kind) && user.attribute(name).is_some())
        .map(|(_, name)| name)
}
