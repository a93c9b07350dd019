//! The places that rules and findings cite.

/// RFC 9110 §15.4, the 3xx class as a whole.
pub const REDIRECTION_3XX: &str = "https://www.rfc-editor.org/rfc/rfc9110#section-15.4";
/// RFC 9110 §15.4.1, 300.
pub const MULTIPLE_CHOICES: &str = "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.1";
/// RFC 9110 §15.4.2, 301.
pub const MOVED_PERMANENTLY: &str = "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.2";
/// RFC 9110 §15.4.3, 302.
pub const FOUND: &str = "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.3";
/// RFC 9110 §15.4.4, 303.
pub const SEE_OTHER: &str = "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.4";
/// RFC 9110 §15.4.5, 304.
pub const NOT_MODIFIED: &str = "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5";
/// RFC 9110 §15.4.6, 305.
pub const USE_PROXY: &str = "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.6";
/// RFC 9110 §15.4.7, 306.
pub const UNUSED: &str = "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.7";
/// RFC 9110 §15.4.8, 307.
pub const TEMPORARY_REDIRECT: &str = "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.8";
/// RFC 9110 §15.4.9, 308.
pub const PERMANENT_REDIRECT: &str = "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.9";
/// Erratum 7109 to RFC 9110 §15.4.9: the sentence that 308 must keep the method.
pub const ERRATUM_7109: &str = "https://www.rfc-editor.org/errata/eid7109";
/// RFC 9110 §10.2.2, Location.
pub const LOCATION: &str = "https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2";
/// RFC 9110 §10.1.1, Expect.
pub const EXPECT: &str = "https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1";
/// RFC 9110 §9.3.1, GET.
pub const GET: &str = "https://www.rfc-editor.org/rfc/rfc9110#section-9.3.1";
/// RFC 9110 §4.2.4, userinfo in http(s) URIs.
pub const USERINFO: &str = "https://www.rfc-editor.org/rfc/rfc9110#section-4.2.4";
/// RFC 9110 §4.3.4, https certificate verification.
pub const CERTIFICATES: &str = "https://www.rfc-editor.org/rfc/rfc9110#section-4.3.4";
/// RFC 9110 §17.16, disclosure of credentials and of what they protect.
pub const CREDENTIALS: &str = "https://www.rfc-editor.org/rfc/rfc9110#section-17.16";
/// RFC 9112 §8, messages that end before their content does.
pub const INCOMPLETE: &str = "https://www.rfc-editor.org/rfc/rfc9112#section-8";
/// RFC 9112 §9.3.1, sending a request again after its connection closed.
pub const RETRIES: &str = "https://www.rfc-editor.org/rfc/rfc9112#section-9.3.1";
/// RFC 9112 §9.5, watching for an early answer while sending.
pub const EARLY_ANSWER: &str = "https://www.rfc-editor.org/rfc/rfc9112#section-9.5";
/// RFC 10008 §2.5, QUERY and redirects.
pub const QUERY: &str = "https://www.rfc-editor.org/rfc/rfc10008#section-2.5";
/// RFC 6265bis §5.7, which cookies are kept.
pub const COOKIE_STORAGE: &str =
    "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.7";
/// RFC 6265bis §4.1.3, names that promise something.
pub const COOKIE_PREFIXES: &str =
    "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.3";
/// RFC 9110 §10.1.3, Referer.
pub const REFERER: &str = "https://www.rfc-editor.org/rfc/rfc9110#section-10.1.3";
/// Referrer Policy, what goes along.
pub const REFERRER_POLICY: &str = "https://www.w3.org/TR/referrer-policy/#referrer-policies";
/// RFC 6797, HSTS.
pub const HSTS: &str = "https://www.rfc-editor.org/rfc/rfc6797";
/// CWE-918, server-side request forgery.
pub const SSRF: &str = "https://cwe.mitre.org/data/definitions/918.html";
/// RFC 3986 §4.1, URI-reference.
pub const URI_REFERENCE: &str = "https://www.rfc-editor.org/rfc/rfc3986#section-4.1";
/// RFC 3986 §2.4, when to encode.
pub const PERCENT_ENCODING: &str = "https://www.rfc-editor.org/rfc/rfc3986#section-2.4";
/// WHATWG URL, parsing.
pub const WHATWG_URL: &str = "https://url.spec.whatwg.org/#concept-basic-url-parser";
/// Fetch, the algorithm that browsers follow.
pub const FETCH_REDIRECT: &str = "https://fetch.spec.whatwg.org/#http-redirect-fetch";
/// HTML, the Refresh header.
pub const REFRESH: &str =
    "https://html.spec.whatwg.org/multipage/semantics.html#attr-meta-http-equiv-refresh";
