//! What the tests have in common: a Cognito, a client, a pool, and an SRP client written from the specifications.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cognito_emulator::Cognito;
use cognito_idp::config::{BehaviorVersion, Credentials, Region};
use cognito_idp::error::{ProvideErrorMetadata, SdkError};
use cognito_idp::operation::respond_to_auth_challenge::RespondToAuthChallengeOutput;
use cognito_idp::types::{
    AttributeType, AuthFlowType, AuthenticationResultType, ChallengeNameType, ExplicitAuthFlowsType,
    VerifiedAttributeType,
};
use cognito_idp::{Client, Config};
use num_bigint::BigUint;
use ring::{digest, hmac};
use std::collections::HashMap;
use std::fmt::Debug;

pub(crate) const PASSWORD: &str = "Correct-horse1";
pub(crate) const NEW_PASSWORD: &str = "Battery-staple2";

/// A Cognito, and a client of it.
pub(crate) struct World {
    pub(crate) cognito: Cognito,
    pub(crate) client: Client,
    pub(crate) pool: String,
    pub(crate) app: String,
}

pub(crate) fn client(cognito: &Cognito) -> Client {
    Client::from_conf(
        Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::for_tests())
            .http_client(cognito.http_client())
            .build(),
    )
}

impl World {
    /// With a pool that sends codes to e-mail addresses, and an app client that may use all flows.
    pub(crate) async fn new() -> Self {
        let cognito = Cognito::new();
        let client = client(&cognito);
        let pool = client
            .create_user_pool()
            .pool_name("test")
            .auto_verified_attributes(VerifiedAttributeType::Email)
            .send()
            .await
            .expect("a pool");
        let pool = pool.user_pool.and_then(|pool| pool.id).expect("an id");
        let app = app(&client, &pool).await;
        Self {
            cognito,
            client,
            pool,
            app,
        }
    }

    /// A confirmed user with a password, an e-mail address and a phone number.
    pub(crate) async fn user(&self, name: &str) {
        self.client
            .admin_create_user()
            .user_pool_id(&self.pool)
            .username(name)
            .user_attributes(attribute("email", &format!("{name}@example.com")))
            .user_attributes(attribute("email_verified", "true"))
            .user_attributes(attribute("phone_number", "+12065550100"))
            .user_attributes(attribute("phone_number_verified", "true"))
            .message_action("SUPPRESS".into())
            .send()
            .await
            .expect("a user");
        self.client
            .admin_set_user_password()
            .user_pool_id(&self.pool)
            .username(name)
            .password(PASSWORD)
            .permanent(true)
            .send()
            .await
            .expect("a password");
    }

    /// The code that the user got last.
    pub(crate) fn code(&self, user: &str) -> String {
        self.cognito.outbox().last(user).expect("a message").code
    }

    /// Signs in with the password.
    pub(crate) async fn tokens(&self, name: &str) -> AuthenticationResultType {
        let answer = self
            .client
            .initiate_auth()
            .client_id(&self.app)
            .auth_flow(AuthFlowType::UserPasswordAuth)
            .auth_parameters("USERNAME", name)
            .auth_parameters("PASSWORD", PASSWORD)
            .send()
            .await
            .expect("signed in");
        answer.authentication_result.expect("tokens")
    }

    /// Signs in with SRP, up to what follows the password.
    pub(crate) async fn srp(
        &self,
        name: &str,
        password: &str,
        device: Option<&str>,
    ) -> Result<RespondToAuthChallengeOutput, String> {
        let srp = Srp::new();
        let mut call = self
            .client
            .initiate_auth()
            .client_id(&self.app)
            .auth_flow(AuthFlowType::UserSrpAuth)
            .auth_parameters("USERNAME", name)
            .auth_parameters("SRP_A", srp.large_a());
        if let Some(device) = device {
            call = call.auth_parameters("DEVICE_KEY", device);
        }
        let answer = call.send().await.map_err(code_of)?;
        assert_eq!(answer.challenge_name, Some(ChallengeNameType::PasswordVerifier));
        let parameters = answer.challenge_parameters.expect("parameters");
        let pool = self.pool.split_once('_').expect("a region").1;
        let user = &parameters["USER_ID_FOR_SRP"];
        let mut call = self
            .client
            .respond_to_auth_challenge()
            .client_id(&self.app)
            .challenge_name(ChallengeNameType::PasswordVerifier)
            .set_challenge_responses(Some(srp.answer(pool, user, password, &parameters)));
        if let Some(device) = device {
            call = call.challenge_responses("DEVICE_KEY", device);
        }
        call.send().await.map_err(code_of)
    }
}

/// An app client that may use all flows.
pub(crate) async fn app(client: &Client, pool: &str) -> String {
    let answer = client
        .create_user_pool_client()
        .user_pool_id(pool)
        .client_name("app")
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserPasswordAuth)
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowAdminUserPasswordAuth)
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserSrpAuth)
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowCustomAuth)
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserAuth)
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowRefreshTokenAuth)
        .send()
        .await
        .expect("an app client");
    answer.user_pool_client.and_then(|app| app.client_id).expect("an id")
}

