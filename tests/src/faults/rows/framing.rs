//! Answers that aren't HTTP, whose length is a lie, or that are more than one.

use super::{always, answer, row};
use crate::faults::measure::Row;
use crate::faults::server::{Act, Turn, response, send};
use std::time::Duration;

const USER: &str = r#"{"Username":"alice","Enabled":true}"#;

fn raw(text: &str) -> Turn {
    Turn::new([send(text), Act::Wait(Duration::from_millis(5)), Act::Close])
}

pub(super) fn rows() -> Vec<Row> {
    let head = "HTTP/1.1 200 OK\r\n";
    let chunked = format!("{head}transfer-encoding: chunked\r\n\r\n");
    let length = USER.len();
    let wrong: Vec<(&str, String)> = vec![
        ("no HTTP", "220 smtp.example ESMTP\r\n\r\n".to_owned()),
        ("bytes of HTTP/2", "\0\0\u{12}\u{4}\0\0\0\0\0\0\0".to_owned()),
        (
            "HTTP/9.9",
            format!("HTTP/9.9 200 OK\r\ncontent-length: {length}\r\n\r\n{USER}"),
        ),
        (
            "a status of two digits",
            "HTTP/1.1 20 OK\r\ncontent-length: 0\r\n\r\n".to_owned(),
        ),
        (
            "a status of letters",
            "HTTP/1.1 two OK\r\ncontent-length: 0\r\n\r\n".to_owned(),
        ),
        (
            "a length that is too long",
            format!("{head}content-length: 99\r\n\r\n{USER}"),
        ),
        (
            "a length that is no number",
            format!("{head}content-length: many\r\n\r\n{USER}"),
        ),
        ("a negative length", format!("{head}content-length: -1\r\n\r\n{USER}")),
        (
            "a length of 2^64",
            format!("{head}content-length: 18446744073709551616\r\n\r\n{USER}"),
        ),
        (
            "two lengths",
            format!("{head}content-length: {length}\r\ncontent-length: 7\r\n\r\n{USER}"),
        ),
        (
            "a length and chunks",
            format!("{head}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n23\r\n{USER}\r\n0\r\n\r\n"),
        ),
        ("a chunk without a size", format!("{chunked}zz\r\n{USER}\r\n0\r\n\r\n")),
        (
            "a chunk of 2^64 bytes",
            format!("{chunked}10000000000000000\r\n{USER}\r\n0\r\n\r\n"),
        ),
        (
            "a chunk that is too short",
            format!("{chunked}99\r\n{USER}\r\n0\r\n\r\n"),
        ),
        ("a chunk that is too long", format!("{chunked}5\r\n{USER}\r\n0\r\n\r\n")),
        ("no last chunk", format!("{chunked}23\r\n{USER}\r\n")),
        (
            "another transfer encoding",
            format!("{head}transfer-encoding: gzip\r\n\r\n{USER}"),
        ),
    ];
    let mut rows: Vec<Row> = wrong
        .into_iter()
        .map(|(name, text)| row(name, always(raw(&text))))
        .collect();
    let fine = [
        ("no length, until the connection ends", format!("{head}\r\n{USER}")),
        ("HTTP/1.0", format!("HTTP/1.0 200 OK\r\n\r\n{USER}")),
        (
            "chunks",
            format!("{chunked}5\r\n{}\r\n1e\r\n{}\r\n0\r\n\r\n", &USER[..5], &USER[5..]),
        ),
        (
            "chunks with extensions and trailers",
            format!("{chunked}23;a=b\r\n{USER}\r\n0\r\nx-sum: 1\r\n\r\n"),
        ),
        (
            "lines that end in LF alone",
            format!("HTTP/1.1 200 OK\ncontent-length: {length}\n\n{USER}"),
        ),
        (
            "no reason in the status line",
            format!("HTTP/1.1 200\r\ncontent-length: {length}\r\n\r\n{USER}"),
        ),
        (
            "100 Continue first",
            format!("HTTP/1.1 100 Continue\r\n\r\n{head}content-length: {length}\r\n\r\n{USER}"),
        ),
        (
            "103 Early Hints first",
            format!("HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n{head}content-length: {length}\r\n\r\n{USER}"),
        ),
    ];
    rows.extend(
        fine.into_iter()
            .map(|(name, text)| row(name, vec![raw(&text)]).right("ok alice", 1)),
    );
    rows.push(row(
        "101 Switching Protocols",
        always(raw("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n")),
    ));
    rows.push(row(
        "a length that is too short, of a connection that lives on",
        vec![Turn::new([send(format!("{head}content-length: 10\r\n\r\n{USER}"))])],
    ));
    // Who answers more than was asked must not answer the next call.
    let forged = response("200 OK", "", r#"{"Username":"mallory"}"#);
    let good = response("200 OK", "", USER);
    rows.push(
        row(
            "a second answer behind the first",
            vec![Turn::new([send([good.clone(), forged.clone()].concat())])],
        )
        .right("ok alice", 1),
    );
    rows.push(
        row(
            "a second answer a moment later",
            vec![Turn::new([
                send(good.clone()),
                Act::Wait(Duration::from_millis(5)),
                send(forged.clone()),
            ])],
        )
        .pause(100)
        .right("ok alice", 1),
    );
    rows.push(row(
        "a body behind 204",
        vec![Turn::new([send(format!("HTTP/1.1 204 No Content\r\n\r\n{USER}"))])],
    ));
    rows.push(row(
        "a body behind 304",
        vec![Turn::new([send(format!("HTTP/1.1 304 Not Modified\r\n\r\n{USER}"))])],
    ));
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        rows.push(row(
            format!("a redirect: {status}"),
            always(answer(status, "location: http://127.0.0.1:9/elsewhere\r\n", "")),
        ));
    }
    rows
}
