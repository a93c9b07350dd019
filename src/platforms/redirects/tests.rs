//! The tables of what each platform answers, row by row.

use super::{RedirectsDialect, read};
use crate::platforms::answer::{Answer, Depends};
use crate::platforms::file::RuleFile;
use crate::platforms::fixture::answered;
use crate::platforms::visit::Visit;

fn file(text: &str, dialect: RedirectsDialect) -> RuleFile {
    read(text, dialect).expect("the platform takes the file")
}

fn hold(dialect: RedirectsDialect, rows: &[(&str, &str, &str)]) {
    for (text, path, answer) in rows {
        let seen = answered(&file(text, dialect), path);
        assert_eq!(seen, *answer, "{path} by {text:?} on {dialect}");
    }
}

#[test]
fn netlify_answers_as_its_matcher() {
    hold(
        RedirectsDialect::Netlify,
        &[
            ("/a /b", "/a/?x=1", "301 /b?x=1"),
            (
                "/s id=:id /b/:id\n/s /plain",
                "/s?id=7&z=1",
                "301 /b/7?id=7&z=1",
            ),
            ("/s id=:id /b/:id\n/s /plain", "/s", "301 /plain"),
            ("/s id=:id /b/:id", "/s?id=", "301 /b/?id="),
            ("/s id=5 /b", "/s?id=6", "-"),
            ("/* /index.html 200\n/a /b", "/a", "served 1"),
            ("/* /m/:splat 301!", "/m/x", "-"),
            ("/* /m/:splat 301!", "/x", "301 /m/x"),
            ("/* /m/:splat 301!\n/m/x /y", "/m/x", "-"),
            (
                "/x /au 302 Country=au\n/x /d",
                "/x",
                "Country: 302 /au or 301 /d",
            ),
            ("/p/:a /q/:b", "/p/1", "301 /q/:b"),
            // Seen with netlify-redirector 0.5.0.
            ("/loop /loop", "/loop", "301 /loop"),
            ("/a /b", "//a", "-"),
            ("/a /b", "/a//", "-"),
            ("/a /b", "/A", "-"),
            ("/e/ /f", "/e", "301 /f"),
            ("/caf%C3%A9 /c", "/caf%C3%A9", "301 /c"),
            ("/café /c", "/caf%C3%A9", "-"),
            ("/splat/* /x/:splat", "/splat", "301 /x/"),
            ("/splat/* /x/:splat", "/splat/", "301 /x/"),
            ("/splat/* /x/:splat", "/splatx", "-"),
            ("/mid/*/x /y/:splat", "/mid/a/x/b/x", "301 /y/a/x/b"),
            ("/mid/*/x /y/:splat", "/mid/x", "301 /y/"),
            ("/foo* /y/:splat", "/foobar", "301 /y/bar"),
            ("/foo* /y/:splat", "/foo/bar", "301 /y/bar"),
            ("/f/*/g/* /y/:splat", "/f/1/g/2", "301 /y/1"),
            ("/n/:slug.html /y/:slug", "/n/1", "301 /y/:slug"),
            ("/n/:slug /y/:slug.html", "/n/1", "301 /y/1.html"),
            ("/n/:id/:id_2 /y/:id_2/:id", "/n/1/2", "301 /y/1_2/1"),
            ("/v:slug /y", "/v:slug", "301 /y"),
            ("/p/:a /q/:a", "/p/1/2", "-"),
            ("/* /:splat", "/n", "301 /n"),
            ("/* /", "/n", "-"),
            ("http://h.example/a /b", "/a", "-"),
            ("https://h.example/a /b", "/a", "301 /b"),
            ("/p /b#frag", "/p?k=v", "301 /b?k=v#frag"),
            ("/p /b # said", "/p", "301 /b"),
            ("/p/* 200", "/p/x", "served 1"),
            ("/gone /404.html 404", "/gone", "404"),
            ("/p /b 999", "/p", "999"),
            ("\u{feff}/p\u{a0}/b\r\n", "/p", "301 /b"),
        ],
    );
}

#[test]
fn cloudflare_answers_as_wrangler() {
    hold(
        RedirectsDialect::Cloudflare,
        &[
            ("/a /b", "/a/", "-"),
            ("/a /b", "/a?k=v", "302 /b?k=v"),
            ("/t /x?y=1#s", "/t?k=v", "302 /x?y=1#s"),
            ("/gone /404 410", "/gone", "-"),
            ("/c/* /n/:splat 301", "/c", "-"),
            ("/c/* /n/:splat 301", "/c/", "301 /n/"),
            ("/two/*/b/* /x", "/two/1/b/2", "-"),
            ("/q?x=1 /y", "/q?z=2", "302 /y?z=2"),
            ("/café /y", "/caf%C3%A9", "302 /y"),
            ("a /y", "/a", "302 /y"),
            ("/n/:slug.html /y/:slug", "/n/1.html", "302 /y/1"),
            ("/a /b\n/a /c", "/a", "302 /b"),
            ("/a /b 200", "/a", "served 1"),
            ("/A /b", "/a", "-"),
            ("/a /b # said", "/a", "EngineVersion: 302 /b or -"),
            (
                "/x/:id/:id_2 /y/:id_2",
                "/x/1/2",
                "EngineVersion: 302 /y/2 or -",
            ),
        ],
    );
}

