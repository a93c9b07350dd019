//! What is masked, and what is not.

use super::Secrets::{Masked, Shown};
use super::text_of;
use proptest::prelude::*;

#[test]
fn references_lose_their_secrets() {
    for (raw, shown) in [
        ("http://h/a?b=c#d", "http://h/a?b=c#d"),
        ("http://h:80/@x?mail=a@b", "http://h:80/@x?mail=a@b"),
        ("mailto:a@b", "mailto:a@b"),
        ("/a;v=1/b?x=%2Fc", "/a;v=1/b?x=%2Fc"),
        // user information
        ("http://u:p@h/", "http://***@h/"),
        ("ftp://u@h/", "ftp://***@h/"),
        ("//u:p@h/x", "//***@h/x"),
        ("http://u:p@q@h/", "http://***@h/"),
        (r"\\u:p@h\x", r"\\***@h\x"),
        (r"/\u:p@h", r"/\***@h"),
        ("http:u:p@h/", "http:***@h/"),
        ("HTTPS:/u:p@h/", "HTTPS:/***@h/"),
        ("ht\ttp:\t/\t/u:p@h/", "http://***@h/"),
        ("http://h/x\ty", "http://h/x\ty"),
        ("http://a/http://u:p@h/", "http://a/http://***@h/"),
        // values of secret names
        ("/?token=t&a=1", "/?token=***&a=1"),
        ("/?a=1&CODE=x;y?z#k", "/?a=1&CODE=***#k"),
        ("/?key=", "/?key="),
        ("/?key", "/?key"),
        (
            "/?X-Amz-Signature=a&X-Amz-Date=b",
            "/?X-Amz-Signature=***&X-Amz-Date=b",
        ),
        (
            "/?client%5Fsecret=a&%74oken=b",
            "/?client%5Fsecret=***&%74oken=***",
        ),
        ("/?user[password]=a", "/?user[password]=***"),
        ("/#access_token=a&state=b", "/#access_token=***&state=***"),
        ("/#/route?id_token=a", "/#/route?id_token=***"),
        ("/p;jsessionid=a/q;v=1?x=y", "/p;jsessionid=***/q;v=1?x=y"),
        // a reference within a reference
        (
            "/login?next=http://u:p@h/?code=1&x=2",
            "/login?next=http://***@h/?code=***&x=2",
        ),
        (
            "/login?next=%2Fcb%3Fcode%3Dabc%26x%3D1&y=2",
            "/login?next=%2Fcb%3Fcode%3D***%26x%3D1&y=2",
        ),
        (
            "/?a=%2F%3Fb%3D%252F%253Ftoken%253Dx",
            "/?a=%2F%3Fb%3D%252F%253Ftoken%253D***",
        ),
    ] {
        assert_eq!(Masked.url(raw), shown);
        assert_eq!(Shown.url(raw), raw);
    }
    assert_eq!(
        Masked.reference(b"/caf\xe9?token=\xff"),
        b"/caf\xe9?token=***"
    );
}

