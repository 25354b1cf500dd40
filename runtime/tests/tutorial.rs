//! A structure written by hand, with its table. Read the struct, then the table, then the tests.

use aws_smithy_types::error::operation::BuildError;
use aws_smithy_types::{DateTime, Document};
use cognito_runtime::json;
use cognito_runtime::serde::{EpochSeconds, JsonDocument, Sensitive};
use cognito_runtime::structure;
use std::collections::HashMap;

/// A book.
#[derive(Clone)]
#[non_exhaustive]
pub struct Book {
    /// Its number.
    pub isbn: String,
    /// Its title.
    pub title: Option<String>,
    /// The number of pages.
    pub pages: i32,
    /// Its subjects.
    pub topics: Option<Vec<String>>,
    /// The readers' comments, by name.
    pub reviews: Option<HashMap<String, String>>,
    /// When it was borrowed.
    pub borrowed: Option<DateTime>,
    /// The code that opens the shelf.
    pub pin: Option<String>,
    /// Other data of the library.
    pub notes: Option<Document>,
}

structure! {
    required Book, builder BookBuilder {
        /// Required. Exactly 13 characters.
        isbn: String = "Isbn" => text(set_isbn, get_isbn), required;
        title: String = "Title" => text(set_title, get_title);
        pages: i32 = "Pages" => copy(set_pages, get_pages), defaulted;
        topics: Vec<String> = "Topics" => append(set_topics, get_topics; item: text);
        reviews: HashMap<String, String> = "Reviews" => insert(set_reviews, get_reviews; key: text, value: text);
        borrowed: DateTime = "Borrowed" as EpochSeconds => value(set_borrowed, get_borrowed);
        pin: String = "Pin" as Sensitive => text(set_pin, get_pin);
        notes: Document = "Notes" as JsonDocument => value(set_notes, get_notes);
    }
}

fn read(json: &str) -> Result<Book, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

fn strictly(json: &str) -> Result<Book, String> {
    json::from_str(json).map_err(|error| error.to_string())
}

fn refused(json: &str) -> String {
    read(json).expect_err("the JSON is wrong")
}

#[test]
fn each_access_has_its_setter_and_getter() -> Result<(), BuildError> {
    let builder = Book::builder()
        .isbn("9780000000000")
        .pages(3)
        .topics("cats")
        .topics("dogs")
        .reviews("Ann", "good");
    assert_eq!(builder.get_pages(), &Some(3));
    let book = builder.build()?;
    assert_eq!(book.isbn(), "9780000000000");
    assert_eq!(book.title(), None);
    assert_eq!(book.pages(), 3);
    assert_eq!(book.topics(), ["cats", "dogs"]);
    assert_eq!(book.reviews().map(HashMap::len), Some(1));
    assert_eq!(book.borrowed(), None);
    Ok(())
}

#[test]
fn a_builder_fails_without_what_is_required_and_names_it() {
    let error = Book::builder().build().expect_err("isbn isn't set");
    assert!(error.to_string().contains("isbn"), "{error}");
}

#[test]
fn a_response_may_leave_out_what_is_required() -> Result<(), String> {
    let book = read("{}")?;
    assert_eq!((book.isbn(), book.pages()), ("", 0));
    Ok(())
}

