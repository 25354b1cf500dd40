//! Bodies of a success: JSON of all kinds, and what isn't JSON.

use super::{always, row, success};
use crate::faults::measure::{Call, Row};

pub(super) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    let bodies: &[(&str, &[u8])] = &[
        ("nothing", b""),
        ("white space", b"  \r\n\t"),
        ("a line end", b"\r\n"),
        ("`null`", b"null"),
        ("a list", b"[]"),
        ("a string", b"\"text\""),
        ("a number", b"42"),
        ("HTML", b"<html></html>"),
        ("an object that breaks off", br#"{"Username":"ali"#),
        ("a stray byte behind the object", br#"{"Username":"alice"}x"#),
        ("two objects", br#"{"Username":"alice"}{"Username":"mallory"}"#),
        ("a byte order mark", b"\xef\xbb\xbf{\"Username\":\"alice\"}"),
        ("UTF-16", b"{\0\"\0"),
        ("a member of bytes that aren't UTF-8", b"{\"Username\":\"\xff\"}"),
        ("an unknown member of bytes that aren't UTF-8", b"{\"Zzz\":\"\xff\",\"Username\":\"alice\"}"),
        ("a lone surrogate", br#"{"Username":"\ud800"}"#),
        ("a lone surrogate in an unknown member", br#"{"Zzz":"\ud800","Username":"alice"}"#),
        ("a surrogate pair", br#"{"Username":"\ud83d\ude00"}"#),
        ("NUL in a string", br#"{"Username":"a\u0000b"}"#),
        ("a raw control character", b"{\"Username\":\"a\x01b\"}"),
        ("a raw line end in a string", b"{\"Username\":\"a\nb\"}"),
        ("a raw control character in an unknown member", b"{\"Zzz\":\"a\x01b\",\"Username\":\"alice\"}"),
        ("an unknown escape", br#"{"Username":"\x41"}"#),
        ("a trailing comma", br#"{"Username":"alice",}"#),
        ("single quotes", b"{'Username':'alice'}"),
        ("a comment", b"{/**/\"Username\":\"alice\"}"),
        ("`NaN` in an unknown member", br#"{"Zzz":NaN,"Username":"alice"}"#),
        ("1e400 in an unknown member", br#"{"Zzz":1e400,"Username":"alice"}"#),
        ("a number of 400 digits in an unknown member", br#"{"Zzz":1111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111,"Username":"alice"}"#),
        ("a leading zero in an unknown member", br#"{"Zzz":01,"Username":"alice"}"#),
        ("a member twice", br#"{"Username":"mallory","Username":"alice"}"#),
        ("a member twice, then null", br#"{"Username":"alice","Username":null}"#),
        ("null for a required member", br#"{"Username":null}"#),
        ("an empty object", b"{}"),
        ("a number for a string", br#"{"Username":42}"#),
        ("an object for a string", br#"{"Username":{"a":1}}"#),
        ("a string for a boolean", br#"{"Username":"alice","Enabled":"yes"}"#),
        ("a string for a list", br#"{"Username":"alice","UserAttributes":"x"}"#),
        ("null in a list", br#"{"Username":"alice","UserAttributes":[null]}"#),
        ("an unknown value of an enum", br#"{"Username":"alice","UserStatus":"SLEEPING"}"#),
        ("a number for an enum", br#"{"Username":"alice","UserStatus":3}"#),
        ("an unknown member with a name of odd letters", br#"{"\u0000\u2028":1,"Username":"alice"}"#),
        ("a member whose name is escaped", br#"{"User\u006eame":"alice"}"#),
    ];
    for (name, body) in bodies {
        rows.push(row(*name, always(success(body))));
    }
    let times = [
        "1700000000.123",
        "1.7000000001E9",
        "0",
        "-0",
        "-1.5",
        "1e3",
        "1e400",
        "-1e400",
        "1e20",
        "9999999999999999999",
        "253402300800",
        "\"2023-11-14T22:13:20Z\"",
        "\"2023-11-14T22:13:20.5+01:00\"",
        "\"Tue, 14 Nov 2023 22:13:20 GMT\"",
        "\"1700000000\"",
        "\"soon\"",
        "\"\"",
        "true",
        "[]",
        "{}",
        "null",
    ];
    for time in times {
        let body = format!(r#"{{"Username":"alice","UserCreateDate":{time}}}"#);
        rows.push(row(format!("the timestamp `{time}`"), always(success(body))));
    }
    for depth in [100, 126, 127, 128, 1_000, 100_000] {
        let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let body = format!(r#"{{"Username":"alice","Zzz":{nested}}}"#);
        rows.push(row(format!("an unknown member nested {depth} deep"), always(success(body))).right("ok alice", 1));
    }
    let nested = format!(r#"{{"Username":"alice","Zzz":{}"#, "[{\"a\":".repeat(50_000));
    rows.push(row("an unknown member nested without an end", always(success(nested))).right("unreadable", 1));
    let text = "x".repeat(10_000_000);
    rows.push(
        row(
            "a body of 10 MB",
            vec![success(format!(r#"{{"Zzz":"{text}","Username":"alice"}}"#))],
        )
        .right("ok alice", 1)
        .takes(3_000)
        .heavy(),
    );
    let members: String = (0..1_000_000).map(|i| format!(r#""m{i}":{i},"#)).collect();
    rows.push(
        row(
            "a million unknown members",
            vec![success(format!(r#"{{{members}"Username":"alice"}}"#))],
        )
        .right("ok alice", 1)
        .takes(5_000)
        .heavy(),
    );
    let users = vec![r#"{"Username":"a","Attributes":[{"Name":"sub","Value":"1"}]}"#; 100_000].join(",");
    rows.push(
        row(
            "a page of 100,000 users",
            vec![success(format!(r#"{{"Users":[{users}]}}"#))],
        )
        .call(Call::ListUsers)
        .right("ok 100000 users", 1)
        .takes(8_000)
        .heavy(),
    );
    for (name, body) in [
        (
            "sign-in: a string in place of the tokens",
            r#"{"AuthenticationResult":"TOKEN"}"#,
        ),
        (
            "sign-in: a token that is a number",
            r#"{"AuthenticationResult":{"AccessToken":42}}"#,
        ),
        ("sign-in: nothing", ""),
    ] {
        rows.push(row(name, always(success(body))).call(Call::SignIn));
    }
    rows
}
