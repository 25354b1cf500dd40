//! What the environment of the process says: root certificates, and proxies, in both spellings.

use super::row;
use crate::faults::environment::{Environment, Value};

type Variables = Vec<(&'static str, Value)>;

fn plain(name: impl Into<String>, variables: Variables) -> Environment {
    Environment {
        row: row(name, Vec::new()),
        tls: false,
        variables,
        refusal: None,
    }
}

fn tls(name: impl Into<String>, variables: Variables) -> Environment {
    Environment {
        tls: true,
        ..plain(name, variables)
    }
}

impl Environment {
    fn right(mut self, outcome: &str, attempts: usize) -> Self {
        self.row = self.row.right(outcome, attempts);
        self
    }

    fn refusal(mut self, status: &'static str) -> Self {
        self.refusal = Some(status);
        self
    }
}

/// The rows, each of which needs a process of its own.
pub(super) fn rows() -> Vec<Environment> {
    let mut rows = certificates();
    rows.extend(proxies());
    rows
}

fn certificates() -> Vec<Environment> {
    const BROKEN: &str = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let mut rows = vec![
        tls(
            "`SSL_CERT_FILE` with the server's authority",
            vec![("SSL_CERT_FILE", Value::Authority)],
        )
        .right("ok alice", 1),
        tls(
            "`SSL_CERT_DIR` with the server's authority",
            vec![("SSL_CERT_DIR", Value::Folder)],
        )
        .right("ok alice", 1),
        tls(
            "`SSL_CERT_FILE` with another authority",
            vec![("SSL_CERT_FILE", Value::OtherAuthority)],
        )
        .right("not sent: io", 0),
    ];
    for (name, value) in [
        ("that isn't there", Value::NoFile),
        ("that is empty", Value::File("")),
        ("with no certificate", Value::File("no certificate")),
        ("with a broken certificate", Value::File(BROKEN)),
    ] {
        let variables = vec![("SSL_CERT_FILE", value)];
        // Without root certificates, the error says so, and a call that needs none works.
        rows.push(tls(format!("`SSL_CERT_FILE` with a file {name}"), variables.clone()).right("not sent: user", 0));
        rows.push(plain(format!("`SSL_CERT_FILE` with a file {name}, without TLS"), variables).right("ok alice", 1));
    }
    rows
}

fn proxies() -> Vec<Environment> {
    let ca = ("SSL_CERT_FILE", Value::Authority);
    let mut rows = Vec::new();
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        rows.push(plain(format!("`{name}`"), vec![(name, Value::Proxy)]).right("ok alice, by the proxy", 1));
    }
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        rows.push(
            tls(format!("`{name}`, with TLS"), vec![ca, (name, Value::Proxy)]).right("ok alice, by the proxy", 1),
        );
    }
    rows.push(tls("`HTTP_PROXY`, with TLS", vec![ca, ("HTTP_PROXY", Value::Proxy)]).right("ok alice", 1));
    rows.push(plain("`HTTPS_PROXY`, without TLS", vec![("HTTPS_PROXY", Value::Proxy)]).right("ok alice", 1));
    for name in ["NO_PROXY", "no_proxy"] {
        for hosts in ["127.0.0.1", "*", "example.com, 127.0.0.0/8"] {
            let variables = vec![("HTTP_PROXY", Value::Proxy), (name, Value::Text(hosts))];
            rows.push(plain(format!("`HTTP_PROXY`, and `{name}={hosts}`"), variables).right("ok alice", 1));
        }
        for (hosts, outcome) in [("localhost", "ok alice"), ("example.com", "ok alice, by the proxy")] {
            let variables = vec![ca, ("HTTPS_PROXY", Value::Proxy), (name, Value::Text(hosts))];
            rows.push(tls(format!("`HTTPS_PROXY`, and `{name}={hosts}`, with TLS"), variables).right(outcome, 1));
        }
    }
    let password = ", by the proxy with a password";
    rows.extend([
        plain(
            "a proxy with a password",
            vec![("HTTP_PROXY", Value::ProxyWithPassword)],
        )
        .right(&format!("ok alice{password}"), 1),
        tls(
            "a proxy with a password, with TLS",
            vec![ca, ("HTTPS_PROXY", Value::ProxyWithPassword)],
        )
        .right(&format!("ok alice{password}"), 1),
        plain("a proxy over TLS", vec![ca, ("HTTP_PROXY", Value::TlsProxy)]),
        tls("a proxy over TLS, with TLS", vec![ca, ("HTTPS_PROXY", Value::TlsProxy)]),
        plain("a proxy that isn't there", vec![("HTTP_PROXY", Value::NoProxy)]).right("not sent: io", 0),
        tls(
            "a proxy that isn't there, with TLS",
            vec![ca, ("HTTPS_PROXY", Value::NoProxy)],
        )
        .right("not sent: io", 0),
        plain("a proxy that wants a password", vec![("HTTP_PROXY", Value::Proxy)])
            .refusal("407 Proxy Authentication Required"),
        tls(
            "a proxy that wants a password, with TLS",
            vec![ca, ("HTTPS_PROXY", Value::Proxy)],
        )
        .refusal("407 Proxy Authentication Required"),
        tls(
            "a proxy that refuses the password, with TLS",
            vec![ca, ("HTTPS_PROXY", Value::ProxyWithPassword)],
        )
        .refusal("403 Forbidden"),
        plain("`HTTP_PROXY` with nothing", vec![("HTTP_PROXY", Value::Text(""))]).right("ok alice", 1),
        plain(
            "`HTTP_PROXY` with what is no URL",
            vec![("HTTP_PROXY", Value::Text("::::"))],
        ),
    ]);
    rows
}
