//! The templates and their rendering.

use super::partitions::PartitionPlan;
use super::plan::{Block, EndpointPlan};
use askama::Template;

#[derive(Template)]
#[template(path = "src/config/endpoint/rules.rs.j2", escape = "none")]
struct RulesFile<'a> {
    plan: &'a EndpointPlan,
}

#[derive(Template)]
#[template(path = "src/config/endpoint/partitions.rs.j2", escape = "none")]
struct PartitionsFile<'a> {
    plan: &'a PartitionPlan,
}

/// A block, whose template renders the blocks in it with itself.
#[derive(Template)]
#[template(path = "src/config/endpoint/block.rs.j2", escape = "none")]
struct BlockText<'a> {
    block: &'a Block,
}

impl Block {
    fn text(&self) -> BlockText<'_> {
        BlockText { block: self }
    }
}

impl EndpointPlan {
    /// Renders `rules.rs`, which rustfmt is still to format.
    ///
    /// # Errors
    /// If askama fails, which it does only if memory runs out or a template is broken.
    pub fn render_rules(&self) -> askama::Result<String> {
        RulesFile { plan: self }.render()
    }

    /// Renders `partitions.rs`, which rustfmt is still to format; `None` if the rules need none.
    ///
    /// # Errors
    /// As [`render_rules`](Self::render_rules).
    pub fn render_partitions(&self) -> askama::Result<Option<String>> {
        self.partitions
            .as_ref()
            .map(|plan| PartitionsFile { plan }.render())
            .transpose()
    }
}
