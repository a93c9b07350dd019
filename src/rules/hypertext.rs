//! The short note with a link to the target that the content of a redirect usually holds, for people whose client does not
//! follow ([RFC 9110 §15.4.2](https://www.rfc-editor.org/rfc/rfc9110#section-15.4.2) to §15.4.9).

use url::{Position, Url};

use super::facts::{Facts, Slip};
use super::policy::is_redirect_status;
use super::{Finding, Redirect, findings};
use crate::model::{Request, Response};

/// Links that are looked at: a note that is short has no more.
const LINKS: usize = 64;

/// What the redirect at hop `n`, in answer to `request`, raises where its content holds no such note. Content that is not known whole, or coded, may
/// hold one.
#[must_use]
pub fn no_note(
    n: usize,
    request: &Request,
    response: &Response,
    redirect: &Redirect,
) -> Option<Finding> {
    let content = &response.content;
    let is_whole = content.complete && content.bytes == content.prefix.len() as u64;
    let is_plain = !response.headers.contains("content-encoding");
    let is_due = request.method.as_str() != "HEAD" && is_redirect_status(response.status);
    if !is_due || !is_whole || !is_plain || links_to(response, &request.target, redirect) {
        return None;
    }
    let facts = Slip::NoHypertextNote {
        bytes: content.bytes,
    };
    Some(Finding {
        note: &findings::NO_HYPERTEXT_NOTE,
        hop: Some(n),
        facts: Facts::Slip(facts),
    })
}

/// Whether the content links to the target or, where it is no HTML, names it.
fn links_to(response: &Response, base: &Url, redirect: &Redirect) -> bool {
    let text = String::from_utf8_lossy(&response.content.prefix);
    let target = plain(&redirect.target);
    let leads = |link: String| base.join(&link).is_ok_and(|url| plain(&url) == target);
    let location = String::from_utf8_lossy(&redirect.location);
    let names = |url: &str| !url.is_empty() && text.contains(url);
    links(&text).take(LINKS).any(leads)
        || (!is_html(response) && (names(&location) || names(target)))
}

fn is_html(response: &Response) -> bool {
    let kind = response.headers.get("content-type").unwrap_or_default();
    kind.to_ascii_lowercase()
        .windows(4)
        .any(|word| word == b"html")
}

/// The URL without its fragment, which a link may well leave out.
fn plain(url: &Url) -> &str {
    &url[..Position::AfterQuery]
}

/// What stands in every `href=`, its ampersands unescaped.
fn links(html: &str) -> impl Iterator<Item = String> {
    let lower = html.to_ascii_lowercase();
    let ends: Vec<usize> = lower.match_indices("href").map(|(at, _)| at + 4).collect();
    ends.into_iter().filter_map(|end| {
        let value = html[end..].trim_start().strip_prefix('=')?.trim_start();
        let link = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next(),
            _ => value
                .split(|c: char| c.is_ascii_whitespace() || c == '>')
                .next(),
        };
        link.map(|link| link.replace("&amp;", "&"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_as_html_writes_them() {
        for (html, found) in [
            ("<a href=\"/b\">", &["/b"][..]),
            ("<A HREF = '/b?x=1&amp;y'>here", &["/b?x=1&y"]),
            ("<a href=/b>x</a><a href=c id=1>", &["/b", "c"]),
            ("href", &[]),
            ("<a href=", &[]),
            ("é<a href=\"", &[""]),
            ("no link to /b", &[]),
        ] {
            assert_eq!(links(html).collect::<Vec<_>>(), found, "{html}");
        }
    }
}
