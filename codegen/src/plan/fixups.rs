//! What a service's JSON model lacks or gets wrong, each with the page that shows it.

use crate::model::{ModelError, Service, Shape, ShapeKind, Structure};
use crate::pattern;
use std::path::PathBuf;

/// Corrections to a JSON model, which lacks some facts and contradicts the crate that ours replaces in others.
///
/// Each entry is checked against the model. An entry that no longer applies is an error, so that it is removed.
#[derive(Debug, Clone, Copy)]
pub struct Fixups {
    /// Number and boolean shapes with `@default(0)` or `@default(false)` in the Smithy model.
    ///
    /// botocore's JSON omits defaults, but the Rust type of a member depends on them: `bool` and not `Option<bool>`,
    /// unless the member has the `box` trait.
    pub defaulted_shapes: &'static [&'static str],
    /// Members that have their own default in the Smithy model: structure and member.
    ///
    /// They were required before. AWS has replaced that with `@addedDefault`, so that the field's type stays the same.
    pub defaulted_members: &'static [(&'static str, &'static str)],
    /// Patterns that only Java can express, each with another pattern that matches the same texts.
    pub patterns: &'static [(&'static str, &'static str)],
    /// Shapes whose pattern forbids what the documentation of their members allows: the shape, the words there, and a
    /// value that they allow and the pattern forbids.
    pub contradicted_patterns: &'static [(&'static str, &'static str, &'static str)],
    /// Enum values that are in the service's documentation and not in the model's `enum`: shape and value.
    pub documented_values: &'static [(&'static str, &'static str)],
    /// Shapes whose values are secret, although the model doesn't mark them as sensitive.
    pub unmarked_secrets: &'static [&'static str],
    /// The error code with which the service refuses an input that its model doesn't allow, if it isn't
    /// `ValidationException`.
    pub refusal: Option<&'static str>,
    /// Whether an entry may not apply, because the model has another version than the one in `model/`.
    pub any_version: bool,
}

const COGNITO_IDP: Fixups = Fixups {
    // `smithy.api#default` of the members with these shapes, in AWS's Smithy model:
    // https://github.com/awslabs/aws-sdk-rust/blob/main/aws-models/cognito-identity-provider.json
    defaulted_shapes: &[
        "AccountTakeoverActionNotifyType",
        "AdminCreateUserUnusedAccountValidityDaysType",
        "BooleanType",
        "IntegerType",
        "LongType",
        "RefreshTokenValidityType",
        "TemporaryPasswordValidityDaysType",
    ],
    // The field is a `String` in the official crate, whose builder fills it with the default:
    // https://docs.rs/aws-sdk-cognitoidentityprovider/1.144.0/aws_sdk_cognitoidentityprovider/types/struct.SmsConfigurationType.html
    // `@addedDefault`: https://smithy.io/2.0/spec/type-refinement-traits.html
    defaulted_members: &[("SmsConfigurationType", "SnsCallerArn")],
    // The text doesn't end with a dot. `regex` has no lookbehind: https://docs.rs/regex/latest/regex/#syntax. The pattern
    // is S3Bucket's in
    // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DomainDescriptionType.html
    patterns: &[(r"^[0-9A-Za-z\.\-_]*(?<!\.)$", r"([0-9A-Za-z\.\-_]*[0-9A-Za-z\-_])?")],
    // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolDomain.html
    // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html
    contradicted_patterns: &[
        ("DomainType", "auth.example.com", "auth.example.com"),
        ("PasswordType", "submit a blank value", ""),
    ],
    // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetClientToken.html
    documented_values: &[("ExplicitAuthFlowsType", "ALLOW_CLIENT_TOKEN_AUTH")],
    // Client secrets and private keys of identity providers, and the codes that confirm a sign-up or reset a password:
    // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html
    // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmForgotPassword.html
    unmarked_secrets: &["ProviderDetailsType", "ConfirmationCodeType"],
    // An answer of user pools: https://github.com/anomalyco/guide/issues/127. Identity pools use the usual code:
    // https://github.com/getmoto/moto/issues/1979
    refusal: Some("InvalidParameterException"),
    ..NONE
};

const COGNITO_IDENTITY: Fixups = Fixups {
    // A part of temporary AWS credentials, of which the model marks only the secret key:
    // https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_Credentials.html
    unmarked_secrets: &["SessionTokenString"],
    ..NONE
};

