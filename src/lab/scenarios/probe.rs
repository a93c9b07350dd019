//! What `rehop probe` plays: redirects without content, so that a client which misreads the framing of an answer to HEAD
//! shows what it does with the redirect all the same.

use super::super::answer::{LabAnswer, Reply};
use super::super::request::RequestRefusal;
use super::super::scenario::{Group, LabRequest, Scenario, redirect_code};
use super::redirects::{number, origin};

/// Where the redirects of the probe end.
pub(in crate::lab) const END: &str = "/probe";

pub(in crate::lab) static GROUP: Group = Group {
    title: "Probe (no answer has content)",
    scenarios: &[
        Scenario::made(
            END,
            "200: where the redirects of rehop probe end",
            |asked| Reply::new(200).to(asked.head),
        ),
        Scenario::tried(
            "/probe/chain/{n}",
            "n redirects to /probe by 302, or ?code=",
            chain,
        )
        .at("/probe/chain/25")
        .curl("-siL"),
        Scenario::tried(
            "/probe/loop",
            "a redirect to itself by 302, or ?code=",
            looped,
        )
        .curl("-siL --max-redirs 5"),
        Scenario::tried(
            "/probe/{where}/{code}",
            "a redirect to /probe at an origin as under /to",
            to,
        )
        .at("/probe/host/307")
        .curl("-siL -H 'Authorization: Bearer t'"),
    ],
};

fn to(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let origin = origin(asked, &asked.args[0])?;
    Ok(redirect(
        asked,
        redirect_code(&asked.args[1])?,
        &format!("{origin}{END}"),
    ))
}

fn chain(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let left: u32 = number(&asked.args[0])?;
    let path = if left <= 1 {
        END.to_owned()
    } else {
        format!("{END}/chain/{}", left - 1)
    };
    Ok(redirect(
        asked,
        asked.chosen_code()?,
        &(path + &String::from_utf8_lossy(&asked.raw_query())),
    ))
}

fn looped(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let here = format!("{END}/loop{}", String::from_utf8_lossy(&asked.raw_query()));
    Ok(redirect(asked, asked.chosen_code()?, &here))
}

fn redirect(asked: &LabRequest<'_>, code: u16, location: &str) -> LabAnswer {
    Reply::new(code).field("Location", location).to(asked.head)
}
