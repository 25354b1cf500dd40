//! Messages to users: their text, their address, and how responses describe them.

use crate::fault::{Answer, Fault};
use crate::outbox::{Medium, Message, sent};
use crate::pools::Pool;
use crate::triggers::{CallerContext, CustomMessage, CustomSender, Event, Trigger};
use crate::users::{User, is_email, is_phone_number};
use crate::world::Around;
use cognito_idp::types::{CodeDeliveryDetailsType, DeliveryMediumType, VerifiedAttributeType};
use std::collections::{BTreeMap, HashMap};

/// The app client's placeholder for an administrator's call.
pub(crate) const NO_CLIENT: &str = "CLIENT_ID_NOT_APPLICABLE";

/// The placeholder of the code in a template.
const CODE: &str = "{####}";

/// A message to send.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Due<'a> {
    /// The custom message trigger's name for it, without `CustomMessage_`.
    pub(crate) reason: &'a str,
    /// The attribute with the address: `email` or `phone_number`.
    pub(crate) attribute: &'a str,
    /// The address.
    pub(crate) destination: &'a str,
    pub(crate) code: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) metadata: Option<&'a HashMap<String, String>>,
}

impl Due<'_> {
    /// Whether the operation fails if the message can't be delivered. A sign-in doesn't; of the administrators'
    /// operations only an invitation does.
    fn must_arrive(&self) -> bool {
        match self.reason {
            "AdminCreateUser" => true,
            "Authentication" => false,
            _ => self.client_id != NO_CLIENT,
        }
    }
}

/// Puts a message into the outbox, and returns how it was sent.
pub(crate) fn send(around: &Around, pool: &Pool, user: &User, due: Due<'_>) -> Answer<CodeDeliveryDetailsType> {
    let medium = medium(due.attribute);
    let (mut subject, mut text) = template(pool, &due, medium);
    let mut event: CustomMessage = event(pool, &user.username, due.client_id, "CustomMessage", due.reason);
    event.request.user_attributes = user.claims();
    event.request.code_parameter = CODE.to_owned();
    event.request.username_parameter = (due.reason == "AdminCreateUser").then(|| "{username}".to_owned());
    event.request.client_metadata = texts(due.metadata);
    around.triggers.fire(&mut event)?;
    match medium {
        Medium::Email => {
            text = event.response.email_message.unwrap_or(text);
            subject = event.response.email_subject.unwrap_or(subject);
        }
        Medium::Sms => text = event.response.sms_message.unwrap_or(text),
    }
    if around.triggers.has::<CustomSender>() {
        let source = match medium {
            Medium::Email => "CustomEmailSender",
            Medium::Sms => "CustomSMSSender",
        };
        let mut event: CustomSender = self::event(pool, &user.username, due.client_id, source, due.reason);
        event.request.code = due.code.to_owned();
        event.request.user_attributes = user.claims();
        event.request.client_metadata = texts(due.metadata);
        around.triggers.fire(&mut event)?;
    }
    if !around.outbox.reaches(due.destination) {
        return if due.must_arrive() {
            Err(Fault::code_delivery_failure(format!(
                "The message can't be delivered to {}.",
                masked(due.destination)
            )))
        } else {
            Ok(details(due.attribute, due.destination))
        };
    }
    let fill = |template: &str| template.replace(CODE, due.code).replace("{username}", &user.username);
    around.outbox.push(Message {
        user_pool_id: pool.id.clone(),
        username: user.username.clone(),
        destination: due.destination.to_owned(),
        medium,
        reason: format!("CustomMessage_{}", due.reason),
        code: due.code.to_owned(),
        subject: (medium == Medium::Email).then(|| fill(&subject)),
        text: fill(&text),
        sent: sent(&around.clock),
    });
    Ok(details(due.attribute, due.destination))
}

/// What a response says of a message to a user who doesn't get one, or doesn't exist: what was typed tells the medium, or
/// else what the pool verifies.
///
/// Source: [Managing user existence error responses](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html).
pub(crate) fn simulated(pool: &Pool, name: &str) -> CodeDeliveryDetailsType {
    let verified = pool.description.auto_verified_attributes();
    let texts_alone = verified == [VerifiedAttributeType::PhoneNumber];
    let attribute = if is_phone_number(name) || (texts_alone && !is_email(name)) {
        "phone_number"
    } else {
        "email"
    };
    details(attribute, &simulated_address(attribute, name))
}

