//! Traces for the tests of reports: those of whole outputs are made by the follower over a script, those of single sentences
//! by hand, since they hold what no client of ours does. Durations are part of both.

use std::collections::VecDeque;
use std::time::Duration;

use url::Url;

use crate::check::{Actual, Outcome};
use crate::follow::{
    Again, End, EndReason, FollowOptions, Follower, Hop, HopCookies, LeadsOn, Trace, Transport,
    follow,
};
use crate::model::{
    Body, Cause, Connection, Digest, Exchange, Failure, Headers, Informational, Method, Peer,
    Phase, Received, Request, Response, Sent, Status, SystemFault, Timings, Tls,
};
use crate::rules::location::locate;
use crate::rules::{BodyFate, Facts, Finding, MethodChange, Note, Policy, Redirect, Verdict, law};

/// Writes a trace hop by hop; what the law would say is said by the one who writes.
pub(super) struct Maker {
    start: Url,
    url: Url,
    method: Method,
    fields: Headers,
    body: Option<u64>,
    hops: Vec<Hop>,
    findings: Vec<Finding>,
}

/// The next request: its method, what became of the body, what the law says of it.
type Next<'a> = (&'a str, BodyFate, Verdict);

impl Maker {
    pub(super) fn new(method: &str, url: &str) -> Self {
        let url = Url::parse(url).unwrap();
        let fields = [("User-Agent", "rehop/0.1.0"), ("Accept", "*/*")]
            .into_iter()
            .collect();
        let method = Method::new(method).unwrap();
        Self {
            start: url.clone(),
            url,
            method,
            fields,
            body: None,
            hops: Vec::new(),
            findings: Vec::new(),
        }
    }

    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.push(name, value);
        self
    }

    pub(super) fn body(mut self, bytes: u64) -> Self {
        self.body = Some(bytes);
        self.with("Content-Type", "application/json")
    }

    /// A redirect that is followed.
    pub(super) fn to(mut self, code: u16, location: &str, (to, body, verdict): Next) -> Self {
        let target = self.url.join(location).unwrap();
        let cross_origin = target.origin() != self.url.origin();
        let change = MethodChange {
            from: self.method.clone(),
            to: Method::new(to).unwrap(),
        };
        let content = ["content-type", "content-length"];
        let lost = |name: &str| {
            (!change.kept() && content.contains(&name)) || (cross_origin && name == "authorization")
        };
        let names: Vec<String> = self
            .sent()
            .headers
            .iter()
            .map(|field| field.name.to_lowercase())
            .collect();
        let redirect = Redirect {
            location: location.as_bytes().to_vec(),
            permanent: matches!(code, 301 | 308),
            predictable: self.method.is_retrieval() || !matches!(code, 301 | 302),
            rule: law::judge(Status(code), &self.method, &change.to, body).1,
            cross_origin,
            downgrade: (self.url.scheme(), target.scheme()) == ("https", "http"),
            dropped: names.into_iter().filter(|name| lost(name)).collect(),
            credentials_sent: Vec::new(),
            exposed: Vec::new(),
            agreement: None,
            followed: true,
            target: target.clone(),
            method: change,
            body,
            verdict,
        };
        self.push(
            Ok(response(code, &[("Location", location.as_bytes())])),
            Some(redirect),
        );
        if cross_origin {
            self.fields.remove("authorization");
        }
        if body == BodyFate::Dropped {
            self.body = None;
            self.fields.remove("content-type");
        }
        self.method = Method::new(to).unwrap();
        self.url = target;
        self
    }

    /// Changes the hop written last.
    pub(super) fn but(mut self, change: impl FnOnce(&mut Hop)) -> Self {
        change(self.hops.last_mut().unwrap());
        self
    }

    /// A finding at the hop written last.
    pub(super) fn finds(self, note: &'static Note, facts: Facts) -> Self {
        self.but(|hop| {
            hop.findings.push(Finding {
                note,
                hop: Some(hop.n),
                facts,
            });
        })
    }

    /// The last answer.
    pub(super) fn lands(self, code: u16) -> Trace {
        self.lands_but(code, |_| ())
    }

    /// The last answer, with a change to its hop.
    pub(super) fn lands_but(mut self, code: u16, change: impl FnOnce(&mut Hop)) -> Trace {
        self.push(Ok(response(code, &[("Content-Type", b"text/html")])), None);
        self.but(change).ends(EndReason::Landed)
    }

    /// No answer.
    pub(super) fn fails(mut self, phase: Phase, cause: Cause) -> Trace {
        let peer = Peer {
            name: format!(
                "{}:{}",
                self.url.host_str().unwrap(),
                self.url.port_or_known_default().unwrap()
            ),
            ..Peer::default()
        };
        let failure = Failure::new(phase, peer, cause);
        self.push(Err(failure.clone()), None);
        self.ends(EndReason::Failed(failure))
    }

    /// The redirect written last is not followed, for this reason.
    pub(super) fn stops(self, reason: EndReason) -> Trace {
        self.but(|hop| {
            hop.redirect
                .iter_mut()
                .for_each(|redirect| redirect.followed = false);
        })
        .ends(reason)
    }

    /// A redirect whose Location is of no use.
    pub(super) fn astray(mut self, code: u16, location: Option<&[u8]>) -> Trace {
        let fields: Vec<_> = location
            .map(|location| ("Location", location))
            .into_iter()
            .collect();
        let response = response(code, &fields);
        let unusable = locate(&self.url, &response.headers).err();
        let status = response.status;
        self.push(Ok(response), None);
        self.ends(EndReason::BadLocation { status, unusable })
    }

    fn ends(self, reason: EndReason) -> Trace {
        let last = &self.hops.last().unwrap().exchange;
        let end = End {
            status: last.answer.as_ref().ok().map(|response| response.status),
            url: last.sent.target.clone(),
            reason,
        };
        Trace {
            start: self.start,
            client: "fetch".to_owned(),
            hops: self.hops,
            end,
            findings: self.findings,
        }
    }

    fn sent(&self) -> Sent {
        let body = self.body.map(|bytes| Digest {
            bytes,
            sha256: [0xab; 32],
            complete: true,
        });
        Sent {
            method: self.method.clone(),
            target: self.url.clone(),
            headers: self.fields.clone(),
            body,
        }
    }

    fn push(&mut self, answer: Result<Response, Failure>, redirect: Option<Redirect>) {
        let mut exchange = Exchange {
            sent: on_the_wire(self.sent()),
            connection: None,
            timings: Timings::default(),
            answer,
        };
        (exchange.connection, exchange.timings) = carried(&exchange, None);
        self.hops.push(Hop {
            n: self.hops.len() + 1,
            exchange,
            redirect,
            cookies: HopCookies::default(),
            findings: Vec::new(),
        });
    }
}

