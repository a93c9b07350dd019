//! Against a real nginx: what people's servers answer, and what the JSON document says of it.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Nginx, Run, rehop};

/// `/CODE` answers with that redirect to `/end`, which tells in a field what arrived.
const CODES: &str = "
server {
    listen 127.0.0.1:@PORT@;
    location = /301 { return 301 /end; }
    location = /302 { return 302 /end; }
    location = /303 { return 303 /end; }
    location = /307 { return 307 /end; }
    location = /308 { return 308 /end; }
    location = /end {
        add_header X-Arrived '$request_method $content_length $content_type';
        return 200 'end';
    }
}";

/// Runs rehop with `--json` and these arguments; the document and the run.
fn inspect(args: &[&str]) -> (Value, Run) {
    let run = rehop(&[&["--json"], args].concat());
    (run.json(), run)
}

/// The first value of a field in `headers` of the document.
fn field<'a>(headers: &'a Value, name: &str) -> Option<&'a str> {
    let lines = headers.as_array()?;
    lines.iter().find(|line| {
        line[0]
            .as_str()
            .is_some_and(|n| n.eq_ignore_ascii_case(name))
    })?[1]
        .as_str()
}

#[test]
fn nginx_codes_change_get_and_post_as_fetch_says() {
    let Some(nginx) = Nginx::start(CODES) else {
        return;
    };
    let form = "POST 3 application/x-www-form-urlencoded";
    //   code  method  becomes  body       verdict        predictable  arrives at the end
    for (code, method, becomes, body, verdict, predictable, arrived) in [
        (301, "GET", "GET", "none", "recommended", true, "GET  "),
        (302, "GET", "GET", "none", "recommended", true, "GET  "),
        (303, "GET", "GET", "none", "recommended", true, "GET  "),
        (307, "GET", "GET", "none", "required", true, "GET  "),
        (308, "GET", "GET", "none", "required", true, "GET  "),
        (301, "POST", "GET", "dropped", "permitted", false, "GET  "),
        (302, "POST", "GET", "dropped", "permitted", false, "GET  "),
        (303, "POST", "GET", "dropped", "recommended", true, "GET  "),
        (307, "POST", "POST", "kept", "required", true, form),
        (308, "POST", "POST", "kept", "required", true, form),
    ] {
        let start = nginx.url(&format!("/{code}"));
        let data: &[&str] = if method == "POST" {
            &["-d", "a=1", &start]
        } else {
            &[&start]
        };
        let (document, run) = inspect(data);
        let case = format!("{method} {code}: {document:#}");
        let redirect = &document["hops"][0]["redirect"];
        let permanent = matches!(code, 301 | 308);
        assert_eq!(run.code, Some(0), "{case}");
        assert_eq!(document["hops"][0]["response"]["status"], code, "{case}");
        assert_eq!(redirect["target"], nginx.url("/end"), "{case}");
        assert_eq!(redirect["permanent"], permanent, "{case}");
        assert_eq!(
            redirect["method"],
            json!({ "from": method, "to": becomes, "kept": method == becomes }),
            "{case}"
        );
        assert_eq!(redirect["body"], body, "{case}");
        assert_eq!(redirect["verdict"], verdict, "{case}");
        assert_eq!(redirect["predictable"], predictable, "{case}");
        assert_eq!(redirect["cross_origin"], false, "{case}");
        assert_eq!(
            field(&document["hops"][1]["response"]["headers"], "x-arrived"),
            Some(arrived.trim_end()),
            "{case}"
        );
        assert_eq!(document["end"]["kind"], "landed", "{case}");
        assert_eq!(
            document["summary"]["future_url"],
            if permanent { nginx.url("/end") } else { start },
            "{case}"
        );
    }
}

