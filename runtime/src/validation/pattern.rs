//! Patterns as data: the generator parses the model's regular expressions, and this walks what it made of them.
//!
//! Nearly all patterns of AWS's models are a class of characters with a repeat, or a few of them in a row. A regex
//! engine would cost users its build, and each pattern with `\p{L}` milliseconds at its first use; this costs
//! neither. There is no backtracking: each part maps the set of positions at which it may begin to the set at which it
//! may end, so that no text makes it slow.

use unicode_general_category::{GeneralCategory, get_general_category};

/// A regular expression that a whole string must match.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    part: Part,
}

/// A part of a [`Pattern`].
#[derive(Debug)]
pub enum Part {
    /// One character of a class.
    Class(&'static Class),
    /// This text.
    Text(&'static str),
    /// One part after the other.
    Sequence(&'static [Part]),
    /// One of several.
    Either(&'static [Part]),
    /// A part from so many times to so many times; [`UNBOUNDED`] for as often as one likes.
    Repeat(&'static Part, u32, u32),
}

/// The greatest number of repeats of a part that has none.
pub const UNBOUNDED: u32 = u32::MAX;

/// A set of characters.
#[derive(Debug)]
pub struct Class {
    /// A bit for each character of ASCII.
    pub ascii: u128,
    /// The [categories](category) of the others.
    pub categories: u32,
    /// Ranges of the others, first and last one included.
    pub ranges: &'static [(char, char)],
}

impl Pattern {
    /// A pattern: as the model writes it, and taken apart.
    pub const fn new(text: &'static str, part: Part) -> Self {
        Self { text, part }
    }

    /// The pattern as the model writes it.
    pub fn as_str(&self) -> &'static str {
        self.text
    }

    /// Whether the whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        if let Part::Repeat(Part::Class(class), min, max) = &self.part {
            let mut count: u32 = 0;
            let all = text.chars().all(|c| {
                count = count.saturating_add(1);
                class.contains(c)
            });
            return all && (*min..=*max).contains(&count);
        }
        let ends = self.part.ends(text, &[0]);
        ends.last() == Some(&text.len())
    }
}

impl Class {
    fn contains(&self, c: char) -> bool {
        if c.is_ascii() {
            return self.ascii >> (c as u32) & 1 == 1;
        }
        self.categories & category::of(c) != 0 || self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&c))
    }
}

impl Part {
    /// Where it ends in `text` if it begins at one of the `starts`. Both are byte positions, ascending, each once.
    fn ends(&self, text: &str, starts: &[usize]) -> Vec<usize> {
        match self {
            Self::Class(class) => {
                let next = |start: &usize| {
                    let c = text[*start..].chars().next()?;
                    class.contains(c).then(|| start + c.len_utf8())
                };
                starts.iter().filter_map(next).collect()
            }
            Self::Text(part) => {
                let begins = |start: &&usize| text[**start..].starts_with(part);
                starts.iter().filter(begins).map(|start| start + part.len()).collect()
            }
            Self::Sequence(parts) => {
                let mut ends = starts.to_vec();
                for part in *parts {
                    if ends.is_empty() {
                        break;
                    }
                    ends = part.ends(text, &ends);
                }
                ends
            }
            Self::Either(parts) => {
                let mut ends: Vec<usize> = parts.iter().flat_map(|part| part.ends(text, starts)).collect();
                ends.sort_unstable();
                ends.dedup();
                ends
            }
            Self::Repeat(Self::Class(class), min, UNBOUNDED) => run(class, *min, text, starts),
            Self::Repeat(part, min, max) => part.repeated(*min, *max, text, starts),
        }
    }

    fn repeated(&self, min: u32, max: u32, text: &str, starts: &[usize]) -> Vec<usize> {
        let mut ends: Vec<usize> = if min == 0 { starts.to_vec() } else { Vec::new() };
        let mut open = starts.to_vec();
        for round in 1..=max {
            open = self.ends(text, &open);
            if round >= min {
                // What was reached before leads nowhere new.
                open.retain(|end| ends.binary_search(end).is_err());
                ends.extend(&open);
                ends.sort_unstable();
            }
            if open.is_empty() {
                break;
            }
        }
        ends
    }
}

