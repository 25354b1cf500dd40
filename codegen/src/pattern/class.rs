//! Classes of characters, as patterns write them.

use super::error::PatternError;
use regex_syntax::ast::{
    ClassBracketed, ClassPerl, ClassPerlKind, ClassSet, ClassSetBinaryOp, ClassSetBinaryOpKind, ClassSetItem,
    ClassUnicode, ClassUnicodeKind, Literal, LiteralKind, SpecialLiteralKind,
};

/// What `\v` is to Java, inside of brackets.
pub(super) const VERTICAL_SPACE: &str = r"\n\x0b\x0c\r\x{85}\x{2028}\x{2029}";

/// Java's names of classes of ASCII, and the `regex` crate's.
const ASCII: [(&str, &str); 13] = [
    ("ASCII", "ascii"),
    ("Alnum", "alnum"),
    ("Alpha", "alpha"),
    ("Blank", "blank"),
    ("Cntrl", "cntrl"),
    ("Digit", "digit"),
    ("Graph", "graph"),
    ("Lower", "lower"),
    ("Print", "print"),
    ("Punct", "punct"),
    ("Space", "space"),
    ("Upper", "upper"),
    ("XDigit", "xdigit"),
];

/// The general categories of Unicode, which Java and the `regex` crate name alike.
const CATEGORIES: [&str; 36] = [
    "C", "Cc", "Cf", "Cn", "Co", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N", "Nd", "Nl", "No", "P",
    "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs",
];

/// The letter and its other case. To Java, only ASCII's letters have one here.
pub(super) fn in_both_cases(c: char) -> Option<(char, char)> {
    let other = if c.is_ascii_lowercase() {
        c.to_ascii_uppercase()
    } else {
        c.to_ascii_lowercase()
    };
    (other != c).then_some((c, other))
}

/// The character, in or out of brackets.
pub(super) fn escaped(c: char) -> String {
    if c.is_ascii_graphic() || c == ' ' {
        regex_syntax::escape(c.encode_utf8(&mut [0; 4]))
    } else {
        format!("\\x{{{:x}}}", u32::from(c))
    }
}

/// What comes between brackets, as far as it is translated.
pub(super) struct Class {
    text: String,
    ignores_case: bool,
}

impl Class {
    pub(super) fn new(ignores_case: bool) -> Self {
        Self {
            text: String::new(),
            ignores_case,
        }
    }

    /// The class as a part of a pattern.
    pub(super) fn standing_alone(self) -> String {
        format!("[{}]", self.text)
    }

    /// With `\w`, `\d` or `\s`.
    pub(super) fn perl(self, class: &ClassPerl) -> Self {
        let name = match class.kind {
            ClassPerlKind::Digit => "digit",
            ClassPerlKind::Space => "space",
            ClassPerlKind::Word => "word",
        };
        self.ascii(name, class.negated)
    }

    fn ascii(mut self, name: &str, negated: bool) -> Self {
        let not = if negated { "^" } else { "" };
        self.text += &format!("[:{not}{name}:]");
        self
    }

    /// With `\p{…}`.
    pub(super) fn unicode(mut self, class: &ClassUnicode) -> Result<Self, PatternError> {
        let name = match &class.kind {
            ClassUnicodeKind::OneLetter(letter) => letter.to_string(),
            ClassUnicodeKind::Named(name) => name.clone(),
            ClassUnicodeKind::NamedValue { .. } => String::new(),
        };
        if self.ignores_case {
            return Err(PatternError::Inexpressible("a class of Unicode that ignores case"));
        }
        let letter = if class.negated { 'P' } else { 'p' };
        if let Some((_, name)) = ASCII.iter().find(|(java, _)| *java == name) {
            return Ok(self.ascii(name, class.negated));
        }
        self.text += &if CATEGORIES.contains(&name.as_str()) {
            format!("\\{letter}{{{name}}}")
        } else if name == "LD" && !class.negated {
            r"\p{L}\p{Nd}".to_owned()
        } else {
            return Err(PatternError::Inexpressible(
                "a class of Unicode that isn't a general category",
            ));
        };
        Ok(self)
    }

