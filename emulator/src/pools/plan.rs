//! The feature plans: what a pool of the plan can do.
//!
//! Source: [User pool feature plans](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html).

use super::Pool;
use crate::fault::{Answer, Fault};
use cognito_idp::types::{
    AdvancedSecurityModeType, DcrConfigurationType, PreTokenGenerationLambdaVersionType, StatusType, UserPoolTierType,
    UserPoolType,
};

/// The least plan that has a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plan {
    Essentials,
    Plus,
}

/// Refuses a feature that the pool's plan doesn't have.
pub(crate) fn needs(pool: &UserPoolType, plan: Plan, feature: &str) -> Answer<()> {
    let lacks = matches!(
        (&pool.user_pool_tier, plan),
        (Some(UserPoolTierType::Lite), _) | (Some(UserPoolTierType::Essentials), Plan::Plus)
    );
    if !lacks {
        Ok(())
    } else {
        Err(Fault::feature_unavailable(format!(
            "{feature} isn't available in the {} tier.",
            pool.user_pool_tier.as_ref().map_or("", UserPoolTierType::as_str)
        )))
    }
}

/// Refuses settings of a pool that its plan doesn't have.
pub(super) fn check(pool: &UserPoolType) -> Answer<()> {
    let policies = pool.policies();
    let sign_in = policies.and_then(|policies| policies.sign_in_policy());
    if sign_in.is_some_and(|policy| policy.allowed_first_auth_factors().len() > 1) {
        needs(pool, Plan::Essentials, "Choice-based authentication")?;
    }
    let password = policies.and_then(|policies| policies.password_policy());
    if password.is_some_and(|policy| policy.password_history_size.is_some_and(|size| size > 0)) {
        needs(pool, Plan::Essentials, "The password history")?;
    }
    if registers_clients(pool.dcr_configuration()) {
        needs(pool, Plan::Essentials, "Dynamic client registration")?;
    }
    let lambda = pool.lambda_config();
    let tokens = lambda.and_then(|lambda| lambda.pre_token_generation_config());
    if tokens.is_some_and(|tokens| tokens.lambda_version != PreTokenGenerationLambdaVersionType::V10) {
        needs(pool, Plan::Essentials, "Access token customization")?;
    }
    let mode = pool.user_pool_add_ons().map(|add_ons| &add_ons.advanced_security_mode);
    if mode.is_some_and(|mode| *mode != AdvancedSecurityModeType::Off) {
        needs(pool, Plan::Plus, "Threat protection")?;
    }
    Ok(())
}

fn registers_clients(configuration: Option<&DcrConfigurationType>) -> bool {
    configuration.is_some_and(|configuration| configuration.enable_status == Some(StatusType::Enabled))
}

/// Refuses the change to a plan without dynamic client registration while it is on, and isn't switched off.
pub(super) fn check_change(old: &Pool, new: &UserPoolType) -> Answer<()> {
    if new.user_pool_tier == Some(UserPoolTierType::Lite)
        && registers_clients(old.description.dcr_configuration())
        && new.dcr_configuration.is_none()
    {
        return Err(Fault::tier_change(
            "Dynamic client registration must be disabled before the feature plan can be changed to LITE.",
        ));
    }
    Ok(())
}
