//! Paginators.

use indexmap::IndexMap;

use crate::read::{Cursor, Key, Object, Place};

/// How the pages of an operation follow each other. Members of the output may be JMESPath expressions,
/// such as `a.b` or `a || b`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paginator {
    /// The members of the input that name the page wanted.
    pub input_token: Vec<String>,
    /// The members of the output that name the next page, one for each input token.
    pub output_token: Vec<String>,
    /// The member of the input that limits the length of a page.
    pub limit_key: Option<String>,
    /// The member of the output that says whether there is another page.
    pub more_results: Option<String>,
    /// The members of the output that hold a page's items.
    pub result_key: Vec<String>,
    /// The members of the output that are the same on each page.
    pub non_aggregate_keys: Vec<String>,
}

/// A file of paginators.
const FILE: Place = Place {
    name: "file of paginators",
    keys: &[
        Key::honoured("pagination", "a paginator each"),
        Key::ignored("version", "the format's version, the same in all files"),
    ],
};

/// A paginator.
const PAGINATOR: Place = Place {
    name: "paginator",
    keys: &[
        Key::honoured("input_token", "how the next page is asked for"),
        Key::honoured("output_token", "where the next page is named"),
        Key::honoured("limit_key", "the size of a page"),
        Key::honoured(
            "more_results",
            "it must be a member; a page without a token is the last one",
        ),
        Key::honoured("result_key", "the items of a page"),
        Key::honoured("non_aggregate_keys", "they must be members; each page has them"),
    ],
};

/// Reads a whole paginators file.
pub(super) fn read_paginators(root: Cursor<'_>) -> IndexMap<String, Paginator> {
    let Some(mut object) = root.object() else {
        return IndexMap::new();
    };
    let pagination = object.require("pagination");
    let paginators = pagination.as_ref().and_then(Cursor::entries);
    let paginators = paginators
        .into_iter()
        .flatten()
        .filter_map(|(name, at)| Some((name.to_owned(), Paginator::read(at.object()?))))
        .collect();
    object.finish_as(&[&FILE]);
    paginators
}

impl Paginator {
    fn read(mut object: Object<'_>) -> Self {
        let paginator = Self {
            input_token: one_or_more(object.require("input_token")),
            output_token: one_or_more(object.require("output_token")),
            limit_key: object.string("limit_key"),
            more_results: object.string("more_results"),
            result_key: one_or_more(object.get("result_key")),
            non_aggregate_keys: object.strings("non_aggregate_keys"),
        };
        paginator.check_tokens(&object);
        object.finish_as(&[&PAGINATOR]);
        paginator
    }

    /// Each output token is the next request's input token, so there are as many of both. Where one is missing,
    /// that has been reported already.
    fn check_tokens(&self, object: &Object<'_>) {
        let (inputs, outputs) = (self.input_token.len(), self.output_token.len());
        if inputs != outputs && inputs > 0 && outputs > 0 {
            object.error(
                format!("`input_token` names {inputs}, `output_token` names {outputs}"),
                "each output token is the next request's input token: name as many of both",
            );
        }
    }
}

/// A string, or an array of at least one string.
fn one_or_more(at: Option<Cursor<'_>>) -> Vec<String> {
    at.and_then(|at| {
        if !at.value().is_array() {
            return at.string().map(|string| vec![string]);
        }
        let strings = at.strings()?;
        if strings.is_empty() {
            at.error("a list without names", "name at least one member");
        }
        Some(strings)
    })
    .unwrap_or_default()
}
