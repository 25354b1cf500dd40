//! The user agent of a client's requests. It is the same for all requests that use the same features.

use crate::config::Config;
use crate::service::Service;
use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_runtime::sdk_feature::AwsSdkFeature;
use aws_runtime::user_agent::{AwsUserAgent, UserAgentInterceptor};
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextMut, BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Layer, Storable, StoreReplace};
use aws_types::os_shim_internal::Env;
use aws_types::sdk_ua_metadata::FrameworkMetadata;
use std::sync::{Arc, PoisonError, RwLock};

const USER_AGENT: &str = "user-agent";
const X_AMZ_USER_AGENT: &str = "x-amz-user-agent";

/// How many sets of features are cached. Calls have two or three, but an interceptor can add any number of others.
const CAPACITY: usize = 16;

/// Stores the state that calls with the client's own settings share, in the layer of an operation.
///
/// If a client names frameworks, or has its own user agent, AWS's interceptor does the work.
pub(crate) fn store<S: Service>(layer: &mut Layer, config: &Config<S>) {
    if config.layer().load::<AwsUserAgent>().is_some() || config.layer().load::<FrameworkMetadata>().next().is_some() {
        return;
    }
    let mut user_agent = AwsUserAgent::new_from_environment(Env::real(), S::API);
    if let Some(app_name) = config.app_name() {
        user_agent.set_app_name(app_name.clone());
    }
    layer.store_put(user_agent).store_put(WrittenUserAgents::default());
}

/// Removes it for a call with its own settings.
pub(crate) fn unset<S: Service>(layer: &mut Layer, config: &Config<S>) {
    layer.unset::<WrittenUserAgents>();
    if layer.load::<AwsUserAgent>().is_none() && config.layer().load::<AwsUserAgent>().is_none() {
        layer.unset::<AwsUserAgent>();
    }
}

/// The cached headers. Writing them takes a fifth of a call's time.
///
/// It is in the configuration of calls whose user agent depends only on the client and the features.
#[derive(Clone, Debug, Default)]
pub(crate) struct WrittenUserAgents(Arc<RwLock<Vec<Written>>>);

impl Storable for WrittenUserAgents {
    type Storer = StoreReplace<Self>;
}

#[derive(Debug)]
struct Written {
    smithy: Vec<SmithySdkFeature>,
    aws: Vec<AwsSdkFeature>,
    credentials: Vec<AwsCredentialFeature>,
    headers: UserAgent,
}

/// The values of the two headers.
#[derive(Clone, Debug)]
pub(crate) struct UserAgent {
    user_agent: String,
    x_amz_user_agent: String,
}

impl UserAgent {
    /// The value that is signed.
    pub(crate) fn x_amz_user_agent(&self) -> &str {
        &self.x_amz_user_agent
    }

    /// Adds the headers.
    pub(crate) fn append_to(self, headers: &mut Headers) {
        headers.append(USER_AGENT, self.user_agent);
        headers.append(X_AMZ_USER_AGENT, self.x_amz_user_agent);
    }
}

impl Written {
    fn is_for<'a>(&self, cfg: &ConfigBag, credentials: impl Iterator<Item = &'a AwsCredentialFeature>) -> bool {
        cfg.load::<SmithySdkFeature>().eq(&self.smithy)
            && cfg.load::<AwsSdkFeature>().eq(&self.aws)
            && credentials.eq(&self.credentials)
    }
}

impl WrittenUserAgents {
    /// The two headers for the features in `cfg` and those of the credentials.
    pub(crate) fn find(&self, cfg: &ConfigBag, credentials: Option<&FrozenLayer>) -> Option<UserAgent> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let written = all.iter().find(|written| match credentials {
            Some(layer) => written.is_for(cfg, layer.load::<AwsCredentialFeature>()),
            None => written.is_for(cfg, cfg.load::<AwsCredentialFeature>()),
        })?;
        Some(written.headers.clone())
    }

    fn keep(&self, cfg: &ConfigBag, headers: UserAgent) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let is_new = !all
            .iter()
            .any(|written| written.is_for(cfg, cfg.load::<AwsCredentialFeature>()));
        if is_new && all.len() < CAPACITY {
            all.push(Written {
                smithy: cfg.load::<SmithySdkFeature>().cloned().collect(),
                aws: cfg.load::<AwsSdkFeature>().cloned().collect(),
                credentials: cfg.load::<AwsCredentialFeature>().cloned().collect(),
                headers,
            });
        }
    }
}

/// AWS's own interceptor, asked once for each set of features.
#[derive(Debug, Default)]
pub(crate) struct CachedUserAgentInterceptor(UserAgentInterceptor);

#[dyn_dispatch_hint]
impl Intercept for CachedUserAgentInterceptor {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn read_after_serialization(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.read_after_serialization(context, components, cfg)
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // An interceptor may have put another user agent in the place of the client's.
        let replaced = cfg.interceptor_state().load::<AwsUserAgent>().is_some();
        let Some(all) = cfg.load::<WrittenUserAgents>().filter(|_| !replaced) else {
            return self.0.modify_before_signing(context, components, cfg);
        };
        if let Some(user_agent) = all.find(cfg, None) {
            user_agent.append_to(context.request_mut().headers_mut());
            return Ok(());
        }
        let all = all.clone();
        let headers = context.request().headers();
        let untouched = !headers.contains_key(USER_AGENT) && !headers.contains_key(X_AMZ_USER_AGENT);
        self.0.modify_before_signing(context, components, cfg)?;
        let headers = context.request().headers();
        if let (true, Some(user_agent), Some(x_amz_user_agent)) =
            (untouched, headers.get(USER_AGENT), headers.get(X_AMZ_USER_AGENT))
        {
            let headers = UserAgent {
                user_agent: user_agent.to_owned(),
                x_amz_user_agent: x_amz_user_agent.to_owned(),
            };
            all.keep(cfg, headers);
        }
        Ok(())
    }
}
