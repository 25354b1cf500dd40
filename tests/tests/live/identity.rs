//! Identity pools on ministack: every operation that it implements, and the way from a user pool's token to credentials,
//! with signatures verified.

use super::{Tamper, access_key, iam};
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::RetryConfig;
use cognito_identity::Client;
use cognito_identity::config::{BehaviorVersion, Builder, Credentials, Region};
use cognito_identity::error::DisplayErrorContext;
use cognito_identity::types::{
    AmbiguousRoleResolutionType, CognitoIdentityProvider, MappingRule, MappingRuleMatchType, RoleMapping,
    RoleMappingType, RulesConfigurationType,
};
use cognito_idp::types::{AuthFlowType, ExplicitAuthFlowsType};
use cognito_runtime::operation::OperationInput;
use cognito_runtime::{BoxFuture, Operation};
use cognito_tests::model::operations;
use cognito_tests::report;
use cognito_tests::servers::{Server, version};
use cognito_tests::session::{Kind, Session};
use cognito_tests::witness::Witness;
use quickstart::{Clients, Console, credentials};
use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

/// What ministack 1.5 doesn't implement.
const UNKNOWN: [&str; 3] = [
    "DeleteIdentities",
    "GetOpenIdTokenForDeveloperIdentity",
    "LookupDeveloperIdentity",
];
const OPERATIONS: usize = 23;
const PASSWORD: &str = "Passw0rd!23";
const ROLE: &str = "arn:aws:iam::000000000000:role/reader";

fn config(server: &Server) -> Builder {
    cognito_identity::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)))
        .endpoint_url(server.url())
}

/// A client of identity pools, and who sees that its answers are what the responses say.
struct Identities {
    client: Client,
    witness: Witness,
}

impl Identities {
    fn new(config: Builder) -> Self {
        let witness = Witness::new("cognito-identity");
        Self {
            client: Client::from_conf(config.interceptor(witness.tap()).build()),
            witness,
        }
    }

    fn on(server: &Server) -> Self {
        Self::new(config(server).credentials_provider(Credentials::new("test", "test", None, None, "tests")))
    }

    async fn pool(&self, name: &str) -> String {
        let create = self.client.create_identity_pool().identity_pool_name(name);
        let create = create.allow_unauthenticated_identities(true).send().await;
        self.witness.ok(create).identity_pool_id().to_owned()
    }
}

#[tokio::test]
async fn ministack_answers_every_operation_of_identity_pools_that_it_implements() {
    let server = Server::ministack();
    let identities = Identities::on(&server);
    pools(&identities).await;
    roles(&identities).await;
    members(&identities).await;
    tags(&identities).await;

    let wire = identities.witness.wire();
    let called: BTreeSet<&str> = wire.answers.keys().map(String::as_str).collect();
    let mut expected: BTreeSet<&str> = operations("cognito-identity").into_iter().collect();
    assert_eq!(expected.len(), OPERATIONS);
    UNKNOWN.iter().for_each(|name| assert!(expected.remove(name), "{name}"));
    assert_eq!(called, expected);
    assert!(
        wire.answers.values().all(|answers| answers.ok > 0),
        "{:?}",
        wire.answers
    );
    report!(
        "live: ministack {}: {} operations of identity pools called, {} members of answers compared, unknown to the \
         model: {:?}",
        version("ministack"),
        called.len(),
        wire.findings.equal.len(),
        wire.findings.unknown,
    );
}

