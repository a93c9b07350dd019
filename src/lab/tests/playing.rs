//! Each scenario answers what its row says.

use std::io::{Read, Write};
use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;

use super::super::play::find;
use super::super::request::RequestHead;
use super::super::scenario::LabRequest;
use super::super::scenarios::GROUPS;
use super::super::site::Site;
use super::super::{Options, Ports, Server, demo, scenarios};
use super::{arrivals, connect, field, get, json_of, lab, talk};

#[test]
fn scenario_redirects_lead_where_the_path_says() {
    let lab = Server::start(Options {
        tls: true,
        ..Options::default()
    })
    .unwrap();
    let [port, other] = lab.ports().http;
    let [secure, _] = lab.ports().https.unwrap();
    let table = [
        ("/status/308", 308, "/echo".to_owned()),
        ("/status/399?location=/x", 399, "/x".to_owned()),
        ("/to/same/301", 301, format!("http://127.0.0.1:{port}/echo")),
        (
            "/to/port/307",
            307,
            format!("http://127.0.0.1:{other}/echo"),
        ),
        ("/to/host/302", 302, format!("http://localhost:{port}/echo")),
        (
            "/to/subdomain/302",
            302,
            format!("http://sub.localhost:{port}/echo"),
        ),
        (
            "/to/https/307",
            307,
            format!("https://127.0.0.1:{secure}/echo"),
        ),
        (
            "/to/http/303/a%20b?c",
            303,
            format!("http://127.0.0.1:{port}/a%20b?c"),
        ),
        ("/chain/308,307", 308, "/chain/307".to_owned()),
        ("/chain/307?a=b", 307, "/echo?a=b".to_owned()),
        ("/chain/308%2C301", 308, "/chain/301".to_owned()),
        (
            "/redirect-to?url=http%3A%2F%2Fx%2F&status_code=303",
            303,
            "http://x/".to_owned(),
        ),
        (
            "/redirect-to?url=/a%0d%0aX:%20split",
            302,
            "/a  X: split".to_owned(),
        ),
        ("/redirect/3", 302, "/relative-redirect/2".to_owned()),
        ("/redirect/1?code=307", 307, "/get?code=307".to_owned()),
        (
            "/absolute-redirect/2",
            302,
            format!("http://127.0.0.1:{port}/absolute-redirect/1"),
        ),
        ("/loop/1", 302, "/loop/1".to_owned()),
        ("/loop/3", 302, "/loop/3?at=1".to_owned()),
        ("/loop/3?at=2", 302, "/loop/3".to_owned()),
        ("/loop/2?code=307", 307, "/loop/2?code=307&at=1".to_owned()),
        ("/endless/a?b", 302, "/endless/a/and-on?b".to_owned()),
        ("/delay/1/status/307", 307, "/echo".to_owned()),
        ("/cookie-wall", 302, "/cookie-wall".to_owned()),
        ("/account", 302, "/login".to_owned()),
        ("/http10/301", 301, "/echo".to_owned()),
        ("/expect/307", 307, "/echo".to_owned()),
        (
            "/location/backslashes",
            302,
            format!("\\\\127.0.0.1:{port}\\echo"),
        ),
        (
            "/location/bad-port?code=308",
            308,
            "http://127.0.0.1:99999/echo".to_owned(),
        ),
    ];
    for (target, code, location) in table {
        let response = get(&lab, target);
        assert_eq!(response[9..12].parse(), Ok(code), "{target}: {response}");
        assert_eq!(field(&response, "location"), [location], "{target}");
    }
    assert_eq!(field(&get(&lab, "/location/missing"), "location"), [""; 0]);
    assert_eq!(
        field(&get(&lab, "/location/two-different"), "location"),
        ["/anything/first", "/anything/second"]
    );
    assert_eq!(
        field(&get(&lab, "/location/long"), "location")[0].len(),
        40_000
    );
}

#[test]
fn scenario_arguments_without_sense_are_refused_with_a_sentence() {
    let lab = lab();
    for (target, code) in [
        ("/nowhere", "404"),
        ("/status/99", "400"),
        ("/status/abc", "400"),
        ("/to/moon/302", "400"),
        ("/to/same/200", "400"),
        ("/to/https/302", "501"),
        ("/to/parent/302", "400"),
        ("/chain/302,,", "302"),
        ("/chain/,302", "400"),
        ("/redirect-to", "400"),
        ("/redirect/x", "400"),
        ("/delay/0/delay/0/echo", "400"),
        ("/location/missing?code=200", "400"),
    ] {
        assert_eq!(&get(&lab, target)[9..12], code, "{target}");
    }
}

