//! `partitions.json` as constants and a `match` on a region.
//!
//! Every `regionRegex` there is a set of prefixes followed by `\-\w+\-\d+`, so that no regex is needed at run time:
//! the runtime splits the prefix off a region and the `match` compares it. A pattern of another form is an error here.

use std::collections::HashMap;

use serde_json::Value;

use super::Problems;
use super::idents::snake_case;

const FILE_HINT: &str = "point the generator at botocore's `partitions.json`";

/// The file `partitions.rs`, ready to render.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartitionPlan {
    /// One constant for each partition, in document order.
    pub constants: Vec<PartitionConstant>,
    /// The arms of the `match`, in order, for all partitions but `aws`, where everything else belongs.
    pub arms: Vec<PartitionArm>,
    /// The constant of partition `aws`.
    pub fallback: String,
}

/// One partition; all values but the name of the constant are Rust literals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartitionConstant {
    /// The name of the constant, such as `AWS_CN`.
    pub ident: String,
    /// `name`, which is the partition's `id`.
    pub name: String,
    /// `dnsSuffix`.
    pub dns_suffix: String,
    /// `dualStackDnsSuffix`.
    pub dual_stack_dns_suffix: String,
    /// `implicitGlobalRegion`.
    pub implicit_global_region: String,
    /// `supportsFIPS`.
    pub supports_fips: String,
    /// `supportsDualStack`.
    pub supports_dual_stack: String,
}

/// One arm of the `match` on `(region, region_prefix(region))`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartitionArm {
    /// The patterns, such as `(_, Some("cn"))`.
    pub patterns: Vec<String>,
    /// The constant.
    pub ident: String,
}

pub(super) fn plan(json: &Value, problems: &mut Problems<'_>) -> Option<PartitionPlan> {
    let Some(partitions) = json.get("partitions").and_then(Value::as_array) else {
        problems.add("$.partitions", "a list was expected", FILE_HINT);
        return None;
    };
    let mut constants = Vec::new();
    let mut prefixes = Vec::new();
    let mut fallback = None;
    for (index, partition) in partitions.iter().enumerate() {
        let path = format!("$.partitions[{index}]");
        let id = string(partition, "id", &path, problems)?;
        let constant = read_constant(&id, partition, &path, problems)?;
        let pattern = string(partition, "regionRegex", &path, problems)?;
        let Some(expanded) = region_prefixes(&pattern) else {
            let message = format!("`{pattern}` is not of the form `^(…|…)\\-\\w+\\-\\d+$`");
            let hint = "teach `region_prefixes` the new form, and `region_prefix` in the runtime if need be";
            problems.add(format!("{path}.regionRegex"), message, hint);
            return None;
        };
        if id == "aws" {
            fallback = Some(constant.ident.clone());
        }
        prefixes.push(expanded);
        constants.push(constant);
    }
    let Some(fallback) = fallback else {
        problems.add(
            "$.partitions",
            "no partition has the id `aws`, to which unknown regions belong",
            FILE_HINT,
        );
        return None;
    };
    let arms = plan_arms(partitions, &constants, &prefixes, &fallback, problems);
    Some(PartitionPlan {
        constants,
        arms,
        fallback,
    })
}

fn read_constant(id: &str, json: &Value, path: &str, problems: &mut Problems<'_>) -> Option<PartitionConstant> {
    let path = format!("{path}.outputs");
    let outputs = json.get("outputs").unwrap_or(&Value::Null);
    let mut text = |key| string(outputs, key, &path, problems).map(|text| format!("{text:?}"));
    let dns_suffix = text("dnsSuffix");
    let dual_stack_dns_suffix = text("dualStackDnsSuffix");
    let implicit_global_region = text("implicitGlobalRegion");
    let mut flag = |key: &str| {
        let value = outputs.get(key).and_then(Value::as_bool);
        if value.is_none() {
            problems.add(format!("{path}.{key}"), "a Boolean was expected", FILE_HINT);
        }
        value.map(|value| value.to_string())
    };
    let (supports_fips, supports_dual_stack) = (flag("supportsFIPS"), flag("supportsDualStack"));
    Some(PartitionConstant {
        ident: snake_case(id).to_ascii_uppercase(),
        name: format!("{id:?}"),
        dns_suffix: dns_suffix?,
        dual_stack_dns_suffix: dual_stack_dns_suffix?,
        implicit_global_region: implicit_global_region?,
        supports_fips: supports_fips?,
        supports_dual_stack: supports_dual_stack?,
    })
}

