//! A target URI as a client has it: the octets that it would send, not what a URL parser makes of them.

use url::Url;

use super::octets::{code_points, scheme};

/// A target URI as one client has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The scheme, in lower case.
    pub scheme: String,
    /// The host by which the client compares.
    pub host: String,
    /// The port; `None` where it is the scheme's own.
    pub port: Option<u16>,
    /// The port's digits as they stood there; `None` as with `port`.
    pub port_text: Option<String>,
    /// The path, any octets.
    pub path: Vec<u8>,
    /// The query, any octets.
    pub query: Option<Vec<u8>>,
    /// User name and password as they stood there, without the `@`.
    pub userinfo: Option<String>,
    /// The fragment, any octets; never sent.
    pub fragment: Option<Vec<u8>>,
    /// The host that the connection goes to, where it is another than `host`.
    pub resolved: Option<String>,
    /// The form in which the Location gave it.
    pub form: ReferenceForm,
    /// Whether the request goes out and the client fails all the same.
    pub broken: bool,
}

/// The form of a reference, as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceForm {
    /// Scheme and authority.
    Absolute,
    /// It starts with a slash.
    Slash,
    /// Anything else.
    Relative,
}

impl ReferenceForm {
    /// The form of this reference.
    #[must_use]
    pub fn of(reference: &[u8]) -> Self {
        match scheme(reference) {
            Some((_, rest)) if rest.starts_with(b"//") => Self::Absolute,
            _ if reference.starts_with(b"/") => Self::Slash,
            _ => Self::Relative,
        }
    }
}

impl Target {
    /// The parts of a URL that a user typed or that the URL parser read; no client differs on those.
    #[must_use]
    pub fn from_url(url: &Url, form: ReferenceForm) -> Self {
        let userinfo = match (url.username(), url.password()) {
            ("", None) => None,
            (user, None) => Some(user.to_owned()),
            (user, Some(password)) => Some(format!("{user}:{password}")),
        };
        Self {
            scheme: url.scheme().to_owned(),
            host: url.host_str().unwrap_or_default().to_owned(),
            port: url.port(),
            port_text: url.port().map(|port| port.to_string()),
            path: url.path().as_bytes().to_vec(),
            query: url.query().map(|query| query.as_bytes().to_vec()),
            userinfo,
            fragment: url.fragment().map(|fragment| fragment.as_bytes().to_vec()),
            resolved: None,
            form,
            broken: false,
        }
    }

    /// The same host with this path and query, and nothing else.
    pub(super) fn at(&self, path: Vec<u8>, query: Option<Vec<u8>>) -> Self {
        Self {
            scheme: self.scheme.clone(),
            host: self.host.clone(),
            port: self.port,
            port_text: self.port_text.clone(),
            path,
            query,
            userinfo: None,
            fragment: None,
            resolved: self.resolved.clone(),
            form: ReferenceForm::Relative,
            broken: false,
        }
    }

    /// The path up to its last slash, that included.
    pub(super) fn directory(&self) -> Vec<u8> {
        let end = self
            .path
            .iter()
            .rposition(|octet| *octet == b'/')
            .unwrap_or(0);
        [&self.path[..end.min(self.path.len())], b"/"].concat()
    }

    /// Takes the fragment of `base` where it has none ([RFC 9110 §10.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2)).
    pub(in crate::rules) fn inherit_fragment(&mut self, base: &Self) {
        if self.fragment.is_none() {
            self.fragment.clone_from(&base.fragment);
        }
    }

    /// The port that a connection goes to.
    #[must_use]
    pub fn effective_port(&self) -> u16 {
        self.port
            .or_else(|| default_port(&self.scheme))
            .unwrap_or(0)
    }

    /// Whether scheme, host and port are the same.
    #[must_use]
    pub fn same_origin(&self, other: &Self) -> bool {
        (&self.scheme, &self.host, self.effective_port())
            == (&other.scheme, &other.host, other.effective_port())
    }

    /// What stands on the request line in origin form: path and query as the client would send them.
    #[must_use]
    pub fn request_target(&self) -> Vec<u8> {
        let mut target = self.path.clone();
        if let Some(query) = &self.query {
            target.push(b'?');
            target.extend(query);
        }
        target
    }

    /// The URI without user name, password and fragment, to tell one resource from another.
    #[must_use]
    pub fn resource(&self) -> String {
        let mut text = self.origin();
        text.push_str(&code_points(&self.request_target()));
        text
    }

    /// Scheme, host and, where it is not the scheme's own, port ([RFC 6454 §6.2](https://www.rfc-editor.org/rfc/rfc6454#section-6.2)).
    #[must_use]
    pub fn origin(&self) -> String {
        match self.port {
            Some(port) => format!("{}://{}:{port}", self.scheme, self.host),
            None => format!("{}://{}", self.scheme, self.host),
        }
    }

    /// It as a URL, to be requested for real; `None` where it is none by the URL Standard.
    ///
    /// The URL parser normalises what some clients would send as it is: dot segments, spaces, stray octets.
    #[must_use]
    pub fn url(&self) -> Option<Url> {
        let mut url = Url::parse(&self.resource()).ok()?;
        if let Some(userinfo) = &self.userinfo {
            let (user, password) = userinfo
                .split_once(':')
                .map_or((userinfo.as_str(), None), |(u, p)| (u, Some(p)));
            // Both fail on URLs without a host only, and http(s) URLs have one.
            let _ = url.set_username(user);
            let _ = url.set_password(password);
        }
        url.set_fragment(self.fragment.as_deref().map(code_points).as_deref());
        Some(url)
    }
}

/// The port of a scheme where a URL states none.
pub(super) fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        _ => None,
    }
}
