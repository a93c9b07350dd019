//! What a probe points out of a client beside its verdicts, one row each.

use crate::rules::findings::{CREDENTIALS_SENT, METHOD_CHANGED};
use crate::rules::{Note, Severity, links};

/// Everything that a probe may find, the gravest first.
pub static NOTES: &[&Note] = &[
    &CREDENTIALS_SENT,
    &METHOD_NOT_KEPT,
    &HEAD_BECAME_GET,
    &BODY_LOST,
    &BODY_CHANGED,
    &BODY_AFTER_303,
    &NOT_RETRIEVED,
    &METHOD_CHANGED,
    &FOLLOWED_304,
    &ENDLESS,
    &FRAGMENT_SENT,
    &FOLLOWED_305,
    &MANY_FOLLOWED,
    &CONTENT_FIELDS_LEFT,
];

/// 307 or 308 changed the method.
pub static METHOD_NOT_KEPT: Note = Note {
    id: "method-not-kept",
    severity: Severity::Error,
    says: "307 or 308, and the method changed",
    why: "These two codes exist to keep the method: a write becomes a read, and the caller sees a 200.",
    cites: &[links::TEMPORARY_REDIRECT, links::PERMANENT_REDIRECT],
};

/// HEAD turned into GET.
pub static HEAD_BECAME_GET: Note = Note {
    id: "head-became-get",
    severity: Severity::Error,
    says: "HEAD became GET",
    why: "Who asks for the head alone gets the whole content. Only 303 leaves it open.",
    cites: &[links::REDIRECTION_3XX, links::FETCH_REDIRECT],
};

/// The method stayed, the content did not.
pub static BODY_LOST: Note = Note {
    id: "body-lost",
    severity: Severity::Error,
    says: "the method stayed and its body is gone",
    why: "The target gets a write that says nothing: an empty record is made, or the last one overwritten with nothing.",
    cites: &[links::REDIRECTION_3XX],
};

/// Other content than before.
pub static BODY_CHANGED: Note = Note {
    id: "body-changed",
    severity: Severity::Error,
    says: "the next request has other content",
    why: "A body is sent again as it was or not at all; half of one is worse than none.",
    cites: &[links::REDIRECTION_3XX],
};

/// 303, and the content was sent again.
pub static BODY_AFTER_303: Note = Note {
    id: "body-after-303",
    severity: Severity::Warn,
    says: "303, and the body was sent again",
    why: "303 says that the request was done and its result lies elsewhere: what was posted is posted twice.",
    cites: &[links::SEE_OTHER],
};

/// 303 was answered by something else than a retrieval.
pub static NOT_RETRIEVED: Note = Note {
    id: "not-retrieved",
    severity: Severity::Warn,
    says: "303, and the next request is no GET or HEAD",
    why: "303 says that the request was done and its result is to be retrieved elsewhere: the deed is done twice.",
    cites: &[links::SEE_OTHER],
};

/// 304 was followed.
pub static FOLLOWED_304: Note = Note {
    id: "followed-304",
    severity: Severity::Warn,
    says: "304 was followed like a redirect",
    why: "304 points at the client's own stored response; a Location in it leads nowhere.",
    cites: &[links::NOT_MODIFIED],
};

/// 305 or 306 was followed.
pub static FOLLOWED_305: Note = Note {
    id: "followed-305",
    severity: Severity::Info,
    says: "305 or 306 was followed like a redirect",
    why: "305 is deprecated because a server could name the proxy to use; 306 means nothing.",
    cites: &[links::USE_PROXY, links::UNUSED],
};

/// No end of redirects.
pub static ENDLESS: Note = Note {
    id: "endless",
    severity: Severity::Error,
    says: "no limit of redirects was found",
    why: "A client should notice redirects that lead in a circle; one that does not hangs for ever.",
    cites: &[links::REDIRECTION_3XX],
};

/// More redirects than Fetch allows.
pub static MANY_FOLLOWED: Note = Note {
    id: "many-followed",
    severity: Severity::Info,
    says: "follows more than the 20 redirects that Fetch allows",
    why: "A chain that works here ends in an error in every browser.",
    cites: &[links::FETCH_REDIRECT],
};

/// The fragment reached the wire.
pub static FRAGMENT_SENT: Note = Note {
    id: "fragment-sent",
    severity: Severity::Error,
    says: "the fragment was sent to the server",
    why: "A fragment is for the client alone and no part of a request target; it may carry tokens.",
    cites: &[links::LOCATION],
};

/// Fields that describe content stayed when it went.
pub static CONTENT_FIELDS_LEFT: Note = Note {
    id: "content-fields-left",
    severity: Severity::Info,
    says: "the body is gone and fields that describe it were sent on",
    why: "A Content-Type without content makes some servers wait for a body or answer 400; Fetch and RFC 9110 remove it \
          where the method changes.",
    cites: &[links::REDIRECTION_3XX, links::FETCH_REDIRECT],
};
