//! The modules of a crate stand on each other, and never in a circle: neither files nor folders of files.

#[path = "import_graph/files.rs"]
mod files;

use files::{Graph, graph, graph_of};
use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

/// What `start` reaches in the graph.
fn reached<'a>(graph: &'a Graph, start: &'a str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![start];
    while let Some(next) = open.pop() {
        let new = graph.get(next).into_iter().flatten().map(String::as_str);
        open.extend(new.filter(|name| found.insert(*name)));
    }
    found
}

/// The circles of the graph: nodes that reach each other.
fn circles(graph: &Graph) -> Vec<BTreeSet<&str>> {
    let mut found: Vec<BTreeSet<&str>> = Vec::new();
    for name in graph.keys().map(String::as_str) {
        if found.iter().any(|circle| circle.contains(name)) {
            continue;
        }
        let mut circle = reached(graph, name);
        if circle.contains(name) {
            circle.retain(|other| reached(graph, other).contains(name));
            found.push(circle);
        }
    }
    found
}

/// Each edge of a circle, one a line.
fn edges(graph: &Graph, circle: &BTreeSet<&str>) -> String {
    let uses = |from: &&str| {
        let to = graph[*from].iter().filter(|to| circle.contains(to.as_str()));
        to.map(|to| format!("  {from} uses {to}\n")).collect::<String>()
    };
    circle.iter().map(uses).collect()
}

/// The graph of the modules that are at most so deep. Each stands for the files in it, too.
fn at_depth(graph: &Graph, depth: usize) -> Graph {
    let module = |name: &str| name.split("::").take(depth).collect::<Vec<_>>().join("::");
    let mut modules = Graph::new();
    for (file, used) in graph {
        let used = used
            .iter()
            .map(|used| module(used))
            .filter(|used| *used != module(file));
        modules.entry(module(file)).or_default().extend(used);
    }
    modules
}

#[test]
fn no_files_and_no_folders_stand_on_each_other() -> Result<(), Box<dyn Error>> {
    let mut found = String::new();
    for (name, at_least) in [
        ("runtime/src", 100),
        ("codegen/src", 100),
        ("quickstart/src", 5),
        ("validation/src", 10),
    ] {
        let files = graph(&folder(name))?;
        let count: usize = files.values().map(BTreeSet::len).sum();
        assert!(
            count >= at_least,
            "{name} has files that use others, but {count} were found: {files:?}"
        );
        let deepest = files.keys().map(|name| name.split("::").count()).max();
        for depth in 1..=deepest.unwrap_or_default() {
            let graph = at_depth(&files, depth);
            for circle in circles(&graph) {
                let edges = edges(&graph, &circle);
                if !found.contains(&edges) {
                    found += &format!("a circle in {name}:\n{edges}");
                }
            }
        }
    }
    assert!(found.is_empty(), "{found}");
    Ok(())
}

#[test]
fn nothing_stands_on_the_room_for_sending() -> Result<(), Box<dyn Error>> {
    let graph = at_depth(&graph(&folder("runtime/src"))?, 1);
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
    let straight = graph(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])]);
    assert_eq!(circles(&straight), Vec::<BTreeSet<&str>>::new());
    let round = graph(&[("a", &["b"]), ("b", &["c"]), ("c", &["b", "d"]), ("d", &[])]);
    let found = circles(&round);
    assert_eq!(found, [BTreeSet::from(["b", "c"])]);
    assert_eq!(edges(&round, &found[0]), "  b uses c\n  c uses b\n");
    let deep = graph(&[("a::x", &["b"]), ("b", &["a::y"]), ("a::y", &[])]);
    assert!(circles(&deep).is_empty());
    assert_eq!(circles(&at_depth(&deep, 1)), [BTreeSet::from(["a", "b"])]);
}

/// What the file `a::own` names, in a crate that has the files `a`, `a::own`, `a::own::part`, `a::other`, `b` and `c`.
fn named(own: &str) -> Vec<String> {
    let module = |name: &str| name.split("::").map(str::to_owned).collect();
    let mut sources = vec![(Vec::new(), "pub use c::Exported;".to_owned())];
    let a = "mod other; mod own; pub(crate) use other::Other; use crate::b::B; pub use outside::Far; pub struct A;";
    for (name, text) in [
        ("a", a),
        ("a::own", own),
        ("a::own::part", ""),
        ("a::other", ""),
        ("b", ""),
        ("c", ""),
    ] {
        sources.push((module(name), text.to_owned()));
    }
    let mut graph = graph_of(sources).expect("the texts are Rust");
    assert!(
        graph["a"].contains("b") && !graph["a"].contains("a::other"),
        "{graph:?}"
    );
    graph.remove("a::own").unwrap_or_default().into_iter().collect()
}

#[test]
fn names_lead_to_the_files_that_define_them_in_every_spelling() {
    assert_eq!(named("use crate::{b::{self, x::Y}, c::Z as W};"), ["b", "c"]);
    assert_eq!(named("fn f() -> super::other::T { crate::c::g() }"), ["a::other", "c"]);
    assert_eq!(named("use super::A; fn f(_: super::super::b::T) {}"), ["a", "b"]);
    assert_eq!(named("use super::{B, Other};"), ["a::other", "b"]);
    assert_eq!(named("use crate::a::Other;"), ["a::other"]);
    assert_eq!(named("use crate::Exported;"), ["c"]);
    assert_eq!(named("mod part; fn f() { part::g() }"), ["a::own::part"]);
    assert_eq!(named("fn f() { assert!(g(vec![crate::c::h()])); }"), ["c"]);
    assert_eq!(named("mod inner { use super::super::other; }"), ["a::other"]);
}

#[test]
fn exports_of_parts_tests_other_crates_and_texts_are_no_edges() {
    for text in [
        "mod part; pub(crate) use part::Part;",
        "#[cfg(test)] mod tests { use crate::b::T; }",
        "use std::fmt; use super::Far; use outside::b::T;",
        "//! crate::b::T\n const TEXT: &str = \"crate::b::T\"; // crate::c",
        "macro_rules! m { () => { $crate::b::f() }; }",
        "pub(in crate::a) fn f() {}",
        "use self::inner::T; mod inner { pub struct T; }",
    ] {
        assert_eq!(named(text), Vec::<String>::new(), "{text}");
    }
}
