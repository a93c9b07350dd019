//! Where a client does otherwise than RFC 9110 asks, or than Fetch would. Not following is never a violation of RFC 9110.

use super::{Ask, every_ask};
use crate::clients::{Crossing, Doing, Profile, STATUSES};
use crate::model::Status;
use crate::rules::law::{self, Content, Follow};
use crate::rules::{BodyFate, Level, Rule};

/// Something that a client does otherwise, in one or more cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Departure {
    /// What it does: `POST → GET`.
    pub(super) what: String,
    /// On these codes.
    pub(super) codes: Vec<u16>,
    /// How grave RFC 9110 takes it; `None` for a departure from Fetch.
    pub(super) level: Option<Level>,
    /// The clause.
    pub(super) rule: Rule,
}

/// What RFC 9110 speaks against, the worst first.
pub(super) fn from_rfc9110(profile: &Profile) -> Vec<Departure> {
    let mut all: Vec<Departure> = Vec::new();
    for (ask, status, doing) in cells(profile) {
        let Doing::Follows { verdict, rule, .. } = &doing else { continue };
        if *verdict >= Level::Discouraged {
            add(
                &mut all,
                Departure { what: what(&ask, &doing), codes: vec![status.code()], level: Some(*verdict), rule: *rule },
            );
        }
    }
    all.sort_by_key(|departure| std::cmp::Reverse(departure.level));
    all
}

/// Where Fetch would do otherwise.
pub(super) fn from_fetch(profile: &Profile) -> Vec<Departure> {
    let mut all = Vec::new();
    for (ask, status, doing) in cells(profile) {
        let cell = law::fetch(&ask.method, status);
        let as_fetch = match &doing {
            Doing::Stops(_) => cell.follow == Follow::Never,
            Doing::Follows { method, body, .. } => {
                cell.outcomes.iter().any(|outcome| outcome.next == *method && agrees(outcome.body, *body))
            }
        };
        if !as_fetch {
            add(
                &mut all,
                Departure { what: what(&ask, &doing), codes: vec![status.code()], level: None, rule: law::FETCH },
            );
        }
    }
    all
}

fn agrees(asked: Content, body: BodyFate) -> bool {
    match asked {
        Content::Kept => body != BodyFate::Dropped,
        Content::Dropped => body != BodyFate::Kept,
        Content::KeptIfAny | Content::None | Content::Unspecified => true,
    }
}

fn cells(profile: &Profile) -> impl Iterator<Item = (Ask, Status, Doing)> {
    let asked = every_ask().into_iter().flat_map(|ask| STATUSES.map(move |code| (ask.clone(), Status(code))));
    asked.filter_map(|(ask, status)| {
        let doing = profile.at(&ask.cell(status, Crossing::SameOrigin))?;
        Some((ask, status, doing))
    })
}

/// Puts what is alike together: first codes, then requests.
fn add(all: &mut Vec<Departure>, new: Departure) {
    match all.iter_mut().find(|there| (&there.what, there.level, there.rule) == (&new.what, new.level, new.rule)) {
        Some(there) => there.codes.extend(new.codes),
        None => all.push(new),
    }
}

fn what(ask: &Ask, doing: &Doing) -> String {
    let from = &ask.method;
    match doing {
        Doing::Stops(_) => format!("{from} is not followed"),
        Doing::Follows { method, body: BodyFate::Dropped, .. } if method == from => format!("{from} loses its body"),
        Doing::Follows { method, body: BodyFate::Kept, .. } if method != from => {
            format!("{from} \u{2192} {method} with the body")
        }
        Doing::Follows { method, .. } if method == from => format!("{from} is followed"),
        Doing::Follows { method, .. } => format!("{from} \u{2192} {method}"),
    }
}

/// Departures that differ in the request alone, as one: the requests, the codes.
pub(super) fn gathered(departures: Vec<Departure>) -> Vec<(Vec<String>, Departure)> {
    let mut all: Vec<(Vec<String>, Departure)> = Vec::new();
    for departure in departures {
        let (from, rest) = departure.what.split_once(' ').unwrap_or((&departure.what, ""));
        let (from, rest) = (from.to_owned(), rest.to_owned());
        let same = |(_, there): &&mut (Vec<String>, Departure)| {
            (&there.what, &there.codes, there.level, there.rule)
                == (&rest, &departure.codes, departure.level, departure.rule)
        };
        match all.iter_mut().find(same) {
            Some((methods, _)) => methods.push(from),
            None => all.push((vec![from], Departure { what: rest, ..departure })),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::by_name;

    fn told(departures: Vec<Departure>) -> Vec<String> {
        let line = |(methods, one): (Vec<String>, Departure)| {
            let level = one.level.map_or("", Level::as_str);
            format!("{:?} {} {} {level} {}", one.codes, methods.join(","), one.what, one.rule.section)
        };
        gathered(departures).into_iter().map(line).collect()
    }

    #[test]
    fn the_standards_do_not_depart_from_themselves() {
        assert_eq!(told(from_rfc9110(by_name("rfc9110").unwrap())), [""; 0]);
        assert_eq!(told(from_fetch(by_name("fetch").unwrap())), [""; 0]);
    }

    #[test]
    fn what_clients_are_known_for_is_found() {
        let curl = told(from_rfc9110(by_name("curl-X").unwrap()));
        assert!(
            curl.iter().any(|line| line.contains("POST") && line.contains("loses its body discouraged")),
            "{curl:#?}"
        );
        let go = told(from_fetch(by_name("go").unwrap()));
        assert!(go.iter().any(|line| line.starts_with("[301, 302] PUT,PATCH,DELETE,")), "{go:#?}");
    }
}