#[test]
fn nginx_document_reports_what_was_on_the_wire() {
    let Some(nginx) = Nginx::start(CODES) else {
        return;
    };
    let (document, _) = inspect(&["-d", "a=1", "-H", "X-One: 1", &nginx.url("/307")]);
    assert_eq!(document["schema"], "rehop.trace/1");
    assert_eq!(document["url"], nginx.url("/307"));
    assert_eq!(document["client"], "fetch");
    let hops = document["hops"].as_array().unwrap();
    assert_eq!(hops.len(), 2);
    for (hop, n) in hops.iter().zip(1..) {
        assert_eq!(hop["n"], n);
        assert_eq!(hop["request"]["method"], "POST");
        assert_eq!(field(&hop["request"]["headers"], "x-one"), Some("1"));
        assert_eq!(
            field(&hop["request"]["headers"], "content-length"),
            Some("3")
        );
        // printf a=1 | sha256sum
        let sha256 = "c22fea5d7428e5cf47ef6354c97c9223c95d6dcdc3e0d2300ff79056b1ff3d85";
        assert_eq!(
            hop["request"]["body"],
            json!({ "bytes": 3, "sha256": sha256, "complete": true })
        );
        assert_eq!(hop["response"]["version"], "HTTP/1.1");
        assert_eq!(
            format!(
                "http://{}/",
                hop["connection"]["remote_addr"].as_str().unwrap()
            ),
            nginx.url("/")
        );
        assert_eq!(hop["connection"]["tls"], Value::Null);
        assert_eq!(hop["timing"]["tls_ms"], Value::Null);
        assert!(hop["timing"]["total_ms"].as_f64().unwrap() > 0.0);
    }
    assert_eq!(hops[0]["response"]["reason"], "Temporary Redirect");
    assert_eq!(hops[0]["connection"]["reused"], false);
    assert_eq!(hops[1]["redirect"], Value::Null);
    assert_eq!(hops[1]["response"]["body_bytes"], 3);
}

