//! Regular expressions of models: from Java's syntax to parts that the runtime walks.
//!
//! AWS's services are written in Java and match whole strings (`Matcher.matches`): a user pool id with a space before
//! it is refused by `[\w-]+_[0-9a-zA-Z]+`. So anchors at the ends say nothing, `\w`, `\d` and `\s` are ASCII, and `.`
//! stops at line ends unless `(?s)` says otherwise. What this module can't express exactly is an error, never a guess.

mod set;

pub use set::Set;

use regex_syntax::ast::parse::ParserBuilder;
use regex_syntax::ast::{
    AssertionKind, Ast, Concat, Flag, Flags, FlagsItemKind, GroupKind, Repetition, RepetitionKind, RepetitionRange,
};

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// One character of a set.
    Class(Set),
    /// A text.
    Text(String),
    /// One part after the other.
    Sequence(Vec<Part>),
    /// One of several.
    Either(Vec<Part>),
    /// A part, repeated: at least so often, and at most, if there is a limit.
    Repeat(Box<Part>, u32, Option<u32>),
}

/// Why a pattern can't be checked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// It isn't a regular expression, or has what only Java has.
    #[error("{0}")]
    Syntax(String),
    /// It has something that isn't a matter of characters in a row.
    #[error("it has {0}")]
    Inexpressible(&'static str),
}

/// Takes a pattern apart.
///
/// # Errors
/// It can't be expressed exactly.
pub fn parse(pattern: &str) -> Result<Part, PatternError> {
    let ast = ParserBuilder::new()
        .build()
        .parse(pattern)
        .map_err(|error| PatternError::Syntax(error.kind().to_string()))?;
    let mut settings = Settings::default();
    settings.part(&ast, true, true)
}

/// The flags at some place in a pattern.
#[derive(Debug, Clone, Copy, Default)]
struct Settings {
    dot_matches_all: bool,
    ignores_case: bool,
}

impl Settings {
    /// The part that `ast` is; `first` and `last` say whether nothing comes before and after it.
    fn part(&mut self, ast: &Ast, first: bool, last: bool) -> Result<Part, PatternError> {
        Ok(match ast {
            Ast::Empty(_) => Part::Sequence(Vec::new()),
            Ast::Flags(flags) => {
                self.set(&flags.flags)?;
                Part::Sequence(Vec::new())
            }
            Ast::Literal(literal) => self.literal(literal.c),
            Ast::Dot(_) if self.dot_matches_all => Part::Class(Set::all()),
            Ast::Dot(_) => Part::Class(Set::all_but_line_ends()),
            Ast::Assertion(assertion) => match assertion.kind {
                AssertionKind::StartLine | AssertionKind::StartText if first => Part::Sequence(Vec::new()),
                AssertionKind::EndLine | AssertionKind::EndText if last => Part::Sequence(Vec::new()),
                _ => return Err(PatternError::Inexpressible("an anchor or a word boundary inside of it")),
            },
            Ast::ClassUnicode(class) => Part::Class(Set::of_unicode(class)?),
            Ast::ClassPerl(class) => Part::Class(Set::of_perl(class)),
            Ast::ClassBracketed(class) => {
                let set = Set::of_bracketed(class)?;
                Part::Class(if self.ignores_case { set.in_both_cases()? } else { set })
            }
            Ast::Repetition(repetition) => self.repetition(repetition)?,
            Ast::Group(group) => {
                let mut inside = *self;
                if let GroupKind::NonCapturing(flags) = &group.kind {
                    inside.set(flags)?;
                }
                inside.part(&group.ast, first, last)?
            }
            Ast::Alternation(alternation) => {
                let parts = alternation.asts.iter().map(|ast| self.part(ast, first, last));
                Part::Either(parts.collect::<Result<_, _>>()?)
            }
            Ast::Concat(concat) => self.sequence(concat, first, last)?,
        })
    }

