//! Registrations and assertions, checked step by step.

use super::Passkey;
use super::authenticator::{self, AuthenticatorData};
use crate::clock::Moment;
use crate::fault::{Answer, Fault};
use crate::pools::{MfaSettings, Pool};
use crate::users::User;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognito_idp::types::UserVerificationType;
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};

/// The relying party: the pool's setting, or its domain.
pub(super) fn relying_party(pool: &Pool) -> Answer<String> {
    let own = pool
        .mfa
        .web_authn
        .as_ref()
        .and_then(|settings| settings.relying_party_id().map(str::to_owned));
    let domain = || {
        let (prefix, custom) = pool.stored.domain_names();
        custom.or_else(|| prefix.map(|prefix| format!("{prefix}.auth.{}.amazoncognito.com", pool.region())))
    };
    own.or_else(domain).ok_or_else(|| {
        Fault::web_authn_configuration_missing("The user pool has neither a relying party nor a domain.")
    })
}

/// A passkey that is two factors in one is never without the verification of the user.
fn verification(settings: &MfaSettings) -> &'static str {
    let own = settings
        .web_authn
        .as_ref()
        .and_then(|own| own.user_verification.as_ref());
    if own == Some(&UserVerificationType::Required) || settings.has_passkeys_as_two_factors() {
        "required"
    } else {
        "preferred"
    }
}

/// `PublicKeyCredentialCreationOptions`, as JSON.
pub(super) fn creation_options(pool: &Pool, user: &User, challenge: &str) -> Answer<Value> {
    let relying_party = relying_party(pool)?;
    let known: Vec<_> = user
        .passkeys
        .iter()
        .map(|passkey| json!({ "id": passkey.id, "type": "public-key", "transports": passkey.transports }))
        .collect();
    Ok(json!({
        "challenge": challenge,
        "rp": { "id": relying_party, "name": relying_party },
        "user": {
            "id": URL_SAFE_NO_PAD.encode(user.sub()),
            "name": user.username,
            "displayName": user.username,
        },
        "pubKeyCredParams": [
            { "alg": -7, "type": "public-key" },
            { "alg": -257, "type": "public-key" },
            { "alg": -8, "type": "public-key" },
        ],
        "timeout": 60_000,
        "excludeCredentials": known,
        "authenticatorSelection": {
            "requireResidentKey": true,
            "residentKey": "required",
            "userVerification": verification(&pool.mfa),
        },
    }))
}

/// `PublicKeyCredentialRequestOptions`, as JSON in a string.
pub(crate) fn request_options(pool: &Pool, passkeys: &[Passkey], challenge: &str) -> Answer<String> {
    let allowed: Vec<_> = passkeys
        .iter()
        .map(|passkey| json!({ "id": passkey.id, "type": "public-key", "transports": passkey.transports }))
        .collect();
    let options = json!({
        "challenge": challenge,
        "timeout": 180_000,
        "rpId": relying_party(pool)?,
        "allowCredentials": allowed,
        "userVerification": verification(&pool.mfa),
    });
    Ok(options.to_string())
}

fn bytes(value: &Value) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(value.as_str()?.trim_end_matches('=')).ok()
}

/// Checks the browser's client data: type, challenge and origin.
fn check_client_data(raw: &[u8], kind: &str, challenge: &str, relying_party: &str) -> Answer<()> {
    let data: Value =
        serde_json::from_slice(raw).map_err(|_| Fault::web_authn_client_mismatch("clientDataJSON isn't JSON"))?;
    if data["type"] != kind {
        return Err(Fault::web_authn_client_mismatch(format!("the type isn't {kind}")));
    }
    if data["challenge"].as_str().map(|text| text.trim_end_matches('=')) != Some(challenge) {
        return Err(Fault::web_authn_challenge_not_found(
            "the challenge isn't the one that was given",
        ));
    }
    let origin = data["origin"].as_str().unwrap_or_default();
    if !is_origin_of(origin, relying_party) {
        return Err(Fault::web_authn_origin_not_allowed(
            "the origin isn't one of the relying party",
        ));
    }
    Ok(())
}

/// The relying party's own host, or one below it, over HTTPS. HTTP is allowed on the local machine. Apps have other
/// origins.
fn is_origin_of(origin: &str, relying_party: &str) -> bool {
    if origin.starts_with("android:apk-key-hash:") {
        return true;
    }
    let Some((scheme, rest)) = origin.split_once("://") else {
        return false;
    };
    let host = rest.split([':', '/']).next().unwrap_or_default();
    let local = host == "localhost" || host.ends_with(".localhost");
    let same = host == relying_party || host.ends_with(&format!(".{relying_party}"));
    same && (scheme == "https" || (scheme == "http" && local))
}