/// Pools with all their settings, and lists of several pages.
async fn pools(identities: &Identities) {
    let (client, witness) = (&identities.client, &identities.witness);
    let provider = CognitoIdentityProvider::builder()
        .provider_name("cognito-idp.us-east-1.amazonaws.com/us-east-1_x")
        .client_id("app")
        .server_side_token_check(true)
        .build();
    let created = witness.ok(client
        .create_identity_pool()
        .identity_pool_name("Ünïcode pool")
        .allow_unauthenticated_identities(false)
        .allow_classic_flow(true)
        .supported_login_providers("graph.facebook.com", "7346241598935552")
        .developer_provider_name("login.example.com")
        .open_id_connect_provider_arns("arn:aws:iam::000000000000:oidc-provider/example.com")
        .saml_provider_arns("arn:aws:iam::000000000000:saml-provider/example")
        .cognito_identity_providers(provider.clone())
        .identity_pool_tags("team", "a")
        .send()
        .await);
    assert_eq!(created.identity_pool_name(), "Ünïcode pool");
    assert_eq!(created.cognito_identity_providers(), [provider]);
    assert_eq!(created.allow_classic_flow(), Some(true));
    let id = created.identity_pool_id();
    let described = witness.ok(client.describe_identity_pool().identity_pool_id(id).send().await);
    assert_eq!(described.developer_provider_name(), Some("login.example.com"));
    assert_eq!(
        described
            .supported_login_providers()
            .and_then(|it| it.get("graph.facebook.com"))
            .map(String::as_str),
        Some("7346241598935552")
    );
    let updated = witness.ok(client
        .update_identity_pool()
        .identity_pool_id(id)
        .identity_pool_name("renamed")
        .allow_unauthenticated_identities(true)
        .send()
        .await);
    assert_eq!(
        (updated.identity_pool_name(), updated.allow_unauthenticated_identities()),
        ("renamed", true)
    );

    for number in 0..5 {
        identities.pool(&format!("pool {number}")).await;
    }
    // Six pools on pages of two: three pages.
    let mut pages = client.list_identity_pools().max_results(2).into_paginator().send();
    let (mut sizes, mut names) = (Vec::new(), BTreeSet::new());
    while let Some(page) = pages.next().await {
        let page = witness.ok(page);
        sizes.push(page.identity_pools().len());
        names.extend(
            page.identity_pools()
                .iter()
                .filter_map(|pool| pool.identity_pool_name().map(str::to_owned)),
        );
    }
    assert_eq!((sizes, names.len()), (vec![2, 2, 2], 6));
    let items = client
        .list_identity_pools()
        .into_paginator()
        .page_size(4)
        .items()
        .send();
    assert_eq!(items.collect::<Result<Vec<_>, _>>().await.expect("all pages").len(), 6);

    witness.ok(client.delete_identity_pool().identity_pool_id(id).send().await);
    let error = witness.refused(client.describe_identity_pool().identity_pool_id(id).send().await);
    assert!(error.is_resource_not_found_exception(), "{error:?}");
}

/// Which role an identity gets.
async fn roles(identities: &Identities) {
    let (client, witness) = (&identities.client, &identities.witness);
    let pool = identities.pool("roles").await;
    let rule = MappingRule::builder()
        .claim("cognito:groups")
        .match_type(MappingRuleMatchType::Contains)
        .value("admins")
        .role_arn("arn:aws:iam::000000000000:role/admin")
        .build()
        .expect("complete");
    let mapping = RoleMapping::builder()
        .r#type(RoleMappingType::Rules)
        .ambiguous_role_resolution(AmbiguousRoleResolutionType::Deny)
        .rules_configuration(RulesConfigurationType::builder().rules(rule).build().expect("complete"))
        .build()
        .expect("complete");
    let provider = "cognito-idp.us-east-1.amazonaws.com/us-east-1_x:app";
    witness.ok(client
        .set_identity_pool_roles()
        .identity_pool_id(&pool)
        .roles("authenticated", ROLE)
        .role_mappings(provider, mapping.clone())
        .send()
        .await);
    let answer = witness.ok(client.get_identity_pool_roles().identity_pool_id(&pool).send().await);
    assert_eq!(
        answer
            .roles()
            .and_then(|it| it.get("authenticated"))
            .map(String::as_str),
        Some(ROLE)
    );
    assert_eq!(answer.role_mappings().and_then(|it| it.get(provider)), Some(&mapping));

    let set = client
        .set_principal_tag_attribute_map()
        .identity_pool_id(&pool)
        .identity_provider_name(provider);
    let answer = witness.ok(set.use_defaults(false).principal_tags("email", "email").send().await);
    assert_eq!(answer.use_defaults(), Some(false));
    let get = client.get_principal_tag_attribute_map().identity_pool_id(&pool);
    let answer = witness.ok(get.clone().identity_provider_name(provider).send().await);
    assert_eq!(
        answer
            .principal_tags()
            .and_then(|it| it.get("email"))
            .map(String::as_str),
        Some("email")
    );
    let error = witness.refused(get.identity_provider_name("another").send().await);
    assert!(error.is_resource_not_found_exception(), "{error:?}");
}

