//! Sets of characters, as patterns write them.

use super::PatternError;
use regex_syntax::ast::{
    ClassBracketed, ClassPerl, ClassPerlKind, ClassSet, ClassSetItem, ClassUnicode, ClassUnicodeKind,
};
use unicode_general_category::{GeneralCategory, get_general_category};

/// A set of characters: one bit for each of ASCII, the others by general category and by range.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Set {
    ascii: u128,
    categories: u32,
    ranges: Vec<(char, char)>,
}

use GeneralCategory as G;

/// The general categories: their name in the runtime, and the library's.
const CATEGORIES: [(&str, GeneralCategory); 29] = [
    ("LU", G::UppercaseLetter),
    ("LL", G::LowercaseLetter),
    ("LT", G::TitlecaseLetter),
    ("LM", G::ModifierLetter),
    ("LO", G::OtherLetter),
    ("MN", G::NonspacingMark),
    ("MC", G::SpacingMark),
    ("ME", G::EnclosingMark),
    ("ND", G::DecimalNumber),
    ("NL", G::LetterNumber),
    ("NO", G::OtherNumber),
    ("PC", G::ConnectorPunctuation),
    ("PD", G::DashPunctuation),
    ("PS", G::OpenPunctuation),
    ("PE", G::ClosePunctuation),
    ("PI", G::InitialPunctuation),
    ("PF", G::FinalPunctuation),
    ("PO", G::OtherPunctuation),
    ("SM", G::MathSymbol),
    ("SC", G::CurrencySymbol),
    ("SK", G::ModifierSymbol),
    ("SO", G::OtherSymbol),
    ("ZS", G::SpaceSeparator),
    ("ZL", G::LineSeparator),
    ("ZP", G::ParagraphSeparator),
    ("CC", G::Control),
    ("CF", G::Format),
    ("CO", G::PrivateUse),
    ("CN", G::Unassigned),
];
const ALL: u32 = (1 << CATEGORIES.len()) - 1;
/// The line ends of Java beyond ASCII.
const LINE_ENDS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

impl Set {
    fn empty() -> Self {
        Self {
            ascii: 0,
            categories: 0,
            ranges: Vec::new(),
        }
    }

    /// All characters.
    pub fn all() -> Self {
        Self {
            ascii: u128::MAX,
            categories: ALL,
            ranges: Vec::new(),
        }
    }

    /// What a dot stands for.
    pub fn all_but_line_ends() -> Self {
        let mut ends = Self::of_chars(['\n', '\r']);
        ends.ranges = complement(LINE_ENDS.map(|c| (c, c)).to_vec());
        Self {
            ascii: !ends.ascii,
            ..ends
        }
    }

    /// These characters.
    pub fn of_chars(chars: impl IntoIterator<Item = char>) -> Self {
        let mut set = Self::empty();
        for c in chars {
            set.add_range(c, c);
        }
        set
    }

    fn add_range(&mut self, first: char, last: char) {
        for c in (first..=last).take_while(char::is_ascii) {
            self.ascii |= 1 << u32::from(c);
        }
        if !last.is_ascii() {
            self.ranges.push((first.max('\u{80}'), last));
        }
    }

    fn add(&mut self, other: &Self) {
        self.ascii |= other.ascii;
        self.categories |= other.categories;
        self.ranges.extend(&other.ranges);
        if self.categories == ALL {
            self.ranges.clear();
        }
    }

    fn negated(self) -> Result<Self, PatternError> {
        let ascii = !self.ascii;
        match (self.categories, self.ranges.is_empty()) {
            (categories, true) => Ok(Self {
                ascii,
                categories: ALL & !categories,
                ranges: Vec::new(),
            }),
            (0, false) => Ok(Self {
                ascii,
                categories: 0,
                ranges: complement(self.ranges),
            }),
            _ => Err(PatternError::Inexpressible(
                "a negated class of categories and of characters beyond ASCII",
            )),
        }
    }

    /// The set with the other case of each of its letters. Java knows only ASCII's here.
    pub(super) fn in_both_cases(mut self) -> Result<Self, PatternError> {
        for upper in 'A'..='Z' {
            let (upper, lower) = (1 << u32::from(upper), 1 << u32::from(upper.to_ascii_lowercase()));
            if self.ascii & (upper | lower) != 0 {
                self.ascii |= upper | lower;
            }
        }
        Ok(self)
    }

    pub(super) fn of_perl(class: &ClassPerl) -> Self {
        let ascii = |is: fn(&char) -> bool| Self::of_chars(('\0'..='\x7f').filter(is));
        let set = match class.kind {
            ClassPerlKind::Digit => ascii(char::is_ascii_digit),
            // Java's `\s` has the vertical tab, which `is_ascii_whitespace` hasn't.
            ClassPerlKind::Space => Self::of_chars([' ', '\t', '\n', '\x0b', '\x0c', '\r']),
            ClassPerlKind::Word => ascii(|c| c.is_ascii_alphanumeric() || *c == '_'),
        };
        if class.negated {
            Self {
                ascii: !set.ascii,
                categories: ALL,
                ranges: Vec::new(),
            }
        } else {
            set
        }
    }