const NONE: Fixups = Fixups {
    defaulted_shapes: &[],
    defaulted_members: &[],
    patterns: &[],
    contradicted_patterns: &[],
    documented_values: &[],
    unmarked_secrets: &[],
    refusal: None,
    any_version: false,
};

impl Fixups {
    /// The fix-ups of a service, by the name of its folder in `model/`.
    pub fn of(service: &str) -> Self {
        match service {
            "cognito-idp" => COGNITO_IDP,
            "cognito-identity" => COGNITO_IDENTITY,
            _ => NONE,
        }
    }

    /// The same fix-ups for a model of another version, in which some of them may not apply.
    pub fn where_they_apply(self) -> Self {
        Self {
            any_version: true,
            ..self
        }
    }

    /// Whether the values of a shape are secret.
    pub fn is_secret(&self, name: &str, shape: &Shape) -> bool {
        shape.sensitive || self.unmarked_secrets.contains(&name)
    }

    /// Whether a check of an input must not show the values of a shape.
    ///
    /// It may show those of a map that only a fix-up knows: what is wrong there are the entries' names and settings such
    /// as scopes, and without them a report helps nobody. Values that are too long are shown nowhere.
    pub fn is_secret_to_checks(&self, name: &str, shape: &Shape) -> bool {
        shape.sensitive || self.is_secret(name, shape) && !matches!(shape.kind, ShapeKind::Map { .. })
    }

    /// The entries that no longer apply.
    pub(super) fn stale(&self, service: &Service) -> Vec<ModelError> {
        if self.any_version {
            return Vec::new();
        }
        let stale = |path: String, message: String| ModelError {
            file: PathBuf::from(&service.dir_name).join("service.json"),
            path,
            message,
            hint: "remove the entry from codegen/src/plan/fixups.rs".to_owned(),
        };
        let mut errors = Vec::new();
        for name in self.defaulted_shapes {
            let kind = service.shapes.get(*name).map(|shape| &shape.kind);
            if !matches!(kind, Some(ShapeKind::Boolean | ShapeKind::Whole { .. })) {
                let message = format!("the fix-up for the default of `{name}` finds no number or boolean of that name");
                errors.push(stale(format!("$.shapes.{name}"), message));
            }
        }
        for (name, member) in self.defaulted_members {
            let structure = service.structure(name);
            let applies = structure.is_some_and(|structure| {
                structure.members.contains_key(*member) && !structure.required.iter().any(|required| required == member)
            });
            if !applies {
                let message = format!("the fix-up for the default of `{member}` finds no optional member of that name");
                errors.push(stale(format!("$.shapes.{name}.required"), message));
            }
        }
        for (pattern, _) in self.patterns {
            let has = |shape: &Shape| matches!(&shape.kind, ShapeKind::String { pattern: Some(known), .. } if known == pattern);
            if !service.shapes.values().any(has) {
                let message = format!("the fix-up for the pattern `{pattern}` finds no shape with it");
                errors.push(stale("$.shapes".to_owned(), message));
            }
        }
        for (shape, value) in self.documented_values {
            let lacks = match service.shapes.get(*shape).map(|shape| &shape.kind) {
                Some(ShapeKind::String {
                    values: Some(values), ..
                }) => !values.iter().any(|known| known == value),
                _ => false,
            };
            if !lacks {
                let message = format!("the fix-up for `{value}` finds no enum without it");
                errors.push(stale(format!("$.shapes.{shape}.enum"), message));
            }
        }
        for name in self.unmarked_secrets {
            if service.shapes.get(*name).is_none_or(|shape| shape.sensitive) {
                let message = format!("the fix-up for the secret `{name}` finds no shape that isn't sensitive");
                errors.push(stale(format!("$.shapes.{name}.sensitive"), message));
            }
        }
        for (shape, words, value) in self.contradicted_patterns {
            let contradicts = |structure: &Structure| {
                let mut members = structure.members.values();
                members.any(|it| it.shape == *shape && it.documentation.as_ref().is_some_and(|it| it.contains(words)))
            };
            let forbids = match service.shapes.get(*shape).map(|shape| &shape.kind) {
                Some(ShapeKind::String {
                    pattern: Some(pattern), ..
                }) => pattern::forbids(pattern, value),
                _ => false,
            };
            if !forbids || !service.shapes.values().filter_map(Shape::as_structure).any(contradicts) {
                let message = format!("the fix-up for the pattern of `{shape}` finds nothing to mend");
                errors.push(stale(format!("$.shapes.{shape}.pattern"), message));
            }
        }
        errors
    }
}
