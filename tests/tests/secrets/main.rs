//! No text that a program may log holds a secret: a marker stands in every sensitive member of every type, and in
//! every place where an answer may put something else, and must not come out again.
//!
//! A crate adds itself with one line in [`SUBJECTS`].

mod calls;
mod known;
mod markers;
mod types;

use cognito_tests::report;
use known::KNOWN;
use markers::MARKERS;
use std::collections::{BTreeMap, BTreeSet};

/// Shows its texts.
type Show = fn(&mut Texts);

/// What shows its texts: a name, and what does it.
const SUBJECTS: &[(&str, Show)] = &[
    ("types of cognito-idp", types::cognito_idp),
    ("types of cognito-identity", types::cognito_identity),
    ("calls of cognito-idp", calls::cognito_idp),
    ("calls of cognito-identity", calls::cognito_identity),
    ("a client and its configuration", calls::client),
];

/// Where texts come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// `Debug` of a value or a builder.
    Debug,
    /// An error of serde, from JSON text or from a JSON value.
    Serde,
    /// `Display` of an error, and of its sources.
    Display,
    /// `Debug` of an error's source.
    ErrorDebug,
    /// `DisplayErrorContext` or `Debug` of an error, with the response that it keeps.
    RawResponse,
    /// What `tracing` is told, at this level and above.
    Log(tracing::Level),
}

/// Looks at texts.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    seen: BTreeMap<String, usize>,
    leaks: BTreeMap<String, Vec<String>>,
}

impl Texts {
    /// Looks at a text.
    pub(crate) fn see(&mut self, source: Source, what: &str, text: &str) {
        *self.seen.entry(format!("{source:?}")).or_default() += 1;
        if let Some(marker) = MARKERS.iter().find(|marker| text.contains(**marker)) {
            let start = text.find(marker).unwrap_or_default();
            let begin = text.floor_char_boundary(start.saturating_sub(160));
            let excerpt = &text[begin..start + marker.len()];
            let leaks = self.leaks.entry(format!("{source:?}")).or_default();
            leaks.push(format!("{what}: …{excerpt}"));
        }
    }
}

#[test]
fn nothing_sensitive_is_shown() {
    let mut surprises = Vec::new();
    let mut known: BTreeSet<String> = KNOWN
        .iter()
        .map(|(subject, source, _)| format!("{subject}, {source}"))
        .collect();
    for (subject, show) in SUBJECTS {
        let mut texts = Texts::default();
        show(&mut texts);
        assert!(!texts.seen.is_empty(), "{subject} shows nothing");
        report!("secrets: {subject}: {:?}", texts.seen);
        for (source, leaks) in &texts.leaks {
            report!("secrets: {subject}: {source}: {} leaks", leaks.len());
            if !known.remove(&format!("{subject}, {source}")) {
                let examples: Vec<&str> = leaks.iter().take(5).map(String::as_str).collect();
                surprises.push(format!(
                    "{subject}, {source}: {} leaks\n    {}",
                    leaks.len(),
                    examples.join("\n    ")
                ));
            }
        }
    }
    let mended = known
        .iter()
        .map(|leak| format!("{leak}: nothing leaks now, take it out of `KNOWN`"));
    surprises.extend(mended);
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}
