//! Words → plan: what they mean, and what is wrong with them.

mod wrong;

use proptest::prelude::*;

use url::Host;

use super::*;
use crate::cli::{Env, Plan};
use crate::exit::Exit;
use crate::intake::{InputPlace, InputSource};
use crate::model::Field;
use crate::net::options::{ConnectTo, Family, Proxies, Proxy, ProxyKind, ResolveOverride};
use crate::report::{Detail, Format};
use crate::rules::Policy;
use crate::rules::policy::{Referer, UNLIMITED};
use std::ffi::OsString;

fn env() -> Env {
    Env::of(&|_| None)
}

fn words(line: &[&str]) -> Vec<OsString> {
    line.iter().map(OsString::from).collect()
}

fn inspect(line: &[&str]) -> InspectPlan {
    match Plan::new(&words(line), &env()) {
        Ok(Plan::Inspect(plan)) => *plan,
        other => panic!("{line:?} gave {other:?}"),
    }
}

#[test]
fn what_nobody_said_has_its_default() {
    let plan = inspect(&["x"]);
    assert_eq!(plan.chain.policy, Policy::fetch());
    assert!(plan.chain.follow && plan.chain.cookies);
    assert_eq!(
        (plan.chain.schemes, plan.chain.max_time),
        (AllowedSchemes::ALL, None)
    );
    assert_eq!(
        (plan.net.connect_timeout, plan.net.hop_timeout),
        (seconds(10.0), Some(seconds(30.0)))
    );
    assert_eq!(
        (plan.net.family, &plan.net.proxies),
        (Family::Any, &Proxies::default())
    );
    assert_eq!(plan.net.tls, TlsPlan::default());
    assert_eq!(
        (plan.report.format, plan.report.layout.detail),
        (Format::Table, Detail::Normal)
    );
    assert_eq!(
        (
            plan.report.layout.colour,
            plan.report.layout.width,
            plan.report.progress
        ),
        (false, 80, false)
    );
    assert!(plan.notes.is_empty());
}

#[test]
fn the_chain_is_followed_as_asked() {
    let chain = |line: &[&str]| inspect(line).chain;
    assert_eq!(chain(&["--as", "rfc9110", "x"]).policy, Policy::rfc9110());
    for (typed, limit) in [("0", 0), ("7", 7), ("-1", UNLIMITED), ("1000", UNLIMITED)] {
        assert_eq!(
            chain(&["--max-redirects", typed, "x"]).policy.limit,
            Some(limit)
        );
    }
    assert_eq!(
        chain(&["--max-redirs", "1", "--max-redirs", "2", "x"])
            .policy
            .limit,
        Some(2),
        "as in curl the last goes"
    );
    assert_eq!(chain(&["--location-trusted", "x"]).policy.credentials, []);
    let rewriting = chain(&["--post301", "--post303", "x"]).policy.method;
    let kept = rewriting
        .iter()
        .filter(|rule| rule.to.is_none() && rule.methods.is_empty());
    assert_eq!(
        kept.flat_map(|rule| &rule.codes).collect::<Vec<_>>(),
        [&303, &301]
    );
    assert_eq!(
        chain(&["-X", "POST", "x"]).policy,
        Policy::fetch(),
        "only curl's -X sticks"
    );
    assert!(!chain(&["--no-follow", "-L", "x"]).follow);
    assert!(!chain(&["--no-cookies", "x"]).cookies);
    assert_eq!(
        chain(&["-e", ";auto", "x"]).policy.referer,
        Referer::Previous
    );
    for (list, http, https) in [
        ("=https", false, true),
        ("-http", false, true),
        ("all,-https", true, false),
        ("=all", true, true),
        ("ftp", true, true),
        ("-all,+https", false, true),
    ] {
        assert_eq!(
            chain(&["--proto-redir", list, "x"]).schemes,
            AllowedSchemes { http, https },
            "{list}"
        );
    }
}

#[test]
fn time_limits_are_decimal_seconds_and_0_is_none() {
    for (line, connect, hop, chain) in [
        (&["-m", "0.5", "x"][..], 10.0, Some(0.5), Some(0.5)),
        (&["-m", "120", "x"], 10.0, Some(120.0), Some(120.0)),
        (&["-m", "0", "x"], 10.0, None, None),
        (&["--connect-timeout", ".25", "x"], 0.25, Some(30.0), None),
        (&["--connect-timeout", "0", "x"], 10.0, Some(30.0), None),
    ] {
        let plan = inspect(line);
        assert_eq!(plan.net.connect_timeout, seconds(connect), "{line:?}");
        assert_eq!(
            (plan.net.hop_timeout, plan.chain.max_time),
            (hop.map(seconds), chain.map(seconds)),
            "{line:?}"
        );
    }
}

