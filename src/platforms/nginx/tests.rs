//! What nginx answers, one row a configuration; tests/check.rs asks nginx itself for a part of it.

use super::super::{Answer, Depends, RuleFile, RuleKind, Visit};
use super::read;

fn file(text: &str) -> RuleFile {
    read(text, &[]).unwrap_or_else(|faults| panic!("{text}: {faults:?}"))
}

/// An answer in short: status and Location, what it depends on, and the two ways.
fn shown(answer: &Answer) -> String {
    match answer {
        Answer::Pass => "-".to_owned(),
        Answer::Redirect {
            status, location, ..
        } => format!("{status} {location}"),
        Answer::Served { .. } => "served".to_owned(),
        Answer::Status { code, .. } => code.to_string(),
        Answer::Page { location, .. } => format!("page {location}"),
        Answer::Depends {
            on,
            held,
            otherwise,
            ..
        } => {
            format!("{on:?}? {} : {}", shown(held), shown(otherwise))
        }
    }
}

#[test]
fn answers_are_those_of_nginx() {
    let map = "map $uri $new { /M2 /n2; ~^/m1 /n1; ~^/u/(?<id>\\d+)$ /v/$id; '/a b' /c; /zero 0; } if ($new) { return 301 $new; }";
    for (configuration, path, expected) in [
        ("return 301 /b;", "/a?k=v", "301 /b"),
        (
            "return 302 https://n.example$request_uri;",
            "/a?k=v",
            "302 https://n.example/a?k=v",
        ),
        ("return https://n.example/;", "/a", "302 https://n.example/"),
        (
            "return 303 $uri$is_args$args;",
            "/%61//b?k=v",
            "303 /a/b?k=v",
        ),
        ("return 307 /b?q=$arg_k;", "/a?x=1&K=v", "307 /b?q=v"),
        ("return 410;", "/a", "410"),
        ("return 200 ok;", "/a", "served"),
        (
            "location /pre { return 302 /p2$request_uri; }",
            "/prefix?k=v",
            "302 /p2/prefix?k=v",
        ),
        ("location = /q { return 301 /q2; }", "/q?k=v", "301 /q2"),
        ("location = /q { return 301 /q2; }", "/q/", "-"),
        (
            "location /a { return 301 /1; } location ~ b { return 301 /2; }",
            "/ab",
            "301 /2",
        ),
        (
            "location ^~ /a { return 301 /1; } location ~ b { return 301 /2; }",
            "/ab",
            "301 /1",
        ),
        (
            "location ~* ^/A { return 301 /1; } location ~ ^/a { return 301 /2; }",
            "/a",
            "301 /1",
        ),
        (
            "location /a { location /a/b { return 301 /1; } return 301 /2; }",
            "/a/b",
            "301 /1",
        ),
        (
            "location /a { return 301 /1; } location /a/ { return 301 /2; }",
            "/a/x",
            "301 /2",
        ),
        ("location @n { return 301 /1; }", "/a", "-"),
        (
            "rewrite ^/w3/(.*)$ /w4/$1 redirect;",
            "/w3/a?k=v",
            "302 /w4/a?k=v",
        ),
        (
            "rewrite ^/w3/(.*)$ /w4/$1? permanent;",
            "/w3/a?k=v",
            "301 /w4/a",
        ),
        (
            "rewrite ^/w3/(.*)$ /w4?p=$1 permanent;",
            "/w3/a?k=v",
            "301 /w4?p=a&k=v",
        ),
        (
            "rewrite ^/w https://n.example/ last;",
            "/w",
            "302 https://n.example/",
        ),
        (
            "rewrite ^/w(.*) /x$1 permanent;",
            "/w%2Fa%20b",
            "301 /x/a%20b",
        ),
        (
            "rewrite ^/c1$ /c2 last; location = /c2 { return 301 /end; }",
            "/c1",
            "301 /end",
        ),
        (
            "location /c { rewrite ^ /d break; } location /d { return 301 /end; }",
            "/c",
            "served",
        ),
        (
            "location /c { rewrite ^ /d last; } location /d { return 301 /end$is_args$args; }",
            "/c?k",
            "301 /end?k",
        ),
        ("location / { rewrite ^ /x/ last; }", "/", "500"),
        (
            "set $to /x; if ($request_method = POST) { return 405; } return 301 $to;",
            "/",
            "301 /x",
        ),
        ("if ($host != a.example) { return 301 /x; }", "/", "301 /x"),
        (
            "if ($args ~ ^id=(\\d+)$) { return 301 /g/$1; }",
            "/?id=7",
            "301 /g/7",
        ),
        ("if ($uri !~* ^/A) { return 301 /x; }", "/a", "-"),
        (map, "/m2", "301 /n2"),
        (map, "/m1/", "301 /n1"),
        (map, "/u/7", "301 /v/7"),
        (map, "/a%20b", "301 /c"),
        (map, "/zero", "-"),
        (
            "map $request_uri $n { /ru /x; } if ($n) { return 301 $n; }",
            "/ru?y=1",
            "-",
        ),
        (
            "map $host $n { hostnames; .site.example /x; default ''; } if ($n) { return 301 $n; }",
            "/",
            "301 /x",
        ),
        ("/a /b;\n~^/c /d;", "/A", "OuterConfig? 301 /b : -"),
        (
            "if (-f $request_filename) { return 301 /x; }",
            "/",
            "FileExists? 301 /x : -",
        ),
        (
            "if (!-e $request_filename) { return 301 /x; }",
            "/",
            "FileExists? - : 301 /x",
        ),
        ("if ($foo) { return 301 /x; }", "/", "Variable? 301 /x : -"),
        (
            "if ($http_user_agent ~ bot) { return 403; }",
            "/",
            "Header? 403 : -",
        ),
        (
            "if ($cookie_a = 1) { return 301 /x; }",
            "/",
            "Cookie? 301 /x : -",
        ),
        (
            "if ($geoip_country_code = AU) { return 302 /au; } return 302 /;",
            "/",
            "Country? 302 /au : 302 /",
        ),
        (
            "return 301 https://$foo/x;",
            "/",
            "Variable? 301 https://$foo/x : 301 https:///x",
        ),
        (
            "return 301 https://${NAME}/x;",
            "/",
            "Template? 301 https://${NAME}/x : 301 https:///x",
        ),
        (
            "return 301 https://{{ name }}/x;",
            "/",
            "Template? 301 https://{{ name }}/x : 301 https:///x",
        ),
        (
            "include more.conf; return 301 /x;",
            "/",
            "Include? - : 301 /x",
        ),
        ("include mime.types; return 301 /x;", "/", "301 /x"),
        (
            "rewrite ^/(?!x) /y permanent;",
            "/a",
            "RegexFeature? 301 /y : -",
        ),
        ("return 301 /x;", "/%zz", "-"),
    ] {
        let answer = file(configuration).simulate(&Visit::get("site.example", path));
        assert_eq!(shown(&answer), expected, "{configuration} {path}");
    }
}

