//! How many of the measured clients would have done the same.
//!
//! Counted beforehand in `agreement.txt`, because to read every profile takes longer than to follow a chain. A line holds
//! code, method, and whether there is content; then each thing that clients do, and how many of them do it where the
//! redirect leads to the same origin, to another one, from http to https, and back: `302 POST content
//! GET:dropped=80,80,78,79 same:kept=15,15,15,14`. What no client follows has no line.

use url::Url;

use super::Profile;
use super::matrix::{Crossing, METHODS};
use crate::model::{Method, Status};
use crate::rules::BodyFate;

/// Methods beyond [`METHODS`] that some client has a rule for; all others are treated alike.
const TOLD_APART: [&str; 3] = ["PROPFIND", "TRACE", "CONNECT"];

/// The counts.
static COUNTED: &str = include_str!("agreement.txt");

/// A redirect, as far as clients differ on it.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// The status of the response.
    pub status: Status,
    /// The method of the request.
    pub method: &'a Method,
    /// Whether it had content.
    pub content: bool,
    /// Where it went.
    pub from: &'a Url,
    /// Where the redirect leads.
    pub to: &'a Url,
}

impl Situation<'_> {
    /// Whether clients of http go there at all.
    pub(super) fn is_http(&self) -> bool {
        matches!(self.to.scheme(), "http" | "https")
    }

    /// Whether this client was measured on such a redirect: it can send the request, and was seen on a change of scheme where
    /// there is one.
    pub(super) fn was_put_to(&self, profile: &Profile) -> bool {
        let schemes = match (self.from.scheme(), self.to.scheme()) {
            ("http", "https") => Some(Crossing::Upgrade),
            ("https", "http") => Some(Crossing::Downgrade),
            _ => None,
        };
        profile.sends(self.method) && schemes.is_none_or(|crossing| profile.was_seen_on(crossing))
    }

    /// How its line begins, up to the space before the first count.
    fn key(&self) -> String {
        let known = names().find(|known| self.method.as_str() == *known);
        let method = known.unwrap_or("other");
        let content = if self.content { "content" } else { "empty" };
        format!("{} {method} {content}", self.status.code())
    }

    /// Which of the counts that a line has for each deed is meant.
    fn column(&self) -> usize {
        match (self.from.scheme(), self.to.scheme()) {
            _ if self.from.origin() == self.to.origin() => 0,
            ("http", "https") => 2,
            ("https", "http") => 3,
            _ => 1,
        }
    }

    /// What a client does that sends this next, in the words of the table.
    fn deed(&self, next: &Method, body: BodyFate) -> String {
        let next = if next == self.method {
            "same"
        } else {
            next.as_str()
        };
        format!("{next}:{body}")
    }
}

/// The share of the measured clients that follow here which send this method and body next.
///
/// Asked of clients that can send such a request at all; `None` where none of them follows, or where nothing was
/// measured: on codes beyond 308, and to places that are not reached by http.
#[must_use]
pub fn agreement(asked: Situation, method: &Method, body: BodyFate) -> Option<f64> {
    if !asked.is_http() {
        return None;
    }
    let (key, column, deed) = (asked.key(), asked.column(), asked.deed(method, body));
    let deeds = COUNTED
        .lines()
        .find_map(|line| line.strip_prefix(&key)?.strip_prefix(' '))?;
    let (mut follow, mut agree) = (0_u32, 0_u32);
    for (done, counts) in deeds
        .split(' ')
        .filter_map(|counted| counted.rsplit_once('='))
    {
        let clients: u32 = counts.split(',').nth(column)?.parse().ok()?;
        follow += clients;
        agree += if done == deed { clients } else { 0 };
    }
    (follow > 0).then(|| f64::from(agree) / f64::from(follow))
}

