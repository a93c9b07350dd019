//! GitLab Pages' `_redirects`: `from to [status]`.
//!
//! Read from the source of gitlab-pages and of the Go library that it parses with (`tj/go-redirects`); it was not run.

use super::draft::{Draft, fault};
use crate::platforms::answer::Answer;
use crate::platforms::file::{FileFault, Remark, RuleEngine, RuleFile};
use crate::platforms::index::RuleIndex;
use crate::platforms::lint_id::LintId;
use crate::platforms::rule::{Rule, RuleId};
use crate::platforms::sample::sample;
use crate::platforms::target::{answer_of, is_absolute, kind_of, unfilled};
use crate::platforms::text::{TextLine, text_lines};
use crate::platforms::visit::Visit;
use crate::platforms::wildcard::{SplatKind, Wildcard, WildcardPiece, WildcardTaken};

/// Limits of the server's default settings (<https://docs.gitlab.com/user/project/pages/redirects/#limits>).
const LARGEST_FILE: usize = 64 * 1024;
const MOST_RULES: usize = 1000;
const MOST_SEGMENTS: usize = 25;

/// The rules of a file.
pub(super) fn read(text: &str) -> Result<RuleFile, Vec<FileFault>> {
    if text.len() > LARGEST_FILE {
        let says =
            "the file is larger than 64 KiB, and GitLab Pages takes nothing of it".to_owned();
        return Err(vec![FileFault { place: None, says }]);
    }
    let mut draft = Draft::new();
    for line in text_lines(text) {
        let Some(fields) = fields(line)? else {
            continue;
        };
        match rule(line, &fields) {
            Ok(_) if draft.rules.len() == MOST_RULES => {
                draft.drop_line(line, format!("it is behind the {MOST_RULES}th rule"));
            }
            Ok((rule, engine_rule)) => draft.add(rule, engine_rule),
            Err(reason) => draft.drop_line(line, reason),
        }
    }
    Ok(draft.finish(GitlabEngine::new))
}

/// What a line says, before anything of it is judged.
struct Fields<'t> {
    from: &'t str,
    to: &'t str,
    status: u16,
    /// What makes the rule invalid whatever it says.
    excess: Option<&'static str>,
}

/// The fields of a line; nothing for a blank line and a comment.
fn fields(line: TextLine<'_>) -> Result<Option<Fields<'_>>, Vec<FileFault>> {
    let words: Vec<&str> = line.words();
    let (from, to, rest) = match words.as_slice() {
        [] => return Ok(None),
        [first, ..] if first.starts_with('#') => return Ok(None),
        [_] => {
            return Err(fault(
                line,
                "a line of one word makes GitLab Pages take the whole file as empty, without an error; write the target behind it",
            ));
        }
        [from, to, rest @ ..] => (*from, *to, rest),
    };
    let word = rest.first().copied().unwrap_or("301");
    let number = word.trim_end_matches('!');
    let Ok(status) = number.parse() else {
        return Err(fault(
            line,
            "its third word is no number, and GitLab Pages takes nothing of such a file (there are no comments behind a rule)",
        ));
    };
    let excess = match rest {
        [word, ..] if word.ends_with('!') => {
            Some("GitLab Pages has no forced rules (!): files always win")
        }
        [_, _, ..] => Some("it has parameters, which GitLab Pages does not support"),
        _ => None,
    };
    Ok(Some(Fields {
        from,
        to,
        status,
        excess,
    }))
}

fn rule(line: TextLine<'_>, fields: &Fields<'_>) -> Result<(Rule, GitlabRule), String> {
    let Fields {
        from,
        to,
        status,
        excess,
    } = *fields;
    if let Some(reason) = excess {
        return Err(reason.to_owned());
    }
    if ![200, 301, 302].contains(&status) {
        return Err(format!("its status {status} is none of 200, 301 and 302"));
    }
    if status == 200 && is_absolute(to) {
        return Err("it serves (200) another origin, which only a redirect can lead to".to_owned());
    }
    if !to.starts_with('/') && !is_absolute(to) {
        return Err("its target begins with neither / nor http".to_owned());
    }
    let (host, path) = split_host(from)?;
    if path.split('/').count() > MOST_SEGMENTS + 1 {
        return Err(format!("its source has more than {MOST_SEGMENTS} segments"));
    }
    let rule = Rule {
        place: line.place(),
        from: from.to_owned(),
        hosts: host.iter().cloned().collect(),
        to: Some(to.to_owned()),
        status: Some(status),
        kind: kind_of(status, Some(to)),
    };
    let path = Wildcard::new(pieces(&tidy(path)), true);
    Ok((
        rule,
        GitlabRule {
            host,
            path,
            to: to.to_owned(),
            status,
        },
    ))
}

/// The host of an absolute source (GitLab 16.8 and later), and the path.
fn split_host(from: &str) -> Result<(Option<String>, &str), String> {
    if from.starts_with('/') {
        return Ok((None, from));
    }
    let Some((_, rest)) = from.split_once("://") else {
        return Err("its source does not begin with /".to_owned());
    };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    Ok((Some(host.to_ascii_lowercase()), path))
}

/// A `*` and a `:name` count as whole segments only.
fn pieces(path: &str) -> Vec<WildcardPiece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    for segment in path.split('/').skip(1) {
        if segment == "*" {
            pieces.push(WildcardPiece::Text(std::mem::take(&mut text)));
            pieces.push(WildcardPiece::Splat(SplatKind::Below));
            continue;
        }
        text.push('/');
        let name = segment.strip_prefix(':').unwrap_or_default();
        if !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphabetic()) {
            pieces.push(WildcardPiece::Text(std::mem::take(&mut text)));
            pieces.push(WildcardPiece::Name(name.to_owned()));
        } else {
            text.push_str(segment);
        }
    }
    pieces.push(WildcardPiece::Text(text));
    pieces.retain(|piece| !matches!(piece, WildcardPiece::Text(text) if text.is_empty()));
    pieces
}