fn response(code: u16, fields: &[(&str, &[u8])]) -> Response {
    let reason = REASONS
        .iter()
        .find(|(known, _)| *known == code)
        .map_or("", |(_, reason)| reason);
    Response {
        version: "HTTP/1.1".to_owned(),
        status: Status(code),
        reason: reason.into(),
        headers: fields
            .iter()
            .copied()
            .chain([("Content-Length", &b"0"[..])])
            .collect(),
        informational: Vec::new(),
        left_out: 0,
        content: Received {
            complete: true,
            ..Received::default()
        },
    }
}

const REASONS: [(u16, &str); 10] = [
    (200, "OK"),
    (300, "Multiple Choices"),
    (301, "Moved Permanently"),
    (302, "Found"),
    (303, "See Other"),
    (307, "Temporary Redirect"),
    (308, "Permanent Redirect"),
    (401, "Unauthorized"),
    (404, "Not Found"),
    (500, "Internal Server Error"),
];

fn tls() -> Tls {
    Tls {
        version: "TLSv1.3".to_owned(),
        cipher: "TLS13_AES_256_GCM_SHA384".to_owned(),
        alpn: Some("http/1.1".to_owned()),
        subject: Some("shop.example".to_owned()),
        issuer: Some("Example CA".to_owned()),
        expires: Some("2027-01-31T23:59:59Z".to_owned()),
        fault: None,
    }
}

/// A chain that the [`Follower`] makes over a script: what servers answer is given, all else is the law's.
struct Play {
    request: Request,
    script: Script,
}

