//! `rehop.clients/1`: a line for each client and each cell.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::selection::Selection;
use crate::clients::{Asked, Cell, Crossing, Doing, Profile};
use crate::report::document::Document;
use crate::report::view::Named;
use crate::rules::{BodyFate, FieldFate, Verdict};

/// What known clients do, as a value; [`document`] writes the same cell by cell, without holding all of them.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ClientsDocument<'a> {
    /// The name and version of this document. It may grow; no name or value in it changes or goes.
    #[cfg_attr(test, schemars(extend("const" = ClientsDocument::SCHEMA)))]
    schema: &'static str,
    /// The clients, the most used first.
    clients: Vec<ClientRow<'a>>,
    /// What each does, client by client.
    cells: Vec<CellRow<'a>>,
}

impl Document for ClientsDocument<'_> {
    const SCHEMA: &'static str = "rehop.clients/1";
    const TITLE: &'static str = "What known clients do (rehop.clients/1)";
}

impl<'a> ClientsDocument<'a> {
    /// The clients of `selection` and the cells of each.
    #[must_use]
    pub fn new(selection: &'a Selection) -> Self {
        let cells = selection
            .clients()
            .flat_map(|profile| cells(selection, profile));
        Self {
            schema: Self::SCHEMA,
            clients: selection.clients().map(client).collect(),
            cells: cells
                .filter_map(|(profile, ask, cell)| row(profile, ask, &cell))
                .collect(),
        }
    }
}

/// A client.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ClientRow<'a> {
    /// What `--as` and the cells call it.
    id: &'a str,
    /// Its other names.
    aliases: &'a [&'static str],
    /// The version measured.
    version: &'a str,
    /// Its kind.
    group: &'a str,
    /// How it was driven.
    how: &'a str,
    /// The day it was measured; null for a standard.
    measured: Option<&'a str>,
    /// Where redirects lead that it was not measured on.
    not_measured: Vec<Named<Crossing>>,
    /// What it does with redirects that are themselves at fault: followed, error, response or waits by form; empty where
    /// that was not measured.
    answers: BTreeMap<&'a str, &'static str>,
    /// Redirects followed before it gives up; null where no limit is known.
    limit: Option<usize>,
}

/// What a client does at one redirect; its request carried Authorization and Cookie.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CellRow<'a> {
    /// The id of the client.
    client: &'a str,
    /// The status of the response.
    status: u16,
    /// The method of the request.
    method: &'a str,
    /// Whether it had a body.
    body: bool,
    /// Where the redirect leads.
    crossing: Named<Crossing>,
    /// Whether the client follows; null where it was not measured, and so is all that follows here.
    followed: Option<bool>,
    /// What it sends next; null where it does not follow.
    next: Option<NextRow>,
    /// What becomes of Authorization; null where it does not follow.
    authorization: Option<Named<FieldFate>>,
    /// What becomes of Cookie; null where it does not follow.
    cookie: Option<Named<FieldFate>>,
    /// What RFC 9110 says of method and body; null where it does not follow.
    verdict: Option<Named<Verdict>>,
}

/// The next request.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct NextRow {
    /// The method.
    method: String,
    /// What becomes of the body; none where there was none to keep.
    body: Named<BodyFate>,
}

/// Writes the clients of `selection` and the cells of each.
///
/// # Errors
/// Whatever writing gives.
pub fn document(out: &mut dyn Write, selection: &Selection) -> io::Result<()> {
    let schema = ClientsDocument::SCHEMA;
    write!(out, "{{\n  \"schema\": \"{schema}\",\n  \"clients\": [")?;
    lines(out, selection.clients().map(client))?;
    write!(out, "],\n  \"cells\": [")?;
    let cells = selection
        .clients()
        .flat_map(|profile| cells(selection, profile));
    lines(
        out,
        cells.filter_map(|(profile, ask, cell)| row(profile, ask, &cell)),
    )?;
    writeln!(out, "]\n}}")
}

fn lines<T: Serialize>(out: &mut dyn Write, rows: impl Iterator<Item = T>) -> io::Result<()> {
    let mut before = "\n    ";
    for row in rows {
        out.write_all(before.as_bytes())?;
        serde_json::to_writer(&mut *out, &row)?;
        before = ",\n    ";
    }
    if before.starts_with(',') {
        out.write_all(b"\n  ")
    } else {
        Ok(())
    }
}

fn client(profile: &Profile) -> ClientRow<'_> {
    ClientRow {
        id: &profile.id,
        aliases: &profile.aliases,
        version: &profile.version,
        group: &profile.group,
        how: &profile.how,
        measured: profile.measured.as_deref(),
        not_measured: profile.not_measured.iter().copied().map(Named).collect(),
        answers: profile
            .answers
            .iter()
            .map(|(form, fate)| (form.as_str(), fate.as_str()))
            .collect(),
        limit: profile.policy.limit,
    }
}

