//! What the measured clients do at a redirect, and how many of them do the same.

use url::Url;

use super::{Profile, STATUSES, measured};
use crate::model::{Body, Headers, Method, Request, Status};
use crate::rules::BodyFate;
use crate::rules::step::{State, Turn};

/// A redirect, as far as clients differ on it.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
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

/// A next request, and who sends it.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its method.
    pub method: Method,
    /// What becomes of the content.
    pub body: BodyFate,
    /// Who sends it, the most used first.
    pub clients: Vec<&'static Profile>,
}

/// What the measured clients that follow here send next; that of the most used client first.
///
/// Asked of clients that can send such a request at all; empty where nothing was measured: on codes beyond 308.
#[must_use]
pub fn choices(asked: Asked) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    if !STATUSES.contains(&asked.status.code()) {
        return choices;
    }
    let location: Headers = [("location", asked.to.as_str())].into_iter().collect();
    let request = Request {
        method: asked.method.clone(),
        target: asked.from.clone(),
        headers: Headers::new(),
        body: if asked.content { Body::from_bytes("x") } else { Body::NONE },
    };
    for profile in measured().filter(|profile| profile.sends(asked.method)) {
        let state = State::start(&profile.policy, request.clone());
        let Turn::Next(step) = state.hop(&profile.policy, asked.status, &location) else { continue };
        match choices.iter_mut().find(|choice| choice.method == step.method.to && choice.body == step.body) {
            Some(choice) => choice.clients.push(profile),
            None => choices.push(Choice { method: step.method.to, body: step.body, clients: vec![profile] }),
        }
    }
    choices
}

/// The share of the clients behind `choices` that send this method and body, to two decimals; `None` where there is none.
#[must_use]
pub fn agreement(choices: &[Choice], method: &Method, body: BodyFate) -> Option<f64> {
    let all: usize = choices.iter().map(|choice| choice.clients.len()).sum();
    let same = choices.iter().find(|choice| choice.method == *method && choice.body == body);
    let agree = same.map_or(0, |choice| choice.clients.len());
    let share = |n: usize| u32::try_from(n).map_or(0.0, f64::from);
    (all > 0).then(|| (share(agree * 100) / share(all)).round() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_agree_on_308_and_not_on_301() {
        let (from, to) = (Url::parse("http://o/a").unwrap(), Url::parse("http://o/b").unwrap());
        let share = |code, method: &Method, next: &Method, body| {
            let asked = Asked { status: Status(code), method, content: true, from: &from, to: &to };
            agreement(&choices(asked), next, body)
        };
        let kept = share(308, &Method::POST, &Method::POST, BodyFate::Kept).unwrap();
        assert!(kept > 0.9, "{kept}");
        let (put_kept, put_lost) = (
            share(301, &Method::PUT, &Method::PUT, BodyFate::Kept).unwrap(),
            share(301, &Method::PUT, &Method::GET, BodyFate::Dropped).unwrap(),
        );
        assert!(put_kept > 0.2 && put_lost > 0.2, "{put_kept} {put_lost}");
        assert_eq!(share(399, &Method::POST, &Method::POST, BodyFate::Kept), None);
    }
}
