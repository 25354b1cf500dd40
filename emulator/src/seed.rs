//! Pools, app clients and users from a file, which exist when a program starts.

use crate::clients::create_user_pool_client;
use crate::cognito::Cognito;
use crate::fault::Fault;
use crate::groups::{admin_add_user_to_group, create_group};
use crate::pools::create_user_pool;
use crate::unquoted::unquoted;
use crate::users::{admin_create_user, admin_set_user_password};
use crate::world::World;
use cognito_idp::operation::admin_add_user_to_group::AdminAddUserToGroupInput;
use cognito_idp::operation::admin_create_user::AdminCreateUserInput;
use cognito_idp::operation::admin_set_user_password::AdminSetUserPasswordInput;
use cognito_idp::operation::create_group::CreateGroupInput;
use cognito_idp::operation::create_user_pool::CreateUserPoolInput;
use cognito_idp::operation::create_user_pool_client::CreateUserPoolClientInput;
use cognito_idp::operation::describe_user_pool_client::DescribeUserPoolClientInput;
use cognito_idp::validation::Validate;
use cognito_runtime::shape::serde::Wire;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// The content of a seed file: pools, app clients and users. `settings` are the inputs of CreateUserPool and
/// CreateUserPoolClient, with the names of Cognito's API. Users are confirmed, and their passwords permanent.
///
/// ```toml
/// [[pools]]
/// id = "us-east-1_LocalPool"
/// settings = { PoolName = "local", AutoVerifiedAttributes = ["email"] }
///
/// [[pools.clients]]
/// id = "localclient"
/// settings = { ClientName = "web", ExplicitAuthFlows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] }
///
/// [[pools.users]]
/// username = "alice"
/// password = "Correct-horse1"
/// attributes = { email = "alice@example.com", email_verified = "true" }
/// groups = ["admins"]
/// ```
///
/// A test can write it as JSON:
///
/// ```
/// use cognito_emulator::{Cognito, Seed};
/// use serde_json::json;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let seed: Seed = serde_json::from_value(json!({"pools": [{
///     "id": "us-east-1_LocalPool",
///     "settings": {"PoolName": "local"},
///     "clients": [{"id": "localclient", "settings": {"ClientName": "web"}}],
///     "users": [{"username": "alice", "password": "Correct-horse1"}],
/// }]}))?;
/// let cognito = Cognito::new();
/// cognito.sow(&seed)?;
/// # Ok(())
/// # }
/// ```
///
/// Settings that other operations make, such as those of SetUserPoolMfaConfig, are calls of a [client](Cognito::client).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Seed {
    /// The user pools.
    #[serde(default)]
    pub pools: Vec<SeedPool>,
}

/// A user pool to make.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SeedPool {
    /// Its id, which begins with the region. The default is a random id.
    pub id: Option<String>,
    /// The input of CreateUserPool.
    pub settings: Value,
    /// Its app clients.
    #[serde(default)]
    pub clients: Vec<SeedClient>,
    /// Its users.
    #[serde(default)]
    pub users: Vec<SeedUser>,
}

/// An app client to make. `Debug` doesn't show its settings, which may hold a secret.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SeedClient {
    /// Its id. The default is a random id.
    pub id: Option<String>,
    /// The input of CreateUserPoolClient.
    pub settings: Value,
}

impl fmt::Debug for SeedClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeedClient")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A confirmed user to make. `Debug` doesn't show the password.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SeedUser {
    /// The name.
    pub username: String,
    /// The password, which is permanent.
    pub password: String,
    /// The attributes.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
    /// The groups. Missing groups are created.
    #[serde(default)]
    pub groups: Vec<String>,
}

impl fmt::Debug for SeedUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeedUser")
            .field("username", &self.username)
            .field("attributes", &self.attributes)
            .field("groups", &self.groups)
            .finish_non_exhaustive()
    }
}