/// Identities: who is in a pool.
async fn members(identities: &Identities) {
    let (client, witness) = (&identities.client, &identities.witness);
    let pool = identities.pool("members").await;
    let answer = witness.ok(client.get_id().identity_pool_id(&pool).send().await);
    let identity = answer.identity_id().expect("an id").to_owned();
    let before = SystemTime::now();
    let answer = witness.ok(client
        .get_credentials_for_identity()
        .identity_id(&identity)
        .send()
        .await);
    let credentials = answer.credentials().expect("credentials");
    assert!(credentials.access_key_id().is_some_and(|key| key.starts_with("ASIA")));
    let expiration = SystemTime::try_from(*credentials.expiration().expect("an end")).expect("a time");
    assert!(expiration > before + Duration::from_secs(3000));
    let answer = witness.ok(client.get_open_id_token().identity_id(&identity).send().await);
    assert_eq!(answer.token().map(|token| token.split('.').count()), Some(3));

    let list = client.list_identities().identity_pool_id(&pool).max_results(60);
    let answer = witness.ok(list.hide_disabled(true).send().await);
    assert_eq!(
        answer
            .identities()
            .iter()
            .map(|it| it.identity_id())
            .collect::<Vec<_>>(),
        [Some(&*identity)]
    );
    let answer = witness.ok(client.describe_identity().identity_id(&identity).send().await);
    assert!(answer.creation_date().is_some() && answer.logins().is_empty());

    let merge = client.merge_developer_identities().identity_pool_id(&pool);
    let merge = merge.developer_provider_name("login.example.com");
    let merge = merge.source_user_identifier("a").destination_user_identifier("b");
    assert!(witness.ok(merge.send().await).identity_id().is_some());
    let unlink = client
        .unlink_developer_identity()
        .identity_id(&identity)
        .identity_pool_id(&pool);
    let unlink = unlink
        .developer_provider_name("login.example.com")
        .developer_user_identifier("a");
    witness.ok(unlink.send().await);
    let unlink = client.unlink_identity().identity_id(&identity);
    witness.ok(unlink
        .logins("graph.facebook.com", "token")
        .logins_to_remove("graph.facebook.com")
        .send()
        .await);
}

async fn tags(identities: &Identities) {
    let (client, witness) = (&identities.client, &identities.witness);
    let pool = identities.pool("tags").await;
    let arn = format!("arn:aws:cognito-identity:us-east-1:000000000000:identitypool/{pool}");
    witness.ok(client
        .tag_resource()
        .resource_arn(&arn)
        .tags("a", "1")
        .tags("ü", "2")
        .send()
        .await);
    witness.ok(client.untag_resource().resource_arn(&arn).tag_keys("a").send().await);
    let answer = witness.ok(client.list_tags_for_resource().resource_arn(&arn).send().await);
    let tags = answer.tags().expect("tags");
    assert_eq!(tags.iter().collect::<Vec<_>>(), [(&"ü".to_owned(), &"2".to_owned())]);
    let error = witness.refused(client.list_tags_for_resource().resource_arn("no arn").send().await);
    assert!(error.is_invalid_parameter_exception(), "{error:?}");
}

/// Calls an operation with nothing in the request, and gives the error's code.
type Check = fn(cognito_identity::Config) -> BoxFuture<Option<String>>;

fn check<O>(config: cognito_identity::Config) -> BoxFuture<Option<String>>
where
    O: Operation<Service = cognito_identity::CognitoIdentity>,
    O::Input: OperationInput<Operation = O>,
    O::Error: ProvideErrorMetadata,
{
    Box::pin(async move {
        let input: O::Input = serde_json::from_str("{}").expect("nothing is missing in an input");
        let error = Client::from_conf(config).invoke(input).await.err()?;
        error.code().map(str::to_owned)
    })
}