#[test]
fn nginx_credentials_stay_behind_at_another_port_unless_trusted() {
    let servers = "
server { listen 127.0.0.1:@PORT@; location / { return 302 http://127.0.0.1:@OTHER@/end; } }
server { listen 127.0.0.1:@OTHER@; location / { add_header X-Arrived '[$http_authorization]'; return 200; } }";
    let Some(nginx) = Nginx::start(servers) else {
        return;
    };
    let start = nginx.url("/start");
    // me:pw in base64
    for (flags, sent, arrived) in [
        (&[][..], json!([]), "[]"),
        (
            &["--location-trusted"],
            json!(["authorization"]),
            // As it came back, its secret known by its shape.
            "[Basic ***]",
        ),
    ] {
        let (document, run) = inspect(&[flags, &["-u", "me:pw", &start]].concat());
        let redirect = &document["hops"][0]["redirect"];
        assert_eq!(run.code, Some(0), "{document:#}");
        assert_eq!(redirect["cross_origin"], true, "{document:#}");
        assert_eq!(
            redirect["headers"]["credentials_sent"], sent,
            "{document:#}"
        );
        assert_eq!(
            field(&document["hops"][1]["response"]["headers"], "x-arrived"),
            Some(arrived),
            "{document:#}"
        );
        assert_eq!(document["end"]["url"], nginx.other("/end"), "{document:#}");
        assert!(
            !run.out.contains("bWU6cHc="),
            "the password is shown: {document:#}"
        );
    }
}

#[test]
fn nginx_directory_without_its_slash_costs_a_post_its_body() {
    let Some(nginx) = Nginx::start("server { listen 127.0.0.1:@PORT@; root @ROOT@; }") else {
        return;
    };
    fs::create_dir(nginx.root().join("docs")).unwrap();
    fs::write(nginx.root().join("docs/index.html"), "index").unwrap();
    let (document, run) = inspect(&[
        "-d",
        "a=1",
        &nginx.url("/docs"),
        "--fail-on",
        "body-dropped",
    ]);
    assert_eq!(
        document["hops"][0]["redirect"]["target"],
        nginx.url("/docs/"),
        "{document:#}"
    );
    assert_eq!(
        document["summary"]["method"],
        json!({ "from": "POST", "to": "GET", "kept": false }),
        "{document:#}"
    );
    assert_eq!(document["summary"]["body"], "dropped", "{document:#}");
    assert_eq!(document["end"]["status"], 200, "{document:#}");
    assert_eq!(run.code, Some(1), "{document:#}");
}

#[test]
fn nginx_locations_are_followed() {
    let servers = "
server {
    listen 127.0.0.1:@PORT@;
    absolute_redirect off;
    location = /relative/start { return 302 next?a=1; }
    location = /relative/next { return 200; }
    location = /missing { error_page 404 http://127.0.0.1:@PORT@/sorry; return 404; }
    location = /sorry { return 200; }
    rewrite ^/old/(.*)$ /new/$1 permanent;
    rewrite ^/tmp/(.*)$ /new/$1 redirect;
    location /new/ { return 200; }
}";
    let Some(nginx) = Nginx::start(servers) else {
        return;
    };
    for (path, code, location, lands) in [
        (
            "/relative/start#part",
            302,
            "next?a=1",
            "/relative/next?a=1#part",
        ),
        ("/missing", 302, nginx.url("/sorry").as_str(), "/sorry"),
        ("/old/a%20b?c=d", 301, "/new/a%20b?c=d", "/new/a%20b?c=d"),
        ("/tmp/x", 302, "/new/x", "/new/x"),
    ] {
        let (document, run) = inspect(&[&nginx.url(path)]);
        assert_eq!(run.code, Some(0), "{document:#}");
        assert_eq!(
            document["hops"][0]["response"]["status"], code,
            "{document:#}"
        );
        assert_eq!(
            document["hops"][0]["redirect"]["location"], location,
            "{document:#}"
        );
        assert_eq!(document["end"]["url"], nginx.url(lands), "{document:#}");
    }
}

#[test]
fn nginx_chains_that_lead_nowhere_end_with_their_reason() {
    let servers = "
server {
    listen 127.0.0.1:@PORT@;
    location = /self { return 302 /self; }
    location = /ping { return 307 /pong; }
    location = /pong { return 307 /ping; }
    rewrite ^/grow(.*)$ /grow$1x redirect;
    location = /mail { return 302 mailto:me@example.com; }
    location = /dead { return 302 http://127.0.0.1:@OTHER@/; }
}";
    let Some(nginx) = Nginx::start(servers) else {
        return;
    };
    for (path, kind, redirects, code) in [
        ("/self", "loop", 0, 4),
        ("/ping", "loop", 1, 4),
        ("/grow", "too_many", 20, 4),
        ("/mail", "refused", 0, 4),
        ("/dead", "failed", 1, 3),
    ] {
        let (document, run) = inspect(&[&nginx.url(path)]);
        assert_eq!(document["end"]["kind"], kind, "{document:#}");
        assert_eq!(document["summary"]["redirects"], redirects, "{document:#}");
        assert!(document["end"]["detail"].is_string(), "{document:#}");
        assert_eq!(run.code, Some(code), "{document:#}");
    }
}

#[test]
fn nginx_expectations_decide_the_exit_code_and_a_failed_hop_is_graver() {
    let servers = "
server {
    listen 127.0.0.1:@PORT@;
    location = /start { return 301 /end; }
    location = /end { return 200; }
    location = /dead { return 302 http://127.0.0.1:@OTHER@/; }
}";
    let Some(nginx) = Nginx::start(servers) else {
        return;
    };
    for (path, expectation, held, actual, code) in [
        ("/start", "codes=301,200", true, "301,200", 0),
        (
            "/start",
            "final = /end",
            true,
            nginx.url("/end").as_str(),
            0,
        ),
        ("/start", "permanent = true", true, "true", 0),
        (
            "/start",
            "hop1.header.location ~ */end",
            true,
            nginx.url("/end").as_str(),
            0,
        ),
        ("/start", "hops = 0", false, "1 redirect", 1),
        ("/start", "header.x-none = 1", false, "no such header", 1),
        ("/dead", "hops = 1", true, "1 redirect", 3),
        ("/dead", "status = 200", false, "none", 3),
    ] {
        let (document, run) = inspect(&["--expect", expectation, &nginx.url(path)]);
        let outcome = &document["expectations"][0];
        assert_eq!(
            (&outcome["held"], &outcome["actual"]),
            (&json!(held), &json!(actual)),
            "{expectation}: {document:#}"
        );
        assert_eq!(run.code, Some(code), "{expectation}: {document:#}");
    }
    let misspelt = rehop(&["--expect", "stauts = 200", &nginx.url("/start")]);
    assert_eq!((misspelt.code, misspelt.out.as_str()), (Some(2), ""));
    assert!(
        misspelt.err.contains("did you mean `status`?"),
        "{}",
        misspelt.err
    );
}

#[test]
fn nginx_upload_of_megabytes_arrives_whole_after_a_307() {
    let servers = "
server {
    listen 127.0.0.1:@PORT@;
    client_max_body_size 0;
    location = /inbox { return 307 /store/file; }
    location /store/ { root @ROOT@; dav_methods PUT; create_full_put_path on; }
}";
    let Some(nginx) = Nginx::start(servers) else {
        return;
    };
    let bytes: Vec<u8> = (0..4_000_000_u32).map(|n| (n % 251) as u8).collect();
    let upload = nginx.root().join("upload");
    fs::write(&upload, &bytes).unwrap();
    let (document, run) = inspect(&["-T", upload.to_str().unwrap(), &nginx.url("/inbox")]);
    assert_eq!(run.code, Some(0), "{document:#}");
    assert_eq!(
        document["summary"]["method"],
        json!({ "from": "PUT", "to": "PUT", "kept": true }),
        "{document:#}"
    );
    assert_eq!(
        document["hops"][1]["request"]["body"]["bytes"],
        bytes.len(),
        "{document:#}"
    );
    assert!(
        fs::read(nginx.root().join("store/file")).unwrap() == bytes,
        "the bytes that arrived are others"
    );
}
