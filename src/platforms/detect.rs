//! What a file is, by its name, its content, and the files beside it.

use std::ffi::OsStr;
use std::path::Path;

use super::redirects::RedirectsDialect;
use crate::model::enumerated;

enumerated! {
    /// The types of rules files that are read.
    #[non_exhaustive]
    pub enum RuleFormat {
        /// `_redirects`, in three dialects.
        Redirects = "redirects",
        /// A CSV or TSV map of old and new URLs.
        Csv = "csv",
        /// `netlify.toml`.
        Netlify = "netlify",
        /// `vercel.json`.
        Vercel = "vercel",
        /// Next's `routes-manifest.json`.
        Next = "next",
        /// `.htaccess` and other configuration of Apache.
        Apache = "apache",
        /// Configuration of nginx.
        Nginx = "nginx",
    }
}

/// The type of a file of this name, with this content; `None` where neither tells.
#[must_use]
pub fn detect(name: &str, content: &[u8]) -> Option<RuleFormat> {
    let text = String::from_utf8_lossy(content);
    let is_conf = has_extension(name, &["conf"]);
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match name {
        "_redirects" | "__redirects" | "_redirects.txt" => Some(RuleFormat::Redirects),
        _ if has_extension(name, &["csv", "tsv"]) => Some(RuleFormat::Csv),
        "netlify.toml" => Some(RuleFormat::Netlify),
        "vercel.json" => Some(RuleFormat::Vercel),
        "routes-manifest.json" => Some(RuleFormat::Next),
        ".htaccess" | "httpd.conf" | "apache2.conf" => Some(RuleFormat::Apache),
        "nginx.conf" => Some(RuleFormat::Nginx),
        _ if has(&[
            "RewriteRule",
            "RewriteEngine",
            "RedirectMatch",
            "RedirectPermanent",
        ]) =>
        {
            Some(RuleFormat::Apache)
        }
        _ if is_conf && has(&["return 30", "rewrite ^", "server_name", "location "]) => {
            Some(RuleFormat::Nginx)
        }
        _ => None,
    }
}

fn has_extension(name: &str, known: &[&str]) -> bool {
    let extension = Path::new(name).extension().and_then(OsStr::to_str);
    extension.is_some_and(|extension| {
        known
            .iter()
            .any(|known| known.eq_ignore_ascii_case(extension))
    })
}

/// Whose `_redirects` it is, by the names of the files and folders beside it.
#[must_use]
pub fn dialect(neighbours: &[&str]) -> Option<RedirectsDialect> {
    let beside = |known: &[&str]| neighbours.iter().any(|name| known.contains(name));
    if beside(&["netlify.toml"]) {
        Some(RedirectsDialect::Netlify)
    } else if beside(&[
        "wrangler.toml",
        "wrangler.json",
        "wrangler.jsonc",
        "functions",
    ]) {
        Some(RedirectsDialect::Cloudflare)
    } else if beside(&[".gitlab-ci.yml"]) {
        Some(RedirectsDialect::Gitlab)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_name_else_by_content() {
        for (name, content, kind) in [
            ("_redirects", "", Some(RuleFormat::Redirects)),
            ("vercel.json", "{}", Some(RuleFormat::Vercel)),
            ("map.CSV", "/a,/b", Some(RuleFormat::Csv)),
            (".htaccess", "", Some(RuleFormat::Apache)),
            ("site.txt", "RewriteEngine On\n", Some(RuleFormat::Apache)),
            (
                "www.conf",
                "location = /a { return 301 /b; }",
                Some(RuleFormat::Nginx),
            ),
            ("notes.txt", "hello", None),
        ] {
            assert_eq!(detect(name, content.as_bytes()), kind, "{name}");
        }
    }

    #[test]
    fn dialect_is_told_by_what_stands_beside() {
        assert_eq!(
            dialect(&["a", "wrangler.toml"]),
            Some(RedirectsDialect::Cloudflare)
        );
        assert_eq!(
            dialect(&["netlify.toml", ".gitlab-ci.yml"]),
            Some(RedirectsDialect::Netlify)
        );
        assert_eq!(dialect(&["index.html"]), None);
    }
}
