//! Where a redirect leads that its server most likely did not mean: another port, a query twice, an escape of an escape, a
//! URL within a URL without end.

use std::collections::HashSet;

use url::{Position, Url};

use super::facts::{Facts, Slip};
use super::{Finding, Note, findings};
use crate::model::percent;

/// Redirects in a row that wrap the URL before them, before they are called a circle: one leads to a login page, and two
/// to a login page of another server.
const WRAPS: usize = 3;

/// What the redirect at hop `n`, from one URL to another, raises.
#[must_use]
pub fn slips(n: usize, from: &Url, to: &Url) -> Vec<Finding> {
    let raised = [
        port_changed(from, to),
        query_doubled(from, to),
        escaped_twice(from, to),
    ];
    let raised = raised.into_iter().flatten();
    raised
        .map(|(note, slip)| Finding {
            note,
            hop: Some(n),
            facts: Facts::Slip(slip),
        })
        .collect()
}

type RaisedSlip = (&'static Note, Slip);

/// The same host with a port that it had not, or without the one that it had. Two ports that are both written out are meant.
fn port_changed(from: &Url, to: &Url) -> Option<RaisedSlip> {
    let slip = || Slip::PortChanged {
        from: from.port(),
        to: to.port(),
    };
    let is_http = matches!(to.scheme(), "http" | "https");
    let is_same_host = is_http && from.host() == to.host();
    let changed = from.port().is_some() != to.port().is_some();
    (is_same_host && changed).then(|| (&findings::PORT_CHANGED, slip()))
}

/// The query of the request, between delimiters, more than once.
fn query_doubled(from: &Url, to: &Url) -> Option<RaisedSlip> {
    let query = from.query().filter(|query| !query.is_empty())?;
    let target = to.query()?;
    let is_bound = |neighbour: Option<char>| neighbour.is_none_or(|c| "&?;".contains(c));
    let stands_alone = |(at, _): &(usize, &str)| {
        is_bound(target[..*at].chars().next_back())
            && is_bound(target[at + query.len()..].chars().next())
    };
    let count = target.match_indices(query).filter(stands_alone).count();
    (count > 1).then_some((&findings::QUERY_DOUBLED, Slip::QueryDoubled))
}

/// A segment or a parameter that stands in the target with its `%` escaped once more. A URL that is the value of a
/// parameter is no such thing: there the escape is due.
fn escaped_twice(from: &Url, to: &Url) -> Option<RaisedSlip> {
    let in_target: HashSet<&str> = pieces(to).collect();
    let escaped = pieces(from)
        .filter(|piece| in_target.contains(piece.replace('%', "%25").as_str()))
        .find_map(escape)?;
    let escape = escaped.to_owned();
    Some((&findings::ESCAPED_TWICE, Slip::EscapedTwice { escape }))
}

/// The segments of the path and the parameters of the query.
fn pieces(url: &Url) -> impl Iterator<Item = &str> {
    let query = url.query().unwrap_or_default();
    url.path().split('/').chain(query.split('&'))
}

/// The first `%XX`.
fn escape(piece: &str) -> Option<&str> {
    let is_escape = |text: &&str| text.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit());
    piece
        .match_indices('%')
        .filter_map(|(at, _)| piece.get(at..at + 3))
        .find(is_escape)
}

/// What a chain of these redirects, each from one URL to the next, raises: several in a row that wrap the URL before them
/// and come back to the same page.
#[must_use]
pub fn growing<'a>(redirects: impl Iterator<Item = (&'a Url, &'a Url)>) -> Option<Finding> {
    let mut run: Vec<&Url> = Vec::new();
    let mut longest: Vec<&Url> = Vec::new();
    for (from, to) in redirects {
        if !wraps(to, from) {
            run.clear();
            continue;
        }
        if run.is_empty() {
            run.push(from);
        }
        run.push(to);
        if run.len() > longest.len() {
            longest.clone_from(&run);
        }
    }
    let redirects = longest
        .len()
        .checked_sub(1)
        .filter(|count| *count >= WRAPS)?;
    let pages: HashSet<&str> = longest.iter().map(|url| page(url)).collect();
    let (first, last) = (longest[0], longest[redirects]);
    let facts = Slip::Growing {
        redirects,
        from: first.as_str().len(),
        to: last.as_str().len(),
    };
    (pages.len() < longest.len()).then_some(Finding {
        note: &findings::GROWING_TARGET,
        hop: None,
        facts: Facts::Slip(facts),
    })
}

