//! Every type: `Debug` of a value that is full of secrets, and serde's errors about a value that isn't one.

use crate::markers::{broken, model, value, wrong};
use crate::{Source, Texts};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Debug;

/// Shows what there is to see of a type, given a value of its shape.
type Inspect = fn(&str, &Value, &mut Texts);

mod idp {
    use super::{Inspect, inspect};

    include!(concat!(env!("OUT_DIR"), "/types-cognito-idp.rs"));
}

mod identity {
    use super::{Inspect, inspect};

    include!(concat!(env!("OUT_DIR"), "/types-cognito-identity.rs"));
}

fn inspect<T: DeserializeOwned + Serialize + Debug>(shape: &str, whole: &Value, texts: &mut Texts) {
    let built: T = serde_json::from_value(whole.clone()).unwrap_or_else(|error| panic!("{shape}: {error}"));
    let written = serde_json::to_value(&built).unwrap_or_else(|error| panic!("{shape}: {error}"));
    assert_eq!(written, *whole, "{shape}: the markers are in it");
    texts.see(Source::Debug, shape, &format!("{built:?} {built:#?}"));
    for value in wrong(whole) {
        let text = value.to_string();
        // Some of them are as good as the right ones: then there is nothing to say, or `Debug` to look at.
        if let Err(error) = serde_json::from_str::<T>(&text) {
            texts.see(Source::Serde, shape, &format!("{error} {error:?}"));
        }
        if let Err(error) = serde_json::from_value::<T>(value) {
            texts.see(Source::Serde, shape, &format!("{error} {error:?}"));
        }
    }
    for text in broken(whole) {
        if let Err(error) = serde_json::from_str::<T>(&text) {
            texts.see(Source::Serde, shape, &format!("{error} {error:?}"));
        }
    }
}

fn all(name: &str, types: &[(&str, Inspect)], texts: &mut Texts) {
    let service = model(name);
    for (shape, inspect) in types {
        inspect(shape, &value(&service, shape), texts);
    }
}

pub(crate) fn cognito_idp(texts: &mut Texts) {
    assert!(idp::TYPES.len() > 429, "{} types only", idp::TYPES.len());
    all("cognito-idp", idp::TYPES, texts);
}

pub(crate) fn cognito_identity(texts: &mut Texts) {
    all("cognito-identity", identity::TYPES, texts);
}
