//! The kinds of tokens: the claims of each, and the checks after its signature is verified.

use crate::claims::{AccessClaims, AlbClaims, IdClaims, OidcClaims, time};
use crate::object::Object;
use crate::refusal::{Part, Refusal};
use crate::token::required;
use std::borrow::Cow;
use std::time::{Duration, SystemTime};

/// A kind of token: [`Access`], [`Id`], [`Oidc`] or [`Alb`]. There are no others.
pub trait Kind: sealed::Kind {
    /// The claims of a token of this kind, with the application's own.
    type Claims<C>;
}

/// Access tokens of user pools.
#[derive(Debug, Clone, Copy)]
pub enum Access {}
/// ID tokens of user pools.
#[derive(Debug, Clone, Copy)]
pub enum Id {}
/// Tokens of other OpenID Connect providers.
#[derive(Debug, Clone, Copy)]
pub enum Oidc {}
/// An Application Load Balancer's claims about the users whom it has signed in.
#[derive(Debug, Clone, Copy)]
pub enum Alb {}

impl Kind for Access {
    type Claims<C> = AccessClaims<C>;
}
impl Kind for Id {
    type Claims<C> = IdClaims<C>;
}
impl Kind for Oidc {
    type Claims<C> = OidcClaims<C>;
}
impl Kind for Alb {
    type Claims<C> = AlbClaims<C>;
}

/// What a verifier accepts. An empty list of all, or no list of any, requires nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules {
    pub(crate) clients: OneOf,
    pub(crate) audiences: OneOf,
    /// All of these.
    pub(crate) scopes: Vec<String>,
    /// One of these. Never empty.
    pub(crate) any_scope: Option<Vec<String>>,
    /// All of these.
    pub(crate) groups: Vec<String>,
    /// One of these. Never empty.
    pub(crate) any_group: Option<Vec<String>>,
    /// The load balancer.
    pub(crate) signer: String,
    /// The load balancer's identity provider; `None` accepts any.
    pub(crate) identity_provider: Option<String>,
    /// How much the clocks may differ.
    pub(crate) leeway: Duration,
}

/// The set of accepted names.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum OneOf {
    /// Not set, so a verifier can't be built.
    #[default]
    Unset,
    Any,
    These(Vec<String>),
}

impl OneOf {
    pub(crate) fn add(&mut self, name: String) {
        match self {
            Self::These(names) => names.push(name),
            Self::Unset | Self::Any => *self = Self::These(vec![name]),
        }
    }

    fn has(&self, name: &str) -> bool {
        match self {
            Self::Unset => false,
            Self::Any => true,
            Self::These(names) => names.iter().any(|other| other == name),
        }
    }
}

pub(crate) mod sealed {
    use super::{Object, Refusal, Rules, SystemTime};

    /// The part of a kind that the verifier uses.
    pub trait Kind: Sized + Send + Sync + 'static {
        /// Whether the parts may be padded.
        const PADDED: bool = false;

        /// Reads the claims, and checks them.
        #[expect(private_interfaces, reason = "the trait can't be named outside of this crate")]
        fn read(said: &Said<'_>, rules: &Rules, now: SystemTime) -> Result<<Self as super::Kind>::Claims<()>, Refusal>
        where
            Self: super::Kind;

        /// The same claims, with the application's own.
        fn with_custom<C>(claims: <Self as super::Kind>::Claims<()>, custom: C) -> <Self as super::Kind>::Claims<C>
        where
            Self: super::Kind;
    }

    /// The claims of a token with a valid signature.
    pub(crate) struct Said<'a> {
        pub(crate) header: Object<'a>,
        pub(crate) payload: Object<'a>,
    }
}

use sealed::Said;

