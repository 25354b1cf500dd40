//! Errors of the service: their codes in every place and spelling, throttling, clocks.

use super::{always, answer, row, success};
use crate::faults::measure::{Call, Row};
use aws_smithy_types::date_time::{DateTime, Format};
use std::time::SystemTime;

const BAD: &str = "400 Bad Request";

pub(super) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    let missing = r#"{"__type":"UserNotFoundException","message":"no"}"#;
    rows.push(row("an error that is modelled", always(answer(BAD, "", missing))).right("UserNotFoundException", 1));
    rows.push(
        row(
            "an error that isn't modelled",
            always(answer(BAD, "", r#"{"__type":"OddException"}"#)),
        )
        .right("OddException", 1),
    );
    rows.push(
        row(
            "an error with the status 500",
            always(answer("500 Oops", "", r#"{"__type":"InternalErrorException"}"#)),
        )
        .right("InternalErrorException", 3),
    );
    rows.push(
        row("an error with the status 302", always(answer("302 Found", "", missing))).right("UserNotFoundException", 1),
    );
    // An odd body doesn't hide the code, nor stop the retry.
    let odd: &[(&str, &[u8])] = &[
        ("1e400", br#"{"__type":"TooManyRequestsException","Zzz":1e400}"#),
        (
            "1e400 before the code",
            br#"{"Zzz":1e400,"__type":"TooManyRequestsException"}"#,
        ),
        ("-1e400", br#"{"Zzz":-1e400,"__type":"TooManyRequestsException"}"#),
        (
            "a lone surrogate",
            br#"{"Zzz":"\ud800","__type":"TooManyRequestsException"}"#,
        ),
        (
            "a lone low surrogate",
            br#"{"Zzz":"\udc00","__type":"TooManyRequestsException"}"#,
        ),
        (
            "a lone surrogate in a name",
            br#"{"\ud800":1,"__type":"TooManyRequestsException"}"#,
        ),
        (
            "a lone surrogate in the message",
            br#"{"message":"\ud800","__type":"TooManyRequestsException"}"#,
        ),
        ("a stray byte behind it", br#"{"__type":"TooManyRequestsException"}x"#),
        (
            "a raw control character",
            b"{\"Zzz\":\"\x01\",\"__type\":\"TooManyRequestsException\"}",
        ),
        (
            "a raw control character in the message",
            b"{\"message\":\"a\nb\",\"__type\":\"TooManyRequestsException\"}",
        ),
        (
            "a message that is a number",
            br#"{"message":42,"__type":"TooManyRequestsException"}"#,
        ),
        (
            "a message that is an object",
            br#"{"message":{"a":1},"__type":"TooManyRequestsException"}"#,
        ),
        (
            "a message that is null",
            br#"{"message":null,"__type":"TooManyRequestsException"}"#,
        ),
        (
            "a code that is a number, too",
            br#"{"code":42,"__type":"TooManyRequestsException"}"#,
        ),
        (
            "a code that is null, too",
            br#"{"code":null,"__type":"TooManyRequestsException"}"#,
        ),
        (
            "white space around it",
            b"\r\n {\"__type\":\"TooManyRequestsException\"}\r\n",
        ),
    ];
    for (name, body) in odd {
        rows.push(
            row(format!("an error with {name}"), always(answer(BAD, "", body))).right("TooManyRequestsException", 3),
        );
    }
    for depth in [100, 127, 128, 1_000, 100_000] {
        for before in [true, false] {
            let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            let (body, where_) = if before {
                (
                    format!(r#"{{"Zzz":{nested},"__type":"TooManyRequestsException"}}"#),
                    "before",
                )
            } else {
                (
                    format!(r#"{{"__type":"TooManyRequestsException","Zzz":{nested}}}"#),
                    "behind",
                )
            };
            rows.push(
                row(
                    format!("an error with a member nested {depth} deep {where_} the code"),
                    always(answer(BAD, "", body)),
                )
                .right("TooManyRequestsException", 3),
            );
        }
    }
    // A header's code survives any body.
    let bodies: &[(&str, &[u8])] = &[
        ("no body", b""),
        ("a line end", b"\r\n"),
        ("white space", b"   "),
        ("HTML", b"<html></html>"),
        ("a body that breaks off", br#"{"message":"sl"#),
        ("a body that isn't UTF-8", b"\xff\xfe"),
        ("`null`", b"null"),
        ("a list", b"[1]"),
        ("a string", b"\"text\""),
        ("a stray byte", b"{}x"),
        ("1e400", br#"{"Zzz":1e400}"#),
        ("a body of another code", br#"{"__type":"UserNotFoundException"}"#),
    ];
    for (name, body) in bodies {
        let turn = answer(BAD, "x-amzn-errortype: TooManyRequestsException\r\n", body);
        rows.push(row(format!("a code in a header, and {name}"), always(turn)).right("TooManyRequestsException", 3));
    }
    // Nothing says what it is.
    let anonymous: &[(&str, &[u8])] = &[
        ("no body", b""),
        ("a line end", b"\r\n"),
        ("an empty object", b"{}"),
        ("a message alone", br#"{"message":"no"}"#),
        ("a code that is a number", br#"{"__type":42}"#),
        ("an empty code", br#"{"__type":""}"#),
        ("a body that breaks off", br#"{"__type":"User"#),
        ("bytes that aren't UTF-8", b"\xff\xfe"),
        ("`null`", b"null"),
        ("a list", b"[1]"),
    ];
    for (name, body) in anonymous {
        rows.push(row(format!("400 with {name}"), always(answer(BAD, "", body))));
    }
    rows.push(
        row(
            "sign-in: refused",
            always(answer(
                BAD,
                "",
                r#"{"__type":"NotAuthorizedException","message":"Incorrect username or password."}"#,
            )),
        )
        .call(Call::SignIn)
        .right("NotAuthorizedException", 1),
    );
    rows.push(
        row(
            "an error of 10 MB",
            vec![answer(
                BAD,
                "",
                format!(
                    r#"{{"message":"{}","__type":"UserNotFoundException"}}"#,
                    "x".repeat(10_000_000)
                ),
            )],
        )
        .right("UserNotFoundException", 1)
        .takes(3_000)
        .heavy(),
    );
    rows
}

pub(super) fn throttling() -> Vec<Row> {
    let mut rows = Vec::new();
    for code in [
        "TooManyRequestsException",
        "ThrottlingException",
        "Throttling",
        "ThrottledException",
        "RequestThrottledException",
        "RequestThrottled",
        "RequestLimitExceeded",
        "BandwidthLimitExceeded",
        "SlowDown",
        "PriorRequestNotComplete",
        "TransactionInProgressException",
        "ProvisionedThroughputExceededException",
        "EC2ThrottledException",
        "LimitExceededException",
        "RequestTimeout",
        "RequestTimeoutException",
        "InternalError",
    ] {
        rows.push(row(
            format!("`{code}`"),
            always(answer(BAD, "", format!(r#"{{"__type":"{code}"}}"#))),
        ));
    }
    let plain = "TooManyRequestsException";
    let spellings = [
        (
            "a namespace",
            "",
            r#"{"__type":"com.amazonaws.cognito#TooManyRequestsException"}"#,
        ),
        (
            "a namespace of `Throttling`",
            "",
            r#"{"__type":"com.amazonaws.common#Throttling"}"#,
        ),
        (
            "a URL behind it",
            "",
            r#"{"__type":"TooManyRequestsException:http://internal.amazon.com/"}"#,
        ),
        (
            "a namespace and a URL",
            "",
            r#"{"__type":"a.b#TooManyRequestsException:http://internal.amazon.com/"}"#,
        ),
        ("the member `code`", "", r#"{"code":"TooManyRequestsException"}"#),
        (
            "`code` and `__type`",
            "",
            r#"{"code":"TooManyRequestsException","__type":"UserNotFoundException"}"#,
        ),
        ("a header", "x-amzn-errortype: TooManyRequestsException\r\n", "{}"),
        (
            "a header in capitals",
            "X-Amzn-ErrorType: TooManyRequestsException\r\n",
            "{}",
        ),
        (
            "a header with a URL",
            "x-amzn-errortype: TooManyRequestsException:http://internal.amazon.com/\r\n",
            "{}",
        ),
        (
            "a header with a namespace",
            "x-amzn-errortype: a.b#TooManyRequestsException\r\n",
            "{}",
        ),
        (
            "a header of the query protocol",
            "x-amzn-query-error: TooManyRequestsException;Sender\r\n",
            "{}",
        ),
    ];
    for (name, headers, body) in spellings {
        let outcome = if body.contains("common") { "Throttling" } else { plain };
        rows.push(row(format!("throttling by {name}"), always(answer(BAD, headers, body))).right(outcome, 3));
    }
    for status in ["429 Too Many Requests", "503 Service Unavailable"] {
        let body = r#"{"__type":"TooManyRequestsException"}"#;
        rows.push(row(format!("throttling with {status}"), always(answer(status, "", body))).right(plain, 3));
        rows.push(row(
            format!("{status} with another code"),
            always(answer(status, "", r#"{"__type":"OddException"}"#)),
        ));
    }
    for after in ["50", "0", "abc", "-1", "1.5", ""] {
        let headers = format!("x-amz-retry-after: {after}\r\n");
        let turn = answer(BAD, &headers, r#"{"__type":"TooManyRequestsException"}"#);
        rows.push(
            row(format!("`x-amz-retry-after: {after}`"), always(turn))
                .right(plain, 3)
                .takes(100),
        );
    }
    let turn = answer(BAD, "retry-after: 3600\r\n", r#"{"__type":"TooManyRequestsException"}"#);
    rows.push(row("`retry-after: 3600`", always(turn)).right(plain, 3));
    let body = r#"{"__type":"TooManyRequestsException"}"#;
    rows.push(
        row(
            "throttled once",
            vec![answer(BAD, "", body), success(r#"{"Username":"alice"}"#)],
        )
        .right("ok alice", 2),
    );
    rows.push(
        row("sign-in: throttled once", vec![answer(BAD, "", body)])
            .call(Call::SignIn)
            .right("ok token", 2),
    );
    rows
}

pub(super) fn clocks() -> Vec<Row> {
    let mut rows = Vec::new();
    let now = i64::try_from(
        SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .map_or(0, |now| now.as_secs()),
    )
    .unwrap_or(0);
    let date = |offset: i64| {
        DateTime::from_secs(now + offset)
            .fmt(Format::HttpDate)
            .unwrap_or_default()
    };
    let dates = [
        ("an hour ahead", date(3_600)),
        ("an hour behind", date(-3_600)),
        ("a day ahead", date(86_400)),
        ("ten years behind", date(-315_360_000)),
        ("right", date(0)),
    ];
    for code in [
        "InvalidSignatureException",
        "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
    ] {
        for (name, date) in &dates {
            let turn = answer(
                BAD,
                &format!("date: {date}\r\n"),
                format!(r#"{{"__type":"{code}","message":"Signature expired"}}"#),
            );
            rows.push(row(
                format!("`{code}` from a clock that is {name}, each time"),
                always(turn.clone()),
            ));
            rows.push(row(format!("`{code}` from a clock that is {name}, once"), vec![turn]));
        }
        for date in [
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Mon, 01 Jan 0001 00:00:00 GMT",
            "tomorrow",
        ] {
            let turn = answer(BAD, &format!("date: {date}\r\n"), format!(r#"{{"__type":"{code}"}}"#));
            rows.push(
                row(format!("`{code}` with `Date: {date}`, each time"), always(turn))
                    .right(code, None)
                    // By then, a clock that is as much ahead is beyond the year 9999.
                    .pause(1_100),
            );
        }
    }
    for date in ["Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"] {
        let turn = answer("200 OK", &format!("date: {date}\r\n"), r#"{"Username":"alice"}"#);
        rows.push(row(format!("a success with `Date: {date}`"), vec![turn]).right("ok alice", 1));
    }
    rows
}