#[test]
fn names_are_resolved_and_hosts_stand_in_as_asked() {
    let host = |text: &str| Host::parse(text).unwrap();
    let resolve = |line: &[&str]| inspect(line).net.overrides;
    let entry = |name: Option<&str>, port, addresses: &[&str]| ResolveOverride {
        host: name.map(host),
        port,
        addresses: addresses
            .iter()
            .map(|address| address.parse().unwrap())
            .collect(),
    };
    for (typed, meant) in [
        (
            "A.example:80:127.0.0.1",
            entry(Some("a.example"), 80, &["127.0.0.1"]),
        ),
        (
            "+*:443:127.0.0.1,[::1]",
            entry(None, 443, &["127.0.0.1", "::1"]),
        ),
        ("[::1]:443:::2", entry(Some("[::1]"), 443, &["::2"])),
    ] {
        assert_eq!(resolve(&["--resolve", typed, "x"]), [meant], "{typed}");
    }
    assert_eq!(
        resolve(&["--resolve", "a:80:127.0.0.1", "--resolve", "-a:80", "x"]),
        []
    );
    let to = |typed: &str| {
        inspect(&["--connect-to", typed, "x"])
            .net
            .connect_to
            .remove(0)
    };
    let some = |text: &str| Some(host(text));
    for (typed, host, port, to_host, to_port) in [
        ("a:80:b:8080", some("a"), Some(80), some("b"), Some(8080)),
        ("::b:8080", None, None, some("b"), Some(8080)),
        ("A:80:[::1]:", some("a"), Some(80), some("[::1]"), None),
        ("[::1]:80::9", some("[::1]"), Some(80), None, Some(9)),
        ("a:80:b", some("a"), Some(80), some("b"), None),
    ] {
        assert_eq!(
            to(typed),
            ConnectTo {
                host,
                port,
                to_host,
                to_port
            },
            "{typed}"
        );
    }
}

#[test]
fn proxies_come_from_the_flag_else_from_the_environment() {
    let variables = [
        ("http_proxy", "p.example"),
        ("ALL_PROXY", "socks5h://u:s%40@[::1]:9"),
        ("no_proxy", ".a.example, B"),
    ];
    let env = Env::of(&|name| {
        variables
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.into())
    });
    let plan = |line: &[&str]| match Plan::new(&words(line), &env) {
        Ok(Plan::Inspect(plan)) => plan.net.proxies,
        other => panic!("{other:?}"),
    };
    let proxy = |kind, host: &str, port, user: Option<(&str, &str)>| {
        let credentials = user.map(|(user, password)| (user.to_owned(), password.to_owned()));
        Some(Proxy {
            kind,
            host: Host::parse(host).unwrap(),
            port,
            credentials,
        })
    };
    let except = vec!["a.example".to_owned(), "b".to_owned()];
    let own = proxy(ProxyKind::Http, "p.example", 1080, None);
    let all = proxy(ProxyKind::Socks5h, "[::1]", 9, Some(("u", "s@")));
    assert_eq!(
        plan(&["x"]),
        Proxies {
            http: own,
            https: all,
            except: except.clone()
        }
    );
    assert_eq!(
        plan(&["-x", "", "x"]),
        Proxies {
            except,
            ..Proxies::default()
        }
    );
    let typed = proxy(ProxyKind::Http, "q", 80, Some(("me", "")));
    assert_eq!(
        plan(&["-x", "http://q:80", "-U", "me", "--noproxy", "*", "x"]),
        Proxies {
            http: typed.clone(),
            https: typed,
            except: vec!["*".to_owned()]
        }
    );
    let broken = Env::of(&|name| (name == "HTTPS_PROXY").then(|| "ssh://p".into()));
    let says = Plan::new(&words(&["x"]), &broken)
        .map_err(|misuse| misuse.says)
        .err();
    assert_eq!(
        says.as_deref(),
        Some("HTTPS_PROXY ssh://p: not a kind of proxy")
    );
}

