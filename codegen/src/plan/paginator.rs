//! Paginators.

use super::reference::Ty;
use super::types::Types;
use super::{ItemsPlan, PageSize, PaginatorPlan};
use crate::model::{Operation, Paginator, Service, ShapeKind, Structure};
use crate::names::field;

/// The plan of an operation's paginator; none where tokens or items are not simple members, which callers can page
/// through by hand.
pub(super) fn plan(
    service: &Service,
    types: &Types<'_>,
    operation: &Operation,
    paginator: &Paginator,
    (name, items_name): (String, String),
    taken: &[String],
) -> Option<PaginatorPlan> {
    let input = service.structure(&operation.input.as_ref()?.shape)?;
    let output = service.structure(&operation.output.as_ref()?.shape)?;
    let ([input_token], [output_token]) = (paginator.input_token.as_slice(), paginator.output_token.as_slice()) else {
        return None;
    };
    let token = input.members.get(input_token)?;
    let next = output.members.get(output_token)?;
    let (token, _) = types.value(token, taken);
    let (next, _) = types.value(next, taken);
    // Pages end with an empty token, too.
    let may_be_empty = matches!(token, Ty::String | Ty::Vec(_) | Ty::Map(..));
    if token != next || !may_be_empty || output.required.contains(output_token) {
        return None;
    }
    let page_size = paginator.limit_key.as_deref().and_then(|key| {
        let (ty, _) = types.value(input.members.get(key)?, taken);
        Some(PageSize {
            field: field(input, key)?,
            ty,
        })
    });
    Some(PaginatorPlan {
        name,
        input_token: field(input, input_token)?,
        token_type: token,
        next_token: field(output, output_token)?,
        page_size,
        items: items(service, types, output, paginator, items_name, taken),
    })
}

fn items(
    service: &Service,
    types: &Types<'_>,
    output: &Structure,
    paginator: &Paginator,
    name: String,
    taken: &[String],
) -> Option<ItemsPlan> {
    let [result] = paginator.result_key.as_slice() else {
        return None;
    };
    let member = output.members.get(result)?;
    let ShapeKind::List { member: item, .. } = &service.shapes.get(&member.shape)?.kind else {
        return None;
    };
    let field = field(output, result)?;
    let of_output = if output.required.contains(result) {
        field
    } else {
        format!("{field}.unwrap_or_default()")
    };
    let (item, _) = types.value(item, taken);
    Some(ItemsPlan { name, of_output, item })
}