#[test]
fn fields_lose_their_secrets() {
    for (name, value, shown) in [
        ("Authorization", "Bearer abc.def", "Bearer ***"),
        (
            "authorization",
            "Digest username=\"u\", response=\"r\"",
            "Digest ***",
        ),
        ("Proxy-Authorization", "Basic dTpw", "Basic ***"),
        ("Authorization", "abc", "***"),
        ("Authorization", "a:b c", "***"),
        ("Authorization", "", ""),
        ("X-Forwarded-Authorization", "Bearer abc", "Bearer ***"),
        ("Cookie", "a=1; b=2=3; c", "a=***; b=***; ***"),
        (
            "Set-Cookie",
            "sid=s; Path=/; Secure; HttpOnly; x=y",
            "sid=***; Path=/; Secure; HttpOnly; x=***",
        ),
        ("Set-Cookie", "path=secret; Path=/", "path=***; Path=/"),
        ("X-Api-Key", "k", "***"),
        ("Private-Token", "k", "***"),
        ("X-Auth-Token", "k", "***"),
        ("X-Session-Id", "k", "***"),
        ("X-Csrf", "k", "***"),
        ("Cookie2", "$Version=1", "***"),
        ("X-Hub-Signature", "sha1=k", "***"),
        ("Ocp-Apim-Subscription-Key", "k", "***"),
        (
            "Location",
            "http://u:p w@h/?a b&sig=x",
            "http://***@h/?a b&sig=***",
        ),
        ("Referer", "http://h/?code=1", "http://h/?code=***"),
        (
            "Refresh",
            "0; url=http://u:p@h/?code=1",
            "0; url=http://***@h/?code=***",
        ),
        (
            "Link",
            "<http://h/?token=a>; rel=\"next\", </b>",
            "<http://h/?token=***>; rel=\"next\", </b>",
        ),
        (
            "Content-Type",
            "text/html; charset=utf-8",
            "text/html; charset=utf-8",
        ),
        ("Signature", "sig1=:abc:", "sig1=:abc:"),
        ("Authorization", "S3CR3T x", "***"),
        ("DPoP", "abc", "***"),
        ("X-Hub-Signature-256", "sha256=k", "***"),
        ("X-Functions-Key", "k", "***"),
        ("X-Registry-Auth", "k", "***"),
        ("Set-Cookie2", "sid=s; Path=/", "sid=***; Path=/"),
        // By shape, in any field.
        ("X-Forwarded-Access", "Bearer abc123def", "Bearer ***"),
        ("X-Note", "a ghp_0123456789abcdef b", "a *** b"),
        (
            "X-Data",
            "{\"token\": \"a b\", \"n\": 1}",
            "{\"token\": \"***\", \"n\": 1}",
        ),
        ("X-Form", "password=a b&n=1", "password=***&n=1"),
        ("Idempotency-Key", "k", "k"),
    ] {
        assert_eq!(
            text_of(Masked.field(name, value.as_bytes())),
            shown,
            "{name}: {value}"
        );
        assert_eq!(Shown.field(name, value.as_bytes()), value.as_bytes());
    }
}

#[test]
fn sentences_and_expectations_lose_their_secrets() {
    assert_eq!(
        Masked.text("The Location `http://u:p@h/?token=x`, then /y?code=1. Ask (http://h/?key=2)!"),
        "The Location `http://***@h/?token=***`, then /y?code=***. Ask (http://h/?key=***)!"
    );
    for (text, masked) in [
        ("status = 200", "status = 200"),
        ("no invalid-location", "no invalid-location"),
        ("final = /x?token=a b", "final = /x?token=***"),
        ("hop1.url ~ */x?token=a b", "hop1.url ~ */x?token=***"),
        ("header.set-cookie ~ s=1*", "header.set-cookie ~ s=***"),
        (
            "header.location = /x?token=a b",
            "header.location = /x?token=***",
        ),
        (
            "hop2.header.X-Api-Key = no secret",
            "hop2.header.X-Api-Key = ***",
        ),
        ("cookie.lang = de", "cookie.lang = ***"),
        ("header.X-Api-Key = absent", "header.X-Api-Key = absent"),
        ("cookie.sid != present", "cookie.sid != present"),
    ] {
        assert_eq!(Masked.expectation(text), masked);
    }
}

#[test]
fn masking_a_megabyte_of_any_delimiter_ends() {
    // No clock: work in proportion to the square of the length takes minutes a piece, which no run of the tests misses.
    for piece in ["//a", "http:", "//a@", "?a=%25", ";token=a", "&", "%25"] {
        let raw = piece.repeat(1_000_000 / piece.len());
        assert!(Masked.url(&raw).len() <= raw.len() * 2);
    }
}

proptest! {
    #[test]
    fn no_password_and_no_token_survives(
        head in r"(http:|//|https://|/\\)[a-z]{0,3}", tail in r"[a-z/?&;#=%.]{0,12}", value in "[A-Z]{8}",
    ) {
        for raw in [
            format!("{head}:{value}@host{tail}"),
            format!("http://h/{}?token={value}{tail}", tail.replace(['?', '#'], "")),
        ] {
            let masked = Masked.url(&raw);
            prop_assert!(!masked.contains(&value), "{} shows {}", masked, raw);
        }
    }

    #[test]
    fn masking_twice_is_masking_once(raw: Vec<u8>) {
        let once = Masked.reference(&raw);
        prop_assert_eq!(Masked.reference(&once), once);
    }
}

