//! Which header fields survive a redirect.
//!
//! [RFC 9110 §15.4](https://www.rfc-editor.org/rfc/rfc9110#section-15.4), items 2, 3 and 5, and
//! [Fetch, HTTP-redirect fetch](https://fetch.spec.whatwg.org/#http-redirect-fetch), steps 12 and 13. A cookie jar
//! makes its cookies anew for each request: they do not pass through this file.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::Url;

use super::location::{ReferenceForm, Target};
use super::policy::{
    AlsoCompared, ComparedWith, Credential, CredentialScope, HostField, HostScope, Kept,
    OriginCrossing, Policy, PortScope, Referer, SchemeScope, TargetForm, Userinfo,
};
use crate::model::{Headers, Method, percent};

/// Fields that frame content or ask about it before it is sent: without content they are wrong
/// ([§10.1.1](https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1) for Expect).
const FRAMING: [&str; 3] = ["content-length", "transfer-encoding", "expect"];

/// One redirect, as far as fields are concerned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Passage<'a> {
    /// The policy of the client that follows.
    pub(super) policy: &'a Policy,
    /// The status of the response.
    pub(super) code: u16,
    /// The target URI of the first request.
    pub(super) first: &'a Target,
    /// That of the request which was answered.
    pub(super) from: &'a Target,
    /// That of the next one.
    pub(super) to: &'a Target,
    /// The next method.
    pub(super) method: &'a Method,
    /// Whether content fields go because the method changes.
    pub(super) rewritten: bool,
    /// Whether the rules leave content behind, whether or not there is any.
    pub(super) drops: bool,
    /// Whether content was there and is left behind.
    pub(super) emptied: bool,
    /// The Referrer-Policy of the redirect response.
    pub(super) referrer_policy: Option<&'a str>,
}

