//! Whole outputs, compared with files in `tests/golden` that a person can open; `SNAPSHOTS=overwrite` rewrites them.

use std::path::Path;
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use serde_json::Value;
use snapbox::assert_data_eq;
use snapbox::data::{Data, DataFormat};

use super::escape::is_hostile;
use super::formats::Har;
use super::page::columns;
use super::{Detail, Format, Layout, Report, Secrets, Totals, View, fixture};
use crate::clients::{self, Profile};
use crate::follow::{Replay, Trace};
use crate::inspect::{Comparison, Other};
use crate::model::{Body, Method, Request};
use crate::model::{Cause, HttpFault, Phase};
use crate::rules::{BodyFate, Policy, Verdict};

const NORMAL: Layout = Layout {
    width: 80,
    unicode: true,
    colour: false,
    detail: Detail::Normal,
    whole: false,
};

const LAYOUTS: [(&str, Layout); 6] = [
    ("80", NORMAL),
    (
        "120",
        Layout {
            width: 120,
            ..NORMAL
        },
    ),
    (
        "ascii",
        Layout {
            unicode: false,
            ..NORMAL
        },
    ),
    (
        "narrow",
        Layout {
            width: 40,
            ..NORMAL
        },
    ),
    (
        "fields",
        Layout {
            detail: Detail::Fields,
            ..NORMAL
        },
    ),
    (
        "quiet",
        Layout {
            detail: Detail::Quiet,
            ..NORMAL
        },
    ),
];

/// Compares with the file of this name below the package, or rewrites it.
pub(super) fn golden(name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let kept = Data::read_from(&path, Some(DataFormat::Text)).raw();
    assert_data_eq!(made.to_owned(), kept);
}

fn written(format: Format, layout: Layout, views: &[View]) -> String {
    let mut report: Box<dyn Report> = match format {
        // Its clock stands still.
        Format::Har => Box::new(Har::new(|| SystemTime::UNIX_EPOCH + Duration::from_secs(1))),
        _ => format.report(layout),
    };
    let mut out = Vec::new();
    let mut totals = Totals::default();
    report.begin(&mut out, views.len()).unwrap();
    for view in views {
        totals.add(view);
        report.trace(&mut out, view).unwrap();
    }
    report.end(&mut out, &totals).unwrap();
    String::from_utf8(out).unwrap()
}