#[test]
fn secrets_are_known_by_their_shape_wherever_they_stand() {
    let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP";
    for secret in [
        jwt,
        "ghp_16C7e42F292c69",
        "AKIAIOSFODNN7EXAMPLE",
        "xoxb-2444333222",
        "sk_live_4eC39HqLyj",
        "glpat-abcdefgh",
    ] {
        for (text, masked) in [
            ("it is {}.", "it is ***."),
            ("http://h/{}/x?a={}", "http://h/***?a=***"),
            ("http://h/?a=http%3A%2F%2Fi%2F%3Fb%3D{}", "http://h/?a=***"),
        ] {
            let shown = Masked.text(&text.replace("{}", secret));
            assert!(!shown.contains(secret), "{shown}");
            assert!(
                text.contains('%') || masked.len() >= shown.len() - 2,
                "{shown}"
            );
        }
    }
    for plain in [
        "skeleton",
        "AKIA",
        "a.b.c",
        "eyJ",
        "ghp_",
        "Basic credentials",
        "Bearer tokens",
        "sk-a",
    ] {
        assert_eq!(Masked.text(plain), plain);
    }
}

#[test]
fn parameters_are_known_by_their_names() {
    for name in [
        "oauth_verifier",
        "auth_code",
        "account_key",
        "RelayState",
        "state",
        "hdnts",
        "pin",
        "totp",
        "token[0]",
        "sig",
    ] {
        assert_eq!(
            Masked.url(&format!("/?{name}=S&a=1")),
            format!("/?{name}=***&a=1")
        );
    }
    assert_eq!(
        Masked.url("/?d={\"token\":\"S\"}"),
        "/?d={\"token\":\"***\"}"
    );
    assert_eq!(
        Masked.url("/?d=%7B%22token%22%3A%22S%22%7D"),
        "/?d=%7B%22token%22%3A%22***%22%7D"
    );
}

#[test]
fn names_of_the_user_are_masked_too() {
    let secrets = super::Secrets::naming(["X-Tenant", "shop"]);
    assert_eq!(secrets.url("/?shop=S&a=1"), "/?shop=***&a=1");
    assert_eq!(secrets.field("x-tenant", b"S"), b"***");
    assert_eq!(secrets.content(b"{\"shop\":\"S\"}"), b"{\"shop\":\"***\"}");
    assert_eq!(super::Secrets::naming([]), Masked);
}

#[test]
fn passwords_with_characters_that_end_an_authority_are_masked() {
    for raw in [
        "http://u:p/S@h/",
        "http://u:p?S@h/",
        "http://u:p#S@h/x",
        "//u:S@h",
        "http:\\\\u:S@h",
    ] {
        assert!(!Masked.text(raw).contains('S'), "{}", Masked.text(raw));
    }
    for raw in [
        "http://h:80/@x",
        "http://h/a@b",
        "http://[::1]:8/@x",
        "http://h:80/x?mail=a@b",
    ] {
        assert_eq!(Masked.text(raw), raw);
    }
}

#[test]
fn command_lines_lose_their_secrets() {
    for (line, masked) in [
        ("curl -u user:S {url}", "curl -u *** {url}"),
        ("curl -uuser:S {url}", "curl -u*** {url}"),
        ("curl -b sid=S {url}", "curl -b sid=*** {url}"),
        (
            "curl --oauth2-bearer S {url}",
            "curl --oauth2-bearer *** {url}",
        ),
        (
            "curl -HAuthorization:S {url}",
            "curl -HAuthorization:*** {url}",
        ),
        (
            "curl --header X-Api-Key:S {url}",
            "curl --header X-Api-Key:*** {url}",
        ),
        ("wget --password=S {url}", "wget --password=*** {url}"),
        (
            "curl --data-raw password=S&a=1",
            "curl --data-raw password=***&a=1",
        ),
        (
            "curl -d {\"password\":\"S\"}",
            "curl -d {\"password\":\"***\"}",
        ),
        ("curl -d {body} -H Accept:x", "curl -d {body} -H Accept:x"),
        (
            "http POST {url} Authorization:S",
            "http POST {url} Authorization:***",
        ),
        (
            "node client.mjs --token=S {method}",
            "node client.mjs --token=*** {method}",
        ),
        ("curl http://u:S@h/?token=S", "curl http://***@h/?token=***"),
        ("curl -x //u:S@h", "curl -x //***@h"),
    ] {
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        assert_eq!(Masked.words(&words).join(" "), masked);
        assert_eq!(Shown.words(&words), words);
    }
}
