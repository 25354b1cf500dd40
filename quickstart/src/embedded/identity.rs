//! Identity pools: who a token's owner is, and which credentials they get.

use super::state::{Answer, Fault, now, required};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The operations that need no signature, of those that [`IdentityPools::call`] knows.
pub(super) const PUBLIC_OPERATIONS: [&str; 2] = ["GetId", "GetCredentialsForIdentity"];

/// How long credentials are valid, in seconds.
const LIFETIME: u64 = 3600;

#[derive(Debug, Default)]
pub(super) struct IdentityPools {
    pools: BTreeMap<String, Pool>,
    /// The ID tokens that user pools have given out.
    tokens: BTreeMap<String, Token>,
    /// Session tokens of the credentials given out, by access key.
    sessions: BTreeMap<String, String>,
}

#[derive(Debug)]
struct Pool {
    /// As `IdentityPool`.
    description: Value,
    roles: Value,
    identities: BTreeMap<String, Identity>,
}

#[derive(Debug)]
struct Identity {
    /// The provider, and the user's name there.
    login: (String, String),
    created: u64,
}

/// What an ID token says.
#[derive(Debug)]
struct Token {
    provider: String,
    client_id: Value,
    username: String,
}

impl IdentityPools {
    pub(super) fn pools(&self) -> usize {
        self.pools.len()
    }

    /// Notes an ID token that a user pool gives to a user of this app client.
    pub(super) fn trust(&mut self, token: &str, app: &Value, username: &str) {
        let pool = app["UserPoolId"].as_str().unwrap_or_default();
        let token_says = Token {
            provider: format!("cognito-idp.us-east-1.amazonaws.com/{pool}"),
            client_id: app["ClientId"].clone(),
            username: username.to_owned(),
        };
        self.tokens.insert(token.to_owned(), token_says);
    }

    /// Temporary keys, which begin with `ASIA`, must be ones that were given out, with their session token.
    pub(super) fn verify(&self, access_key: &str, session_token: Option<&str>) -> Result<(), Fault> {
        let temporary = access_key.starts_with("ASIA");
        if temporary && (session_token.is_none() || self.sessions.get(access_key).map(String::as_str) != session_token)
        {
            return Err(Fault::new(
                "UnrecognizedClientException",
                "The security token included in the request is invalid.",
            ));
        }
        Ok(())
    }

    /// `serial` numbers what is made, so that each run prints the same ids.
    pub(super) fn call(&mut self, operation: &str, input: &Value, serial: u64) -> Answer {
        match operation {
            "CreateIdentityPool" => self.create(input, serial),
            "SetIdentityPoolRoles" => self.set_roles(input),
            "DeleteIdentityPool" => self.delete(input),
            "GetId" => self.get_id(input, serial),
            "GetCredentialsForIdentity" => self.get_credentials(input, serial),
            "DescribeIdentity" => self.describe(input),
            _ => Err(Fault::new(
                "UnknownOperationException",
                format!("The embedded Cognito doesn't know {operation}"),
            )),
        }
    }

    /// Keeps the request's members as they are; the answer's have the same names.
    fn create(&mut self, input: &Value, serial: u64) -> Answer {
        required(input, "IdentityPoolName")?;
        let id = format!("us-east-1:{serial:08}-0000-4000-8000-000000000000");
        let mut description = input.clone();
        description["IdentityPoolId"] = id.clone().into();
        let pool = Pool {
            description: description.clone(),
            roles: json!({}),
            identities: BTreeMap::new(),
        };
        self.pools.insert(id, pool);
        Ok(description)
    }

    fn set_roles(&mut self, input: &Value) -> Answer {
        self.pool(input)?.roles = input["Roles"].clone();
        Ok(json!({}))
    }

    fn delete(&mut self, input: &Value) -> Answer {
        let id = required(input, "IdentityPoolId")?;
        self.pools.remove(id).map(|_| json!({})).ok_or_else(|| no_pool(id))
    }

