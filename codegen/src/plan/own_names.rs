//! The names that the file of an operation defines.

use crate::names;

/// The names of what the file of an operation defines.
pub(super) struct Names {
    pub(super) operation: String,
    pub(super) error: String,
    pub(super) fluent_builder: String,
    pub(super) paginator: String,
    pub(super) paginator_items: String,
    pub(super) input: String,
    pub(super) output: String,
}

impl Names {
    pub(super) fn of(operation: &str) -> Self {
        let stem = names::operation_stem(operation);
        let operation = names::operation_type(operation);
        Self {
            error: format!("{operation}Error"),
            fluent_builder: format!("{operation}FluentBuilder"),
            paginator: format!("{operation}Paginator"),
            paginator_items: format!("{operation}PaginatorItems"),
            input: format!("{stem}Input"),
            output: format!("{stem}Output"),
            operation,
        }
    }

    /// All of them. SageMaker, for one, has types called as the error of an operation.
    pub(super) fn taken(&self) -> Vec<String> {
        let builders = [&self.input, &self.output].map(|name| names::builder_name(name));
        let names = [
            &self.operation,
            &self.error,
            &self.fluent_builder,
            &self.paginator,
            &self.paginator_items,
            &self.input,
            &self.output,
        ];
        names.into_iter().cloned().chain(builders).collect()
    }
}
