//! Location → target URI, as one client reads it: the generic reader of [`Dialect`]s.
//!
//! The value is taken apart from left to right: how many fields, empty or not, backslashes at its start, scheme,
//! authority, path, query. At each point where clients differ the dialect says what happens.

use std::borrow::Cow;

use super::octets::{is_bare_host_port, scheme, split_once, trim_end, trim_start};
use super::reader::{DialectReader, LocationError};
use super::target::{ReferenceForm, Target};
use super::{authority, path};
use crate::model::Status;
use crate::rules::policy::{
    AbsentAuthority, Backslash, BareHostPort, Control, Dialect, Ending, Missing, NetworkPath,
    OpeningBackslash, OtherScheme, ReadAs, Relative, SameResource, SameScheme, Several, Tab,
    TrailingSpace, Userinfo, Vague,
};

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
    let Some((first, others)) = values.split_first() else {
        return reader.missing(status);
    };
    let value = if others.is_empty() {
        Cow::Borrowed(*first)
    } else {
        reader.one_of(values)?
    };
    if let Some(limit) = dialect.too_long.filter(|limit| value.len() >= limit.from) {
        return reader.vague(limit.then);
    }
    let text = value.trim_ascii_start();
    if text.iter().all(|octet| *octet == b' ') {
        return reader.vague(dialect.empty);
    }
    reader.reference(&reader.cleaned(text)?)
}

