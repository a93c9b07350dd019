//! The chain of `rehop demo`: every verdict that a client which follows Fetch meets.

use super::super::answer::LabAnswer;
use super::super::scenario::{Group, LabRequest, Scenario};
use super::echo;

/// Where the chain begins.
pub const START: &str = "/demo/orders";
/// What is posted there.
pub const BODY: &str = r#"{"item":"tea","cups":2}"#;
/// Its media type.
pub const CONTENT_TYPE: &str = "application/json";

/// The chain: path, code, next path.
///
/// A method that has become GET never comes back, so the two codes that keep it stand first.
const STEPS: [(&str, u16, &str); 4] = [
    (START, 308, "/demo/v2/orders"),
    ("/demo/v2/orders", 307, "/demo/v2/orders/eu"),
    ("/demo/v2/orders/eu", 302, "/demo/queue"),
    ("/demo/queue", 303, "/demo/orders/7"),
];

pub(in crate::lab) static GROUP: Group = Group {
    title: "Demo",
    scenarios: &[
        Scenario::made(
            START,
            "the chain of rehop demo: the order form has moved for good (308)",
            step,
        )
        .curl("-sL --json '{\"item\":\"tea\",\"cups\":2}'"),
        Scenario::made(
            "/demo/v2/orders",
            "… today Europe takes the orders (307)",
            step,
        ),
        Scenario::made(
            "/demo/v2/orders/eu",
            "… which says 302, where 303 was meant: most clients turn POST into GET",
            step,
        ),
        Scenario::made(
            "/demo/queue",
            "… and the answer is found elsewhere (303)",
            step,
        ),
        Scenario::made(
            "/demo/orders/7",
            "… here: says what arrived at last",
            landed,
        ),
    ],
};

fn step(asked: &LabRequest<'_>) -> LabAnswer {
    let here = asked.head.path();
    let (_, code, next) = STEPS
        .iter()
        .find(|step| step.0.as_bytes() == here)
        .unwrap_or(&STEPS[0]);
    asked.redirect(*code, next)
}

fn landed(asked: &LabRequest<'_>) -> LabAnswer {
    echo::echo(asked)
}
