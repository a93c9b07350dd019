//! The list of all scenarios, and the sign of life.

use std::fmt::Write;

use super::super::answer::{LabAnswer, Reply, escape_html};
use super::super::scenario::{Group, LabRequest, Scenario};

pub(in crate::lab) static GROUP: Group = Group {
    title: "The lab",
    scenarios: &[
        Scenario::made(
            "/",
            "this list: HTML for browsers, plain text for others",
            index,
        )
        .curl("-s"),
        Scenario::made("/healthz", "200 as soon as the lab is there", |asked| {
            Reply::new(200).text("ok\n").to(asked.head)
        })
        .curl("-sf"),
    ],
};

fn index(asked: &LabRequest<'_>) -> LabAnswer {
    let wants_html = asked
        .head
        .headers
        .text("accept")
        .is_some_and(|accept| accept.contains("text/html"));
    let origin = asked.here.origin();
    let reply = Reply::new(200).field("Vary", "Accept");
    let reply = if wants_html {
        reply.content("text/html; charset=utf-8", page(&origin, asked.groups))
    } else {
        reply.text(list(&origin, asked.groups))
    };
    reply.to(asked.head)
}

/// A line that can be pasted into a shell.
fn curl_line(scenario: &Scenario, origin: &str) -> String {
    let url = format!("{origin}{}", scenario.example);
    let plain = url
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b":/.,-_%".contains(&byte));
    let url = if plain {
        url
    } else {
        format!("'{}'", url.replace('\'', r"'\''"))
    };
    format!("curl {} {url}", scenario.curl)
}

fn list(origin: &str, groups: &[&Group]) -> String {
    let mut text = String::from("rehop lab: every redirect situation\n");
    for group in groups {
        let _ = write!(text, "\n{}\n", group.title);
        for scenario in group.scenarios {
            let _ = write!(
                text,
                "\n  {}\n    {}\n    {}\n",
                scenario.path,
                scenario.says,
                curl_line(scenario, origin)
            );
        }
    }
    text
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
    dt{margin-top:1rem;font-weight:600}dd{margin:0}code,pre{font:14px/1.4 ui-monospace,monospace}\
    pre{margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere;opacity:.75}:root{color-scheme:light dark}";

fn page(origin: &str, groups: &[&Group]) -> String {
    let mut html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>rehop lab</title><style>{STYLE}</style><h1>rehop lab: every redirect situation</h1>\n"
    );
    for group in groups {
        let _ = writeln!(html, "<h2>{}</h2><dl>", escape_html(group.title));
        for scenario in group.scenarios {
            let [path, example] = [scenario.path, scenario.example].map(escape_html);
            let [says, curl] = [scenario.says, &curl_line(scenario, origin)].map(escape_html);
            let _ = writeln!(
                html,
                "<dt><a href=\"{example}\"><code>{path}</code></a><dd>{says}<pre>{curl}</pre>"
            );
        }
        html.push_str("</dl>\n");
    }
    html
}
