//! The four operations of a sign-in.

use super::{Call, Challenge, Outcome};
use crate::fault::{Answer, required};
use crate::world::World;
use cognito_idp::operation::admin_initiate_auth::{AdminInitiateAuthInput, AdminInitiateAuthOutput};
use cognito_idp::operation::admin_respond_to_auth_challenge::{
    AdminRespondToAuthChallengeInput, AdminRespondToAuthChallengeOutput,
};
use cognito_idp::operation::initiate_auth::{InitiateAuthInput, InitiateAuthOutput};
use cognito_idp::operation::respond_to_auth_challenge::{RespondToAuthChallengeInput, RespondToAuthChallengeOutput};

/// Writes the outcome of a call as an operation's output. All four operations have the same members.
macro_rules! output {
    ($outcome:expr, $output:ident) => {
        match $outcome {
            Outcome::Tokens(tokens) => $output::builder()
                .set_challenge_parameters(Some(std::collections::HashMap::new()))
                .authentication_result(*tokens)
                .build(),
            Outcome::Challenge(Challenge {
                name,
                session,
                parameters,
                available,
            }) => $output::builder()
                .challenge_name(name)
                .set_session(session)
                .set_challenge_parameters(Some(parameters))
                .set_available_challenges(available)
                .build(),
        }
    };
}

/// ClientMetadata goes to the triggers before a sign-in and that of migration alone, as their validation data.
///
/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html>
pub(crate) fn initiate_auth(world: &mut World, input: InitiateAuthInput) -> Answer<InitiateAuthOutput> {
    let now = world.now();
    let (pool, app) = world.state.app(input.client_id())?;
    let flow = required(input.auth_flow, "authFlow")?;
    let call = Call {
        parameters: input.auth_parameters.unwrap_or_default(),
        validation: input.client_metadata,
        ..Call::new(&world.around, pool, app, now)
    };
    Ok(output!(call.start(&flow, input.session)?, InitiateAuthOutput))
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminInitiateAuth.html>
pub(crate) fn admin_initiate_auth(world: &mut World, input: AdminInitiateAuthInput) -> Answer<AdminInitiateAuthOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let app = pool.client(input.client_id())?.clone();
    let flow = required(input.auth_flow, "authFlow")?;
    let call = Call {
        parameters: input.auth_parameters.unwrap_or_default(),
        validation: input.client_metadata,
        admin: true,
        ..Call::new(&world.around, pool, app, now)
    };
    Ok(output!(call.start(&flow, input.session)?, AdminInitiateAuthOutput))
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html>
pub(crate) fn respond_to_auth_challenge(
    world: &mut World,
    input: RespondToAuthChallengeInput,
) -> Answer<RespondToAuthChallengeOutput> {
    let now = world.now();
    let (pool, app) = world.state.app(input.client_id())?;
    let challenge = required(input.challenge_name, "challengeName")?;
    let call = Call {
        parameters: input.challenge_responses.unwrap_or_default(),
        metadata: input.client_metadata,
        ..Call::new(&world.around, pool, app, now)
    };
    Ok(output!(
        call.respond(&challenge, input.session.as_deref())?,
        RespondToAuthChallengeOutput
    ))
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRespondToAuthChallenge.html>
pub(crate) fn admin_respond_to_auth_challenge(
    world: &mut World,
    input: AdminRespondToAuthChallengeInput,
) -> Answer<AdminRespondToAuthChallengeOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let app = pool.client(input.client_id())?.clone();
    let challenge = required(input.challenge_name, "challengeName")?;
    let call = Call {
        parameters: input.challenge_responses.unwrap_or_default(),
        metadata: input.client_metadata,
        admin: true,
        ..Call::new(&world.around, pool, app, now)
    };
    Ok(output!(
        call.respond(&challenge, input.session.as_deref())?,
        AdminRespondToAuthChallengeOutput
    ))
}