/// Why a seed can't be used.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The file can't be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// The file isn't TOML or JSON, or has an unknown or invalid entry.
    #[error("{}: {message}", path.display())]
    Parse {
        /// The file.
        path: PathBuf,
        /// The parser's message.
        message: String,
    },
    /// The operation doesn't accept the settings, or the id can't be one.
    #[error("the settings of {what}: {message}")]
    Settings {
        /// The thing with these settings.
        what: String,
        /// What is wrong, and where. It names members, and no values, which may be secrets.
        message: String,
    },
    /// Cognito refuses a part of the seed.
    #[error("{what}: {code}: {message}")]
    Refused {
        /// The thing that was to be made.
        what: String,
        /// The exception.
        code: &'static str,
        /// The exception's message.
        message: String,
    },
}

impl Seed {
    /// Reads a file: JSON if its name says so, otherwise TOML.
    ///
    /// # Errors
    /// The file can't be read, or has an unknown or invalid entry.
    pub fn read(path: &Path) -> Result<Self, SeedError> {
        let text = std::fs::read_to_string(path).map_err(|source| SeedError::Read {
            path: path.to_owned(),
            source,
        })?;
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        let seed = if is_json {
            serde_json::from_str(&text).map_err(|error| unquoted(&error.to_string()))
        } else {
            toml::from_str(&text).map_err(|error| toml_error(&text, &error))
        };
        seed.map_err(|message| SeedError::Parse {
            path: path.to_owned(),
            message,
        })
    }
}

