//! The role for a login.
//!
//! Source: [Using role-based access control](https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html).

use super::IdentityPool;
use super::logins::Login;
use crate::fault::{Answer, Fault};
use cognito_identity::types::{AmbiguousRoleResolutionType, MappingRule, MappingRuleMatchType, RoleMappingType};
use serde_json::Value;

/// The ARN of the role: from the provider's mapping, or the pool's role for users or for guests.
pub(super) fn role(pool: &IdentityPool, logins: &[Login], custom: Option<&str>) -> Answer<String> {
    let kind = if logins.is_empty() {
        "unauthenticated"
    } else {
        "authenticated"
    };
    for login in logins {
        let with_client = format!(
            "{}:{}",
            login.provider,
            login.claims["aud"].as_str().unwrap_or_default()
        );
        let mapping = pool
            .mappings
            .get(&with_client)
            .or_else(|| pool.mappings.get(&login.provider));
        let Some(mapping) = mapping else { continue };
        let mapped = match mapping.r#type {
            RoleMappingType::Rules => {
                let rules = mapping.rules_configuration.as_ref().map(|rules| rules.rules());
                of_rules(rules.unwrap_or_default(), &login.claims, custom)?
            }
            _ => of_token(&login.claims, custom)?,
        };
        if let Some(role) = mapped {
            return Ok(role);
        }
        if mapping.ambiguous_role_resolution == Some(AmbiguousRoleResolutionType::Deny) {
            return Err(Fault::not_authorized("Access denied: no role is mapped to the token."));
        }
    }
    pool.roles.get(kind).cloned().ok_or_else(|| Fault {
        code: "InvalidIdentityPoolConfigurationException",
        message: "Invalid identity pool configuration. Check assigned IAM roles for this pool.".to_owned(),
    })
}

/// The role of the first rule that matches, or of the one that the caller requests.
fn of_rules(rules: &[MappingRule], claims: &Value, custom: Option<&str>) -> Answer<Option<String>> {
    let mut matching = rules.iter().filter(|rule| matches(rule, claims));
    let found = matching.find(|rule| custom.is_none_or(|custom| rule.role_arn == custom));
    match found {
        None if custom.is_some() => Err(Fault::not_authorized(
            "No rule that matches the token has the role that was asked for.",
        )),
        found => Ok(found.map(|rule| rule.role_arn.clone())),
    }
}

/// The token's preferred role, or the one of its roles that the caller requests.
fn of_token(claims: &Value, custom: Option<&str>) -> Answer<Option<String>> {
    let roles = claims["cognito:roles"].as_array();
    match custom {
        Some(custom) if roles.into_iter().flatten().any(|role| role == custom) => Ok(Some(custom.to_owned())),
        Some(_) => Err(Fault::not_authorized(
            "The token doesn't have the role that was asked for.",
        )),
        None => Ok(claims["cognito:preferred_role"].as_str().map(str::to_owned)),
    }
}

fn matches(rule: &MappingRule, claims: &Value) -> bool {
    let claim = &claims[&rule.claim];
    let text = match claim {
        Value::String(text) => text.clone(),
        Value::Null => return false,
        other => other.to_string(),
    };
    match rule.match_type {
        MappingRuleMatchType::Equals => text == rule.value,
        MappingRuleMatchType::Contains => text.contains(&rule.value),
        MappingRuleMatchType::StartsWith => text.starts_with(&rule.value),
        MappingRuleMatchType::NotEqual => text != rule.value,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::of_rules;
    use cognito_identity::types::{MappingRule, MappingRuleMatchType};
    use serde_json::json;

    #[test]
    fn the_first_rule_that_matches_wins_unless_the_caller_asks_for_another_one() {
        let rule = |claim: &str, matching: MappingRuleMatchType, value: &str, role: &str| {
            let rule = MappingRule::builder().claim(claim).match_type(matching).value(value);
            rule.role_arn(role).build().expect("a rule")
        };
        let rules = [
            rule("email", MappingRuleMatchType::StartsWith, "bob", "bobs"),
            rule("absent", MappingRuleMatchType::NotEqual, "a", "strangers"),
            rule("cognito:groups", MappingRuleMatchType::Contains, "staff", "staff"),
            rule("email", MappingRuleMatchType::NotEqual, "bob@example.com", "others"),
        ];
        let claims = json!({ "email": "alice@example.com", "cognito:groups": ["staff"] });
        let role = |custom| of_rules(&rules, &claims, custom);
        assert_eq!(role(None).expect("matches").as_deref(), Some("staff"));
        assert_eq!(role(Some("others")).expect("matches").as_deref(), Some("others"));
        assert!(role(Some("bobs")).is_err() && role(Some("strangers")).is_err());
        assert_eq!(of_rules(&rules[..2], &claims, None).expect("no error"), None);
    }
}
