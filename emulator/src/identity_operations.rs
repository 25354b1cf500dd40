//! Which rule answers which operation of identity pools.

use crate::cognito::Cognito;
use crate::identity_pools;
use crate::operations::operations;
use cognito_identity::operation;
use cognito_identity::server::{Answer, Server};
use cognito_runtime::Operation;

operations! { Server:
    create_identity_pool::CreateIdentityPool => identity_pools;
    delete_identities::DeleteIdentities => identity_pools;
    delete_identity_pool::DeleteIdentityPool => identity_pools;
    describe_identity::DescribeIdentity => identity_pools;
    describe_identity_pool::DescribeIdentityPool => identity_pools;
    get_credentials_for_identity::GetCredentialsForIdentity => identity_pools;
    get_id::GetId => identity_pools;
    get_identity_pool_roles::GetIdentityPoolRoles => identity_pools;
    get_open_id_token::GetOpenIdToken => identity_pools;
    get_open_id_token_for_developer_identity::GetOpenIdTokenForDeveloperIdentity => identity_pools;
    get_principal_tag_attribute_map::GetPrincipalTagAttributeMap => identity_pools;
    list_identities::ListIdentities => identity_pools;
    list_identity_pools::ListIdentityPools => identity_pools;
    list_tags_for_resource::ListTagsForResource => identity_pools;
    lookup_developer_identity::LookupDeveloperIdentity => identity_pools;
    merge_developer_identities::MergeDeveloperIdentities => identity_pools;
    set_identity_pool_roles::SetIdentityPoolRoles => identity_pools;
    set_principal_tag_attribute_map::SetPrincipalTagAttributeMap => identity_pools;
    tag_resource::TagResource => identity_pools;
    unlink_developer_identity::UnlinkDeveloperIdentity => identity_pools;
    unlink_identity::UnlinkIdentity => identity_pools;
    untag_resource::UntagResource => identity_pools;
    update_identity_pool::UpdateIdentityPool => identity_pools;
}
