//! TLS, credentials, and where the server is.

use super::{always, row};
use crate::faults::certificates::Certificate;
use crate::faults::measure::{Call, Keep, Place, Row, Source};
use crate::faults::server::{Act, Stage, Turn, send};
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

pub(super) fn tls() -> Vec<Row> {
    let good = Place::Trusted(Certificate::Good);
    let mut rows = vec![
        row("a certificate of an authority that the client is told of", Vec::new())
            .place(good)
            .right("ok alice", 1),
        row("a certificate of an authority that the system doesn't know", Vec::new())
            .place(Place::System(Certificate::Good)),
        row("a certificate of an unknown authority", Vec::new()).place(Place::Trusted(Certificate::UnknownAuthority)),
        row("a certificate that has expired", Vec::new()).place(Place::Trusted(Certificate::Expired)),
        row("a certificate that isn't valid yet", Vec::new()).place(Place::Trusted(Certificate::NotYetValid)),
        row("a certificate of another host", Vec::new()).place(Place::Trusted(Certificate::WrongHost)),
    ];
    for (name, acts) in [
        ("reset in the handshake", vec![Act::Reset]),
        ("closed in the handshake", vec![Act::Close]),
        (
            "plain HTTP in the handshake",
            vec![send("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"), Act::Hold],
        ),
    ] {
        rows.push(
            row(format!("{name}, each time"), always(Turn::at(Stage::Accepted, acts)))
                .place(good)
                .keep(Keep::Announced),
        );
    }
    rows.push(
        row(
            "stalled in the handshake, with a connect timeout",
            always(Turn::at(Stage::Accepted, [Act::Hold])),
        )
        .place(good)
        .keep(Keep::Announced)
        .settings(|settings| settings.connect_timeout = Some(Duration::from_millis(200)))
        .takes(600),
    );
    rows.push(
        row("reset after the request over TLS, once", vec![Turn::new([Act::Reset])])
            .place(good)
            .right("ok alice", 2),
    );
    let cut = Turn::new([send("HTTP/1.1 200 OK\r\n\r\n{\"Username\":\"alice\"}"), Act::Reset]);
    rows.push(row("a body without a length, and no end of TLS, each time", always(cut)).place(good));
    rows
}

pub(super) fn rows() -> Vec<Row> {
    vec![
        row("the IPv6 loopback", Vec::new())
            .place(Place::At(IpAddr::V6(Ipv6Addr::LOCALHOST)))
            .right("ok alice", 1),
        row("credentials that can't be had", Vec::new()).settings(|settings| settings.credentials = Source::Failing),
        row("credentials that never come", Vec::new())
            .settings(|settings| settings.credentials = Source::Hanging)
            .takes(400),
        row("sign-in: credentials that can't be had", Vec::new())
            .call(Call::SignIn)
            .settings(|settings| settings.credentials = Source::Failing)
            .right("ok token", 1),
        row("sign-in: credentials that never come", Vec::new())
            .call(Call::SignIn)
            .settings(|settings| settings.credentials = Source::Hanging)
            .right("ok token", 1),
    ]
}