#[test]
fn gitlab_answers_as_its_source() {
    hold(
        RedirectsDialect::Gitlab,
        &[
            ("/Foo/* /x/:splat", "/foo/a/b", "301 /x/a/b"),
            ("/a /b 308", "/a", "-"),
            ("/p/:one /q/:two", "/p/1", "301 /q/"),
            ("/a /b", "//A//?k=v", "301 /b"),
            ("/a/* /b//:splat", "/a/", "301 /b/"),
            ("/a /b 200", "/a", "served 1"),
        ],
    );
}

#[test]
fn what_is_dropped_says_why() {
    use RedirectsDialect::{Cloudflare, Gitlab, Netlify};
    for (dialect, line, reason) in [
        (Netlify, "/a", "names no target"),
        (Netlify, "/.netlify/x /y", "/.netlify"),
        (Netlify, "/a /b permanent", "is no number"),
        (Cloudflare, "/a", "1 words"),
        (Cloudflare, "/a /b 301!", "301!"),
        (Cloudflare, "/a /b 404", "404"),
        (Cloudflare, "/a /b 302 Country=de", "4 words"),
        (Cloudflare, "https://x.example/a /b", "absolute"),
        (Cloudflare, "/a http://x.example/", "neither"),
        (Cloudflare, "/a https://x.example/ 200", "another origin"),
        (Cloudflare, "/* /index.html 200", "loop"),
        (Gitlab, "/a /b 301!", "forced"),
        (Gitlab, "/a /b 301 x=1", "parameters"),
        (Gitlab, "/a /b 404", "404"),
    ] {
        let file = file(&format!("\n{line}\n/ok /fine"), dialect);
        let dropped = file.unheeded.first().expect("it is dropped");
        assert!(dropped.reason.contains(reason), "{line}: {dropped:?}");
        assert_eq!(
            (dropped.place.line, file.rules.len()),
            (2, 1),
            "{line} on {dialect}"
        );
    }
}

#[test]
fn limits_of_cloudflare() {
    let numbers =
        |count: usize, make: fn(usize) -> String| (0..count).map(make).collect::<String>();
    let fixed = file(
        &numbers(2001, |n| format!("/{n} /x\n")),
        RedirectsDialect::Cloudflare,
    );
    assert_eq!((fixed.rules.len(), fixed.unheeded.len()), (2000, 1));
    let below = format!("/w/* /x\n{}", numbers(150, |n| format!("/{n} /x\n")));
    assert_eq!(file(&below, RedirectsDialect::Cloudflare).rules.len(), 100);
}

#[test]
fn one_word_costs_gitlab_the_file() {
    for text in ["/a /b\n/c\n", "/a /b\n/c /d # said"] {
        let faults = read(text, RedirectsDialect::Gitlab).expect_err("it takes nothing");
        assert_eq!(faults[0].place.map(|place| place.line), Some(2), "{text}");
    }
}

#[test]
fn a_sample_is_answered_by_its_rule() {
    for (dialect, text) in [
        (
            RedirectsDialect::Netlify,
            "https://x.example/p/:a/* k=:k /q/:a/:splat/:k",
        ),
        (
            RedirectsDialect::Cloudflare,
            "/n/:slug.html/* /y/:slug/:splat",
        ),
        (RedirectsDialect::Gitlab, "/p/*/y/:a /q/:a/:splat"),
    ] {
        let file = file(text, dialect);
        for visit in file.samples(0) {
            let answer = file.simulate(&visit);
            assert!(
                matches!(answer, Answer::Redirect { rule: 0, .. }),
                "{visit:?}: {answer:?}"
            );
        }
        assert!(file.remarks(0).is_empty(), "{:?}", file.remarks(0));
    }
}

#[test]
fn a_country_is_never_told_by_the_file() {
    let answer = file("/x /au 302 Country=au", RedirectsDialect::Netlify)
        .simulate(&Visit::get("h.example", "/x"));
    assert!(matches!(
        answer,
        Answer::Depends {
            on: Depends::Country,
            ..
        }
    ));
}
