//! What the documentation forbids and the model can't: rules of the project's own validation that the service enforces,
//! too, and that the emulator doesn't check elsewhere in words of Cognito's.

use crate::fault::{Answer, Fault};
use cognito_idp::validation::Validate;

/// The names of the rules. Each has its source where it is declared.
const ENFORCED: [&str; 6] = [
    "access-token-validity",
    "id-token-validity",
    "refresh-token-validity",
    "refresh-token-outlives",
    "domain-prefix-reserved",
    "domain-prefix-name",
];

/// Refuses an input that breaks one of the rules.
pub(crate) fn documented(input: &impl Validate) -> Answer<()> {
    let mut findings = input.findings().into_iter();
    let broken = findings.find(|finding| finding.rule().is_some_and(|rule| ENFORCED.contains(&rule.name)));
    match broken {
        Some(finding) => Err(Fault::invalid_parameter(finding.to_string())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{ENFORCED, documented};
    use cognito_idp::operation::create_user_pool_client::CreateUserPoolClientInput;
    use cognito_idp::operation::create_user_pool_domain::CreateUserPoolDomainInput;
    use serde_json::json;

    #[test]
    fn each_rule_that_is_enforced_is_one_that_inputs_can_break() {
        let units = json!({ "AccessToken": "seconds", "IdToken": "seconds", "RefreshToken": "hours" });
        let mut broken = Vec::new();
        for (member, value) in [
            ("AccessTokenValidity", 299),
            ("IdTokenValidity", 299),
            ("RefreshTokenValidity", 87_601),
        ] {
            let input = json!({ "UserPoolId": "us-east-1_Example01", "ClientName": "web", member: value,
                "TokenValidityUnits": units });
            let input: CreateUserPoolClientInput = serde_json::from_value(input).expect("an input");
            broken.push(documented(&input).expect_err(member).message);
        }
        let outlived = json!({ "UserPoolId": "us-east-1_Example01", "ClientName": "web", "AccessTokenValidity": 7201,
            "RefreshTokenValidity": 2, "TokenValidityUnits": units });
        let outlived: CreateUserPoolClientInput = serde_json::from_value(outlived).expect("an input");
        broken.push(documented(&outlived).expect_err("outlived").message);
        for domain in ["my-cognito-login", "-login"] {
            let input = CreateUserPoolDomainInput::builder().user_pool_id("us-east-1_Example01");
            let input = input.domain(domain).build().expect("an input");
            broken.push(documented(&input).expect_err(domain).message);
        }
        broken.sort();
        broken.dedup();
        assert_eq!(broken.len(), ENFORCED.len(), "{broken:#?}");
    }
}
