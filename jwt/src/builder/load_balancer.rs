//! Building a verifier of the tokens of an Application Load Balancer.

use super::Builder;
use crate::cache::Location;
use crate::issuer::{is_region, suffix};
use crate::kind::{Alb, OneOf};

impl Builder<Alb> {
    pub(crate) fn load_balancer(arn: &str) -> Self {
        let mut builder = Self::new(Vec::new());
        builder.demands.rules.audiences = OneOf::Any;
        arn.clone_into(&mut builder.demands.rules.signer);
        // Where the ARN is none, there are no keys, and `build` says so.
        builder.origin.load_balancer = load_balancer_keys(arn).map(Location::Pem);
        builder
    }

    /// Accepts users who signed in through this client of the identity provider. Call it again for further ones.
    pub fn client(mut self, id: impl Into<String>) -> Self {
        self.demands.rules.clients.add(id.into());
        self
    }

    /// Accepts users of any client, that is, of all rules of the load balancer's listeners.
    pub fn any_client(mut self) -> Self {
        self.demands.rules.clients = OneOf::Any;
        self
    }

    /// Accepts only users for whom this identity provider vouches: the header's `iss`.
    pub fn identity_provider(mut self, iss: impl Into<String>) -> Self {
        self.demands.rules.identity_provider = Some(iss.into());
        self
    }

    /// Fetches keys from below this URL instead of AWS's, for tests.
    pub fn keys_url(mut self, url: impl Into<String>) -> Self {
        let origin = self.origin();
        if origin.load_balancer.is_some() {
            origin.load_balancer = Some(Location::Pem(url.into()));
        }
        self
    }
}

/// The URL of the keys of a load balancer's region. `None` if the ARN isn't an Application Load Balancer's.
fn load_balancer_keys(arn: &str) -> Option<String> {
    let [_, _, _, region, _, _] = load_balancer_arn(arn)?;
    Some(match region {
        "us-gov-west-1" | "us-gov-east-1" => {
            format!("https://s3-{region}.amazonaws.com/aws-elb-public-keys-prod-{region}")
        }
        _ => format!("https://public-keys.auth.elb.{region}.{}", suffix(region)),
    })
}

fn load_balancer_arn(arn: &str) -> Option<[&str; 6]> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let parts: [&str; 6] = parts.try_into().ok()?;
    let is_one = parts[0] == "arn"
        && parts[2] == "elasticloadbalancing"
        && is_region(parts[3])
        && parts[5].starts_with("loadbalancer/app/");
    is_one.then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_load_balancers_are_found_by_region() {
        let url = |region: &str| {
            load_balancer_keys(&format!(
                "arn:aws:elasticloadbalancing:{region}:123456789012:loadbalancer/app/web/50dc6c495c0c9188"
            ))
        };
        assert_eq!(
            url("eu-central-1").as_deref(),
            Some("https://public-keys.auth.elb.eu-central-1.amazonaws.com")
        );
        assert_eq!(
            url("us-gov-west-1").as_deref(),
            Some("https://s3-us-gov-west-1.amazonaws.com/aws-elb-public-keys-prod-us-gov-west-1")
        );
        assert_eq!(url("evil.com/"), None);
        assert_eq!(load_balancer_keys("arn:aws:s3:::bucket"), None);
    }
}
