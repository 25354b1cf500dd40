//! Certificates of a server, good and bad, made anew in each run.

use anyhow::Result;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use std::sync::Arc;

/// What a certificate says of the server at `localhost`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certificate {
    /// That it is itself.
    Good,
    /// The same, but it is out of date.
    Expired,
    /// The same, but from tomorrow on.
    NotYetValid,
    /// That it is another host.
    WrongHost,
    /// It has a signature of an authority that the client doesn't know.
    UnknownAuthority,
}

/// An authority that signs certificates.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    /// A new one.
    ///
    /// # Errors
    /// There is no randomness.
    pub fn new() -> Result<Self> {
        let mut params = CertificateParams::new(Vec::new())?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Ok(Self(CertifiedIssuer::self_signed(params, KeyPair::generate()?)?))
    }

    /// Its certificate in PEM, which a client may trust.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// The configuration of a server that shows such a certificate.
    ///
    /// # Errors
    /// There is no randomness.
    pub fn server(&self, certificate: Certificate) -> Result<ServerConfig> {
        let host = match certificate {
            Certificate::WrongHost => "elsewhere.example",
            _ => "localhost",
        };
        let mut params = CertificateParams::new(vec![host.to_owned()])?;
        match certificate {
            Certificate::Expired => {
                params.not_before = date_time_ymd(2001, 1, 1);
                params.not_after = date_time_ymd(2002, 1, 1);
            }
            Certificate::NotYetValid => {
                params.not_before = date_time_ymd(2090, 1, 1);
                params.not_after = date_time_ymd(2091, 1, 1);
            }
            Certificate::Good | Certificate::WrongHost | Certificate::UnknownAuthority => {}
        }
        let key = KeyPair::generate()?;
        let signed = match certificate {
            Certificate::UnknownAuthority => params.signed_by(&key, &Self::new()?.0)?,
            _ => params.signed_by(&key, &self.0)?,
        };
        let chain = vec![signed.der().clone()];
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        Ok(ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?)
    }
}
