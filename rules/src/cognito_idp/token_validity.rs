//! How long the tokens of an app client are valid.

use crate::macros::{api, rules};
use cognito_validation::{Document, Findings, Rule};

rules! {
    /// An access token is valid for five minutes to one day.
    ACCESS = must("access-token-validity", api!("TokenValidityUnitsType"));
    /// An ID token is valid for five minutes to one day.
    ID = must("id-token-validity", api!("TokenValidityUnitsType"));
    /// A refresh token is valid for 60 minutes to ten years.
    REFRESH = must("refresh-token-validity", api!("TokenValidityUnitsType"));
    /// Access and ID tokens aren't valid for longer than the refresh token.
    LONGER = must(
        "refresh-token-outlives",
        "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_cognito.UserPoolClientOptions.html"
    );
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

pub(super) fn check(client: Document<'_>, findings: &mut Findings<'_>) {
    // The service takes 0 for its default of 30 days.
    let refresh = Validity::of(client, "RefreshTokenValidity", "RefreshToken", DAY).filter(|it| it.seconds != 0);
    if let Some(refresh) = refresh {
        let advice = "is out of range in its unit (TokenValidityUnits, else days): use 1 hour to 10 years";
        refresh.range(HOUR, 3650 * DAY, &REFRESH, advice, findings);
    }
    for (member, unit, rule) in [
        ("AccessTokenValidity", "AccessToken", &ACCESS),
        ("IdTokenValidity", "IdToken", &ID),
    ] {
        let Some(token) = Validity::of(client, member, unit, HOUR) else {
            continue;
        };
        let advice = "is out of range in its unit (TokenValidityUnits, else hours): use 5 minutes to 1 day";
        token.range(5 * MINUTE, DAY, rule, advice, findings);
        if refresh.is_some_and(|refresh| token.seconds > refresh.seconds) {
            let advice =
                "is longer than RefreshTokenValidity, units taken into account: make the refresh token last longer";
            findings.report(&LONGER, token.value, advice);
        }
    }
}

/// A validity that the request gives.
#[derive(Clone, Copy)]
struct Validity<'a> {
    value: Document<'a>,
    seconds: i64,
}

impl<'a> Validity<'a> {
    fn of(client: Document<'a>, member: &str, token: &str, default_unit: i64) -> Option<Self> {
        let value = client.get(member)?;
        let unit = client.get("TokenValidityUnits").and_then(|units| units.get(token));
        let unit = match unit.and_then(Document::text) {
            None => default_unit,
            Some("seconds") => 1,
            Some("minutes") => MINUTE,
            Some("hours") => HOUR,
            Some("days") => DAY,
            // The service may know others.
            Some(_) => return None,
        };
        let seconds = value.number()?.saturating_mul(unit);
        Some(Self { value, seconds })
    }

    fn range(self, min: i64, max: i64, rule: &'static Rule, advice: &'static str, findings: &mut Findings<'_>) {
        if !(min..=max).contains(&self.seconds) {
            findings.report(rule, self.value, advice);
        }
    }
}