    pub(super) fn of_unicode(class: &ClassUnicode) -> Result<Self, PatternError> {
        let name = match &class.kind {
            ClassUnicodeKind::OneLetter(letter) => letter.to_string(),
            ClassUnicodeKind::Named(name) => name.clone(),
            ClassUnicodeKind::NamedValue { .. } => String::new(),
        };
        let is = |known: &str| known == name.to_ascii_uppercase() || name.len() == 1 && known.starts_with(&name);
        // Java tells `\p{L}` from `\p{l}`, which is nothing.
        let well_formed = name.starts_with(|c: char| c.is_ascii_uppercase()) && name.len() <= 2;
        let mut set = Self::empty();
        for (bit, (_, category)) in CATEGORIES
            .iter()
            .enumerate()
            .filter(|(_, (known, _))| well_formed && is(known))
        {
            set.categories |= 1 << bit;
            let chars = ('\0'..='\x7f').filter(|c| get_general_category(*c) == *category);
            set.ascii |= Self::of_chars(chars).ascii;
        }
        if set.categories == 0 {
            return Err(PatternError::Inexpressible(
                "a class of Unicode that isn't a general category",
            ));
        }
        if class.negated { set.negated() } else { Ok(set) }
    }

    pub(super) fn of_bracketed(class: &ClassBracketed) -> Result<Self, PatternError> {
        let mut set = Self::empty();
        match &class.kind {
            ClassSet::Item(item) => set.add_item(item)?,
            ClassSet::BinaryOp(_) => return Err(PatternError::Inexpressible("a class of classes")),
        }
        if class.negated { set.negated() } else { Ok(set) }
    }

    fn add_item(&mut self, item: &ClassSetItem) -> Result<(), PatternError> {
        match item {
            ClassSetItem::Empty(_) => {}
            ClassSetItem::Literal(literal) => self.add_range(literal.c, literal.c),
            ClassSetItem::Range(range) => self.add_range(range.start.c, range.end.c),
            // To Java, `[[:alpha:]]` is a class of some letters and a colon.
            ClassSetItem::Ascii(_) => return Err(PatternError::Inexpressible("a class of POSIX")),
            ClassSetItem::Unicode(class) => self.add(&Self::of_unicode(class)?),
            ClassSetItem::Perl(class) => self.add(&Self::of_perl(class)),
            ClassSetItem::Bracketed(class) => self.add(&Self::of_bracketed(class)?),
            ClassSetItem::Union(union) => {
                for item in &union.items {
                    self.add_item(item)?;
                }
            }
        }
        Ok(())
    }

    /// The set as an expression of Rust.
    pub fn expression(&self) -> String {
        let ranges: Vec<String> = self
            .ranges
            .iter()
            .map(|(first, last)| format!("('\\u{{{:x}}}', '\\u{{{:x}}}')", u32::from(*first), u32::from(*last)))
            .collect();
        format!(
            "Class {{ ascii: 0x{:032x}, categories: {}, ranges: &[{}] }}",
            self.ascii,
            self.categories_expression(),
            ranges.join(", ")
        )
    }

    fn categories_expression(&self) -> String {
        if self.categories == ALL {
            return "category::ALL".to_owned();
        }
        let mut names: Vec<String> = Vec::new();
        for major in ["L", "M", "N", "P", "S", "Z", "C"] {
            let minors = || {
                (0u32..)
                    .zip(CATEGORIES)
                    .filter(|(_, (name, _))| name.starts_with(major))
            };
            let has = |(bit, _): &(u32, _)| self.categories >> bit & 1 == 1;
            if minors().all(|minor| has(&minor)) {
                names.push(format!("category::{major}"));
            } else {
                names.extend(minors().filter(has).map(|(_, (name, _))| format!("category::{name}")));
            }
        }
        if names.is_empty() {
            "0".to_owned()
        } else {
            names.join(" | ")
        }
    }
}

/// All characters beyond ASCII that aren't in the ranges.
fn complement(mut ranges: Vec<(char, char)>) -> Vec<(char, char)> {
    ranges.sort_unstable();
    let mut rest = Vec::new();
    let mut next = Some('\u{80}');
    for (first, last) in ranges {
        let Some(from) = next else { break };
        if let Some(before) = before(first).filter(|before| *before >= from) {
            rest.push((from, before));
        }
        next = after(last).map(|after| after.max(from));
    }
    rest.extend(next.map(|from| (from, char::MAX)));
    rest
}

fn before(c: char) -> Option<char> {
    ('\0'..c).next_back()
}

fn after(c: char) -> Option<char> {
    (c..=char::MAX).nth(1)
}
