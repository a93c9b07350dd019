//! Location → target URI, as one client reads it: the generic reader of [`Dialect`]s.
//!
//! The value is taken apart from left to right: how many fields, empty or not, backslashes at its start, scheme,
//! authority, path, query. At each point where clients differ the dialect says what happens.

use std::borrow::Cow;

use super::octets::{is_bare_host_port, scheme, split_once, trim_end, trim_start};
use super::target::{ReferenceForm, Target};
use crate::model::Status;
use crate::rules::policy::{
    AbsentAuthority, Accepts, Backslash, BareHostPort, Control, Dialect, Ending, Missing,
    NetworkPath, OpeningBackslash, OtherScheme, Relative, SameResource, SameScheme, Several, Tab,
    TrailingSpace, Undecodable, Userinfo, Vague,
};

use super::authority;
use super::path;

/// Why a client goes nowhere on a Location.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocationError {
    /// There is none.
    Missing(Ending),
    /// It is beyond this client.
    Odd(Ending),
    /// Its scheme is neither http nor https.
    Scheme(Ending),
}

impl LocationError {
    /// What the caller of this client gets.
    #[must_use]
    pub fn ending(self) -> Ending {
        match self {
            Self::Missing(ending) | Self::Odd(ending) | Self::Scheme(ending) => ending,
        }
    }
}

/// Where the Location fields `values` of a response to a request for `base` lead a client of this dialect.
///
/// # Errors
/// [`LocationError`] where they lead nowhere.
pub fn read(
    dialect: &Dialect,
    base: &Target,
    status: Status,
    values: &[&[u8]],
) -> Result<Target, LocationError> {
    let reader = DialectReader { dialect, base };
    if values.is_empty() {
        return reader.missing(status);
    }
    let value = reader.one(values)?;
    if let Some(limit) = dialect.too_long.filter(|limit| value.len() >= limit.from) {
        return reader.vague(limit.then);
    }
    let text = value.trim_ascii_start();
    if text.iter().all(|octet| *octet == b' ') {
        return reader.vague(dialect.empty);
    }
    reader.reference(&reader.cleaned(text)?)
}

/// A dialect at work on one Location.
pub(super) struct DialectReader<'a> {
    pub(super) dialect: &'a Dialect,
    pub(super) base: &'a Target,
}