/// A listed region belongs to the partition that lists it, any other to the first whose pattern it matches.
fn plan_arms(
    partitions: &[Value],
    constants: &[PartitionConstant],
    prefixes: &[Vec<String>],
    fallback: &str,
    problems: &mut Problems<'_>,
) -> Vec<PartitionArm> {
    let mut by_prefix: HashMap<&str, &str> = HashMap::new();
    for (constant, prefixes) in constants.iter().zip(prefixes) {
        for prefix in prefixes {
            by_prefix.entry(prefix).or_insert(&constant.ident);
        }
    }
    let mut listed_elsewhere = Vec::new();
    let mut arms = Vec::new();
    for (index, constant) in constants.iter().enumerate() {
        let ident = constant.ident.as_str();
        let mut patterns = Vec::new();
        for (region, details) in partitions[index]
            .get("regions")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            if let Some(key) = details
                .as_object()
                .and_then(|details| details.keys().find(|key| *key != "description"))
            {
                let path = format!("$.partitions[{index}].regions.{region}.{key}");
                let hint = "teach the generator outputs that differ by region";
                problems.add(path, "a region with outputs of its own", hint);
            }
            match prefix_of(region).and_then(|prefix| by_prefix.get(prefix)) {
                Some(by_prefix) if *by_prefix == ident => {}
                None if ident == fallback => {}
                None => patterns.push(format!("({region:?}, _)")),
                // Before all others, since another partition's arm would match it too.
                Some(_) => listed_elsewhere.push(PartitionArm {
                    patterns: vec![format!("({region:?}, _)")],
                    ident: ident.to_owned(),
                }),
            }
        }
        if ident != fallback {
            let own = prefixes[index]
                .iter()
                .filter(|prefix| by_prefix[prefix.as_str()] == ident);
            patterns.extend(own.map(|prefix| format!("(_, Some({prefix:?}))")));
            arms.push(PartitionArm {
                patterns,
                ident: ident.to_owned(),
            });
        }
    }
    listed_elsewhere.append(&mut arms);
    listed_elsewhere
}

/// The runtime's `region_prefix`, at generation time.
fn prefix_of(region: &str) -> Option<&str> {
    let (rest, number) = region.rsplit_once('-')?;
    let (prefix, _) = rest.rsplit_once('-')?;
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then_some(prefix)
}

/// `^us\-(gov|iso)\-\w+\-\d+$` → `us-gov`, `us-iso`; `None` if the pattern is of another form.
fn region_prefixes(pattern: &str) -> Option<Vec<String>> {
    let mut rest = pattern.strip_prefix('^')?.strip_suffix(r"\-\w+\-\d+$")?;
    let mut prefixes = vec![String::new()];
    while let Some(c) = rest.chars().next() {
        let (alternatives, after) = match c {
            '(' => {
                let (group, after) = rest[1..].split_once(')')?;
                (group.split('|').collect(), after)
            }
            '\\' => (vec!["-"], rest.strip_prefix(r"\-")?),
            _ => (vec![&rest[..c.len_utf8()]], &rest[c.len_utf8()..]),
        };
        let plain = |text: &&str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !alternatives.iter().all(plain) {
            return None;
        }
        prefixes = prefixes
            .iter()
            .flat_map(|head| alternatives.iter().map(move |tail| format!("{head}{tail}")))
            .collect();
        rest = after;
    }
    Some(prefixes)
}

fn string(json: &Value, key: &str, path: &str, problems: &mut Problems<'_>) -> Option<String> {
    let value = json.get(key).and_then(Value::as_str).map(str::to_owned);
    if value.is_none() {
        problems.add(format!("{path}.{key}"), "a string was expected", FILE_HINT);
    }
    value
}
