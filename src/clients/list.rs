//! Every measured client, the most used first; other names in brackets.

use std::sync::OnceLock;

use super::profile::Profile;

macro_rules! entries {
    ($($id:literal $(or $alias:literal)*,)*) => {
        [$(Entry::new($id, &[$($alias),*], include_str!(concat!("profiles/", $id, ".json")))),*]
    };
}

/// The measured clients, the most used first.
///
/// A short name goes to the newest version measured, in its most usual form.
pub(super) static MEASURED: [Entry; 97] = entries! {
    "chromium-fetch" or "chrome" or "chromium" or "edge",
    "chromium-nav" or "chrome-nav",
    "chromium-form" or "chrome-form",
    "webkit-fetch" or "safari" or "webkit",
    "webkit-nav" or "safari-nav",
    "webkit-form" or "safari-form",
    "firefox-fetch" or "firefox",
    "firefox-nav",
    "firefox-form",
    "curl8-L" or "curl",
    "curl8-L-X" or "curl-X",
    "curl-L",
    "curl-L-X",
    "requests" or "python",
    "node26-fetch" or "node",
    "axios",
    "go1.27" or "go",
    "java25-NORMAL" or "java",
    "okhttp3" or "okhttp" or "android",
    "urllib3",
    "dotnet3.1-HttpClient" or "dotnet" or "csharp",
    "php-curl" or "php",
    "guzzle",
    "wget",
    "wget-method",
    "httpx",
    "aiohttp",
    "rust-reqwest" or "reqwest" or "rust",
    "apache-httpclient4" or "apache",
    "newman" or "postman",
    "node-fetch2",
    "node-fetch3" or "node-fetch",
    "got16" or "got",
    "follow-redirects",
    "undici8-fetch" or "undici",
    "undici8-request",
    "urllib.request" or "urllib",
    "java25-HttpURLConnection" or "java-urlconnection",
    "request",
    "superagent",
    "ruby-net-http" or "net-http" or "ruby",
    "ruby-faraday_follow" or "faraday",
    "ruby-rest-client" or "rest-client",
    "ruby-httparty" or "httparty",
    "pycurl_natural" or "pycurl" or "libcurl",
    "bun-fetch" or "bun",
    "deno-fetch" or "deno",
    "httpie-3.2.4" or "httpie",
    "node20-fetch",
    "undici7-fetch",
    "go1.19",
    "java17-NORMAL",
    "java17-HttpURLConnection",
    "ky",
    "ofetch",
    "axios-fetch",
    "needle",
    "minipass-fetch",
    "php-stream",
    "php-curl-custom",
    "guzzle-strict",
    "perl-LWP" or "perl" or "lwp",
    "perl-HTTP-Tiny" or "http-tiny",
    "perl-Mojo" or "mojo",
    "rust-ureq" or "ureq",
    "rust-ureq-samehost",
    "rust-isahc" or "isahc",
    "rust-attohttpc" or "attohttpc",
    "xh",
    "hurl",
    "wget2",
    "aria2",
    "lychee",
    "oha",
    "httplib2",
    "tornado",
    "niquests",
    "curl_cffi",
    "apache-httpclient4-lax",
    "curl-L-post30x",
    "curl-location-trusted" or "curl-trusted",
    "curl8-follow-X",
    "curl8-follow" or "curl-follow",
    "got14",
    "got16-rewrite",
    "httpie-3.2.1",
    "java17-ALWAYS",
    "java25-ALWAYS",
    "perl-LWP-all",
    "pycurl_custom",
    "pycurl_firstonly",
    "pycurl_obeycode",
    "request-followAll",
    "ruby-excon_follow" or "excon",
    "ruby-http.rb" or "http.rb",
    "ruby-http.rb_nonstrict",
    "ruby-open-uri" or "open-uri",
};

/// An embedded profile.
pub(super) struct Entry {
    pub(super) id: &'static str,
    pub(super) aliases: &'static [&'static str],
    pub(super) text: &'static str,
    /// Boxed, so that a hundred profiles that nobody asks for are a hundred pointers.
    read: OnceLock<Box<Profile>>,
}

impl Entry {
    const fn new(id: &'static str, aliases: &'static [&'static str], text: &'static str) -> Self {
        Self {
            id,
            aliases,
            text,
            read: OnceLock::new(),
        }
    }

    pub(super) fn profile(&self) -> &Profile {
        self.read.get_or_init(|| {
            let profile =
                Profile::from_json(self.text).expect("embedded, and a test reads every one");
            Box::new(Profile {
                aliases: self.aliases.to_vec(),
                ..profile
            })
        })
    }
}

/// The measured clients, the most used first.
pub fn measured() -> impl Iterator<Item = &'static Profile> {
    MEASURED.iter().map(Entry::profile)
}
