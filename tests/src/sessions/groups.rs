//! Groups, and who is in them.

use crate::session::Session;

pub(super) async fn run(session: &Session) {
    let client = &session.client;
    let pool = session.pool("groups").await;
    session.user(&pool, "heidi").await;

    let create = client
        .create_group()
        .user_pool_id(&pool)
        .group_name("editors")
        .description("They edit: ÄÖÜ");
    let create = create.precedence(7);
    let group = session.ok(create.clone().send().await).group.expect("the group");
    assert_eq!(group.group_name(), Some("editors"));
    assert_eq!(group.user_pool_id(), Some(&*pool));
    assert_eq!(group.description(), Some("They edit: ÄÖÜ"));
    assert_eq!(group.precedence(), Some(7));
    let error = session.refused(create.send().await);
    assert!(error.is_group_exists_exception(), "{error:?}");

    let get = client.get_group().user_pool_id(&pool).group_name("editors");
    assert_eq!(
        session
            .ok(get.clone().send().await)
            .group()
            .and_then(|group| group.precedence()),
        Some(7)
    );
    if session.has("UpdateGroup") {
        let update = client
            .update_group()
            .user_pool_id(&pool)
            .group_name("editors")
            .precedence(0);
        session.ok(update.send().await);
        assert_eq!(
            session
                .ok(get.clone().send().await)
                .group()
                .and_then(|group| group.precedence()),
            Some(0)
        );
    }
    let groups = session.ok(client.list_groups().user_pool_id(&pool).send().await);
    assert_eq!(groups.groups().len(), 1);
    assert_eq!(groups.next_token(), None);

    let add = client
        .admin_add_user_to_group()
        .user_pool_id(&pool)
        .username("heidi")
        .group_name("editors");
    session.ok(add.clone().send().await);
    let error = session.refused(add.group_name("no-such-group").send().await);
    assert!(error.is_resource_not_found_exception(), "{error:?}");
    let members = session.ok(client
        .list_users_in_group()
        .user_pool_id(&pool)
        .group_name("editors")
        .send()
        .await);
    assert_eq!(
        members.users().iter().map(|user| user.username()).collect::<Vec<_>>(),
        [Some("heidi")]
    );
    let list = client
        .admin_list_groups_for_user()
        .user_pool_id(&pool)
        .username("heidi");
    let groups = session.ok(list.clone().send().await);
    assert_eq!(
        groups.groups().first().and_then(|group| group.group_name()),
        Some("editors")
    );
    let remove = client
        .admin_remove_user_from_group()
        .user_pool_id(&pool)
        .username("heidi")
        .group_name("editors");
    session.ok(remove.send().await);
    assert_eq!(session.ok(list.send().await).groups().len(), 0);

    session.ok(client
        .delete_group()
        .user_pool_id(&pool)
        .group_name("editors")
        .send()
        .await);
    let error = session.refused(get.send().await);
    assert!(error.is_resource_not_found_exception(), "{error:?}");
    session.delete_pool(&pool).await;
}
