//! Where a client does otherwise than RFC 9110 asks, or than Fetch would. Not following is never a violation of RFC 9110.

use crate::clients::{Asked, Crossing, Doing, Profile, STATUSES};
use crate::model::Status;
use crate::rules::law::{self, Follow};
use crate::rules::policy::is_redirect_status;
use crate::rules::{BodyFate, Clause, Verdict};

/// Something that a client does otherwise, in one or more cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Departure {
    /// Asked this.
    pub(super) asks: Vec<Asked>,
    /// On these codes.
    pub(super) codes: Vec<u16>,
    /// What it does.
    pub(super) what: String,
    /// How grave RFC 9110 takes it; `None` for a departure from Fetch.
    pub(super) level: Option<Verdict>,
    /// The clause.
    pub(super) rule: Clause,
}

/// What RFC 9110 speaks against, the worst first.
pub(super) fn from_rfc9110(profile: &Profile) -> Vec<Departure> {
    let against = |(ask, status, doing): (Asked, Status, Doing)| match &doing {
        Doing::Follows { verdict, rule, .. } if *verdict >= Verdict::Discouraged => {
            let (level, rule) = (Some(*verdict), *rule);
            Some(Departure {
                what: what(&ask, status, &doing),
                codes: vec![status.code()],
                asks: vec![ask],
                level,
                rule,
            })
        }
        _ => None,
    };
    let mut all = gathered(cells(profile).filter_map(against));
    all.sort_by_key(|departure| std::cmp::Reverse(departure.level));
    all
}

/// Where Fetch would do otherwise.
pub(super) fn from_fetch(profile: &Profile) -> Vec<Departure> {
    gathered(cells(profile).filter_map(|(ask, status, doing)| {
        let cell = law::fetch(&ask.method, status);
        let as_fetch = match &doing {
            Doing::Stops(_) => cell.follow == Follow::Never,
            Doing::NotMeasured => true,
            Doing::Follows { method, body, .. } => cell.admits(method, *body).is_some(),
        };
        let rule = if cell.follow == Follow::Never {
            REDIRECT_STATUS
        } else {
            law::FETCH
        };
        let codes = vec![status.code()];
        (!as_fetch).then(|| Departure {
            what: what(&ask, status, &doing),
            codes,
            asks: vec![ask],
            level: None,
            rule,
        })
    }))
}

const REDIRECT_STATUS: Clause = Clause {
    source: "Fetch",
    section: "redirect status",
    url: "https://fetch.spec.whatwg.org/#redirect-status",
    says: "301, 302, 303, 307 and 308 are followed, and no other.",
};

fn cells(profile: &Profile) -> impl Iterator<Item = (Asked, Status, Doing)> {
    let asked = Asked::all()
        .into_iter()
        .flat_map(|ask| STATUSES.map(move |code| (ask.clone(), Status(code))));
    asked.filter_map(|(ask, status)| {
        let doing = profile.at(&ask.cell(status, Crossing::SameOrigin))?;
        Some((ask, status, doing))
    })
}

fn what(ask: &Asked, status: Status, doing: &Doing) -> String {
    match doing {
        Doing::Stops(_) => "not followed".to_owned(),
        Doing::NotMeasured => "not measured".to_owned(),
        Doing::Follows { method, body, .. } => match (*method == ask.method, body) {
            (true, BodyFate::Dropped) => "sent again without its body".to_owned(),
            (true, _) if is_redirect_status(status) => "sent again".to_owned(),
            (true, _) => "followed".to_owned(),
            (false, BodyFate::Kept) => format!("becomes {method}, with the body"),
            (false, _) => format!("becomes {method}"),
        },
    }
}

/// Single departures with what is alike put together: first the codes of a request, then requests.
fn gathered(single: impl Iterator<Item = Departure>) -> Vec<Departure> {
    let mut by_request: Vec<Departure> = Vec::new();
    for new in single {
        let same = |there: &&mut Departure| {
            (&there.asks, &there.what, there.level, there.rule)
                == (&new.asks, &new.what, new.level, new.rule)
        };
        match by_request.iter_mut().find(same) {
            Some(there) => there.codes.extend(new.codes),
            None => by_request.push(new),
        }
    }
    let mut all: Vec<Departure> = Vec::new();
    for new in by_request {
        let same = |there: &&mut Departure| {
            (&there.codes, &there.what, there.level, there.rule)
                == (&new.codes, &new.what, new.level, new.rule)
        };
        match all.iter_mut().find(same) {
            Some(there) => there.asks.extend(new.asks),
            None => all.push(new),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::by_name;
    use crate::report::clients::labels;

    fn told(departures: Vec<Departure>) -> Vec<String> {
        let line = |one: Departure| {
            let level = one.level.map_or("", Verdict::as_str);
            format!(
                "{:?} {} {} {level} {}",
                one.codes,
                labels(&one.asks),
                one.what,
                one.rule.section
            )
        };
        departures.into_iter().map(line).collect()
    }

    #[test]
    fn the_standards_do_not_depart_from_themselves() {
        assert_eq!(told(from_rfc9110(by_name("rfc9110").unwrap())), [""; 0]);
        assert_eq!(told(from_fetch(by_name("fetch").unwrap())), [""; 0]);
    }

    #[test]
    fn what_clients_are_known_for_is_found() {
        for (departures, wanted) in [
            (
                from_rfc9110(by_name("curl-X").unwrap()),
                "[301, 302, 303] POST, PUT, PATCH, DELETE, QUERY sent again without its body discouraged 15.4",
            ),
            (
                from_fetch(by_name("go").unwrap()),
                "[301, 302] PUT, PATCH, DELETE, OPTIONS, QUERY becomes GET  HTTP-redirect fetch, step 12",
            ),
            (
                from_rfc9110(by_name("needle").unwrap()),
                "[307] HEAD, POST, PUT, PATCH, DELETE, OPTIONS, QUERY becomes GET forbidden 15.4.8",
            ),
            (
                from_fetch(by_name("okhttp").unwrap()),
                "[300] GET, HEAD followed  redirect status",
            ),
        ] {
            let told = told(departures);
            assert!(
                told.iter().any(|line| line == wanted),
                "{wanted}: {told:#?}"
            );
        }
    }
}