    /// The same user gets the same identity.
    fn get_id(&mut self, input: &Value, serial: u64) -> Answer {
        let id = required(input, "IdentityPoolId")?;
        let pool = self.pools.get(id).ok_or_else(|| no_pool(id))?;
        let login = self.login(pool, input)?;
        let known = pool.identities.iter().find(|(_, identity)| identity.login == login);
        let known = known.map(|(identity, _)| identity.clone());
        let identity = known.unwrap_or_else(|| {
            let identity = format!("us-east-1:{serial:08}-0000-4000-9000-000000000000");
            let new = Identity { login, created: now() };
            if let Some(pool) = self.pools.get_mut(id) {
                pool.identities.insert(identity.clone(), new);
            }
            identity
        });
        Ok(json!({ "IdentityId": identity }))
    }

    fn get_credentials(&mut self, input: &Value, serial: u64) -> Answer {
        let (id, pool, identity) = self.identity(input)?;
        let login = self.login(pool, input)?;
        if login != identity.login {
            return Err(Fault::new(
                "NotAuthorizedException",
                "Logins don't match. Please include at least one valid login for this identity or identity pool.",
            ));
        }
        if pool.roles["authenticated"].as_str().is_none() {
            return Err(Fault::new(
                "InvalidIdentityPoolConfigurationException",
                "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
            ));
        }
        let (key, session) = (format!("ASIA{serial:016}"), format!("session-token-{serial:032}"));
        let answer = json!({ "IdentityId": id, "Credentials": {
            "AccessKeyId": key,
            "SecretKey": format!("secret-key-{serial:029}"),
            "SessionToken": session,
            "Expiration": now() + LIFETIME,
        }});
        self.sessions.insert(key, session);
        Ok(answer)
    }

    fn describe(&self, input: &Value) -> Answer {
        let (id, _, identity) = self.identity(input)?;
        Ok(json!({
            "IdentityId": id,
            "Logins": [identity.login.0],
            "CreationDate": identity.created,
            "LastModifiedDate": identity.created,
        }))
    }

    fn pool(&mut self, input: &Value) -> Result<&mut Pool, Fault> {
        let id = required(input, "IdentityPoolId")?;
        self.pools.get_mut(id).ok_or_else(|| no_pool(id))
    }

    fn identity<'a>(&'a self, input: &'a Value) -> Result<(&'a str, &'a Pool, &'a Identity), Fault> {
        let id = required(input, "IdentityId")?;
        let mut pools = self.pools.values();
        pools
            .find_map(|pool| pool.identities.get(id).map(|identity| (id, pool, identity)))
            .ok_or_else(|| Fault::new("ResourceNotFoundException", format!("Identity '{id}' not found.")))
    }

    /// The provider and the user of a request's login, if the pool trusts the provider and the token is the provider's.
    fn login(&self, pool: &Pool, input: &Value) -> Result<(String, String), Fault> {
        let refused = |message: &str| Fault::new("NotAuthorizedException", message);
        let logins = input["Logins"].as_object().map(Map::iter);
        let (provider, token) = logins
            .and_then(|mut logins| logins.next())
            .ok_or_else(|| refused("Unauthenticated access is not supported for this identity pool."))?;
        let says = token.as_str().and_then(|token| self.tokens.get(token));
        let says = says.filter(|says| says.provider == *provider);
        let says = says.ok_or_else(|| refused("Invalid login token."))?;
        let trusted = pool.description["CognitoIdentityProviders"].as_array();
        let trusted = trusted
            .into_iter()
            .flatten()
            .any(|it| it["ProviderName"] == *provider && it["ClientId"] == says.client_id);
        if !trusted {
            return Err(refused("Token is not from a supported provider of this identity pool."));
        }
        Ok((provider.clone(), says.username.clone()))
    }
}

fn no_pool(id: &str) -> Fault {
    Fault::new("ResourceNotFoundException", format!("IdentityPool '{id}' not found."))
}