/// All operations of identity pools.
mod table {
    use super::{Check, check};

    include!(concat!(env!("OUT_DIR"), "/model-cognito-identity.rs"));
}

#[tokio::test]
async fn ministack_refuses_the_operations_of_identity_pools_that_it_does_not_know() {
    let server = Server::ministack();
    let mut unknown = Vec::new();
    for (name, check) in table::OPERATIONS {
        let keys = Credentials::new("test", "test", None, None, "tests");
        let config = config(&server)
            .credentials_provider(keys)
            .retry_config(RetryConfig::disabled());
        if check(config.build()).await.as_deref() == Some("InvalidAction") {
            unknown.push(*name);
        }
    }
    assert_eq!((table::OPERATIONS.len(), &*unknown), (OPERATIONS, &UNKNOWN[..]));
}

/// A user pool with a user who has signed in: its name as a provider, the app client's id, and the ID token.
async fn signed_in(server: &Server, keys: &Credentials) -> (String, String, String) {
    let config = Session::config()
        .endpoint_url(server.url())
        .credentials_provider(keys.clone());
    let session = Session::new(Kind::Ministack, SystemTime::now(), config);
    let client = &session.client;
    let pool = session.ok(client.create_user_pool().pool_name("users").send().await);
    let pool = pool.user_pool().and_then(|pool| pool.id()).expect("its id");
    let app = client.create_user_pool_client().user_pool_id(pool).client_name("app");
    let app = app
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserPasswordAuth)
        .send()
        .await;
    let app = session.ok(app);
    let app = app.user_pool_client().and_then(|app| app.client_id()).expect("its id");
    session.ok(client
        .admin_create_user()
        .user_pool_id(pool)
        .username("alice")
        .send()
        .await);
    let password = client.admin_set_user_password().user_pool_id(pool).username("alice");
    session.ok(password.password(PASSWORD).permanent(true).send().await);
    let tokens = client
        .initiate_auth()
        .client_id(app)
        .auth_flow(AuthFlowType::UserPasswordAuth);
    let tokens = tokens
        .auth_parameters("USERNAME", "alice")
        .auth_parameters("PASSWORD", PASSWORD);
    let tokens = session.ok(tokens.send().await);
    let token = tokens
        .authentication_result()
        .and_then(|it| it.id_token())
        .expect("a token");
    (
        format!("cognito-idp.us-east-1.amazonaws.com/{pool}"),
        app.to_owned(),
        token.to_owned(),
    )
}

/// A role that lets its holders do everything.
fn create_role(server: &Server) {
    let anyone = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22\
                  Principal%22%3A%22*%22%2C%22Action%22%3A%22sts%3AAssumeRoleWithWebIdentity%22%7D%5D%7D";
    iam(
        server,
        &format!("Action=CreateRole&RoleName=reader&AssumeRolePolicyDocument={anyone}"),
    );
    let all = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22\
               %3A%22*%22%2C%22Resource%22%3A%22*%22%7D%5D%7D";
    iam(
        server,
        &format!("Action=PutRolePolicy&RoleName=reader&PolicyName=all&PolicyDocument={all}"),
    );
}

