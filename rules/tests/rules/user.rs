//! Users that an administrator makes.

use crate::support::rules;

rules! {
    a_user_has_the_address_that_is_verified_or_written_to: "user-address", "AdminCreateUser" {
        breaks "UserAttributes[0].Value": {
            "Username": "ana", "UserAttributes": [{ "Name": "email_verified", "Value": "true" }]
        };
        breaks "UserAttributes[1].Value": {
            "Username": "ana",
            "UserAttributes": [
                { "Name": "email", "Value": "ana@example.com" }, { "Name": "phone_number_verified", "Value": "true" }
            ]
        };
        breaks "DesiredDeliveryMediums[1]": {
            "Username": "ana",
            "UserAttributes": [{ "Name": "phone_number", "Value": "+15555550100" }],
            "DesiredDeliveryMediums": ["SMS", "EMAIL"]
        };
        keeps {
            "Username": "ana",
            "UserAttributes": [
                { "Name": "email", "Value": "ana@example.com" }, { "Name": "email_verified", "Value": "true" }
            ],
            "DesiredDeliveryMediums": ["EMAIL"]
        };
        keeps { "Username": "ana", "UserAttributes": [{ "Name": "email_verified", "Value": "false" }] };
        keeps {
            "Username": "ana@example.com",
            "UserAttributes": [{ "Name": "email_verified", "Value": "true" }],
            "DesiredDeliveryMediums": ["EMAIL"]
        };
        keeps { "Username": "+15555550100", "DesiredDeliveryMediums": ["SMS"] };
        keeps { "Username": "ana", "DesiredDeliveryMediums": ["EMAIL"], "MessageAction": "RESEND" };
        keeps { "Username": "ana", "DesiredDeliveryMediums": ["EMAIL"], "MessageAction": "SUPPRESS" };
        keeps { "Username": "ana" };
    }
}