pub(crate) fn attribute(name: &str, value: &str) -> AttributeType {
    AttributeType::builder()
        .name(name)
        .value(value)
        .build()
        .expect("a name")
}

/// Code and message of an error: `NotAuthorizedException: User is disabled.`
pub(crate) fn code_of<E: ProvideErrorMetadata + Debug, R: Debug>(error: SdkError<E, R>) -> String {
    match (error.code(), error.message()) {
        (Some(code), Some(message)) => format!("{code}: {message}"),
        (Some(code), None) => code.to_owned(),
        _ => format!("{error:?}"),
    }
}

/// Asserts that a call is refused with this code, and that the message has this text.
#[track_caller]
pub(crate) fn refused<T: Debug, E: ProvideErrorMetadata + Debug, R: Debug>(
    result: Result<T, SdkError<E, R>>,
    code: &str,
    text: &str,
) {
    let error = code_of(result.expect_err("it is refused"));
    assert!(error.starts_with(code) && error.contains(text), "{error}");
}

/// SRP's group of 3,072 bits (RFC 3526).
const N: &str = "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD\
EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5\
AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB\
9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9\
DE2BCBF6955817183995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A\
8AEA71575D060C7DB3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64\
521F2B18177B200CBBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";

/// The client's side of SRP.
pub(crate) struct Srp {
    n: BigUint,
    a: BigUint,
}

fn pad(number: &BigUint) -> Vec<u8> {
    let mut bytes = number.to_bytes_be();
    if bytes[0] & 0x80 != 0 {
        bytes.insert(0, 0);
    }
    bytes
}

fn hash(parts: &[&[u8]]) -> BigUint {
    BigUint::from_bytes_be(digest::digest(&digest::SHA256, &parts.concat()).as_ref())
}

impl Srp {
    pub(crate) fn new() -> Self {
        Self {
            n: BigUint::parse_bytes(N.as_bytes(), 16).expect("hexadecimal"),
            a: BigUint::from_bytes_be(&std::array::from_fn::<u8, 48, _>(|_| fastrand::u8(..))),
        }
    }

    fn number(&self) -> BigUint {
        BigUint::from(2_u8).modpow(&self.a, &self.n)
    }

    pub(crate) fn large_a(&self) -> String {
        self.number().to_str_radix(16)
    }

    /// The verifier and the salt of a device, in Base64.
    pub(crate) fn verifier(&self, group: &str, key: &str, password: &str) -> (String, String) {
        let salt = BigUint::from_bytes_be(&[0x9a; 16]);
        let inner = digest::digest(&digest::SHA256, format!("{group}{key}:{password}").as_bytes());
        let x = hash(&[&pad(&salt), inner.as_ref()]);
        let verifier = BigUint::from(2_u8).modpow(&x, &self.n);
        (STANDARD.encode(pad(&verifier)), STANDARD.encode(pad(&salt)))
    }

    /// The answer to PASSWORD_VERIFIER, or to that of a device.
    pub(crate) fn answer(
        &self,
        group: &str,
        identity: &str,
        password: &str,
        told: &HashMap<String, String>,
    ) -> HashMap<String, String> {
        let hex = |name: &str| BigUint::parse_bytes(told[name].as_bytes(), 16).expect("hexadecimal");
        let (n, g) = (&self.n, BigUint::from(2_u8));
        let (a, b, salt) = (self.number(), hex("SRP_B"), hex("SALT"));
        let k = hash(&[&pad(n), &pad(&g)]);
        let u = hash(&[&pad(&a), &pad(&b)]);
        let inner = digest::digest(&digest::SHA256, format!("{group}{identity}:{password}").as_bytes());
        let x = hash(&[&pad(&salt), inner.as_ref()]);
        let base = (&b + n - (k * g.modpow(&x, n)) % n) % n;
        let secret = base.modpow(&(&self.a + u.clone() * x), n);
        let key = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &pad(&u)), &pad(&secret));
        let info = b"Caldera Derived Key\x01";
        let key = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key.as_ref()), info);
        let timestamp = "Thu Nov 26 12:00:00 UTC 2026";
        let block = STANDARD.decode(&told["SECRET_BLOCK"]).expect("Base64");
        let message = [group.as_bytes(), identity.as_bytes(), &block, timestamp.as_bytes()].concat();
        let signature = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key.as_ref()[..16]), &message);
        HashMap::from([
            ("USERNAME".to_owned(), told["USERNAME"].clone()),
            ("TIMESTAMP".to_owned(), timestamp.to_owned()),
            ("PASSWORD_CLAIM_SECRET_BLOCK".to_owned(), told["SECRET_BLOCK"].clone()),
            ("PASSWORD_CLAIM_SIGNATURE".to_owned(), STANDARD.encode(signature)),
        ])
    }
}