/// Whether the query of `to` holds path and query of `from`, escaped or not.
fn wraps(to: &Url, from: &Url) -> bool {
    let inner = &from[Position::BeforePath..Position::AfterQuery];
    let holds = |query: &str| {
        let plain = percent::decoded_text(query);
        query.contains(inner)
            || plain.contains(inner)
            || plain.contains(&percent::decoded_text(inner))
    };
    to.as_str().len() > from.as_str().len() && to.query().is_some_and(holds)
}

/// The URL without query and fragment.
fn page(url: &Url) -> &str {
    &url[..Position::AfterPath]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn targets_that_nobody_meant_are_told() {
        for (from, to, ids) in [
            ("http://h/", "http://h:8080/", &["port-changed"][..]),
            ("https://h:8443/", "https://h/", &["port-changed"]),
            ("http://h/", "https://h/", &[]),
            ("http://h:80/", "http://h/", &[]),
            ("http://h:8080/", "https://h:8443/", &[]),
            ("http://h/", "http://i:8080/", &[]),
            (
                "http://h/?a=1&b",
                "http://h/?a=1&b&a=1&b",
                &["query-doubled"],
            ),
            ("http://h/?a=1", "http://h/x?a=1?a=1", &["query-doubled"]),
            ("http://h/?a=1", "http://h/x?a=1&b=1&a=11", &[]),
            ("http://h/?a=1&a=1", "http://h/x?a=1&a=1", &[]),
            ("http://h/?", "http://h/x?&", &[]),
            ("http://h/a%20b", "http://h/c/a%2520b", &["escaped-twice"]),
            (
                "http://h/?q=a%2Fb",
                "http://h/s?x=1&q=a%252Fb",
                &["escaped-twice"],
            ),
            ("http://h/a%20b", "http://h/a%20b/", &[]),
            ("http://h/a%2520b", "http://h/c/a%2520b", &[]),
            ("http://h/a%20b", "http://h/login?next=%2Fa%2520b", &[]),
            ("http://h/100%", "http://h/100%25", &[]),
        ] {
            let raised = slips(1, &url(from), &url(to));
            let found: Vec<_> = raised.iter().map(|finding| finding.note.id).collect();
            assert_eq!(found, ids, "{from} to {to}");
        }
    }

    #[test]
    fn a_login_that_wraps_itself_is_told_from_one_that_wraps_a_page() {
        let grows = |urls: &[&str]| {
            let urls: Vec<Url> = urls
                .iter()
                .map(|path| url(&format!("http://h{path}")))
                .collect();
            growing(urls.windows(2).map(|pair| (&pair[0], &pair[1]))).map(|finding| finding.facts)
        };
        let escaped = [
            "/a",
            "/login?next=%2Fa",
            "/login?next=%2Flogin%3Fnext%3D%252Fa",
            "/login?next=%2Flogin%3Fnext%3D%252Flogin%253Fnext%253D%25252Fa",
        ];
        let told = Facts::Slip(Slip::Growing {
            redirects: 3,
            from: "http://h/a".len(),
            to: "http://h".len() + escaped[3].len(),
        });
        assert_eq!(grows(&escaped), Some(told));
        for (urls, told) in [
            (&escaped[..3], false),
            (
                &["/a", "/l?n=/a", "/l?n=/l?n=/a", "/l?n=/l?n=/l?n=/a", "/b"],
                true,
            ),
            (
                &["/a", "/l?n=/a", "/m?n=/l?n=/a", "/l?n=/m?n=/l?n=/a"],
                true,
            ),
            (
                &["/a", "/l?n=/a", "/m?n=/l?n=/a", "/o?n=/m?n=/l?n=/a"],
                false,
            ),
            (&["/a", "/l?n=/a", "/l?n=/a", "/l?n=/a", "/l?n=/a"], false),
            (&["/a", "/b", "/c", "/d"], false),
            (&[], false),
        ] {
            assert_eq!(grows(urls).is_some(), told, "{urls:?}");
        }
    }
}
