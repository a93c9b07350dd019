//! Redirects that only cookies lead through.

use serde_json::{Map, Value, json};

use super::super::answer::{LabAnswer, Reply};
use super::super::scenario::{Group, LabRequest, Scenario};
use super::echo::{self, json_reply};

pub(in crate::lab) static GROUP: Group = Group {
    title: "Cookies and logins",
    scenarios: &[
        Scenario::made(
            "/cookie-wall",
            "a 302 to itself that sets a cookie; with the cookie, /echo",
            wall,
        )
        .curl("-sL -b ''"),
        Scenario::made(
            "/login",
            "a form; POST answers 303 to /account and sets a cookie",
            login,
        )
        .curl("-sL -b '' -d user=me"),
        Scenario::made(
            "/account",
            "/echo with the cookie of /login; without, a 302 to /login",
            account,
        )
        .curl("-sL"),
        Scenario::made("/cookies", "the cookies that came", cookies).curl("-s -b a=1"),
        Scenario::made(
            "/cookies/set",
            "sets the cookies that the query names, then 302 to /cookies",
            set,
        )
        .at("/cookies/set?a=1&b=2")
        .curl("-sL -b ''"),
        Scenario::made(
            "/cookies/set/{name}/{value}",
            "sets this cookie, then 302 to /cookies",
            set_one,
        )
        .at("/cookies/set/a/1")
        .curl("-sL -b ''"),
        Scenario::made(
            "/cookies/delete",
            "deletes the cookies that the query names, then 302 to /cookies",
            delete,
        )
        .at("/cookies/delete?a")
        .curl("-sL -b a=1"),
    ],
};

fn wall(asked: &LabRequest<'_>) -> LabAnswer {
    if has(asked, "wall") {
        return echo::echo(asked);
    }
    Reply::redirect(302, "/cookie-wall")
        .field("Set-Cookie", "wall=open; Path=/cookie-wall")
        .to(asked.head)
}

fn login(asked: &LabRequest<'_>) -> LabAnswer {
    let form = "<!doctype html><form method=\"post\"><input name=\"user\"><button>Log in</button></form>\n";
    match asked.head.method.as_str() {
        "POST" => Reply::redirect(303, "/account")
            .field("Set-Cookie", "session=lab; Path=/; HttpOnly")
            .to(asked.head),
        _ => Reply::new(200)
            .content("text/html; charset=utf-8", form)
            .to(asked.head),
    }
}

fn account(asked: &LabRequest<'_>) -> LabAnswer {
    if has(asked, "session") {
        echo::echo(asked)
    } else {
        asked.redirect(302, "/login")
    }
}

fn has(asked: &LabRequest<'_>, name: &str) -> bool {
    asked.cookies().iter().any(|cookie| cookie.0 == name)
}

fn cookies(asked: &LabRequest<'_>) -> LabAnswer {
    let all: Map<String, Value> = asked
        .cookies()
        .into_iter()
        .map(|(name, value)| (name, json!(value)))
        .collect();
    json_reply(&json!({ "cookies": all })).to(asked.head)
}

fn set(asked: &LabRequest<'_>) -> LabAnswer {
    let lines = asked
        .queries()
        .map(|(name, value)| format!("{name}={value}; Path=/"));
    with_cookies(lines).to(asked.head)
}

fn set_one(asked: &LabRequest<'_>) -> LabAnswer {
    let line = format!("{}={}; Path=/", asked.args[0], asked.args[1]);
    with_cookies([line].into_iter()).to(asked.head)
}

fn delete(asked: &LabRequest<'_>) -> LabAnswer {
    let lines = asked
        .queries()
        .map(|(name, _)| format!("{name}=; Path=/; Max-Age=0"));
    with_cookies(lines).to(asked.head)
}

fn with_cookies(lines: impl Iterator<Item = String>) -> Reply {
    lines.fold(Reply::redirect(302, "/cookies"), |reply, line| {
        reply.field("Set-Cookie", line)
    })
}
