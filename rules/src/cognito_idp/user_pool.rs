//! User pools: `CreateUserPool` and `UpdateUserPool`.

use super::{mfa, schema};
use crate::macros::{api, guide, rules};
use cognito_validation::{Document, Findings};

rules! {
    /// Users sign in with aliases in addition to their name, or with username attributes instead of one.
    ALIASES = must("alias-or-username-attributes", guide!("user-pool-settings-attributes"));
    /// `preferred_username` is required or an alias, but not both.
    PREFERRED = must("preferred-username-alias", guide!("user-pool-settings-attributes"));
    /// Addresses that are aliases are best verified automatically.
    UNVERIFIED = should("alias-verified", guide!("user-pool-settings-attributes"));
    /// The best practice for most use cases is to ignore case.
    CASE = should("username-case", api!("CreateUserPool"));
    /// `TemporaryPasswordValidityDays` excludes the parameter that it replaced.
    TEMPORARY = must("temporary-password-validity", api!("PasswordPolicyType"));
    /// Strong passwords have 8 characters or more.
    WEAK = should("password-length", "https://github.com/awsdocs/amazon-cognito-developer-guide/blob/main/doc_source/user-pool-settings-policies.md");
    /// Cognito doesn't support software tokens as a first factor.
    FIRST_FACTOR = must("first-factor-software-token", api!("SignInPolicyType"));
    /// Both ways to set a pre token generation trigger name the same function.
    PRE_TOKEN = must("pre-token-generation-arn", api!("LambdaConfigType"));
    /// Passwordless sign-in, ACR levels and dynamic client registration need the Essentials or Plus plan.
    ESSENTIALS = must("essentials-plan", api!("CreateUserPool"));
    /// Threat protection needs the Plus plan.
    PLUS = must("plus-plan", api!("CreateUserPool"));
}

pub(super) fn check_create(pool: Document<'_>, findings: &mut Findings<'_>) {
    sign_in(pool, findings);
    schema::check_new_pool(pool, findings);
    mfa::check_new_pool(pool, findings);
    // A pool of old may have threat protection on any plan, so that an update isn't judged.
    let mode = pool
        .get("UserPoolAddOns")
        .and_then(|add_ons| add_ons.get("AdvancedSecurityMode"));
    if let Some(mode) = mode
        && let Some("AUDIT" | "ENFORCED") = mode.text()
        && let Some("LITE" | "ESSENTIALS") = pool.get("UserPoolTier").and_then(Document::text)
    {
        findings.report(&PLUS, mode, "needs the plan Plus: set UserPoolTier to PLUS");
    }
    check_update(pool, findings);
}

pub(super) fn check_update(pool: Document<'_>, findings: &mut Findings<'_>) {
    let policy = pool.get("Policies").and_then(|policies| policies.get("PasswordPolicy"));
    let temporary = policy.and_then(|policy| policy.get("TemporaryPasswordValidityDays"));
    let unused = pool
        .get("AdminCreateUserConfig")
        .and_then(|config| config.get("UnusedAccountValidityDays"));
    // The service takes 0 for a value that isn't there.
    let is_set = |days: &Document<'_>| days.number() != Some(0);
    if let Some(unused) = unused.filter(is_set)
        && temporary.filter(is_set).is_some()
    {
        let advice = "can't be set together with TemporaryPasswordValidityDays, which replaced it: leave it out";
        findings.report(&TEMPORARY, unused, advice);
    }
    if pool.get("UserPoolTier").and_then(Document::text) == Some("LITE") {
        lite(pool, findings);
    }
}

fn sign_in(pool: Document<'_>, findings: &mut Findings<'_>) {
    const ALIAS: &str = "AliasAttributes";
    if let Some(names) = pool.get("UsernameAttributes")
        && names.items().next().is_some()
        && !pool.lacks(ALIAS)
    {
        let advice = "can't be set together with AliasAttributes: leave out one of them";
        findings.report(&ALIASES, names, advice);
    }
    for alias in pool.list(ALIAS) {
        let Some(name) = alias.text() else { continue };
        if name == "preferred_username" && pool.list("Schema").any(is_required_preferred_username) {
            let advice = "is required by Schema, and can't be an alias as well: choose one";
            findings.report(&PREFERRED, alias, advice);
        } else if matches!(name, "email" | "phone_number") && !pool.has("AutoVerifiedAttributes", name) {
            let advice = "signs users in only when it is verified: add it to AutoVerifiedAttributes";
            findings.report(&UNVERIFIED, alias, advice);
        }
    }
    let case = pool
        .get("UsernameConfiguration")
        .and_then(|config| config.get("CaseSensitive"));
    if let Some(case) = case.filter(|case| case.is_true()) {
        let advice = "makes `Ana` and `ana` two users, which can't be changed later: use false for most use cases";
        findings.report(&CASE, case, advice);
    }
}

fn is_required_preferred_username(attribute: Document<'_>) -> bool {
    attribute.get("Name").and_then(Document::text) == Some("preferred_username")
        && attribute.get("Required").is_some_and(Document::is_true)
}

fn lite(pool: Document<'_>, findings: &mut Findings<'_>) {
    let advice = "needs the plan Essentials or Plus: choose another UserPoolTier";
    let policy = pool.get("Policies").and_then(|policies| policies.get("SignInPolicy"));
    let factors = policy
        .into_iter()
        .flat_map(|policy| policy.list("AllowedFirstAuthFactors"));
    for factor in factors.filter(|factor| factor.text() != Some("PASSWORD")) {
        findings.report(&ESSENTIALS, factor, advice);
    }
    if let Some(levels) = pool
        .get("AcrConfiguration")
        .filter(|levels| levels.items().next().is_some())
    {
        findings.report(&ESSENTIALS, levels, advice);
    }
    let is_on = |dcr: &Document<'_>| dcr.get("EnableStatus").and_then(Document::text) != Some("Disabled");
    if let Some(dcr) = pool.get("DcrConfiguration").filter(is_on) {
        findings.report(&ESSENTIALS, dcr, advice);
    }
}

pub(super) fn check_password_policy(policy: Document<'_>, findings: &mut Findings<'_>) {
    if let Some(length) = policy.get("MinimumLength")
        && length.number().is_some_and(|length| (6..8).contains(&length))
    {
        findings.report(&WEAK, length, "makes weak passwords: ask for 8 characters or more");
    }
}

pub(super) fn check_sign_in_policy(policy: Document<'_>, findings: &mut Findings<'_>) {
    for factor in policy.list("AllowedFirstAuthFactors") {
        if factor.text() == Some("SOFTWARE_TOKEN") {
            let advice = "isn't supported as a first factor: leave it out";
            findings.report(&FIRST_FACTOR, factor, advice);
        }
    }
}

pub(super) fn check_triggers(triggers: Document<'_>, findings: &mut Findings<'_>) {
    let config = triggers
        .get("PreTokenGenerationConfig")
        .and_then(|config| config.get("LambdaArn"));
    if let (Some(old), Some(new)) = (triggers.get("PreTokenGeneration"), config)
        && old.text() != new.text()
    {
        let advice = "must be the same as PreTokenGenerationConfig.LambdaArn: give both one ARN, or leave this one out";
        findings.report(&PRE_TOKEN, old, advice);
    }
}
