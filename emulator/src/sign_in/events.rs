//! The history of a user's sign-ins.
//!
//! Source: [Viewing and exporting user event history](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-adaptive-authentication-event-user-history.html).

use super::Call;
use crate::clock::Moment;
use crate::fault::{Answer, Fault, required};
use crate::page::limit;
use crate::pools::Pool;
use crate::random;
use crate::users::User;
use crate::world::World;
use cognito_idp::operation::admin_list_user_auth_events::{
    AdminListUserAuthEventsInput, AdminListUserAuthEventsOutput,
};
use cognito_idp::operation::admin_update_auth_event_feedback::{
    AdminUpdateAuthEventFeedbackInput, AdminUpdateAuthEventFeedbackOutput,
};
use cognito_idp::operation::update_auth_event_feedback::{UpdateAuthEventFeedbackInput, UpdateAuthEventFeedbackOutput};
use cognito_idp::types::{
    AdvancedSecurityModeType, AuthEventType, ChallengeName, ChallengeResponse, ChallengeResponseType,
    EventFeedbackType, EventResponseType, EventRiskType, EventType, FeedbackValueType, RiskDecisionType,
};
use serde::{Deserialize, Serialize};

/// The number of events that are kept for a user.
const KEPT: usize = 200;

/// A sign-in, or an attempt at one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AuthEvent {
    id: String,
    time: Moment,
    passed: bool,
    /// The challenges, and whether the answers were right.
    #[serde(default)]
    challenges: Vec<(ChallengeName, bool)>,
    feedback: Option<(FeedbackValueType, String, Moment)>,
}

impl AuthEvent {
    fn describe(&self) -> Answer<AuthEventType> {
        let feedback = match &self.feedback {
            Some((value, provider, time)) => Some(
                EventFeedbackType::builder()
                    .feedback_value(value.clone())
                    .provider(provider)
                    .feedback_date(time.date())
                    .build()?,
            ),
            None => None,
        };
        Ok(AuthEventType::builder()
            .event_id(&self.id)
            .event_type(EventType::SignIn)
            .creation_date(self.time.date())
            .event_response(if self.passed {
                EventResponseType::Pass
            } else {
                EventResponseType::Fail
            })
            .event_risk(
                EventRiskType::builder()
                    .risk_decision(RiskDecisionType::NoRisk)
                    .compromised_credentials_detected(false)
                    .build(),
            )
            .set_challenge_responses(Some(self.challenges.iter().map(challenge_response).collect()))
            .set_event_feedback(feedback)
            .build())
    }
}

impl Call<'_> {
    /// An answer was right, or the sign-in has failed by it.
    pub(crate) fn tell(&mut self, key: &str, challenge: ChallengeName, right: bool) {
        if right {
            self.answered.push(challenge);
        } else {
            self.fail(key, Some(challenge));
        }
    }

    /// The sign-in has succeeded.
    pub(crate) fn pass(&mut self, key: &str) {
        self.note(key, true, None);
    }

    /// The sign-in has failed, because of the answer to a challenge that events record, or to another one.
    pub(crate) fn fail(&mut self, key: &str, challenge: Option<ChallengeName>) {
        self.note(key, false, challenge);
    }

    /// Writes an event into the user's history.
    fn note(&mut self, key: &str, passed: bool, failed: Option<ChallengeName>) {
        let right = self.answered.iter().cloned().map(|challenge| (challenge, true));
        let event = AuthEvent {
            id: random::uuid(),
            time: self.now,
            passed,
            challenges: right.chain(failed.map(|challenge| (challenge, false))).collect(),
            feedback: None,
        };
        if let Some(user) = self.pool.users.get_mut(key) {
            if user.events.len() == KEPT {
                user.events.remove(0);
            }
            user.events.push(event);
        }
    }
}

fn challenge_response((challenge, right): &(ChallengeName, bool)) -> ChallengeResponseType {
    let response = if *right {
        ChallengeResponse::Success
    } else {
        ChallengeResponse::Failure
    };
    ChallengeResponseType::builder()
        .challenge_name(challenge.clone())
        .challenge_response(response)
        .build()
}

/// Refuses the request if threat protection is off.
pub(crate) fn protected(pool: &Pool) -> Answer<()> {
    let mode = pool
        .description
        .user_pool_add_ons()
        .map(|add_ons| &add_ons.advanced_security_mode);
    match mode {
        None | Some(AdvancedSecurityModeType::Off) => Err(Fault::user_pool_add_on(
            "User pool add-ons are not enabled for this user pool.",
        )),
        Some(_) => Ok(()),
    }
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListUserAuthEvents.html>
pub(crate) fn admin_list_user_auth_events(
    world: &mut World,
    input: AdminListUserAuthEventsInput,
) -> Answer<AdminListUserAuthEventsOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    protected(pool)?;
    let user = pool.user(input.username())?;
    let size = limit(input.max_results, 60, "maxResults")?;
    let skip = match input.next_token() {
        Some(token) => token
            .parse::<usize>()
            .map_err(|_| Fault::invalid_parameter("Invalid pagination token."))?,
        None => 0,
    };
    let events: Answer<Vec<_>> = user
        .events
        .iter()
        .rev()
        .skip(skip)
        .take(size)
        .map(AuthEvent::describe)
        .collect();
    let end = skip.saturating_add(size);
    Ok(AdminListUserAuthEventsOutput::builder()
        .set_auth_events(Some(events?))
        .set_next_token((end < user.events.len()).then(|| end.to_string()))
        .build())
}

fn feedback(user: &mut User, id: Option<&str>, value: Option<FeedbackValueType>, by: &str, now: Moment) -> Answer<()> {
    let id = required(id, "eventId")?;
    let value = required(value, "feedbackValue")?;
    let event = user.events.iter_mut().find(|event| event.id == id);
    let event = event.ok_or_else(|| Fault::invalid_parameter(format!("Event {id} does not exist.")))?;
    event.feedback = Some((value, by.to_owned(), now));
    Ok(())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateAuthEventFeedback.html>
pub(crate) fn admin_update_auth_event_feedback(
    world: &mut World,
    input: AdminUpdateAuthEventFeedbackInput,
) -> Answer<AdminUpdateAuthEventFeedbackOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    protected(pool)?;
    let user = pool.user_mut(input.username())?;
    feedback(user, input.event_id.as_deref(), input.feedback_value, "Admin", now)?;
    Ok(AdminUpdateAuthEventFeedbackOutput::builder().build())
}

/// Threat protection sends no messages, so the event's id serves as the feedback token.
///
/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateAuthEventFeedback.html>
pub(crate) fn update_auth_event_feedback(
    world: &mut World,
    input: UpdateAuthEventFeedbackInput,
) -> Answer<UpdateAuthEventFeedbackOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    protected(pool)?;
    // Notifications aren't sent, so the event's id stands for the token that they would have.
    let token = required(input.feedback_token(), "feedbackToken")?;
    if input.event_id() != Some(token) {
        return Err(Fault::not_authorized("Invalid feedback token."));
    }
    let user = pool.user_mut(input.username())?;
    feedback(user, input.event_id.as_deref(), input.feedback_value, "User", now)?;
    Ok(UpdateAuthEventFeedbackOutput::builder().build())
}
