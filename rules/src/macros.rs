//! Declares rules, each with its source's statement, so that every rule is in the list.

/// Declares the rules of a file as statics, and `ALL`, the list of them.
macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident = $severity:ident($name:literal, $source:expr);)*) => {
        $($(#[$doc])* static $rule: ::cognito_validation::Rule =
            ::cognito_validation::Rule::$severity($name, $source);)*

        /// The rules of this file.
        pub(super) static ALL: &[&::cognito_validation::Rule] = &[$(&$rule),*];
    };
}

/// A page of the user pools API reference.
macro_rules! api {
    ($name:literal) => {
        concat!(
            "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_",
            $name,
            ".html"
        )
    };
}

/// A page of the developer guide.
macro_rules! guide {
    ($name:literal) => {
        concat!(
            "https://docs.aws.amazon.com/cognito/latest/developerguide/",
            $name,
            ".html"
        )
    };
}

pub(crate) use {api, guide, rules};
