//! Named situations: a path, when it is answered, and how. Pure.

use std::borrow::Cow;

use super::answer::{After, LabAnswer, Reply};
use super::request::{RequestHead, RequestRefusal};
use super::request_reader::RequestContent;
use super::site::Site;

/// One situation that the lab plays.
#[derive(Debug)]
pub struct Scenario {
    /// The path that asks for it, such as `/status/{code}`; `{name}` stands for a segment, `{name*}` for all that follow.
    pub path: &'static str,
    /// A path, with query where that helps, which asks for it.
    pub example: &'static str,
    /// One line on what it answers.
    pub says: &'static str,
    /// curl's options for the example.
    pub curl: &'static str,
    pub(super) moment: AnswerAt,
    pub(super) responder: Responder,
}

/// Scenarios that belong together.
#[derive(Debug)]
pub struct Group {
    /// A short heading.
    pub title: &'static str,
    /// Its scenarios.
    pub scenarios: &'static [Scenario],
}

/// When a request is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnswerAt {
    /// After its content has come. These bytes are sent before, where the client waits for `100 (Continue)`.
    Content(&'static [u8]),
    /// As soon as its head has come.
    Head,
}

/// How an answer is found.
#[derive(Debug)]
pub(super) enum Responder {
    /// Made from the request, whatever it is.
    Made(fn(&LabRequest<'_>) -> LabAnswer),
    /// Made from the request where its arguments make sense.
    Tried(fn(&LabRequest<'_>) -> Result<LabAnswer, RequestRefusal>),
    /// A redirect with these field lines, in which `{here}` stands for the authority asked, `{name}` for its host and
    /// `{port}` for its port. `?code=` chooses another code than 302.
    Location(&'static [&'static [u8]]),
    /// These bytes.
    Raw(&'static [u8], After),
}

/// The usual go-ahead.
pub(super) const CONTINUE: AnswerAt = AnswerAt::Content(b"HTTP/1.1 100 Continue\r\n\r\n");

impl Scenario {
    const fn row(path: &'static str, says: &'static str, responder: Responder) -> Self {
        Self {
            path,
            example: path,
            says,
            curl: "-si",
            moment: CONTINUE,
            responder,
        }
    }

    /// A scenario whose answer is made from the request.
    pub(super) const fn made(
        path: &'static str,
        says: &'static str,
        play: fn(&LabRequest<'_>) -> LabAnswer,
    ) -> Self {
        Self::row(path, says, Responder::Made(play))
    }

    /// The same, of one that may ask for what there is not.
    pub(super) const fn tried(
        path: &'static str,
        says: &'static str,
        play: fn(&LabRequest<'_>) -> Result<LabAnswer, RequestRefusal>,
    ) -> Self {
        Self::row(path, says, Responder::Tried(play))
    }

    /// A redirect with these field lines.
    pub(super) const fn location(
        path: &'static str,
        says: &'static str,
        lines: &'static [&'static [u8]],
    ) -> Self {
        Self::row(path, says, Responder::Location(lines))
    }

    /// Always the same bytes.
    pub(super) const fn raw(
        path: &'static str,
        says: &'static str,
        bytes: &'static [u8],
        after: After,
    ) -> Self {
        Self::row(path, says, Responder::Raw(bytes, after))
    }

    /// With this example.
    pub(super) const fn at(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }

    /// With these options for curl.
    pub(super) const fn curl(mut self, options: &'static str) -> Self {
        self.curl = options;
        self
    }

    /// Answered at this moment.
    pub(super) const fn when(mut self, moment: AnswerAt) -> Self {
        self.moment = moment;
        self
    }
}

/// A request to a scenario, with what the answer may depend on.
pub(super) struct LabRequest<'a> {
    pub head: &'a RequestHead,
    /// What stood in place of the `{…}` of the path, decoded.
    pub args: Vec<String>,
    /// The content, where some has come.
    pub content: Option<&'a RequestContent>,
    /// Where it was asked.
    pub here: &'a Site,
    /// Every scenario of the lab, for those that list or play others.
    pub groups: &'static [&'static Group],
}

impl LabRequest<'_> {
    /// The argument in this place as a status code of a redirect.
    pub(super) fn code(&self, at: usize) -> Result<u16, RequestRefusal> {
        redirect_code(&self.args[at])
    }

    /// The status code that `?code=` asks for; 302 otherwise.
    pub(super) fn chosen_code(&self) -> Result<u16, RequestRefusal> {
        self.query("code")
            .map_or(Ok(302), |code| redirect_code(&code))
    }

    /// The first value of this name in the query.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        self.queries()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }

    /// Names and values of the query.
    pub(super) fn queries(&self) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        url::form_urlencoded::parse(self.head.query().unwrap_or_default())
    }

    /// The query as it was sent, with its question mark; empty where there is none.
    pub(super) fn raw_query(&self) -> Vec<u8> {
        self.head
            .query()
            .map_or_else(Vec::new, |query| [b"?", query].concat())
    }

    /// A redirect to `location`, rendered to suit the request.
    pub(super) fn redirect(&self, code: u16, location: impl AsRef<[u8]>) -> LabAnswer {
        Reply::redirect(code, location).to(self.head)
    }

    /// A redirect with these field lines, in which `{here}`, `{name}` and `{port}` are filled in.
    pub(super) fn redirect_with(&self, lines: &[&[u8]]) -> Result<LabAnswer, RequestRefusal> {
        let here = self.here;
        let (authority, port) = (here.authority(), here.port.to_string());
        let places: [(&[u8], &str); 3] = [
            (b"{here}", &authority),
            (b"{name}", &here.name),
            (b"{port}", &port),
        ];
        let mut raw = Vec::new();
        for line in lines {
            raw.extend(filled(line, &places));
            raw.extend_from_slice(b"\r\n");
        }
        Ok(Reply::new(self.chosen_code()?)
            .lines(&raw)
            .text("an odd Location\n")
            .to(self.head))
    }

    /// The cookies sent.
    pub(super) fn cookies(&self) -> Vec<(String, String)> {
        let lines = self
            .head
            .headers
            .all("cookie")
            .map(String::from_utf8_lossy)
            .collect::<Vec<_>>();
        let pairs = lines
            .iter()
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }
}

/// `line` with the value of each place instead of its name.
fn filled(line: &[u8], places: &[(&[u8], &str)]) -> Vec<u8> {
    let mut filled = Vec::with_capacity(line.len() + 32);
    let mut rest = line;
    while let [first, tail @ ..] = rest {
        if let Some((name, value)) = places.iter().find(|(name, _)| rest.starts_with(name)) {
            filled.extend_from_slice(value.as_bytes());
            rest = &rest[name.len()..];
        } else {
            filled.push(*first);
            rest = tail;
        }
    }
    filled
}

/// The status code of a redirect that `text` spells.
pub(super) fn redirect_code(text: &str) -> Result<u16, RequestRefusal> {
    let code = text.parse().ok().filter(|code| (300..=399).contains(code));
    code.ok_or_else(|| {
        RequestRefusal::bad(format!(
            "a redirect has a code from 300 to 399, not {text:?}"
        ))
    })
}

/// The final status code that `text` spells; what is more than a standard status is allowed, as clients have to be.
pub(super) fn final_code(text: &str) -> Result<u16, RequestRefusal> {
    let code = text.parse().ok().filter(|code| (200..=999).contains(code));
    code.ok_or_else(|| {
        RequestRefusal::bad(format!("a final status is from 200 to 999, not {text:?}"))
    })
}