/// The address of a user who doesn't exist: what was typed, or else one that is the same each time.
pub(crate) fn simulated_address(attribute: &str, name: &str) -> String {
    match attribute {
        "phone_number" if is_phone_number(name) => name.to_owned(),
        "phone_number" => {
            let sum = |sum: u32, byte: u8| sum.wrapping_mul(31).wrapping_add(u32::from(byte));
            format!("+1206555{:04}", name.bytes().fold(0, sum) % 10_000)
        }
        _ if is_email(name) => name.to_owned(),
        _ => format!("{name}@example.com"),
    }
}

/// The destination of a message in a response, with most of the address hidden.
fn details(attribute: &str, destination: &str) -> CodeDeliveryDetailsType {
    CodeDeliveryDetailsType::builder()
        .destination(masked(destination))
        .delivery_medium(match medium(attribute) {
            Medium::Email => DeliveryMediumType::Email,
            Medium::Sms => DeliveryMediumType::Sms,
        })
        .attribute_name(attribute)
        .build()
}

fn medium(attribute: &str) -> Medium {
    if attribute == "phone_number" {
        Medium::Sms
    } else {
        Medium::Email
    }
}

/// A masked address that its owner can recognize: `a***@e***`, `+*******1234`.
pub(crate) fn masked(destination: &str) -> String {
    let first = |text: &str| text.chars().take(1).collect::<String>();
    match destination.split_once('@') {
        Some((name, host)) => format!("{}***@{}***", first(name), first(host)),
        None => {
            let characters: Vec<char> = destination.chars().collect();
            let tail: String = characters[characters.len().saturating_sub(4)..].iter().collect();
            format!("+{}{tail}", "*".repeat(characters.len().saturating_sub(5)))
        }
    }
}

/// Subject and text of a message, from the pool's settings.
fn template(pool: &Pool, due: &Due<'_>, medium: Medium) -> (String, String) {
    let reason = due.reason;
    let description = &pool.description;
    let messages = description.verification_message_template();
    let invitation = description
        .admin_create_user_config()
        .and_then(|settings| settings.invite_message_template())
        .filter(|_| reason == "AdminCreateUser");
    let subject = invitation
        .and_then(|template| template.email_subject())
        .or_else(|| messages.and_then(|messages| messages.email_subject()))
        .or(description.email_verification_subject());
    let own = match medium {
        Medium::Email => invitation
            .and_then(|template| template.email_message())
            .or_else(|| messages.and_then(|messages| messages.email_message()))
            .or(description.email_verification_message()),
        Medium::Sms if reason == "Authentication" => description.sms_authentication_message(),
        Medium::Sms => invitation
            .and_then(|template| template.sms_message())
            .or_else(|| messages.and_then(|messages| messages.sms_message()))
            .or(description.sms_verification_message()),
    };
    let (default_subject, default_text) = match reason {
        "AdminCreateUser" if due.code.is_empty() => ("Your account", "Your username is {username}."),
        "AdminCreateUser" => (
            "Your temporary password",
            "Your username is {username} and temporary password is {####}.",
        ),
        "ForgotPassword" => ("Your verification code", "Your password reset code is {####}."),
        "Authentication" => ("Your authentication code", "Your authentication code is {####}."),
        _ => ("Your verification code", "Your confirmation code is {####}."),
    };
    let own = own.filter(|text| text.contains(CODE) != due.code.is_empty());
    (
        subject.unwrap_or(default_subject).to_owned(),
        own.unwrap_or(default_text).to_owned(),
    )
}

/// A trigger's event, without the request.
pub(crate) fn event<Q: Default, R: Default>(
    pool: &Pool,
    username: &str,
    client_id: &str,
    trigger: &str,
    reason: &str,
) -> Event<Q, R>
where
    Event<Q, R>: Trigger,
{
    Event {
        version: "1".to_owned(),
        region: pool.region().to_owned(),
        user_pool_id: pool.id.clone(),
        user_name: username.to_owned(),
        caller_context: CallerContext {
            aws_sdk_version: "aws-sdk-unknown-unknown".to_owned(),
            client_id: client_id.to_owned(),
        },
        trigger_source: format!("{trigger}_{reason}"),
        request: Q::default(),
        response: R::default(),
    }
}

/// Members of a request, in the form of events.
pub(crate) fn texts(map: Option<&HashMap<String, String>>) -> BTreeMap<String, String> {
    let entries = map.into_iter().flatten();
    entries.map(|(key, value)| (key.clone(), value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn addresses_are_masked() {
        assert_eq!(masked("alice@example.com"), "a***@e***");
        assert_eq!(masked("+12065550100"), "+*******0100");
    }
}
