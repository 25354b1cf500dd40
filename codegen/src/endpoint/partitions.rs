//! `partitions.json` as constants and a `match` on a region.
//!
//! Every `regionRegex` there is a set of prefixes followed by `\-\w+\-\d+`, so that no regex is needed at run time:
//! the runtime splits the prefix off a region and the `match` compares it. A pattern of another form is an error here.

use super::keys;
use crate::names::snake;
use crate::read::{Cursor, Object};
use std::collections::HashMap;

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

/// A partition as it is written.
struct Partition<'a> {
    constant: PartitionConstant,
    /// What the names of its regions begin with.
    prefixes: Vec<String>,
    /// The regions that it lists.
    regions: Vec<&'a str>,
}

pub(super) fn plan(root: Cursor<'_>) -> Option<PartitionPlan> {
    let mut object = root.object()?;
    let at = object.require("partitions");
    let written: Option<Vec<_>> = at
        .as_ref()
        .and_then(Cursor::items)
        .map(|items| items.map(read_partition).collect());
    object.finish_as(&[&keys::PARTITIONS]);
    let partitions: Vec<Partition<'_>> = written?.into_iter().collect::<Option<_>>()?;
    let fallback = partitions.iter().find(|partition| partition.constant.name == "\"aws\"");
    let Some(fallback) = fallback.map(|partition| partition.constant.ident.clone()) else {
        at?.error(
            "no partition has the id `aws`, to which unknown regions belong",
            FILE_HINT,
        );
        return None;
    };
    Some(PartitionPlan {
        arms: plan_arms(&partitions, &fallback),
        constants: partitions.into_iter().map(|partition| partition.constant).collect(),
        fallback,
    })
}

fn read_partition<'a>(at: Cursor<'a>) -> Option<Partition<'a>> {
    let mut object = at.object()?;
    let id = object.require("id").and_then(|at| {
        let id = at.string()?;
        at.check_identifier(&id.replace('-', "_"));
        Some(id)
    });
    let prefixes = object.require("regionRegex").and_then(|at| read_prefixes(&at));
    let regions = object.get("regions");
    let regions = regions.as_ref().and_then(Cursor::entries).into_iter().flatten();
    let regions = regions
        .map(|(region, at)| {
            if let Some(details) = at.object() {
                details.finish_as(&[&keys::REGION]);
            }
            region
        })
        .collect();
    let outputs = object.require("outputs").and_then(Cursor::object);
    let constant = outputs.and_then(|outputs| read_constant(id.as_deref(), outputs));
    object.finish_as(&[&keys::PARTITION]);
    Some(Partition {
        constant: constant?,
        prefixes: prefixes?,
        regions,
    })
}

fn read_prefixes(at: &Cursor<'_>) -> Option<Vec<String>> {
    let pattern = at.string()?;
    let prefixes = region_prefixes(&pattern);
    if prefixes.is_none() {
        at.error(
            format!("`{pattern}` is not of the form `^(…|…)\\-\\w+\\-\\d+$`"),
            "teach `region_prefixes` the new form, and `region_prefix` in the runtime if need be",
        );
    }
    prefixes
}

fn read_constant(id: Option<&str>, mut outputs: Object<'_>) -> Option<PartitionConstant> {
    let mut text = |key| {
        let text = outputs.require(key).and_then(|at| at.string());
        text.map(|text| format!("{text:?}"))
    };
    let dns_suffix = text("dnsSuffix");
    let dual_stack_dns_suffix = text("dualStackDnsSuffix");
    let implicit_global_region = text("implicitGlobalRegion");
    let mut flag = |key| {
        let flag = outputs.require(key).and_then(|at| at.boolean());
        flag.map(|flag| flag.to_string())
    };
    let supports_fips = flag("supportsFIPS");
    let supports_dual_stack = flag("supportsDualStack");
    outputs.finish_as(&[&keys::OUTPUTS]);
    Some(PartitionConstant {
        ident: snake(id?).to_ascii_uppercase(),
        name: format!("{:?}", id?),
        dns_suffix: dns_suffix?,
        dual_stack_dns_suffix: dual_stack_dns_suffix?,
        implicit_global_region: implicit_global_region?,
        supports_fips: supports_fips?,
        supports_dual_stack: supports_dual_stack?,
    })
}

/// A listed region belongs to the partition that lists it, any other to the first whose pattern it matches.
fn plan_arms(partitions: &[Partition<'_>], fallback: &str) -> Vec<PartitionArm> {
    let mut by_prefix: HashMap<&str, &str> = HashMap::new();
    for partition in partitions {
        for prefix in &partition.prefixes {
            by_prefix.entry(prefix).or_insert(&partition.constant.ident);
        }
    }
    let mut listed_elsewhere = Vec::new();
    let mut arms = Vec::new();
    for partition in partitions {
        let ident = partition.constant.ident.as_str();
        let mut patterns = Vec::new();
        for region in &partition.regions {
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
            let own = partition
                .prefixes
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
