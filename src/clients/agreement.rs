//! How many of the measured clients would have done the same.

use url::Url;

use super::measured;
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

/// The share of the measured clients that follow here which send this method and body next.
///
/// Asked of clients that can send such a request at all; `None` where none of them follows, or where nothing was
/// measured: on codes beyond 308.
#[must_use]
pub fn agreement(asked: Asked, method: &Method, body: BodyFate) -> Option<f64> {
    if !(300..=308).contains(&asked.status.code()) {
        return None;
    }
    let location: Headers = [("location", asked.to.as_str())].into_iter().collect();
    let content = if asked.content { Body::from_bytes("x") } else { Body::NONE };
    let (mut follow, mut agree) = (0_u32, 0_u32);
    for profile in measured().filter(|profile| profile.sends(asked.method)) {
        let request = Request {
            method: asked.method.clone(),
            target: asked.from.clone(),
            headers: Headers::new(),
            body: content.clone(),
        };
        let state = State::start(&profile.policy, request);
        if let Turn::Next(step) = state.hop(&profile.policy, asked.status, &location) {
            follow += 1;
            agree += u32::from(step.method.to == *method && step.body == body);
        }
    }
    (follow > 0).then(|| f64::from(agree) / f64::from(follow))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_agree_on_308_and_not_on_301() {
        let (from, to) = (Url::parse("http://o/a").unwrap(), Url::parse("http://o/b").unwrap());
        let share = |code, method: &Method, next: &Method, body| {
            let asked = Asked { status: Status(code), method, content: true, from: &from, to: &to };
            agreement(asked, next, body)
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
