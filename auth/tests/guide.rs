//! The guide and its picture know every challenge and every flow of the model.

use cognito_idp::types::{AuthFlowType, ChallengeNameType};

const GUIDE: &str = include_str!("../GUIDE.md");
const PICTURE: &str = include_str!("../sign-in.svg");

#[test]
fn every_challenge_has_a_row_in_the_guide_and_a_box_in_the_picture() {
    for name in ChallengeNameType::values() {
        assert!(
            GUIDE.contains(&format!("\n| `{name}` |")),
            "the guide has no row of {name}"
        );
        assert!(
            PICTURE.contains(&format!(">{name}</text>")),
            "the picture has no box of {name}"
        );
    }
}

#[test]
fn every_flow_has_a_row_in_the_guide() {
    // Other names of flows that are there.
    let other_names = ["REFRESH_TOKEN", "ADMIN_NO_SRP_AUTH"];
    for flow in AuthFlowType::values() {
        let row = GUIDE.contains(&format!("\n| `{flow}`"));
        assert!(row || other_names.contains(flow), "the guide has no row of {flow}");
    }
}

// HTML inside of Markdown ends at an empty line, and the documentation shows the picture as such.
#[test]
fn the_picture_has_no_empty_line() {
    assert!(!PICTURE.trim_end().lines().any(|line| line.trim().is_empty()));
}