impl Passage<'_> {
    /// Whether scheme, host or port change.
    pub(super) fn is_cross_origin(&self) -> bool {
        !self.from.same_origin(self.to)
    }

    /// Whether TLS ends here.
    fn is_downgrade(&self) -> bool {
        self.from.scheme == "https" && self.to.scheme == "http"
    }

    /// Removes the fields that describe the content or frame it, where the method changes or the content is dropped.
    pub(super) fn leave_content_fields(&self, fields: &mut Headers) {
        let rules = &self.policy.content_fields;
        if self.rewritten && rules.when_rewritten.iter().any(|name| name == "*") {
            *fields = Headers::new();
        }
        if self.rewritten {
            remove(fields, &rules.when_rewritten);
        }
        if self.emptied {
            remove(fields, &rules.with_content);
        }
        if let Some(names) = rules.on.get(&self.code) {
            remove(fields, names);
        }
        if self.rewritten || self.drops {
            remove(fields, &FRAMING);
        }
    }

    /// Removes what belongs to the origin that is left: from `fields` of the next request, and from `lasting`, where the
    /// requests after it start, unless the client judges again at each hop.
    pub(super) fn leave_place_fields(&self, fields: &mut Headers, lasting: &mut Headers) {
        let credentials = self.policy.credentials.iter();
        for credential in credentials.filter(|credential| !self.reaches(credential)) {
            remove(fields, &credential.fields);
            if !credential.returns {
                remove(lasting, &credential.fields);
            }
        }
        if !self.keeps_host() {
            fields.remove("host");
            lasting.remove("host");
        }
        if self.policy.referer == Referer::AsPolicyAllows {
            self.limit_referer(fields);
            self.limit_referer(lasting);
        }
    }

    /// Whether a Host that the caller set goes along.
    fn keeps_host(&self) -> bool {
        match self.policy.host {
            HostField::WithinOrigin => !self.is_cross_origin(),
            HostField::Anywhere => true,
            HostField::UntilAbsolute => self.to.form != ReferenceForm::Absolute,
            HostField::Nowhere => false,
        }
    }

    /// Makes Authorization what the URL of the target says, for a client whose caller set none and that keeps user names in
    /// URLs: a relative reference leaves those of the base.
    pub(super) fn take_url_credentials(&self, fields: &mut Headers, lasting: &mut Headers) {
        let named = self.of_target();
        if named.is_none() && self.to.form != ReferenceForm::Absolute && !self.is_cross_origin() {
            return;
        }
        for fields in [fields, lasting] {
            fields.remove("authorization");
            if let Some(credentials) = &named {
                fields.set("authorization", credentials.as_str());
            }
        }
    }

    /// Whether the fields of `credential` may go on to the target.
    fn reaches(&self, credential: &Credential) -> bool {
        let from = match credential.compared_with {
            ComparedWith::Previous => self.from,
            ComparedWith::First => self.first,
        };
        if credential.except_codes.contains(&self.code) {
            return true;
        }
        match (credential.target_as, self.to.form) {
            (TargetForm::Written, ReferenceForm::Slash)
            | (TargetForm::Written | TargetForm::WrittenOrSlash, ReferenceForm::Relative) => {
                return false;
            }
            (TargetForm::WrittenOrSlash, ReferenceForm::Slash) => return true,
            (TargetForm::Resolved, _) | (_, ReferenceForm::Absolute) => {}
        }
        let agrees = |compared: &AlsoCompared| match compared {
            AlsoCompared::PortAsText => from.port_text == self.to.port_text,
            AlsoCompared::Userinfo => from.userinfo == self.to.userinfo,
        };
        if !credential.also_compared.iter().all(agrees) {
            return false;
        }
        match &credential.kept {
            Kept::Never => false,
            Kept::Within(scope) => scope.covers(from, self.to),
        }
    }

    /// Cuts the caller's Referer down to what the Referrer-Policy of the response lets go on
    /// ([Referrer Policy §8.3](https://www.w3.org/TR/referrer-policy/#determine-requests-referrer)).
    ///
    /// Without a policy the caller's own Referer stands, except from https to http.
    fn limit_referer(&self, fields: &mut Headers) {
        let Some(referrer) = fields
            .text("referer")
            .and_then(|referer| Url::parse(referer).ok())
        else {
            return;
        };
        match self.referer_share(&referrer) {
            RefererShare::All => {}
            RefererShare::Origin => fields.set("referer", origin(&referrer) + "/"),
            RefererShare::Nothing => drop(fields.remove("referer")),
        }
    }

    /// How much of the referrer goes along ([Referrer Policy §8](https://www.w3.org/TR/referrer-policy/#algorithms)).
    fn referer_share(&self, referrer: &Url) -> RefererShare {
        let to_same = self.to.origin() == origin(referrer);
        let downgrade = referrer.scheme() == "https" && self.to.scheme == "http";
        match referrer_policy(self.referrer_policy) {
            Some("no-referrer") => RefererShare::Nothing,
            Some("same-origin") if !to_same => RefererShare::Nothing,
            Some("origin") => RefererShare::Origin,
            Some("origin-when-cross-origin") if !to_same => RefererShare::Origin,
            Some("unsafe-url" | "same-origin" | "origin-when-cross-origin") => RefererShare::All,
            _ if downgrade => RefererShare::Nothing,
            Some("strict-origin") => RefererShare::Origin,
            Some("strict-origin-when-cross-origin") if !to_same => RefererShare::Origin,
            _ => RefererShare::All,
        }
    }

    /// Adds what the client writes by itself; `sent` are the fields of the request that was answered.
    pub(super) fn add_own(&self, fields: &mut Headers, sent: &Headers) {
        if let Some(credentials) = self.basic(fields) {
            fields.set("authorization", credentials);
        }
        match self.policy.referer {
            Referer::PreviousUnlessDowngrade if self.is_downgrade() => {}
            Referer::PreviousUnlessSet if self.is_downgrade() || fields.contains("referer") => {}
            Referer::Previous | Referer::PreviousUnlessDowngrade | Referer::PreviousUnlessSet => {
                fields.set("referer", self.from.resource());
            }
            Referer::None | Referer::AsPolicyAllows => {}
        }
        self.add_browsers(fields, sent);
    }

    /// Basic credentials from the user name and password of the target, where this client uses them.
    fn basic(&self, fields: &Headers) -> Option<String> {
        let uses = match self.policy.userinfo() {
            Userinfo::Replaces => true,
            Userinfo::Fills | Userinfo::Conflicts => !fields.contains("authorization"),
            Userinfo::Ignored | Userinfo::Refused | Userinfo::RefusedCrossOrigin => false,
        };
        self.of_target().filter(|_| uses)
    }

    /// Basic credentials from the user name and password of the target, where it has some.
    fn of_target(&self) -> Option<String> {
        let userinfo = self.to.userinfo.as_deref();
        let userinfo = userinfo.filter(|userinfo| !userinfo.is_empty())?;
        Some(format!(
            "Basic {}",
            STANDARD.encode(percent::decoded(userinfo))
        ))
    }

    /// Referer by `strict-origin-when-cross-origin`
    /// ([Referrer Policy](https://www.w3.org/TR/referrer-policy/#default-referrer-policy)), and Origin.
    fn add_browsers(&self, fields: &mut Headers, sent: &Headers) {
        let Some(browser) = &self.policy.browser else {
            return;
        };
        let crosses = self.is_cross_origin();
        let page_origin = self.first.origin() + "/";
        let was_short = sent.get("referer") == Some(page_origin.as_bytes());
        let referer = if crosses || was_short {
            page_origin
        } else {
            self.first.resource()
        };
        fields.set("referer", referer);
        fields.remove("origin");
        let had = sent.get("origin").map(<[u8]>::to_vec);
        let always = crosses && browser.origin_when_crossing == OriginCrossing::Always;
        let survives = had.is_some() && browser.origin_survives_rewrite;
        if !always && !survives && browser.origin_not_with.contains(self.method) {
            return;
        }
        let origin = if crosses && browser.origin_when_crossing == OriginCrossing::Null {
            b"null".to_vec()
        } else {
            had.unwrap_or_else(|| self.first.origin().into_bytes())
        };
        fields.set("origin", origin);
    }
}

