//! Each finding: a file that raises it, and one close by that does not.

use super::*;
use crate::platforms::{RedirectsDialect, read_redirects};

/// `line id` of every finding.
fn found(dialect: RedirectsDialect, text: &str) -> Vec<String> {
    let file = read_redirects(text, dialect).unwrap();
    lint(&file)
        .iter()
        .map(|finding| format!("{} {}", finding.place.line, finding.id))
        .collect()
}

#[test]
fn findings_are_raised_and_not_close_by() {
    let netlify = RedirectsDialect::Netlify;
    #[rustfmt::skip]
    let cases: [(&str, &str, &str); 12] = [
        ("loop",                 "/a /b\n/b /a\n",                       "/a /b\n/b /c\n"),
        ("self-redirect",        "/a /a\n",                              "/a /b\n"),
        ("shadowed",             "/x/* /y\n/x/a /z\n",                   "/x/a /z\n/x/* /y\n"),
        ("duplicate",            "/a /b\n/a /b\n",                       "/a /b\n/c /b\n"),
        ("conflict",             "/a /b\n/a /c\n",                       "/a /b\n/d /c\n"),
        ("chain",                "/a /b\n/b /c\n",                       "/a /b\n/d /c\n"),
        ("http-target",          "/a http://h.example/\n",               "/a https://h.example/\n"),
        ("case-twin",            "/a /b\n/A /c\n",                       "/a /b\n/d /c\n"),
        ("mixed-codes",          "/a /b 301\n/c /d 302\n",               "/a /b 301\n/c /d 301\n"),
        ("placeholder-unfilled", "/p/:a /q/:b\n",                        "/p/:a /q/:a\n"),
        ("no-redirects",         "/* /index.html 200\n",                 "/a /b\n"),
        ("encoding-twin",        "/%61 /b\n/a /c\n",                     "/a /b\n/d /c\n"),
    ];
    for (id, raises, near) in cases {
        let has = |text: &str| found(netlify, text).iter().any(|line| line.ends_with(id));
        assert!(has(raises), "{id}: {:?}", found(netlify, raises));
        assert!(!has(near), "{id}: {:?}", found(netlify, near));
    }
    let dropped = found(RedirectsDialect::Cloudflare, "/gone /404 410\n/a /b\n");
    assert!(
        dropped.contains(&"1 ignored-by-platform".to_owned()),
        "{dropped:?}"
    );
}

#[test]
fn a_chain_comes_with_its_flattened_target() {
    let file = read_redirects(
        "/a /b\n/b /c\n/c https://h.example/d\n",
        RedirectsDialect::Netlify,
    )
    .unwrap();
    let chain = lint(&file)
        .into_iter()
        .find(|found| found.id == LintId::Chain)
        .unwrap();
    assert_eq!(chain.flattened.as_deref(), Some("https://h.example/d"));
    assert_eq!((chain.place.line, chain.other.unwrap().line), (1, 2));
}

#[test]
fn many_rules_are_linted_in_one_pass() {
    let lines: Vec<String> = (0..20_000)
        .map(|n| format!("/old/{n} /new/{n} 301"))
        .collect();
    let text = lines.join(
        "
",
    );
    assert_eq!(found(RedirectsDialect::Netlify, &text), [""; 0]);
}