/// The methods that lines tell apart, but for all others.
fn names() -> impl Iterator<Item = &'static str> {
    METHODS.into_iter().map(|(name, _)| name).chain(TOLD_APART)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Write as _;
    use std::path::Path;

    use snapbox::assert_data_eq;
    use snapbox::data::{Data, DataFormat};

    use super::super::measured;
    use super::*;
    use crate::model::{Body, Headers, Request};
    use crate::rules::step::{Action, State};

    const CROSSINGS: [(&str, &str); 4] = [
        ("http://o/a", "http://o/b"),
        ("http://o/a", "http://p/b"),
        ("http://o/a", "https://o/b"),
        ("https://o/a", "http://o/b"),
    ];

    /// Adds what the profiles do with this redirect, deed by deed, to its column.
    fn count(asked: Situation, counts: &mut BTreeMap<String, [u32; 4]>) {
        let location: Headers = [("location", asked.to.as_str())].into_iter().collect();
        let content = if asked.content {
            Body::from_bytes("x")
        } else {
            Body::NONE
        };
        for profile in measured().filter(|profile| asked.was_put_to(profile)) {
            let (method, target) = (asked.method.clone(), asked.from.clone());
            let request = Request::new(method, target, Headers::new(), content.clone());
            let state = State::start(&profile.policy, request);
            if let Action::Follow(step) =
                state.on_response(&profile.policy, asked.status, &location)
            {
                counts
                    .entry(asked.deed(&step.method.to, step.body))
                    .or_default()[asked.column()] += 1;
            }
        }
    }

    fn line(status: Status, method: &Method, content: bool) -> String {
        let (mut line, mut counts) = (String::new(), BTreeMap::new());
        for (from, to) in CROSSINGS {
            let (from, to) = (Url::parse(from).unwrap(), Url::parse(to).unwrap());
            let asked = Situation {
                status,
                method,
                content,
                from: &from,
                to: &to,
            };
            line = asked.key();
            count(asked, &mut counts);
        }
        for (deed, [same, cross, up, down]) in &counts {
            write!(line, " {deed}={same},{cross},{up},{down}").unwrap();
        }
        if counts.is_empty() {
            String::new()
        } else {
            line + "\n"
        }
    }

    fn table() -> String {
        let methods: Vec<Method> = names()
            .chain(["other"])
            .map(|name| Method::new(name).unwrap())
            .collect();
        let asked =
            (300..=308).flat_map(|code| methods.iter().map(move |method| (Status(code), method)));
        asked
            .flat_map(|(status, method)| [false, true].map(|content| line(status, method, content)))
            .collect()
    }

    #[test]
    fn the_counts_are_those_of_the_profiles() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/clients/agreement.txt");
        let kept = Data::read_from(&path, Some(DataFormat::Text)).raw();
        assert_data_eq!(table(), kept);
    }

    #[test]
    fn every_method_that_a_profile_names_has_its_lines() {
        for profile in measured() {
            let policy = &profile.policy;
            let rules = policy
                .follows
                .iter()
                .chain(&policy.method)
                .chain(&policy.unfollowed_is_error);
            let of_rules = rules.flat_map(|rule| rule.methods.iter().chain(&rule.except));
            let unsent = profile
                .cannot_send
                .refuses
                .iter()
                .chain(&profile.cannot_send.no_way_to_ask);
            for method in of_rules.chain(unsent) {
                assert!(
                    names().any(|name| name == method.as_str()),
                    "{}: {method:?}",
                    profile.id
                );
            }
        }
    }

    #[test]
    fn clients_agree_on_308_and_not_on_301() {
        let (from, to) = (
            Url::parse("http://o/a").unwrap(),
            Url::parse("http://o/b").unwrap(),
        );
        let share = |code, method: &Method, next: &Method, body| {
            let asked = Situation {
                status: Status(code),
                method,
                content: true,
                from: &from,
                to: &to,
            };
            agreement(asked, next, body)
        };
        let kept = share(308, &Method::POST, &Method::POST, BodyFate::Kept).unwrap();
        assert!(kept > 0.9, "{kept}");
        let (put_kept, put_lost) = (
            share(301, &Method::PUT, &Method::PUT, BodyFate::Kept).unwrap(),
            share(301, &Method::PUT, &Method::GET, BodyFate::Dropped).unwrap(),
        );
        assert!(put_kept > 0.2 && put_lost > 0.2, "{put_kept} {put_lost}");
        assert_eq!(
            share(399, &Method::POST, &Method::POST, BodyFate::Kept),
            None
        );
        let unknown = Method::new("BREW").unwrap();
        assert!(share(307, &unknown, &unknown, BodyFate::Kept).unwrap() > 0.9);
        assert_eq!(
            share(307, &unknown, &Method::new("brew").unwrap(), BodyFate::Kept),
            Some(0.0)
        );
    }
}
