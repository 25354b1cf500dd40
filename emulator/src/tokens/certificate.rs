//! The certificate of a pool's signing key, with which an identity provider checks SAML requests.

use super::keys::Key;
use crate::fault::Answer;
use crate::world::World;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cognito_idp::operation::get_signing_certificate::{GetSigningCertificateInput, GetSigningCertificateOutput};
use rcgen::{
    CertificateParams, DistinguishedName, DnType, PKCS_RSA_SHA256, PublicKeyData, SignatureAlgorithm, SigningKey,
};
use time::{Duration, OffsetDateTime};

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetSigningCertificate.html>
///
/// The emulator sends no SAML requests, so the certificate is that of the key of ID tokens. Its text is Base64 without
/// the lines of PEM, as that of a pool's other certificate:
/// <https://github.com/lgallard/terraform-aws-cognito-user-pool/issues/135>. It is one and the same for ten years, and
/// not a new one each year.
pub(crate) fn get_signing_certificate(
    world: &mut World,
    input: GetSigningCertificateInput,
) -> Answer<GetSigningCertificateOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let made = pool.description.creation_date.as_ref().map_or(0, |date| date.secs());
    let id = pool.description.id.as_deref().unwrap_or_default();
    let certificate = certificate(pool.keys.id(), id, made);
    Ok(GetSigningCertificateOutput::builder()
        .certificate(STANDARD.encode(certificate))
        .build())
}

/// The certificate of a key, signed by the key itself (RFC 5280, section 3.2), in DER.
fn certificate(key: &Key, pool: &str, made: i64) -> Vec<u8> {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, pool);
    params.not_before = OffsetDateTime::from_unix_timestamp(made).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    params.not_after = params.not_before.saturating_add(Duration::days(3650));
    let signed = params.self_signed(key);
    signed
        .expect("every part of the certificate has a form in DER")
        .der()
        .to_vec()
}

impl PublicKeyData for Key {
    fn der_bytes(&self) -> &[u8] {
        self.public_der()
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_RSA_SHA256
    }
}

impl SigningKey for Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        Ok(self.signature(message))
    }
}

#[cfg(test)]
mod tests {
    use super::certificate;
    use crate::tokens::SigningKeys;
    use x509_parser::parse_x509_certificate;

    #[test]
    fn the_certificate_is_signed_by_the_key_that_it_holds() {
        let (keys, others) = (SigningKeys::nth(0), SigningKeys::nth(1));
        let der = certificate(keys.id(), "us-east-1_Example", 1_700_000_000);
        let other = certificate(others.id(), "us-east-1_Example", 1_700_000_000);
        let (rest, parsed) = parse_x509_certificate(&der).expect("it is DER");
        let (_, other) = parse_x509_certificate(&other).expect("it is DER");
        assert!(rest.is_empty());
        parsed.verify_signature(None).expect("its own key has signed it");
        assert!(parsed.verify_signature(Some(other.public_key())).is_err());
        assert_eq!(parsed.public_key().subject_public_key.data, keys.id().public_der());
        assert_eq!(parsed.subject().to_string(), "CN=us-east-1_Example");
        assert_eq!(parsed.validity().not_before.timestamp(), 1_700_000_000);
        assert_eq!(parsed.validity().not_after.timestamp(), 1_700_000_000 + 3650 * 86400);
    }

    #[test]
    fn a_pool_that_is_made_at_the_end_of_time_has_a_certificate_until_then() {
        let der = certificate(SigningKeys::nth(0).id(), "us-east-1_Example", 253_402_300_799);
        let (_, parsed) = parse_x509_certificate(&der).expect("it is DER");
        assert_eq!(parsed.validity().not_after.timestamp(), 253_402_300_799);
    }
}