#[test]
fn null_is_absent_and_what_is_unknown_is_skipped() -> Result<(), String> {
    let book = read(r#"{"Isbn":"1","Title":null,"Unheard":{"of":[1]},"Pages":2}"#)?;
    assert_eq!((book.title(), book.pages()), (None, 2));
    Ok(())
}

#[test]
fn a_strict_reader_refuses_what_is_unknown_and_knows_the_nearest_name() {
    let error = strictly(r#"{"Isbn":"1","Tittle":"SECRET"}"#).expect_err("a misspelling");
    assert_eq!(
        error,
        "`Tittle` isn't a member of Book; did you mean `Title`? at line 1 column 21"
    );
    let error = json::from_str::<Vec<Book>>(r#"[{}, {"isbn":"SECRET"}]"#).expect_err("another casing");
    assert_eq!(
        error.to_string(),
        "in element 1: `isbn` isn't a member of Book; did you mean `Isbn`? at line 1 column 13"
    );
    let error = strictly(r#"{"Publisher":{"Name":"SECRET"}}"#).expect_err("no member");
    assert_eq!(error, "`Publisher` isn't a member of Book at line 1 column 13");
}

#[test]
fn a_strict_reader_refuses_a_key_that_is_there_twice() -> Result<(), String> {
    for (json, expected) in [
        (
            r#"{"Title":"SECRET","Title":"SECRET"}"#,
            "the key `Title` is there twice at line 1 column 25",
        ),
        (
            r#"{"Title":null,"T\u0069tle":null}"#,
            "the key `Title` is there twice at line 1 column 26",
        ),
        (
            r#"{"Reviews":{"anyone":"SECRET","anyone":"SECRET"}}"#,
            "in `Reviews`: the key `anyone` is there twice at line 1 column 38",
        ),
        (
            r#"{"Notes":{"of":[{"any":1,"any":2}]}}"#,
            "in `Notes`: in element 0: the key `any` is there twice at line 1 column 30",
        ),
    ] {
        assert_eq!(strictly(json).expect_err("a lost value"), expected);
    }
    let book = read(r#"{"Title":"one","Title":"two"}"#)?;
    assert_eq!(book.title(), Some("two"));
    Ok(())
}

#[test]
fn a_strict_reader_takes_the_rest_as_the_lenient_one_does() -> Result<(), String> {
    let json = r#"{"Isbn":"1","Title":null,"Pages":2,"Topics":["a"],"Reviews":{"anyone":"good"},"Borrowed":1.5,
        "Notes":{"any":{"thing":[8.5]}}}"#;
    assert!(strictly(json)? == read(json)?);
    for json in [
        r#"{"Pages":"SECRET"}"#,
        r#"{"Topics":["a",5431]}"#,
        r#"{"Borrowed":"SECRET"}"#,
    ] {
        let error = strictly(json).expect_err("another type");
        assert!(error.starts_with("in `") && error.contains("invalid "), "{error}");
        assert!(!error.contains("SECRET") && !error.contains("5431"), "{error}");
    }
    assert!(strictly("{} {}").is_err_and(|error| error.starts_with("trailing characters")));
    Ok(())
}

#[test]
fn what_is_written_is_read_again() -> Result<(), String> {
    let json = r#"{"Isbn":"1","Title":"T","Pages":2,"Topics":["a"],"Borrowed":1.5,"Pin":"0000","Notes":{"x":8.5}}"#;
    let book = read(json)?;
    assert_eq!(serde_json::to_string(&book).map_err(|error| error.to_string())?, json);
    Ok(())
}

#[test]
fn debug_hides_what_is_sensitive() -> Result<(), String> {
    let text = format!("{:?}", read(r#"{"Isbn":"1","Pin":"0000"}"#)?);
    assert!(text.contains("isbn: \"1\"") && !text.contains("0000"), "{text}");
    Ok(())
}

#[test]
fn timestamps_are_read_in_each_form_that_services_send() -> Result<(), String> {
    for (text, seconds, nanos) in [
        ("1700000000", 1_700_000_000, 0),
        ("1700000000.5", 1_700_000_000, 500_000_000),
        (r#""2023-11-14T22:13:20.5Z""#, 1_700_000_000, 500_000_000),
        (r#""2023-11-14T23:13:20+01:00""#, 1_700_000_000, 0),
        (r#""Tue, 14 Nov 2023 22:13:20 GMT""#, 1_700_000_000, 0),
        (
            r#"{"$serde_json::private::Number":"1700000000.5"}"#,
            1_700_000_000,
            500_000_000,
        ),
    ] {
        let book = read(&format!(r#"{{"Borrowed":{text}}}"#))?;
        assert_eq!(
            book.borrowed,
            Some(DateTime::from_secs_and_nanos(seconds, nanos)),
            "{text}"
        );
    }
    Ok(())
}

#[test]
fn numbers_are_read_as_arbitrary_precision_gives_them() -> Result<(), String> {
    let number = |text: &str| format!(r#"{{"$serde_json::private::Number":"{text}"}}"#);
    let book = read(&format!(r#"{{"Pages":{},"Notes":[{}]}}"#, number("7"), number("8.5")))?;
    assert_eq!(book.pages(), 7);
    assert_eq!(book.notes, Some(Document::Array(vec![8.5.into()])));
    Ok(())
}

#[test]
fn an_error_says_where_and_which_kinds_but_quotes_nothing() {
    let error = refused(r#"{"Pin":{"a":"SECRET"}}"#);
    assert!(
        error.starts_with("in `Pin`: invalid type: map, expected a string"),
        "{error}"
    );
    for json in [
        r#""SECRET""#,
        r#"{"Pages":"SECRET"}"#,
        r#"{"Topics":"SECRET"}"#,
        r#"{"Reviews":"SECRET"}"#,
        r#"{"Borrowed":"SECRET"}"#,
    ] {
        let error = refused(json);
        assert!(!error.contains("SECRET"), "{error}");
    }
    for json in [
        r#"{"Pin":5431}"#,
        r#"{"Topics":[5431]}"#,
        r#"{"Reviews":{"a":5431}}"#,
        r#"{"Pages":5431543154315431}"#,
    ] {
        let error = refused(json);
        assert!(!error.contains("5431"), "{error}");
    }
}
