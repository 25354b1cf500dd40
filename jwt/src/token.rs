//! The outer form of a token: its three parts, its header, its signature. The payload isn't trusted here.

use crate::jwks::Key;
use crate::key::{Algorithm, LONGEST_SIGNATURE};
use crate::object::{Fault, Object};
use crate::refusal::{Part, Refusal};
use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Base64url without padding, and without unused bits that are set (RFC 7515, section 2).
const STRICT: GeneralPurpose = base64::engine::general_purpose::URL_SAFE_NO_PAD;
/// The same, with or without padding, because load balancers pad.
const PADDED: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The maximum length of a header in Base64url. A header with a certificate chain is longer, and useless here.
const LONGEST_HEADER: usize = 4096;

/// A token in three parts.
#[derive(Clone, Copy)]
pub(crate) struct Token<'t> {
    /// The signed text: header, dot, payload.
    signed: &'t str,
    header: &'t str,
    payload: &'t str,
    signature: &'t str,
    base64: &'static GeneralPurpose,
}

/// The relevant members of a header.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) alg: Option<Algorithm>,
    pub(crate) kid: String,
}

impl<'t> Token<'t> {
    /// Splits a token at its two dots.
    pub(crate) fn split(token: &'t str, longest: usize) -> Result<Self, Refusal> {
        if token.len() > longest {
            return Err(Refusal::TooLong { most: longest });
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(Refusal::Parts)?;
        let (header, payload) = signed.split_once('.').ok_or(Refusal::Parts)?;
        if payload.contains('.') {
            return Err(Refusal::Parts);
        }
        if header.len() > LONGEST_HEADER {
            return Err(Refusal::TooLong {
                most: longest.min(LONGEST_HEADER),
            });
        }
        Ok(Self {
            signed,
            header,
            payload,
            signature,
            base64: &STRICT,
        })
    }

    /// The same token, with padding allowed.
    pub(crate) fn padded(self) -> Self {
        Self {
            base64: &PADDED,
            ..self
        }
    }

    /// Decodes a part that is text.
    fn text(&self, part: Part, encoded: &str) -> Result<String, Refusal> {
        let bytes = self.base64.decode(encoded).map_err(|_| Refusal::Encoding { part })?;
        String::from_utf8(bytes).map_err(|_| Refusal::Json { part })
    }

    /// The header's text.
    pub(crate) fn header_text(&self) -> Result<String, Refusal> {
        self.text(Part::Header, self.header)
    }

    /// Reads the header.
    pub(crate) fn header(&self) -> Result<Header, Refusal> {
        Header::read(&read(Part::Header, &self.header_text()?)?)
    }

    /// The payload's bytes.
    pub(crate) fn payload(&self) -> Result<Vec<u8>, Refusal> {
        self.base64
            .decode(self.payload)
            .map_err(|_| Refusal::Encoding { part: Part::Payload })
    }

    /// The payload's text.
    pub(crate) fn payload_text(&self) -> Result<String, Refusal> {
        self.text(Part::Payload, self.payload)
    }

    /// Verifies the signature.
    pub(crate) fn verify(
        &self,
        algorithm: Option<Algorithm>,
        key: &Key,
        accepted: &[Algorithm],
    ) -> Result<(), Refusal> {
        let algorithm = algorithm
            .filter(|algorithm| accepted.contains(algorithm))
            .ok_or(Refusal::Algorithm)?;
        let public = key
            .public
            .as_ref()
            .map_err(|fault| Refusal::UnusableKey(fault.clone()))?;
        if public.algorithm() != algorithm {
            return Err(Refusal::KeyAlgorithm);
        }
        // No key's signature is longer. The decoder wants room for whole groups.
        let mut buffer = [0; LONGEST_SIGNATURE + 4];
        let length = self
            .base64
            .decode_slice(self.signature, &mut buffer)
            .map_err(|_| Refusal::Encoding { part: Part::Signature })?;
        if public.verifies(self.signed.as_bytes(), &buffer[..length]) {
            Ok(())
        } else {
            Err(Refusal::Signature)
        }
    }
}

impl Header {
    /// Reads the relevant members of a header.
    pub(crate) fn read(header: &Object<'_>) -> Result<Self, Refusal> {
        let wrong = |wrong| Refusal::wrong_type(Part::Header, wrong);
        if header.has("crit") {
            return Err(Refusal::Critical);
        }
        if header.has("jwk") {
            return Err(Refusal::EmbeddedKey);
        }
        // Addresses of keys, certificates and the rest are never used. But who writes something else there than
        // RFC 7515 says isn't an issuer.
        for member in ["typ", "cty", "jku", "x5u", "x5t", "x5t#S256"] {
            header.string(member).map_err(wrong)?;
        }
        header.strings("x5c").map_err(wrong)?;
        let algorithm = required(Part::Header, header, "alg")?;
        let kid = required(Part::Header, header, "kid")?;
        Ok(Self {
            alg: [Algorithm::Rs256, Algorithm::Es256]
                .into_iter()
                .find(|known| known.name() == algorithm),
            kid: kid.to_owned(),
        })
    }
}

/// Reads a part's text as an object.
pub(crate) fn read(part: Part, text: &str) -> Result<Object<'_>, Refusal> {
    Object::read(text).map_err(|fault| match fault {
        Fault::Json => Refusal::Json { part },
        Fault::Duplicate => Refusal::DuplicateMember { part },
        Fault::Type(wrong) => Refusal::wrong_type(part, wrong),
    })
}

/// A required string.
pub(crate) fn required<'o>(part: Part, object: &'o Object<'_>, member: &'static str) -> Result<&'o str, Refusal> {
    object
        .string(member)
        .map_err(|wrong| Refusal::wrong_type(part, wrong))?
        .ok_or(Refusal::Missing { part, member })
}