/// What servers answer, in order; connections and durations are those of [`Maker`].
#[derive(Default)]
struct Script {
    answers: VecDeque<Result<Response, Failure>>,
    proxy: Option<String>,
}

impl Play {
    fn new(method: &str, url: &str, fields: &[(&str, &str)], body: usize) -> Self {
        let common = [("User-Agent", "rehop/0.1.0"), ("Accept", "*/*")];
        let kind = (body > 0).then_some(("Content-Type", "application/json"));
        let fields = common.iter().chain(fields).copied().chain(kind);
        let body = if body > 0 {
            Body::from_bytes("x".repeat(body))
        } else {
            Body::NONE
        };
        let (method, url) = (Method::new(method).unwrap(), Url::parse(url).unwrap());
        Self {
            request: Request::new(method, url, fields.collect(), body),
            script: Script::default(),
        }
    }

    fn answer(mut self, response: Response) -> Self {
        self.script.answers.push_back(Ok(response));
        self
    }

    fn moves(self, code: u16, location: &[u8]) -> Self {
        self.answer(response(code, &[("Location", location)]))
    }

    fn fails(mut self, failure: Failure) -> Self {
        self.script.answers.push_back(Err(failure));
        self
    }

    fn trace(mut self) -> Trace {
        let follower = Follower::new(Policy::fetch(), FollowOptions::default(), self.request);
        follow(&mut self.script, follower)
    }
}

impl Transport for Script {
    fn exchange(&mut self, request: &Request, _: LeadsOn<'_>) -> Exchange {
        let answer = self
            .answers
            .pop_front()
            .expect("an answer for each request");
        let mut exchange = Exchange::answered(request, answer);
        exchange.sent = on_the_wire(exchange.sent);
        let (connection, timings) = carried(&exchange, self.proxy.clone());
        exchange.connection = connection;
        exchange.timings = timings;
        exchange
    }
}

/// What the wire adds to a request: where it goes, and how long its content is.
fn on_the_wire(sent: Sent) -> Sent {
    let host = &sent.target[url::Position::BeforeHost..url::Position::AfterPort];
    let mut headers = Headers::new();
    headers.push("Host", host.to_owned());
    for field in &sent.headers {
        headers.push(field.name.clone(), field.value.clone());
    }
    if let Some(body) = &sent.body {
        headers.push("Content-Length", body.bytes.to_string());
    }
    Sent { headers, ..sent }
}

/// The connection and the durations of every exchange here.
fn carried(exchange: &Exchange, proxy: Option<String>) -> (Option<Connection>, Timings) {
    let micros = |n: u64| Some(Duration::from_micros(n));
    let tls = (exchange.sent.target.scheme() == "https").then(tls);
    let timings = Timings {
        connect: micros(120),
        tls: tls.as_ref().and_then(|_| micros(2_100)),
        send: micros(40),
        wait: micros(510),
        receive: micros(30),
        total: Duration::from_micros(if tls.is_some() { 2_800 } else { 700 }),
        dns: None,
    };
    let remote = exchange
        .answer
        .is_ok()
        .then(|| ([127, 0, 0, 1], 8080).into());
    let connection = remote.map(|remote| Connection {
        remote: Some(remote),
        tls,
        proxy,
        ..Connection::default()
    });
    (connection, timings)
}

/// The chain of the README: 308, 302, 200; the POST is lost at hop 2.
pub(super) fn tour() -> Trace {
    Play::new("POST", "http://127.0.0.1:8080/start", &[], 7)
        .moves(308, b"/v2/start")
        .moves(302, b"/login")
        .answer(response(200, &[("Content-Type", b"text/html")]))
        .trace()
}

