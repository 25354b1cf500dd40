//! What each file of a crate names of the crate's other files.

use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

/// Each node, and the others that it names. A node is a file's module, such as `send::fast_path`.
pub(crate) type Graph = BTreeMap<String, BTreeSet<String>>;

/// The names of nested modules, or of an item in them, from the crate's root.
type Names = Vec<String>;

/// A module's file and its text.
type Source = (Names, String);

/// A comment, a text, a character, a name, a macro's variable, `::`, or any other sign.
const TOKEN: &str = concat!(
    r"(?s)//[^\n]*|/\*.*?\*/",
    r###"|b?r"[^"]*"|b?r#".*?"#|b?r##".*?"##|[bc]?"(?:\\.|[^"\\])*""###,
    r"|b?'(?:\\''|\\[^']*'|[^'\\]')|\$?[A-Za-z_][A-Za-z_0-9]*|::|[^ \t\r\n]"
);

/// Whether a token is neither a comment nor a literal.
fn is_code(token: &str) -> bool {
    let is_literal = token.len() > 1 && token.ends_with(['"', '#', '\'']);
    !is_literal && !token.starts_with("//") && !token.starts_with("/*")
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c == '_' || c.is_ascii_alphabetic())
}

/// The graph of the files in a folder.
pub(crate) fn graph(folder: &Path) -> Result<Graph, Box<dyn Error>> {
    let mut sources = Vec::new();
    read(folder, &mut Vec::new(), &mut sources)?;
    graph_of(sources)
}

fn read(folder: &Path, module: &mut Names, found: &mut Vec<Source>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            module.push(name);
            read(&path, module, found)?;
            module.pop();
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let mut module = module.clone();
            if !(module.is_empty() && ["lib", "main"].contains(&name.as_str())) {
                module.push(name);
            }
            found.push((module, fs::read_to_string(path)?));
        }
    }
    Ok(())
}

/// The graph of files. A name leads to the file that defines it, and not to those that import or export it again. What
/// a module exports of the modules in it is no edge, nor is a test.
pub(crate) fn graph_of(sources: Vec<Source>) -> Result<Graph, Box<dyn Error>> {
    let modules: BTreeSet<Names> = sources.iter().map(|(module, _)| module.clone()).collect();
    let token = Regex::new(TOKEN)?;
    let mut imports = BTreeMap::new();
    let mut named = BTreeMap::new();
    for (file, text) in sources {
        let mut reader = Reader {
            tokens: token
                .find_iter(&text)
                .map(|token| token.as_str())
                .filter(|token| is_code(token))
                .collect(),
            at: 0,
            modules: &modules,
            module: file.clone(),
            imports: &mut imports,
            named: named.entry(file.clone()).or_insert_with(Vec::new),
            file,
        };
        reader.file();
    }
    let mut graph = Graph::new();
    for (file, named) in named {
        let used = named
            .into_iter()
            .filter_map(|names| definition(names, &modules, &imports));
        let used = used.filter(|used| *used != file).map(|used| used.join("::"));
        graph.entry(file.join("::")).or_default().extend(used);
    }
    Ok(graph)
}

/// The file that defines what is named so. `None` if that is another crate.
fn definition(mut names: Names, modules: &BTreeSet<Names>, imports: &BTreeMap<Names, Option<Names>>) -> Option<Names> {
    // An import leads to another one at most as often as there are imports.
    for _ in 0..=imports.len() {
        let known = (1..=names.len())
            .filter(|length| !modules.contains(&names[..*length]))
            .find_map(|length| Some((length, imports.get(&names[..length])?)));
        let Some((length, target)) = known else { break };
        names = [target.as_ref()?, &names[length..]].concat();
    }
    let file = (0..=names.len()).rev().map(|length| &names[..length]);
    file.into_iter()
        .find(|names| modules.contains(*names))
        .map(<[String]>::to_vec)
}

/// Reads a file's names.
struct Reader<'a> {
    tokens: Vec<&'a str>,
    /// The next token.
    at: usize,
    modules: &'a BTreeSet<Names>,
    file: Names,
    /// The module that is being read, in the file.
    module: Names,
    /// What an imported name stands for, by module and name; `None` for another crate's.
    imports: &'a mut BTreeMap<Names, Option<Names>>,
    named: &'a mut Vec<Names>,
}

