//! How sign-in pages look.

use crate::support::{breaks, keeps, names, rules};
use serde_json::json;

rules! {
    css_has_no_statements_of_its_own: "ui-css-statement", "SetUICustomization" {
        breaks "CSS": { "CSS": "@import url('https://evil.example/x.css');" };
        breaks "CSS": { "CSS": "@MEDIA print { .logo-customizable { color: red; } }" };
        breaks "CSS": { "CSS": ".logo-customizable { background: url(javascript:alert(1)); }" };
        keeps { "CSS": "/* no @import here */ .logo-customizable { max-width: 60%; }" };
        keeps { "CSS": "" };
    }
    css_styles_known_classes: "ui-css-class", "SetUICustomization" {
        breaks "CSS": { "CSS": ".btn-primary { color: red; }" };
        breaks "CSS": { "CSS": ".logo-customizable { color: red; } .Logo-customizable { color: red; }" };
        keeps { "CSS": ".submitButton-customizable:hover, .idpButton-customizable:hover { color: #fff; width: 1.5em; }" };
        keeps { "CSS": ".passwordCheck-notValid-customizable {\n\tcolor: #DF3312;\n}\n" };
        keeps { "CSS": "/* v1.0 of .btn */ .banner-customizable { background: \"#fff\"; }" };
    }
    managed_login_has_provided_values_or_your_own: "branding-provided-values", "CreateManagedLoginBranding" {
        breaks "Settings": { "UseCognitoProvidedValues": true, "Settings": { "components": {} } };
        breaks "Assets": {
            "UseCognitoProvidedValues": true,
            "Assets": [{ "Category": "FORM_LOGO", "ColorMode": "LIGHT", "Extension": "PNG", "Bytes": "iVBORw0KGgo=" }]
        };
        keeps { "UseCognitoProvidedValues": true };
        keeps { "UseCognitoProvidedValues": true, "Assets": [] };
        keeps { "UseCognitoProvidedValues": false, "Settings": { "components": {} } };
    }
    a_new_branding_has_provided_values_or_your_own: "branding-provided-values", "UpdateManagedLoginBranding" {
        breaks "Settings": { "UseCognitoProvidedValues": true, "Settings": { "components": {} } };
        keeps { "Settings": { "components": {} } };
    }
}

/// A logo of so many bytes, which all are zero, in base64.
fn logo(bytes: usize) -> String {
    let encoded = "A".repeat(bytes.div_ceil(3) * 4);
    match bytes % 3 {
        1 => format!("{}==", &encoded[2..]),
        2 => format!("{}=", &encoded[1..]),
        _ => encoded,
    }
}

/// CSS of so many bytes.
fn css(bytes: usize) -> String {
    const RULE: &str = ".logo-customizable { max-width: 60%; }";
    RULE.to_owned() + &" ".repeat(bytes - RULE.len())
}

#[test]
fn a_logo_has_100_kilobytes() {
    keeps(
        "ui-image-size",
        "SetUICustomization",
        json!({ "ImageFile": logo(102_400) }),
    );
    breaks(
        "ui-image-size",
        "SetUICustomization",
        "ImageFile",
        json!({ "ImageFile": logo(102_403) }),
    );
}

#[test]
fn css_has_3_kilobytes() {
    keeps("ui-css-size", "SetUICustomization", json!({ "CSS": css(3072) }));
    breaks("ui-css-size", "SetUICustomization", "CSS", json!({ "CSS": css(3073) }));
}

#[test]
fn a_request_has_135_kilobytes() {
    let rule = "ui-request-size";
    keeps(
        rule,
        "SetUICustomization",
        json!({ "CSS": css(3072), "ImageFile": logo(102_400) }),
    );
    keeps(
        rule,
        "SetUICustomization",
        json!({ "CSS": css(10_000), "ImageFile": logo(90_000) }),
    );
    breaks(
        rule,
        "SetUICustomization",
        "CSS",
        json!({ "CSS": css(20_000), "ImageFile": logo(90_000) }),
    );
}

#[test]
fn large_css_alone_is_only_advised_against() {
    assert_eq!(
        names("SetUICustomization", &json!({ "CSS": css(130_000) })),
        ["ui-css-size"]
    );
}

/// The rules of the tests above.
pub(crate) const SIZES: &[&str] = &["ui-image-size", "ui-css-size", "ui-request-size"];
