//! The attributes of users.

use crate::support::{keeps, rules};
use serde_json::json;

rules! {
    a_custom_attribute_is_never_required: "custom-attribute-required", "CreateUserPool" {
        breaks "Schema[0].Required":
            { "Schema": [{ "Name": "team", "AttributeDataType": "String", "Required": true }] };
        keeps { "Schema": [{ "Name": "team", "AttributeDataType": "String", "Required": false }] };
        keeps { "Schema": [{ "Name": "email", "AttributeDataType": "String", "Required": true, "Mutable": true }] };
    }
    an_added_attribute_is_custom_whatever_its_name: "custom-attribute-required", "AddCustomAttributes" {
        breaks "CustomAttributes[0].Required":
            { "CustomAttributes": [{ "Name": "email", "AttributeDataType": "String", "Required": true }] };
        keeps { "CustomAttributes": [{ "Name": "email", "AttributeDataType": "String" }] };
    }
    a_custom_attribute_has_2048_characters: "custom-attribute-length", "AddCustomAttributes" {
        breaks "CustomAttributes[0].StringAttributeConstraints.MaxLength": {
            "CustomAttributes": [{ "Name": "bio", "StringAttributeConstraints": { "MaxLength": "2049" } }]
        };
        keeps {
            "CustomAttributes": [{
                "Name": "bio", "AttributeDataType": "String",
                "StringAttributeConstraints": { "MinLength": "0", "MaxLength": "2048" }
            }]
        };
    }
    a_greatest_length_is_a_number: "max-length-number", "CreateUserPool" {
        breaks "Schema[0].StringAttributeConstraints.MaxLength":
            { "Schema": [{ "Name": "name", "StringAttributeConstraints": { "MaxLength": "many" } }] };
        breaks "Schema[0].StringAttributeConstraints.MaxLength":
            { "Schema": [{ "Name": "name", "StringAttributeConstraints": { "MaxLength": "1e309" } }] };
        keeps { "Schema": [{ "Name": "name", "StringAttributeConstraints": { "MaxLength": "100" } }] };
        keeps { "Schema": [{ "Name": "name", "StringAttributeConstraints": { "MaxLength": "" } }] };
    }
    a_greatest_value_is_a_number: "max-value-number", "CreateUserPool" {
        breaks "Schema[0].NumberAttributeConstraints.MaxValue": {
            "Schema": [{
                "Name": "age", "AttributeDataType": "Number", "NumberAttributeConstraints": { "MaxValue": "infinity" }
            }]
        };
        keeps {
            "Schema": [{
                "Name": "age", "AttributeDataType": "Number",
                "NumberAttributeConstraints": { "MinValue": "0", "MaxValue": "150.5" }
            }]
        };
    }
    a_prefix_is_cognitos_work: "custom-attribute-prefix", "AddCustomAttributes" {
        breaks "CustomAttributes[0].Name":
            { "CustomAttributes": [{ "Name": "custom:team", "AttributeDataType": "String" }] };
        keeps { "CustomAttributes": [{ "Name": "team", "AttributeDataType": "String" }] };
    }
    developer_only_attributes_are_of_old: "developer-only-attribute", "AddCustomAttributes" {
        breaks "CustomAttributes[0].DeveloperOnlyAttribute":
            { "CustomAttributes": [{ "Name": "team", "DeveloperOnlyAttribute": true }] };
        keeps { "CustomAttributes": [{ "Name": "team", "DeveloperOnlyAttribute": false }] };
    }
}

#[test]
fn a_schema_that_was_described_can_be_created_again() {
    let attribute = |name: &str, required: bool| {
        json!({
            "Name": name, "AttributeDataType": "String", "DeveloperOnlyAttribute": false, "Mutable": true,
            "Required": required, "StringAttributeConstraints": { "MinLength": "0", "MaxLength": "2048" },
        })
    };
    let schema =
        json!({ "Schema": [attribute("sub", true), attribute("zoneinfo", true), attribute("identities", false)] });
    keeps("custom-attribute-required", "CreateUserPool", schema);
}
