//! Groups: `CreateGroup` and `UpdateGroup`.

use crate::macros::{api, rules};
use cognito_validation::{Document, Findings};

rules! {
    /// The role of a group is an IAM role.
    ROLE = must("group-role", api!("CreateGroup"));
}

pub(super) fn check(group: Document<'_>, findings: &mut Findings<'_>) {
    let Some(role) = group.get("RoleArn") else {
        return;
    };
    let parts: Vec<&str> = role.text().unwrap_or_default().splitn(6, ':').collect();
    // What isn't an ARN, the model refuses.
    if let ["arn", _, service, _, _, resource] = parts[..]
        && (service != "iam" || !resource.starts_with("role/"))
    {
        let advice = "isn't an IAM role: use an ARN such as arn:aws:iam::123456789012:role/editors";
        findings.report(&ROLE, role, advice);
    }
}