/// The error and its place. The parser's own text isn't used, because it shows the line, which may contain a password.
fn toml_error(text: &str, error: &toml::de::Error) -> String {
    let start = error.span().map_or(0, |span| span.start);
    let before = text.get(..start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or(before).chars().count() + 1;
    format!("line {line}, column {column}: {}", unquoted(error.message()))
}

/// The input of an operation, as strict as the operation is over HTTP, and stricter with names: a misspelt setting would
/// be no setting.
fn input<T: Wire + Validate>(what: &str, settings: &Value, more: Value) -> Result<T, SeedError> {
    let wrong = |message: String| SeedError::Settings {
        what: what.to_owned(),
        message,
    };
    let mut settings = settings.clone();
    if let (Value::Object(members), Value::Object(more)) = (&mut settings, more) {
        members.extend(more);
    }
    let input: T = cognito_idp::json::from_str(&settings.to_string()).map_err(|error| {
        // The place is one in a text that nobody has written.
        let message = error.to_string();
        let message = message
            .rsplit_once(" at line ")
            .map_or(message.as_str(), |(message, _)| message);
        wrong(message.to_owned())
    })?;
    let mut findings = input.findings().into_iter();
    match findings.find(|violation| violation.rule().is_none()) {
        // Without the value, which may be a secret.
        Some(violation) => Err(wrong(format!("`{}` isn't as the model demands", violation.path()))),
        None => Ok(input),
    }
}

/// Refuses ids that no request could name.
fn check_ids(what: &str, ids: Value) -> Result<(), SeedError> {
    input::<DescribeUserPoolClientInput>(what, &ids, json!({})).map(drop)
}

fn made<T>(what: &str, answer: Result<T, Fault>) -> Result<T, SeedError> {
    answer.map_err(|fault| SeedError::Refused {
        what: what.to_owned(),
        code: fault.code,
        message: fault.message,
    })
}

impl Cognito {
    /// Creates the content of a seed. A pool whose id exists already isn't changed, so you can apply a seed at each
    /// start.
    ///
    /// # Errors
    /// Cognito refuses a part of it. Everything before that part has been created.
    pub fn sow(&self, seed: &Seed) -> Result<(), SeedError> {
        let mut world = self.world();
        for pool in &seed.pools {
            let known = pool.id.as_ref().is_some_and(|id| world.state.pools.contains_key(id));
            if !known {
                sow_pool(&mut world, pool)?;
            }
        }
        Ok(())
    }
}

fn sow_pool(world: &mut World, seed: &SeedPool) -> Result<(), SeedError> {
    let what = format!("the pool {}", seed.id.as_deref().unwrap_or_default());
    if let Some(id) = &seed.id {
        check_ids(&what, json!({ "UserPoolId": id, "ClientId": "any" }))?;
    }
    let made_pool = create_user_pool(world, input::<CreateUserPoolInput>(&what, &seed.settings, json!({}))?);
    let made_pool = made(&what, made_pool)?;
    let mut id = made_pool.user_pool.and_then(|pool| pool.id).unwrap_or_default();
    if let Some(wanted) = &seed.id
        && let Some(mut pool) = world.state.pools.remove(&id)
    {
        let arn = crate::pools::arn(&world.around.settings, wanted);
        pool.id.clone_from(wanted);
        pool.description.id = Some(wanted.clone());
        pool.description.arn = Some(arn);
        world.state.pools.insert(wanted.clone(), pool);
        id.clone_from(wanted);
    }
    for client in &seed.clients {
        sow_client(world, &id, client)?;
    }
    for user in &seed.users {
        sow_user(world, &id, user)?;
    }
    Ok(())
}

fn sow_client(world: &mut World, pool: &str, seed: &SeedClient) -> Result<(), SeedError> {
    let what = format!("the app client {}", seed.id.as_deref().unwrap_or_default());
    if let Some(id) = &seed.id {
        check_ids(&what, json!({ "UserPoolId": pool, "ClientId": id }))?;
        if world.state.clients.contains_key(id) {
            return Err(SeedError::Settings {
                what,
                message: "another app client has this id".to_owned(),
            });
        }
    }
    let settings = input::<CreateUserPoolClientInput>(&what, &seed.settings, json!({ "UserPoolId": pool }))?;
    let client = made(&what, create_user_pool_client(world, settings))?;
    let id = client
        .user_pool_client
        .and_then(|client| client.client_id)
        .unwrap_or_default();
    let state = &mut world.state;
    if let Some(wanted) = &seed.id
        && let Some(known) = state.pools.get_mut(pool)
        && let Some(mut app) = known.clients.remove(&id)
    {
        app.id.clone_from(wanted);
        app.description.client_id = Some(wanted.clone());
        known.clients.insert(wanted.clone(), app);
        state.clients.remove(&id);
        state.clients.insert(wanted.clone(), pool.to_owned());
    }
    Ok(())
}

fn sow_user(world: &mut World, pool: &str, seed: &SeedUser) -> Result<(), SeedError> {
    let what = format!("the user {}", seed.username);
    let list: Vec<_> = seed
        .attributes
        .iter()
        .map(|(name, value)| json!({ "Name": name, "Value": value }))
        .collect();
    let name = json!({ "UserPoolId": pool, "Username": seed.username });
    let more = json!({ "UserAttributes": list, "MessageAction": "SUPPRESS" });
    let user = input::<AdminCreateUserInput>(&what, &name, more)?;
    made(&what, admin_create_user(world, user))?;
    let more = json!({ "Password": seed.password, "Permanent": true });
    let password = input::<AdminSetUserPasswordInput>(&what, &name, more)?;
    made(&what, admin_set_user_password(world, password))?;
    for group in &seed.groups {
        let there = world
            .state
            .pools
            .get(pool)
            .is_some_and(|pool| pool.groups.contains_key(group));
        if !there {
            let settings = json!({ "UserPoolId": pool, "GroupName": group });
            let settings = input::<CreateGroupInput>(&what, &settings, json!({}))?;
            made(&what, create_group(world, settings))?;
        }
        let member = input::<AdminAddUserToGroupInput>(&what, &name, json!({ "GroupName": group }))?;
        made(&what, admin_add_user_to_group(world, member))?;
    }
    Ok(())
}
