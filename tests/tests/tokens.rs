//! `cognito-jwt` on the tokens of real servers and of the emulator, with keys fetched from them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognito_emulator::{Cognito, Running};
use cognito_idp::Client;
use cognito_idp::error::DisplayErrorContext;
use cognito_idp::types::{AuthFlowType, AuthenticationResultType, ExplicitAuthFlowsType, IssuerConfigurationType};
use cognito_jwt::{Issuer, PoolBuilder, Refusal, Verifier};
use cognito_tests::report;
use cognito_tests::servers::{Server, version};
use cognito_tests::session::Session;
use serde::Deserialize;
use serde_json::Value;
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
        let it = Self::try_new(&cognito, None).await;
        it.unwrap_or_else(|error| panic!("{url}: {}", DisplayErrorContext(&*error)))
    }

    async fn try_new(
        cognito: &Client,
        issuer: Option<IssuerConfigurationType>,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        let pool = cognito.create_user_pool().pool_name("tokens");
        let pool = pool.set_issuer_configuration(issuer).send().await?;
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
    let wrong = |expected| Refusal::TokenUse { expected };
    assert_eq!(refused(access.verify(&user.id).await.map(drop)), wrong("access"));
    assert_eq!(refused(id.verify(&user.access).await.map(drop)), wrong("id"));
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

/// Tokens of the emulator, and what their parts say.
struct Sample {
    running: Running,
    client: Client,
    user: SignedIn,
}

impl Sample {
    async fn new() -> Self {
        Self::with(None).await
    }

    async fn with(issuer: Option<IssuerConfigurationType>) -> Self {
        let running = Cognito::new().serve("127.0.0.1:0").await.expect("a free port");
        let client = Client::from_conf(Session::config().endpoint_url(running.url()).build());
        let user = SignedIn::try_new(&client, issuer).await.expect("the user signs in");
        Self { running, client, user }
    }

    fn builder(&self) -> PoolBuilder {
        self.user.builder(&self.running.url())
    }

    /// Signs the user in again.
    async fn tokens(&self) -> AuthenticationResultType {
        let call = self.client.initiate_auth().client_id(&self.user.client);
        let call = call.auth_flow(AuthFlowType::UserPasswordAuth);
        let call = call
            .auth_parameters("USERNAME", NAME)
            .auth_parameters("PASSWORD", PASSWORD);
        let sent = call.send().await.expect("the user signs in");
        sent.authentication_result.expect("tokens")
    }
}

/// A part of a token, as JSON.
fn part(token: &str, index: usize) -> Value {
    let text = token.split('.').nth(index).expect("a part");
    let bytes = URL_SAFE_NO_PAD.decode(text).expect("Base64url");
    serde_json::from_slice(&bytes).expect("JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn trap_25_an_access_token_names_its_client_and_an_id_token_its_audience() {
    let sample = Sample::new().await;
    let (access, id) = (part(&sample.user.access, 1), part(&sample.user.id, 1));
    assert_eq!(
        (&access["client_id"], &access["aud"]),
        (&sample.user.client.clone().into(), &Value::Null)
    );
    assert_eq!(
        (&id["client_id"], &id["aud"]),
        (&Value::Null, &sample.user.client.clone().into())
    );
    assert_eq!(
        (&access["token_use"], &id["token_use"]),
        (&"access".into(), &"id".into())
    );
    // Each is good for its own use alone.
    let (for_access, for_id) = (sample.builder().access(), sample.builder().id_token());
    let (for_access, for_id) = (
        for_access.build().expect("a verifier"),
        for_id.build().expect("a verifier"),
    );
    assert!(for_access.verify(&sample.user.access).await.is_ok());
    assert!(for_access.verify(&sample.user.id).await.is_err());
    assert!(for_id.verify(&sample.user.id).await.is_ok());
    assert!(for_id.verify(&sample.user.access).await.is_err());
    // One that is bound to a resource has an audience, too, and its client all the same.
    let allow = sample.client.update_user_pool_client().user_pool_id(&sample.user.pool);
    allow
        .client_id(&sample.user.client)
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserPasswordAuth)
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowTokenExchangeImpersonation)
        .send()
        .await
        .expect("the flow is allowed");
    let exchange = sample.client.get_derived_token().client_id(&sample.user.client);
    let derived = exchange
        .subject_token(&sample.user.access)
        .subject_token_type("ACCESS_TOKEN".into())
        .resources("https://orders.example.com")
        .send()
        .await
        .expect("a narrower token");
    assert_eq!(part(&derived.issued_token, 1)["aud"], "https://orders.example.com");
    let verdict = for_access.verify(&derived.issued_token).await;
    assert_eq!(verdict.expect("it is an access token").client_id, sample.user.client);
}

#[tokio::test(flavor = "multi_thread")]
async fn trap_26_a_pool_has_two_issuers_and_its_domain_is_none() {
    for (kind, host) in [("ORIGINAL", "cognito-idp"), ("UPDATED", "issuer-cognito-idp")] {
        let kind = IssuerConfigurationType::builder().r#type(kind.into()).build();
        let sample = Sample::with(Some(kind)).await;
        let pool = &sample.user.pool;
        let domain = sample.client.create_user_pool_domain().user_pool_id(pool);
        domain.domain("login-of-this-pool").send().await.expect("a domain");
        let token = sample.tokens().await.access_token.expect("a token");
        let issuer = format!("https://{host}.us-east-1.amazonaws.com/{pool}");
        assert_eq!(part(&token, 1)["iss"], issuer.as_str());
        // The pool's id is enough to know both names.
        let verifier = sample.builder().access().build().expect("a verifier");
        assert_eq!(verifier.verify(&token).await.expect("it is the pool's").issuer, issuer);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn trap_27_id_and_access_tokens_have_different_keys_which_one_fetch_brings() {
    let sample = Sample::new().await;
    let kid = |token: &str| part(token, 0)["kid"].as_str().expect("a key id").to_owned();
    assert_ne!(kid(&sample.user.access), kid(&sample.user.id));
    let access = sample.builder().access().build().expect("a verifier");
    access.hydrate().await.expect("keys");
    for _ in 0..10 {
        let tokens = sample.tokens().await;
        assert!(
            access
                .verify_sync(&tokens.access_token.expect("an access token"))
                .is_ok()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn trap_28_a_revoked_token_still_verifies_offline_and_says_where_it_came_from() {
    let sample = Sample::new().await;
    let access = sample.builder().access().build().expect("a verifier");
    let tokens = sample.tokens().await;
    let (token, refresh) = (
        tokens.access_token.expect("a token"),
        tokens.refresh_token.expect("a token"),
    );
    assert!(part(&token, 1)["origin_jti"].is_string());
    let revoke = sample
        .client
        .revoke_token()
        .client_id(&sample.user.client)
        .token(refresh);
    revoke.send().await.expect("it is revoked");
    let asked = sample.client.get_user().access_token(&token).send().await;
    assert!(asked.is_err(), "Cognito knows");
    assert!(access.verify(&token).await.is_ok(), "a signature doesn't");
    let update = sample.client.update_user_pool_client().user_pool_id(&sample.user.pool);
    update
        .client_id(&sample.user.client)
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserPasswordAuth)
        .enable_token_revocation(false)
        .send()
        .await
        .expect("revocation is off");
    let token = sample.tokens().await.access_token.expect("a token");
    assert_eq!(part(&token, 1)["origin_jti"], Value::Null);
}
