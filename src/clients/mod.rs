//! What real clients do, as data: one profile per client and way to drive it.
//!
//! A profile says which client in which version was measured when and how, and holds its [`Policy`]. The two standards,
//! `fetch` and `rfc9110`, are profiles as well. Profiles are embedded as text and read when first asked for.
//!
//! `tests/measured` holds every profile against all that was measured of its client.

mod agreement;
mod answer_fate;
mod choices;
mod doing;
mod list;
mod matrix;
mod named;
mod profile;

use std::sync::LazyLock;

pub use agreement::{Situation, agreement};
pub use answer_fate::AnswerFate;
pub use choices::{ClientChoices, choices};
pub use doing::Doing;
pub use list::measured;
pub use matrix::{Asked, Cell, Crossing, METHODS, STATUSES};
pub use named::NamedProfile;
pub use profile::{CannotSend, Profile};

use crate::rules::Policy;
use list::{Entry, MEASURED};

static STANDARDS: LazyLock<[Profile; 2]> = LazyLock::new(|| {
    [
        Profile::standard(
            Policy::fetch(),
            "whatwg",
            "Fetch Standard, 2 July 2026",
            "HTTP-redirect fetch, redirect mode \"follow\"",
        ),
        Profile::standard(
            Policy::rfc9110(),
            "rfc",
            "RFC 9110",
            "section 15.4: the original request again; 303: GET, unless it was HEAD. Location is read as in Fetch, which \
             lets pass what sections 4.2.1 and 4.2.4 would have rejected: `http:///host/`, a user name",
        ),
    ]
});

/// Every profile: the two standards, then the measured clients, the most used first.
pub fn all() -> impl Iterator<Item = &'static Profile> {
    STANDARDS.iter().chain(measured())
}

/// The profile with this id or alias; case does not count.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Profile> {
    let is = |known: &&str| known.eq_ignore_ascii_case(name);
    let standard = STANDARDS
        .iter()
        .find(|profile| is(&profile.id.as_str()) || profile.aliases.iter().any(is));
    let measured = || {
        let by_id = MEASURED
            .iter()
            .find(|entry| entry.id == name)
            .or(MEASURED.iter().find(|entry| is(&entry.id)));
        by_id
            .or_else(|| MEASURED.iter().find(|entry| entry.aliases.iter().any(is)))
            .map(Entry::profile)
    };
    standard.or_else(measured)
}

/// Every id and alias, for completion and for hints at a misspelt one.
pub fn names() -> impl Iterator<Item = &'static str> {
    let standards = STANDARDS.iter().flat_map(|profile| {
        [profile.id.as_str()]
            .into_iter()
            .chain(profile.aliases.iter().copied())
    });
    let measured = MEASURED
        .iter()
        .flat_map(|entry| [entry.id].into_iter().chain(entry.aliases.iter().copied()));
    standards.chain(measured)
}

