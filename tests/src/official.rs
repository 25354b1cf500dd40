//! The one reader of `compat/official-api.txt`, the public API of the official crate.
//!
//! A line without indent names an item's owner (a type or module), and the indented lines below it are facts about it:
//! `struct`, `variant Red`, `field name: String`, `fn @::get(&self) -> &str`, `impl Clone + Debug`. In them, `@` stands
//! for the owner and `~` for the operation's module (or `types`, `config`) that it is in. The build script reads it, to
//! know what both crates have, and so does the test that compiles each item.

use std::collections::HashMap;

/// The lines of the list that are facts, each with its owner.
pub fn facts(list: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut owner = "";
    list.lines().filter_map(move |line| match line.strip_prefix(' ') {
        None => {
            owner = line;
            None
        }
        Some(fact) => Some((owner, fact)),
    })
}

/// The module of an operation that `path` is in, or the first module of another path.
pub fn scope(path: &str) -> String {
    let parts: Vec<&str> = path.split("::").collect();
    let length = if parts.get(1) == Some(&"operation") { 3 } else { 2 };
    parts[..parts.len().min(length)].join("::")
}

/// What the official crate has: facts by owner.
#[derive(Debug)]
pub struct Official<'a> {
    facts: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Official<'a> {
    /// Reads the list.
    pub fn new(list: &'a str) -> Self {
        let mut by_owner: HashMap<&str, Vec<&str>> = HashMap::new();
        for (owner, fact) in facts(list) {
            by_owner.entry(owner).or_default().push(fact);
        }
        Self { facts: by_owner }
    }

    /// Whether there is a type or module of that name.
    pub fn has(&self, owner: &str) -> bool {
        self.facts.contains_key(owner)
    }

    /// The first fact about `owner` that begins so.
    pub fn fact(&self, owner: &str, beginning: &str) -> Option<&'a str> {
        let facts = self.facts.get(owner)?.iter();
        facts.copied().find(|fact| fact.starts_with(beginning))
    }

    /// Whether `owner` has a method of that name.
    pub fn has_method(&self, owner: &str, name: &str) -> bool {
        self.fact(owner, &format!("fn @::{name}(")).is_some()
    }

    /// Whether the enum `owner` has a variant of that name.
    pub fn has_variant(&self, owner: &str, name: &str) -> bool {
        let variant = format!("variant {name}");
        self.facts
            .get(owner)
            .is_some_and(|facts| facts.iter().any(|fact| *fact == variant))
    }
}
