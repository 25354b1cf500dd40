//! Headers and statuses.

use super::{always, answer, row, success};
use crate::faults::measure::Row;
use crate::faults::server::{Turn, response, send};

const USER: &str = r#"{"Username":"alice","Enabled":true}"#;

pub(super) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    let hostile: [(&str, Vec<u8>); 14] = [
        ("a header whose value isn't UTF-8", b"x-a: \xff\xfe\r\n".to_vec()),
        ("a request id that isn't UTF-8", b"x-amzn-requestid: \xff\r\n".to_vec()),
        ("a code that isn't UTF-8", b"x-amzn-errortype: \xff\r\n".to_vec()),
        ("a date that is none", b"date: tomorrow\r\n".to_vec()),
        ("a header with NUL", b"x-a: a\0b\r\n".to_vec()),
        ("a header without a name", b": a\r\n".to_vec()),
        ("a header without a colon", b"x-a\r\n".to_vec()),
        ("a header name with a space", b"x a: b\r\n".to_vec()),
        ("a header in two lines", b"x-a: a\r\n b\r\n".to_vec()),
        ("a header without a value", b"x-a:\r\n".to_vec()),
        (
            "a hundred headers",
            (0..90).flat_map(|i| format!("x-{i}: a\r\n").into_bytes()).collect(),
        ),
        (
            "a thousand headers",
            (0..1000).flat_map(|i| format!("x-{i}: a\r\n").into_bytes()).collect(),
        ),
        (
            "a header of 100 kB",
            format!("x-a: {}\r\n", "a".repeat(100_000)).into_bytes(),
        ),
        (
            "a header of 1 MB",
            format!("x-a: {}\r\n", "a".repeat(1_000_000)).into_bytes(),
        ),
    ];
    for (name, lines) in hostile {
        let mut bytes = b"HTTP/1.1 200 OK\r\n".to_vec();
        bytes.extend(lines);
        bytes.extend(format!("content-length: {}\r\n\r\n{USER}", USER.len()).into_bytes());
        rows.push(row(name, always(Turn::new([send(bytes)]))));
    }
    let odd = [
        ("a content type of HTML", "content-type: text/html\r\n"),
        ("a content encoding that isn't so", "content-encoding: gzip\r\n"),
        ("a code on a success", "x-amzn-errortype: UserNotFoundException\r\n"),
        ("two request ids", "x-amzn-requestid: a\r\nx-amzn-requestid: b\r\n"),
    ];
    for (name, headers) in odd {
        rows.push(row(name, vec![Turn::new([send(response("200 OK", headers, USER))])]));
    }
    for status in ["201 Created", "202 Accepted", "299 Odd"] {
        rows.push(row(format!("the status {status}"), vec![answer(status, "", USER)]).right("ok alice", 1));
    }
    for status in [
        "400 Bad Request",
        "401 Unauthorized",
        "403 Forbidden",
        "404 Not Found",
        "408 Request Timeout",
        "409 Conflict",
        "413 Content Too Large",
        "429 Too Many Requests",
        "500 Internal Server Error",
        "501 Not Implemented",
        "502 Bad Gateway",
        "503 Service Unavailable",
        "504 Gateway Timeout",
        "599 Odd",
        "600 Odd",
        "999 Odd",
    ] {
        rows.push(row(
            format!("the status {status} with an empty body"),
            always(answer(status, "", "")),
        ));
        rows.push(row(
            format!("the status {status} with HTML"),
            always(answer(status, "", "<html>no</html>")),
        ));
    }
    rows.push(
        row(
            "500, then a success",
            vec![answer("500 Internal Server Error", "", ""), success(USER)],
        )
        .right("ok alice", 2),
    );
    rows
}
