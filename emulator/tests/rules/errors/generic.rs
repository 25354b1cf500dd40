//! Cases that follow from the members of an operation: they differ from the good case in one thing.

use super::Prepare;
use super::inputs::good;
use super::model::{Operation, read};
use super::scene::Scene;
use cognito_emulator::triggers::{
    CustomMessage, Failure, PostAuthentication, PostConfirmation, PreAuthentication, PreSignUp, PreTokenGeneration,
    Trigger,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The model of user pools.
pub(super) static MODEL: LazyLock<BTreeMap<String, Operation>> = LazyLock::new(|| read("cognito-idp"));

/// The good input of an operation, with another value of one member.
fn with(operation: &Operation, member: &'static str, value: Value) -> Prepare {
    changed(operation, move |_, input| input[member] = value.clone())
}

/// The good input of an operation, after something has changed.
fn changed(operation: &Operation, change: impl Fn(&Scene, &mut Value) + Send + Sync + 'static) -> Prepare {
    let operation = &MODEL[&operation.name];
    Box::new(move |scene| {
        let mut input = good(scene, operation);
        change(scene, &mut input);
        input
    })
}

/// The cases of an operation, by error.
pub(super) fn cases(operation: &Operation) -> Vec<(String, Prepare)> {
    let mut cases: Vec<(&str, Prepare)> = Vec::new();
    if let Some(first) = operation.required.first().cloned() {
        let without = move |_: &Scene, input: &mut Value| input[&first] = Value::Null;
        cases.push(("InvalidParameterException", changed(operation, without)));
    }
    let needs = |member: &str| operation.required.iter().any(|required| required == member);
    // ForgetDevice and some others don't say that their access token must be there.
    let token = operation.members.contains("AccessToken");
    let unconfirmed_name = needs("Username") && needs("ClientId");
    if needs("UserPoolId") {
        let nowhere = json!("us-east-1_Nowhere01");
        cases.push(("ResourceNotFoundException", with(operation, "UserPoolId", nowhere)));
    } else if needs("ClientId") {
        cases.push((
            "ResourceNotFoundException",
            with(operation, "ClientId", json!("nobodysclient")),
        ));
    } else if token {
        cases.push((
            "ResourceNotFoundException",
            changed(operation, |scene, _| delete_client(scene)),
        ));
    }
    if needs("Username") {
        cases.push(("UserNotFoundException", with(operation, "Username", json!("nobody"))));
    } else if token {
        cases.push((
            "UserNotFoundException",
            changed(operation, |scene, _| delete_alice(scene)),
        ));
    }
    if token {
        cases.push((
            "NotAuthorizedException",
            with(operation, "AccessToken", json!("not.a.token")),
        ));
        cases.push((
            "PasswordResetRequiredException",
            changed(operation, |scene, _| reset_alice(scene)),
        ));
    } else if unconfirmed_name && operation.members.contains("SecretHash") {
        // The client has a secret, and the caller doesn't show that they know it.
        let confidential =
            |scene: &Scene, input: &mut Value| input["ClientId"] = scene.confidential()["ClientId"].clone();
        cases.push(("NotAuthorizedException", changed(operation, confidential)));
    }
    if operation.name.contains("Device") {
        let forgets = |scene: &Scene, _: &mut Value| scene.update(json!({ "DeviceConfiguration": null }));
        cases.push(("InvalidUserPoolConfigurationException", changed(operation, forgets)));
    }
    let disconnect = |scene: &Scene, _: &mut Value| {
        for name in ["alice", "bob", "new"] {
            scene.cognito.outbox().disconnect(format!("{name}@example.com"));
        }
    };
    if operation.name != "SetRiskConfiguration" {
        cases.push(("CodeDeliveryFailureException", changed(operation, disconnect)));
    }
    if runs_triggers(operation) {
        for (error, failure) in [
            ("UserLambdaValidationException", Failure::from("the shop is closed")),
            (
                "UnexpectedLambdaException",
                Failure::Broken("Task timed out".to_owned()),
            ),
            ("InvalidLambdaResponseException", Failure::Unrecognizable),
        ] {
            let fail = move |scene: &Scene, _: &mut Value| fail_all(scene, &failure);
            cases.push((error, changed(operation, fail)));
        }
    }
    cases
        .into_iter()
        .filter(|(error, _)| operation.errors.contains(*error))
        .map(|(error, prepare)| (error.to_owned(), prepare))
        .collect()
}

/// Whether a trigger may refuse the operation. The documentation names none for an exchange of tokens, nor for a device.
fn runs_triggers(operation: &Operation) -> bool {
    !matches!(operation.name.as_str(), "GetDerivedToken" | "ConfirmDevice")
}

fn fail_all(scene: &Scene, failure: &Failure) {
    fn fail<E: Trigger>(scene: &Scene, failure: &Failure) {
        let failure = failure.clone();
        scene.cognito.on(move |_: &mut E| Err(failure.clone()));
    }
    fail::<PreSignUp>(scene, failure);
    fail::<PostConfirmation>(scene, failure);
    fail::<PreAuthentication>(scene, failure);
    fail::<PostAuthentication>(scene, failure);
    fail::<PreTokenGeneration>(scene, failure);
    fail::<CustomMessage>(scene, failure);
}

fn delete_client(scene: &Scene) {
    scene.ok("DeleteUserPoolClient", scene.pool(scene.app_client(json!({}))));
}

fn delete_alice(scene: &Scene) {
    scene.ok("AdminDeleteUser", scene.pool(json!({ "Username": "alice" })));
}

/// alice must set a new password.
pub(super) fn reset_alice(scene: &Scene) {
    scene.ok("AdminResetUserPassword", scene.pool(json!({ "Username": "alice" })));
}

/// The good input of an operation with other members.
pub(super) fn but(scene: &Scene, operation: &str, other: Value) -> Value {
    super::scene::with(good(scene, &MODEL[operation]), other)
}
