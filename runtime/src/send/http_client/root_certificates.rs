//! Whether the system has root certificates.
//!
//! Without any, aws-smithy-http-client panics if debug assertions are on. It holds a lock then, so each later call
//! panics, too. Without debug assertions it trusts nobody, and reports that the issuer is unknown.

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_native_certs::load_native_certs;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::{env, fmt};

/// Caches that there are some. If there are none, it checks again each time, because they may be installed later.
static FOUND: OnceLock<()> = OnceLock::new();

/// Whether there is a root certificate that rustls can read.
///
/// # Errors
/// There is none.
pub(super) fn are_there() -> Result<(), NoRootCertificates> {
    if FOUND.get().is_some() || is_in_file() {
        FOUND.get_or_init(|| ());
        return Ok(());
    }
    let loaded = load_native_certs();
    let number = loaded.certs.len();
    let mut store = RootCertStore::empty();
    // One is enough, and parsing all takes long.
    if loaded
        .certs
        .into_iter()
        .any(|certificate| store.add(certificate).is_ok())
    {
        FOUND.get_or_init(|| ());
        return Ok(());
    }
    Err(NoRootCertificates {
        unreadable: number,
        cause: loaded.errors.into_iter().next(),
    })
}

/// Whether the file of certificates begins with one that rustls can read. Reading them all takes a hundred times as
/// long, and aws-smithy-http-client does it anyway.
fn is_in_file() -> bool {
    let Some(Ok(mut certificates)) = file().map(CertificateDer::pem_file_iter) else {
        return false;
    };
    let first = certificates.next().and_then(Result::ok);
    first.is_some_and(|first| RootCertStore::empty().add(first).is_ok())
}

/// The file that `load_native_certs` reads, if there is a single one.
fn file() -> Option<PathBuf> {
    if let Some(file) = env::var_os("SSL_CERT_FILE") {
        return Some(file.into());
    }
    if env::var_os("SSL_CERT_DIR").is_some_and(|folders| !folders.is_empty()) {
        return None;
    }
    #[cfg(all(unix, not(target_os = "macos")))]
    return openssl_probe::probe().cert_file;
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    None
}

/// The error that no server's certificate can be verified.
#[derive(Debug)]
pub(super) struct NoRootCertificates {
    unreadable: usize,
    cause: Option<rustls_native_certs::Error>,
}

impl fmt::Display for NoRootCertificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unreadable {
            0 => f.write_str("no root certificates were found")?,
            number => write!(f, "none of the {number} root certificates that were found can be read")?,
        }
        f.write_str(
            ", so that no server's certificate can be checked: install the system's package of them, often named \
             `ca-certificates`, or set SSL_CERT_FILE or SSL_CERT_DIR to where they are",
        )
    }
}

impl std::error::Error for NoRootCertificates {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|error| error as _)
    }
}
