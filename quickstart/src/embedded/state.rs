//! What the embedded Cognito remembers, and its operations.

use super::identity::IdentityPools;
use crate::secret_hash;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

/// The operations that need no signature, of those that [`State::call`] knows.
pub(super) const PUBLIC_OPERATIONS: [&str; 2] = ["SignUp", "InitiateAuth"];

/// An error answer: the exception's name in the API reference, and its message.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) message: String,
}

impl Fault {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}

pub(super) type Answer = Result<Value, Fault>;

#[derive(Debug, Default)]
pub(super) struct State {
    pools: BTreeMap<String, Pool>,
    pub(super) identity: IdentityPools,
    /// Numbers what is made, so that each run prints the same ids.
    serial: u64,
    requests: u64,
}

#[derive(Debug, Default)]
struct Pool {
    /// App clients, each as `UserPoolClientType`.
    clients: BTreeMap<String, Value>,
    users: BTreeMap<String, User>,
}

#[derive(Debug)]
struct User {
    /// As `UserType`.
    description: Value,
    password: Option<String>,
}

impl State {
    pub(super) fn user_pools(&self) -> usize {
        self.pools.len()
    }

    pub(super) fn next_request_id(&mut self) -> String {
        self.requests += 1;
        format!("00000000-0000-4000-8000-{:012}", self.requests)
    }

    pub(super) fn call(&mut self, operation: &str, input: &Value) -> Answer {
        match operation {
            "CreateUserPool" => self.create_user_pool(input),
            "DeleteUserPool" => self.delete_user_pool(input),
            "CreateUserPoolClient" => self.create_user_pool_client(input),
            "DescribeUserPoolClient" => self.describe_user_pool_client(input),
            "DeleteUserPoolClient" => self.delete_user_pool_client(input),
            "SignUp" => self.sign_up(input),
            "AdminConfirmSignUp" => self.admin_confirm_sign_up(input),
            "InitiateAuth" => self.initiate_auth(input),
            "AdminCreateUser" => self.admin_create_user(input),
            "AdminDeleteUser" => self.admin_delete_user(input),
            "AdminSetUserPassword" => self.admin_set_user_password(input),
            "ListUsers" => self.list_users(input),
            _ => Err(Fault::new(
                "UnknownOperationException",
                format!("The embedded Cognito doesn't know {operation}"),
            )),
        }
    }

    /// As [`call`](Self::call), for identity pools.
    pub(super) fn call_identity(&mut self, operation: &str, input: &Value) -> Answer {
        let serial = self.next_serial();
        self.identity.call(operation, input, serial)
    }

    fn create_user_pool(&mut self, input: &Value) -> Answer {
        let name = required(input, "PoolName")?;
        let id = format!("us-east-1_Embedded{}", self.next_serial());
        self.pools.insert(id.clone(), Pool::default());
        Ok(json!({ "UserPool": {
            "Id": id,
            "Name": name,
            "Arn": format!("arn:aws:cognito-idp:us-east-1:123456789012:userpool/{id}"),
            "CreationDate": now(),
            "LastModifiedDate": now(),
        }}))
    }

    fn delete_user_pool(&mut self, input: &Value) -> Answer {
        let id = required(input, "UserPoolId")?;
        self.pools.remove(id).map(|_| json!({})).ok_or_else(|| no_pool(id))
    }

    /// Keeps the request's members as they are; the answer's have the same names.
    fn create_user_pool_client(&mut self, input: &Value) -> Answer {
        required(input, "ClientName")?;
        let id = format!("{:0>26}", format!("client{}", self.next_serial()));
        let secret = format!("{:0>51}", format!("secret{}", self.next_serial()));

        let mut description = input.clone();
        if let Some(members) = description.as_object_mut()
            && members.remove("GenerateSecret") == Some(Value::Bool(true))
        {
            members.insert("ClientSecret".to_owned(), secret.into());
        }
        description["ClientId"] = id.clone().into();
        description["CreationDate"] = now().into();
        description["LastModifiedDate"] = now().into();
        self.pool(input)?.clients.insert(id, description.clone());
        Ok(json!({ "UserPoolClient": description }))
    }

    fn describe_user_pool_client(&mut self, input: &Value) -> Answer {
        let id = required(input, "ClientId")?;
        let description = self.pool(input)?.clients.get(id).ok_or_else(|| no_client(id))?;
        Ok(json!({ "UserPoolClient": description }))
    }

    fn delete_user_pool_client(&mut self, input: &Value) -> Answer {
        let id = required(input, "ClientId")?;
        self.pool(input)?
            .clients
            .remove(id)
            .map(|_| json!({}))
            .ok_or_else(|| no_client(id))
    }

    fn sign_up(&mut self, input: &Value) -> Answer {
        let (username, password) = (required(input, "Username")?, required(input, "Password")?);
        let sub = self.next_sub();
        let (pool, client) = self.pool_of_client(input)?;
        verify_secret_hash(&client, username, input["SecretHash"].as_str())?;
        pool.add_user(username, Some(password), "UNCONFIRMED", &sub, &input["UserAttributes"])?;
        Ok(json!({ "UserConfirmed": false, "UserSub": sub }))
    }

    fn admin_confirm_sign_up(&mut self, input: &Value) -> Answer {
        let user = self.pool(input)?.user(required(input, "Username")?)?;
        user.description["UserStatus"] = "CONFIRMED".into();
        Ok(json!({}))
    }