#[tokio::test]
async fn a_users_token_gives_credentials_whose_signatures_are_accepted_and_a_forged_one_none() {
    let server = Server::ministack_with_auth();
    let keys = access_key(&server);
    create_role(&server);
    let (login, app, token) = signed_in(&server, &keys).await;
    let administrator = Identities::new(config(&server).credentials_provider(keys));
    let provider = CognitoIdentityProvider::builder()
        .provider_name(&login)
        .client_id(app)
        .build();
    let create = administrator.client.create_identity_pool().identity_pool_name("pool");
    let create = create
        .allow_unauthenticated_identities(false)
        .cognito_identity_providers(provider);
    let pool = administrator.witness.ok(create.send().await);
    let pool = pool.identity_pool_id();
    let set = administrator.client.set_identity_pool_roles().identity_pool_id(pool);
    administrator.witness.ok(set.roles("authenticated", ROLE).send().await);

    // A user has no credentials, and these operations are not signed.
    let user = Identities::new(config(&server));
    let get_id = |token: &str| user.client.get_id().identity_pool_id(pool).logins(&login, token).send();
    let identity = user.witness.ok(get_id(&token).await);
    let identity = identity.identity_id().expect("an id");
    let call = user.client.get_credentials_for_identity().identity_id(identity);
    let given = user.witness.ok(call.clone().logins(&login, &token).send().await);
    let given = given.credentials().expect("credentials");

    // The last character of the signature holds four bits alone, so that another one need not be another signature.
    let (text, signature) = token.rsplit_once('.').expect("a signature");
    let forged = format!("{text}.{}", signature.chars().rev().collect::<String>());
    let error = user.witness.refused(get_id(&forged).await);
    assert!(error.is_not_authorized_exception(), "{error:?}");
    let error = user.witness.refused(call.clone().logins(&login, &forged).send().await);
    assert!(error.is_not_authorized_exception(), "{error:?}");
    let error = user.witness.refused(call.send().await);
    assert!(error.is_not_authorized_exception(), "{error:?}");

    let member = |secret: &str, session: Option<&str>| {
        let key = given.access_key_id().expect("a key");
        let credentials = Credentials::new(key, secret, session.map(str::to_owned), None, "identity pool");
        Identities::new(
            config(&server)
                .credentials_provider(credentials)
                .retry_config(RetryConfig::disabled()),
        )
    };
    let (secret, session) = (given.secret_key().expect("a secret"), given.session_token());
    let with_them = member(secret, session);
    let described = with_them.client.describe_identity().identity_id(identity).send().await;
    assert_eq!(with_them.witness.ok(described).logins(), [login.as_str()]);

    for (what, identities) in [
        ("another secret", member("another", session)),
        ("no session token", member(secret, None)),
    ] {
        let error = identities.client.describe_identity().identity_id(identity).send().await;
        let error = error.expect_err(what);
        report!("live: identity pool, {what}: {}", DisplayErrorContext(&error));
        assert!(
            error.as_service_error().is_some(),
            "{what}: {}",
            DisplayErrorContext(&error)
        );
    }
    tampered(&with_them.client).await;
    report!("live: ministack with AUTH=true: a token gave credentials; 3 forged logins and 3 forged requests refused");
}

/// A request whose body isn't what was signed.
async fn tampered(client: &Client) {
    let call = client.list_identity_pools().max_results(1);
    call.clone().send().await.expect("as it was signed");
    let error = call.customize().interceptor(Tamper).send().await;
    let error = error.expect_err("the body isn't what was signed");
    assert_eq!(
        error.code(),
        Some("InvalidSignatureException"),
        "{}: {}",
        Tamper.name(),
        DisplayErrorContext(&error)
    );
}

#[tokio::test]
async fn the_example_gets_credentials_from_ministack() {
    let server = Server::ministack();
    let keys = Credentials::new("test", "test", None, None, "tests");
    let clients = Clients {
        user_pools: cognito_idp::Client::from_conf(super::config(&server).build()),
        identity_pools: Client::from_conf(config(&server).credentials_provider(keys).build()),
    };
    let mut transcript = Vec::new();
    let report = credentials::run(&clients, ROLE, &mut Console::new(&mut transcript)).await;
    let transcript = String::from_utf8(transcript).expect("UTF-8");
    let report = report.unwrap_or_else(|error| panic!("{}\n{transcript}", DisplayErrorContext(error)));
    assert!(report.credentials.access_key_id().starts_with("ASIA"), "{transcript}");
    assert_eq!((report.logins.len(), report.deleted), (1, 4), "{transcript}");
    let left = clients
        .identity_pools
        .list_identity_pools()
        .max_results(10)
        .send()
        .await;
    assert!(left.expect("a list").identity_pools().is_empty());
}
