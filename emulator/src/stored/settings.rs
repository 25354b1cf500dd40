//! Settings of threat protection, of logs and of sessions.

use crate::carry::carry;
use crate::fault::{Answer, Fault, required};
use crate::pools::{Plan, needs};
use crate::sign_in::protected;
use crate::world::World;
use cognito_idp::operation::describe_risk_configuration::{
    DescribeRiskConfigurationInput, DescribeRiskConfigurationOutput,
};
use cognito_idp::operation::get_log_delivery_configuration::{
    GetLogDeliveryConfigurationInput, GetLogDeliveryConfigurationOutput,
};
use cognito_idp::operation::get_user_pool_client_session_configuration::{
    GetUserPoolClientSessionConfigurationInput, GetUserPoolClientSessionConfigurationOutput,
};
use cognito_idp::operation::get_user_pool_session_configuration::{
    GetUserPoolSessionConfigurationInput, GetUserPoolSessionConfigurationOutput,
};
use cognito_idp::operation::set_log_delivery_configuration::{
    SetLogDeliveryConfigurationInput, SetLogDeliveryConfigurationOutput,
};
use cognito_idp::operation::set_risk_configuration::{SetRiskConfigurationInput, SetRiskConfigurationOutput};
use cognito_idp::operation::set_user_pool_client_session_configuration::{
    SetUserPoolClientSessionConfigurationInput, SetUserPoolClientSessionConfigurationOutput,
};
use cognito_idp::operation::set_user_pool_session_configuration::{
    SetUserPoolSessionConfigurationInput, SetUserPoolSessionConfigurationOutput,
};
use cognito_idp::types::{
    EventSourceName, LogDeliveryConfigurationType, RiskConfigurationType, UserSessionTrackingType,
};

/// The feature of session settings, as errors name it.
const SESSIONS: &str = "Session management";

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetRiskConfiguration.html>
pub(crate) fn set_risk_configuration(
    world: &mut World,
    input: SetRiskConfigurationInput,
) -> Answer<SetRiskConfigurationOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    protected(pool)?;
    if input.client_id.is_some() {
        pool.client(input.client_id())?;
    }
    let mut risk: RiskConfigurationType = carry(&input, |_| {})?;
    risk.last_modified_date = Some(now.date());
    let client = input.client_id.unwrap_or_default();
    pool.stored.risks.insert(client, risk.clone());
    Ok(SetRiskConfigurationOutput::builder().risk_configuration(risk).build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeRiskConfiguration.html>
pub(crate) fn describe_risk_configuration(
    world: &mut World,
    input: DescribeRiskConfigurationInput,
) -> Answer<DescribeRiskConfigurationOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    protected(pool)?;
    let risk = pool.stored.risks.get(input.client_id().unwrap_or_default());
    let risk = risk.cloned().unwrap_or_else(|| {
        RiskConfigurationType::builder()
            .user_pool_id(&pool.id)
            .set_client_id(input.client_id.clone())
            .build()
    });
    Ok(DescribeRiskConfigurationOutput::builder()
        .risk_configuration(risk)
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetLogDeliveryConfiguration.html>
pub(crate) fn set_log_delivery_configuration(
    world: &mut World,
    input: SetLogDeliveryConfigurationInput,
) -> Answer<SetLogDeliveryConfigurationOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let logs = required(input.log_configurations, "logConfigurations")?;
    if logs
        .iter()
        .any(|log| log.event_source == EventSourceName::UserAuthEvents)
    {
        needs(&pool.description, Plan::Plus, "The export of userAuthEvents")?;
    }
    pool.stored.logs = logs;
    let configuration = LogDeliveryConfigurationType::builder()
        .user_pool_id(&pool.id)
        .set_log_configurations(Some(pool.stored.logs.clone()))
        .build()?;
    Ok(SetLogDeliveryConfigurationOutput::builder()
        .log_delivery_configuration(configuration)
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetLogDeliveryConfiguration.html>
pub(crate) fn get_log_delivery_configuration(
    world: &mut World,
    input: GetLogDeliveryConfigurationInput,
) -> Answer<GetLogDeliveryConfigurationOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let configuration = LogDeliveryConfigurationType::builder()
        .user_pool_id(&pool.id)
        .set_log_configurations(Some(pool.stored.logs.clone()))
        .build()?;
    Ok(GetLogDeliveryConfigurationOutput::builder()
        .log_delivery_configuration(configuration)
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolSessionConfiguration.html>
pub(crate) fn set_user_pool_session_configuration(
    world: &mut World,
    input: SetUserPoolSessionConfigurationInput,
) -> Answer<SetUserPoolSessionConfigurationOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    needs(&pool.description, Plan::Essentials, SESSIONS)?;
    pool.stored.tracking = Some(required(input.user_session_tracking, "userSessionTracking")?);
    pool.stored.token_session = Some(required(input.token_session, "tokenSession")?);
    Ok(SetUserPoolSessionConfigurationOutput::builder()
        .user_pool_id(&pool.id)
        .set_user_session_tracking(pool.stored.tracking.clone())
        .set_token_session(pool.stored.token_session.clone())
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolSessionConfiguration.html>
pub(crate) fn get_user_pool_session_configuration(
    world: &mut World,
    input: GetUserPoolSessionConfigurationInput,
) -> Answer<GetUserPoolSessionConfigurationOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    Ok(GetUserPoolSessionConfigurationOutput::builder()
        .user_pool_id(&pool.id)
        .set_user_session_tracking(pool.stored.tracking.clone())
        .set_token_session(pool.stored.token_session.clone())
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolClientSessionConfiguration.html>
pub(crate) fn set_user_pool_client_session_configuration(
    world: &mut World,
    input: SetUserPoolClientSessionConfigurationInput,
) -> Answer<SetUserPoolClientSessionConfigurationOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let client = pool.client(input.client_id())?.id.clone();
    needs(&pool.description, Plan::Essentials, SESSIONS)?;
    if pool.stored.tracking != Some(UserSessionTrackingType::Enabled) {
        return Err(Fault::invalid_parameter(
            "Session tracking must be enabled for the user pool: see SetUserPoolSessionConfiguration.",
        ));
    }
    let session = required(input.sso_session, "ssoSession")?;
    pool.stored.sso_sessions.insert(client.clone(), session.clone());
    Ok(SetUserPoolClientSessionConfigurationOutput::builder()
        .user_pool_id(&pool.id)
        .client_id(client)
        .sso_session(session)
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolClientSessionConfiguration.html>
pub(crate) fn get_user_pool_client_session_configuration(
    world: &mut World,
    input: GetUserPoolClientSessionConfigurationInput,
) -> Answer<GetUserPoolClientSessionConfigurationOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let client = &pool.client(input.client_id())?.id;
    Ok(GetUserPoolClientSessionConfigurationOutput::builder()
        .user_pool_id(&pool.id)
        .client_id(client)
        .set_sso_session(pool.stored.sso_sessions.get(client).cloned())
        .build())
}
