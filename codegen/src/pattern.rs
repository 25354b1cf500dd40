//! Regular expressions of models: from Java's syntax and meaning to those of the `regex` crate.
//!
//! AWS's services are written in Java and match whole strings (`Matcher.matches`): a user pool id with a space before
//! it is refused by `[\w-]+_[0-9a-zA-Z]+`. To Java, `\w`, `\d`, `\s` and POSIX classes are ASCII, `.` stops at five
//! line ends, `(?i)` knows ASCII's letters only, and `\v` is six characters. All of that is written out here, so that
//! the result depends on no flag. What can't be expressed exactly is an error, never a guess.
//!
//! Source: the documentation of `java.util.regex.Pattern`, Java 17.

mod class;
mod error;

pub use error::PatternError;

use class::{Class, in_both_cases};
use regex::{Regex, RegexBuilder};
use regex_syntax::ast::parse::ParserBuilder;
use regex_syntax::ast::{
    AssertionKind, Ast, Flag, Flags, FlagsItemKind, GroupKind, Literal, LiteralKind, Repetition, RepetitionKind,
    RepetitionRange, SpecialLiteralKind,
};

/// The expression of the `regex` crate that matches, between `\A` and `\z`, the strings that the pattern matches in Java
/// as a whole.
///
/// # Errors
/// There is no such expression, or it isn't known.
pub fn translate(pattern: &str) -> Result<String, PatternError> {
    let ast = ParserBuilder::new()
        .build()
        .parse(&with_scalars(pattern))
        .map_err(|error| PatternError::Syntax(error.kind().to_string()))?;
    let expression = Translator::default().expression(&ast, true)?;
    match compile(&expression) {
        Ok(_) => Ok(expression),
        Err(regex::Error::CompiledTooBig(limit)) => Err(PatternError::Large(format!("{limit} bytes"))),
        Err(error) => Err(PatternError::Syntax(error.to_string())),
    }
}

/// Whether a pattern that has a translation doesn't match a text.
pub fn forbids(pattern: &str, text: &str) -> bool {
    let regex = translate(pattern).ok().and_then(|expression| compile(&expression).ok());
    regex.is_some_and(|regex| !regex.is_match(text))
}

/// The memory that a compiled pattern may take, in bytes. The largest of Cognito's takes an eighth of it.
const MEMORY: usize = 2 << 20;

/// The expression, as the runtime compiles it, but for the limit.
fn compile(expression: &str) -> Result<Regex, regex::Error> {
    let whole = format!(r"\A(?:{expression})\z");
    RegexBuilder::new(&whole).size_limit(MEMORY).build()
}

/// The pattern with each pair of escaped surrogates, which is how Java writes a character beyond U+FFFF, as one escape.
fn with_scalars(pattern: &str) -> String {
    let surrogate = |text: &str| -> Option<u32> {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        u32::from_str_radix(digits, 16).ok()
    };
    let mut result = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let pair = surrogate(rest).zip(rest.get(6..).and_then(surrogate));
        let taken = match pair {
            Some((high @ 0xd800..=0xdbff, low @ 0xdc00..=0xdfff)) => {
                let scalar = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                result.push_str(&format!("\\x{{{scalar:x}}}"));
                12
            }
            // An escape is two characters, of which the second may be a backslash.
            _ => {
                let escaped = rest[c.len_utf8()..].chars().next().filter(|_| c == '\\');
                let taken = c.len_utf8() + escaped.map_or(0, char::len_utf8);
                result.push_str(&rest[..taken]);
                taken
            }
        };
        rest = &rest[taken..];
    }
    result
}

/// The flags at some place in a pattern.
#[derive(Debug, Clone, Copy, Default)]
struct Translator {
    dot_matches_all: bool,
    ignores_case: bool,
}