impl Said<'_> {
    fn required(&self, member: &'static str) -> Result<String, Refusal> {
        required(Part::Payload, &self.payload, member).map(str::to_owned)
    }

    fn optional(&self, member: &'static str) -> Result<Option<String>, Refusal> {
        self.of_payload(self.payload.string(member))
            .map(|text| text.map(str::to_owned))
    }

    fn strings(&self, member: &'static str) -> Result<Vec<String>, Refusal> {
        self.of_payload(self.payload.strings(member)).map(owned)
    }

    fn audience(&self) -> Result<Vec<String>, Refusal> {
        self.of_payload(self.payload.string_or_strings("aud")).map(owned)
    }

    fn time(&self, member: &'static str) -> Result<Option<SystemTime>, Refusal> {
        self.of_payload(self.payload.time(member))
            .map(|seconds| seconds.map(time))
    }

    fn required_time(&self, member: &'static str) -> Result<SystemTime, Refusal> {
        let part = Part::Payload;
        self.time(member)?.ok_or(Refusal::Missing { part, member })
    }

    fn truth(&self, member: &'static str) -> Result<bool, Refusal> {
        let truth = self.of_payload(self.payload.truth(member))?;
        Ok(truth.unwrap_or(false))
    }

    #[expect(clippy::unused_self, reason = "it reads better at the caller's")]
    fn of_payload<T>(&self, result: Result<T, crate::object::WrongType>) -> Result<T, Refusal> {
        result.map_err(|wrong| Refusal::wrong_type(Part::Payload, wrong))
    }

    /// Checks `exp` and `nbf`, and returns the former.
    fn in_time(&self, rules: &Rules, now: SystemTime) -> Result<SystemTime, Refusal> {
        let expires_at = self.required_time("exp")?;
        not_expired(expires_at, rules, now)?;
        let begin = self.time("nbf")?;
        match begin.map(|begin| begin.duration_since(now)) {
            Some(Ok(ahead)) if ahead > rules.leeway => Err(Refusal::NotYetValid),
            _ => Ok(expires_at),
        }
    }

    fn token_use(&self, expected: &'static str) -> Result<(), Refusal> {
        if required(Part::Payload, &self.payload, "token_use")? == expected {
            Ok(())
        } else {
            Err(Refusal::TokenUse { expected })
        }
    }
}

fn owned(strings: &[Cow<'_, str>]) -> Vec<String> {
    strings.iter().map(|string| string.clone().into_owned()).collect()
}

fn not_expired(expires_at: SystemTime, rules: &Rules, now: SystemTime) -> Result<(), Refusal> {
    match now.duration_since(expires_at) {
        Ok(since) if since >= rules.leeway => Err(Refusal::Expired { since }),
        _ => Ok(()),
    }
}

/// Checks that a token has all of some names.
fn has_all<'n>(names: impl Iterator<Item = &'n str> + Clone, all: &[String]) -> bool {
    all.iter().all(|name| names.clone().any(|other| other == name))
}

/// Checks that a token has one of some names, if there are any to have.
fn has_any<'n>(mut names: impl Iterator<Item = &'n str>, any: Option<&[String]>) -> bool {
    any.is_none_or(|any| names.any(|name| any.iter().any(|other| other == name)))
}

fn check_scopes<'n>(scopes: impl Iterator<Item = &'n str> + Clone, rules: &Rules) -> Result<(), Refusal> {
    let any = rules.any_scope.as_deref();
    let required = if !has_all(scopes.clone(), &rules.scopes) {
        rules.scopes.join(" ")
    } else if !has_any(scopes, any) {
        any.unwrap_or_default().join(" ")
    } else {
        return Ok(());
    };
    Err(Refusal::Scope { required })
}

fn check_groups(groups: &[String], rules: &Rules) -> Result<(), Refusal> {
    let groups = groups.iter().map(|group| &**group);
    if has_all(groups.clone(), &rules.groups) && has_any(groups, rules.any_group.as_deref()) {
        Ok(())
    } else {
        Err(Refusal::Group)
    }
}

fn check_audience(audience: &[String], rules: &Rules) -> Result<(), Refusal> {
    let accepts_all = rules.audiences == OneOf::Any;
    if accepts_all || audience.iter().any(|name| rules.audiences.has(name)) {
        Ok(())
    } else {
        Err(Refusal::Audience)
    }
}

#[expect(private_interfaces, reason = "the trait can't be named outside of this crate")]
impl sealed::Kind for Access {
    fn read(said: &Said<'_>, rules: &Rules, now: SystemTime) -> Result<AccessClaims, Refusal> {
        // First, or the other kind of token would be refused for the claims that it hasn't.
        said.token_use("access")?;
        let claims = AccessClaims {
            issuer: said.required("iss")?,
            sub: said.required("sub")?,
            client_id: said.required("client_id")?,
            username: said.optional("username")?,
            scope: said.optional("scope")?.unwrap_or_default(),
            groups: said.strings("cognito:groups")?,
            audience: said.audience()?,
            issued_at: said.required_time("iat")?,
            expires_at: said.in_time(rules, now)?,
            auth_time: said.time("auth_time")?,
            jti: said.optional("jti")?,
            origin_jti: said.optional("origin_jti")?,
            event_id: said.optional("event_id")?,
            device_key: said.optional("device_key")?,
            custom: (),
        };
        if !rules.clients.has(&claims.client_id) {
            return Err(Refusal::Client);
        }
        check_audience(&claims.audience, rules)?;
        check_scopes(claims.scope.split(' '), rules)?;
        check_groups(&claims.groups, rules)?;
        Ok(claims)
    }

