//! Leaves nothing behind.

use crate::Error;
use crate::console::Console;
use cognito_idp::Client;
use cognito_idp::error::DisplayErrorContext;

/// What the tour has made and must delete.
#[derive(Default)]
pub(crate) struct Made {
    pub(crate) user_pool_id: Option<String>,
    pub(crate) client_id: Option<String>,
    pub(crate) usernames: Vec<&'static str>,
}

/// Deletes all that was made, and goes on after a failure. Returns how much it deleted, or the first failure.
pub(crate) async fn clean_up(client: &Client, made: &Made, console: &mut Console<'_>) -> Result<usize, Error> {
    let Some(pool_id) = &made.user_pool_id else {
        return Ok(0);
    };
    console.step("6. Delete what was made");
    let mut tally = Tally::default();

    for username in &made.usernames {
        console.request("AdminDeleteUser", &[("Username", username)]);
        let answer = client
            .admin_delete_user()
            .user_pool_id(pool_id)
            .username(*username)
            .send()
            .await;
        tally.count(answer.map_err(Error::call("AdminDeleteUser")), console);
    }
    if let Some(client_id) = &made.client_id {
        console.request("DeleteUserPoolClient", &[("ClientId", client_id)]);
        let answer = client
            .delete_user_pool_client()
            .user_pool_id(pool_id)
            .client_id(client_id)
            .send()
            .await;
        tally.count(answer.map_err(Error::call("DeleteUserPoolClient")), console);
    }
    console.request("DeleteUserPool", &[("UserPoolId", pool_id)]);
    let answer = client.delete_user_pool().user_pool_id(pool_id).send().await;
    tally.count(answer.map_err(Error::call("DeleteUserPool")), console);

    match tally.failure {
        Some(error) => Err(error),
        None => Ok(tally.deleted),
    }
}

#[derive(Default)]
struct Tally {
    deleted: usize,
    failure: Option<Error>,
}

impl Tally {
    fn count<T>(&mut self, answer: Result<T, Error>, console: &mut Console<'_>) {
        match answer {
            Ok(_) => {
                self.deleted += 1;
                console.done();
            }
            Err(error) => {
                console.answer(&[("error", &DisplayErrorContext(&error))]);
                self.failure.get_or_insert(error);
            }
        }
    }
}
