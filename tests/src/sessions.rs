//! Whole sessions with a server: what an application or an administrator does, from the first call to the clean-up.
//!
//! `live` runs them against real servers, `record` writes down what goes over the wire, `recorded` plays that back. So
//! nothing in them may depend on chance or on the clock but [`Session::now`].

mod administrator;
mod app_clients;
mod groups;
mod mfa;
mod pages;
mod pools;
mod providers;
mod sign_up;
mod srp;

use crate::session::{Kind, Session};
use cognito_idp::operation::create_user_pool_client::builders::CreateUserPoolClientFluentBuilder;
use cognito_idp::operation::sign_up::builders::SignUpFluentBuilder;
use cognito_idp::types::{AttributeType, AuthFlowType, AuthenticationResultType, ExplicitAuthFlowsType, UserType};
use std::pin::Pin;

/// Meets the default policy.
const PASSWORD: &str = "Passw0rd!23";
const ANOTHER_PASSWORD: &str = "An0ther!Passwörd";

/// What runs a session. It panics where an answer is not what it should be.
pub type Run = for<'a> fn(&'a Session) -> Pin<Box<dyn Future<Output = ()> + 'a>>;

/// The sessions that a server can have, by name.
pub fn sessions(kind: Kind) -> Vec<(&'static str, Run)> {
    let mut sessions: Vec<(&'static str, Run)> = vec![
        ("sign-up", |session| Box::pin(sign_up::run(session))),
        ("administrator", |session| Box::pin(administrator::run(session))),
        ("mfa", |session| Box::pin(mfa::run(session))),
        ("groups", |session| Box::pin(groups::run(session))),
        ("app-clients", |session| Box::pin(app_clients::run(session))),
        ("providers", |session| Box::pin(providers::run(session))),
        ("resource-servers", |session| {
            Box::pin(providers::resource_servers(session))
        }),
        ("pools", |session| Box::pin(pools::run(session))),
        ("domains", |session| Box::pin(pools::domains(session))),
        ("pages", |session| Box::pin(pages::run(session))),
    ];
    // moto accepts any proof; it would prove nothing.
    if kind != Kind::Moto {
        sessions.push(("srp", |session| Box::pin(srp::run(session))));
    }
    sessions
}

impl Session {
    /// Makes a user pool and gives its id.
    async fn pool(&self, name: &str) -> String {
        let answer = self.ok(self.client.create_user_pool().pool_name(name).send().await);
        let pool = answer.user_pool().expect("the pool");
        assert_eq!(pool.name(), Some(name));
        assert!(pool.creation_date().is_some());
        pool.id().expect("its id").to_owned()
    }

    async fn delete_pool(&self, pool: &str) {
        self.ok(self.client.delete_user_pool().user_pool_id(pool).send().await);
        let error = self.refused(self.client.describe_user_pool().user_pool_id(pool).send().await);
        assert!(error.is_resource_not_found_exception(), "{error:?}");
    }

    /// Makes an app client without a secret and gives its id.
    async fn app(&self, pool: &str) -> String {
        let answer = self.ok(self.app_client(pool).send().await);
        answer
            .user_pool_client()
            .and_then(|app| app.client_id())
            .expect("its id")
            .to_owned()
    }

    fn app_client(&self, pool: &str) -> CreateUserPoolClientFluentBuilder {
        self.client
            .create_user_pool_client()
            .user_pool_id(pool)
            .client_name("app")
            .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserPasswordAuth)
            .explicit_auth_flows(ExplicitAuthFlowsType::AllowAdminUserPasswordAuth)
            .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserSrpAuth)
            .explicit_auth_flows(ExplicitAuthFlowsType::AllowRefreshTokenAuth)
    }

    fn sign_up(&self, app: &str, username: &str) -> SignUpFluentBuilder {
        self.client
            .sign_up()
            .client_id(app)
            .username(username)
            .password(PASSWORD)
    }

    /// Makes a user who can sign in with [`PASSWORD`].
    async fn user(&self, pool: &str, username: &str) -> UserType {
        let call = self.client.admin_create_user().user_pool_id(pool).username(username);
        let answer = self.ok(call
            .user_attributes(attribute("email", "user@example.com"))
            .send()
            .await);
        let call = self
            .client
            .admin_set_user_password()
            .user_pool_id(pool)
            .username(username);
        self.ok(call.password(PASSWORD).permanent(true).send().await);
        answer.user.expect("the user")
    }

    /// Signs a user in with a password.
    async fn sign_in(&self, app: &str, username: &str, password: &str) -> AuthenticationResultType {
        let call = self
            .client
            .initiate_auth()
            .client_id(app)
            .auth_flow(AuthFlowType::UserPasswordAuth);
        let call = call
            .auth_parameters("USERNAME", username)
            .auth_parameters("PASSWORD", password);
        tokens(self.ok(call.send().await).authentication_result)
    }
}

/// The tokens of an answer, which must be there.
fn tokens(result: Option<AuthenticationResultType>) -> AuthenticationResultType {
    let tokens = result.expect("tokens");
    assert_eq!(tokens.token_type(), Some("Bearer"));
    assert!(tokens.expires_in() > 0);
    assert!(tokens.access_token().is_some_and(|token| token.split('.').count() == 3));
    assert!(tokens.id_token().is_some_and(|token| token.split('.').count() == 3));
    tokens
}

fn attribute(name: &str, value: &str) -> AttributeType {
    AttributeType::builder()
        .name(name)
        .value(value)
        .build()
        .expect("it has a name")
}

fn value<'a>(attributes: &'a [AttributeType], name: &str) -> Option<&'a str> {
    attributes.iter().find(|attribute| attribute.name() == name)?.value()
}
