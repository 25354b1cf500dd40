//! How sign-in pages look: `SetUICustomization`, and the branding of managed login.

use crate::macros::{api, guide, rules};
use cognito_validation::{Document, Findings};

rules! {
    /// A logo has 100 KB at most.
    IMAGE = must("ui-image-size", guide!("hosted-ui-classic-branding"));
    /// A request to customize has 135 KB at most.
    REQUEST = must("ui-request-size", guide!("hosted-ui-classic-branding"));
    /// CSS has 3 KB at most, if it must fit with any logo.
    CSS = should("ui-css-size", guide!("hosted-ui-classic-branding"));
    /// CSS has no `@import`, `@supports`, `@page`, `@media` and no JavaScript.
    STATEMENT = must("ui-css-statement", guide!("hosted-ui-classic-branding"));
    /// CSS uses only class names from a fixed list.
    CLASS = must("ui-css-class", guide!("hosted-ui-classic-branding"));
    /// `UseCognitoProvidedValues` excludes `Settings` and `Assets`.
    PROVIDED = must("branding-provided-values", api!("CreateManagedLoginBranding"));
}

const KB: usize = 1024;

/// The classes that CSS can style.
const CLASSES: [&str; 15] = [
    "background-customizable",
    "banner-customizable",
    "errorMessage-customizable",
    "idpButton-customizable",
    "idpDescription-customizable",
    "inputField-customizable",
    "label-customizable",
    "legalText-customizable",
    "logo-customizable",
    "passwordCheck-notValid-customizable",
    "passwordCheck-valid-customizable",
    "redirect-customizable",
    "socialButton-customizable",
    "submitButton-customizable",
    "textDescription-customizable",
];

pub(super) fn check_classic(request: Document<'_>, findings: &mut Findings<'_>) {
    let css = request.get("CSS");
    let image = request.get("ImageFile");
    let length = |value: Option<Document<'_>>| value.and_then(Document::text).map_or(0, str::len);
    // A blob is written in base64: four characters for three bytes.
    let (css_size, encoded) = (length(css), length(image));
    let has_large_image = encoded > (100 * KB).div_ceil(3) * 4;
    let has_large_css = css_size > 3 * KB;
    if let Some(image) = image.filter(|_| has_large_image) {
        findings.report(&IMAGE, image, "is too large: make it 100 KB or less");
    }
    if let Some(css) = css {
        if has_large_css {
            findings.report(
                &CSS,
                css,
                "is large: make it 3 KB or less, so that a logo fits beside it",
            );
        }
        style(css, findings);
    }
    // Cognito takes what keeps both limits, whatever the sum.
    if (has_large_image || has_large_css) && encoded + css_size > 135 * KB {
        let advice = "makes the request, with ImageFile in base64, larger than 135 KB: make both smaller";
        findings.report_missing(&REQUEST, request, "CSS", advice);
    }
}

fn style(css: Document<'_>, findings: &mut Findings<'_>) {
    let text = without_comments(css.text().unwrap_or_default());
    let lower = text.to_ascii_lowercase();
    let banned = ["@import", "@supports", "@page", "@media", "javascript:"];
    if let Some(statement) = banned.into_iter().find(|statement| lower.contains(statement)) {
        findings.report(&STATEMENT, css, format!("can't have `{statement}`: remove it"));
        return;
    }
    let unknown = selectors(&text)
        .flat_map(classes)
        .find(|class| !CLASSES.contains(class));
    if let Some(class) = unknown {
        let advice = format!(
            "has the class `{class}`, which can't be styled: use {}",
            CLASSES.join(", ")
        );
        findings.report(&CLASS, css, advice);
    }
}

/// CSS without `/* comments */`.
fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once("*/").map_or("", |(_, after)| after)
    })
}

/// The selector of each block.
fn selectors(css: &str) -> impl Iterator<Item = &str> {
    css.split('}').filter_map(|block| Some(block.split_once('{')?.0))
}

/// The class names of a selector.
fn classes(selector: &str) -> impl Iterator<Item = &str> {
    selector.split('.').skip(1).filter_map(|part| {
        let end = part
            .find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_')
            .unwrap_or(part.len());
        // What begins with a digit is a number.
        Some(&part[..end]).filter(|class| class.starts_with(|c: char| !c.is_ascii_digit()))
    })
}

pub(super) fn check_managed_login(request: Document<'_>, findings: &mut Findings<'_>) {
    if !request.get("UseCognitoProvidedValues").is_some_and(Document::is_true) {
        return;
    }
    let advice = "must be left out where UseCognitoProvidedValues is true";
    let assets = request.get("Assets").filter(|assets| assets.items().next().is_some());
    for value in request.get("Settings").into_iter().chain(assets) {
        findings.report(&PROVIDED, value, advice);
    }
}
