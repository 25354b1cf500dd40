//! Lines: of Rust, and of the LLVM IR that rustc makes of it.

use anyhow::{Context, Result};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;

/// How much source there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) files: usize,
    pub(super) lines: usize,
    pub(super) bytes: usize,
}

/// Counts the Rust files in a folder, comments and empty lines included.
pub(super) fn count_source(folder: &Path) -> Result<Source> {
    let mut source = Source::default();
    for entry in fs::read_dir(folder).with_context(|| format!("{} can't be read", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            let inner = count_source(&path)?;
            source.files += inner.files;
            source.lines += inner.lines;
            source.bytes += inner.bytes;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path)?;
            source.files += 1;
            source.lines += text.lines().count();
            source.bytes += text.len();
        }
    }
    Ok(source)
}

/// Counts the lines of functions in a file of LLVM IR, and the functions: declarations, constants and debug
/// information are left out.
pub(super) fn count_llvm(file: &Path) -> Result<(usize, usize)> {
    let file = File::open(file).context("rustc wrote no LLVM IR")?;
    count_functions(BufReader::new(file))
}

fn count_functions(ir: impl BufRead) -> Result<(usize, usize)> {
    let (mut lines, mut functions, mut inside) = (0, 0, false);
    for line in ir.split(b'\n') {
        let line = line?;
        if line.starts_with(b"define ") {
            inside = true;
            functions += 1;
        }
        lines += usize::from(inside);
        if line == b"}" {
            inside = false;
        }
    }
    Ok((lines, functions))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_of_functions_count() {
        let ir = "@0 = constant [2 x i8] c\"hi\"\n\ndefine void @f() {\nstart:\n  ret void\n}\n\ndeclare void @g()\n!0 = !{}\n";
        assert_eq!(count_functions(ir.as_bytes()).ok(), Some((4, 1)));
    }
}