fn cells<'s>(
    selection: &'s Selection,
    profile: &'s Profile,
) -> impl Iterator<Item = (&'s Profile, &'s Asked, Cell)> {
    let of_ask = move |ask: &'s Asked| {
        let of_status = move |status: &'s _| {
            selection
                .crossings
                .iter()
                .map(move |crossing| (profile, ask, ask.cell(*status, *crossing)))
        };
        selection.statuses.iter().flat_map(of_status)
    };
    selection.asks.iter().flat_map(of_ask)
}

/// What `profile` does there; `None` where it cannot ask that.
fn row<'a>(profile: &'a Profile, ask: &'a Asked, cell: &Cell) -> Option<CellRow<'a>> {
    let doing = profile.at(cell)?;
    let mut row = CellRow {
        client: &profile.id,
        status: cell.status.code(),
        method: ask.method.as_str(),
        body: ask.body,
        crossing: Named(cell.crossing),
        followed: (doing != Doing::NotMeasured).then_some(false),
        next: None,
        authorization: None,
        cookie: None,
        verdict: None,
    };
    if let Doing::Follows {
        method,
        body,
        authorization,
        cookie,
        verdict,
        ..
    } = doing
    {
        row.followed = Some(true);
        row.next = Some(NextRow {
            method: method.to_string(),
            body: Named(body),
        });
        row.authorization = Some(Named(authorization));
        row.cookie = Some(Named(cookie));
        row.verdict = Some(Named(verdict));
    }
    Some(row)
}

#[cfg(test)]
mod tests {
    //! `schema/clients.schema.json` is generated from the types, and holds for what is written.

    use serde_json::{Value, json};

    use super::*;
    use crate::clients::Asked;
    use crate::clients::{Profile, by_name};
    use crate::report::schema;

    fn written(selection: &Selection) -> Value {
        let mut out = Vec::new();
        document(&mut out, selection).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    fn all_of(client: &str) -> Selection {
        Selection::all_of(by_name(client).unwrap().clone())
    }

    #[test]
    fn schema_of_clients_is_fresh_and_complete_and_every_document_holds_to_it() {
        schema::is_fresh_and_complete::<ClientsDocument>("schema/clients.schema.json");
        let validator = schema::validator::<ClientsDocument>();
        let nobody = Selection {
            group: Some("nobody".to_owned()),
            only: None,
            ..all_of("curl")
        };
        for selection in [all_of("go"), all_of("fetch"), all_of("wget"), nobody] {
            let streamed = written(&selection);
            schema::hold(&validator, &streamed);
            let whole = serde_json::to_value(ClientsDocument::new(&selection)).unwrap();
            assert_eq!(streamed, whole);
        }
    }

    #[test]
    fn every_cell_stands_once_unless_the_client_cannot_ask() {
        let cells = |client| written(&all_of(client))["cells"].as_array().unwrap().len();
        let each = 9 * Crossing::ALL.len();
        assert_eq!(cells("go"), Asked::all().len() * each);
        assert_eq!(
            cells("wget"),
            4 * each,
            "GET, HEAD, POST with and without a body"
        );
    }

    #[test]
    fn a_cell_says_what_comes_next() {
        let document = written(&all_of("go"));
        let wanted = |cell: &&Value| {
            (
                &cell["status"],
                &cell["method"],
                &cell["body"],
                &cell["crossing"],
            ) == (&json!(302), &json!("POST"), &json!(true), &json!("host"))
        };
        assert_eq!(
            document["cells"]
                .as_array()
                .unwrap()
                .iter()
                .find(wanted)
                .unwrap(),
            &json!({
                "client": "go1.27", "status": 302, "method": "POST", "body": true, "crossing": "host", "followed": true,
                "next": { "method": "GET", "body": "dropped" },
                "authorization": "dropped", "cookie": "dropped", "verdict": "permitted",
            })
        );
        let document_of_curl = written(&all_of("curl"));
        let unseen = |cell: &&Value| cell["crossing"] == "upgrade";
        let mut unseen = document_of_curl["cells"]
            .as_array()
            .unwrap()
            .iter()
            .filter(unseen);
        assert!(unseen.all(|cell| cell["followed"] == json!(null) && cell["next"] == json!(null)));
        let of = |profile: &Profile| json!([profile.id, profile.aliases, profile.policy.limit]);
        let row = &document["clients"][0];
        assert_eq!(
            json!([row["id"], row["aliases"], row["limit"]]),
            of(by_name("go").unwrap())
        );
    }
}
