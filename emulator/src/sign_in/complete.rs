//! The end of a sign-in: tokens.

use super::attempt::Attempt;
use super::{Call, Next};
use crate::devices;
use crate::fault::Answer;
use crate::messages::{event, texts};
use crate::tokens::{self, Grant};
use crate::triggers::PostAuthentication;

impl Call<'_> {
    /// Signs the user in.
    pub(super) fn complete(&mut self, attempt: Attempt) -> Answer<Next> {
        let key = attempt.user;
        let new_device = match (&attempt.device_key, &self.pool.description.device_configuration) {
            (None, Some(_)) => Some(devices::invite(self.pool, &key, self.now)?),
            _ => None,
        };
        let device_key = attempt
            .device_key
            .or_else(|| new_device.as_ref().and_then(|device| device.device_key.clone()));
        let user = self.user(&key)?;
        let mut event: PostAuthentication = event(
            self.pool,
            &user.username,
            &self.app.id,
            "PostAuthentication",
            "Authentication",
        );
        event.request.user_attributes = user.claims();
        event.request.new_device_used = new_device.is_some();
        event.request.client_metadata = texts(self.metadata.as_ref());
        self.around.triggers.fire(&mut event)?;
        self.pass(&key);
        let grant = Grant {
            user: key,
            scopes: vec![tokens::API_SCOPE.to_owned()],
            device_key,
            nonce: None,
            source: "Authentication",
        };
        let metadata = self.metadata.clone();
        let mut result = tokens::issue(self.around, self.pool, &self.app, grant, metadata.as_ref(), self.now)?;
        result.new_device_metadata = new_device;
        Ok(Next::Tokens(Box::new(result)))
    }

    /// Signs in a user whose first factor was a code or a passkey. No second factor is required.
    pub(super) fn complete_without_password(&mut self, attempt: Attempt) -> Answer<Next> {
        self.check_status(&attempt.user)?;
        self.complete(attempt)
    }
}