/// A path with its repeated slashes made one and without the last: GitLab Pages ignores both.
fn tidy(path: &str) -> String {
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    segments.fold(String::new(), |path, segment| path + "/" + segment)
}

/// A rule as the engine needs it.
#[derive(Debug)]
struct GitlabRule {
    host: Option<String>,
    path: Wildcard,
    to: String,
    status: u16,
}

impl GitlabRule {
    fn knows(&self, name: &str) -> bool {
        let sample = self.path.samples().into_iter().next().unwrap_or_default();
        let taken = self.path.take(&sample).unwrap_or_default();
        taken.iter().any(|(known, _)| known == name)
    }

    /// The target with its names filled; those that nothing gives become empty, and repeated slashes one.
    fn location(&self, taken: &WildcardTaken) -> String {
        let mut to = self.to.clone();
        let mut names = taken.clone();
        names.extend(
            unfilled(&self.to, |name| self.knows(name))
                .into_iter()
                .map(|name| (name, String::new())),
        );
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        for (name, value) in names {
            to = to.replace(&format!(":{name}"), &value);
        }
        let begin = to.find("://").map_or(0, |at| at + 3);
        let (origin, mut path) = (to[..begin].to_owned(), to[begin..].to_owned());
        while path.contains("//") {
            path = path.replace("//", "/");
        }
        origin + &path
    }
}

/// The rules in the order in which they are tried, found without regard to case.
#[derive(Debug)]
struct GitlabEngine {
    rules: Vec<GitlabRule>,
    index: RuleIndex,
}

impl GitlabEngine {
    fn new(rules: Vec<GitlabRule>) -> Self {
        let mut index = RuleIndex::default();
        for (id, rule) in rules.iter().enumerate() {
            match rule.path.exact() {
                Some(path) => index.add_exact(&path.to_ascii_lowercase(), id),
                None => index.add_below(&rule.path.segments().to_ascii_lowercase(), id),
            }
        }
        Self { rules, index }
    }
}

impl RuleEngine for GitlabEngine {
    fn answer(&self, visit: &Visit) -> Answer {
        let path = tidy(&visit.path);
        for id in self.index.candidates(&path.to_ascii_lowercase()) {
            let rule = &self.rules[id];
            let here = rule.host.as_ref().is_none_or(|host| *host == visit.host);
            if let Some(taken) = rule.path.take(&path).filter(|_| here) {
                return answer_of(id, rule.status, rule.location(&taken));
            }
        }
        Answer::Pass
    }

    fn samples(&self, rule: RuleId) -> Vec<Visit> {
        let rule = &self.rules[rule];
        let samples = rule.path.samples();
        samples
            .iter()
            .map(|path| sample(rule.host.as_deref(), path))
            .collect()
    }

    fn remarks(&self, rule: RuleId) -> Vec<Remark> {
        let rule = &self.rules[rule];
        let says = |name: String| Remark {
            id: LintId::PlaceholderUnfilled,
            says: format!("the source gives no :{name}, so it becomes empty in the Location"),
        };
        unfilled(&rule.to, |name| rule.knows(name))
            .into_iter()
            .map(says)
            .collect()
    }
}
