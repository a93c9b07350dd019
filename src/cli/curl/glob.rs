//! Braces and brackets in curl's URLs: sets and ranges, unless `--globoff` stands there.

use crate::exit::UsageError;
use crate::intake::shown_without_userinfo;

/// The URL without the backslashes that keep its brackets from meaning something.
///
/// # Errors
/// Where it stands for several URLs, or for one with another spelling.
pub(super) fn literal(url: &str) -> Result<String, UsageError> {
    let mut literal = String::with_capacity(url.len());
    let mut rest = url.chars();
    while let Some(c) = rest.next() {
        match (c, rest.as_str().chars().next()) {
            ('\\', Some(bracket @ ('{' | '}' | '[' | ']'))) => {
                literal.push(bracket);
                rest.next();
            }
            ('{', _) if rest.as_str().contains('}') => return Err(globbed(url)),
            ('[', _)
                if rest
                    .as_str()
                    .split_once(']')
                    .is_some_and(|(range, _)| is_range(range)) =>
            {
                return Err(globbed(url));
            }
            _ => literal.push(c),
        }
    }
    Ok(literal)
}

fn globbed(url: &str) -> UsageError {
    let says = format!(
        "curl would take `{}` for a set of URLs",
        shown_without_userinfo(url)
    );
    UsageError::new(
        says,
        "add --globoff where the brackets stand for themselves, or name each URL",
    )
}

/// `1-10`, `001-100:5`, `a-z`.
fn is_range(text: &str) -> bool {
    let range = text.split_once(':').map_or(text, |(range, _)| range);
    let letter = |text: &str| text.len() == 1 && text.chars().all(|c| c.is_ascii_alphabetic());
    let number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    range
        .split_once('-')
        .is_some_and(|(from, to)| (letter(from) && letter(to)) || (number(from) && number(to)))
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn only_what_curl_would_expand_is_refused() {
        for (typed, meant) in [
            ("http://x/a", Some("http://x/a")),
            ("http://[::1]/", Some("http://[::1]/")),
            ("http://x/?a[]=1&b[c]=2", Some("http://x/?a[]=1&b[c]=2")),
            (r"http://x/?a\[0\]=\{1\}", Some("http://x/?a[0]={1}")),
            ("http://x/?re=a{", Some("http://x/?re=a{")),
            ("http://x/{a,b}", None),
            ("http://x/{id}", None),
            ("http://x/[1-3]", None),
            ("http://x/[001-100:5]", None),
            ("http://x/[a-z]", None),
        ] {
            assert_eq!(literal(typed).ok().as_deref(), meant, "{typed}");
        }
    }
}
