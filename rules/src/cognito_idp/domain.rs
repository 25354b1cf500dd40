//! Domains of user pools: `CreateUserPoolDomain` and `UpdateUserPoolDomain`.

use crate::macros::{api, guide, rules};
use cognito_validation::{Document, Findings};

rules! {
    /// A prefix doesn't contain `aws`, `amazon` or `cognito`.
    RESERVED = must(
        "domain-prefix-reserved",
        "https://github.com/aws-solutions/research-service-workbench-on-aws/pull/342"
    );
    /// A prefix is lowercase letters, numbers and inner hyphens.
    PREFIX = must("domain-prefix-name", api!("CreateUserPoolDomain"));
    /// A custom domain needs a certificate.
    CERTIFICATE = must("custom-domain-certificate", api!("CreateUserPoolDomain"));
    /// A custom domain is below a parent domain; its parts are lowercase letters, numbers and inner hyphens.
    SHAPE = must("custom-domain-name", guide!("cognito-user-pools-add-custom-domain"));
    /// The certificate of a custom domain is an ACM certificate in us-east-1.
    REGION = must(
        "custom-domain-certificate-region",
        guide!("cognito-user-pools-add-custom-domain")
    );
}

pub(super) fn check_create(request: Document<'_>, findings: &mut Findings<'_>) {
    let config = request.get("CustomDomainConfig");
    if let Some(domain) = request.get("Domain")
        && let Some(name) = domain.text()
    {
        if config.is_some() {
            custom_domain(domain, name, findings);
        } else if name.contains('.') {
            let advice = "is a custom domain, which needs CustomDomainConfig; a prefix is one word without dots";
            findings.report(&CERTIFICATE, domain, advice);
        } else {
            prefix(domain, name, findings);
        }
    }
    certificate(config, findings);
}

pub(super) fn check_update(request: Document<'_>, findings: &mut Findings<'_>) {
    certificate(request.get("CustomDomainConfig"), findings);
}

fn prefix(domain: Document<'_>, name: &str, findings: &mut Findings<'_>) {
    if !name.is_empty() && !is_label(name) {
        let advice = "isn't a prefix: use lowercase letters, numbers, and hyphens between them";
        findings.report(&PREFIX, domain, advice);
    }
    if let Some(word) = ["aws", "amazon", "cognito"]
        .into_iter()
        .find(|word| name.contains(word))
    {
        let advice = format!("contains the reserved word `{word}`: choose another prefix");
        findings.report(&RESERVED, domain, advice);
    }
}

fn custom_domain(domain: Document<'_>, name: &str, findings: &mut Findings<'_>) {
    if !name.contains('.') {
        let advice = "isn't a full domain name, such as auth.example.com; for a prefix, leave out CustomDomainConfig";
        findings.report(&SHAPE, domain, advice);
    } else if !name.split('.').all(is_label) {
        let advice = "isn't a domain name of lowercase letters, numbers, inner hyphens, and periods between the parts";
        findings.report(&SHAPE, domain, advice);
    }
}

/// Whether the text can be a part of a domain name.
fn is_label(text: &str) -> bool {
    let is_known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && !text.starts_with('-') && !text.ends_with('-') && text.bytes().all(is_known)
}

fn certificate(config: Option<Document<'_>>, findings: &mut Findings<'_>) {
    let Some(certificate) = config.and_then(|config| config.get("CertificateArn")) else {
        return;
    };
    let mut parts = certificate.text().unwrap_or_default().split(':').skip(1);
    // Other partitions have no us-east-1.
    if let (Some("aws"), Some(service), Some(region)) = (parts.next(), parts.next(), parts.next())
        && (service, region) != ("acm", "us-east-1")
    {
        let advice = "must be a certificate of AWS Certificate Manager in us-east-1, wherever the pool is";
        findings.report(&REGION, certificate, advice);
    }
}
