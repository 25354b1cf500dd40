//! The guide holds together: each page is in its table of contents, each link and each include leads somewhere, and each
//! block of Rust is compiled.

use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Where links to the repository's files begin: in the book there are no other files than the book's.
const REPOSITORY: &str = "https://github.com/cognito-rs/cognito/blob/main/";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn book() -> PathBuf {
    root().join("docs/guide/src")
}

/// A page: its file's name and its text.
struct Page {
    name: String,
    text: String,
}

/// A block of code: its language and its lines.
struct Block<'a> {
    language: &'a str,
    lines: Vec<&'a str>,
}

fn pages() -> Result<Vec<Page>> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(book())? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .context("a name in UTF-8")?;
            pages.push(Page {
                name: name.to_owned(),
                text: fs::read_to_string(&path)?,
            });
        }
    }
    ensure!(pages.len() > 10, "the guide's pages aren't found");
    Ok(pages)
}

impl Page {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = Vec::new();
        let mut open: Option<Block<'_>> = None;
        for line in self.text.lines() {
            match (line.strip_prefix("```"), &mut open) {
                (Some(language), None) => {
                    open = Some(Block {
                        language,
                        lines: Vec::new(),
                    });
                }
                (Some(_), Some(_)) => blocks.extend(open.take()),
                (None, Some(block)) => block.lines.push(line),
                (None, None) => {}
            }
        }
        blocks
    }

    /// The text without its code.
    fn prose(&self) -> String {
        let mut code = false;
        let lines = self.text.lines().filter(|line| {
            let fence = line.starts_with("```");
            code ^= fence;
            !code && !fence
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The targets of links and pictures.
    fn links(&self) -> Vec<String> {
        let prose = self.prose();
        let targets = prose.split("](").skip(1);
        targets
            .filter_map(|rest| rest.split(')').next())
            .map(str::to_owned)
            .collect()
    }
}

#[test]
fn every_page_is_in_the_table_of_contents_once() -> Result<()> {
    let pages = pages()?;
    let summary = pages
        .iter()
        .find(|page| page.name == "SUMMARY.md")
        .context("SUMMARY.md")?;
    let mut listed = summary.links();
    listed.sort();
    let mut there: Vec<_> = pages.iter().map(|page| page.name.clone()).collect();
    there.retain(|name| name != "SUMMARY.md");
    there.sort();
    assert_eq!(listed, there);
    Ok(())
}

#[test]
fn every_link_leads_somewhere() -> Result<()> {
    for page in pages()? {
        for link in page.links() {
            let file = match link.strip_prefix(REPOSITORY) {
                Some(path) => root().join(path),
                None if link.contains("://") => continue,
                None => book().join(&link),
            };
            ensure!(file.exists(), "{}: {link} leads nowhere", page.name);
        }
    }
    Ok(())
}

#[test]
fn every_include_is_there() -> Result<()> {
    let mut found = 0;
    for page in pages()? {
        for line in page.text.lines() {
            let Some(include) = line
                .strip_prefix("{{#include ")
                .and_then(|rest| rest.strip_suffix("}}"))
            else {
                ensure!(
                    !line.contains("{{#"),
                    "{}: mdBook reads {line:?} in another way",
                    page.name
                );
                continue;
            };
            let (path, anchor) = include.split_once(':').context("an include names an anchor")?;
            let source = fs::read_to_string(book().join(path)).with_context(|| format!("{}: {path}", page.name))?;
            for mark in ["ANCHOR", "ANCHOR_END"] {
                let mark = format!("// {mark}: {anchor}");
                let times = source.lines().filter(|line| line.trim() == mark).count();
                ensure!(times == 1, "{}: {path} has {mark:?} {times} times", page.name);
            }
            found += 1;
        }
    }
    ensure!(found > 5, "the includes aren't found");
    Ok(())
}

/// A block of Rust is a doctest of this crate, or comes from an example as it is. What is marked `rs` is the Rust of
/// others, or a line that stands for itself alone in a build script's crate.
#[test]
fn every_block_of_rust_is_compiled() -> Result<()> {
    let library = fs::read_to_string(root().join("examples/src/lib.rs"))?;
    let allowed: BTreeSet<&str> = [
        "// rusoto_cognito_idp 0.48",
        "// src/main.rs: declares the module `cognito_idp`",
    ]
    .into();
    for page in pages()? {
        let mut doctests = false;
        for block in page.blocks() {
            match block.language {
                "rust" | "rust,no_run" => doctests = true,
                "rust,ignore" => {
                    let include = matches!(&block.lines[..], [line] if line.starts_with("{{#include "));
                    ensure!(include, "{}: a block that is ignored", page.name);
                }
                "rs" => {
                    let first = block.lines.first().copied().unwrap_or_default();
                    ensure!(allowed.contains(first), "{}: {first:?} isn't compiled", page.name);
                }
                other => ensure!(!other.contains("rust"), "{}: a block in {other:?}", page.name),
            }
        }
        let included = library.contains(&format!("docs/guide/src/{}\")", page.name));
        ensure!(doctests == included, "{}: its doctests are run: {included}", page.name);
    }
    Ok(())
}

#[test]
fn every_example_is_in_the_guide_and_says_how_to_run_it() -> Result<()> {
    let guide = fs::read_to_string(book().join("examples.md"))?;
    let mut found = 0;
    for entry in fs::read_dir(root().join("examples"))? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let name = path
            .file_stem()
            .and_then(|name| name.to_str())
            .context("a name in UTF-8")?;
        let text = fs::read_to_string(&path)?;
        ensure!(
            guide.contains(&format!("| [`{name}`]({REPOSITORY}examples/{name}.rs)")),
            "{name} isn't in the guide"
        );
        let command = format!("//! cargo run -p examples --bin {name}");
        ensure!(
            text.lines().any(|line| line.starts_with(&command)),
            "{name} doesn't say {command:?}"
        );
        found += 1;
    }
    ensure!(found > 5, "the examples aren't found");
    Ok(())
}