impl Translator {
    /// The expression of `ast`; `last` says whether nothing comes after it.
    fn expression(&mut self, ast: &Ast, last: bool) -> Result<String, PatternError> {
        Ok(match ast {
            Ast::Empty(_) => String::new(),
            Ast::Flags(flags) => {
                self.set(&flags.flags)?;
                String::new()
            }
            Ast::Literal(literal) => self.literal(literal),
            Ast::Dot(_) if self.dot_matches_all => "(?s:.)".to_owned(),
            Ast::Dot(_) => r"[^\n\r\x{85}\x{2028}\x{2029}]".to_owned(),
            Ast::Assertion(assertion) => match assertion.kind {
                AssertionKind::StartLine | AssertionKind::StartText => r"\A".to_owned(),
                AssertionKind::EndText => r"\z".to_owned(),
                AssertionKind::EndLine if last => String::new(),
                // It matches before a line end that is the last, too.
                AssertionKind::EndLine => return Err(PatternError::Inexpressible("a `$` that isn't at its end")),
                AssertionKind::WordBoundaryStartAngle => "<".to_owned(),
                AssertionKind::WordBoundaryEndAngle => ">".to_owned(),
                _ => {
                    return Err(PatternError::Inexpressible(
                        "a word boundary, of which Java has two kinds",
                    ));
                }
            },
            Ast::ClassUnicode(class) => Class::new(self.ignores_case).unicode(class)?.standing_alone(),
            Ast::ClassPerl(class) => Class::new(self.ignores_case).perl(class).standing_alone(),
            Ast::ClassBracketed(class) => Class::new(self.ignores_case).bracketed(class)?,
            Ast::Repetition(repetition) => self.repetition(repetition)?,
            Ast::Group(group) => {
                let mut inside = *self;
                if let GroupKind::NonCapturing(flags) = &group.kind {
                    inside.set(flags)?;
                }
                format!("(?:{})", inside.expression(&group.ast, last)?)
            }
            Ast::Alternation(alternation) => {
                let branches = alternation.asts.iter().map(|ast| self.expression(ast, last));
                branches.collect::<Result<Vec<_>, _>>()?.join("|")
            }
            Ast::Concat(concat) => {
                let says_nothing = |ast: &Ast| matches!(ast, Ast::Assertion(_) | Ast::Flags(_) | Ast::Empty(_));
                let parts = concat.asts.iter().enumerate().map(|(index, ast)| {
                    let last = last && concat.asts[index + 1..].iter().all(says_nothing);
                    self.expression(ast, last)
                });
                parts.collect::<Result<String, _>>()?
            }
        })
    }

    fn literal(self, literal: &Literal) -> String {
        if literal.kind == LiteralKind::Special(SpecialLiteralKind::VerticalTab) {
            return format!("[{}]", class::VERTICAL_SPACE);
        }
        match in_both_cases(literal.c).filter(|_| self.ignores_case) {
            Some((one, other)) => format!("[{one}{other}]"),
            None => class::escaped(literal.c),
        }
    }

