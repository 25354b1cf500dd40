//! Lists that don't fit on a page.

use crate::session::Session;
use cognito_idp::types::UserType;
use std::collections::BTreeSet;

const USERS: usize = 7;
const GROUPS: usize = 5;

pub(super) async fn run(session: &Session) {
    let client = &session.client;
    let pool = session.pool("pages").await;
    for number in 0..USERS {
        let create = client
            .admin_create_user()
            .user_pool_id(&pool)
            .username(format!("user-{number}"));
        session.ok(create.send().await);
    }
    for number in 0..GROUPS {
        session.ok(client
            .create_group()
            .user_pool_id(&pool)
            .group_name(format!("group-{number}"))
            .send()
            .await);
    }

    // Seven users on pages of two: four pages.
    let users = client.list_users().user_pool_id(&pool);
    let mut pages = users.clone().limit(2).into_paginator().send();
    let (mut sizes, mut tokens, mut names) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    while let Some(page) = pages.next().await {
        let page = session.ok(page);
        sizes.push(page.users().len());
        tokens.extend(page.pagination_token().map(str::to_owned));
        names.extend(page.users().iter().filter_map(UserType::username).map(str::to_owned));
    }
    assert_eq!(sizes, [2, 2, 2, 1]);
    assert_eq!(
        (tokens.len(), names.len()),
        (3, USERS),
        "no token twice, no user left out"
    );

    // The same, item by item, and with the size told to the paginator.
    let mut items = users.clone().into_paginator().page_size(3).items().send();
    let mut count = 0;
    while let Some(user) = items.next().await {
        assert!(names.contains(user.expect("a user").username().expect("with a name")));
        count += 1;
    }
    assert_eq!(count, USERS);

    // A page that holds everything has no token.
    let page = session.ok(users.clone().limit(60).send().await);
    assert_eq!((page.users().len(), page.pagination_token()), (USERS, None));
    // A filter, with quotation marks inside of the JSON.
    let page = session.ok(users.filter("username = \"user-3\"").send().await);
    assert_eq!(
        page.users().iter().map(|user| user.username()).collect::<Vec<_>>(),
        [Some("user-3")]
    );

    let groups = client
        .list_groups()
        .user_pool_id(&pool)
        .into_paginator()
        .page_size(2)
        .items()
        .send();
    let groups = groups.collect::<Result<Vec<_>, _>>().await.expect("all pages");
    let names: Vec<_> = groups.iter().filter_map(|group| group.group_name()).collect();
    assert_eq!(names, ["group-0", "group-1", "group-2", "group-3", "group-4"]);
    session.delete_pool(&pool).await;
}