/// The fields with which a chain begins: those of the caller that this client lets it set, and what a browser adds for a
/// page at the first URL.
pub(super) fn first_fields(
    policy: &Policy,
    method: &Method,
    target: &Target,
    mut fields: Headers,
) -> Headers {
    let Some(browser) = &policy.browser else {
        return fields;
    };
    fields.set("referer", target.resource());
    if !browser.origin_not_with.contains(method) {
        fields.set("origin", target.origin());
    }
    fields
}

/// How much of a Referer may go on.
enum RefererShare {
    All,
    Origin,
    Nothing,
}

/// The last policy of the list that is known
/// ([§8.1](https://www.w3.org/TR/referrer-policy/#parse-referrer-policy-from-header)).
fn referrer_policy(value: Option<&str>) -> Option<&str> {
    const KNOWN: [&str; 8] = [
        "no-referrer",
        "no-referrer-when-downgrade",
        "same-origin",
        "origin",
        "strict-origin",
        "origin-when-cross-origin",
        "strict-origin-when-cross-origin",
        "unsafe-url",
    ];
    let tokens = value?.split(',').map(str::trim);
    tokens
        .filter_map(|token| {
            KNOWN
                .into_iter()
                .find(|known| token.eq_ignore_ascii_case(known))
        })
        .next_back()
}

/// The origin as Fetch writes it.
fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// Removes the fields of these names; one that ends in `*` stands for all that begin so.
pub(super) fn remove<N: AsRef<str>>(fields: &mut Headers, names: &[N]) {
    for name in names {
        let Some(start) = name.as_ref().strip_suffix('*') else {
            fields.remove(name.as_ref());
            continue;
        };
        let known = fields.iter().map(|field| field.name.to_ascii_lowercase());
        let begin_so: Vec<String> = known.filter(|name| name.starts_with(start)).collect();
        remove(fields, &begin_so);
    }
}

impl CredentialScope {
    /// Whether a credential given for `from` goes to `to` too.
    fn covers(self, from: &Target, to: &Target) -> bool {
        let upgrade = self.scheme == SchemeScope::UpgradeOnDefaultPorts
            && is_upgrade_on_default_ports(from, to);
        let host = match self.host {
            HostScope::Any => true,
            HostScope::Same => from.host == to.host,
            HostScope::SameOrSubdomain => from.host == to.host || is_below(&to.host, &from.host),
        };
        let port = match self.port {
            PortScope::Any => true,
            PortScope::Same => upgrade || from.effective_port() == to.effective_port(),
            PortScope::AsWritten => from.port == to.port,
        };
        let scheme = match self.scheme {
            SchemeScope::Any => true,
            SchemeScope::Same => from.scheme == to.scheme,
            SchemeScope::UpgradeOnDefaultPorts => upgrade || from.scheme == to.scheme,
            SchemeScope::NoDowngrade => from.scheme == to.scheme || to.scheme == "https",
        };
        host && port && scheme
    }
}

/// Whether the host is a sub domain of the parent.
fn is_below(host: &str, parent: &str) -> bool {
    host.strip_suffix(parent)
        .is_some_and(|sub| sub.ends_with('.'))
}

/// From http on port 80 to https on 443, the one change of origin that some clients take for none.
fn is_upgrade_on_default_ports(from: &Target, to: &Target) -> bool {
    let is_http = from.scheme != "https" && from.effective_port() == 80;
    is_http && to.scheme == "https" && to.effective_port() == 443
}
