//! Chains of several redirects, where a client's own state goes from hop to hop.

use rehop::clients::by_name;
use rehop::model::{Headers, Status};
use rehop::rules::step::{Action, State};

use super::cells::data;
use super::predict::first_request;

/// The hosts: A is where a chain starts.
const HOSTS: [(&str, &str); 2] = [("A", "http://127.0.0.1:1"), ("B", "http://localhost:2")];

fn host(name: &str) -> &'static str {
    HOSTS
        .iter()
        .find(|(known, _)| *known == name)
        .expect("A or B")
        .1
}

/// What `client` sends in a chain of such steps as `302-B`, a word or four for each request: host, method, content,
/// fields.
fn sent(client: &str, method: &str, steps: &str) -> Vec<String> {
    let policy = &by_name(client).unwrap_or_else(|| panic!("{client}")).policy;
    let content = matches!(method, "POST" | "PUT");
    let mut state = State::start(
        policy,
        first_request(method, &format!("{}/0", host("A")), content),
    );
    let mut requests = vec![told("A", &state)];
    for (n, step) in steps.split(' ').enumerate() {
        let (code, to) = step.split_once('-').expect(step);
        let location: Headers = [("location", format!("{}/{}", host(to), n + 1))]
            .into_iter()
            .collect();
        match state.on_response(policy, Status(code.parse().expect(step)), &location) {
            Action::Follow(next) => state = next.state,
            Action::Stop(_) => break,
        }
        requests.push(told(to, &state));
    }
    requests
}

fn told(host: &str, state: &State) -> String {
    let content = match (state.body.is_none(), state.framing) {
        (false, _) => "same",
        (true, Some(_)) => "empty",
        (true, None) => "absent",
    };
    let letters = [
        ("authorization", 'a'),
        ("cookie", 'c'),
        ("content-language", 'l'),
        ("content-type", 't'),
        ("x-custom", 'x'),
    ];
    let fields: String = letters
        .iter()
        .filter(|(name, _)| state.headers.contains(name))
        .map(|(_, it)| *it)
        .collect();
    let fields = if fields.is_empty() { "-" } else { &fields };
    format!("{host} {} {content} {fields}", state.method)
}

#[test]
fn measured_chains_are_predicted() {
    let text = data("chains.tsv");
    let mut played = 0;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let [clients, method, steps] = std::array::from_fn(|_| columns.next().expect(line));
        let measured: Vec<&str> = columns.collect();
        for client in clients.split(',') {
            assert_eq!(
                sent(client, method, steps),
                measured,
                "{client} {method} {steps}"
            );
            played += 1;
        }
    }
    assert_eq!(played, 447);
}

/// What users of these clients know of them and nobody measured here.
#[test]
fn measured_surprises_in_chains_are_predicted() {
    #[rustfmt::skip]
    let cases: &[(&str, &str, &str, &[&str])] = &[
        ("go1.27",       "POST", "303-A 308-A",       &["POST same a", "GET absent a", "GET absent a"]),
        ("go1.27",       "POST", "303-A 302-A",       &["POST same a", "GET absent a", "GET absent a"]),
        ("go1.19",       "POST", "303-A 308-A",       &["POST same a", "GET absent a", "GET same a"]),
        ("go1.19",       "GET",  "302-B 302-B",       &["GET absent a", "GET absent", "GET absent a"]),
        ("go1.27",       "GET",  "302-B 302-A",       &["GET absent a", "GET absent", "GET absent"]),
        ("php-stream",   "POST", "303-A 307-A",       &["POST same a", "GET absent a", "POST same a"]),
        ("rust-reqwest", "GET",  "302-B 302-B",       &["GET absent a", "GET absent", "GET absent a"]),
        ("curl",         "GET",  "302-B 302-A",       &["GET absent a", "GET absent", "GET absent a"]),
        ("curl",         "POST", "303-A 307-A",       &["POST same a", "GET absent a", "GET absent a"]),
        ("fetch",        "POST", "303-A 307-A",       &["POST same a", "GET absent a", "GET absent a"]),
        ("fetch",        "GET",  "302-B 302-A",       &["GET absent a", "GET absent", "GET absent"]),
        ("rfc9110",      "POST", "302-A 303-A 308-A", &["POST same a", "POST same a", "GET absent a", "GET absent a"]),
        ("rfc9110",      "HEAD", "303-A 300-A",       &["HEAD absent a", "HEAD absent a", "HEAD absent a"]),
    ];
    for (client, method, steps, expected) in cases {
        let shortened = |told: &String| {
            let words: Vec<&str> = told.split(' ').collect();
            let authorization = if words[3].contains('a') { " a" } else { "" };
            format!("{} {}{authorization}", words[1], words[2])
        };
        let sent: Vec<String> = sent(client, method, steps).iter().map(shortened).collect();
        assert_eq!(sent, *expected, "{client} {method} {steps}");
    }
}
