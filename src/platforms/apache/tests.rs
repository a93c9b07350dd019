//! What Apache answers, one row a file.

use super::super::{Answer, Visit};
use super::{ApacheContext, read};

fn answer(text: &str, host: &str, path: &str) -> String {
    let file =
        read(text, ApacheContext::Directory).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
    shown(&file.simulate(&Visit::get(host, path)))
}

fn shown(answer: &Answer) -> String {
    match answer {
        Answer::Redirect {
            status, location, ..
        } => format!("{status} {location}"),
        Answer::Status { code, .. } => code.to_string(),
        Answer::Depends {
            on,
            held,
            otherwise,
            ..
        } => format!("{on:?}? {} : {}", shown(held), shown(otherwise)),
        Answer::Served { .. } => "served".to_owned(),
        _ => "-".to_owned(),
    }
}

#[test]
fn answers_are_those_of_apache() {
    let on = "RewriteEngine On\n";
    for (text, path, expected) in [
        ("Redirect /old /new", "/old/x?k=v", "302 /new/x?k=v"),
        ("Redirect /old /new", "/oldx", "-"),
        ("Redirect /r7/ /new/", "/r7", "-"),
        (
            "Redirect permanent /a https://n.example/",
            "/a",
            "301 https://n.example/",
        ),
        ("Redirect gone /a", "/a", "410"),
        ("Redirect /q?x=1 /n", "/q?x=1", "-"),
        (
            "RedirectMatch 301 ^/a/(.*)$ /b/$1",
            "/a/z?k=v",
            "301 /b/z?k=v",
        ),
        (
            "RewriteRule ^a/(.*)$ /b?p=$1 [R=301,L]",
            "/a/z?k=v",
            "301 /b?p=z",
        ),
        ("RewriteRule ^/a$ /b [R,L]", "/a", "-"),
        (
            "Redirect 301 /x /1\nRewriteRule ^x$ /2 [R,L]",
            "/x",
            "302 /2",
        ),
        (
            "RewriteCond %{QUERY_STRING} ^id=(\\d+)$\nRewriteRule ^f$ /g/%1? [R=301,L]",
            "/f?id=7",
            "301 /g/7",
        ),
        (
            "RewriteCond %{QUERY_STRING} ^id=(\\d+)$\nRewriteRule ^f$ /g/%1? [R=301,L]",
            "/f",
            "-",
        ),
        (
            "RewriteRule ^wj$ wk [L]\nRewriteRule ^wk$ /end [R]",
            "/wj",
            "302 /end",
        ),
        ("RewriteRule ^n$ m [R]", "/n", "302 /var/www/html/m"),
        (
            "RewriteBase /sub/\nRewriteRule ^n$ m [R]",
            "/n",
            "302 /sub/m",
        ),
        ("RewriteRule ^a$ /b [R,QSA,L]", "/a?k=v", "302 /b?k=v"),
        ("RewriteRule ^a$ /b#c [R,L]", "/a", "302 /b%23c"),
        ("RewriteRule ^a$ /b#c [R,NE,L]", "/a", "302 /b#c"),
        ("RewriteRule ^a$ - [G]", "/a", "410"),
        (
            "RewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule ^a$ /b [R]",
            "/a",
            "FileExists? 302 /b : -",
        ),
        (
            "RewriteCond %{HTTP_ACCEPT} html\nRewriteRule ^a$ /b [R]",
            "/a",
            "Header? 302 /b : -",
        ),
        (
            "<IfModule !mod_rewrite.c>\nRedirect /a /b\n</IfModule>",
            "/a",
            "-",
        ),
    ] {
        assert_eq!(
            answer(&format!("{on}{text}"), "h.example", path),
            expected,
            "{text} {path}"
        );
    }
    let host = "RewriteEngine On\nRewriteCond %{HTTP_HOST} ^old\\.example$ [NC]\nRewriteRule ^(.*)$ https://new.example/$1 [R=301,L]";
    assert_eq!(
        answer(host, "OLD.example", "/p/q?k=v"),
        "301 https://new.example/p/q?k=v"
    );
}

#[test]
fn one_wrong_line_breaks_the_file() {
    for text in [
        "RewriteRule ^a$ /b [R=302, L]",
        "RewriteRule ^a$ /b [R=399]",
        "RewriteRule ( /b",
        "RewriteBase / x",
        "Redirect 301 /x y",
        "Redirect 404 /x /y",
        "Redirect /a /b # why",
    ] {
        let faults = read(text, ApacheContext::Directory).unwrap_err();
        assert_eq!(faults[0].place.map(|place| place.line), Some(1), "{text}");
    }
}
