//! The tables of what Vercel and Next.js answer, row by row.

use super::{read_next_manifest, read_vercel};
use crate::platforms::fixture::{answered, short};
use crate::platforms::{RuleFile, Visit};

fn vercel(rules: &str) -> RuleFile {
    read_vercel(rules).expect("it deploys")
}

#[test]
fn vercel_answers_as_its_routes() {
    let one = |rule: &str| format!("{{\"redirects\":[{rule}]}}");
    for (rule, path, answer) in [
        (
            r#"{"source":"/docs/:p*","destination":"/d/:p*"}"#,
            "/docs",
            "308 /d/",
        ),
        (
            r#"{"source":"/docs/:p*","destination":"/d/:p*"}"#,
            "/docs/",
            "-",
        ),
        (
            r#"{"source":"/docs/:p*","destination":"/d/:p*"}"#,
            "/docs/a/b?k=v",
            "308 /d/a/b?k=v",
        ),
        (
            r#"{"source":"/one/:id(\\d+)","destination":"/x/:id","permanent":false}"#,
            "/one/5",
            "307 /x/5",
        ),
        (
            r#"{"source":"/one/:id(\\d+)","destination":"/x/:id","permanent":false}"#,
            "/one/a",
            "-",
        ),
        (
            r#"{"source":"/(.*)/old","destination":"/$1/new"}"#,
            "/z/y/old",
            "308 /z/y/new",
        ),
        (
            r#"{"source":"/a","destination":"/b","statusCode":301}"#,
            "/a",
            "301 /b",
        ),
        (r#"{"source":"/a","destination":"/b"}"#, "/A", "-"),
        (r#"{"source":"/a","destination":"/b"}"#, "/a/", "-"),
        (r#"{"source":"a","destination":"/b"}"#, "/a", "-"),
        (
            r#"{"source":"/((?!x).*)","destination":"/y/$1"}"#,
            "/a",
            "RegexFeature: 308 /y/$1 or -",
        ),
        (
            r#"{"source":"/h","has":[{"type":"host","value":"old\\.example"}],"destination":"https://new.example/"}"#,
            "/h",
            "-",
        ),
        (
            r#"{"source":"/q","has":[{"type":"query","key":"p","value":"(?<n>\\d+)"}],"destination":"/n/:n"}"#,
            "/q?p=3",
            "308 /n/3?p=3",
        ),
        (
            r#"{"source":"/q","has":[{"type":"query","key":"p"}],"destination":"/n/:p"}"#,
            "/q?p=x",
            "308 /n/x?p=x",
        ),
        (
            r#"{"source":"/m","missing":[{"type":"query","key":"p"}],"destination":"/n"}"#,
            "/m?p=x",
            "-",
        ),
        (
            r#"{"source":"/m","missing":[{"type":"query","key":"p"}],"destination":"/n"}"#,
            "/m",
            "308 /n",
        ),
        (
            r#"{"source":"/c","has":[{"type":"cookie","key":"p"}],"destination":"/n"}"#,
            "/c",
            "Cookie: 308 /n or -",
        ),
        (
            r#"{"source":"/e","env":["X"],"destination":"/n"}"#,
            "/e",
            "Variable: 308 /n or -",
        ),
    ] {
        assert_eq!(
            answered(&vercel(&one(rule)), path),
            answer,
            "{path} by {rule}"
        );
    }
    let host = one(
        r#"{"source":"/h","has":[{"type":"host","value":"old\\.example"}],"destination":"https://new.example/"}"#,
    );
    let file = vercel(&host);
    assert_eq!(
        short(&file.simulate(&Visit::get("old.example", "/h"))),
        "308 https://new.example/"
    );
    assert_eq!(file.samples(0)[0].host, "old.example");
    assert_eq!(file.rules[0].hosts, ["old.example"]);
}

#[test]
fn phases_of_vercel_come_first() {
    let slash = vercel(
        "{\n\"trailingSlash\": true,\n\"redirects\":[{\"source\":\"/a\",\"destination\":\"/b\"}]}",
    );
    for (path, answer) in [
        ("/a", "308 /a/"),
        ("/a/", "-"),
        ("/x.png", "-"),
        ("/x.png/", "308 /x.png"),
        ("/.well-known/a", "-"),
    ] {
        assert_eq!(answered(&slash, path), answer, "{path}");
    }
    assert_eq!(slash.rules[0].place.line, 2);
    assert!(slash.samples(0).is_empty());
    let clean = vercel(r#"{"cleanUrls":true,"trailingSlash":false}"#);
    for (path, answer) in [
        ("/x.html", "308 /x"),
        ("/d/index.html", "308 /d"),
        ("/d/", "308 /d"),
        ("/d", "-"),
    ] {
        assert_eq!(answered(&clean, path), answer, "{path}");
    }
    let old = vercel(
        r#"{"routes":[{"src":"/o/(.*)","status":302,"headers":{"Location":"/n/$1"}},{"src":"/x","dest":"/y"}]}"#,
    );
    assert_eq!(answered(&old, "/o/a"), "302 /n/a");
}

#[test]
fn what_no_deployment_takes() {
    for (text, line, says) in [
        (
            "{\n\"redirects\": [\n{\"source\":\"/a*\",\"destination\":\"/b\"}]}",
            3,
            "refused",
        ),
        (
            "{\"redirects\": [\n{\"source\":\"/:a\",\"destination\":\"/:b\"}]}",
            2,
            ":b",
        ),
        (
            "{\"redirects\": [{\"source\":\"/a\",\"destination\":\"/b\",\"permanent\":true,\"statusCode\":301}]}",
            1,
            "not both",
        ),
        ("{\"redirects\": [\n// said\n]}", 2, "no JSON"),
    ] {
        let faults = read_vercel(text).expect_err("it does not deploy");
        assert!(faults[0].says.contains(says), "{faults:?}");
        assert_eq!(
            faults[0].place.map(|place| place.line),
            Some(line),
            "{text}"
        );
    }
}

const MANIFEST: &str = r#"{"version":3,"redirects":[
{"source":"/:path+/","destination":"/:path+","internal":true,"priority":true,"statusCode":308,"regex":"^(?:\\/((?:[^\\/]+?)(?:\\/(?:[^\\/]+?))*))\\/$"},
{"source":"/a","destination":"/b","statusCode":308,"regex":"^(?!\\/_next)\\/a(?:\\/)?$"},
{"source":"/t","destination":"/u","statusCode":307,"regex":"^(?!\\/_next)\\/t(?:\\/)?$"},
{"source":"/q/:id(\\d+)","destination":"/qq?id=:id","statusCode":308,"regex":"^(?!\\/_next)\\/q(?:\\/(\\d+))(?:\\/)?$"},
{"source":"/h","has":[{"type":"query","key":"page","value":"(?<p>\\d+)"}],"destination":"/hh/:p","statusCode":307,"regex":"^(?!\\/_next)\\/h(?:\\/)?$"}
]}"#;

#[test]
fn next_answers_as_it_was_built() {
    let file = read_next_manifest(MANIFEST).expect("it is a manifest");
    for (path, answer) in [
        ("/A", "308 /b"),
        ("/t/", "308 /t"),
        ("/t", "307 /u"),
        ("/q/5?k=v", "308 /qq?k=v&id=5"),
        ("/h?page=3", "307 /hh/3?page=3"),
        ("/h", "-"),
        ("//a", "308 /a"),
        ("/x/y/", "308 /x/y"),
    ] {
        assert_eq!(answered(&file, path), answer, "{path}");
    }
    assert_eq!(file.rules[1].place.line, 3);
}
