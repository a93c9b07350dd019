//! Which scenario a path asks for, and the answer that it plays.

use super::answer::LabAnswer;
use super::request::RequestRefusal;
use super::scenario::{AnswerAt, CONTINUE, Group, LabRequest, Responder, Scenario};
use crate::model::percent;

/// What a path asks for.
pub(super) struct FoundScenario {
    /// `None` where the lab has no such scenario.
    pub(super) scenario: Option<&'static Scenario>,
    /// What stands in place of the `{…}` of its path, decoded.
    pub(super) args: Vec<String>,
}

impl FoundScenario {
    /// When the answer is given.
    pub(super) fn moment(&self) -> AnswerAt {
        self.scenario.map_or(CONTINUE, |scenario| scenario.moment)
    }

    /// The answer to `asked`: a refusal is one too.
    pub(super) fn answer(&self, asked: &LabRequest<'_>) -> LabAnswer {
        self.try_answer(asked)
            .unwrap_or_else(|refusal| refusal.reply().to(asked.head))
    }

    /// The answer of the scenario.
    pub(super) fn try_answer(&self, asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
        let unknown = || RequestRefusal {
            status: 404,
            says: "the lab has no such scenario; / lists them".into(),
        };
        let scenario = self.scenario.ok_or_else(unknown)?;
        match scenario.responder {
            Responder::Made(play) => Ok(play(asked)),
            Responder::Tried(play) => play(asked),
            Responder::Location(lines) => asked.redirect_with(lines),
            Responder::Raw(bytes, after) => Ok(LabAnswer::raw(status_in(bytes), bytes, after)),
        }
    }
}

/// The scenario of `groups` that `path` asks for: the first that fits.
pub(super) fn find(groups: &'static [&'static Group], path: &[u8]) -> FoundScenario {
    let segments: Vec<&[u8]> = path
        .strip_prefix(b"/")
        .unwrap_or(path)
        .split(|&byte| byte == b'/')
        .collect();
    let mut scenarios = groups.iter().flat_map(|group| group.scenarios);
    let found = scenarios.find_map(|scenario| Some((scenario, fit(scenario.path, &segments)?)));
    FoundScenario {
        scenario: found.as_ref().map(|(scenario, _)| *scenario),
        args: found.map(|(_, args)| args).unwrap_or_default(),
    }
}

/// What stands in the places of `pattern`, if the segments fit it.
fn fit(pattern: &str, segments: &[&[u8]]) -> Option<Vec<String>> {
    let mut args = Vec::new();
    let mut segments = segments.iter();
    for wanted in pattern[1..].split('/') {
        if wanted.ends_with("*}") {
            args.push(percent::decoded_text(segments.as_slice().join(&b'/')));
            return Some(args);
        }
        let segment = segments.next()?;
        if wanted.starts_with('{') {
            args.push(percent::decoded_text(segment));
        } else if wanted.as_bytes() != *segment {
            return None;
        }
    }
    segments.next().is_none().then_some(args)
}

/// The status that a client would read in `bytes`.
fn status_in(bytes: &[u8]) -> Option<u16> {
    let rest = bytes
        .strip_prefix(b"HTTP/1.1 ")
        .or_else(|| bytes.strip_prefix(b"HTTP/1.0 "))?;
    str::from_utf8(rest.get(..3)?).ok()?.parse().ok()
}