impl<'a> Reader<'a> {
    /// The token that is `ahead` of the next one, or an empty text behind the end.
    fn peek(&self, ahead: usize) -> &'a str {
        self.tokens.get(self.at + ahead).copied().unwrap_or_default()
    }

    fn next(&mut self) -> &'a str {
        self.at += 1;
        self.tokens.get(self.at - 1).copied().unwrap_or_default()
    }

    fn file(&mut self) {
        const TESTS: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
        // Whether an open brace is that of a module.
        let mut braces = Vec::new();
        let mut is_exported = false;
        while self.at < self.tokens.len() {
            if self.tokens[self.at..].starts_with(&TESTS) && self.peek(7) == "mod" {
                self.at += 9;
                self.skip();
                continue;
            }
            match self.next() {
                "pub" => {
                    if self.peek(0) == "(" {
                        self.skip();
                    }
                    is_exported = true;
                    continue;
                }
                "use" if self.peek(0) != "<" => self.import(&mut Names::new(), is_exported),
                "mod" if self.peek(1) == "{" => {
                    let name = self.next().to_owned();
                    self.module.push(name);
                    self.at += 1;
                    braces.push(true);
                }
                "{" => braces.push(false),
                "}" if braces.pop() == Some(true) => {
                    self.module.pop();
                }
                // What follows is a part of something that isn't known, such as `$crate` or a type.
                "::" => {
                    while is_name(self.peek(0)) || self.peek(0) == "::" && is_name(self.peek(1)) {
                        self.at += 1;
                    }
                }
                name if is_name(name) => {
                    let mut path = vec![name.to_owned()];
                    while self.peek(0) == "::" && is_name(self.peek(1)) {
                        self.at += 1;
                        path.push(self.next().to_owned());
                    }
                    if path.len() > 1 {
                        self.named.extend(self.absolute(&path));
                    }
                }
                _ => {}
            }
            is_exported = false;
        }
    }

    /// Skips what is in brackets of any kind, or a single token.
    fn skip(&mut self) {
        let mut depth = 0;
        loop {
            match self.next() {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth -= 1,
                "" => return,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Reads one tree of a `use`, whose beginning is `path`.
    fn import(&mut self, path: &mut Names, is_exported: bool) {
        let outer = path.len();
        loop {
            match self.next() {
                "::" => {}
                "{" => {
                    while !matches!(self.peek(0), "}" | "") {
                        self.import(path, is_exported);
                        if self.peek(0) == "," {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    break;
                }
                "*" => {
                    self.imported(path, None, is_exported);
                    break;
                }
                name if self.peek(0) == "::" => path.push(name.to_owned()),
                name => {
                    // `self` in a group is the module that the group belongs to.
                    if name != "self" {
                        path.push(name.to_owned());
                    }
                    let mut alias = path.last().cloned();
                    if self.peek(0) == "as" {
                        self.at += 1;
                        alias = Some(self.next().to_owned());
                    }
                    self.imported(path, alias, is_exported);
                    break;
                }
            }
        }
        path.truncate(outer);
    }

    /// Notes what a `use` names, and the name that it gets here.
    fn imported(&mut self, path: &[String], name: Option<String>, is_exported: bool) {
        let target = self.absolute(path);
        if let Some(name) = name {
            let import = [&self.module[..], &[name]].concat();
            // `lib.rs` and `main.rs` are the same root: what one has from another crate, the other may define.
            if target.is_none() {
                self.imports.entry(import).or_insert(None);
            } else if target.as_ref() != Some(&import) {
                self.imports.insert(import, target.clone());
            }
        }
        let is_own_export = is_exported && target.as_ref().is_some_and(|target| target.starts_with(&self.file));
        self.named.extend(target.filter(|_| !is_own_export));
    }

    /// A path from the crate's root, or `None` if it isn't known to lead to a file of this crate.
    fn absolute(&self, path: &[String]) -> Option<Names> {
        let mut module = self.module.clone();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => {
                module.clear();
                rest = &rest[1..];
            }
            "self" => rest = &rest[1..],
            "super" => {
                while rest.first().is_some_and(|name| name == "super") {
                    module.pop();
                    rest = &rest[1..];
                }
            }
            name => {
                let is_part = self.modules.contains(&[&module[..], &[name.to_owned()]].concat());
                if !is_part {
                    return None;
                }
            }
        }
        module.extend_from_slice(rest);
        Some(module)
    }
}
