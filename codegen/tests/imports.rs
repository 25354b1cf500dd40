//! No circle in the module import graph: a module is understood from those below it.
//!
//! A `pub use` of a module's own child shows it to others and imports nothing; whoever names what is shown imports the
//! child itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

type Graph = BTreeMap<String, BTreeSet<String>>;

/// The modules of a crate by path (`model::shape`), with their text without tests.
fn modules(folder: &Path, prefix: &str, into: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let below = |name: &str| {
            if prefix.is_empty() {
                name.to_owned()
            } else {
                format!("{prefix}::{name}")
            }
        };
        if path.is_dir() {
            modules(&path, &below(&stem), into);
        } else if stem != "tests" {
            let name = match stem.as_str() {
                "mod" => prefix.to_owned(),
                "lib" | "main" => continue,
                other => below(other),
            };
            let text = fs::read_to_string(&path).expect("a source file");
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            into.insert(name, text.to_owned());
        }
    }
}

/// The paths that a tree such as `a::{b, c::{d, e}}` stands for.
fn paths(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        return vec![tree.split(" as ").next().unwrap_or_default().to_owned()];
    };
    let (head, body) = (&tree[..open], &tree[open + 1..tree.rfind('}').unwrap_or(tree.len())]);
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, c) in body.char_indices().chain([(body.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let item = body[start..at].trim();
                if !item.is_empty() {
                    found.extend(paths(item).into_iter().map(|path| format!("{head}{path}")));
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// `path`, as written in `module`, from the root of the crate; `None` for another crate's.
fn absolute(module: &str, path: &str, known: &BTreeMap<String, String>) -> Option<String> {
    let mut parts: Vec<&str> = module.split("::").collect();
    let mut rest = path;
    if let Some(after) = rest.strip_prefix("crate::") {
        return Some(after.to_owned());
    }
    if let Some(after) = rest.strip_prefix("self::") {
        return Some(format!("{module}::{after}"));
    }
    if rest.starts_with("super::") {
        while let Some(after) = rest.strip_prefix("super::") {
            parts.pop();
            rest = after;
        }
        parts.push(rest);
        return Some(parts.join("::"));
    }
    let child = format!("{module}::{}", rest.split("::").next().unwrap_or_default());
    known.contains_key(&child).then(|| format!("{module}::{rest}"))
}

/// The `use` trees of a module: whether each is public, and its paths.
fn uses(text: &str) -> Vec<(bool, Vec<String>)> {
    let mut found = Vec::new();
    for statement in text.split(';') {
        let start = statement.rfind("\nuse ").map(|at| (false, at + 5));
        let public = ["\npub use ", "\npub(crate) use ", "\npub(super) use "]
            .iter()
            .find_map(|word| statement.rfind(word).map(|at| (true, at + word.len())));
        if let Some((public, at)) = public.or(start) {
            found.push((public, paths(&statement[at..])));
        }
    }
    found
}

/// The module that an absolute path leads to: through what modules show of their children.
fn target(path: &str, known: &BTreeMap<String, String>, shown: &BTreeMap<String, String>) -> Option<String> {
    let mut path = path.to_owned();
    while let Some(further) = shown.get(&path) {
        path.clone_from(further);
    }
    let mut module = path.as_str();
    loop {
        if known.contains_key(module) {
            return Some(module.to_owned());
        }
        module = module.rsplit_once("::")?.0;
    }
}

fn graph(root: &Path) -> Graph {
    let mut known = BTreeMap::new();
    modules(root, "", &mut known);
    let mut shown = BTreeMap::new();
    for (module, text) in &known {
        for path in uses(text)
            .into_iter()
            .filter(|(public, _)| *public)
            .flat_map(|(_, paths)| paths)
        {
            if let (Some(name), Some(path)) = (path.rsplit("::").next(), absolute(module, &path, &known)) {
                shown.insert(format!("{module}::{name}"), path);
            }
        }
    }
    let mut graph = Graph::new();
    for (module, text) in &known {
        let imports = graph.entry(module.clone()).or_default();
        for path in uses(text)
            .into_iter()
            .filter(|(public, _)| !public)
            .flat_map(|(_, paths)| paths)
        {
            let imported = absolute(module, &path, &known).and_then(|path| target(&path, &known, &shown));
            imports.extend(imported.filter(|imported| imported != module));
        }
        // A child that is named by its path, without a `use`.
        for child in known
            .keys()
            .filter_map(|name| name.strip_prefix(&format!("{module}::")))
        {
            if !child.contains("::")
                && text.contains(&format!(" {child}::"))
                && !text.contains(&format!("use {child}::"))
            {
                imports.insert(format!("{module}::{child}"));
            }
        }
    }
    graph
}

/// A way from a module back to itself, if there is one.
fn circle(graph: &Graph) -> Option<Vec<String>> {
    fn walk<'g>(graph: &'g Graph, at: &'g str, way: &mut Vec<&'g str>, done: &mut BTreeSet<&'g str>) -> bool {
        if let Some(start) = way.iter().position(|seen| *seen == at) {
            way.drain(..start);
            way.push(at);
            return true;
        }
        if !done.insert(at) {
            return false;
        }
        way.push(at);
        for next in graph.get(at).into_iter().flatten() {
            if walk(graph, next, way, done) {
                return true;
            }
        }
        way.pop();
        false
    }
    let mut done = BTreeSet::new();
    for start in graph.keys() {
        let mut way = Vec::new();
        if walk(graph, start, &mut way, &mut done) {
            return Some(way.into_iter().map(str::to_owned).collect());
        }
    }
    None
}

#[test]
fn no_module_imports_itself_by_way_of_others() {
    let graph = graph(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(graph.len() > 40, "{} modules only", graph.len());
    assert!(
        graph["model::shape"].contains("model::structure"),
        "{:?}",
        graph["model::shape"]
    );
    assert!(
        graph["model::check"].contains("read::report"),
        "{:?}",
        graph["model::check"]
    );
    assert_eq!(circle(&graph), None);
}

#[test]
fn a_circle_is_found() {
    let edges = [("a", "b"), ("b", "c"), ("c", "b")];
    let mut graph = Graph::new();
    for (from, to) in edges {
        graph.entry(from.to_owned()).or_default().insert(to.to_owned());
    }
    let way = circle(&graph).expect("a circle");
    assert_eq!(way, ["b", "c", "b"]);
}
