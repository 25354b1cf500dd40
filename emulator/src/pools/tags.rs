//! Tags of user pools.

use super::Pool;
use crate::fault::{Answer, Fault, required};
use crate::world::State;
use crate::world::World;
use cognito_idp::operation::list_tags_for_resource::{ListTagsForResourceInput, ListTagsForResourceOutput};
use cognito_idp::operation::tag_resource::{TagResourceInput, TagResourceOutput};
use cognito_idp::operation::untag_resource::{UntagResourceInput, UntagResourceOutput};
use std::collections::HashMap;

/// How many tags a pool may have.
const TAGS: usize = 50;

/// Refuses tags that a pool can't have.
pub(crate) fn check_tags(tags: Option<&HashMap<String, String>>) -> Answer<()> {
    let Some(tags) = tags else { return Ok(()) };
    if tags.len() > TAGS {
        return Err(Fault::tagging("A user pool can have at most 50 tags."));
    }
    if tags.keys().any(|key| is_reserved(key)) {
        return Err(Fault::tagging("Tag keys that begin with aws: are reserved."));
    }
    Ok(())
}

fn is_reserved(key: &str) -> bool {
    key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:"))
}

/// The pool with this ARN.
fn tagged<'a>(state: &'a mut State, arn: Option<&str>) -> Answer<&'a mut Pool> {
    let arn = required(arn, "resourceArn")?;
    let id = arn.rsplit_once(":userpool/").map(|(_, id)| id);
    id.and_then(|id| state.pools.get_mut(id))
        .ok_or_else(|| Fault::resource_not_found(format!("Resource {arn} does not exist.")))
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_TagResource.html>
pub(crate) fn tag_resource(world: &mut World, input: TagResourceInput) -> Answer<TagResourceOutput> {
    let pool = tagged(&mut world.state, input.resource_arn())?;
    let new = required(input.tags, "tags")?;
    if new.keys().any(|key| is_reserved(key)) {
        return Err(Fault::invalid_parameter("Tag keys that begin with aws: are reserved."));
    }
    let mut tags = pool.description.user_pool_tags.clone().unwrap_or_default();
    tags.extend(new);
    if tags.len() > TAGS {
        return Err(Fault::invalid_parameter("A user pool can have at most 50 tags."));
    }
    pool.description.user_pool_tags = Some(tags);
    Ok(TagResourceOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UntagResource.html>
pub(crate) fn untag_resource(world: &mut World, input: UntagResourceInput) -> Answer<UntagResourceOutput> {
    let pool = tagged(&mut world.state, input.resource_arn())?;
    let keys = required(input.tag_keys, "tagKeys")?;
    if let Some(tags) = &mut pool.description.user_pool_tags {
        tags.retain(|key, _| !keys.contains(key));
    }
    Ok(UntagResourceOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListTagsForResource.html>
pub(crate) fn list_tags_for_resource(
    world: &mut World,
    input: ListTagsForResourceInput,
) -> Answer<ListTagsForResourceOutput> {
    let pool = tagged(&mut world.state, input.resource_arn())?;
    Ok(ListTagsForResourceOutput::builder()
        .set_tags(pool.description.user_pool_tags.clone())
        .build())
}