    fn initiate_auth(&mut self, input: &Value) -> Answer {
        let flow = required(input, "AuthFlow")?;
        if flow != "USER_PASSWORD_AUTH" {
            return Err(Fault::new(
                "InvalidParameterException",
                format!("The embedded Cognito doesn't know {flow}"),
            ));
        }
        let parameters = &input["AuthParameters"];
        let (username, password) = (required(parameters, "USERNAME")?, required(parameters, "PASSWORD")?);
        let serial = self.next_serial();
        let (pool, app) = self.pool_of_client(input)?;
        verify_secret_hash(&app, username, parameters["SECRET_HASH"].as_str())?;

        let user = pool.user(username)?;
        if user.password.as_deref() != Some(password) {
            return Err(Fault::new("NotAuthorizedException", "Incorrect username or password."));
        }
        if user.description["UserStatus"] != "CONFIRMED" {
            return Err(Fault::new("UserNotConfirmedException", "User is not confirmed."));
        }
        let id_token = format!("id-token-{serial:032}");
        self.identity.trust(&id_token, &app, username);
        Ok(json!({ "ChallengeParameters": {}, "AuthenticationResult": {
            "AccessToken": format!("access-token-{serial:032}"),
            "IdToken": id_token,
            "RefreshToken": format!("refresh-token-{serial:032}"),
            "ExpiresIn": 3600,
            "TokenType": "Bearer",
        }}))
    }

    fn admin_create_user(&mut self, input: &Value) -> Answer {
        let username = required(input, "Username")?;
        let sub = self.next_sub();
        let password = input["TemporaryPassword"].as_str();
        let user = self.pool(input)?.add_user(
            username,
            password,
            "FORCE_CHANGE_PASSWORD",
            &sub,
            &input["UserAttributes"],
        )?;
        Ok(json!({ "User": user }))
    }

    fn admin_set_user_password(&mut self, input: &Value) -> Answer {
        let password = required(input, "Password")?;
        let user = self.pool(input)?.user(required(input, "Username")?)?;
        user.password = Some(password.to_owned());
        if input["Permanent"] == true {
            user.description["UserStatus"] = "CONFIRMED".into();
        }
        Ok(json!({}))
    }

    fn admin_delete_user(&mut self, input: &Value) -> Answer {
        let username = required(input, "Username")?;
        self.pool(input)?
            .users
            .remove(username)
            .map(|_| json!({}))
            .ok_or_else(no_user)
    }

    /// In the order of the usernames; the token is the username at which the next page starts.
    fn list_users(&mut self, input: &Value) -> Answer {
        let limit = input["Limit"].as_u64().map_or(60, |limit| limit as usize);
        let start = input["PaginationToken"].as_str().unwrap_or_default();
        let mut users = self.pool(input)?.users.range(start.to_owned()..);
        let page: Vec<&Value> = users.by_ref().take(limit).map(|(_, user)| &user.description).collect();
        let mut output = json!({ "Users": page });
        if let Some((next, _)) = users.next() {
            output["PaginationToken"] = next.as_str().into();
        }
        Ok(output)
    }

    fn pool(&mut self, input: &Value) -> Result<&mut Pool, Fault> {
        let id = required(input, "UserPoolId")?;
        self.pools.get_mut(id).ok_or_else(|| no_pool(id))
    }

    /// The app client that a user's call names, and its pool.
    fn pool_of_client(&mut self, input: &Value) -> Result<(&mut Pool, Value), Fault> {
        let id = required(input, "ClientId")?;
        self.pools
            .values_mut()
            .find_map(|pool| pool.clients.get(id).cloned().map(|client| (pool, client)))
            .ok_or_else(|| no_client(id))
    }

    fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    fn next_sub(&mut self) -> String {
        format!("11111111-1111-4111-8111-{:012}", self.next_serial())
    }
}

impl Pool {
    fn user(&mut self, username: &str) -> Result<&mut User, Fault> {
        self.users.get_mut(username).ok_or_else(no_user)
    }

    fn add_user(
        &mut self,
        username: &str,
        password: Option<&str>,
        status: &str,
        sub: &str,
        attributes: &Value,
    ) -> Answer {
        if self.users.contains_key(username) {
            return Err(Fault::new("UsernameExistsException", "User already exists"));
        }
        let mut attributes = attributes.as_array().cloned().unwrap_or_default();
        attributes.push(json!({ "Name": "sub", "Value": sub }));
        let description = json!({
            "Username": username,
            "Attributes": attributes,
            "UserCreateDate": now(),
            "UserLastModifiedDate": now(),
            "Enabled": true,
            "UserStatus": status,
        });
        let user = User {
            description: description.clone(),
            password: password.map(str::to_owned),
        };
        self.users.insert(username.to_owned(), user);
        Ok(description)
    }
}

/// A client with a secret demands its hash.
fn verify_secret_hash(client: &Value, username: &str, hash: Option<&str>) -> Result<(), Fault> {
    let (Some(id), Some(secret)) = (client["ClientId"].as_str(), client["ClientSecret"].as_str()) else {
        return Ok(());
    };
    if hash == Some(secret_hash(username, id, secret).as_str()) {
        return Ok(());
    }
    Err(Fault::new(
        "NotAuthorizedException",
        format!("Unable to verify secret hash for client {id}"),
    ))
}

pub(super) fn required<'a>(input: &'a Value, member: &str) -> Result<&'a str, Fault> {
    input[member].as_str().filter(|text| !text.is_empty()).ok_or_else(|| {
        Fault::new(
            "InvalidParameterException",
            format!("Missing required parameter {member}"),
        )
    })
}

fn no_pool(id: &str) -> Fault {
    Fault::new("ResourceNotFoundException", format!("User pool {id} does not exist."))
}

fn no_client(id: &str) -> Fault {
    Fault::new(
        "ResourceNotFoundException",
        format!("User pool client {id} does not exist."),
    )
}

fn no_user() -> Fault {
    Fault::new("UserNotFoundException", "User does not exist.")
}

/// Seconds since 1970, as AWS JSON writes times.
pub(super) fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_secs())
}
