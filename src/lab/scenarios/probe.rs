//! What `rehop probe` plays: redirects without content, so that a client which misreads the framing of an answer to HEAD
//! shows what it does with the redirect all the same.

use super::super::answer::{After, LabAnswer, Reply};
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
            "/probe/answer/{form}",
            "a 302 at fault: no-length, bad-chunks, false-gzip, head-17k or head-70k",
            at_fault,
        )
        .at("/probe/answer/no-length")
        .curl("-siLm 3"),
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

/// A redirect to [`END`] whose own length, chunks, coding or head is at fault.
fn at_fault(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let big = |octets: usize| format!("X-Big: {}\r\nContent-Length: 0\r\n\r\n", "x".repeat(octets));
    let (rest, after) = match &*asked.args[0] {
        "no-length" => ("\r\n".to_owned(), After::Hold),
        "bad-chunks" => (
            "Transfer-Encoding: chunked\r\n\r\nzz\r\nfoo\r\n0\r\n\r\n".to_owned(),
            After::KeepAlive,
        ),
        "false-gzip" => (
            "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello".to_owned(),
            After::KeepAlive,
        ),
        "head-17k" => (big(17_000), After::KeepAlive),
        "head-70k" => (big(70_000), After::KeepAlive),
        other => {
            return Err(RequestRefusal::bad(format!(
                "no form of a faulty answer: {other:?}"
            )));
        }
    };
    let head = format!("HTTP/1.1 302 Found\r\nLocation: {END}\r\n");
    Ok(LabAnswer::raw(Some(302), head + &rest, after))
}

fn looped(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let here = format!("{END}/loop{}", String::from_utf8_lossy(&asked.raw_query()));
    Ok(redirect(asked, asked.chosen_code()?, &here))
}

fn redirect(asked: &LabRequest<'_>, code: u16, location: &str) -> LabAnswer {
    Reply::new(code).field("Location", location).to(asked.head)
}
