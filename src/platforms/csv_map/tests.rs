//! What maps of many makers mean.

use super::read_map;
use crate::platforms::fixture::{answered, short};
use crate::platforms::{LintId, Visit};

/// `line old > new status` of each row; `-` for what is not given.
fn rows(text: &str) -> Vec<String> {
    bytes_rows(text.as_bytes())
}

fn bytes_rows(bytes: &[u8]) -> Vec<String> {
    let map = read_map(bytes).expect("it is a map");
    let status = |status: Option<u16>| status.map_or("-".to_owned(), |status| status.to_string());
    let row = |row: &super::MapRow| {
        let new = row.new.as_deref().unwrap_or("-");
        format!(
            "{} {} > {new} {}",
            row.place.line,
            row.old,
            status(row.status)
        )
    };
    map.rows.iter().map(row).collect()
}

#[test]
fn every_delimiter_and_header_is_understood() {
    for (text, expected) in [
        ("old,new\n/a,/b\n", &["2 /a > /b -"][..]),
        ("/a;/b;410", &["1 /a > /b 410"]),
        ("/a\t/b\r\n/c\t/d\r\n", &["1 /a > /b -", "2 /c > /d -"]),
        ("/a|/b", &["1 /a > /b -"]),
        (
            "\u{feff}Old URL,New_URL,HTTP-Code\n/a,/b,308",
            &["2 /a > /b 308"],
        ),
        (
            "# a map\n\n/a,/b\n\n# more\n/c,/d",
            &["3 /a > /b -", "6 /c > /d -"],
        ),
        (
            "from,to\n\"/a,1\",\"/b \"\"q\"\"\"",
            &["2 /a,1 > /b \"q\" -"],
        ),
        ("/a,x;/b\n/c;/d", &["1 /a,x > /b -", "2 /c > /d -"]),
        ("Ancienne;Nouvelle\n/a;/b", &["2 /a > /b -"]),
        ("target,source\n/b,/a", &["2 /a > /b -"]),
        ("/a,/b,301,TRUE", &["1 /a > /b 301"]),
        ("Redirect from,Redirect to\n/a,/b", &["2 /a > /b -"]),
        ("/old -> /new 301", &["1 /old > /new 301"]),
        ("/en-US/a   /en-US/b", &["1 /en-US/a > /en-US/b -"]),
        ("source,target,regex,code\n/a,/b,0,307", &["2 /a > /b 307"]),
        (
            "Origin,Target,Type,Format\n/a,,410,plain",
            &["2 /a > - 410"],
        ),
        (
            "source,dest\nhttps://h/a,https://h/b",
            &["2 https://h/a > https://h/b -"],
        ),
        ("sep=;\nold;new\n/a;/b", &["3 /a > /b -"]),
        (
            "Address,Content Type,Status Code,Status,Redirect URL,Redirect Type\n\
             https://h/a,text/html; charset=utf-8,301,Moved Permanently,https://h/b,HTTP Redirect",
            &["2 https://h/a > https://h/b 301"],
        ),
        (
            "Source,Number of Redirects,Address,Final Address\nhttps://h/,2,https://h/a,https://h/c",
            &["2 https://h/a > https://h/c -"],
        ),
    ] {
        assert_eq!(rows(text), expected, "{text}");
    }
}

#[test]
fn encodings_are_found_out() {
    let utf16: Vec<u8> = "\u{feff}/é,/b"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(bytes_rows(&utf16), ["1 /é > /b -"]);
    let latin = read_map(b"/caf\xe9,/b").expect("it is a map");
    assert_eq!(latin.rows[0].old, "/café");
    assert_eq!(latin.warnings.len(), 1);
    for bytes in [&b"PK\x03\x04"[..], b"/a\0,/b", b"", b"old,new\n"] {
        assert!(read_map(bytes).is_err());
    }
}

#[test]
fn further_columns_are_kept() {
    let map = read_map(b"old,owner,new\n/a,me,/b").expect("it is a map");
    assert_eq!(map.rows[0].others, [("owner".to_owned(), "me".to_owned())]);
    let map = read_map(b"/a,/b,301,TRUE").expect("it is a map");
    assert_eq!(map.rows[0].others, [("4".to_owned(), "TRUE".to_owned())]);
}

#[test]
fn a_map_answers_exactly() {
    let map = "/a,/b,\n/a,/c,\n/q?id=1,/one,302\n/gone,,410\nhttp://Old.example:80/x,/y,\n/é,/e,\nh.example/z,/hz,";
    let map = read_map(map.as_bytes()).expect("it is a map").rules();
    for (path, answer) in [
        ("/a", "301 /b"),
        ("/a?x=1", "-"),
        ("/a/", "-"),
        ("/q", "-"),
        ("/q?id=1", "302 /one"),
        ("/gone", "410"),
        ("/x", "-"),
        ("/%C3%A9", "301 /e"),
        ("/z", "301 /hz"),
    ] {
        assert_eq!(answered(&map, path), answer, "{path}");
    }
    let sample = &map.samples(4)[0];
    assert_eq!(
        (sample.scheme.as_str(), sample.host.as_str()),
        ("http", "old.example")
    );
    assert_eq!(short(&map.simulate(sample)), "301 /y");
    assert_eq!(
        short(&map.simulate(&Visit::get("other.example", "/z"))),
        "-"
    );
    assert_eq!((map.rules[0].place.line, map.rules[1].place.line), (1, 2));
    assert_eq!(map.rules[0].status, None);
}

#[test]
fn what_is_odd_is_said() {
    let warned = |text: &str| {
        read_map(text.as_bytes())
            .expect("it is a map")
            .warnings
            .len()
    };
    for (text, warnings) in [
        ("/a;/b;410", 1),
        ("/a#x,/b", 1),
        ("old,new,status\n/a,/b,soon", 1),
        ("/a,/b\n,/c", 1),
        ("/a,/b", 0),
    ] {
        assert_eq!(warned(text), warnings, "{text}");
    }
    let map = read_map(b"old,new,regex,code\n/a#x,/b,0,\n/c,,0,301\n^/d,/e,1,\n/f,,0,200\n")
        .expect("it is a map");
    let rules = map.rules();
    assert_eq!(rules.remarks(0)[0].id, LintId::NeverMatches);
    let lines: Vec<usize> = rules
        .unheeded
        .iter()
        .map(|dropped| dropped.place.line)
        .collect();
    assert_eq!(lines, [3, 4, 5]);
}