fn traces() -> [(&'static str, Trace); 5] {
    [
        ("tour", fixture::tour()),
        ("failed", fixture::failed()),
        ("circle", fixture::circle()),
        ("hostile", fixture::hostile()),
        ("secrets", fixture::secrets()),
    ]
}

fn views() -> Vec<(&'static str, View)> {
    let outcomes = |name| {
        if name == "tour" {
            fixture::outcomes()
        } else {
            Vec::new()
        }
    };
    traces()
        .map(|(name, trace)| (name, View::new(&trace, &outcomes(name), Secrets::Masked)))
        .into()
}

#[test]
fn tables() {
    for (name, view) in views() {
        for (layout_name, layout) in LAYOUTS {
            let made = written(Format::Table, layout, std::slice::from_ref(&view));
            golden(&format!("tests/golden/{name}.{layout_name}.txt"), &made);
        }
    }
    let coloured = Layout {
        colour: true,
        ..NORMAL
    };
    golden(
        "tests/golden/tour.colour.txt",
        &written(Format::Table, coloured, &[views().remove(0).1]),
    );
}

/// The tour as every client would have made it, or as these.
fn beside(names: &[&str]) -> View {
    let trace = fixture::tour();
    let headers = [("content-type", "application/json")].into_iter().collect();
    let first = Request::new(
        Method::POST,
        trace.start.clone(),
        headers,
        Body::from_bytes("{\"a\":1}"),
    );
    let replay = Replay::new(&first, None, &trace);
    let chosen = |profile: &&Profile| names.is_empty() || names.contains(&profile.id.as_str());
    let other = |profile: &Profile| Other {
        name: profile.id.clone(),
        called: profile.called().to_owned(),
        prediction: profile
            .sends(&first.method)
            .then(|| replay.to(&profile.policy)),
    };
    let others: Vec<Other> = clients::measured().filter(chosen).map(other).collect();
    let comparison = Comparison {
        own: replay.to(&Policy::fetch()),
        others,
    };
    View::new(&trace, &[], Secrets::Masked).beside(&comparison, Secrets::Masked)
}

#[test]
fn other_clients() {
    let all = beside(&[]);
    for (layout_name, layout) in LAYOUTS {
        let made = written(Format::Table, layout, std::slice::from_ref(&all));
        golden(&format!("tests/golden/others.{layout_name}.txt"), &made);
        assert!(layout.unicode || made.is_ascii());
    }
    let few = beside(&[
        "curl8-L-X",
        "go1.27",
        "java25-HttpURLConnection",
        "wget2",
        "aria2",
    ]);
    golden(
        "tests/golden/others.few.txt",
        &written(Format::Table, NORMAL, std::slice::from_ref(&few)),
    );
    let made = written(Format::Json, NORMAL, &[few]);
    super::view::schema::hold(&serde_json::from_str(&made).unwrap());
    golden("tests/golden/others.json", &made);
}

#[test]
fn several_urls() {
    let views: Vec<View> = views().into_iter().take(3).map(|(_, view)| view).collect();
    golden(
        "tests/golden/several.80.txt",
        &written(Format::Table, NORMAL, &views),
    );
    golden(
        "tests/golden/several.quiet.txt",
        &written(Format::Table, LAYOUTS[5].1, &views),
    );
    golden(
        "tests/golden/several.jsonl",
        &written(Format::Jsonl, NORMAL, &views),
    );
}

/// The formats that are not laid out for a terminal.
fn formats() -> impl Iterator<Item = Format> {
    Format::ALL
        .into_iter()
        .filter(|format| *format != Format::Table)
}

#[test]
fn every_format_of_one_and_of_several() {
    let views = views();
    let several: Vec<View> = views[..3].iter().map(|(_, view)| view.clone()).collect();
    let documents = [Format::Json, Format::Jsonl];
    for format in formats().filter(|format| !documents.contains(format)) {
        let made = written(format, NORMAL, &several);
        golden(
            &format!("tests/golden/formats/several.{}", format.name()),
            &made,
        );
        let made = written(format, NORMAL, std::slice::from_ref(&views[3].1));
        golden(
            &format!("tests/golden/formats/hostile.{}", format.name()),
            &made,
        );
    }
}

#[test]
fn markup_of_a_server_is_text_in_every_format() {
    let view = View::new(&fixture::markup(), &[], Secrets::Masked);
    for format in formats() {
        let made = written(format, NORMAL, std::slice::from_ref(&view));
        golden(
            &format!("tests/golden/formats/markup.{}", format.name()),
            &made,
        );
        let tags = ["<script", "<img", "</script", "<b>\n"];
        let is_markup = [Format::Html, Format::Junit, Format::Mermaid].contains(&format);
        assert!(
            !is_markup || !tags.iter().any(|tag| made.contains(tag)),
            "{made}"
        );
    }
}

#[test]
fn documents() {
    for (name, view) in views() {
        let made = written(Format::Json, NORMAL, std::slice::from_ref(&view));
        super::view::schema::hold(&serde_json::from_str(&made).unwrap());
        golden(&format!("tests/golden/{name}.json"), &made);
    }
}

#[test]
fn a_line_holds_the_same_document() {
    for (_, view) in views() {
        let read = |format| written(format, NORMAL, std::slice::from_ref(&view));
        let line = read(Format::Jsonl);
        assert_eq!(line.lines().count(), 1);
        let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(value(&line), value(&read(Format::Json)));
    }
}

#[test]
fn no_secret_is_in_any_report_unless_asked_for() {
    let every = |secrets| {
        let view = View::new(&fixture::secrets(), &[], secrets);
        let table =
            LAYOUTS.map(|(_, layout)| written(Format::Table, layout, std::slice::from_ref(&view)));
        let others = formats().map(|format| written(format, NORMAL, std::slice::from_ref(&view)));
        others.chain([table.concat()]).collect::<Vec<_>>()
    };
    for masked in every(Secrets::Masked) {
        assert!(
            !masked.contains("SEC") && !masked.contains("RET"),
            "{masked}"
        );
    }
    for shown in every(Secrets::Shown) {
        assert!(!shown.contains("***"), "{shown}");
    }
}

#[test]
fn no_line_runs_over_the_edge() {
    let others = [
        ("others", beside(&[])),
        ("few", beside(&["go1.27", "aria2"])),
    ];
    for (name, view) in views().into_iter().chain(others) {
        for width in 40..=130 {
            for layout in [
                NORMAL,
                Layout {
                    detail: Detail::Fields,
                    ..NORMAL
                },
                Layout {
                    unicode: false,
                    ..NORMAL
                },
            ] {
                let made = written(
                    Format::Table,
                    Layout { width, ..layout },
                    std::slice::from_ref(&view),
                );
                let widest = made.lines().map(columns).max().unwrap();
                assert!(
                    widest <= usize::from(width.min(160)),
                    "{name} at {width} takes {widest}:\n{made}"
                );
                assert!(
                    !made.lines().any(|line| line.ends_with(' ')),
                    "{name} at {width} has blanks at an end"
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_that_a_server_sends_reaches_the_terminal(
        reason: Vec<u8>, value: Vec<u8>, name: String, location: Vec<u8>, detail: String, width: u16,
    ) {
        let trace = fixture::Maker::new("GET", "http://h.example/")
            .to(302, "/x", ("GET", BodyFate::None, Verdict::Recommended))
            .but(|hop| {
                hop.redirect.as_mut().unwrap().location.clone_from(&location);
                let response = hop.exchange.answer.as_mut().unwrap();
                response.reason.clone_from(&reason);
                response.version.clone_from(&name);
                response.headers.push(name.clone(), value.clone());
            })
            .fails(Phase::Receive, Cause::Http(HttpFault::StatusLine(detail.into_bytes())));
        let view = View::new(&trace, &[], Secrets::Masked);
        for (_, layout) in LAYOUTS {
            let made = written(Format::Table, Layout { width, ..layout }, std::slice::from_ref(&view));
            prop_assert!(!made.chars().any(|c| c != '\n' && is_hostile(c)), "{made:?}");
            prop_assert!(layout.unicode || made.is_ascii());
        }
        for format in formats() {
            let made = written(format, NORMAL, std::slice::from_ref(&view)).replace("\r\n", "\n");
            prop_assert!(!made.chars().any(|c| c != '\n' && is_hostile(c)), "{made:?}");
        }
        for format in [Format::Json, Format::Jsonl] {
            let made = written(format, NORMAL, std::slice::from_ref(&view));
            super::view::schema::hold(&serde_json::from_str(&made).unwrap());
        }
    }
}