    fn repetition(&mut self, repetition: &Repetition) -> Result<String, PatternError> {
        if matches!(&*repetition.ast, Ast::Repetition(_)) {
            // To Java, `a++` takes what it can and gives nothing back.
            return Err(PatternError::Inexpressible("a repeat of a repeat"));
        }
        // Which of several matches is found is all that `??`, `*?` and `+?` change.
        let times = match &repetition.op.kind {
            RepetitionKind::ZeroOrOne => "?".to_owned(),
            RepetitionKind::ZeroOrMore => "*".to_owned(),
            RepetitionKind::OneOrMore => "+".to_owned(),
            RepetitionKind::Range(RepetitionRange::Exactly(count)) => format!("{{{count}}}"),
            RepetitionKind::Range(RepetitionRange::AtLeast(min)) => format!("{{{min},}}"),
            RepetitionKind::Range(RepetitionRange::Bounded(min, max)) => format!("{{{min},{max}}}"),
        };
        Ok(format!("{}{times}", self.expression(&repetition.ast, false)?))
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

#[cfg(test)]
mod tests {
    use super::{PatternError, compile, translate};
    use regex::Regex;

    fn whole(pattern: &str) -> Regex {
        let expression = translate(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
        compile(&expression).expect("it was compiled before")
    }

    /// What Java's `Pattern.matches` says: the pattern, strings that match, strings that don't.
    #[test]
    fn a_pattern_matches_what_it_matches_in_java() {
        let cases: [(&str, &[&str], &[&str]); 30] = [
            (
                r"[\w-]+_[0-9a-zA-Z]+",
                &["eu-west-1_a"],
                &[" eu-west-1_a", "eu_a\n", "ü_a", ""],
            ),
            (r"\w+", &["aZ_9"], &["ü", "ٱ", "a-b"]),
            (r"\W", &["ü", " ", "\n"], &["a", "_"]),
            (r"\d", &["7"], &["٧", "a"]),
            (r"[^\d]", &["٧", "a"], &["7"]),
            (
                r"\s",
                &[" ", "\t", "\n", "\r", "\u{b}", "\u{c}"],
                &["\u{a0}", "\u{85}", "a"],
            ),
            (r"[\S]+", &["a\u{a0}b"], &["a b", "a\u{b}b"]),
            (
                r"\v",
                &["\n", "\u{b}", "\u{c}", "\r", "\u{85}", "\u{2028}", "\u{2029}"],
                &[" ", "a"],
            ),
            (r"[\v]", &["\u{2028}", "\n"], &["\t"]),
            (
                ".",
                &["a", "\t", "\u{b}", "\u{1f600}"],
                &["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}", "ab"],
            ),
            ("(?s).*", &["", "a\nb\u{2028}"], &[]),
            ("(?s:.).", &["\na"], &["a\n"]),
            ("(?i)aÄ", &["aÄ", "AÄ"], &["aä"]),
            ("(?i)[a-c_]", &["a", "B", "_"], &["d"]),
            ("(?i)[^a]", &["b"], &["a", "A"]),
            ("^a$|^b$", &["a", "b"], &["ab", "a\n", "\na"]),
            ("a^b", &[], &["ab", "a\nb"]),
            (r"\Aa\z", &["a"], &["a\n"]),
            (r"\<a\>", &["<a>"], &["a"]),
            (r"\p{L}+", &["aüж"], &["1", "\u{301}"]),
            (r"[^_\p{Z}]", &["a"], &["_", "\u{a0}", " "]),
            (r"\p{Alpha}\p{Punct}", &["a!"], &["ü!", "a1"]),
            (r"[\p{Print}&&[^|:/]]+", &["a b"], &["a|b", "ü"]),
            (r"\P{ASCII}", &["ü"], &["a"]),
            (r"\p{LD}", &["ж", "٣"], &["-", "½"]),
            (
                r"[\u0020-\uD7FF\uD800\uDC00-\uDBFF\uDFFF]+",
                &["a\u{1f600}"],
                &["\u{ffff}", "\n"],
            ),
            (r"\\uD800a", &["\\uD800a"], &["a"]),
            ("(a|)b{2,3}?c??", &["abb", "bbbc"], &["ab"]),
            ("[A-Za-z0-9-_+/=.]+", &["a-b_c+/=."], &["a b"]),
            (r"[a.\-\]\[#&~^\\]+", &["a.-][#&~^\\"], &["b"]),
        ];
        for (pattern, good, bad) in cases {
            let regex = whole(pattern);
            for text in good {
                assert!(regex.is_match(text), "{pattern} matches {text:?}: {regex}");
            }
            for text in bad {
                assert!(!regex.is_match(text), "{pattern} doesn't match {text:?}: {regex}");
            }
        }
    }

    #[test]
    fn what_has_no_exact_expression_is_an_error() {
        for pattern in [
            "^[0-9a-z]*(?<!\\.)$",
            "(?!aws:).+",
            "(?=.*x).*",
            "(a)\\1",
            "a++",
            "(?:a{2}){2}{3}",
            "a$b",
            "\\bword\\b",
            "(?m)^a",
            "(?x) a",
            "\\Qa\\E",
            "\\p{IsGreek}",
            "\\p{javaLowerCase}",
            "\\p{alpha}",
            "[[:alpha:]]",
            "[^a[b]]",
            "[a-z--b]",
            "[a~~b]",
            "(?i)\\p{Lu}",
            "\\uD800",
            "\\h",
            "\\R",
            "(",
        ] {
            assert!(translate(pattern).is_err(), "{pattern} has a translation");
        }
    }

    #[test]
    fn a_pattern_that_takes_much_memory_is_an_error() {
        let error = translate(r"(?:[\p{L}\p{N}]{1,200}){1,200}").err();
        assert!(matches!(error, Some(PatternError::Large(_))), "{error:?}");
    }
}
