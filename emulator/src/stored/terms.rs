//! Terms that managed login shows.

use crate::carry::{carry, update};
use crate::fault::{Answer, Fault, required};
use crate::page::{limit, page};
use crate::pools::Pool;
use crate::quotas::{self, room};
use crate::random;
use crate::world::World;
use cognito_idp::operation::create_terms::{CreateTermsInput, CreateTermsOutput};
use cognito_idp::operation::delete_terms::{DeleteTermsInput, DeleteTermsOutput};
use cognito_idp::operation::describe_terms::{DescribeTermsInput, DescribeTermsOutput};
use cognito_idp::operation::describe_terms_by_client::{DescribeTermsByClientInput, DescribeTermsByClientOutput};
use cognito_idp::operation::list_terms::{ListTermsInput, ListTermsOutput};
use cognito_idp::operation::update_terms::{UpdateTermsInput, UpdateTermsOutput};
use cognito_idp::types::{TermsDescriptionType, TermsType};

fn missing() -> Fault {
    Fault::resource_not_found("Terms do not exist.")
}

/// Whether an app client has other terms of this name.
fn exists(pool: &Pool, client: &str, name: &str, id: Option<&str>) -> bool {
    let mut terms = pool.stored.terms.values();
    terms.any(|terms| terms.client_id == client && terms.terms_name == name && Some(terms.terms_id()) != id)
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateTerms.html>
pub(crate) fn create_terms(world: &mut World, input: CreateTermsInput) -> Answer<CreateTermsOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let client = pool.client(input.client_id())?.id.clone();
    let name = required(input.terms_name(), "termsName")?;
    required(input.terms_source.as_ref(), "termsSource")?;
    required(input.enforcement.as_ref(), "enforcement")?;
    if exists(pool, &client, name, None) {
        return Err(Fault::terms_exists("The app client already has terms of this name."));
    }
    room(pool.stored.terms.len(), quotas::TERMS, "terms documents in a user pool")?;
    let id = random::uuid();
    let terms: TermsType = carry(&input, |members| {
        members.insert("TermsId".to_owned(), id.clone().into());
        members.insert("CreationDate".to_owned(), now.seconds().into());
        members.insert("LastModifiedDate".to_owned(), now.seconds().into());
    })?;
    pool.stored.terms.insert(id, terms.clone());
    Ok(CreateTermsOutput::builder().terms(terms).build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeTerms.html>
pub(crate) fn describe_terms(world: &mut World, input: DescribeTermsInput) -> Answer<DescribeTermsOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let id = required(input.terms_id(), "termsId")?;
    let terms = pool.stored.terms.get(id).ok_or_else(missing)?;
    Ok(DescribeTermsOutput::builder().terms(terms.clone()).build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeTermsByClient.html>
pub(crate) fn describe_terms_by_client(
    world: &mut World,
    input: DescribeTermsByClientInput,
) -> Answer<DescribeTermsByClientOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let client = &pool.client(input.client_id())?.id;
    let name = required(input.terms_name(), "termsName")?;
    let mut all = pool.stored.terms.values();
    let terms = all.find(|terms| terms.client_id == *client && terms.terms_name == name);
    Ok(DescribeTermsByClientOutput::builder()
        .terms(terms.ok_or_else(missing)?.clone())
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateTerms.html>
pub(crate) fn update_terms(world: &mut World, input: UpdateTermsInput) -> Answer<UpdateTermsOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let id = required(input.terms_id(), "termsId")?;
    let old = pool.stored.terms.get(id).ok_or_else(missing)?;
    let new: TermsType = update(old, &input, |members| {
        members.insert("LastModifiedDate".to_owned(), now.seconds().into());
    })?;
    if exists(pool, &new.client_id, &new.terms_name, Some(id)) {
        return Err(Fault::terms_exists("The app client already has terms of this name."));
    }
    pool.stored.terms.insert(id.to_owned(), new.clone());
    Ok(UpdateTermsOutput::builder().terms(new).build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteTerms.html>
pub(crate) fn delete_terms(world: &mut World, input: DeleteTermsInput) -> Answer<DeleteTermsOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let id = required(input.terms_id(), "termsId")?;
    pool.stored.terms.remove(id).ok_or_else(missing)?;
    Ok(DeleteTermsOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListTerms.html>
pub(crate) fn list_terms(world: &mut World, input: ListTermsInput) -> Answer<ListTermsOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let size = limit(input.max_results, 60, "maxResults")?;
    let page = page(&pool.stored.terms, input.next_token(), size, |_, terms| Some(terms))?;
    let terms: Answer<Vec<TermsDescriptionType>> = page.items.into_iter().map(|terms| carry(terms, |_| {})).collect();
    Ok(ListTermsOutput::builder()
        .set_terms(Some(terms?))
        .set_next_token(page.next)
        .build()?)
}
