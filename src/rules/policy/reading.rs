//! How a client reads a Location, as data.
//!
//! Outside the grammar of RFC 3986 nothing defines what a Location means
//! ([RFC 9110 §10.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2)), and clients differ. What a client does with
//! each odd form is one field of [`Dialect`]; [`crate::rules::location::dialect`] reads by it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::encoding::{
    Control, HexCase, LonePercent, NonAscii, PercentHex, Plus, Space, Tab, TrailingSpace,
    Undecodable, UnreservedPercent,
};
use super::quirks::{
    AbsentAuthority, Accepts, Backslash, BareHostPort, DotSegments, DoubleSlash, EmptyHost,
    EncodedDots, Missing, NetworkPath, NumericHost, OpeningBackslash, OtherScheme, PathDots,
    PortTooBig, Relative, SameResource, SameScheme, Several, TrailingDot, Userinfo, Vague,
};
use super::read_as::ReadAs;
use super::stops::Ending;
use super::word_or_struct::word_or;

/// How a client reads a Location.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LocationReading {
    /// As the [URL Standard](https://url.spec.whatwg.org/) has it, and several different fields as an error.
    #[default]
    Whatwg,
    /// In a way of its own.
    #[serde(untagged)]
    Dialect(Box<Dialect>),
}

word_or!(LocationReading, Dialect, "\"whatwg\" or the fields of a dialect", { "whatwg" => Self::Whatwg }, |dialect| {
    Self::Dialect(Box::new(dialect))
});

/// A client's own way to read a Location. The defaults are what most clients do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Dialect {
    /// There is no such field.
    pub missing: ReadAs<Missing>,
    /// The codes on which `missing` is otherwise.
    pub missing_on: BTreeMap<u16, ReadAs<Missing>>,
    /// The value is empty, or spaces only.
    pub empty: ReadAs<Vague>,
    /// What the caller gets where a value cannot be read.
    pub unreadable: Ending,
    /// The field stands several times.
    pub several: ReadAs<Several>,
    /// Which references without a scheme are read.
    pub relative: Relative,
    /// `?q` alone.
    pub query_only: ReadAs<SameResource>,
    /// `#f` alone.
    pub fragment_only: ReadAs<SameResource>,
    /// `//host/x`.
    pub network_path: ReadAs<NetworkPath>,
    /// `http:x` and `http:/x`.
    pub same_scheme_no_slashes: ReadAs<SameScheme>,
    /// `http:///host/x`.
    pub absent_authority: ReadAs<AbsentAuthority>,
    /// A reference that starts with three slashes or more; `None`: as [`Self::absent_authority`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub three_slashes: Option<ReadAs<AbsentAuthority>>,
    /// `http:////host/x`; `None`: as [`Self::absent_authority`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub four_slashes: Option<ReadAs<AbsentAuthority>>,
    /// `http://:80/x`.
    pub empty_host: ReadAs<EmptyHost>,
    /// `127.0.0.1:80/x`.
    pub bare_host_port: ReadAs<BareHostPort>,
    /// `\` in a path.
    pub backslash: Backslash,
    /// `\\host/x`; `None`: an authority where a backslash counts as a slash, a path elsewhere.
    pub double_backslash: Option<ReadAs<OpeningBackslash>>,
    /// `/\host/x`; `None`: as with `double_backslash`.
    pub slash_backslash: Option<ReadAs<OpeningBackslash>>,
    /// `..` in a relative path.
    pub dots_relative: DotSegments,
    /// `..` in an absolute path.
    pub dots_absolute: PathDots,
    /// `..` in the path of an absolute URL; `None`: as [`Self::dots_absolute`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dots_in_url: Option<PathDots>,
    /// `%2e%2e` as a segment.
    pub dots_encoded: EncodedDots,
    /// `//` within a path.
    pub double_slash: DoubleSlash,
    /// Any scheme but http and https.
    pub other_schemes: ReadAs<OtherScheme>,
    /// The schemes that are read otherwise.
    pub scheme_exceptions: BTreeMap<String, ReadAs<OtherScheme>>,
    /// `HTTP:`.
    pub upper_case_scheme: Accepts,
    /// `EXAMPLE.ORG`.
    pub upper_case_host: Accepts,
    /// `[::1]`.
    pub ipv6: Accepts,
    /// `[fe80::1%25lo]`.
    pub ipv6_zone: Accepts,
    /// `:080`.
    pub port_zero_padded: Accepts,
    /// `:0`.
    pub port_zero: Accepts,
    /// A port beyond 65535.
    pub port_too_big: ReadAs<PortTooBig>,
    /// `user:password@`.
    pub userinfo: Userinfo,
    /// A host that is one number, or fewer than four.
    pub numeric_host: NumericHosts,
    /// `localhost.`.
    pub trailing_dot: TrailingDot,
    /// A space in a path.
    pub space_path: Space,
    /// A space in a query.
    pub space_query: Space,
    /// Spaces at the end.
    pub trailing_space: TrailingSpace,
    /// A tab.
    pub tab: Tab,
    /// Any other control character.
    pub control: Control,
    /// Which characters of a path are percent-encoded.
    pub escapes_path: Escapes,
    /// Which characters of a query are percent-encoded.
    pub escapes_query: Escapes,
    /// `%` without two hexadecimal digits after it.
    pub percent_lone: LonePercent,
    /// `%41`.
    pub percent_unreserved: UnreservedPercent,
    /// `%c3`.
    pub percent_hex: PercentHex,
    /// `+`.
    pub plus: Plus,
    /// Octets beyond ASCII in a path.
    pub non_ascii_path: NonAscii,
    /// Octets beyond ASCII in a query.
    pub non_ascii_query: NonAscii,
    /// Such octets where they are not UTF-8.
    pub undecodable: ReadAs<Undecodable>,
    /// The digits of what the client percent-encodes.
    pub hex: HexCase,
    /// The same for queries; `None`: as `hex`.
    pub hex_query: Option<HexCase>,
    /// A value that is too long; `None`: none was seen.
    pub too_long: Option<TooLong>,
    /// Whether a Refresh field of a final response is followed, as a 302 would be.
    pub follows_refresh: bool,
}

/// A length that was not followed any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TooLong {
    /// The smallest length measured that was not, in octets.
    pub from: usize,
    /// What becomes of it.
    pub then: ReadAs<Vague>,
}

/// Hosts written as numbers, each `127.0.0.1`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct NumericHosts {
    /// `2130706433`.
    pub decimal: NumericHost,
    /// `127.1`.
    pub short: NumericHost,
    /// `0x7f.0.0.1`.
    pub hex: NumericHost,
}

/// Which characters are percent-encoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Escapes {
    /// None; those that RFC 3986 does not allow make the value unreadable.
    Refused,
    /// These.
    #[serde(untagged)]
    These(String),
}

impl Default for Escapes {
    fn default() -> Self {
        Self::These(String::new())
    }
}
