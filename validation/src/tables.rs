//! The tables of a service, read from the text that the generator writes.
//!
//! The tables are a text and not Rust, because the compiler takes a text as it is. As statics, the same tables made a
//! crate's check execute 6.5 % more instructions. The text is read once, when the first value is checked.
//!
//! ```text
//! # A comment.
//! operation SignUp SignUpRequest
//! structure SignUpRequest
//!   Username UsernameType required
//!   ClientMetadata ClientMetadataType
//! secret text UsernameType 1..128
//!   [\p{L}]+
//!   [\p{L}]+
//! map ClientMetadataType StringType StringType
//! enum DeliveryMediumType
//!   SMS
//!   EMAIL
//! ```
//!
//! A shape is a line: whether it is secret, its kind and name, the shapes in a list or map, and the bounds of its
//! length or value. The lines under it are a structure's members, an enum's values, or a pattern. A pattern has two
//! lines: the model's, in Java's syntax, and an expression of the `regex` crate.

use crate::pattern::Pattern;
use crate::shape::{ANY, Kind, Member, Shape, ShapeId, Structure};
use std::collections::HashMap;
use std::sync::Arc;

/// The shapes of a service.
#[derive(Debug)]
pub(crate) struct Tables {
    shapes: Vec<Shape>,
    names: HashMap<&'static str, ShapeId>,
    /// The input of each operation, by the operation's name.
    inputs: HashMap<&'static str, &'static str>,
    /// The text as which an absent enum is read.
    absent: &'static str,
}

impl Tables {
    /// Reads the text. An undefined name is a shape without constraints, but the generator writes none.
    pub(crate) fn read(text: &'static str, absent: &'static str) -> Self {
        let mut reader = Reader {
            tables: Self {
                shapes: Vec::new(),
                names: HashMap::new(),
                inputs: HashMap::new(),
                absent,
            },
            patterns: HashMap::new(),
        };
        let mut lines = text.lines().filter(|line| !line.starts_with('#')).peekable();
        while let Some(head) = lines.next() {
            let mut below = Vec::new();
            while let Some(line) = lines.next_if(|line| line.starts_with(INDENT)) {
                below.push(&line[INDENT.len()..]);
            }
            reader.entry(head, &below);
        }
        reader.tables
    }

    /// The text as which a required member of an enum type is read if it is absent.
    pub(crate) fn absent(&self) -> &'static str {
        self.absent
    }

    /// The shape at that place.
    pub(crate) fn get(&self, id: ShapeId) -> &Shape {
        self.shapes.get(id.0 as usize).unwrap_or(&ANY)
    }

    /// The shape of that name in the model.
    pub(crate) fn named(&self, name: &str) -> &Shape {
        self.names.get(name).map_or(&ANY, |id| self.get(*id))
    }

    /// The input of the operation of that name.
    pub(crate) fn input(&self, operation: &str) -> &'static str {
        self.inputs.get(operation).copied().unwrap_or_default()
    }
}

/// The indentation of lines that belong to the line above.
const INDENT: &str = "  ";

struct Reader {
    tables: Tables,
    /// A pattern that several shapes have is compiled once.
    patterns: HashMap<&'static str, Arc<Pattern>>,
}

