//! Every future moves between threads, so that a server can spawn it. That it compiles is the test.

use cognito_auth::managed_login::ManagedLogin;
use cognito_auth::{
    AuthError, Challenge, FirstFactor, IdentityPool, IdentityPoolCredentials, LoopbackLogin, MachineTokens,
    MemoryDevices, MemoryTokens, Secret, Session, SignUp, Tokens, UserPool,
};
use cognito_runtime::reexport::aws_credential_types::provider::ProvideCredentials;
use serde_json::Value;

/// Takes what can be spawned, and doesn't run it.
fn sends<T: Send>(_: T) {}

/// Never called.
#[allow(dead_code, reason = "compiling it is the test")]
fn all(pool: &UserPool, tokens: Tokens, session: &Session, up: SignUp, login: &ManagedLogin, challenge: Challenge) {
    let sign_in = || pool.sign_in("alice");
    sends(sign_in().password("pw"));
    sends(sign_in().password_plain("pw"));
    sends(sign_in().srp());
    sends(sign_in().choose());
    sends(sign_in().prefer(FirstFactor::WebAuthn));
    sends(sign_in().custom());
    sends(sign_in().custom_with_password("pw"));
    sends(async { pool.sign_up("alice").password("pw").send().await });
    sends(up.confirm("1"));
    sends(pool.forgot_password("alice"));
    sends(pool.confirm_device(&tokens, None));
    sends(pool.remember_device(&tokens, true));
    sends(async { pool.exchange("token").send().await });
    let machine = pool.machine().source();
    sends(async move { machine.token().await });
    match &challenge {
        Challenge::SmsMfa(c) => sends(c.code("1")),
        Challenge::MfaSetup(c) => sends(async move { c.totp().await?.confirm("1", None).await }),
        Challenge::PasswordVerifier(c) => sends(c.password("pw")),
        Challenge::SelectChallenge(c) => sends(c.choose(FirstFactor::PasswordSrp("pw".into()))),
        Challenge::WebAuthn(c) => sends(c.credential(&Value::Null)),
        Challenge::NewPasswordRequired(c) => sends(async move { c.password("pw").attribute("a", "b").send().await }),
        _ => {}
    }
    sends(Session::open(pool, MemoryTokens::default()));
    sends(session.tokens());
    sends(session.refresh());
    sends(session.sign_out());
    sends(session.sign_out_everywhere());
    sends(session.delete_user());
    sends(async move { session.user().attributes().await });
    sends(async move { session.user().passkey_options::<Value>().await });
    sends(async move { session.user().totp().await });
    sends(async move { login.finish(&login.begin()?, "code=c").await });
    sends(login.refresh(&tokens));
    sends(login.revoke(&tokens));
    sends(async {
        let login = LoopbackLogin::start(&[8400], |url| ManagedLogin::new("login.example.com", pool, url)).await?;
        login.finish().await
    });
    sends(async {
        let credentials = IdentityPool::new("us-east-1:id")?.login(session).provider();
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(credentials.provide_credentials().await?)
    });
}

#[test]
fn values_are_shared_between_threads() {
    fn shares<T: Send + Sync + 'static>() {}
    shares::<UserPool>();
    shares::<Session>();
    shares::<Challenge>();
    shares::<Secret>();
    shares::<Tokens>();
    shares::<ManagedLogin>();
    shares::<MemoryDevices>();
    shares::<AuthError>();
    shares::<MachineTokens>();
    shares::<IdentityPoolCredentials>();
}