    fn with_custom<C>(claims: AccessClaims, custom: C) -> AccessClaims<C> {
        claims.with_custom(custom)
    }
}

#[expect(private_interfaces, reason = "the trait can't be named outside of this crate")]
impl sealed::Kind for Id {
    fn read(said: &Said<'_>, rules: &Rules, now: SystemTime) -> Result<IdClaims, Refusal> {
        said.token_use("id")?;
        let audience = said.audience()?;
        let claims = IdClaims {
            issuer: said.required("iss")?,
            sub: said.required("sub")?,
            // A user pool's ID token is for one client. One for more would be for someone else, too.
            client_id: match <[String; 1]>::try_from(audience) {
                Ok([client]) => client,
                Err(none) if none.is_empty() => {
                    let (part, member) = (Part::Payload, "aud");
                    return Err(Refusal::Missing { part, member });
                }
                Err(_) => return Err(Refusal::Client),
            },
            username: said.optional("cognito:username")?,
            groups: said.strings("cognito:groups")?,
            roles: said.strings("cognito:roles")?,
            preferred_role: said.optional("cognito:preferred_role")?,
            email: said.optional("email")?,
            email_verified: said.truth("email_verified")?,
            phone_number: said.optional("phone_number")?,
            phone_number_verified: said.truth("phone_number_verified")?,
            nonce: said.optional("nonce")?,
            issued_at: said.required_time("iat")?,
            expires_at: said.in_time(rules, now)?,
            auth_time: said.time("auth_time")?,
            jti: said.optional("jti")?,
            origin_jti: said.optional("origin_jti")?,
            custom: (),
        };
        if !rules.clients.has(&claims.client_id) {
            return Err(Refusal::Client);
        }
        check_groups(&claims.groups, rules)?;
        Ok(claims)
    }

    fn with_custom<C>(claims: IdClaims, custom: C) -> IdClaims<C> {
        claims.with_custom(custom)
    }
}

#[expect(private_interfaces, reason = "the trait can't be named outside of this crate")]
impl sealed::Kind for Oidc {
    fn read(said: &Said<'_>, rules: &Rules, now: SystemTime) -> Result<OidcClaims, Refusal> {
        let claims = OidcClaims {
            issuer: said.required("iss")?,
            sub: said.required("sub")?,
            audience: said.audience()?,
            scope: said.optional("scope")?.unwrap_or_default(),
            issued_at: said.time("iat")?,
            expires_at: said.in_time(rules, now)?,
            nonce: said.optional("nonce")?,
            custom: (),
        };
        check_audience(&claims.audience, rules)?;
        check_scopes(claims.scope.split(' '), rules)?;
        Ok(claims)
    }

    fn with_custom<C>(claims: OidcClaims, custom: C) -> OidcClaims<C> {
        claims.with_custom(custom)
    }
}

#[expect(private_interfaces, reason = "the trait can't be named outside of this crate")]
impl sealed::Kind for Alb {
    const PADDED: bool = true;

    fn read(said: &Said<'_>, rules: &Rules, now: SystemTime) -> Result<AlbClaims, Refusal> {
        let header = |member| required(Part::Header, &said.header, member).map(str::to_owned);
        let (part, member) = (Part::Header, "exp");
        let exp = said.header.time(member);
        let exp = exp.map_err(|wrong| Refusal::wrong_type(part, wrong))?;
        let claims = AlbClaims {
            issuer: header("iss")?,
            sub: said.required("sub")?,
            client_id: header("client")?,
            signer: header("signer")?,
            expires_at: exp.map(time).ok_or(Refusal::Missing { part, member })?,
            username: said.optional("username")?,
            email: said.optional("email")?,
            custom: (),
        };
        not_expired(claims.expires_at, rules, now)?;
        // The payload's is the identity provider's, and isn't always there.
        if said.payload.has("exp") {
            said.in_time(rules, now)?;
        }
        if claims.signer != rules.signer {
            return Err(Refusal::Signer);
        }
        if rules
            .identity_provider
            .as_ref()
            .is_some_and(|name| *name != claims.issuer)
        {
            return Err(Refusal::Issuer);
        }
        if !rules.clients.has(&claims.client_id) {
            return Err(Refusal::Client);
        }
        Ok(claims)
    }

    fn with_custom<C>(claims: AlbClaims, custom: C) -> AlbClaims<C> {
        claims.with_custom(custom)
    }
}