#[test]
fn echo_reports_what_arrived() {
    let lab = lab();
    let response = talk(
        &lab,
        "PoST /echo?q=%20 HTTP/1.1\r\nhOST: localhost\r\nX-b: 2\r\nX-a: é\r\nx-B: 3\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc",
    );
    let reported = json_of(&response);
    assert_eq!(reported["method"], "PoST");
    assert_eq!(reported["target"], "/echo?q=%20");
    assert_eq!(
        reported["headers"][0],
        serde_json::json!(["hOST", "localhost"])
    );
    assert_eq!(reported["headers"][3], serde_json::json!(["x-B", "3"]));
    assert_eq!(reported["body"]["bytes"], 3);
    // sha256sum of abc, as FIPS 180-2 gives it.
    assert_eq!(
        reported["body"]["sha256"],
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert_eq!(reported["body"]["text"], "abc");
    let arrival = &lab.arrivals()[0];
    assert_eq!(
        (arrival.method.as_str(), arrival.status),
        ("PoST", Some(200))
    );
    assert_eq!(arrival.content.as_ref().unwrap().prefix, b"abc");
}

#[test]
fn anything_answers_in_the_form_of_httpbin() {
    let lab = lab();
    let form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 11\r\nConnection: close\r\n\r\na=1&a=2&b=c";
    let reported = json_of(&talk(
        &lab,
        &format!("POST /anything?x=y HTTP/1.1\r\nHost: h\r\n{form}"),
    ));
    assert_eq!(reported["args"], serde_json::json!({"x": "y"}));
    assert_eq!(
        reported["form"],
        serde_json::json!({"a": ["1", "2"], "b": "c"})
    );
    assert_eq!(reported["headers"]["Host"], "h");
    assert_eq!(reported["url"], "http://h/anything?x=y");
}

#[test]
fn demo_chain_shows_a_verdict_at_each_step() {
    let lab = lab();
    let mut path = demo::START.to_owned();
    let mut codes = Vec::new();
    loop {
        let body = demo::BODY;
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let response = talk(&lab, &request);
        codes.push(response[9..12].to_owned());
        match field(&response, "location").first() {
            Some(next) => (*next).clone_into(&mut path),
            None => break,
        }
    }
    assert_eq!(codes, ["308", "307", "302", "303", "200"]);
}

/// Every row of the table is played by its own example, and not hidden by one before it.
#[test]
fn scenario_examples_reach_their_scenario() {
    let lab = Server::start(Options {
        tls: true,
        ..Options::default()
    })
    .unwrap();
    for (nth, scenario) in scenarios().enumerate() {
        let found = find(
            &GROUPS,
            scenario.example.split('?').next().unwrap().as_bytes(),
        );
        assert!(
            found
                .scenario
                .is_some_and(|found| std::ptr::eq(found, scenario)),
            "{} is not found by {}",
            scenario.path,
            scenario.example
        );
        let mut stream = connect(&lab);
        stream
            .set_read_timeout(Some(Duration::from_millis(100)))
            .unwrap();
        let request = format!(
            "GET {} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            scenario.example
        );
        stream.write_all(request.as_bytes()).unwrap();
        let _ = stream.read(&mut [0; 64]);
        let arrival = Arc::clone(&arrivals(&lab, nth + 1)[nth]);
        assert_eq!(
            arrival.target,
            scenario.example.as_bytes(),
            "{}",
            scenario.path
        );
        assert!(
            !matches!(arrival.status, Some(400 | 404 | 501)),
            "{}: {:?}",
            scenario.path,
            arrival.status
        );
    }
}

#[test]
fn index_lists_every_scenario_in_both_forms() {
    let lab = lab();
    let text = get(&lab, "/");
    let html = talk(
        &lab,
        "GET / HTTP/1.1\r\nHost: h'<>\r\nAccept: text/html\r\nConnection: close\r\n\r\n",
    );
    for scenario in scenarios() {
        assert!(
            text.contains(&format!(
                "\n  {}\n    {}\n    curl ",
                scenario.path, scenario.says
            )),
            "{}",
            scenario.path
        );
        assert!(
            html.contains(&format!("<code>{}</code>", scenario.path)),
            "{}",
            scenario.path
        );
    }
    assert!(
        !html.contains("h'<>"),
        "a Host that no name is made of is not shown"
    );
    assert!(text.contains(&format!(
        "curl -sL '{}'",
        lab.url("/redirect-to?url=/echo&status_code=308")
    )));
}

proptest! {
    /// Whatever stands in place of the arguments and in the query: an answer, never a panic.
    #[test]
    fn scenario_answers_any_request(
        scenario in prop::sample::select(scenarios().map(|scenario| scenario.path).collect::<Vec<_>>()),
        args in prop::collection::vec(prop_oneof!["[0-9,-]{0,20}", "[a-z]{1,9}", "\\PC{0,9}", "%[0-9a-fA-F%]{0,6}"], 3),
        query in prop_oneof!["", "(code|at|url|status_code|location|there)=[0-9a-z/%]{0,9}", "\\PC{0,20}"],
        host in "\\PC{0,20}",
    ) {
        let mut args = args.iter();
        let segments = scenario.split('/').map(|it| if it.starts_with('{') { args.next().map_or("", |s| s) } else { it });
        let target = segments.collect::<Vec<_>>().join("/") + "?" + &query;
        let head = RequestHead::parse(format!("POST {target} HTTP/1.1\r\nHost: {host}").as_bytes()).unwrap();
        let local = ([127, 0, 0, 1].into(), 8080);
        for ports in [Ports { http: [1, 2], https: None }, Ports { http: [1, 2], https: Some([3, 4]) }] {
            let here = Site::new(&head, local, false, ports);
            let found = find(&GROUPS, head.path());
            found.answer(&LabRequest { head: &head, args: found.args.clone(), content: None, here: &here, groups: &GROUPS });
        }
    }
}