impl Reader {
    /// Reads a line, and those that belong to it.
    fn entry(&mut self, head: &'static str, below: &[&'static str]) {
        let mut words = head.split(' ').peekable();
        let sensitive = words.next_if_eq(&"secret").is_some();
        let kind = words.next().unwrap_or_default();
        let name = words.next().unwrap_or_default();
        if kind == "operation" {
            let input = words.next().unwrap_or_default();
            self.tables.inputs.insert(name, input);
            return;
        }
        let mut target = || words.next().unwrap_or_default();
        let kind = match kind {
            "text" => Kind::Text,
            "enum" => Kind::Enum(below.to_vec()),
            "blob" => Kind::Blob,
            "number" => Kind::Number,
            "list" => Kind::List(self.id(target())),
            "map" => Kind::Map(self.id(target()), self.id(target())),
            "structure" => Kind::Structure(Structure {
                name,
                members: below.iter().map(|line| self.member(line)).collect(),
            }),
            _ => Kind::Any,
        };
        let pattern = match (&kind, below) {
            (Kind::Text, [text, expression]) => Some(self.pattern(text, expression)),
            _ => None,
        };
        let (min, max) = words
            .next()
            .and_then(|bounds| bounds.split_once(".."))
            .unwrap_or_default();
        let shape = Shape {
            kind,
            sensitive,
            min: min.parse().ok(),
            max: max.parse().ok(),
            pattern,
        };
        let id = self.id(name);
        self.tables.shapes[id.0 as usize] = shape;
    }

    fn member(&mut self, line: &'static str) -> Member {
        let mut words = line.split(' ');
        Member {
            name: words.next().unwrap_or_default(),
            shape: self.id(words.next().unwrap_or_default()),
            required: words.next() == Some("required"),
        }
    }

    /// The place of a shape, which may be read later.
    fn id(&mut self, name: &'static str) -> ShapeId {
        let Tables { shapes, names, .. } = &mut self.tables;
        *names.entry(name).or_insert_with(|| {
            shapes.push(Shape::any());
            // A model has far fewer shapes than 2^32.
            ShapeId(shapes.len() as u32 - 1)
        })
    }

    fn pattern(&mut self, text: &'static str, expression: &'static str) -> Arc<Pattern> {
        let new = || Arc::new(Pattern::new(text, expression));
        Arc::clone(self.patterns.entry(text).or_insert_with(new))
    }
}

#[cfg(test)]
mod tests {
    use super::Tables;
    use crate::shape::Kind;
    use std::sync::Arc;

    const TEXT: &str = "\
# A comment.
structure Request
  Name NameType required
  Later LaterType
  Nowhere NowhereType
secret text NameType 1..128
  a b
  [ab] \u{20}
text Other
  a b
  [ab] \u{20}
number LaterType -1..
map Labels NameType LaterType ..3
enum Words
  two words
operation Ask Request
";

    #[test]
    fn a_text_is_read_as_it_is_described() {
        let tables = Tables::read(TEXT, "");
        let request = tables.named(tables.input("Ask"));
        let Kind::Structure(request) = &request.kind else {
            panic!("{request:?} is a structure");
        };
        let members: Vec<(&str, bool)> = request
            .members
            .iter()
            .map(|member| (member.name, member.required))
            .collect();
        assert_eq!(members, [("Name", true), ("Later", false), ("Nowhere", false)]);

        let name = tables.get(request.members[0].shape);
        assert!(name.sensitive && matches!(name.kind, Kind::Text));
        assert_eq!((name.min, name.max), (Some(1), Some(128)));
        let pattern = name.pattern.as_ref().expect("a pattern");
        assert_eq!(pattern.as_str(), "a b");
        assert!(pattern.matches("a  "), "the spaces at its end are the expression's");
        let other = tables.named("Other").pattern.as_ref().expect("a pattern");
        assert!(Arc::ptr_eq(pattern, other), "equal patterns are one");

        let later = tables.get(request.members[1].shape);
        assert!(matches!(later.kind, Kind::Number));
        assert_eq!((later.min, later.max), (Some(-1), None));
        let labels = tables.named("Labels");
        let Kind::Map(keys, values) = labels.kind else {
            panic!("{labels:?} is a map");
        };
        assert_eq!((labels.min, labels.max), (None, Some(3)));
        assert!(matches!(
            (&tables.get(keys).kind, &tables.get(values).kind),
            (Kind::Text, Kind::Number)
        ));
        assert!(matches!(&tables.named("Words").kind, Kind::Enum(values) if *values == ["two words"]));
    }

    #[test]
    fn nothing_is_demanded_of_what_is_not_there() {
        let tables = Tables::read(TEXT, "");
        assert!(matches!(tables.named(tables.input("Answer")).kind, Kind::Any));
        let any = tables.named("NowhereType");
        assert!(matches!(any.kind, Kind::Any) && any.min.is_none() && any.pattern.is_none() && !any.sensitive);
        assert!(matches!(tables.named("Elsewhere").kind, Kind::Any));
    }
}
