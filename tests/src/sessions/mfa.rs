//! A second factor: an authenticator app.

use super::{PASSWORD, tokens};
use crate::codes::one_time_code;
use crate::session::Session;
use cognito_idp::types::{
    AuthFlowType, ChallengeNameType, SoftwareTokenMfaConfigType, SoftwareTokenMfaSettingsType, UserPoolMfaType,
    VerifySoftwareTokenResponseType,
};

pub(super) async fn run(session: &Session) {
    let client = &session.client;
    let pool = session.pool("mfa").await;
    let app = session.app(&pool).await;

    let set = client
        .set_user_pool_mfa_config()
        .user_pool_id(&pool)
        .mfa_configuration(UserPoolMfaType::Optional);
    let set = set.software_token_mfa_configuration(SoftwareTokenMfaConfigType::builder().enabled(true).build());
    assert_eq!(
        session.ok(set.send().await).mfa_configuration(),
        Some(&UserPoolMfaType::Optional)
    );
    let config = session.ok(client.get_user_pool_mfa_config().user_pool_id(&pool).send().await);
    assert_eq!(config.mfa_configuration(), Some(&UserPoolMfaType::Optional));
    assert!(
        config
            .software_token_mfa_configuration()
            .is_some_and(|config| config.enabled())
    );

    session.user(&pool, "frank").await;
    let signed_in = session.sign_in(&app, "frank", PASSWORD).await;
    let token = signed_in.access_token().expect("checked");
    let answer = session.ok(client.associate_software_token().access_token(token).send().await);
    let secret = answer.secret_code().expect("the secret").to_owned();
    // moto's secret is no base 32, and it takes any code.
    let code = if session.is_moto() {
        "123456".to_owned()
    } else {
        one_time_code(&secret, session.now())
    };
    if !session.is_moto() {
        let verify = client.verify_software_token().access_token(token).user_code("000000");
        let error = session.refused(verify.send().await);
        assert!(error.is_enable_software_token_mfa_exception(), "{error:?}");
    }
    let verify = client
        .verify_software_token()
        .access_token(token)
        .user_code(&code)
        .friendly_device_name("phone");
    assert_eq!(
        session.ok(verify.send().await).status(),
        Some(&VerifySoftwareTokenResponseType::Success)
    );

    let settings = SoftwareTokenMfaSettingsType::builder()
        .enabled(true)
        .preferred_mfa(true)
        .build();
    let set = client
        .set_user_mfa_preference()
        .access_token(token)
        .software_token_mfa_settings(settings.clone());
    session.ok(set.send().await);
    let set = client
        .admin_set_user_mfa_preference()
        .user_pool_id(&pool)
        .username("frank");
    session.ok(set.software_token_mfa_settings(settings).send().await);
    let user = session.ok(client.get_user().access_token(token).send().await);
    assert_eq!(user.preferred_mfa_setting(), Some("SOFTWARE_TOKEN_MFA"));
    assert_eq!(user.user_mfa_setting_list(), ["SOFTWARE_TOKEN_MFA"]);

    let call = client
        .initiate_auth()
        .client_id(&app)
        .auth_flow(AuthFlowType::UserPasswordAuth);
    let call = call
        .auth_parameters("USERNAME", "frank")
        .auth_parameters("PASSWORD", PASSWORD);
    let challenge = session.ok(call.send().await);
    assert_eq!(challenge.challenge_name(), Some(&ChallengeNameType::SoftwareTokenMfa));
    let respond = client
        .respond_to_auth_challenge()
        .client_id(&app)
        .set_session(challenge.session);
    let respond = respond
        .challenge_name(ChallengeNameType::SoftwareTokenMfa)
        .challenge_responses("USERNAME", "frank");
    if !session.is_moto() {
        let wrong = respond.clone().challenge_responses("SOFTWARE_TOKEN_MFA_CODE", "000000");
        let error = session.refused(wrong.send().await);
        assert!(error.is_code_mismatch_exception(), "{error:?}");
    }
    let respond = respond.challenge_responses("SOFTWARE_TOKEN_MFA_CODE", &code);
    tokens(session.ok(respond.send().await).authentication_result);
    session.delete_pool(&pool).await;
}
