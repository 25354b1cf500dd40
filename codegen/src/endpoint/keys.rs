//! What becomes of each key that an endpoint rule set or `partitions.json` may have; the reader holds itself to it.

use crate::read::{Key, Place, Treatment};

const fn honoured(name: &'static str, how: &'static str) -> Key {
    Key {
        name,
        treatment: Treatment::Honoured(how),
    }
}

const fn ignored(name: &'static str, why: &'static str) -> Key {
    Key {
        name,
        treatment: Treatment::Ignored(why),
    }
}

pub(super) const RULE_SET: Place = Place {
    name: "rule set",
    keys: &[
        honoured("version", "anything but 1.0 is refused"),
        honoured("parameters", "what the function reads"),
        honoured("rules", "the function"),
    ],
};

pub(super) const PARAMETER: Place = Place {
    name: "parameter",
    keys: &[
        honoured("type", "its Rust type"),
        honoured("required", "whether it may be unset"),
        honoured("default", "its value if it is unset"),
        honoured("builtIn", "where its value comes from"),
        honoured("documentation", "a comment"),
    ],
};

pub(super) const RULE: Place = Place {
    name: "rule",
    keys: &[
        honoured("type", "it must match the outcome"),
        honoured("documentation", "a comment"),
        honoured("conditions", "when it applies"),
        honoured("rules", "the rules below it"),
        honoured("error", "the error that it ends with"),
        honoured("endpoint", "the endpoint that it ends with"),
    ],
};

pub(super) const ENDPOINT: Place = Place {
    name: "endpoint",
    keys: &[
        honoured("url", "the URL"),
        honoured("properties", "how to sign, and other settings"),
        honoured("headers", "headers of requests"),
    ],
};

pub(super) const CALL: Place = Place {
    name: "function call",
    keys: &[honoured("fn", "the function"), honoured("argv", "its arguments")],
};

pub(super) const CONDITION: Place = Place {
    name: "condition",
    keys: &[
        honoured("fn", "the function"),
        honoured("argv", "its arguments"),
        honoured("assign", "the name of its value"),
    ],
};

pub(super) const REFERENCE: Place = Place {
    name: "reference",
    keys: &[honoured("ref", "the name that it refers to")],
};

pub(super) const PARTITIONS: Place = Place {
    name: "file of partitions",
    keys: &[
        honoured("partitions", "one constant each"),
        ignored("version", "the format's version"),
    ],
};

pub(super) const PARTITION: Place = Place {
    name: "partition",
    keys: &[
        honoured("id", "its name"),
        honoured("regionRegex", "the prefixes of its regions"),
        honoured("regions", "the regions without a known prefix"),
        honoured("outputs", "its properties"),
    ],
};

pub(super) const OUTPUTS: Place = Place {
    name: "outputs of a partition",
    keys: &[
        honoured("dnsSuffix", "a part of host names"),
        honoured("dualStackDnsSuffix", "a part of host names"),
        honoured("implicitGlobalRegion", "the region of global services"),
        honoured("supportsFIPS", "whether there are FIPS endpoints"),
        honoured("supportsDualStack", "whether there are endpoints with IPv6"),
        ignored("name", "it repeats the partition's id"),
    ],
};

/// Outputs that differ by region would be keys of this, and are errors until the generator knows them.
pub(super) const REGION: Place = Place {
    name: "region",
    keys: &[ignored("description", "for people")],
};
