//! What a client does in one cell of the matrix.

use url::Url;

use super::Profile;
use super::matrix::Cell;
use crate::model::{Body, Headers, Method, Request};
use crate::rules::policy::Ending;
use crate::rules::step::{Action, NextStep, State};
use crate::rules::{BodyFate, Clause, FieldFate, Verdict, law};

/// What a client does at a redirect.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Doing {
    /// It sends this next.
    Follows {
        /// The method.
        method: Method,
        /// What becomes of the content.
        body: BodyFate,
        /// What becomes of Authorization.
        authorization: FieldFate,
        /// What becomes of Cookie.
        cookie: FieldFate,
        /// What RFC 9110 says of method and content.
        verdict: Verdict,
        /// The rule behind it.
        rule: Clause,
    },
    /// It does not follow; its caller gets this.
    Stops(Ending),
    /// Nobody saw it there.
    NotMeasured,
}

impl Profile {
    /// What this client does there; `None` where it cannot send such a request.
    #[must_use]
    pub fn at(&self, cell: &Cell) -> Option<Doing> {
        if !self.sends(&cell.method) {
            return None;
        }
        if !self.was_seen_on(cell.crossing) {
            return Some(Doing::NotMeasured);
        }
        let [from, to] = cell.crossing.urls();
        let mut headers: Headers = [("authorization", "Bearer x"), ("cookie", "x=1")]
            .into_iter()
            .collect();
        if cell.body {
            headers.push("content-type", "text/plain");
        }
        let body = if cell.body {
            Body::from_bytes("x")
        } else {
            Body::NONE
        };
        let request = Request::new(cell.method.clone(), Url::parse(from).ok()?, headers, body);
        let state = State::start(&self.policy, request);
        let location: Headers = [("location", to)].into_iter().collect();
        Some(
            match state.on_response(&self.policy, cell.status, &location) {
                Action::Follow(step) => followed(&state, *step),
                Action::Stop(stop) => Doing::Stops(stop.ending),
            },
        )
    }
}

fn followed(before: &State, step: NextStep) -> Doing {
    let NextStep {
        state,
        status,
        method,
        body,
    } = step;
    let (verdict, rule) = law::judge(status, &method.from, &method.to, body);
    let fate = |name| FieldFate::of(before.headers.get(name), state.headers.get(name));
    let (authorization, cookie) = (fate("authorization"), fate("cookie"));
    Doing::Follows {
        method: method.to,
        body,
        authorization,
        cookie,
        verdict,
        rule,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::Crossing;
    use crate::clients::by_name;
    use crate::model::Status;

    #[test]
    fn cells_say_what_was_measured() {
        #[rustfmt::skip]
        let cases = [
            // client         code  method  crossing               what follows
            ("curl",           302, "POST", Crossing::SameOrigin,  "GET dropped kept kept permitted"           ),
            ("curl-X",         302, "PUT",  Crossing::SameOrigin,  "PUT dropped kept kept discouraged"         ),
            ("curl",           307, "POST", Crossing::Port,        "POST kept dropped dropped required"        ),
            ("go",             307, "POST", Crossing::Subdomain,   "POST kept kept kept required"              ),
            ("go",             307, "POST", Crossing::Host,        "POST kept dropped dropped required"        ),
            ("urllib3",        302, "POST", Crossing::SameOrigin,  "POST kept kept kept recommended"           ),
            ("java",           302, "POST", Crossing::Downgrade,   "response"                                  ),
            ("ruby",           308, "GET",  Crossing::SameOrigin,  "response"                                  ),
            ("wget",           302, "PUT",  Crossing::SameOrigin,  "cannot"                                    ),
            ("dotnet",         302, "GET",  Crossing::Upgrade,     "not measured"                              ),
            ("curl",           302, "GET",  Crossing::Downgrade,   "not measured"                              ),
            ("chrome-nav",     302, "GET",  Crossing::Subdomain,   "not measured"                              ),
            ("chrome-form",    302, "PUT",  Crossing::Upgrade,     "cannot"                                    ),
        ];
        for (client, code, method, crossing, expected) in cases {
            let method = Method::new(method).unwrap();
            let cell = Cell {
                status: Status(code),
                body: method.as_str() != "GET",
                method,
                crossing,
            };
            let told = match by_name(client).unwrap().at(&cell) {
                None => "cannot".to_owned(),
                Some(Doing::NotMeasured) => "not measured".to_owned(),
                Some(Doing::Stops(Ending::Response)) => "response".to_owned(),
                Some(Doing::Stops(Ending::Error)) => "error".to_owned(),
                Some(Doing::Follows {
                    method,
                    body,
                    authorization,
                    cookie,
                    verdict,
                    ..
                }) => {
                    format!("{method} {body} {authorization} {cookie} {verdict}")
                }
            };
            assert_eq!(told, expected, "{client} {code} {crossing:?}");
        }
    }
}
