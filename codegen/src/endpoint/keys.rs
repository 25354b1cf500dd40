//! What becomes of each key that an endpoint rule set or `partitions.json` may have; the reader holds itself to it.

use crate::read::{Key, Place};

pub(super) const RULE_SET: Place = Place {
    name: "rule set",
    keys: &[
        Key::honoured("version", "anything but 1.0 is refused"),
        Key::honoured("parameters", "what the function reads"),
        Key::honoured("rules", "the function"),
    ],
};

pub(super) const PARAMETER: Place = Place {
    name: "parameter",
    keys: &[
        Key::honoured("type", "its Rust type"),
        Key::honoured("required", "whether it may be unset"),
        Key::honoured("default", "its value if it is unset"),
        Key::honoured("builtIn", "where its value comes from"),
        Key::honoured("documentation", "a comment"),
    ],
};

pub(super) const RULE: Place = Place {
    name: "rule",
    keys: &[
        Key::honoured("type", "it must match the outcome"),
        Key::honoured("documentation", "a comment"),
        Key::honoured("conditions", "when it applies"),
        Key::honoured("rules", "the rules below it"),
        Key::honoured("error", "the error that it ends with"),
        Key::honoured("endpoint", "the endpoint that it ends with"),
    ],
};

pub(super) const ENDPOINT: Place = Place {
    name: "endpoint",
    keys: &[
        Key::honoured("url", "the URL"),
        Key::honoured("properties", "how to sign, and other settings"),
        Key::honoured("headers", "headers of requests"),
    ],
};

pub(super) const CALL: Place = Place {
    name: "function call",
    keys: &[
        Key::honoured("fn", "the function"),
        Key::honoured("argv", "its arguments"),
    ],
};

pub(super) const CONDITION: Place = Place {
    name: "condition",
    keys: &[
        Key::honoured("fn", "the function"),
        Key::honoured("argv", "its arguments"),
        Key::honoured("assign", "the name of its value"),
    ],
};

pub(super) const REFERENCE: Place = Place {
    name: "reference",
    keys: &[Key::honoured("ref", "the name that it refers to")],
};

pub(super) const PARTITIONS: Place = Place {
    name: "file of partitions",
    keys: &[
        Key::honoured("partitions", "one constant each"),
        Key::ignored("version", "the format's version"),
    ],
};

pub(super) const PARTITION: Place = Place {
    name: "partition",
    keys: &[
        Key::honoured("id", "its name"),
        Key::honoured("regionRegex", "the prefixes of its regions"),
        Key::honoured("regions", "the regions without a known prefix"),
        Key::honoured("outputs", "its properties"),
    ],
};

pub(super) const OUTPUTS: Place = Place {
    name: "outputs of a partition",
    keys: &[
        Key::honoured("dnsSuffix", "a part of host names"),
        Key::honoured("dualStackDnsSuffix", "a part of host names"),
        Key::honoured("implicitGlobalRegion", "the region of global services"),
        Key::honoured("supportsFIPS", "whether there are FIPS endpoints"),
        Key::honoured("supportsDualStack", "whether there are endpoints with IPv6"),
        Key::ignored("name", "it repeats the partition's id"),
    ],
};

/// Outputs that differ by region would be keys of this, and are errors until the generator knows them.
pub(super) const REGION: Place = Place {
    name: "region",
    keys: &[Key::ignored("description", "for people")],
};