/// The ends of a run of characters of a class: once through the text, however many starts there are.
fn run(class: &Class, min: u32, text: &str, starts: &[usize]) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    for &start in starts {
        let mut position = start;
        let mut count = 0;
        let mut rest = text[start..].chars();
        loop {
            if count >= min && ends.last().is_none_or(|last| *last < position) {
                ends.push(position);
            } else if count >= min && ends.last().is_some_and(|last| *last > position) {
                // A run that began earlier has been here, and went on as far as this one would.
                break;
            }
            match rest.next() {
                Some(c) if class.contains(c) => position += c.len_utf8(),
                _ => break,
            }
            count += 1;
        }
    }
    ends
}

/// The general categories of Unicode, as bits of [`Class::categories`].
pub mod category {
    use super::{GeneralCategory, get_general_category};

    macro_rules! categories {
        ($($name:ident $variant:ident = $bit:literal: $doc:literal;)*) => {
            $(
                #[doc = $doc]
                pub const $name: u32 = 1 << $bit;
            )*

            /// The category of a character, as a bit.
            pub(super) fn of(c: char) -> u32 {
                match get_general_category(c) {
                    $(GeneralCategory::$variant => $name,)*
                    // Unassigned; the library may learn of new ones.
                    _ => CN,
                }
            }
        };
    }

    categories! {
        LU UppercaseLetter = 0: "Upper-case letters.";
        LL LowercaseLetter = 1: "Lower-case letters.";
        LT TitlecaseLetter = 2: "Title-case letters.";
        LM ModifierLetter = 3: "Modifier letters.";
        LO OtherLetter = 4: "Other letters.";
        MN NonspacingMark = 5: "Marks without width.";
        MC SpacingMark = 6: "Marks with a width.";
        ME EnclosingMark = 7: "Enclosing marks.";
        ND DecimalNumber = 8: "Decimal digits.";
        NL LetterNumber = 9: "Numbers that are letters.";
        NO OtherNumber = 10: "Other numbers.";
        PC ConnectorPunctuation = 11: "Punctuation that connects.";
        PD DashPunctuation = 12: "Dashes.";
        PS OpenPunctuation = 13: "Opening brackets.";
        PE ClosePunctuation = 14: "Closing brackets.";
        PI InitialPunctuation = 15: "Opening quotation marks.";
        PF FinalPunctuation = 16: "Closing quotation marks.";
        PO OtherPunctuation = 17: "Other punctuation.";
        SM MathSymbol = 18: "Mathematical symbols.";
        SC CurrencySymbol = 19: "Currency signs.";
        SK ModifierSymbol = 20: "Modifier symbols.";
        SO OtherSymbol = 21: "Other symbols.";
        ZS SpaceSeparator = 22: "Spaces.";
        ZL LineSeparator = 23: "The line separator.";
        ZP ParagraphSeparator = 24: "The paragraph separator.";
        CC Control = 25: "Control characters.";
        CF Format = 26: "Format characters.";
        CO PrivateUse = 27: "Characters of private use.";
    }

    /// Characters that aren't assigned.
    pub const CN: u32 = 1 << 28;
    /// Letters.
    pub const L: u32 = LU | LL | LT | LM | LO;
    /// Marks.
    pub const M: u32 = MN | MC | ME;
    /// Numbers.
    pub const N: u32 = ND | NL | NO;
    /// Punctuation.
    pub const P: u32 = PC | PD | PS | PE | PI | PF | PO;
    /// Symbols.
    pub const S: u32 = SM | SC | SK | SO;
    /// Separators.
    pub const Z: u32 = ZS | ZL | ZP;
    /// Control, format, private and unassigned characters.
    pub const C: u32 = CC | CF | CO | CN;
    /// All.
    pub const ALL: u32 = (1 << 29) - 1;
}
