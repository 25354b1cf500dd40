//! How long tokens are valid, in all units.

use crate::support::rules;

rules! {
    an_access_token_is_valid_for_five_minutes_to_a_day: "access-token-validity", "CreateUserPoolClient" {
        breaks "AccessTokenValidity": { "AccessTokenValidity": 25 };
        breaks "AccessTokenValidity":
            { "AccessTokenValidity": 4, "TokenValidityUnits": { "AccessToken": "minutes" } };
        breaks "AccessTokenValidity":
            { "AccessTokenValidity": 299, "TokenValidityUnits": { "AccessToken": "seconds" } };
        breaks "AccessTokenValidity": { "AccessTokenValidity": 2, "TokenValidityUnits": { "AccessToken": "days" } };
        breaks "AccessTokenValidity": { "AccessTokenValidity": 3600, "TokenValidityUnits": { "IdToken": "seconds" } };
        keeps { "AccessTokenValidity": 24 };
        keeps { "AccessTokenValidity": 5, "TokenValidityUnits": { "AccessToken": "minutes" } };
        keeps { "AccessTokenValidity": 86400, "TokenValidityUnits": { "AccessToken": "seconds" } };
        keeps { "AccessTokenValidity": 1, "TokenValidityUnits": { "AccessToken": "days" } };
        keeps { "AccessTokenValidity": 70000, "TokenValidityUnits": { "AccessToken": "fortnights" } };
    }
    an_id_token_is_valid_for_five_minutes_to_a_day: "id-token-validity", "UpdateUserPoolClient" {
        breaks "IdTokenValidity": { "IdTokenValidity": 4, "TokenValidityUnits": { "IdToken": "minutes" } };
        breaks "IdTokenValidity": { "IdTokenValidity": 25, "TokenValidityUnits": {} };
        keeps { "IdTokenValidity": 60, "TokenValidityUnits": { "IdToken": "minutes" } };
        keeps { "IdTokenValidity": 1 };
    }
    a_refresh_token_is_valid_for_an_hour_to_ten_years: "refresh-token-validity", "CreateUserPoolClient" {
        breaks "RefreshTokenValidity": { "RefreshTokenValidity": 3651 };
        breaks "RefreshTokenValidity":
            { "RefreshTokenValidity": 59, "TokenValidityUnits": { "RefreshToken": "minutes" } };
        keeps { "RefreshTokenValidity": 0 };
        keeps { "RefreshTokenValidity": 3650 };
        keeps { "RefreshTokenValidity": 1, "TokenValidityUnits": { "RefreshToken": "hours" } };
        keeps { "RefreshTokenValidity": 315360000, "TokenValidityUnits": { "RefreshToken": "seconds" } };
    }
    the_refresh_token_lasts_longest: "refresh-token-outlives", "CreateUserPoolClient" {
        breaks "AccessTokenValidity": {
            "AccessTokenValidity": 2, "RefreshTokenValidity": 60,
            "TokenValidityUnits": { "RefreshToken": "minutes" }
        };
        breaks "IdTokenValidity": {
            "IdTokenValidity": 1, "RefreshTokenValidity": 23,
            "TokenValidityUnits": { "IdToken": "days", "RefreshToken": "hours" }
        };
        keeps {
            "AccessTokenValidity": 60, "IdTokenValidity": 1, "RefreshTokenValidity": 1,
            "TokenValidityUnits": { "AccessToken": "minutes", "RefreshToken": "hours" }
        };
        keeps { "AccessTokenValidity": 24, "RefreshTokenValidity": 1 };
        keeps { "AccessTokenValidity": 24, "RefreshTokenValidity": 0 };
        keeps { "RefreshTokenValidity": 60, "TokenValidityUnits": { "RefreshToken": "minutes" } };
    }
}
