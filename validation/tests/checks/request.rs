//! A small service, and a request to it that is written as JSON.

use cognito_validation::{Constraints, constrained};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

/// The input of the operation `Ask`.
pub(crate) struct Request(pub(crate) Value);

impl Serialize for Request {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

const TEXT: &str = r"
operation Ask Request
structure Request
  UserPoolId PoolId required
  Password Password
  CallbackURLs Urls
  Tags Tags
  Secrets Secrets
  Ratio Ratio
  Mode Mode
  Modes Modes
  Nested Urls2
  Schema Attributes
text PoolId 1..
  [\S]+
  [[:^space:]]+
secret text Password 6..
  [\S]+
  [[:^space:]]+
list Urls Url
text Url 1..1024
  [\S]+
  [[:^space:]]+
list Urls2 ShortUrls
list ShortUrls Url ..2
map Tags TagKey TagValue
text TagKey 1..8
text TagValue 5..
map Secrets SecretKey TagValue
secret text SecretKey 1..
number Ratio 1..2
enum Mode
  ON
  OFF
list Modes Mode
list Attributes Attribute
structure Attribute
  Name AttributeName required
text AttributeName 1..3
";

/// As what an absent enum is read.
pub(crate) const ABSENT: &str = "nothing";

pub(crate) static CONSTRAINTS: Constraints = Constraints::new(TEXT, ABSENT, &[], "ValidationException");

constrained! {
    CONSTRAINTS;
    Request = "Request";
}

/// A request with these members and a pool.
pub(crate) fn with(members: Value) -> Request {
    let mut all = members;
    all["UserPoolId"] = "p".into();
    Request(all)
}
