//! Ten operations: the body of a program that is edited and rebuilt. Both crates compile it unchanged.

use sdk::types::{AttributeType, AuthFlowType, DeliveryMediumType, ExplicitAuthFlowsType, VerifiedAttributeType};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = client().await?;
    let pool = client
        .create_user_pool()
        .pool_name("customers")
        .auto_verified_attributes(VerifiedAttributeType::Email)
        .send()
        .await?;
    let pool_id = pool.user_pool().and_then(|pool| pool.id()).unwrap_or_default();
    let app = client
        .create_user_pool_client()
        .user_pool_id(pool_id)
        .client_name("web")
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserPasswordAuth)
        .send()
        .await?;
    let client_id = app
        .user_pool_client()
        .and_then(|app| app.client_id())
        .unwrap_or_default();
    let email = AttributeType::builder()
        .name("email")
        .value("jane@example.com")
        .build()?;
    client
        .admin_create_user()
        .user_pool_id(pool_id)
        .username("jane")
        .user_attributes(email)
        .desired_delivery_mediums(DeliveryMediumType::Email)
        .send()
        .await?;
    client
        .admin_set_user_password()
        .user_pool_id(pool_id)
        .username("jane")
        .password("correct horse battery 1")
        .permanent(true)
        .send()
        .await?;
    client
        .create_group()
        .user_pool_id(pool_id)
        .group_name("staff")
        .send()
        .await?;
    let group = client.admin_add_user_to_group().user_pool_id(pool_id);
    group.username("jane").group_name("staff").send().await?;
    let tokens = client
        .initiate_auth()
        .client_id(client_id)
        .auth_flow(AuthFlowType::UserPasswordAuth)
        .auth_parameters("USERNAME", "jane")
        .auth_parameters("PASSWORD", "correct horse battery 1")
        .send()
        .await?;
    let token = tokens
        .authentication_result()
        .and_then(|it| it.access_token())
        .unwrap_or_default();
    let user = client.get_user().access_token(token).send().await?;
    println!("{} has {} attributes", user.username(), user.user_attributes().len());
    let users = client.list_users().user_pool_id(pool_id).limit(10).send().await?;
    for user in users.users() {
        println!("{}", user.username().unwrap_or_default());
    }
    client.delete_user_pool().user_pool_id(pool_id).send().await?;
    println!("edit 0");
    Ok(())
}
