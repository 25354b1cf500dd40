//! Patterns against Java's own engine, in which AWS's services are written: the same verdict on each text.

use crate::place::{Place, places};
use crate::samples::Samples;
use crate::{Tested, services};
use cognito_codegen::model::ShapeKind;
use cognito_idp::operation::sign_up::SignUpInput;
use cognito_idp::validation::Validate;
use cognito_runtime::validation::Constraint;
use cognito_tests::report;
use cognito_tests::servers::run_python;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;

/// How many texts are made from a pattern, and how many are made from each of these by a change.
const TEXTS: usize = 40;
const CHANGED: usize = 3;

/// What classes of characters tell apart.
const ALPHABET: [char; 34] = [
    'a', 'Z', '5', '_', '-', '.', ' ', '\t', '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{a0}', '\u{2028}', 'ü', 'ſ',
    '\u{301}', '٣', '½', '日', '😀', '\u{0}', '\u{7f}', '{', '#', ':', '/', '@', '\\', '€', '\u{200b}', '\u{e000}',
    '\u{378}',
];

/// Makes texts that match the pattern, by Unicode's meaning of its classes.
pub(crate) fn generator(pattern: &str) -> rand_regex::Regex {
    // Anchors are for engines that search, and a lookbehind no generator can follow; Java says what comes of that.
    let plain = pattern
        .trim_start_matches("\\A")
        .trim_start_matches('^')
        .trim_end_matches('$')
        .replace("(?<!\\.)", "");
    rand_regex::Regex::compile(&plain, 8).unwrap_or_else(|error| panic!("{pattern}: {error}"))
}

/// Texts of which some match the pattern: by Unicode's meaning of its classes, by ours, and these with a change.
fn texts(pattern: &str, rng: &mut StdRng) -> BTreeSet<String> {
    let mut generators = vec![generator(pattern)];
    if let Ok(ours) = cognito_codegen::pattern::translate(pattern) {
        generators.push(generator(&ours));
    }
    let mut texts = BTreeSet::from([String::new()]);
    for generator in generators {
        for _ in 0..TEXTS {
            let text: String = rng.sample(&generator);
            for _ in 0..CHANGED {
                texts.insert(changed(&text, rng));
            }
            texts.insert(text);
        }
    }
    texts
}

fn changed(text: &str, rng: &mut StdRng) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let (at, c) = (
        rng.random_range(0..=chars.len()),
        ALPHABET[rng.random_range(0..ALPHABET.len())],
    );
    match rng.random_range(0..3) {
        0 if at < chars.len() => drop(chars.remove(at)),
        1 if at < chars.len() => chars[at] = c,
        _ => chars.insert(at, c),
    }
    chars.into_iter().collect()
}

/// Whether the value at a place breaks its pattern.
fn breaks<'a>(tested: &'a Tested, samples: &mut Samples<'a>, place: &Place<'a>, text: &str) -> bool {
    let input = place.with(samples, &tested.model, &json!(text));
    let path = place.path(&tested.model, &input);
    let found = tested.violations(place.operation, &input).expect("a text is a text");
    found
        .iter()
        .any(|it| it.path() == path && matches!(it.constraint(), Constraint::Pattern { .. }))
}

fn is_unchecked(shape: &str) -> bool {
    let unchecked = [
        cognito_idp::validation::UNCHECKED,
        cognito_identity::validation::UNCHECKED,
    ];
    unchecked.concat().iter().any(|(name, _, _)| *name == shape)
}

#[test]
fn what_is_not_checked_is_listed() {
    let [domain, password] = cognito_idp::validation::UNCHECKED else {
        panic!("{:?}", cognito_idp::validation::UNCHECKED)
    };
    assert_eq!((domain.0, password.0), ("DomainType", "PasswordType"));
    assert!(domain.2.contains("auth.example.com"), "{domain:?}");
    assert!(password.2.contains("blank"), "{password:?}");
    assert_eq!(cognito_identity::validation::UNCHECKED, []);
}

/// API_SignUp: "omit this parameter or submit a blank value". The developer guide counts spaces among the special
/// characters of a password.
#[test]
fn a_password_may_be_blank_or_have_spaces() {
    for password in ["", "correct horse 9!"] {
        let input = SignUpInput::builder().client_id("client").username("alice");
        let input = input.password(password).build().expect("nothing is missing");
        assert_eq!(input.validate(), Ok(()), "{password:?}");
    }
}

#[test]
fn a_text_matches_where_java_says_that_it_does() {
    let (mut good, mut bad, mut patterns) = (0, 0, 0);
    let mut wrong = Vec::new();
    for tested in services() {
        let mut rng = StdRng::seed_from_u64(11);
        let mut seen = BTreeSet::new();
        let mut asked: Vec<(Place<'_>, &str, Vec<String>)> = Vec::new();
        for place in places(&tested) {
            let ShapeKind::String {
                pattern: Some(pattern), ..
            } = &tested.model.shapes[place.shape].kind
            else {
                continue;
            };
            if seen.insert(place.shape) && !is_unchecked(place.shape) {
                let texts = texts(pattern, &mut rng).into_iter().collect();
                asked.push((place, pattern, texts));
            }
        }
        let questions: Vec<_> = asked
            .iter()
            .map(|(_, pattern, texts)| json!([pattern, texts]))
            .collect();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("questions.json");
        fs::write(&file, json!(questions).to_string()).expect("the folder is writable");
        let said = run_python("java_patterns.py", &[&file.display().to_string()]);
        let answers: Vec<Vec<bool>> = serde_json::from_str(&said).expect("JSON");
        let mut samples = Samples::new(&tested.model);
        for ((place, pattern, texts), answers) in asked.iter().zip(&answers) {
            patterns += 1;
            let matching = answers.iter().filter(|answer| **answer).count();
            assert!(matching >= 2, "{pattern}: {matching} texts match");
            assert!(
                matching < texts.len() || *pattern == "(?s).*",
                "{pattern}: all texts match"
            );
            for (text, java) in texts.iter().zip(answers) {
                if *java == breaks(&tested, &mut samples, place, text) {
                    wrong.push(format!(
                        "{pattern} and {text:?}: to Java it {}",
                        if *java { "matches" } else { "doesn't" }
                    ));
                }
                good += usize::from(*java);
                bad += usize::from(!*java);
            }
        }
        assert_eq!(answers.len(), asked.len());
    }
    assert!(
        wrong.is_empty(),
        "{}: {}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
    report!("validation: {patterns} shapes with patterns, {good} texts match as in Java, {bad} don't as in Java");
}
