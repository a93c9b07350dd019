//! Redirects as they ought to be: every code, every target, chains, loops.

use std::time::Duration;

use super::super::answer::{After, LabAnswer, Reply};
use super::super::play::find;
use super::super::request::{RequestHead, RequestRefusal};
use super::super::scenario::{Group, LabRequest, Scenario, final_code, redirect_code};

/// A delay longer than this is cut: a thread waits for it.
const LONGEST_DELAY: Duration = Duration::from_secs(5 * 60);

pub(in crate::lab) static GROUP: Group = Group {
    title: "Redirects",
    scenarios: &[
        Scenario::tried(
            "/status/{code}",
            "this status; 3xx has a Location: /echo, or what ?location= says",
            status,
        )
        .at("/status/307")
        .curl("-sL -d a=1"),
        Scenario::tried(
            "/to/{where}/{code}",
            "a redirect to /echo at the same origin, another port, another host, \
             subdomain, parent, https or http",
            to,
        )
        .at("/to/port/307")
        .curl("-sL -u user:secret"),
        Scenario::tried(
            "/to/{where}/{code}/{path*}",
            "the same, to this path, which may be another scenario",
            to,
        )
        .at("/to/host/302/to/port/307")
        .curl("-sL -H 'Authorization: Bearer t'"),
        Scenario::tried(
            "/chain/{codes}",
            "each of these codes in turn, then /echo",
            chain,
        )
        .at("/chain/308,307,302,303")
        .curl("-sL -d a=1"),
        Scenario::tried(
            "/redirect-to",
            "a redirect to ?url= with ?status_code= (302)",
            redirect_to,
        )
        .at("/redirect-to?url=/echo&status_code=308")
        .curl("-sL"),
        Scenario::tried(
            "/redirect/{n}",
            "n redirects by 302, or ?code=, then /get",
            relative,
        )
        .at("/redirect/3")
        .curl("-sL"),
        Scenario::tried("/relative-redirect/{n}", "the same", relative)
            .at("/relative-redirect/3")
            .curl("-sL"),
        Scenario::tried(
            "/absolute-redirect/{n}",
            "the same with absolute Locations",
            absolute,
        )
        .at("/absolute-redirect/3")
        .curl("-sL"),
        Scenario::tried(
            "/loop/{n}",
            "a loop through n URLs by 302, or ?code=",
            looped,
        )
        .at("/loop/2")
        .curl("-siL --max-redirs 5"),
        Scenario::tried(
            "/endless/{path*}",
            "never ends: each Location is longer; 302, or ?code=",
            endless,
        )
        .at("/endless")
        .curl("-siL --max-redirs 5"),
        Scenario::tried("/delay/{ms}", "/echo after so many milliseconds", delay).at("/delay/300"),
        Scenario::tried(
            "/delay/{ms}/{path*}",
            "another scenario after so many milliseconds",
            delay,
        )
        .at("/delay/300/status/302")
        .curl("-sL"),
        Scenario::tried(
            "/retry-after/{seconds}",
            "a 303 to /echo that asks to wait before",
            retry_after,
        )
        .at("/retry-after/1"),
        Scenario::tried(
            "/http10/{code}",
            "a redirect to /echo by an HTTP/1.0 server: content until close",
            http10,
        )
        .at("/http10/302")
        .curl("-sL"),
        Scenario::tried(
            "/refresh/{how}",
            "200 with a Refresh field or a meta element (header, meta): no redirect \
             of HTTP",
            refresh,
        )
        .at("/refresh/header"),
    ],
};

fn status(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let code = final_code(&asked.args[0])?;
    let location = asked
        .query("location")
        .unwrap_or_else(|| "/echo".to_owned());
    Ok(match code {
        304 => Reply::new(code).field("ETag", "\"lab\"").to(asked.head),
        300..=399 => asked.redirect(code, location),
        _ => Reply::new(code).text(format!("{code}\n")).to(asked.head),
    })
}

fn to(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let origin = origin(asked, &asked.args[0])?;
    let path = rest_of_path(asked, 3).unwrap_or_else(|| b"/echo".to_vec());
    Ok(asked.redirect(
        asked.code(1)?,
        [origin.as_bytes(), &path, &asked.raw_query()].concat(),
    ))
}

/// The origin that a word stands for, seen from where it was asked.
pub(super) fn origin(asked: &LabRequest<'_>, word: &str) -> Result<String, RequestRefusal> {
    let here = asked.here;
    match word {
        "same" => Ok(here.origin()),
        "port" => here.other_port(),
        "host" => Ok(here.other_name()),
        "subdomain" => Ok(here.subdomain()),
        "parent" => here.parent(),
        "https" => here.of_scheme(true),
        "http" => here.of_scheme(false),
        other => {
            let all = "same, port, host, subdomain, parent, https or http";
            Err(RequestRefusal::bad(format!(
                "a redirect goes to {all}, not {other:?}"
            )))
        }
    }
}

