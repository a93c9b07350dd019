//! Scenarios that answer with what arrived.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::super::answer::{After, LabAnswer, Reply};
use super::super::request::RequestRefusal;
use super::super::request_reader::RequestContent;
use super::super::scenario::{Group, LabRequest, Scenario};
use crate::model::percent;

pub(in crate::lab) static GROUP: Group = Group {
    title: "Echo",
    scenarios: &[
        Scenario::made(
            "/echo",
            "what arrived, as JSON: method, target, fields in order and case, length \
             and hash of the body",
            echo,
        )
        .curl("-s -X PUT -d a=1"),
        Scenario::made(
            "/anything",
            "what arrived, in the form that httpbin gives it",
            anything,
        )
        .curl("-s -d a=1"),
        Scenario::made("/anything/{path*}", "the same", anything)
            .at("/anything/at/all")
            .curl("-s"),
        Scenario::made("/get", "the same, for whatever method", anything).curl("-s"),
        Scenario::made("/post", "the same", anything).curl("-s -d a=1"),
        Scenario::made("/put", "the same", anything).curl("-s -T /dev/null"),
        Scenario::made("/patch", "the same", anything).curl("-s -X PATCH"),
        Scenario::made("/delete", "the same", anything).curl("-s -X DELETE"),
        Scenario::made(
            "/headers",
            "the fields alone, as httpbin gives them",
            headers,
        )
        .curl("-s"),
        Scenario::made(
            "/chunked",
            "what /echo says, in chunks of 16 bytes and with a trailer",
            chunked,
        )
        .curl("-s --raw"),
        Scenario::tried(
            "/raw",
            "the bytes that the query spells, percent-encoded, and nothing else; \
             then closes",
            raw,
        )
        .at("/raw?HTTP/1.1%20302%20Found%0D%0ALocation:%20/echo%0D%0A%0D%0A"),
    ],
};

/// What arrived, as JSON.
pub(super) fn echo(asked: &LabRequest<'_>) -> LabAnswer {
    json_reply(&seen(asked)).to(asked.head)
}

fn seen(asked: &LabRequest<'_>) -> Value {
    let head = asked.head;
    let lines = head
        .headers
        .iter()
        .map(|field| json!([field.name, bytes_as_json(&field.value)]));
    let body = asked.content.map(|content| {
        json!({
            "bytes": content.digest.bytes,
            "sha256": content.digest.hex(),
            "text": shown(content),
        })
    });
    json!({
        "method": head.method,
        "target": bytes_as_json(&head.target),
        "version": head.version,
        "origin": asked.here.origin(),
        "headers": lines.collect::<Vec<_>>(),
        "body": body,
    })
}

fn anything(asked: &LabRequest<'_>) -> LabAnswer {
    let data = asked
        .content
        .filter(|content| content.is_whole())
        .map_or("", |content| text(&content.prefix));
    let is_form = asked
        .head
        .headers
        .text("content-type")
        .is_some_and(|t| t.starts_with("application/x-www-form-urlencoded"));
    let form = if is_form { data } else { "" };
    let target = String::from_utf8_lossy(&asked.head.target);
    let report = json!({
        "args": pairs(asked.queries()),
        "data": if is_form { "" } else { data },
        "files": {},
        "form": pairs(url::form_urlencoded::parse(form.as_bytes())),
        "headers": fields(asked),
        "json": serde_json::from_str(data).unwrap_or(Value::Null),
        "method": asked.head.method,
        "url": if target.starts_with('/') { asked.here.origin() + &target } else { target.into_owned() },
    });
    json_reply(&report).to(asked.head)
}

fn headers(asked: &LabRequest<'_>) -> LabAnswer {
    json_reply(&json!({ "headers": fields(asked) })).to(asked.head)
}

/// The fields as an object; lines of one name are joined.
fn fields(asked: &LabRequest<'_>) -> Value {
    let lines = asked
        .head
        .headers
        .iter()
        .map(|field| (&field.name, String::from_utf8_lossy(&field.value)));
    join(lines, |first, second| {
        Value::String(format!("{}, {second}", first.as_str().unwrap_or_default()))
    })
}

/// Names and values as an object; values of one name become a list.
fn pairs<N: AsRef<str>, V: AsRef<str>>(pairs: impl Iterator<Item = (N, V)>) -> Value {
    join(pairs, |first, second| match first.take() {
        Value::Array(mut list) => {
            list.push(json!(second));
            Value::Array(list)
        }
        single => json!([single, second]),
    })
}

fn join<N: AsRef<str>, V: AsRef<str>>(
    pairs: impl Iterator<Item = (N, V)>,
    add: impl Fn(&mut Value, &str) -> Value,
) -> Value {
    let mut object = Map::new();
    for (name, value) in pairs {
        let value = value.as_ref();
        object
            .entry(name.as_ref())
            .and_modify(|first| *first = add(first, value))
            .or_insert_with(|| json!(value));
    }
    Value::Object(object)
}

fn chunked(asked: &LabRequest<'_>) -> LabAnswer {
    let reply = json_reply(&seen(asked)).to(asked.head);
    if asked.head.is_http10() || asked.head.method == "HEAD" {
        return reply;
    }
    let persists = asked.head.persists();
    let mut bytes =
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
            .to_vec();
    bytes.extend_from_slice(if persists {
        b"\r\n"
    } else {
        b"Connection: close\r\n\r\n"
    });
    for piece in pretty(&seen(asked)).as_bytes().chunks(16) {
        bytes.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
        bytes.extend_from_slice(piece);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"0\r\nX-Trailer: the end\r\n\r\n");
    LabAnswer::raw(Some(200), bytes, reply.after)
}

fn raw(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let query = asked
        .head
        .query()
        .ok_or_else(|| RequestRefusal::bad("spell the bytes in the query, percent-encoded"))?;
    Ok(LabAnswer::raw(None, percent::decoded(query), After::Close))
}

/// A 200 with this document.
pub(super) fn json_reply(document: &Value) -> Reply {
    Reply::new(200).content("application/json", pretty(document))
}

fn pretty(document: &Value) -> String {
    format!("{document:#}\n")
}

/// Text where the bytes are UTF-8, `{"base64": …}` where not, as in the other documents of rehop.
fn bytes_as_json(bytes: &[u8]) -> Value {
    match str::from_utf8(bytes) {
        Ok(text) => json!(text),
        Err(_) => json!({ "base64": STANDARD.encode(bytes) }),
    }
}

/// The text that these bytes are; nothing where they are none.
fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap_or_default()
}

/// Content as it is shown: null where it is too long for that.
fn shown(content: &RequestContent) -> Value {
    if content.is_whole() {
        bytes_as_json(&content.prefix)
    } else {
        Value::Null
    }
}
