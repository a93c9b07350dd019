//! How much of the heads of a chain is kept: a server can send a quarter of a megabyte of fields at every hop, which take
//! far more room in memory and in a document than on the wire.

use crate::model::{Field, Headers, Response};

/// What is kept of a head in any case: what a client goes by when it decides where and how to go on, and where content
/// ends. A hop without the rest is still judged, and played to other clients.
const NEEDED: [&str; 9] = [
    "location",
    "refresh",
    "set-cookie",
    "referrer-policy",
    "content-length",
    "transfer-encoding",
    "connection",
    "content-encoding",
    "content-type",
];

/// The most that these take of one head, in bytes, but for the first Location.
const MOST_NEEDED: usize = 16 * 1024;

/// What is left to the heads of a chain, in bytes of memory.
#[derive(Debug)]
pub(super) struct HeadBudget(usize);

impl HeadBudget {
    pub(super) fn new(bytes: usize) -> Self {
        Self(bytes)
    }

    /// Keeps the heads of this response where they fit, else what is needed of them; the response says what is left out.
    pub(super) fn keep(&mut self, response: &mut Response) {
        let interim = response.informational.iter();
        let whole = size(&response.headers)
            + response.reason.len()
            + interim.map(|one| size(&one.headers)).sum::<usize>();
        if whole > self.0 {
            reduce(response);
        }
        self.0 = self.0.saturating_sub(size(&response.headers));
    }
}

fn reduce(response: &mut Response) {
    let heard = count(response);
    for interim in &mut response.informational {
        interim.headers = Headers::new();
    }
    response.reason = Vec::new();
    let mut room = MOST_NEEDED;
    let mut kept = Headers::new();
    for field in &response.headers {
        let is_first_location =
            field.name.eq_ignore_ascii_case("location") && !kept.contains("location");
        let fits = room >= size_of_field(field);
        let is_needed = NEEDED
            .iter()
            .any(|name| field.name.eq_ignore_ascii_case(name));
        if is_first_location || (is_needed && fits) {
            room = room.saturating_sub(size_of_field(field));
            kept.push(field.name.as_str(), field.value.as_slice());
        }
    }
    response.headers = kept;
    response.left_out = heard - count(response);
}

/// Field lines of a response, those of interim ones among them.
fn count(response: &Response) -> usize {
    let interim = response.informational.iter();
    response.headers.len() + interim.map(|one| one.headers.len()).sum::<usize>()
}

fn size(headers: &Headers) -> usize {
    headers.iter().map(size_of_field).sum()
}

/// A field of two characters takes as much room as its two strings do when they are empty.
fn size_of_field(field: &Field) -> usize {
    size_of::<Field>() + field.name.len() + field.value.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Informational, Status};

    fn flood() -> Response {
        let mut response = Response::new(302)
            .with("Location", "/next")
            .with("Set-Cookie", "a=b")
            .with("Content-Length", "0");
        for _ in 0..1000 {
            response.headers.push("a", "b");
        }
        response.informational.push(Informational {
            status: Status(103),
            headers: [("Link", "</a>")].into_iter().collect(),
        });
        response
    }

    #[test]
    fn heads_within_the_budget_are_kept_whole_and_of_others_what_is_needed() {
        let whole = flood();
        let mut budget = HeadBudget::new(60_000);
        let mut first = flood();
        budget.keep(&mut first);
        assert_eq!((first.headers, first.left_out), (whole.headers, 0));

        let mut second = flood();
        budget.keep(&mut second);
        let names: Vec<&str> = second
            .headers
            .iter()
            .map(|field| field.name.as_str())
            .collect();
        assert_eq!(names, ["Location", "Set-Cookie", "Content-Length"]);
        assert_eq!((second.left_out, second.informational.len()), (1001, 1));

        let mut small = Response::new(302).with("Location", "/").with("X", "y");
        budget.keep(&mut small);
        assert_eq!(
            (small.headers.len(), small.left_out),
            (2, 0),
            "it still fits"
        );
    }

    #[test]
    fn what_is_needed_is_bounded_too_but_for_the_first_location() {
        let long = format!("/{}", "x".repeat(MOST_NEEDED));
        let mut response = Response::new(302)
            .with("Location", long.as_str())
            .with("Location", "/b");
        for _ in 0..1000 {
            response.headers.push("Set-Cookie", "a=b");
        }
        HeadBudget::new(0).keep(&mut response);
        assert_eq!(response.headers.text("location"), Some(long.as_str()));
        assert_eq!((response.headers.len(), response.left_out), (1, 1001));
    }
}
