//! The modules of a crate stand on each other, and never in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// The top-level modules, and which others each of them names.
type Graph = BTreeMap<String, BTreeSet<String>>;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sources(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(())
}

/// The path of a file's module: `["send", "fast_path"]` of `send/fast_path.rs`.
fn module_path(file: &Path) -> Vec<String> {
    let mut path: Vec<_> = file
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if path.last().is_some_and(|last| last == "mod") {
        path.pop();
    }
    path
}

/// The first identifier, or that of each item of the group in braces.
fn first_names(path: &str) -> Vec<String> {
    let name = |path: &str| -> String {
        let path = path.trim_start();
        path.chars().take_while(|c| *c == '_' || c.is_alphanumeric()).collect()
    };
    let Some(group) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let mut names = vec![name(group)];
    let mut depth = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(name(&group[at + 1..])),
            _ => {}
        }
    }
    names
}

/// What a line names of the crate's root: the identifiers after `crate::`, or after as many `super::` as lead there.
fn named(code: &str, depth: usize) -> Vec<String> {
    let mut names = Vec::new();
    for prefix in ["crate::".to_owned(), "super::".repeat(depth)] {
        if prefix.is_empty() {
            continue;
        }
        for (at, _) in code.match_indices(&prefix) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|before| before == '$' || before == ':' || before == '_' || before.is_alphanumeric())
            {
                continue;
            }
            names.extend(first_names(&code[at + prefix.len()..]));
        }
    }
    names
}

/// The code of a file, without comments and with each `use` on one line.
fn code(text: &str) -> String {
    let lines = text.lines().map(|line| match line.find("//") {
        Some(at) => &line[..at],
        None => line,
    });
    lines.map(str::trim).collect::<Vec<_>>().join(" ")
}

fn graph(folder: &Path) -> Result<Graph, Box<dyn Error>> {
    let mut files = Vec::new();
    sources(folder, &mut files)?;
    let mut modules = Vec::new();
    for file in &files {
        let path = module_path(file.strip_prefix(folder)?);
        modules.push((path, code(&fs::read_to_string(file)?)));
    }
    let top: BTreeSet<_> = modules.iter().filter_map(|(path, _)| path.first()).cloned().collect();
    let mut graph = Graph::new();
    for (path, code) in &modules {
        let Some(module) = path.first().filter(|name| !["lib", "main"].contains(&name.as_str())) else {
            continue;
        };
        let names = named(code, path.len()).into_iter();
        let names = names.filter(|name| top.contains(name) && name != module);
        graph.entry(module.clone()).or_default().extend(names);
    }
    Ok(graph)
}

/// A circle in the graph, as the names along it.
fn circle(graph: &Graph) -> Option<Vec<String>> {
    fn visit(graph: &Graph, name: &str, path: &mut Vec<String>, done: &mut BTreeSet<String>) -> bool {
        if path.iter().any(|known| known == name) {
            path.push(name.to_owned());
            return true;
        }
        if !done.insert(name.to_owned()) {
            return false;
        }
        path.push(name.to_owned());
        if graph
            .get(name)
            .into_iter()
            .flatten()
            .any(|next| visit(graph, next, path, done))
        {
            return true;
        }
        path.pop();
        false
    }
    let mut done = BTreeSet::new();
    graph.keys().find_map(|name| {
        let mut path = Vec::new();
        visit(graph, name, &mut path, &mut done).then_some(path)
    })
}

#[test]
fn no_modules_stand_on_each_other() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (folder, at_least) in [
        ("runtime/src", 8),
        ("codegen/src", 8),
        ("quickstart/src", 3),
        ("validation/src", 20),
    ] {
        let graph = graph(&root.join(folder))?;
        let edges: usize = graph.values().map(BTreeSet::len).sum();
        assert!(
            edges >= at_least,
            "{folder} has modules that use others, but {edges} were found: {graph:?}"
        );
        assert_eq!(circle(&graph), None, "a circle of modules in {folder}");
    }
    Ok(())
}

#[test]
fn nothing_stands_on_the_room_for_sending() -> Result<(), Box<dyn Error>> {
    let graph = graph(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src"))?;
    let users: Vec<_> = graph.iter().filter(|(_, names)| names.contains("send")).collect();
    assert!(users.is_empty(), "{users:?}");
    for below in ["config", "endpoint", "error", "operation", "service"] {
        assert!(graph["send"].contains(below), "{below}");
    }
    Ok(())
}

#[test]
fn a_circle_is_found() {
    let graph = |edges: &[(&str, &[&str])]| -> Graph {
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        edges.iter().map(|(from, to)| ((*from).to_owned(), set(to))).collect()
    };
    assert_eq!(circle(&graph(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])])), None);
    let found = circle(&graph(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"])]));
    assert_eq!(found, Some(vec!["a".into(), "b".into(), "c".into(), "b".into()]));
}

#[test]
fn uses_are_found_in_every_spelling() {
    let text = "use crate::{a, b::{c, d}};\nuse super::e::F;\nfn g() { crate::h::i(); $crate::j::k(); } // crate::l";
    assert_eq!(named(&code(text), 1), ["a", "b", "h", "e"]);
    assert!(named("use super::x;", 2).is_empty());
    assert_eq!(named("use super::super::x;", 2), ["x"]);
}
