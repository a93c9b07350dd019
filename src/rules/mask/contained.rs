//! Which secrets something holds, by name: what a leak is called.

use std::borrow::Cow;

use url::{Url, form_urlencoded};

use super::inline;
use super::names::Names;

/// What in a URL is secret: `userinfo`, and its parameters by name.
#[must_use]
pub fn names_in_url(url: &str) -> Vec<String> {
    let Ok(url) = Url::parse(url) else {
        return Vec::new();
    };
    let userinfo = !url.username().is_empty() || url.password().is_some();
    let mut names: Vec<String> = userinfo
        .then(|| "userinfo".to_owned())
        .into_iter()
        .collect();
    names.extend(url.query_pairs().filter_map(secret_name));
    names
}

/// What in content is secret, by name: of a form, of JSON, or of a form in parts.
#[must_use]
pub fn names_in_content(content: &[u8]) -> Vec<String> {
    let known = Names(&[]);
    let of_json = inline::members(content)
        .filter(|name| known.is_parameter(name))
        .map(str::to_owned);
    let of_parts = parts(content)
        .filter(|name| known.is_parameter(name))
        .map(str::to_owned);
    let is_form = !content.trim_ascii_start().starts_with(b"{") && !content.starts_with(b"--");
    let form = if is_form { content } else { b"" };
    let of_form = form_urlencoded::parse(form).filter_map(secret_name);
    let mut names: Vec<String> = of_json.chain(of_parts).chain(of_form).collect();
    names.dedup();
    names
}

/// The name of a parameter whose name or value says that it is secret.
fn secret_name((name, value): (Cow<str>, Cow<str>)) -> Option<String> {
    let shaped = inline::shapes(value.as_bytes()) != value.as_bytes();
    let is_secret = !value.is_empty() && (Names(&[]).is_parameter(&name) || shaped);
    is_secret.then(|| name.into_owned())
}

/// The names of the parts of a multipart form ([RFC 7578 §4.2](https://www.rfc-editor.org/rfc/rfc7578#section-4.2)).
fn parts(content: &[u8]) -> impl Iterator<Item = &str> {
    let lines = content
        .split(|byte| *byte == b'\n')
        .filter_map(|line| str::from_utf8(line).ok());
    let disposition = |line: &&str| {
        line.to_ascii_lowercase()
            .starts_with("content-disposition:")
    };
    let named = lines
        .filter(disposition)
        .filter_map(|line| line.split("name=\"").nth(1));
    named.filter_map(|rest| rest.split('"').next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_named() {
        assert_eq!(
            names_in_url("http://u:p@h/?a=1&token=x&b=ghp_0123456789"),
            ["userinfo", "token", "b"]
        );
        assert_eq!(names_in_url("http://h/?token="), [""; 0]);
        for (content, names) in [
            ("a=1&password=x", &["password"][..]),
            ("{\"a\": {\"client_secret\": \"x\"}}", &["client_secret"]),
            (
                "--b\r\nContent-Disposition: form-data; name=\"pin\"\r\n\r\n1\r\n--b--",
                &["pin"],
            ),
            ("plain text", &[]),
        ] {
            assert_eq!(names_in_content(content.as_bytes()), names, "{content}");
        }
    }
}
