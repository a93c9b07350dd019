//! Three chains to hold expectations against.

use std::time::Duration;

use url::Url;

use crate::follow::{End, EndReason, Hop, HopCookies, Trace};
use crate::model::{
    Cause, Digest, Exchange, Failure, Headers, Method, Peer, Phase, Received, Response, Sent,
    Status, Timings,
};
use crate::rules::cookie::{CookieFate, ReceivedCookie};
use crate::rules::{BodyFate, Clause, MethodChange, Redirect, Verdict};

pub(super) fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

/// POST, then POST, then GET: 308, 302, 200; three times half a millisecond.
pub(super) fn landed() -> Trace {
    let mut first = hop(
        1,
        Method::POST,
        "http://example.com/start",
        308,
        &[("Location", b"/v2")],
    );
    first.redirect = Some(redirect("http://example.com/v2", 308));
    let mut second = hop(
        2,
        Method::POST,
        "http://example.com/v2",
        302,
        &[("location", b"x")],
    );
    second.redirect = Some(redirect("https://example.com:8443/login?next=%2F#top", 302));
    let fields: &[(&str, &[u8])] = &[
        ("Content-Type", b"text/html"),
        ("Set-Cookie", b"a=1"),
        ("set-cookie", b"b=2"),
        ("X-Bytes", b"\xff\x1b[2J"),
    ];
    let third = hop(
        3,
        Method::GET,
        "https://example.com:8443/login?next=%2F#top",
        200,
        fields,
    );
    trace(vec![first, second, third], EndReason::Landed)
}

/// 308, and then nobody answers.
pub(super) fn failed() -> Trace {
    let mut hops = landed().hops;
    hops.truncate(2);
    hops[1].redirect = None;
    let failure = Failure::new(Phase::Connect, Peer::default(), Cause::Closed);
    hops[1].exchange.answer = Err(failure.clone());
    trace(hops, EndReason::Failed(failure))
}

/// GET and 200.
pub(super) fn direct() -> Trace {
    trace(
        vec![hop(1, Method::GET, "http://example.com/", 200, &[])],
        EndReason::Landed,
    )
}

fn trace(hops: Vec<Hop>, reason: EndReason) -> Trace {
    let (first, last) = (&hops[0].exchange, &hops[hops.len() - 1].exchange);
    Trace {
        start: first.sent.target.clone(),
        client: "fetch".to_owned(),
        end: End {
            status: last.answer.as_ref().ok().map(|response| response.status),
            url: last.sent.target.clone(),
            reason,
        },
        hops,
        findings: Vec::new(),
    }
}

fn hop(n: usize, method: Method, target: &str, status: u16, fields: &[(&str, &[u8])]) -> Hop {
    let body = (method == Method::POST).then_some(Digest {
        bytes: 7,
        sha256: [0; 32],
        complete: true,
    });
    let response = Response {
        version: "HTTP/1.1".to_owned(),
        status: Status(status),
        reason: Vec::new(),
        headers: fields
            .iter()
            .map(|(name, value)| (*name, value.to_vec()))
            .collect(),
        informational: Vec::new(),
        left_out: 0,
        content: Received::default(),
    };
    let names = fields
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        .map(|(_, value)| String::from_utf8_lossy(&value[..1]).into_owned());
    let kept = |name| ReceivedCookie {
        name,
        fate: CookieFate::Kept,
    };
    let cookies = HopCookies {
        received: names.map(kept).collect(),
        sent: Vec::new(),
    };
    let exchange = Exchange {
        sent: Sent {
            method,
            target: url(target),
            headers: Headers::new(),
            body,
        },
        connection: None,
        timings: Timings {
            total: Duration::from_micros(500),
            ..Timings::default()
        },
        answer: Ok(response),
    };
    Hop {
        n,
        exchange,
        redirect: None,
        cookies,
        findings: Vec::new(),
    }
}

/// What a POST with content meets at a 308 or a 302.
fn redirect(target: &str, code: u16) -> Redirect {
    let kept = code == 308;
    Redirect {
        location: Vec::new(),
        target: url(target),
        permanent: kept,
        method: MethodChange {
            from: Method::POST,
            to: if kept { Method::POST } else { Method::GET },
        },
        body: if kept {
            BodyFate::Kept
        } else {
            BodyFate::Dropped
        },
        verdict: if kept {
            Verdict::Required
        } else {
            Verdict::Permitted
        },
        predictable: kept,
        agreement: None,
        rule: Clause {
            source: "RFC 9110",
            section: "15.4",
            url: "",
            says: "",
        },
        cross_origin: false,
        downgrade: false,
        dropped: Vec::new(),
        credentials_sent: Vec::new(),
        exposed: Vec::new(),
        followed: true,
    }
}