/// A new passkey, from the browser's `RegistrationResponseJSON`.
pub(super) fn register(pool: &Pool, challenge: &str, response: &Value, now: Moment) -> Answer<Passkey> {
    let relying_party = relying_party(pool)?;
    let malformed = || Fault::invalid_parameter("The credential isn't a RegistrationResponseJSON.");
    let raw = bytes(&response["response"]["clientDataJSON"]).ok_or_else(malformed)?;
    check_client_data(&raw, "webauthn.create", challenge, &relying_party)?;
    let object = bytes(&response["response"]["attestationObject"]).ok_or_else(malformed)?;
    let data = authenticator::attested(&object)
        .and_then(|data| AuthenticatorData::read(&data))
        .ok_or_else(malformed)?;
    check_data(&data, &relying_party, &pool.mfa)?;
    let (id, key) = data.credential.ok_or_else(malformed)?;
    if bytes(&response["rawId"]).or_else(|| bytes(&response["id"])).as_ref() != Some(&id) {
        return Err(Fault::web_authn_client_mismatch(
            "The id isn't that of the authenticator.",
        ));
    }
    if !authenticator::is_supported(&key) {
        return Err(Fault::web_authn_credential_not_supported(
            "The key's algorithm isn't supported.",
        ));
    }
    let transports = response["response"]["transports"].as_array();
    Ok(Passkey {
        id: URL_SAFE_NO_PAD.encode(id),
        key,
        count: data.count,
        relying_party,
        attachment: response["authenticatorAttachment"].as_str().map(str::to_owned),
        transports: transports
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        created: now,
    })
}

fn check_data(data: &AuthenticatorData, relying_party: &str, settings: &MfaSettings) -> Answer<()> {
    if !data.is_for(relying_party) {
        return Err(Fault::web_authn_relying_party_mismatch(
            "the passkey is of another relying party",
        ));
    }
    if !data.user_present() || (verification(settings) == "required" && !data.user_verified()) {
        return Err(Fault::web_authn_client_mismatch("the user wasn't verified"));
    }
    Ok(())
}

/// Verifies a passkey's assertion, the browser's `AuthenticationResponseJSON`; the error says what is wrong.
pub(crate) fn assert(user: &mut User, settings: &MfaSettings, challenge: &str, credential: &str) -> Result<(), String> {
    let malformed = || "the credential isn't an AuthenticationResponseJSON".to_owned();
    let response: Value = serde_json::from_str(credential).map_err(|_| malformed())?;
    let id = bytes(&response["id"])
        .map(|id| URL_SAFE_NO_PAD.encode(id))
        .ok_or_else(malformed)?;
    let sub = user.sub().to_owned();
    let passkey = user.passkeys.iter_mut().find(|passkey| passkey.id == id);
    let passkey = passkey.ok_or("it isn't one of the user's")?;
    let raw = bytes(&response["response"]["clientDataJSON"]).ok_or_else(malformed)?;
    check_client_data(&raw, "webauthn.get", challenge, &passkey.relying_party).map_err(|fault| fault.message)?;
    let data = bytes(&response["response"]["authenticatorData"]).ok_or_else(malformed)?;
    let read = AuthenticatorData::read(&data).ok_or_else(malformed)?;
    check_data(&read, &passkey.relying_party, settings).map_err(|fault| fault.message)?;
    if let Some(handle) = bytes(&response["response"]["userHandle"])
        && handle != sub.as_bytes()
    {
        return Err("it is another user's".to_owned());
    }
    let signature = bytes(&response["response"]["signature"]).ok_or_else(malformed)?;
    let message = [&data[..], digest(&SHA256, &raw).as_ref()].concat();
    if !authenticator::verifies(&passkey.key, &message, &signature) {
        return Err("the signature is wrong".to_owned());
    }
    if (read.count > 0 || passkey.count > 0) && read.count <= passkey.count {
        return Err("its counter went back: it may be a copy".to_owned());
    }
    passkey.count = read.count;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_origin_of;

    #[test]
    fn only_the_relying_partys_hosts_are_its_origins() {
        assert!(is_origin_of("https://example.com", "example.com"));
        assert!(is_origin_of("https://login.example.com:8443", "example.com"));
        assert!(is_origin_of("http://localhost:3000", "localhost"));
        for wrong in [
            "http://example.com",
            "https://badexample.com",
            "https://example.com.evil.org",
            "example.com",
        ] {
            assert!(!is_origin_of(wrong, "example.com"), "{wrong}");
        }
    }
}
