//! Why a chain ended, in one sentence without a capital and a full stop.

use super::voice::Voice;
use super::{cookie, wire};
use crate::follow::{Again, EndReason, NotFollowed, Refusal, Trace};
use crate::model::Status;
use crate::rules::location::Unusable;

/// The sentence; `None` where the chain landed.
#[must_use]
pub fn end(voice: Voice, trace: &Trace) -> Option<String> {
    let client = trace.client.as_str();
    Some(match &trace.end.reason {
        EndReason::Landed => return None,
        EndReason::NotFollowed(why) => not_followed(client, why),
        EndReason::Loop(again) => circle(voice, client, again),
        EndReason::TooMany(redirects) => format!("gave up after {redirects} redirects"),
        EndReason::BadLocation { status, unusable } => match unusable {
            Some(unusable) => bad_location(voice, *status, unusable),
            None => cannot_go(client, *status),
        },
        EndReason::Refused(refusal) => refused(voice, client, refusal),
        EndReason::Failed(failure) | EndReason::Interrupted(Some(failure)) => {
            wire::failure(voice, failure)
        }
        EndReason::Interrupted(None) => "interrupted before the next request".to_owned(),
    })
}

fn not_followed(client: &str, why: &NotFollowed) -> String {
    match why {
        NotFollowed::ByOption => "--no-follow stops after the first hop".to_owned(),
        NotFollowed::Status(status) => format!("{client} does not follow {status}"),
        NotFollowed::Method(status, method) => {
            format!("{client} does not follow {status} in answer to {method}")
        }
    }
}

fn circle(voice: Voice, client: &str, again: &Again) -> String {
    match again {
        Again::Request {
            method,
            target,
            hop,
            lost,
        } => {
            let url = voice.url(target.as_str());
            let but = if lost.is_empty() {
                ", with the same cookies and credentials".to_owned()
            } else {
                format!("; {}", cookie::lost(voice, lost))
            };
            format!("{method} {url} was asked at hop {hop} already{but}")
        }
        Again::Url(target) => format!(
            "{client} does not go to {} again",
            voice.url(target.as_str())
        ),
    }
}

fn bad_location(voice: Voice, status: Status, unusable: &Unusable) -> String {
    match unusable {
        Unusable::Missing => {
            format!("the {status} has no Location field: there is nowhere to go")
        }
        Unusable::Several(values) => format!(
            "the {status} has {} Location fields with different values: clients disagree on which",
            values.len()
        ),
        Unusable::NotAUrl { location, reason } => format!(
            "the Location of the {status} is no URL ({reason}): {}",
            voice.location(location)
        ),
    }
}

fn refused(voice: Voice, client: &str, refusal: &Refusal) -> String {
    match refusal {
        Refusal::SchemeNotAllowed { scheme, allowed } => format!(
            "the redirect leads to {scheme}, and --proto-redir allows {}",
            allowed.join(", ")
        ),
        Refusal::NotHttp(scheme) => {
            format!("the redirect leads to {scheme}:, and only http and https can be followed")
        }
        Refusal::UrlTooLong { length, most } => format!(
            "the redirect leads to a URL of {length} bytes, and {most} are the most followed"
        ),
        Refusal::Content => format!("{client} cannot send the content again"),
        Refusal::Userinfo => format!("{client} takes no user name from a Location"),
        Refusal::ClientScheme(scheme) => format!("{client} does not go on to {scheme}"),
        Refusal::ClientTarget(status) => cannot_go(client, *status),
        Refusal::Address(failure) => wire::failure(voice, failure),
    }
}

fn cannot_go(client: &str, status: Status) -> String {
    format!("{client} cannot go where the Location of the {status} leads")
}