impl DialectReader<'_> {
    /// A value that this client cannot read.
    pub(super) fn unreadable(&self) -> LocationError {
        LocationError::Odd(self.dialect.unreadable)
    }

    fn missing(&self, status: Status) -> Result<Target, LocationError> {
        match self
            .dialect
            .missing_on
            .get(&status.code())
            .copied()
            .unwrap_or(self.dialect.missing)
        {
            Missing::Itself => self.vague(Vague::Itself),
            Missing::Response => Err(LocationError::Missing(Ending::Response)),
            Missing::Error => Err(LocationError::Missing(Ending::Error)),
        }
    }

    /// The one value that the client makes of several fields.
    fn one<'v>(&self, values: &[&'v [u8]]) -> Result<Cow<'v, [u8]>, LocationError> {
        let Some((first, others)) = values.split_first() else {
            return Err(self.unreadable());
        };
        let joined = |by: &[u8]| Ok(Cow::Owned(values.join(by)));
        match self.dialect.several {
            _ if others.is_empty() => Ok(Cow::Borrowed(first)),
            Several::ErrorIfDifferent if others.iter().any(|other| other != first) => {
                Err(LocationError::Odd(Ending::Error))
            }
            Several::First | Several::ErrorIfDifferent => Ok(Cow::Borrowed(first)),
            Several::Last => Ok(Cow::Borrowed(others[others.len() - 1])),
            Several::Error => Err(LocationError::Odd(Ending::Error)),
            Several::CommaSpace => joined(b", "),
            Several::Comma => joined(b","),
            Several::Nothing => joined(b""),
        }
    }

    /// Where a Location leads that says nothing.
    pub(super) fn vague(&self, how: Vague) -> Result<Target, LocationError> {
        match how {
            Vague::Itself => Ok(self
                .base
                .at(self.base.path.clone(), self.base.query.clone())),
            Vague::Directory => Ok(self.base.at(self.base.directory(), None)),
            Vague::Response => Err(LocationError::Odd(Ending::Response)),
            Vague::Error => Err(LocationError::Odd(Ending::Error)),
        }
    }

    /// The value without the spaces, tabs and control characters that this client takes out beforehand.
    fn cleaned<'v>(&self, text: &'v [u8]) -> Result<Cow<'v, [u8]>, LocationError> {
        let trimmed = match self.dialect.trailing_space {
            TrailingSpace::Refused if text.ends_with(b" ") => return Err(self.unreadable()),
            TrailingSpace::Trimmed => trim_end(text, b' '),
            TrailingSpace::Refused | TrailingSpace::Kept => text,
        };
        if !trimmed.iter().any(u8::is_ascii_control) {
            return Ok(Cow::Borrowed(trimmed));
        }
        let mut cleaned = Vec::with_capacity(trimmed.len());
        for octet in trimmed {
            match (octet, self.dialect.tab, self.dialect.control) {
                (b'\t', Tab::Removed, _) => {}
                (b'\t', Tab::Space, _) => cleaned.push(b' '),
                (b'\t', Tab::Underscore, _) => cleaned.push(b'_'),
                (b'\t', ..) => cleaned.push(b'\t'),
                (octet, _, Control::Error) if octet.is_ascii_control() => {
                    return Err(LocationError::Odd(Ending::Error));
                }
                (octet, _, Control::Underscore) if octet.is_ascii_control() => cleaned.push(b'_'),
                (octet, ..) => cleaned.push(*octet),
            }
        }
        Ok(Cow::Owned(cleaned))
    }

    /// A reference whose odd opening, if it has one, is yet to be understood.
    fn reference(&self, text: &[u8]) -> Result<Target, LocationError> {
        let how = match text {
            [b'\\', b'\\', ..] => Some(self.dialect.double_backslash),
            [b'/', b'\\', ..] => Some(self.dialect.slash_backslash),
            _ => None,
        };
        let usual = match self.dialect.backslash {
            Backslash::Slash => OpeningBackslash::Authority,
            Backslash::Kept | Backslash::Escaped | Backslash::Refused => OpeningBackslash::Path,
        };
        let url = match how.map(|how| how.unwrap_or(usual)) {
            None => self.absolute_or_relative(&self.with_slashes(text)),
            Some(OpeningBackslash::Path) => {
                let (path, fragment) = split_once(text, b'#');
                if path.starts_with(b"/") {
                    self.path(&self.with_slashes(path), fragment)
                } else {
                    self.relative(path, fragment)
                }
            }
            Some(OpeningBackslash::Authority) => {
                let rest = text[2..]
                    .iter()
                    .map(|octet| if *octet == b'\\' { b'/' } else { *octet });
                self.absolute_or_relative(&b"//".iter().copied().chain(rest).collect::<Vec<u8>>())
            }
            Some(OpeningBackslash::AfterColon) => match split_once(text, b':').1 {
                Some(rest) => self.absolute_or_relative(&self.with_slashes(rest)),
                None => Err(self.unreadable()),
            },
            Some(OpeningBackslash::Unreadable) => Err(self.unreadable()),
            Some(OpeningBackslash::Response) => Err(LocationError::Odd(Ending::Response)),
            Some(OpeningBackslash::Error) => Err(LocationError::Odd(Ending::Error)),
        }?;
        let userinfo = url
            .userinfo
            .as_deref()
            .is_some_and(|userinfo| !userinfo.is_empty());
        if userinfo && self.dialect.userinfo == Userinfo::Refused {
            return Err(self.unreadable());
        }
        Ok(Target {
            form: ReferenceForm::of(text),
            ..url
        })
    }

    /// The text with slashes for the backslashes before its query, for clients that see no difference.
    fn with_slashes<'v>(&self, text: &'v [u8]) -> Cow<'v, [u8]> {
        if self.dialect.backslash != Backslash::Slash || !text.contains(&b'\\') {
            return Cow::Borrowed(text);
        }
        let query = text
            .iter()
            .position(|octet| *octet == b'?')
            .unwrap_or(text.len());
        let slashed = |(at, octet): (usize, &u8)| {
            if at < query && *octet == b'\\' {
                b'/'
            } else {
                *octet
            }
        };
        Cow::Owned(text.iter().enumerate().map(slashed).collect())
    }

    fn absolute_or_relative(&self, text: &[u8]) -> Result<Target, LocationError> {
        let (text, fragment) = split_once(text, b'#');
        if is_bare_host_port(text) {
            return match self.dialect.bare_host_port {
                BareHostPort::Path => self.relative(text, fragment),
                BareHostPort::Authority => self.authority(text, "http", fragment),
                BareHostPort::AfterColon => {
                    self.relative(split_once(text, b':').1.unwrap_or_default(), fragment)
                }
                BareHostPort::Response => Err(LocationError::Odd(Ending::Response)),
                BareHostPort::Error => Err(LocationError::Odd(Ending::Error)),
            };
        }
        let Some((name, rest)) = scheme(text) else {
            return self.relative(text, fragment);
        };
        let lower = name.to_ascii_lowercase();
        if name != lower && self.dialect.upper_case_scheme == Accepts::Refused {
            return Err(self.unreadable());
        }
        match lower.as_str() {
            "http" | "https" => self.of_web(&lower, text, rest, fragment),
            _ => self.of_other_scheme(&lower, text, rest, fragment),
        }
    }

    fn of_other_scheme(
        &self,
        scheme: &str,
        text: &[u8],
        rest: &[u8],
        fragment: Option<&[u8]>,
    ) -> Result<Target, LocationError> {
        let as_http = || self.authority(rest.get(2..).unwrap_or_default(), "http", fragment);
        match self
            .dialect
            .scheme_exceptions
            .get(scheme)
            .copied()
            .unwrap_or(self.dialect.other_schemes)
        {
            OtherScheme::Error => Err(LocationError::Scheme(Ending::Error)),
            OtherScheme::Response => Err(LocationError::Scheme(Ending::Response)),
            OtherScheme::Path => self.path(&[b"/", text].concat(), fragment),
            OtherScheme::Http => as_http(),
            OtherScheme::HttpThenError => Ok(Target {
                broken: true,
                ..as_http()?
            }),
            OtherScheme::HttpNoTarget => Ok(Target {
                path: Vec::new(),
                query: None,
                ..as_http()?
            }),
        }
    }

    /// A reference that starts with `http:` or `https:`; `rest` is what follows the colon.
    fn of_web(
        &self,
        scheme: &str,
        text: &[u8],
        rest: &[u8],
        fragment: Option<&[u8]>,
    ) -> Result<Target, LocationError> {
        let as_path = || self.path(&[b"/", text].concat(), fragment);
        if !rest.starts_with(b"//") {
            return match self.dialect.same_scheme_no_slashes {
                SameScheme::Relative if scheme == self.base.scheme => self.relative(rest, fragment),
                SameScheme::Relative | SameScheme::Unreadable => Err(self.unreadable()),
                SameScheme::Path => as_path(),
                SameScheme::Response => Err(LocationError::Odd(Ending::Response)),
                SameScheme::Error => Err(LocationError::Odd(Ending::Error)),
            };
        }
        let after = &rest[2..];
        if !after.starts_with(b"/") {
            return self.authority(after, scheme, fragment);
        }
        let after = trim_start(after, b'/');
        match self.dialect.absent_authority {
            AbsentAuthority::NextSegment => self.authority(after, scheme, fragment),
            AbsentAuthority::Base => self.path(&[b"/", after].concat(), fragment),
            AbsentAuthority::Path => as_path(),
            AbsentAuthority::Unreadable => Err(self.unreadable()),
            AbsentAuthority::Response => Err(LocationError::Odd(Ending::Response)),
            AbsentAuthority::Error => Err(LocationError::Odd(Ending::Error)),
        }
    }

    fn relative(&self, text: &[u8], fragment: Option<&[u8]>) -> Result<Target, LocationError> {
        if let Some(rest) = text.strip_prefix(b"//") {
            let skips_slashes = self.dialect.absent_authority == AbsentAuthority::NextSegment;
            return match self.dialect.network_path {
                // `///host` is to them what `http:///host` is.
                NetworkPath::Authority if skips_slashes => {
                    self.authority(trim_start(rest, b'/'), &self.base.scheme, fragment)
                }
                NetworkPath::Authority => self.authority(rest, &self.base.scheme, fragment),
                NetworkPath::Path => self.path(text, fragment),
                NetworkPath::Error => Err(LocationError::Odd(Ending::Error)),
            };
        }
        if text.starts_with(b"/") {
            return self.path(text, fragment);
        }
        if self.dialect.relative == Relative::AbsolutePathOnly {
            return Err(LocationError::Odd(Ending::Error));
        }
        if text.is_empty() {
            return self.same_resource(
                self.dialect.fragment_only,
                self.base.query.as_deref(),
                fragment,
            );
        }
        if let Some(query) = text.strip_prefix(b"?") {
            let found = self.same_resource(self.dialect.query_only, Some(query), fragment)?;
            return self.finished(Target {
                query: Some(query.to_vec()),
                ..found
            });
        }
        let (relative, query) = split_once(text, b'?');
        let path = path::merged(self, relative)?;
        self.finished(self.found(path, query, fragment))
    }

    fn same_resource(
        &self,
        how: SameResource,
        query: Option<&[u8]>,
        fragment: Option<&[u8]>,
    ) -> Result<Target, LocationError> {
        match how {
            SameResource::Path => Ok(self.found(self.base.path.clone(), query, fragment)),
            SameResource::Directory => Ok(self.found(self.base.directory(), None, fragment)),
            SameResource::Response => Err(LocationError::Odd(Ending::Response)),
            SameResource::Error => Err(LocationError::Odd(Ending::Error)),
        }
    }

    /// An absolute path and query on the base's host.
    fn path(&self, text: &[u8], fragment: Option<&[u8]>) -> Result<Target, LocationError> {
        let (path, query) = split_once(text, b'?');
        self.finished(self.found(path::without_dots(self.dialect, path), query, fragment))
    }

    fn found(&self, path: Vec<u8>, query: Option<&[u8]>, fragment: Option<&[u8]>) -> Target {
        let found = self.base.at(path, query.map(<[u8]>::to_vec));
        Target {
            fragment: fragment.map(<[u8]>::to_vec),
            ..found
        }
    }

    /// Host, port, path and query.
    fn authority(
        &self,
        text: &[u8],
        scheme: &str,
        fragment: Option<&[u8]>,
    ) -> Result<Target, LocationError> {
        let end = text
            .iter()
            .position(|octet| matches!(octet, b'/' | b'?'))
            .unwrap_or(text.len());
        let (authority, tail) = text.split_at(end);
        let found = authority::read(self, authority, scheme)?;
        let (path, query) = split_once(tail, b'?');
        let path = path::without_dots(self.dialect, path);
        let path = if path.is_empty() { b"/".to_vec() } else { path };
        let (query, fragment) = (query.map(<[u8]>::to_vec), fragment.map(<[u8]>::to_vec));
        self.finished(Target {
            path,
            query,
            fragment,
            ..found
        })
    }

    /// Path and query as this client puts them on the wire.
    fn finished(&self, mut target: Target) -> Result<Target, LocationError> {
        let sent = path::sent(self, &mut target);
        match sent {
            Err(path::Unsendable::Vague(Undecodable::Itself)) => Ok(self.base.clone()),
            Err(path::Unsendable::Vague(Undecodable::Response)) => {
                Err(LocationError::Odd(Ending::Response))
            }
            Err(path::Unsendable::Vague(Undecodable::Error)) => {
                Err(LocationError::Odd(Ending::Error))
            }
            Err(_) => Err(self.unreadable()),
            Ok(()) => Ok(target),
        }
    }
}
