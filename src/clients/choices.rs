//! What the measured clients do at a redirect, by name.

use super::agreement::Situation;
use super::list::measured;
use super::matrix::STATUSES;
use super::profile::Profile;
use crate::model::{Body, Headers, Method, Request};
use crate::rules::BodyFate;
use crate::rules::step::{Action, State};

/// A next request, and who sends it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ClientChoices {
    /// Its method.
    pub method: Method,
    /// What becomes of the content.
    pub body: BodyFate,
    /// Who sends it, the most used first.
    pub clients: Vec<&'static Profile>,
}

/// What the measured clients that follow here send next; that of the most used client first.
///
/// Asked of clients that can send such a request at all; empty where nothing was measured: on codes beyond 308, and to
/// places that are not reached by http.
#[must_use]
pub fn choices(asked: Situation) -> Vec<ClientChoices> {
    let mut choices: Vec<ClientChoices> = Vec::new();
    if !STATUSES.contains(&asked.status.code()) || !asked.is_http() {
        return choices;
    }
    let location: Headers = [("location", asked.to.as_str())].into_iter().collect();
    let body = if asked.content {
        Body::from_bytes("x")
    } else {
        Body::NONE
    };
    let request = Request::new(
        asked.method.clone(),
        asked.from.clone(),
        Headers::new(),
        body,
    );
    for profile in measured().filter(|profile| asked.was_put_to(profile)) {
        let state = State::start(&profile.policy, request.clone());
        let Action::Follow(step) = state.on_response(&profile.policy, asked.status, &location)
        else {
            continue;
        };
        match choices
            .iter_mut()
            .find(|choice| choice.method == step.method.to && choice.body == step.body)
        {
            Some(choice) => choice.clients.push(profile),
            None => choices.push(ClientChoices {
                method: step.method.to,
                body: step.body,
                clients: vec![profile],
            }),
        }
    }
    choices
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::clients::agreement;
    use crate::model::Status;

    #[test]
    fn nobody_sends_a_request_to_an_app() {
        let (from, to) = (
            Url::parse("http://o/a").unwrap(),
            Url::parse("app:done").unwrap(),
        );
        let asked = Situation {
            status: Status(302),
            method: &Method::POST,
            content: true,
            from: &from,
            to: &to,
        };
        assert!(choices(asked).is_empty());
        assert_eq!(agreement(asked, &Method::GET, BodyFate::Dropped), None);
    }

    #[test]
    fn the_names_are_as_many_as_were_counted() {
        let (from, to) = (
            Url::parse("http://o/a").unwrap(),
            Url::parse("http://p/b").unwrap(),
        );
        for (code, method) in [
            (301, Method::PUT),
            (302, Method::POST),
            (308, Method::POST),
            (399, Method::GET),
        ] {
            let asked = Situation {
                status: Status(code),
                method: &method,
                content: true,
                from: &from,
                to: &to,
            };
            let choices = choices(asked);
            let all: usize = choices.iter().map(|choice| choice.clients.len()).sum();
            assert_eq!(all == 0, code == 399, "{code}");
            for choice in &choices {
                let counted = agreement(asked, &choice.method, choice.body).unwrap();
                let share = u32::try_from(choice.clients.len()).unwrap();
                let all = u32::try_from(all).unwrap();
                assert!(
                    (counted - f64::from(share) / f64::from(all)).abs() < 1e-9,
                    "{code} {method} {choice:?}"
                );
            }
        }
    }
}
