//! Each error that the documentation lists for an operation: a case that provokes it, or the reason why it can't happen.
//!
//! The models of the services say which pairs of operation and error there are, so that none is forgotten.

mod calls;
mod generic;
mod identity_inputs;
mod identity_pools;
mod inputs;
mod model;
mod never;
mod passkeys;
mod quotas;
mod scene;
mod settings;
mod sign_in;
mod users;

use calls::{Call, Calls};
use model::Operation;
use never::Never;
use scene::Scene;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A case: sets the scene, and gives the input that the operation refuses.
type Prepare = Box<dyn Fn(&Scene) -> Value + Send + Sync>;

/// An operation and one of its errors.
type Pair = (String, String);

/// Cases that are written out: operation, error, and what provokes it.
type Written = Vec<(&'static str, &'static str, fn(&Scene) -> Value)>;

/// What the tests know of a service.
struct Service {
    name: &'static str,
    calls: &'static Calls,
    /// An input that each operation takes.
    good: fn(&Scene, &Operation) -> Value,
    /// Cases that follow from an operation's members.
    generic: fn(&Operation) -> Vec<(String, Prepare)>,
    written: Vec<Written>,
    never: Vec<Never>,
}

#[test]
fn each_error_of_a_user_pool_happens_or_has_a_reason_not_to() {
    check(&Service {
        name: "cognito-idp",
        calls: calls::user_pools(),
        good: inputs::good,
        generic: generic::cases,
        written: vec![
            users::cases(),
            sign_in::cases(),
            settings::cases(),
            passkeys::cases(),
            quotas::cases(),
        ],
        never: never::everywhere().into_iter().chain(never::user_pools()).collect(),
    });
}

#[test]
fn each_error_of_an_identity_pool_happens_or_has_a_reason_not_to() {
    check(&Service {
        name: "cognito-identity",
        calls: calls::identity_pools(),
        good: identity_inputs::good,
        generic: identity_pools::generic,
        written: vec![identity_pools::cases()],
        never: never::everywhere().into_iter().chain(identity_pools::never()).collect(),
    });
}

fn check(service: &Service) {
    let model = model::read(service.name);
    let pairs: BTreeSet<Pair> = model
        .values()
        .flat_map(|operation| {
            operation
                .errors
                .iter()
                .map(|error| (operation.name.clone(), error.clone()))
        })
        .collect();
    let mut wrong = Vec::new();
    let cases = collect(service, &model, &mut wrong);
    let mut reasons: BTreeMap<Pair, &str> = BTreeMap::new();
    let mut counts = Vec::new();
    for never in &service.never {
        let never_pairs = never.pairs(&model, &mut wrong);
        counts.push(format!("{:5} {}: {}", never_pairs.len(), never.error, never.reason));
        for pair in never_pairs {
            if let Some(other) = reasons.insert(pair.clone(), never.reason) {
                wrong.push(format!("{pair:?} has two reasons: {other}; {}", never.reason));
            }
        }
    }
    for pair in cases.keys().chain(reasons.keys()).filter(|pair| !pairs.contains(*pair)) {
        wrong.push(format!("{pair:?} isn't in the model"));
    }
    for pair in &pairs {
        match (cases.contains_key(pair), reasons.get(pair)) {
            (false, None) => wrong.push(format!("{pair:?} has neither a case nor a reason")),
            (true, Some(reason)) => wrong.push(format!("{pair:?} has a case, and can't happen: {reason}")),
            _ => {}
        }
    }
    wrong.extend(run(service, &model, &cases));
    println!(
        "{}: {} operations, {} documented errors: {} cases, {} that can't happen",
        service.name,
        model.len(),
        pairs.len(),
        cases.len(),
        reasons.len()
    );
    println!("{}", counts.join("\n"));
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The cases by their pair: those that are written out, and those that follow from members where none is.
fn collect(service: &Service, model: &BTreeMap<String, Operation>, wrong: &mut Vec<String>) -> BTreeMap<Pair, Prepare> {
    let mut cases: BTreeMap<Pair, Prepare> = BTreeMap::new();
    for (operation, error, prepare) in service.written.iter().flatten() {
        let pair = ((*operation).to_owned(), (*error).to_owned());
        if cases.insert(pair.clone(), Box::new(*prepare)).is_some() {
            wrong.push(format!("{pair:?} has two cases"));
        }
    }
    for operation in model.values() {
        for (error, prepare) in (service.generic)(operation) {
            cases.entry((operation.name.clone(), error)).or_insert(prepare);
        }
    }
    cases
}

/// Runs the good case of each operation, and all cases; gives what went otherwise than it should.
fn run(service: &Service, model: &BTreeMap<String, Operation>, cases: &BTreeMap<Pair, Prepare>) -> Vec<String> {
    type Job<'a> = Box<dyn Fn() -> Option<String> + Send + Sync + 'a>;
    let call = |operation: &str| -> Call { service.calls[operation] };
    let good = model.values().map(|operation| {
        Box::new(move || {
            let scene = Scene::new();
            let input = (service.good)(&scene, operation);
            let error = call(&operation.name)(&scene, input).err()?;
            Some(format!("the good case of {}: {error}", operation.name))
        }) as Job<'_>
    });
    let bad = cases.iter().map(|((operation, expected), prepare)| {
        Box::new(move || {
            let scene = Scene::new();
            let input = prepare(&scene);
            let found = match call(operation)(&scene, input) {
                Ok(_) => "no error".to_owned(),
                Err(error) => error,
            };
            let code = found.split(':').next().unwrap_or_default();
            (code != expected).then(|| format!("{operation} must answer {expected}, and answers {found}"))
        }) as Job<'_>
    });
    let jobs: Vec<(String, Job<'_>)> = model
        .values()
        .map(|operation| operation.name.clone())
        .zip(good)
        .chain(cases.keys().map(|pair| format!("{pair:?}")).zip(bad))
        .collect();
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|threads| {
        for _ in 0..std::thread::available_parallelism().map_or(1, Into::into) {
            threads.spawn(|| {
                while let Some((name, job)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(job));
                    let finding = result.unwrap_or_else(|_| Some(format!("{name}: the scene can't be set")));
                    wrong.lock().expect("nobody panics with it").extend(finding);
                }
            });
        }
    });
    wrong.into_inner().expect("nobody panics with it")
}
