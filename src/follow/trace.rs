//! What a chain leaves behind: its hops, how it ended, what stood out.

use std::time::Duration;

use url::Url;

use super::End;
use crate::model::{Exchange, Method};
use crate::rules::cookie::{CookieFate, ReceivedCookie, RefusedCookie};
use crate::rules::{BodyFate, Finding, MethodChange, Redirect, Verdict};

/// One request and its answer, judged.
#[derive(Debug, Clone)]
pub struct Hop {
    /// Counted from 1.
    pub n: usize,
    /// What was sent and heard.
    pub exchange: Exchange,
    /// Where the response redirects to; `None` where it redirects nowhere.
    pub redirect: Option<Redirect>,
    /// Which cookies went out and came in.
    pub cookies: HopCookies,
    /// What stood out at this hop.
    pub findings: Vec<Finding>,
}

/// The cookies of one hop.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HopCookies {
    /// What became of each that the response sets, in order.
    pub received: Vec<ReceivedCookie>,
    /// The names of those that the request carries, in order, be they of the jar or of the user; empty where one has none.
    pub sent: Vec<String>,
}

impl HopCookies {
    /// The names of the cookies that are kept.
    pub fn kept(&self) -> impl Iterator<Item = &str> {
        self.of_fate(&CookieFate::Kept)
    }

    /// The names of the cookies that had expired when they came and took the place of one that was kept.
    pub fn deleted(&self) -> impl Iterator<Item = &str> {
        self.of_fate(&CookieFate::Deleted)
    }

    /// The cookies that are not kept, and why.
    pub fn refused(&self) -> impl Iterator<Item = RefusedCookie> {
        self.received
            .iter()
            .filter_map(|cookie| match &cookie.fate {
                CookieFate::Refused(why) => Some(RefusedCookie {
                    name: cookie.name.clone(),
                    why: why.clone(),
                }),
                CookieFate::Kept | CookieFate::Deleted => None,
            })
    }

    fn of_fate(&self, fate: &CookieFate) -> impl Iterator<Item = &str> {
        self.received
            .iter()
            .filter(move |cookie| cookie.fate == *fate)
            .map(|cookie| cookie.name.as_str())
    }
}

/// A whole chain.
#[derive(Debug, Clone)]
pub struct Trace {
    /// The URL as inspected.
    pub start: Url,
    /// The name of the client that it was followed as.
    pub client: String,
    /// Every hop, in order; at least one.
    pub hops: Vec<Hop>,
    /// How it ended.
    pub end: End,
    /// What the chain as a whole raises, beside what its hops do.
    pub findings: Vec<Finding>,
}

impl Trace {
    /// The redirects that were followed.
    pub fn followed(&self) -> impl Iterator<Item = &Redirect> {
        self.hops
            .iter()
            .filter_map(|hop| hop.redirect.as_ref())
            .filter(|redirect| redirect.followed)
    }

    /// How many redirects were followed.
    #[must_use]
    pub fn redirects(&self) -> usize {
        self.followed().count()
    }

    /// The method of the first request and of the last.
    #[must_use]
    pub fn method(&self) -> MethodChange {
        let of =
            |hop: Option<&Hop>| hop.map_or(Method::GET, |hop| hop.exchange.sent.method.clone());
        MethodChange {
            from: of(self.hops.first()),
            to: of(self.hops.last()),
        }
    }

    /// What became of the content over the whole chain: what the client did at each redirect, be it that a server answered
    /// before all of it was sent.
    #[must_use]
    pub fn body(&self) -> BodyFate {
        let fates: Vec<BodyFate> = self.followed().map(|redirect| redirect.body).collect();
        let sent = self
            .hops
            .first()
            .is_some_and(|hop| hop.exchange.sent.body.is_some());
        match fates {
            fates if fates.contains(&BodyFate::Dropped) => BodyFate::Dropped,
            _ if sent => BodyFate::Kept,
            _ => BodyFate::None,
        }
    }

    /// The worst verdict of the redirects followed; `None` where none was.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        self.followed().map(|redirect| redirect.verdict).max()
    }

    /// Whether clients agree on every redirect followed.
    #[must_use]
    pub fn predictable(&self) -> bool {
        self.followed().all(|redirect| redirect.predictable)
    }

    /// What links should say from now on: past every leading permanent redirect, no further, and never out of TLS.
    #[must_use]
    pub fn future_url(&self) -> &Url {
        self.followed()
            .take_while(|redirect| redirect.permanent && !redirect.downgrade)
            .last()
            .map_or(&self.start, |redirect| &redirect.target)
    }

    /// How long all hops took together.
    #[must_use]
    pub fn total(&self) -> Duration {
        self.hops.iter().map(|hop| hop.exchange.timings.total).sum()
    }

    /// Every finding: each hop's in order, then the chain's.
    pub fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        self.hops
            .iter()
            .flat_map(|hop| &hop.findings)
            .chain(&self.findings)
    }
}