    /// What stands in brackets, brackets included.
    pub(super) fn bracketed(self, class: &ClassBracketed) -> Result<String, PatternError> {
        let not = if class.negated { "^" } else { "" };
        if class.negated && has_classes(&class.kind) {
            // Java has negated the first of several classes, later all of them.
            return Err(PatternError::Inexpressible("a negated class of classes"));
        }
        Ok(format!("[{not}{}]", self.set(&class.kind)?.text))
    }

    fn set(self, set: &ClassSet) -> Result<Self, PatternError> {
        match set {
            ClassSet::Item(item) => self.item(item),
            ClassSet::BinaryOp(ClassSetBinaryOp {
                kind: ClassSetBinaryOpKind::Intersection,
                lhs,
                rhs,
                ..
            }) => {
                let mut both = self.set(lhs)?;
                both.text += "&&";
                both.set(rhs)
            }
            // To Java, they are two characters.
            ClassSet::BinaryOp(_) => Err(PatternError::Inexpressible("`--` or `~~` in a class")),
        }
    }

    fn item(mut self, item: &ClassSetItem) -> Result<Self, PatternError> {
        match item {
            ClassSetItem::Empty(_) => Ok(self),
            ClassSetItem::Literal(literal) if is_vertical_space(literal) => {
                self.text += VERTICAL_SPACE;
                Ok(self)
            }
            ClassSetItem::Literal(literal) => Ok(self.range(literal.c, literal.c)),
            ClassSetItem::Range(range) if is_vertical_space(&range.start) || is_vertical_space(&range.end) => {
                Err(PatternError::Inexpressible("a range that begins or ends with a class"))
            }
            ClassSetItem::Range(range) => Ok(self.range(range.start.c, range.end.c)),
            // To Java, `[:alpha:]` is a class of a colon and some letters; who wrote it meant something else.
            ClassSetItem::Ascii(_) => Err(PatternError::Inexpressible("a class of POSIX in POSIX's syntax")),
            ClassSetItem::Unicode(class) => self.unicode(class),
            ClassSetItem::Perl(class) => Ok(self.perl(class)),
            ClassSetItem::Bracketed(class) => {
                let inner = Self::new(self.ignores_case).bracketed(class)?;
                self.text += &inner;
                Ok(self)
            }
            ClassSetItem::Union(union) => union.items.iter().try_fold(self, Self::item),
        }
    }

    fn range(mut self, first: char, last: char) -> Self {
        self.push(first, last);
        if self.ignores_case {
            for (a, z) in [('a', 'z'), ('A', 'Z')] {
                let (first, last) = (first.max(a), last.min(z));
                if let (true, Some((_, first)), Some((_, last))) =
                    (first <= last, in_both_cases(first), in_both_cases(last))
                {
                    self.push(first, last);
                }
            }
        }
        self
    }

    fn push(&mut self, first: char, last: char) {
        self.text += &escaped(first);
        if first != last {
            self.text += &format!("-{}", escaped(last));
        }
    }
}

fn is_vertical_space(literal: &Literal) -> bool {
    literal.kind == LiteralKind::Special(SpecialLiteralKind::VerticalTab)
}

/// Whether there is a class inside of the class, or an operation on classes.
fn has_classes(set: &ClassSet) -> bool {
    match set {
        ClassSet::BinaryOp(_) => true,
        ClassSet::Item(ClassSetItem::Bracketed(_)) => true,
        ClassSet::Item(ClassSetItem::Union(union)) => union
            .items
            .iter()
            .any(|item| matches!(item, ClassSetItem::Bracketed(_))),
        ClassSet::Item(_) => false,
    }
}
