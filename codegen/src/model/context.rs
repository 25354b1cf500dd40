//! Context parameters: what an operation, or its input, says to the endpoint rules.

use serde_json::Value;

use crate::read::{Cursor, is_identifier};

/// The types of the endpoint rules' parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterType {
    /// A string.
    String,
    /// A boolean.
    Bool,
    /// A list of strings.
    StringList,
}

impl ParameterType {
    pub(crate) fn read(at: &Cursor<'_>) -> Option<Self> {
        let written = at.string()?;
        let ty = Self::parse(&written);
        if ty.is_none() {
            at.error(
                format!("unknown parameter type `{written}`"),
                "a parameter is a `string`, a `boolean` or a `stringArray`",
            );
        }
        ty
    }

    /// botocore has both `string` and `String`.
    pub(super) fn parse(written: &str) -> Option<Self> {
        match written.to_ascii_lowercase().as_str() {
            "string" => Some(Self::String),
            "boolean" => Some(Self::Bool),
            "stringarray" => Some(Self::StringList),
            _ => None,
        }
    }

    /// What people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Bool => "a boolean",
            Self::StringList => "a list of strings",
        }
    }
}

/// The value of a parameter of the endpoint rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContextValue {
    /// A string.
    String(String),
    /// A boolean.
    Bool(bool),
    /// A list of strings.
    Strings(Vec<String>),
}

impl ContextValue {
    /// Its type.
    pub fn ty(&self) -> ParameterType {
        match self {
            Self::String(_) => ParameterType::String,
            Self::Bool(_) => ParameterType::Bool,
            Self::Strings(_) => ParameterType::StringList,
        }
    }

    pub(super) fn read(at: &Cursor<'_>) -> Option<Self> {
        match at.value() {
            Value::Bool(value) => Some(Self::Bool(*value)),
            Value::Array(_) => at.strings().map(Self::Strings),
            _ => at.string().map(Self::String),
        }
    }
}

/// Where in an input the values of a parameter are: the part of JMESPath that AWS's models use for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContextPath {
    /// The steps, from the input as a whole.
    pub steps: Vec<ContextStep>,
}

/// A step into an input, from values to the values in them. One that isn't there has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContextStep {
    /// The member of a structure.
    Member(String),
    /// All items of a list.
    Items,
    /// The keys of a map.
    Keys,
    /// What several paths lead to.
    Several(Vec<ContextPath>),
}

impl ContextPath {
    pub(super) fn read(at: &Cursor<'_>) -> Option<Self> {
        let text = at.string()?;
        let path = Self::parse(&text);
        if path.is_none() {
            at.error(
                format!("`{text}` is a path that the generator can't follow"),
                "it follows `A.B`, `A[*].B`, `keys(A)` and `A[*].[B, C.D][]`; teach it in codegen/src/model/context.rs",
            );
        }
        path
    }

    /// The type of what it leads to.
    pub fn ty(&self) -> ParameterType {
        if self.is_list() {
            ParameterType::StringList
        } else {
            ParameterType::String
        }
    }

    /// Whether it leads to a list of values, and not to one.
    pub fn is_list(&self) -> bool {
        !self.steps.iter().all(|step| matches!(step, ContextStep::Member(_)))
    }

    fn parse(text: &str) -> Option<Self> {
        if let Some(inner) = text.strip_prefix("keys(").and_then(|rest| rest.strip_suffix(')')) {
            let mut path = Self::parse(inner)?;
            path.steps.push(ContextStep::Keys);
            return Some(path);
        }
        // `[]` flattens what a list of paths gives, which is flat already.
        let text = text.strip_suffix("[]").unwrap_or(text);
        let mut steps = Vec::new();
        let mut rest = text;
        loop {
            if let Some(list) = rest.strip_prefix('[') {
                let paths = list.strip_suffix(']')?.split(',');
                let paths: Option<Vec<_>> = paths.map(|path| Self::parse(path.trim())).collect();
                steps.push(ContextStep::Several(paths?));
                return Some(Self { steps });
            }
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            let name = rest.get(..end).filter(|name| is_identifier(name))?;
            steps.push(ContextStep::Member(name.to_owned()));
            rest = &rest[end..];
            if let Some(after) = rest.strip_prefix("[*]") {
                steps.push(ContextStep::Items);
                rest = after;
            }
            match rest.strip_prefix('.') {
                Some(after) => rest = after,
                None if rest.is_empty() => return Some(Self { steps }),
                None => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ContextPath;
    use super::ContextStep::{Items, Keys, Member, Several};

    fn member(name: &str) -> super::ContextStep {
        Member(name.to_owned())
    }

    fn path(steps: impl IntoIterator<Item = super::ContextStep>) -> ContextPath {
        ContextPath {
            steps: steps.into_iter().collect(),
        }
    }

    #[test]
    fn the_paths_of_aws_models_are_followed() {
        let paths = [
            ("TableName", path([member("TableName")]), false),
            (
                "TableCreationParameters.TableName",
                path([member("TableCreationParameters"), member("TableName")]),
                false,
            ),
            ("keys(RequestItems)", path([member("RequestItems"), Keys]), true),
            (
                "TransactItems[*].Get.TableName",
                path([member("TransactItems"), Items, member("Get"), member("TableName")]),
                true,
            ),
            (
                "TransactItems[*].[Put.TableName, Delete.TableName][]",
                path([
                    member("TransactItems"),
                    Items,
                    Several(vec![
                        path([member("Put"), member("TableName")]),
                        path([member("Delete"), member("TableName")]),
                    ]),
                ]),
                true,
            ),
        ];
        for (text, expected, is_list) in paths {
            let parsed = ContextPath::parse(text).expect(text);
            assert_eq!(parsed, expected, "{text}");
            assert_eq!(parsed.is_list(), is_list, "{text}");
        }
    }

    #[test]
    fn any_other_path_is_refused() {
        for text in [
            "",
            "A || B",
            "A[0]",
            "A.",
            "length(A)",
            "A[?b]",
            "A.[B",
            "keys(A",
            "A[*]B",
        ] {
            assert_eq!(ContextPath::parse(text), None, "{text}");
        }
    }
}