/// The path from its segment `skip` on, as sent: decoding would change what another scenario gets.
fn rest_of_path(asked: &LabRequest<'_>, skip: usize) -> Option<Vec<u8>> {
    let path = asked.head.path();
    let slashes = path
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'/')
        .map(|(at, _)| at);
    slashes.skip(skip).map(|at| path[at..].to_vec()).next()
}

fn chain(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let (first, rest) = asked.args[0]
        .split_once(',')
        .unwrap_or((&asked.args[0], ""));
    let next = if rest.is_empty() {
        "/echo".to_owned()
    } else {
        format!("/chain/{rest}")
    };
    Ok(asked.redirect(
        redirect_code(first)?,
        [next.as_bytes(), &asked.raw_query()].concat(),
    ))
}

fn redirect_to(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let url = asked
        .query("url")
        .ok_or_else(|| RequestRefusal::bad("say where: /redirect-to?url=/echo"))?;
    let code = asked
        .query("status_code")
        .map_or(Ok(302), |code| redirect_code(&code))?;
    Ok(asked.redirect(code, url))
}

fn relative(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    count_down(asked, "/relative-redirect")
}

fn absolute(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    count_down(asked, "/absolute-redirect")
}

fn count_down(asked: &LabRequest<'_>, family: &str) -> Result<LabAnswer, RequestRefusal> {
    let left: u32 = number(&asked.args[0])?;
    let path = if left <= 1 {
        "/get".to_owned()
    } else {
        format!("{family}/{}", left - 1)
    };
    let origin = if family == "/absolute-redirect" {
        asked.here.origin()
    } else {
        String::new()
    };
    let location = [origin.as_bytes(), path.as_bytes(), &asked.raw_query()].concat();
    Ok(asked.redirect(asked.chosen_code()?, location))
}

fn looped(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let length: u32 = number(&asked.args[0])?;
    let code = asked.chosen_code()?;
    let at: u32 = asked.query("at").map_or(Ok(0), |at| number(&at))?;
    let next = at.saturating_add(1);
    let mut queries = url::form_urlencoded::Serializer::new(String::new());
    if code != 302 {
        queries.append_pair("code", &code.to_string());
    }
    if next < length {
        queries.append_pair("at", &next.to_string());
    }
    let query = queries.finish();
    let mark = if query.is_empty() { "" } else { "?" };
    Ok(asked.redirect(code, format!("/loop/{length}{mark}{query}")))
}

fn endless(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let longer = [asked.head.path(), b"/and-on", &asked.raw_query()].concat();
    Ok(asked.redirect(asked.chosen_code()?, longer))
}

fn delay(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let pause = Duration::from_millis(number(&asked.args[0])?).min(LONGEST_DELAY);
    let path = rest_of_path(asked, 2).unwrap_or_else(|| b"/echo".to_vec());
    if path.starts_with(b"/delay/") {
        return Err(RequestRefusal::bad("one delay is enough"));
    }
    let found = find(asked.groups, &path);
    let head = RequestHead {
        target: [&path[..], &asked.raw_query()].concat(),
        ..asked.head.clone()
    };
    let answer = found.try_answer(&LabRequest {
        head: &head,
        args: found.args.clone(),
        content: asked.content,
        here: asked.here,
        groups: asked.groups,
    })?;
    Ok(answer.delayed(pause))
}

fn retry_after(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let seconds: u32 = number(&asked.args[0])?;
    Ok(Reply::redirect(303, "/echo")
        .field("Retry-After", seconds.to_string())
        .to(asked.head))
}

fn http10(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let code = asked.code(0)?;
    let response = format!("HTTP/1.0 {code} \r\nLocation: /echo\r\n\r\nsee /echo\n");
    Ok(LabAnswer::raw(Some(code), response, After::Close))
}

fn refresh(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let page =
        "<!doctype html><meta http-equiv=\"refresh\" content=\"0; url=/echo\"><p>see /echo</p>\n";
    match asked.args[0].as_str() {
        "header" => Ok(Reply::new(200)
            .field("Refresh", "0; url=/echo")
            .text("see /echo\n")
            .to(asked.head)),
        "meta" => Ok(Reply::new(200)
            .content("text/html; charset=utf-8", page)
            .to(asked.head)),
        other => Err(RequestRefusal::bad(format!(
            "a page refreshes by header or meta, not {other:?}"
        ))),
    }
}

pub(super) fn number<N: std::str::FromStr>(text: &str) -> Result<N, RequestRefusal> {
    text.parse()
        .map_err(|_| RequestRefusal::bad(format!("{text:?} is no number that fits here")))
}