#[test]
fn proxies_are_written_as_for_curl() {
    for (typed, shown, credentials) in [
        ("127.0.0.1:3128", "http://127.0.0.1:3128", None),
        ("proxy.example", "http://proxy.example:1080", None),
        ("http://proxy.example:80/", "http://proxy.example:80", None),
        (
            "http://u:p%40q@proxy.example:8080",
            "http://proxy.example:8080",
            Some(("u", "p@q")),
        ),
        ("SOCKS5://u@[::1]:9", "socks5://[::1]:9", Some(("u", ""))),
        ("socks5h://h", "socks5h://h:1080", None),
        ("socks4://h:1", "socks4://h:1", None),
        ("socks4a://h:1", "socks4a://h:1", None),
    ] {
        let proxy = inspect(&["-x", typed, "x"]).net.proxies.http.unwrap();
        assert_eq!(
            (proxy.to_string().as_str(), format!("{proxy:?}")),
            (shown, format!("Proxy({shown})"))
        );
        let found = proxy
            .credentials
            .as_ref()
            .map(|(user, password)| (user.as_str(), password.as_str()));
        assert_eq!(found, credentials, "{typed}");
    }
    for wrong in [
        "https://h",
        "ftp://u:secret@h",
        "http://",
        "http://h:x",
        "socks9://h",
        "http://u:secret@a b",
    ] {
        let misuse = Plan::new(&words(&["-x", wrong, "x"]), &env()).unwrap_err();
        assert!(
            misuse.says.starts_with("--proxy ") && !misuse.says.contains("secret"),
            "{misuse:?}"
        );
    }
}

#[test]
fn of_several_proxies_one_goes() {
    //   -x             environment                                                    http       https
    for (given, set, http, https) in [
        (None, &[][..], None, None),
        (
            Some("x:1"),
            &[("http_proxy", "e:1")][..],
            Some("x"),
            Some("x"),
        ),
        (
            Some(""),
            &[("http_proxy", "e:1"), ("all_proxy", "a:1")],
            None,
            None,
        ),
        (None, &[("http_proxy", "e:1")], Some("e"), None),
        (None, &[("HTTP_PROXY", "e:1")], None, None),
        (None, &[("HTTPS_PROXY", "e:1")], None, Some("e")),
        (
            None,
            &[("HTTPS_PROXY", "u:1"), ("https_proxy", "l:1")],
            None,
            Some("l"),
        ),
        (
            None,
            &[("ALL_PROXY", "a:1"), ("http_proxy", "e:1")],
            Some("e"),
            Some("a"),
        ),
    ] {
        let env = Env::of(&|name| {
            set.iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.into())
        });
        let line: Vec<&str> = given
            .iter()
            .flat_map(|proxy| ["-x", proxy])
            .chain(["x"])
            .collect();
        let Ok(Plan::Inspect(plan)) = Plan::new(&words(&line), &env) else {
            panic!("{line:?}")
        };
        let host = |proxy: Option<Proxy>| proxy.map(|proxy| proxy.host.to_string());
        let proxies = (host(plan.net.proxies.http), host(plan.net.proxies.https));
        assert_eq!(
            (proxies.0.as_deref(), proxies.1.as_deref()),
            (http, https),
            "{given:?} {set:?}"
        );
    }
}

#[test]
fn hosts_without_a_proxy_are_a_list_in_lower_case() {
    for (typed, except) in [
        (".example.com", &["example.com"][..]),
        ("EXAMPLE.com.", &["example.com"]),
        (
            "a,  b.example\t10.0.0.0/8",
            &["a", "b.example", "10.0.0.0/8"],
        ),
        ("*", &["*"]),
        (" , ", &[]),
    ] {
        assert_eq!(
            inspect(&["--noproxy", typed, "x"]).net.proxies.except,
            except,
            "{typed}"
        );
    }
}

#[test]
fn colour_is_the_flags_else_the_environments_else_the_terminals() {
    use crate::cli::env::ColorWish::{Always, Never, Unsaid};
    for (flag, color, terminal, meant) in [
        ("auto", Unsaid, true, true),
        ("auto", Unsaid, false, false),
        ("auto", Never, true, false),
        ("auto", Always, false, true),
        ("always", Never, false, true),
        ("never", Always, true, false),
    ] {
        let env = Env {
            color,
            stdout_is_terminal: terminal,
            ..env()
        };
        let Ok(Plan::Inspect(plan)) = Plan::new(&words(&["--color", flag, "x"]), &env) else {
            panic!("{flag}")
        };
        assert_eq!(
            plan.report.layout.colour, meant,
            "{flag} {color:?} {terminal}"
        );
    }
}