#[test]
fn servers_are_chosen_by_name_and_by_scheme() {
    let servers =
        "http { server { listen 80; server_name a.example; return 301 https://$host$request_uri; }
        server { listen 443 ssl; server_name a.example *.b.example; return 301 /tls; }
        server { listen 443 ssl; server_name ~^(?<who>\\w+)\\.c\\.example$; return 301 /$who; }
        server { listen 443 ssl default_server; server_name _; return 404; } }";
    for (url, expected) in [
        ("http://a.example/x?y", "301 https://a.example/x?y"),
        ("https://a.example/", "301 /tls"),
        ("https://x.b.example/", "301 /tls"),
        ("https://b.example/", "404"),
        ("https://joe.c.example/", "301 /joe"),
    ] {
        let (scheme, rest) = url.split_once("://").unwrap();
        let (host, path) = rest.split_once('/').unwrap();
        let visit = Visit {
            scheme: scheme.to_owned(),
            ..Visit::get(host, &format!("/{path}"))
        };
        assert_eq!(shown(&file(servers).simulate(&visit)), expected, "{url}");
    }
}

#[test]
fn a_file_that_nginx_refuses_is_no_file() {
    for (text, line) in [
        ("return 301 /a;\nreturn /b;", 2),
        ("location /a {}\nlocation /a {}", 2),
        ("location = /a {\n location /a/b {} }", 2),
        ("location /a {\n location /b {} }", 2),
        ("rewrite ( /b;", 1),
        ("rewrite ^ /b lst;", 1),
        ("if (a = b) { return 301 /x; }", 1),
        ("map $uri $n {\n /a /b;\n /A /c;\n}", 3),
        ("location /a { return 301 /b }", 1),
        ("return 301 /b$;", 1),
    ] {
        let faults = read(text, &[]).unwrap_err();
        assert_eq!(
            faults[0].place.map(|place| place.line),
            Some(line),
            "{text}: {faults:?}"
        );
    }
}

#[test]
fn included_lines_answer_by_themselves() {
    let text = "map $uri $new {\n include redirects.map; }\nif ($new) { return 308 $new; }";
    let file = read(text, &[("redirects.map", "/a /b;\n/c /d;")]).unwrap();
    let answer = file.simulate(&Visit::get("h.example", "/c"));
    assert_eq!(
        answer,
        Answer::Redirect {
            status: 308,
            location: "/d".to_owned(),
            rule: 1
        }
    );
    let rule = &file.rules[1];
    assert_eq!(
        (rule.from.as_str(), rule.status, rule.kind),
        ("/c", Some(308), RuleKind::Redirect)
    );
    assert_eq!(rule.place.line, 2);
    let missing = read(text, &[]).unwrap();
    assert_eq!(missing.unheeded.len(), 1);
    let answer = missing.simulate(&Visit::get("h.example", "/c"));
    assert!(
        matches!(
            answer,
            Answer::Depends {
                on: Depends::Include,
                ..
            }
        ),
        "{answer:?}"
    );
}

#[test]
fn a_rule_answers_its_samples() {
    for (text, rule, path) in [
        ("location = /q { return 301 /q2; }", 0, "/q"),
        ("location /pre/ { return 301 /q2; }", 0, "/pre/"),
        ("location ~ ^/(de|en)/x$ { return 301 /q2; }", 0, "/de/x"),
        ("rewrite ^/w/(.+)$ /v/$1 permanent;", 0, "/w/a"),
        (
            "location /a { rewrite ^/a/b(.*)$ /c$1 redirect; return 404; }",
            0,
            "/a/b",
        ),
        ("if ($arg_id = 7) { return 301 /x; }", 0, "/?id=7"),
        (
            "map $uri $n { /a /b; ~^/c/ /d; } if ($n) { return 301 $n; }",
            1,
            "/c/",
        ),
        (
            "map $host$uri $n { old.example/a /b; } if ($n) { return 301 $n; }",
            0,
            "/a",
        ),
        ("server { server_name *.a.example; return 301 /; }", 0, "/"),
    ] {
        let file = file(text);
        let answers = |visit: &Visit| matches!(file.simulate(visit), Answer::Redirect { rule: by, .. } if by == rule);
        let sample = file.samples(rule).into_iter().find(answers);
        let sample = sample.unwrap_or_else(|| panic!("{text}: {:?}", file.samples(rule)));
        let query = sample
            .query
            .map_or_else(String::new, |query| format!("?{query}"));
        assert_eq!(format!("{}{query}", sample.path), path, "{text}");
    }
}
