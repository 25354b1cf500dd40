//! `cognito-jwt` on the tokens of real servers and of the emulator, with keys fetched from them.

use cognito_emulator::Cognito;
use cognito_idp::Client;
use cognito_idp::error::DisplayErrorContext;
use cognito_idp::types::{AuthFlowType, AuthenticationResultType, ExplicitAuthFlowsType};
use cognito_jwt::{Issuer, Part, PoolBuilder, Refusal, Verifier};
use cognito_tests::report;
use cognito_tests::servers::{Server, version};
use cognito_tests::session::Session;
use serde::Deserialize;
use std::time::{Duration, SystemTime};

const NAME: &str = "alice";
const PASSWORD: &str = "Passw0rd!23";
const GROUP: &str = "admins";

/// A user who has signed in, and whom to ask for the keys.
struct SignedIn {
    pool: String,
    client: String,
    sub: String,
    access: String,
    id: String,
}

impl SignedIn {
    /// Creates a pool, an app client, a user and a group, and signs the user in.
    async fn new(url: &str) -> Self {
        let cognito = Client::from_conf(Session::config().endpoint_url(url).build());
        let it = Self::try_new(&cognito).await;
        it.unwrap_or_else(|error| panic!("{url}: {}", DisplayErrorContext(&*error)))
    }

    async fn try_new(cognito: &Client) -> Result<Self, Box<dyn std::error::Error>> {
        let pool = cognito.create_user_pool().pool_name("tokens").send().await?;
        let pool = pool.user_pool.and_then(|pool| pool.id).ok_or("a pool has an id")?;
        let app = cognito
            .create_user_pool_client()
            .user_pool_id(&pool)
            .client_name("tokens");
        let app = app
            .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserPasswordAuth)
            .explicit_auth_flows(ExplicitAuthFlowsType::AllowRefreshTokenAuth)
            .send()
            .await?;
        let client = app
            .user_pool_client
            .and_then(|app| app.client_id)
            .ok_or("a client has an id")?;
        let user = cognito
            .admin_create_user()
            .user_pool_id(&pool)
            .username(NAME)
            .send()
            .await?;
        let attributes = user.user.and_then(|user| user.attributes).unwrap_or_default();
        let sub = attributes.into_iter().find(|attribute| attribute.name == "sub");
        let sub = sub.and_then(|attribute| attribute.value).ok_or("a user has a sub")?;
        let call = cognito.admin_set_user_password().user_pool_id(&pool).username(NAME);
        call.password(PASSWORD).permanent(true).send().await?;
        cognito
            .create_group()
            .user_pool_id(&pool)
            .group_name(GROUP)
            .send()
            .await?;
        let call = cognito.admin_add_user_to_group().user_pool_id(&pool).username(NAME);
        call.group_name(GROUP).send().await?;
        let call = cognito.initiate_auth().client_id(&client);
        let call = call.auth_flow(AuthFlowType::UserPasswordAuth);
        let call = call
            .auth_parameters("USERNAME", NAME)
            .auth_parameters("PASSWORD", PASSWORD);
        let result = call
            .send()
            .await?
            .authentication_result
            .ok_or("the user is signed in")?;
        let AuthenticationResultType {
            access_token: Some(access),
            id_token: Some(id),
            ..
        } = result
        else {
            return Err("there are tokens".into());
        };
        Ok(Self {
            pool,
            client,
            sub,
            access,
            id,
        })
    }

    fn builder(&self, url: &str) -> PoolBuilder {
        Verifier::user_pool(Issuer::user_pool(&self.pool).emulator(url)).client(&self.client)
    }
}

#[derive(Debug, Deserialize)]
struct Custom {
    token_use: String,
}

/// Verifies the tokens of the server at this URL.
async fn verifies_tokens_of(name: &str, url: &str) {
    let user = SignedIn::new(url).await;
    let access = user.builder(url).access().group(GROUP).build().expect("a verifier");
    let claims = access.verify_with::<Custom>(&user.access).await;
    let claims = claims.unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
    assert_eq!(claims.sub, user.sub);
    assert_eq!(claims.client_id, user.client);
    assert_eq!(claims.username.as_deref(), Some(NAME));
    assert_eq!(claims.custom.token_use, "access");
    assert!(claims.issuer.ends_with(&format!("/{}", user.pool)), "{}", claims.issuer);

    let id = user.builder(url).id_token().build().expect("a verifier");
    id.hydrate().await.expect("keys");
    let claims = id
        .verify_sync(&user.id)
        .unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
    assert_eq!((claims.sub, claims.client_id), (user.sub.clone(), user.client.clone()));

    let refused = |verdict: Result<_, Refusal>| verdict.map(drop).expect_err("it is refused");
    let no_access_token = Refusal::Missing {
        part: Part::Payload,
        member: "client_id",
    };
    assert_eq!(refused(access.verify(&user.id).await.map(drop)), no_access_token);
    assert!(id.verify(&user.access).await.is_err());
    let (message, signature) = user.access.rsplit_once('.').expect("parts");
    let reversed: String = signature.chars().rev().collect();
    let refusal = refused(access.verify(&format!("{message}.{reversed}")).await.map(drop));
    assert!(
        matches!(refusal, Refusal::Signature | Refusal::Encoding { .. }),
        "{refusal}"
    );
    let stranger = Verifier::user_pool(Issuer::user_pool(&user.pool).emulator(url)).client("2example");
    let stranger = stranger.access().build().expect("a verifier");
    assert_eq!(refused(stranger.verify(&user.access).await.map(drop)), Refusal::Client);
    let later = SystemTime::now() + Duration::from_secs(10 * 24 * 60 * 60);
    let later = user
        .builder(url)
        .access()
        .clock(move || later)
        .build()
        .expect("a verifier");
    assert!(refused(later.verify(&user.access).await.map(drop)).is_expired());
    report!("tokens: {name}: access and ID token verified with the server's keys, five wrong uses refused");
}

/// A test for each server: its name, and how it is started.
macro_rules! servers {
    ($($name:ident: $start:expr;)+) => {
        $(
            #[tokio::test]
            async fn $name() {
                let server = $start;
                verifies_tokens_of(&format!("{} {}", server.name(), version(server.name())), &server.url()).await;
            }
        )+
    };
}

servers! {
    tokens_of_ministack_verify_with_its_keys: Server::ministack();
    tokens_of_moto_verify_with_its_keys: Server::moto();
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_of_the_emulator_verify_with_its_keys() {
    let running = Cognito::new().serve("127.0.0.1:0").await.expect("a free port");
    verifies_tokens_of("cognito-emulator", &running.url()).await;
}