/// Over TLS and origins, with interim responses and credentials left behind; the last hop cannot be reached.
pub(super) fn failed() -> Trace {
    let fields = [("Authorization", "Bearer s3cret")];
    let mut moved = response(307, &[("Location", b"https://pay.example:8443/cart")]);
    moved.informational.push(Informational {
        status: Status(103),
        headers: [("Link", "</a.css>")].into_iter().collect(),
    });
    let refused = Cause::System(SystemFault {
        kind: std::io::ErrorKind::ConnectionRefused,
        text: "connection refused".to_owned(),
    });
    let peer = Peer {
        name: "pay.example:8443".to_owned(),
        ..Peer::default()
    };
    let mut trace = Play::new("PUT", "https://shop.example/cart", &fields, 2_345_678)
        .answer(moved)
        .fails(Failure::new(Phase::Connect, peer, refused))
        .trace();
    // The first server answered before the upload was through.
    let body = trace.hops[0].exchange.sent.body.as_mut();
    body.unwrap().complete = false;
    trace
}

/// Two pages that send each other back.
pub(super) fn circle() -> Trace {
    Play::new("GET", "http://h.example/a", &[], 0)
        .moves(302, b"/b")
        .moves(301, b"/a#top")
        .trace()
}

/// A server that writes what terminals obey and what nobody sees.
pub(super) fn hostile() -> Trace {
    let location = b"/\x1b]0;owned\x07/\xe2\x80\xae/caf\xe9?\xc2\x9b31m";
    let mut moved = response(302, &[("Location", location)]);
    moved.reason =
        b"\x1b[31mFound\x1b[0m \xff\xe2\x80\x8b and a phrase that does not want to end".to_vec();
    moved.headers.push("X-\u{202e}Evil", *b"a\x08\x08b\x7f");
    Play::new("GET", "http://h.example/", &[], 0)
        .answer(moved)
        .moves(302, format!("/{}", "long/".repeat(100)).as_bytes())
        .moves(302, b"http://exa\x1bmple/\xff")
        .trace()
}

/// A server that writes the markup of every format.
pub(super) fn markup() -> Trace {
    let location = br#"/"><script>alert(1)</script>?a='&b=`c`|[d](javascript:e)"#;
    let mut moved = response(302, &[("Location", location)]);
    moved.reason = b"=cmd|'/c calc'!A0 ]]> --> ::error::x %0A; # end".to_vec();
    moved.headers.push(
        "X-<b>",
        *b"</pre><img src=x onerror=alert(1)> www.h.example @team #1",
    );
    Play::new(
        "GET",
        "http://h.example/?a=';x#end",
        &[("X-Mine", "it's $(x) `y`")],
        0,
    )
    .answer(moved)
    .moves(302, b"http://[::error::<script>]/;#%%style:x#9;")
    .trace()
}

/// Secrets in every place that can hold one.
pub(super) fn secrets() -> Trace {
    let fields = [
        ("Authorization", "Basic SECRET"),
        ("Cookie", "sid=SECRET; b=SECRET"),
        ("X-Api-Key", "SECRET"),
        ("Referer", "https://user:SECRET@shop.example/?code=SECRET"),
    ];
    let url = "https://user:SECRET@shop.example/?token=SECRET";
    let target = b"https://pay.example/?sig=SECRET&next=%2F%3Fcode%3DSECRET#access_token=SECRET";
    let mut moved = response(302, &[("Location", target)]);
    for (name, value) in [
        ("Set-Cookie", "sid=SECRET; Path=/; HttpOnly"),
        ("Set-Cookie", "__Host-id=SECRET; Path=/x"),
        ("Refresh", "0; url=https://u:SECRET@pay.example/?sig=SECRET"),
    ] {
        moved.headers.push(name, value);
    }
    let mut play = Play::new("GET", url, &fields, 0)
        .answer(moved)
        .moves(302, b"//u:SEC RET@/?key=SEC RET");
    play.script.proxy = Some("http://u:SECRET@proxy:3128".to_owned());
    play.trace()
}

/// A circle back to the first hop.
pub(super) fn again(target: &str) -> EndReason {
    EndReason::Loop(Again::Request {
        method: Method::GET,
        target: Url::parse(target).unwrap(),
        hop: 1,
        lost: Vec::new(),
    })
}

/// What became of two expectations.
pub(super) fn outcomes() -> Vec<Outcome> {
    let outcome = |text: &str, held, actual: &str| Outcome {
        text: text.to_owned(),
        held,
        actual: Actual::Found(vec![actual.to_owned()]),
    };
    vec![
        outcome("status = 200", true, "200"),
        outcome("body = kept", false, "dropped"),
    ]
}
