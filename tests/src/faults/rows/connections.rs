//! Connections that break at every stage, and answers that take their time.

use super::{always, answer, end, row, success};
use crate::faults::measure::{Call, Keep, Place, Row};
use crate::faults::server::{Act, Stage, Turn, response, send};
use std::time::Duration;

const USER: &str = r#"{"Username":"alice","Enabled":true}"#;

/// What the server has sent when the connection breaks.
const BEGINNINGS: [(&str, &str); 4] = [
    ("in the status line", "HTTP/1.1 20"),
    ("in the headers", "HTTP/1.1 200 OK\r\ncontent-type: app"),
    ("before the body", "HTTP/1.1 200 OK\r\ncontent-length: 35\r\n\r\n"),
    (
        "in the body",
        "HTTP/1.1 200 OK\r\ncontent-length: 35\r\n\r\n{\"Username\":\"ali",
    ),
];

pub(super) fn rows() -> Vec<Row> {
    let mut rows = vec![row("nobody listens", Vec::new()).place(Place::Nowhere)];
    for reset in [true, false] {
        let verb = if reset { "reset" } else { "closed" };
        let stages = [
            ("once it is accepted", Stage::Accepted, Keep::Announced),
            ("after the headers", Stage::Headers, Keep::Alive),
            ("after the request", Stage::Request, Keep::Alive),
        ];
        for (when, stage, keep) in stages {
            let turn = Turn::at(stage, [end(reset)]);
            rows.push(row(format!("{verb} {when}, each time"), always(turn.clone())).keep(keep));
            rows.push(
                row(format!("{verb} {when}, once"), vec![turn])
                    .keep(keep)
                    .right("ok alice", None),
            );
        }
        for (when, beginning) in BEGINNINGS {
            let turn = Turn::new([send(beginning), Act::Wait(Duration::from_millis(5)), end(reset)]);
            rows.push(row(format!("{verb} {when}, each time"), always(turn.clone())));
            rows.push(row(format!("{verb} {when}, once"), vec![turn]).right("ok alice", 2));
        }
    }
    rows.push(
        row("closed between two calls", Vec::new())
            .keep(Keep::Unannounced)
            .right("ok alice", 1),
    );
    rows.push(
        row("closed between two calls, as announced", Vec::new())
            .keep(Keep::Announced)
            .right("ok alice", 1),
    );
    let closing = Turn::new([send(response("200 OK", "", USER)), Act::Close]);
    rows.push(row("closed behind the answer", vec![closing]).right("ok alice", 1));
    let resetting = Turn::new([
        send(response("200 OK", "", USER)),
        Act::Wait(Duration::from_millis(5)),
        Act::Reset,
    ]);
    rows.push(row("reset behind the answer", vec![resetting]).right("ok alice", 1));
    let early = Turn::at(
        Stage::Headers,
        [send(response("200 OK", "connection: close\r\n", USER)), Act::Close],
    );
    rows.push(row("answered before the request's body was read", vec![early]));
    let broken = Turn::new([Act::Reset]);
    rows.push(
        row("sign-in: reset after the request, once", vec![broken.clone()])
            .call(Call::SignIn)
            .right("ok token", 2),
    );
    rows.push(row("sign-in: reset after the request, each time", always(broken)).call(Call::SignIn));
    rows
}

pub(super) fn slow() -> Vec<Row> {
    let hold = || always(Turn::new([Act::Hold]));
    let timeout = Duration::from_millis(200);
    let mut rows = vec![
        row("no answer, with a read timeout", hold())
            .settings(|settings| settings.read_timeout = Some(timeout))
            .takes(600),
        row("no answer once, with a read timeout", vec![Turn::new([Act::Hold])])
            .settings(|settings| settings.read_timeout = Some(timeout))
            .right("ok alice", 2)
            .takes(200),
        row("no answer, with an operation timeout", hold())
            .settings(|settings| settings.operation_timeout = Some(timeout))
            .takes(200),
        row("no answer, with an attempt timeout", hold())
            .settings(|settings| settings.attempt_timeout = Some(timeout))
            .takes(600),
        row("sign-in: no answer, with a read timeout", hold())
            .call(Call::SignIn)
            .settings(|settings| settings.read_timeout = Some(timeout))
            .takes(600),
        row(
            "an answer after 200 ms, with a read timeout of 2 s",
            vec![Turn::new([Act::Wait(timeout), send(response("200 OK", "", USER))])],
        )
        .settings(|settings| settings.read_timeout = Some(Duration::from_secs(2)))
        .right("ok alice", 1)
        .takes(200),
        row(
            "an answer after 200 ms, with no timeouts",
            vec![Turn::new([Act::Wait(timeout), send(response("200 OK", "", USER))])],
        )
        .right("ok alice", 1)
        .takes(200),
    ];
    for (when, beginning) in &BEGINNINGS[..2] {
        rows.push(
            row(
                format!("stalled {when}, with a read timeout"),
                always(Turn::new([send(beginning), Act::Hold])),
            )
            .settings(|settings| settings.read_timeout = Some(timeout))
            .takes(600),
        );
    }
    for (when, beginning) in &BEGINNINGS[2..] {
        for (call, prefix) in [(Call::GetUser, ""), (Call::SignIn, "sign-in: ")] {
            rows.push(
                row(
                    format!("{prefix}stalled {when}, with a grace period of 2 s"),
                    always(Turn::new([send(beginning), Act::Hold])),
                )
                .call(call)
                .settings(|settings| settings.grace_period = Some(Duration::from_secs(2)))
                .takes(7_000),
            );
        }
    }
    let error = "HTTP/1.1 400 Bad Request\r\nx-amzn-errortype: UserNotFoundException\r\ncontent-length: 35\r\n\r\n{\"";
    rows.push(
        row(
            "an error stalled in its body, with a grace period of 2 s",
            always(Turn::new([send(error), Act::Hold])),
        )
        .settings(|settings| settings.grace_period = Some(Duration::from_secs(2)))
        .takes(7_000),
    );
    let whole = response("200 OK", "", USER);
    rows.push(
        row(
            "an answer byte by byte",
            vec![Turn::new([Act::Trickle(whole.into(), Duration::from_millis(1))])],
        )
        .right("ok alice", 1)
        .takes(500),
    );
    let error = response("400 Bad Request", "", r#"{"__type":"UserNotFoundException"}"#);
    rows.push(
        row(
            "an error byte by byte",
            vec![Turn::new([Act::Trickle(error.into(), Duration::from_millis(1))])],
        )
        .right("UserNotFoundException", 1)
        .takes(500),
    );
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 35\r\n\r\n";
    rows.push(
        row(
            "a body byte by byte, one each 20 ms",
            vec![Turn::new([
                send(head),
                Act::Trickle(USER.as_bytes().into(), Duration::from_millis(20)),
            ])],
        )
        .right("ok alice", 1)
        .takes(800),
    );
    rows.push(
        row(
            "busy, then an answer",
            vec![answer("503 Service Unavailable", "", ""), success(USER)],
        )
        .right("ok alice", 2),
    );
    rows
}
