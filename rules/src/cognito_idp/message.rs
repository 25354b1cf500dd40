//! The messages that a user pool sends: who sends them, and the placeholders in their templates.

use crate::macros::{api, guide, rules};
use cognito_validation::{Document, Findings};

rules! {
    /// Email through your own Amazon SES needs the ARN of a verified address.
    SES = must("email-source-arn", api!("EmailConfigurationType"));
    /// Messages go through Amazon SNS or End User Messaging SMS, but not both.
    SMS = must("sms-one-service", api!("SmsConfigurationType"));
    /// An invitation has the placeholder of the temporary password, if users have passwords.
    INVITATION = should("invitation-placeholder", api!("AdminCreateUserConfigType"));
    /// `{username}` works in invitations, and not in verification emails. No page says that it is refused there.
    USERNAME = should(
        "verification-username",
        guide!("cognito-user-pool-settings-message-templates")
    );
}

pub(super) fn check_email(email: Document<'_>, findings: &mut Findings<'_>) {
    if email.get("EmailSendingAccount").and_then(Document::text) == Some("DEVELOPER")
        && email.get("SourceArn").is_none()
    {
        let advice = "must be the ARN of a verified Amazon SES address where EmailSendingAccount is DEVELOPER";
        findings.report_missing(&SES, email, "SourceArn", advice);
    }
}

pub(super) fn check_sms(sms: Document<'_>, findings: &mut Findings<'_>) {
    let sns = sms
        .get("SnsCallerArn")
        .filter(|arn| arn.text().is_some_and(|arn| !arn.is_empty()));
    if let (Some(sns), Some(_)) = (sns, sms.get("EumsSms")) {
        let advice = "can't be set together with EumsSms: leave out one of them";
        findings.report(&SMS, sns, advice);
    }
}

pub(super) fn check_invitation(config: Document<'_>, findings: &mut Findings<'_>) {
    let Some(template) = config.get("InviteMessageTemplate") else {
        return;
    };
    for member in ["SMSMessage", "EmailMessage"] {
        if let Some(message) = template.get(member)
            && message.text().is_some_and(|text| !text.contains("{####}"))
        {
            let advice = "doesn't tell the temporary password: add `{####}`, unless your users have no passwords";
            findings.report(&INVITATION, message, advice);
        }
    }
}

pub(super) fn check_verification(template: Document<'_>, findings: &mut Findings<'_>) {
    for member in [
        "EmailMessage",
        "EmailSubject",
        "EmailMessageByLink",
        "EmailSubjectByLink",
    ] {
        if let Some(message) = template.get(member)
            && message.text().is_some_and(|text| text.contains("{username}"))
        {
            let advice = "has the placeholder `{username}`, which works in invitations only: leave it out";
            findings.report(&USERNAME, message, advice);
        }
    }
}