/// What people would list these clients as: a variant of one that is named already (`curl-X` beside `curl`) is left out.
pub fn spoken<'a>(called: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut named: Vec<&str> = Vec::new();
    for name in called {
        let variant = |of: &&str| {
            name.strip_prefix(*of)
                .is_some_and(|rest| rest.starts_with('-'))
        };
        if !named.iter().any(variant) {
            named.push(name);
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::fs;

    use proptest::collection::vec;
    use proptest::prelude::*;
    use url::Url;

    use super::*;
    use crate::model::{Body, Headers, Method, Request, Status};
    use crate::rules::step::{Action, State};

    #[test]
    fn every_file_is_listed_and_every_profile_reads() {
        let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/src/clients/profiles");
        let files: HashSet<String> = fs::read_dir(directory)
            .unwrap()
            .map(|file| {
                file.unwrap()
                    .file_name()
                    .to_string_lossy()
                    .trim_end_matches(".json")
                    .to_owned()
            })
            .collect();
        let listed: HashSet<String> = MEASURED.iter().map(|entry| entry.id.to_owned()).collect();
        assert_eq!(files, listed);
        for entry in &MEASURED {
            let profile = Profile::from_json(entry.text)
                .unwrap_or_else(|error| panic!("{}: {error}", entry.id));
            assert_eq!(profile.id, entry.id);
            let again = Profile::from_json(&serde_json::to_string(&profile).unwrap()).unwrap();
            assert_eq!(
                again, profile,
                "{}: what is written reads as the same",
                entry.id
            );
        }
    }

    #[test]
    fn names_are_told_apart_and_found() {
        let names: Vec<&str> = names().collect();
        let distinct: HashSet<String> =
            names.iter().map(|name| name.to_ascii_lowercase()).collect();
        let twice = names.len() - distinct.len();
        assert_eq!(twice, 0, "{names:?}");
        for (name, id) in [
            ("fetch", "fetch"),
            ("rfc", "rfc9110"),
            ("curl", "curl8-L"),
            ("GO", "go1.27"),
            ("guzzle", "guzzle"),
        ] {
            assert_eq!(by_name(name).map(|profile| profile.id.as_str()), Some(id));
        }
        assert_eq!(by_name("crul"), None);
    }

    proptest! {
        #[test]
        fn no_location_upsets_any_client(
            locations in vec("([a-zA-Z0-9:/\\\\?#@%.\\[\\] \t\x01é-]|\\.\\./|//|%2e|http:|127.1:){0,12}", 0..3),
            octets: Vec<u8>,
        ) {
            let mut answer: Headers = locations.into_iter().map(|location| ("location", location)).collect();
            let target = Url::parse("http://o:81/a/b?q=1#f").expect("a URL");
            for profile in all() {
                let first = Request::new(Method::GET, target.clone(), Headers::new(), Body::NONE);
                let state = State::start(&profile.policy, first);
                if let Action::Follow(step) = state.on_response(&profile.policy, Status(302), &answer) {
                    let _ = (step.state.target.url(), step.state.on_response(&profile.policy, Status(302), &answer));
                }
            }
            answer.push("location", octets);
            for profile in all() {
                let first = Request::new(Method::GET, target.clone(), Headers::new(), Body::NONE);
                let _ = State::start(&profile.policy, first).on_response(&profile.policy, Status(302), &answer);
            }
        }
    }

    #[test]
    fn a_variant_of_a_named_client_is_left_out() {
        assert_eq!(
            spoken(["chrome", "chrome-nav", "go", "go1.19", "curl-X", "curl"]),
            ["chrome", "go", "go1.19", "curl-X", "curl"]
        );
    }

    #[test]
    fn a_client_sends_what_it_was_measured_with() {
        for (client, method, sends) in [
            ("chrome", "PUT", true),
            ("chrome-form", "POST", true),
            ("chrome-form", "PUT", false),
            ("chrome-nav", "POST", false),
            ("java-urlconnection", "PUT", true),
            ("java-urlconnection", "PROPFIND", false),
            ("go", "PROPFIND", true),
        ] {
            assert_eq!(
                by_name(client)
                    .unwrap()
                    .sends(&Method::new(method).unwrap()),
                sends,
                "{client} {method}"
            );
        }
    }

    #[test]
    fn a_profile_that_says_something_unknown_is_refused_by_name() {
        let entry = MEASURED
            .iter()
            .find(|entry| entry.id == "rust-reqwest")
            .unwrap();
        for (known, unknown) in [
            ("\"limit", "limits"),
            ("\"host\": \"same", "sane"),
            ("\"except", "exempt"),
            ("\"control", "kontrol"),
            ("\"too_long\": {\"from", "form"),
        ] {
            let (kept, _) = known.rsplit_once('"').unwrap();
            assert!(entry.text.contains(known), "{known}");
            let text = entry.text.replacen(known, &format!("{kept}\"{unknown}"), 1);
            let error = Profile::from_json(&text).expect_err(known).to_string();
            assert!(error.contains(unknown), "{unknown}: {error}");
        }
    }
}
