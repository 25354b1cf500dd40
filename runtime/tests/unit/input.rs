//! Endpoint parameters that are inside an input.

use cognito_runtime::endpoint::input::{Step, list_at, text_at};
use serde_json::json;

#[test]
fn a_path_leads_to_the_text_of_a_member_or_to_nothing() {
    let input = json!({ "Table": { "Name": "books", "Size": 3 } });
    let at = |path: &[Step]| text_at(&input, path);
    assert_eq!(
        at(&[Step::Member("Table"), Step::Member("Name")]),
        Some("books".to_owned())
    );
    assert_eq!(at(&[Step::Member("Table"), Step::Member("Size")]), None);
    assert_eq!(at(&[Step::Member("Chair"), Step::Member("Name")]), None);
}

#[test]
fn a_path_through_a_list_or_a_map_leads_to_all_that_is_there_in_order() {
    let input = json!({
        "Items": [{ "Put": { "Table": "a" } }, {}, { "Delete": { "Table": "b" } }],
        "ByTable": { "c": [], "d": [] },
    });
    const TABLES: &[&[Step]] = &[
        &[Step::Member("Delete"), Step::Member("Table")],
        &[Step::Member("Put"), Step::Member("Table")],
    ];
    let several = [Step::Member("Items"), Step::Items, Step::Several(TABLES)];
    assert_eq!(list_at(&input, &several), Some(vec!["a".to_owned(), "b".to_owned()]));
    let keys = [Step::Member("ByTable"), Step::Keys];
    assert_eq!(list_at(&input, &keys), Some(vec!["c".to_owned(), "d".to_owned()]));
    assert_eq!(list_at(&json!({ "Items": [] }), &several), None);
}
