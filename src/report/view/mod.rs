//! What may be shown of a trace: the JSON document itself, and what every other format reads.
//!
//! The fields stand in the order of the document (`rehop.trace/1`); their comments are the descriptions in
//! `schema/trace.schema.json`. Secrets are masked while a [`View`] is built, so that no format can forget to.

mod alike;
mod build;
mod document;
mod others;
#[cfg(test)]
pub(in crate::report) mod schema;
mod wire;

pub use alike::{Alike, Others, RequestRow, StoppedRow};
pub use document::{
    BodyView, Carried, ChangeView, ClauseView, ClientView, ConnectionView, CookiesView, EndView,
    ExpectationView, FindingView, HopView, InterimView, RedirectView, RefusedCookieView,
    RequestView, ResponseView, SummaryView, TimingView, TlsView, View,
};
pub use wire::{Millis, Named, Octets, Term};
