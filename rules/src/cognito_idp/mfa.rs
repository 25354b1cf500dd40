//! Multi-factor authentication: the mode of a pool, and the methods that it needs.

use crate::macros::{api, rules};
use cognito_validation::{Document, Findings};

rules! {
    /// A pool that is created with MFA needs `SmsConfiguration`: the operation supports no other method.
    NEW_POOL = must("mfa-sms-configuration", api!("CreateUserPool"));
    /// The service refuses MFA that is optional or on without a method: `can't disable all MFAs with a required or
    /// optional configuration`.
    NO_METHOD = must("mfa-method", "https://github.com/aws/aws-sdk-js/issues/4186");
    /// The service refuses MFA that is off with a method: `can't turn off MFA and configure an MFA together`.
    OFF = must("mfa-off", "https://github.com/go-to-k/cdkd/issues/1923");
}

const MODE: &str = "MfaConfiguration";

pub(super) fn check_new_pool(pool: Document<'_>, findings: &mut Findings<'_>) {
    if let Some(mode) = pool.get(MODE)
        && let Some("ON" | "OPTIONAL") = mode.text()
        && pool.get("SmsConfiguration").is_none()
    {
        let advice = "needs SmsConfiguration in the same request: set that, or use SetUserPoolMfaConfig afterwards";
        findings.report(&NEW_POOL, mode, advice);
    }
}

pub(super) fn check_set(request: Document<'_>, findings: &mut Findings<'_>) {
    let Some(mode) = request.get(MODE) else {
        return;
    };
    let is_on = |totp: &Document<'_>| totp.get("Enabled").is_some_and(Document::is_true);
    let totp = request.get("SoftwareTokenMfaConfiguration").filter(is_on);
    let mut methods = ["SmsMfaConfiguration", "EmailMfaConfiguration"]
        .into_iter()
        .filter_map(|member| request.get(member))
        .chain(totp);
    match mode.text() {
        // Passkeys may be a method.
        Some("ON" | "OPTIONAL") if methods.next().is_none() && request.get("WebAuthnConfiguration").is_none() => {
            let advice = "needs a method in the same request: set SoftwareTokenMfaConfiguration, \
                          SmsMfaConfiguration or EmailMfaConfiguration";
            findings.report(&NO_METHOD, mode, advice);
        }
        Some("OFF") => {
            for method in methods {
                let advice = "can't be set where MfaConfiguration is OFF: leave it out";
                findings.report(&OFF, method, advice);
            }
        }
        _ => {}
    }
}