impl DialectReader<'_> {
    fn missing(&self, status: Status) -> Result<Target, LocationError> {
        let dialect = self.dialect;
        let missing = dialect.missing_on.get(&status.code());
        let missing = missing.copied().unwrap_or(dialect.missing);
        match missing.or_end(dialect.unreadable) {
            Ok(Missing::Itself) => Ok(self.same_url()),
            Err(ending) => Err(LocationError::Missing(ending)),
        }
    }

    /// The one value that the client makes of two fields or more.
    fn one_of<'v>(&self, values: &[&'v [u8]]) -> Result<Cow<'v, [u8]>, LocationError> {
        let (first, last) = (values[0], values[values.len() - 1]);
        match self.reading(self.dialect.several)? {
            Several::ErrorIfDifferent if values.iter().any(|value| *value != first) => {
                Err(LocationError::Unreadable(Ending::Error))
            }
            Several::First | Several::ErrorIfDifferent => Ok(Cow::Borrowed(first)),
            Several::Last => Ok(Cow::Borrowed(last)),
            Several::CommaSpace => Ok(Cow::Owned(values.join(&b", "[..]))),
            Several::Comma => Ok(Cow::Owned(values.join(&b","[..]))),
            Several::Nothing => Ok(Cow::Owned(values.concat())),
        }
    }

    /// Where a Location leads that says nothing.
    fn vague(&self, form: ReadAs<Vague>) -> Result<Target, LocationError> {
        Ok(match self.reading(form)? {
            Vague::Itself => self.same_url(),
            Vague::Directory => self.base.at(self.base.directory(), None),
        })
    }

    /// Path and query of the URL that was requested.
    fn same_url(&self) -> Target {
        self.base
            .at(self.base.path.clone(), self.base.query.clone())
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
                    return Err(LocationError::Unreadable(Ending::Error));
                }
                (octet, _, Control::Underscore) if octet.is_ascii_control() => cleaned.push(b'_'),
                (octet, ..) => cleaned.push(*octet),
            }
        }
        Ok(Cow::Owned(cleaned))
    }

    /// The target of a reference, its opening backslashes and its userinfo still to be judged.
    fn reference(&self, text: &[u8]) -> Result<Target, LocationError> {
        let opening = match text {
            [b'\\', b'\\', ..] => Some(self.dialect.double_backslash),
            [b'/', b'\\', ..] => Some(self.dialect.slash_backslash),
            _ => None,
        };
        let target = match opening {
            None => self.absolute_or_relative(&self.with_slashes(text)),
            Some(form) => self.opened_by_backslash(form, text),
        }?;
        let has_userinfo = target.userinfo.as_deref().is_some_and(|it| !it.is_empty());
        if has_userinfo && self.dialect.userinfo == Userinfo::Refused {
            return Err(self.unreadable());
        }
        Ok(Target {
            form: ReferenceForm::of(text),
            ..target
        })
    }

    /// A reference that starts with a backslash, or with a slash and one.
    fn opened_by_backslash(
        &self,
        form: Option<ReadAs<OpeningBackslash>>,
        text: &[u8],
    ) -> Result<Target, LocationError> {
        let usual = match self.dialect.backslash {
            Backslash::Slash => OpeningBackslash::Authority,
            Backslash::Kept | Backslash::Escaped | Backslash::Refused => OpeningBackslash::Path,
        };
        match self.reading(form.unwrap_or(ReadAs::As(usual)))? {
            OpeningBackslash::Path => {
                let (path, fragment) = split_once(text, b'#');
                if path.starts_with(b"/") {
                    self.path(&self.with_slashes(path), fragment)
                } else {
                    self.relative(path, fragment)
                }
            }
            OpeningBackslash::Authority => {
                let mut slashed = text.to_vec();
                slashed[..2].fill(b'/');
                backslashes_to_slashes(&mut slashed);
                self.absolute_or_relative(&slashed)
            }
            OpeningBackslash::AfterColon => match split_once(text, b':').1 {
                Some(rest) => self.absolute_or_relative(&self.with_slashes(rest)),
                None => Err(self.unreadable()),
            },
        }
    }

    /// The text with slashes for the backslashes before its query, for clients that see no difference.
    fn with_slashes<'v>(&self, text: &'v [u8]) -> Cow<'v, [u8]> {
        if self.dialect.backslash != Backslash::Slash || !text.contains(&b'\\') {
            return Cow::Borrowed(text);
        }
        let mut slashed = text.to_vec();
        let query = text.iter().position(|octet| *octet == b'?');
        backslashes_to_slashes(&mut slashed[..query.unwrap_or(text.len())]);
        Cow::Owned(slashed)
    }

    fn absolute_or_relative(&self, text: &[u8]) -> Result<Target, LocationError> {
        let (text, fragment) = split_once(text, b'#');
        if is_bare_host_port(text) {
            return match self.reading(self.dialect.bare_host_port)? {
                BareHostPort::Path => self.relative(text, fragment),
                BareHostPort::Authority => self.authority(text, "http", fragment),
                BareHostPort::AfterColon => {
                    self.relative(split_once(text, b':').1.unwrap_or_default(), fragment)
                }
            };
        }
        let Some((name, rest)) = scheme(text) else {
            return self.relative(text, fragment);
        };
        let lower = name.to_ascii_lowercase();
        self.accept(name != lower, self.dialect.upper_case_scheme)?;
        let absolute = Absolute {
            scheme: &lower,
            text,
            rest,
            fragment,
        };
        match lower.as_str() {
            "http" | "https" => self.http_url(&absolute),
            _ => self.other_url(&absolute),
        }
    }

    /// A reference of a scheme other than http and https.
    fn other_url(&self, url: &Absolute) -> Result<Target, LocationError> {
        let exception = self.dialect.scheme_exceptions.get(url.scheme).copied();
        let form = exception.unwrap_or(self.dialect.other_schemes);
        let reading = form
            .or_end(self.dialect.unreadable)
            .map_err(LocationError::Scheme)?;
        if reading == OtherScheme::Path {
            return self.whole_as_path(url);
        }
        let after_slashes = url.rest.get(2..).unwrap_or_default();
        let as_http = self.authority(after_slashes, "http", url.fragment)?;
        Ok(match reading {
            OtherScheme::Path | OtherScheme::Http => as_http,
            OtherScheme::HttpThenError => Target {
                broken: true,
                ..as_http
            },
            OtherScheme::HttpNoTarget => Target {
                path: Vec::new(),
                query: None,
                ..as_http
            },
        })
    }

    /// A reference that starts with `http:` or `https:`.
    fn http_url(&self, url: &Absolute) -> Result<Target, LocationError> {
        let Some(after) = url.rest.strip_prefix(b"//") else {
            return match self.reading(self.dialect.same_scheme_no_slashes)? {
                SameScheme::Relative if url.scheme == self.base.scheme => {
                    self.relative(url.rest, url.fragment)
                }
                SameScheme::Relative => Err(self.unreadable()),
                SameScheme::Path => self.whole_as_path(url),
            };
        };
        if !after.starts_with(b"/") {
            return self.authority(after, url.scheme, url.fragment);
        }
        let more = self
            .dialect
            .four_slashes
            .filter(|_| after.starts_with(b"//"));
        let reading = more.unwrap_or(self.dialect.absent_authority);
        let after = trim_start(after, b'/');
        match self.reading(reading)? {
            AbsentAuthority::NextSegment => self.authority(after, url.scheme, url.fragment),
            AbsentAuthority::Base => self.path(&[b"/", after].concat(), url.fragment),
            AbsentAuthority::Path => self.whole_as_path(url),
        }
    }

    /// The reference as a path at the current host, its scheme the first segment.
    fn whole_as_path(&self, url: &Absolute) -> Result<Target, LocationError> {
        self.path(&[b"/", url.text].concat(), url.fragment)
    }

    fn relative(&self, text: &[u8], fragment: Option<&[u8]>) -> Result<Target, LocationError> {
        match text {
            [b'/', b'/', rest @ ..] => self.network_path(text, rest, fragment),
            [b'/', ..] => self.path(text, fragment),
            _ if self.dialect.relative == Relative::AbsolutePathOnly => {
                Err(LocationError::Unreadable(Ending::Error))
            }
            [] => self.same_resource(
                self.dialect.fragment_only,
                self.base.query.as_deref(),
                fragment,
            ),
            [b'?', query @ ..] => {
                let found = self.same_resource(self.dialect.query_only, Some(query), fragment)?;
                self.finished(Target {
                    query: Some(query.to_vec()),
                    ..found
                })
            }
            _ => {
                let (relative, query) = split_once(text, b'?');
                let path = path::merged(self, relative)?;
                self.finished(self.found(path, query, fragment))
            }
        }
    }

    /// A reference that starts with two slashes; `rest` is what follows them.
    fn network_path(
        &self,
        text: &[u8],
        rest: &[u8],
        fragment: Option<&[u8]>,
    ) -> Result<Target, LocationError> {
        match self.reading(self.dialect.network_path)? {
            NetworkPath::Authority if rest.starts_with(b"/") => {
                let after = trim_start(rest, b'/');
                let reading = self.dialect.three_slashes;
                match self.reading(reading.unwrap_or(self.dialect.absent_authority))? {
                    AbsentAuthority::NextSegment => {
                        self.authority(after, &self.base.scheme, fragment)
                    }
                    AbsentAuthority::Base => self.path(&[b"/", after].concat(), fragment),
                    AbsentAuthority::Path => self.path(text, fragment),
                }
            }
            NetworkPath::Authority => self.authority(rest, &self.base.scheme, fragment),
            NetworkPath::Path => self.path(text, fragment),
        }
    }

    fn same_resource(
        &self,
        form: ReadAs<SameResource>,
        query: Option<&[u8]>,
        fragment: Option<&[u8]>,
    ) -> Result<Target, LocationError> {
        Ok(match self.reading(form)? {
            SameResource::Path => self.found(self.base.path.clone(), query, fragment),
            SameResource::Directory => self.found(self.base.directory(), None, fragment),
        })
    }

    /// An absolute path and query on the base's host.
    fn path(&self, text: &[u8], fragment: Option<&[u8]>) -> Result<Target, LocationError> {
        let (path, query) = split_once(text, b'?');
        let path = path::without_dots(self.dialect, self.dialect.dots_absolute, path);
        self.finished(self.found(path, query, fragment))
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
        let end = text.iter().position(|octet| matches!(octet, b'/' | b'?'));
        let (authority, tail) = text.split_at(end.unwrap_or(text.len()));
        let found = authority::read(self, authority, scheme)?;
        let (path, query) = split_once(tail, b'?');
        let dots = self.dialect.dots_in_url;
        let path = path::without_dots(
            self.dialect,
            dots.unwrap_or(self.dialect.dots_absolute),
            path,
        );
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
        match path::encode(self, &mut target) {
            Ok(()) => Ok(target),
            Err(path::EncodeError::SameUrl) => Ok(self.base.clone()),
            Err(path::EncodeError::Location(error)) => Err(error),
        }
    }
}

/// A reference with a scheme.
struct Absolute<'t> {
    /// The scheme in lower case.
    scheme: &'t str,
    /// The whole, without its fragment.
    text: &'t [u8],
    /// What follows the colon.
    rest: &'t [u8],
    fragment: Option<&'t [u8]>,
}

fn backslashes_to_slashes(text: &mut [u8]) {
    for octet in text.iter_mut().filter(|octet| **octet == b'\\') {
        *octet = b'/';
    }
}
