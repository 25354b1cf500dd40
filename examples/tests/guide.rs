//! The guide holds together: each page is in its table of contents, each link leads somewhere, what is shown of an example
//! is what stands there, and each block of Rust is compiled.

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

/// A block of code: its language, its lines, and the file and the part of it that they come from.
struct Block<'a> {
    origin: Option<(&'a str, &'a str)>,
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
        let mut before = "";
        for line in self.text.lines() {
            match (line.strip_prefix("```"), &mut open) {
                (Some(language), None) => {
                    let comment = before.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
                    open = Some(Block {
                        origin: comment.and_then(|comment| comment.split_once(": ")),
                        language,
                        lines: Vec::new(),
                    });
                }
                (Some(_), Some(_)) => blocks.extend(open.take()),
                (None, Some(block)) => block.lines.push(line),
                (None, None) => {}
            }
            before = line;
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
                None => book().join(link.split('#').next().unwrap_or_default()),
            };
            ensure!(file.exists(), "{}: {link} leads nowhere", page.name);
        }
    }
    Ok(())
}

/// A page shows a part of an example as it is, after the comment `<!-- FILE: PART -->`. It may show more `use` lines than
/// the part has.
#[test]
fn what_a_page_shows_of_an_example_is_what_stands_there() -> Result<()> {
    let mut shown = BTreeSet::new();
    for page in pages()? {
        for block in page.blocks() {
            let Some((file, part)) = block.origin else { continue };
            let source = fs::read_to_string(root().join(file)).with_context(|| format!("{}: {file}", page.name))?;
            let text = anchored(&source, part).with_context(|| format!("{}: {file} has no part {part}", page.name))?;
            let block = block.lines.join("\n");
            let uses = block
                .strip_suffix(text.trim_end())
                .with_context(|| format!("{}: copy the part {part} of {file} to it", page.name))?;
            let mut uses = syntax_of_uses(uses);
            ensure!(uses.all(|it| it), "{}: more than `use` lines before {part}", page.name);
            shown.insert((file.to_owned(), part.to_owned()));
        }
    }
    for entry in fs::read_dir(root().join("examples"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.file_name().and_then(|name| name.to_str()).context("a name")?;
            for line in fs::read_to_string(&path)?.lines() {
                if let Some(part) = line.trim().strip_prefix("// ANCHOR: ") {
                    let part = (format!("examples/{name}"), part.to_owned());
                    ensure!(shown.remove(&part), "no page shows {part:?}");
                }
            }
        }
    }
    Ok(())
}

/// The lines between the marks of a part.
fn anchored(source: &str, part: &str) -> Option<String> {
    let (begin, end) = (format!("// ANCHOR: {part}"), format!("// ANCHOR_END: {part}"));
    let mut lines = source.lines().skip_while(|line| *line != begin);
    lines.next()?;
    let mut text = String::new();
    for line in lines {
        if line == end {
            return Some(text);
        }
        text.push_str(line);
        text.push('\n');
    }
    None
}

/// Whether each item of a text is a `use`.
fn syntax_of_uses(text: &str) -> impl Iterator<Item = bool> {
    let items = text.split(';').map(str::trim).filter(|item| !item.is_empty());
    items.map(|item| item.starts_with("use "))
}

/// A reader on a forge sees the file, and pastes what it shows.
#[test]
fn a_page_shows_all_of_its_code() -> Result<()> {
    for page in pages()? {
        ensure!(
            !page.text.contains("{{#"),
            "{}: only mdBook shows an include",
            page.name
        );
        for block in page.blocks().iter().filter(|block| block.language.starts_with("rust")) {
            for line in &block.lines {
                let hidden = line.trim() == "#" || line.trim_start().starts_with("# ");
                ensure!(!hidden, "{}: only mdBook hides {line:?}", page.name);
            }
        }
    }
    Ok(())
}

/// A block of Rust is a doctest of this crate. What is marked `rs` is the Rust of others, or a line that stands for itself
/// alone in a build script's crate, or a block that is compiled under another name.
#[test]
fn every_block_of_rust_is_compiled() -> Result<()> {
    let library = fs::read_to_string(root().join("examples/src/lib.rs"))?;
    let allowed: BTreeSet<&str> = [
        "// rusoto_cognito_idp 0.48",
        "// src/main.rs: declares the module `cognito_idp`",
    ]
    .into();
    for page in pages()? {
        let blocks = page.blocks();
        let compiled = |lines: &[&str]| {
            let text = lines
                .join("\n")
                .replace("aws_sdk_cognitoidentityprovider", "cognito_idp");
            let mut others = blocks.iter().filter(|block| block.language.starts_with("rust"));
            others.any(|block| block.lines.join("\n") == text)
        };
        let mut doctests = false;
        for block in &blocks {
            match block.language {
                "rust" | "rust,no_run" => doctests = true,
                "rs" => {
                    let first = block.lines.first().copied().unwrap_or_default();
                    let known = allowed.contains(first) || compiled(&block.lines);
                    ensure!(known, "{}: {first:?} isn't compiled", page.name);
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
