//! The servers, as a test sees them: an administrator's client, and pools.

use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use cognito_auth::{AuthError, Step, Tokens, UserPool};
use cognito_emulator::Cognito;
use cognito_idp::config::{BehaviorVersion, Credentials, Region};
use cognito_idp::types::{DeviceConfigurationType, ExplicitAuthFlowsType, VerifiedAttributeType};
use cognito_idp::{Client, Config};
use cognito_tests::servers::Server;
use std::error::Error;
use std::fmt::{self, Debug, Formatter};

pub(crate) type TestResult<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

pub(crate) const PASSWORD: &str = "Correct-horse1";

/// The emulator's client without the emulator's `Debug`: the runtime logs its components at TRACE, and a server that runs
/// in the same process would show all that it keeps.
#[derive(Clone)]
struct Quiet(SharedHttpClient);

impl Debug for Quiet {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Quiet")
    }
}

impl HttpClient for Quiet {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        self.0.http_connector(settings, components)
    }
}

/// A server.
pub(crate) enum Target {
    Ministack(Server),
    Emulator(Cognito),
}

impl Target {
    pub(crate) fn ministack() -> Self {
        Self::Ministack(Server::ministack())
    }

    pub(crate) fn emulator() -> Self {
        Self::Emulator(Cognito::new())
    }

    /// A client with an administrator's credentials.
    pub(crate) fn client(&self) -> Client {
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::for_tests());
        Client::from_conf(match self {
            Self::Ministack(server) => config.endpoint_url(server.url()).build(),
            Self::Emulator(cognito) => config.http_client(Quiet(cognito.http_client())).build(),
        })
    }

    /// A pool with all flows, as its app client sees it, with a secret or without.
    pub(crate) async fn pool(&self, with_secret: bool) -> TestResult<UserPool> {
        let client = self.client();
        let devices = DeviceConfigurationType::builder()
            .challenge_required_on_new_device(true)
            .build();
        let mut request = client
            .create_user_pool()
            .pool_name("auth")
            .auto_verified_attributes(VerifiedAttributeType::Email);
        if matches!(self, Self::Emulator(_)) {
            request = request.device_configuration(devices);
        }
        let pool = request
            .send()
            .await?
            .user_pool
            .and_then(|pool| pool.id)
            .ok_or("no pool")?;
        let flows = [
            ExplicitAuthFlowsType::AllowUserSrpAuth,
            ExplicitAuthFlowsType::AllowUserPasswordAuth,
            ExplicitAuthFlowsType::AllowAdminUserPasswordAuth,
            ExplicitAuthFlowsType::AllowUserAuth,
            ExplicitAuthFlowsType::AllowCustomAuth,
            ExplicitAuthFlowsType::AllowRefreshTokenAuth,
        ];
        let app = client
            .create_user_pool_client()
            .user_pool_id(&pool)
            .client_name("auth")
            .generate_secret(with_secret)
            .set_explicit_auth_flows(Some(flows.to_vec()))
            .send()
            .await?
            .user_pool_client
            .ok_or("no app client")?;
        let result = UserPool::new(pool, app.client_id.ok_or("no client id")?)?.with_client(client);
        Ok(match app.client_secret {
            Some(secret) => result.with_secret(secret),
            None => result,
        })
    }
}

/// Makes a confirmed user with [`PASSWORD`], an address and a number.
pub(crate) async fn add_user(pool: &UserPool, name: &str) -> TestResult {
    let attribute = |name: &str, value: &str| {
        cognito_idp::types::AttributeType::builder()
            .name(name)
            .value(value)
            .build()
    };
    pool.client()
        .admin_create_user()
        .user_pool_id(pool.id())
        .username(name)
        .user_attributes(attribute("email", &format!("{name}@example.com"))?)
        .user_attributes(attribute("email_verified", "true")?)
        .user_attributes(attribute("phone_number", "+12065550100")?)
        .user_attributes(attribute("phone_number_verified", "true")?)
        .message_action("SUPPRESS".into())
        .send()
        .await?;
    let request = pool
        .client()
        .admin_set_user_password()
        .user_pool_id(pool.id())
        .username(name);
    request.password(PASSWORD).permanent(true).send().await?;
    Ok(())
}

/// Signs in by SRP, with nothing else asked.
pub(crate) async fn tokens(pool: &UserPool, name: &str) -> Result<Tokens, AuthError> {
    pool.sign_in(name).password(PASSWORD).await?.into_tokens()
}

/// The code of an authenticator app at a time (RFC 6238).
pub(crate) fn totp(secret: &str, unix: u64) -> TestResult<String> {
    use hmac::{Hmac, KeyInit, Mac};
    let mut bits = String::new();
    for letter in secret.trim_end_matches('=').chars() {
        let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(letter).ok_or("not Base32")?;
        bits += &format!("{value:05b}");
    }
    let bytes: Result<Vec<u8>, _> = bits
        .as_bytes()
        .chunks_exact(8)
        .map(|bits| u8::from_str_radix(&String::from_utf8_lossy(bits), 2))
        .collect();
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(&bytes?)?;
    mac.update(&(unix / 30).to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let offset = usize::from(hash[19] & 0xf);
    let number = hash[offset..offset + 4]
        .iter()
        .fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    Ok(format!("{:06}", (number & 0x7fff_ffff) % 1_000_000))
}

/// The challenge of a step, or what came instead.
pub(crate) fn challenge(step: Step) -> TestResult<cognito_auth::Challenge> {
    match step {
        Step::Challenge(challenge) => Ok(challenge),
        other => Err(format!("{other:?} is no challenge").into()),
    }
}

/// Lets users of a pool set up an authenticator app.
pub(crate) async fn allow_apps(pool: &UserPool) -> TestResult {
    let apps = cognito_idp::types::SoftwareTokenMfaConfigType::builder()
        .enabled(true)
        .build();
    let request = pool.client().set_user_pool_mfa_config().user_pool_id(pool.id());
    request
        .mfa_configuration("OPTIONAL".into())
        .software_token_mfa_configuration(apps)
        .send()
        .await?;
    Ok(())
}