#[test]
fn the_first_word_may_be_a_verb_and_everything_else_is_a_url() {
    let page = |line: &[&str]| match Plan::new(&words(line), &env()) {
        Ok(Plan::Show(page)) => page,
        other => panic!("{line:?} gave {other:?}"),
    };
    assert_eq!(
        page(&[]).exit,
        Exit::Misuse,
        "an empty list of URLs in a script is no success"
    );
    assert!(
        page(&[]).text.matches("\n  rehop ").count() == 3,
        "three examples"
    );
    for line in [
        &["-h"][..],
        &["--help"],
        &["demo", "-h"],
        &["help", "curl"],
        &["curl", "-h"],
        &["--version"],
        &["man"],
    ] {
        assert_eq!(page(line).exit, Exit::Clean, "{line:?}");
    }
    let wide = page(&["-h"])
        .text
        .lines()
        .map(|line| line.chars().count())
        .max();
    assert!(wide <= Some(80), "{wide:?} columns");
    assert!(matches!(
        Plan::new(&words(&["demo", "-v", "--as", "rfc9110"]), &env()),
        Ok(Plan::Demo(_))
    ));
    match Plan::new(&words(&["explain", "307"]), &env()) {
        Ok(Plan::Explain(plan)) => assert_eq!(plan.topic.as_deref(), Some("307")),
        other => panic!("{other:?}"),
    }
    let urls: Vec<_> = inspect(&["a", "demo", "curl", "--", "man"])
        .urls
        .into_iter()
        .map(String::from)
        .collect();
    assert_eq!(
        urls,
        ["http://a/", "http://demo/", "http://curl/", "http://man/"]
    );
    assert_eq!(
        inspect(&["-i", "-"]).inputs,
        [InputSource {
            flag: "--input",
            place: InputPlace::Stdin
        }]
    );
}

#[test]
fn reports_and_checks_are_taken_as_typed() {
    let plan = inspect(&[
        "--expect",
        "status = 200",
        "--expect",
        "hops<2",
        "--fail-on",
        "a,b",
        "--fail-on",
        "c",
        "--report",
        "json=out",
        "-q",
        "x",
    ]);
    assert_eq!(plan.checks.expect, ["status = 200", "hops<2"]);
    assert_eq!(plan.checks.fail_on, ["a", "b", "c"]);
    assert_eq!(plan.report.files, [(Format::Json, "out".into())]);
    assert_eq!(plan.report.layout.detail, Detail::Quiet);
    assert_eq!(inspect(&["--jsonl", "x"]).report.format, Format::Jsonl);
}

#[test]
fn habits_from_curl_are_taken() {
    let habits = [
        "-fSL",
        "-#",
        "-g",
        "--http1.1",
        "--retry",
        "3",
        "-w",
        "%{http_code}",
        "--compressed",
        "-o",
        "f",
        "x",
    ];
    let plan = inspect(&habits);
    let asks = |field: &Field| {
        field.name == "accept-encoding" && field.value == b"deflate, gzip, br, zstd"
    };
    assert!(
        plan.request.defaults.iter().any(asks),
        "{:?}",
        plan.request.defaults
    );
    let notes: Vec<_> = plan
        .notes
        .iter()
        .map(|note| note.split([' ', ':']).next().unwrap())
        .collect();
    assert_eq!(notes, ["--write-out", "--fail", "--compressed"]);
    assert_eq!(
        inspect(&[&["-s"][..], &habits].concat()).notes,
        [""; 0],
        "-s has no notes"
    );
    assert_eq!(inspect(&["--compressed", "x"]).notes, [""; 0]);
}

#[test]
fn client_certificates_may_hold_their_key_and_colons() {
    let identity = |line: &[&str]| {
        inspect(line)
            .net
            .tls
            .identity
            .map(|one| (one.cert, one.key))
    };
    assert_eq!(identity(&["-E", "c", "x"]), Some(("c".into(), "c".into())));
    assert_eq!(
        identity(&["-E", r"a\:b\c", "--key", "k", "x"]),
        Some((r"a:b\c".into(), "k".into()))
    );
}

proptest! {
    #[test]
    fn no_words_make_it_panic(line in prop::collection::vec("(-[a-zA-Z]{1,3}|--[a-z-]{1,12}|[ -~é]{0,12})", 0..5)) {
        let words: Vec<OsString> = line.iter().map(OsString::from).collect();
        let _ = Plan::new(&words, &env());
    }

    #[test]
    fn no_value_makes_it_panic(flag in prop::sample::select(VALUED.to_vec()), value in "[-+=:;,@\\[\\]\"\\\\/.*a-f0-9é]{0,16}") {
        let _ = Plan::new(&[flag.into(), value.into(), "x".into()], &env());
    }
}

const VALUED: [&str; 14] = [
    "-F",
    "-H",
    "-b",
    "-x",
    "-u",
    "-E",
    "-m",
    "-X",
    "--resolve",
    "--connect-to",
    "--noproxy",
    "--proto-redir",
    "--report",
    "--data-urlencode",
];

fn seconds(seconds: f64) -> std::time::Duration {
    std::time::Duration::from_secs_f64(seconds)
}
