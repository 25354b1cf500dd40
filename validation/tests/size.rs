//! A list of many bad items: what is said of them takes memory and time in proportion to the list.

#![cfg(target_os = "linux")]

use cognito_validation::Constraints;
use std::fs;
use std::time::{Duration, Instant};

static CONSTRAINTS: Constraints = Constraints::new(
    "operation Ask Urls\nlist Urls Url\ntext Url 1..1024\n  [\\S]+\n  [[:^space:]]+\n",
    "",
    &[],
    "ValidationException",
);

/// The most memory that this process has had at once, in KB.
fn peak() -> usize {
    let status = fs::read_to_string("/proc/self/status").expect("the kernel's text about this process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.trim().strip_suffix(" kB"));
    number.and_then(|number| number.parse().ok()).expect("a number of KB")
}

/// If each violation quoted the list, 20,000 of them would take 0.8 GB.
#[test]
fn many_bad_items_take_memory_and_time_in_proportion() {
    const COUNT: usize = 20_000;
    let (before, start) = (peak(), Instant::now());
    let input = vec![""; COUNT];

    let found = CONSTRAINTS.findings_of_input("Ask", &input);
    assert_eq!(found.len(), 2 * COUNT, "each item is too short, and has the wrong form");
    assert_eq!(found[2 * COUNT - 1].path(), format!("[{}]", COUNT - 1));
    drop(found);

    let message = CONSTRAINTS.refusal_of_input("Ask", &input).expect("a refusal");
    let list = format!(
        "1 validation error detected: Value '[{}]' at ''",
        ", ".repeat(COUNT - 1)
    );
    assert!(message.starts_with(&list), "{} bytes", message.len());

    let (took, used) = (start.elapsed(), peak() - before);
    println!("size: {COUNT} bad items, checked twice: {used} KB, {took:?}");
    assert!(used < 40_000, "{used} KB");
    assert!(took < Duration::from_secs(10), "{took:?}");
}