    fn literal(self, c: char) -> Part {
        if self.ignores_case && c.is_ascii_alphabetic() {
            Part::Class(Set::of_chars([c.to_ascii_lowercase(), c.to_ascii_uppercase()]))
        } else {
            Part::Text(c.to_string())
        }
    }

    fn sequence(&mut self, concat: &Concat, first: bool, last: bool) -> Result<Part, PatternError> {
        let says_nothing = |ast: &Ast| matches!(ast, Ast::Assertion(_) | Ast::Flags(_) | Ast::Empty(_));
        let asts = &concat.asts;
        let mut parts: Vec<Part> = Vec::new();
        for (index, ast) in asts.iter().enumerate() {
            let first = first && asts[..index].iter().all(says_nothing);
            let last = last && asts[index + 1..].iter().all(says_nothing);
            match (self.part(ast, first, last)?, parts.last_mut()) {
                (Part::Text(text), Some(Part::Text(before))) => before.push_str(&text),
                (Part::Sequence(inner), _) if inner.is_empty() => {}
                (part, _) => parts.push(part),
            }
        }
        Ok(match <[Part; 1]>::try_from(parts) {
            Ok([part]) => part,
            Err(parts) => Part::Sequence(parts),
        })
    }

    fn repetition(&mut self, repetition: &Repetition) -> Result<Part, PatternError> {
        let (min, max) = match &repetition.op.kind {
            RepetitionKind::ZeroOrOne => (0, Some(1)),
            RepetitionKind::ZeroOrMore => (0, None),
            RepetitionKind::OneOrMore => (1, None),
            RepetitionKind::Range(RepetitionRange::Exactly(count)) => (*count, Some(*count)),
            RepetitionKind::Range(RepetitionRange::AtLeast(min)) => (*min, None),
            RepetitionKind::Range(RepetitionRange::Bounded(min, max)) => (*min, Some(*max)),
        };
        if matches!(&*repetition.ast, Ast::Repetition(_)) {
            // To Java, `a++` takes what it can and gives nothing back.
            return Err(PatternError::Inexpressible("a repeat of a repeat"));
        }
        let part = self.part(&repetition.ast, false, false)?;
        Ok(Part::Repeat(Box::new(part), min, max))
    }

    fn set(&mut self, flags: &Flags) -> Result<(), PatternError> {
        let mut on = true;
        for item in &flags.items {
            match item.kind {
                FlagsItemKind::Negation => on = false,
                FlagsItemKind::Flag(Flag::DotMatchesNewLine) => self.dot_matches_all = on,
                FlagsItemKind::Flag(Flag::CaseInsensitive) => self.ignores_case = on,
                FlagsItemKind::Flag(_) => return Err(PatternError::Inexpressible("a flag that isn't `s` or `i`")),
            }
        }
        Ok(())
    }
}

impl Part {
    /// The part as an expression of Rust. `class` gives the expression of a set.
    pub fn expression(&self, class: &mut dyn FnMut(&Set) -> String) -> String {
        let list = |parts: &[Self], class: &mut dyn FnMut(&Set) -> String| {
            let parts: Vec<String> = parts.iter().map(|part| part.expression(class)).collect();
            parts.join(", ")
        };
        match self {
            Self::Class(set) => format!("Part::Class({})", class(set)),
            Self::Text(text) => format!("Part::Text({text:?})"),
            Self::Sequence(parts) => format!("Part::Sequence(&[{}])", list(parts, class)),
            Self::Either(parts) => format!("Part::Either(&[{}])", list(parts, class)),
            Self::Repeat(part, min, max) => {
                let max = max.map_or("UNBOUNDED".to_owned(), |max| max.to_string());
                format!("Part::Repeat(&{}, {min}, {max})", part.expression(class))
            }
        }
    }

    /// Whether a repeat in it has no limit.
    pub fn is_unbounded(&self) -> bool {
        match self {
            Self::Class(_) | Self::Text(_) => false,
            Self::Sequence(parts) | Self::Either(parts) => parts.iter().any(Self::is_unbounded),
            Self::Repeat(part, _, max) => max.is_none() || part.is_unbounded(),
        }
    }
}
