//! Which cookies are kept, which are refused, and where they go.

use super::*;
use crate::rules::policy::SecureContext;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn fields(lines: &[&str]) -> Headers {
    lines.iter().map(|line| ("Set-Cookie", *line)).collect()
}

/// A client that keeps cookies by these rules.
fn client(cookies: CookieRules) -> Policy {
    Policy {
        cookies,
        ..Policy::fetch()
    }
}

/// The Cookie field of a request to `to` after a response from each of these set a cookie.
fn sent(policy: &Policy, set: &[(&str, &str)], to: &str) -> String {
    let mut jar = Jar::new();
    for (from, line) in set {
        jar.store(&policy.cookies, &url(from), &fields(&[line]));
    }
    let field = jar.field(policy, &url(to), &Headers::new());
    String::from_utf8(field.unwrap_or_default()).unwrap()
}

/// What becomes of the last of these cookies.
fn fate(policy: &Policy, set: &[(&str, &str)]) -> CookieFate {
    let mut jar = Jar::new();
    let each = set.iter().map(|(from, line)| {
        let received = jar.store(&policy.cookies, &url(from), &fields(&[line]));
        received.into_iter().next().unwrap().fate
    });
    each.last().unwrap()
}

#[test]
fn cookies_go_where_they_belong() {
    #[rustfmt::skip]
    let cases: &[(&[&str], &str, &str, &str)] = &[
        (&["s=1"],                       "http://a.example/x",     "http://a.example/y",      "s=1"),
        (&["s=1"],                       "http://a.example/x",     "http://b.example/",       ""),
        (&["s=1"],                       "http://a.example/x",     "http://sub.a.example/",   ""),
        (&["s=1; Domain=a.example"],     "http://a.example/x",     "http://sub.a.example/",   "s=1"),
        (&["s=1; Domain=a.example"],     "http://sub.a.example/x", "http://a.example/",       "s=1"),
        (&["s=1; Domain=b.example"],     "http://a.example/x",     "http://b.example/",       ""),
        (&["s=1; Domain=sub.a.example"], "http://a.example/x",     "http://sub.a.example/",   ""),
        (&["s=1; Secure"],               "https://a.example/",     "http://a.example/",       ""),
        (&["s=1; Secure"],               "https://a.example/",     "https://a.example/",      "s=1"),
        (&["s=1; Path=/x"],              "http://a.example/x",     "http://a.example/y",      ""),
        (&["s=1; Path=/x"],              "http://a.example/",      "http://a.example/xy",     ""),
        (&["s=1"],                       "http://a.example/p/q",   "http://a.example/",       ""),
        (&["s=1"],                       "http://a.example/p/q",   "http://a.example/p",      "s=1"),
        (&["a=1", "b=2; Path=/p", "c=3"], "http://a.example/",     "http://a.example/p/q",    "b=2; a=1; c=3"),
        (&["s=1", "t=1", "s=2"],         "http://a.example/",      "http://a.example/",       "s=2; t=1"),
        (&["s=1", "s=; Max-Age=0"],      "http://a.example/",      "http://a.example/",       ""),
        (&["s=1", "s=; Expires=Thu Jan  1 00:00:00 GMT 1970"], "http://a.example/", "http://a.example/", ""),
        (&["s=1; Expires=1990 Jan 01 00:00:00"], "http://a.example/", "http://a.example/",    ""),
        (&["s=1; Max-Age=9; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], "http://a.example/", "http://a.example/", "s=1"),
        (&["s=1"],                       "http://127.0.0.1:8080/", "http://127.0.0.1:9090/",  "s=1"),
        (&["s=1; Domain=co.uk"],         "http://evil.co.uk/",     "http://bank.co.uk/",      ""),
        (&["s=1; Domain=.CO.UK"],        "http://evil.co.uk/",     "http://evil.co.uk/",      ""),
        (&["s=1; Domain=co.uk"],         "http://co.uk/",          "http://co.uk/",           "s=1"),
        (&["s=1; Domain=co.uk"],         "http://co.uk/",          "http://bank.co.uk/",      ""),
        (&["s=1; Domain=github.io"],     "http://a.github.io/",    "http://b.github.io/",     ""),
        (&["s=1; Domain=xn--55qx5d.cn"], "http://a.xn--55qx5d.cn/", "http://b.xn--55qx5d.cn/", ""),
        (&["s=1; Domain=公司.cn"],       "http://a.公司.cn/",      "http://b.公司.cn/",       ""),
        (&["s=1; Domain=bank.co.uk"],    "http://a.bank.co.uk/",   "http://b.bank.co.uk/",    "s=1"),
        (&["s=1; Domain=localhost"],     "http://localhost/",      "http://localhost/",       "s=1"),
        (&["s=1"],                       "http://intranet/",       "http://intranet/x",       "s=1"),
        (&["s=1; Domain=127.0.0.1"],     "http://127.0.0.1/",      "http://127.0.0.1/",       "s=1"),
        (&["s=1; Domain=0.0.1"],         "http://127.0.0.1/",      "http://127.0.0.1/",       ""),
        (&["token"],                     "http://a.example/",      "http://a.example/",       "token"),
        (&["\u{0}", "", "=;;;", "a\u{1b}=1", "b=\r"], "http://a.example/", "http://a.example/", ""),
    ];
    for (set, from, to, expected) in cases {
        let set: Vec<_> = set.iter().map(|line| (*from, *line)).collect();
        let found = sent(&Policy::fetch(), &set, to);
        assert_eq!(found, *expected, "{set:?} to {to}");
    }
}

#[test]
fn a_browser_refuses_what_rfc_6265bis_refuses() {
    use CookieRefusal as Why;
    let domain = |text: &str| text.to_owned();
    let foreign = |attribute: &str| Why::ForeignDomain {
        domain: domain(attribute),
        host: domain("a.example"),
    };
    #[rustfmt::skip]
    let cases: &[(&str, &str, Option<CookieRefusal>)] = &[
        ("http://a.example/",  "s=1; Secure",                                   Some(Why::SecureOverHttp)),
        ("http://127.0.0.1/",  "s=1; Secure",                                   None),
        ("http://localhost/",  "s=1; Secure",                                   None),
        ("http://a.example/",  "s=1; Domain=b.example",                         Some(foreign("b.example"))),
        ("http://a.example/",  "s=1; Domain=x.a.example",                       Some(foreign("x.a.example"))),
        ("http://a.co.uk/",    "s=1; Domain=co.uk",                             Some(Why::PublicSuffix { domain: domain("co.uk") })),
        ("https://a.example/", "s=1; SameSite=None",                            Some(Why::SameSiteNone)),
        ("https://a.example/", "s=1; SameSite=None; Secure",                    None),
        ("https://a.example/", "__Secure-s=1",                                  Some(Why::SecurePrefix)),
        ("https://a.example/", "__Secure-s=1; Secure",                          None),
        ("https://a.example/", "__Host-s=1; Secure; Path=/",                    None),
        ("https://a.example/", "__host-s=1; Secure",                            Some(Why::HostPrefix)),
        ("https://a.example/", "__Host-s=1; Path=/",                            Some(Why::HostPrefix)),
        ("https://a.example/", "__Host-s=1; Secure; Path=/x",                   Some(Why::HostPrefix)),
        ("https://a.example/", "__Host-s=1; Secure; Path=/; Domain=a.example",  Some(Why::HostPrefix)),
        ("http://a.example/",  "__Host-s=1; Secure; Path=/",                    Some(Why::SecureOverHttp)),
        ("https://a.example/", "=__Host-s=1; Secure",                           Some(Why::HiddenPrefix)),
        ("https://a.example/", "__SECURE-s",                                    Some(Why::HiddenPrefix)),
        ("https://a.example/", "s=1; Max-Age=0",                                Some(Why::Expired)),
        ("https://a.example/", "s=\u{7f}",                                      Some(Why::ControlCharacter)),
    ];
    for (from, line, why) in cases {
        let expected = why.clone().map_or(CookieFate::Kept, CookieFate::Refused);
        let found = fate(&Policy::fetch(), &[(from, line)]);
        assert_eq!(found, expected, "{line} from {from}");
    }
}

#[test]
fn an_http_answer_stands_in_the_way_of_no_secure_cookie() {
    let set = |secure: &'static str, plain: (&'static str, &'static str)| {
        let secure = ("https://a.example/x/y", secure);
        matches!(
            fate(&Policy::fetch(), &[secure, plain]),
            CookieFate::Refused(CookieRefusal::OverwritesSecure)
        )
    };
    #[rustfmt::skip]
    let cases = [
        ("s=1; Secure; Path=/",  ("http://a.example/", "s=2"),                              true),
        ("s=1; Secure; Path=/",  ("http://a.example/", "s=; Max-Age=0"),                    true),
        ("s=1; Secure; Path=/",  ("http://a.example/", "s=2; Path=/deep"),                  true),
        ("s=1; Secure; Path=/",  ("http://b.a.example/", "s=2; Domain=a.example"),          true),
        ("s=1; Secure; Domain=a.example; Path=/", ("http://b.a.example/", "s=2"),           true),
        ("s=1; Secure; Path=/x", ("http://a.example/", "s=2; Path=/"),                      false),
        ("s=1; Secure; Path=/",  ("http://a.example/", "t=2"),                              false),
        ("s=1; Secure; Path=/",  ("https://a.example/", "s=2"),                             false),
        ("s=1; Path=/",          ("http://a.example/", "s=2"),                              false),
        ("s=1; Secure; Path=/",  ("http://b.example/", "s=2"),                              false),
    ];
    for (secure, plain, refused) in cases {
        assert_eq!(set(secure, plain), refused, "{secure}, then {plain:?}");
    }
}

#[test]
fn what_the_rules_of_a_client_do_not_refuse_is_kept() {
    let python = client(CookieRules::default());
    for (from, line) in [
        ("http://a.example/", "s=1; Secure"),
        ("http://a.example/", "s=1; SameSite=None"),
        ("http://a.example/", "__Host-s=1"),
        ("http://a.co.uk/", "s=1; Domain=co.uk"),
    ] {
        assert_eq!(fate(&python, &[(from, line)]), CookieFate::Kept, "{line}");
    }
    let loopback = [("http://127.0.0.1:8080/", "s=1; Secure")];
    let secure = |secure| CookieRules {
        secure,
        ..CookieRules::default()
    };
    for (context, expected) in [
        (SecureContext::Https, ""),
        (SecureContext::Localhost, "s=1"),
        (SecureContext::Loopback, "s=1"),
    ] {
        let client = client(secure(context));
        assert_eq!(
            sent(&client, &loopback, "http://127.0.0.1:9090/"),
            expected,
            "{context:?}"
        );
    }
}

#[test]
fn a_cookie_that_stays_at_home_has_a_reason() {
    for (from, line, to, why) in [
        (
            "https://a.example/",
            "s=1; Secure",
            "http://a.example/",
            Withheld::Secure,
        ),
        (
            "http://a.example/",
            "s=1; Path=/x",
            "http://a.example/y",
            Withheld::OtherPath("/x".into()),
        ),
        (
            "http://a.example/",
            "s=1",
            "http://b.a.example/",
            Withheld::HostOnly("a.example".into()),
        ),
        (
            "http://a.example/",
            "s=1; Domain=a.example",
            "http://b.example/",
            Withheld::OtherDomain("a.example".into()),
        ),
    ] {
        let policy = Policy::fetch();
        let mut jar = Jar::new();
        jar.store(&policy.cookies, &url(from), &fields(&[line]));
        assert_eq!(
            jar.withheld("s", &policy, &url(to)),
            Some(why),
            "{line} to {to}"
        );
        assert_eq!(jar.withheld("t", &policy, &url(to)), None);
    }
}

#[test]
fn a_server_that_sets_more_and_more_is_not_sent_all_of_it() {
    let policy = Policy::fetch();
    let at = url("http://a.example/");
    let mut jar = Jar::new();
    for n in 0..20 {
        let long = ("Set-Cookie", format!("long{n}={}", "v".repeat(4096)));
        let short = (0..200).map(|m| ("Set-Cookie", format!("c{n}-{m}={}", "v".repeat(40))));
        let received = jar.store(
            &policy.cookies,
            &at,
            &std::iter::once(long).chain(short).collect(),
        );
        let kept = received
            .iter()
            .filter(|cookie| cookie.fate == CookieFate::Kept)
            .count();
        assert_eq!((received.len(), kept), (51, 49));
    }
    assert_eq!(jar.0.len(), MOST_KEPT);
    let field = jar.field(&policy, &at, &Headers::new()).unwrap();
    let length = field.len();
    assert!((4096..=MOST_BYTES_SENT).contains(&length), "{length}");
    assert!(!String::from_utf8(field).unwrap().contains("long"));
}

#[test]
fn the_jar_and_the_user_share_one_field() {
    let policy = Policy::fetch();
    let at = url("http://a.example/");
    let mut jar = Jar::new();
    let joined = |jar: &Jar, user: Option<&str>| {
        let headers = user.into_iter().map(|value| ("cookie", value)).collect();
        let field = jar.field(&policy, &at, &headers)?;
        Some(String::from_utf8(field).unwrap())
    };
    assert_eq!(joined(&jar, None), None);
    jar.store(&policy.cookies, &at, &fields(&["s=new"]));
    assert_eq!(joined(&jar, None).unwrap(), "s=new");
    assert_eq!(joined(&jar, Some("a=1; b=2")).unwrap(), "s=new; a=1; b=2");
    assert_eq!(joined(&jar, Some("s=old; a=1")).unwrap(), "s=new; a=1");
    assert_eq!(
        names_sent(&[("Cookie", "s=new; a=1;; token")].into_iter().collect()),
        ["s", "a", ""]
    );
}
