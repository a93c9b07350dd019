//! The ways in which clients take each odd form of a Location: one small enumeration a form.
//!
//! Forms that some client does not get past list their own readings only, and stand in a [`super::ReadAs`], which adds
//! the ends that all of them share. Forms that every client gets past, or that it refuses and no more, are plain
//! enumerations whose first way is the most common.

use serde::{Deserialize, Serialize};

use super::ReadAs;
use crate::model::{Enumerated, enumerated};

/// Readings of one form that may end a chain instead, and what most clients do with it.
macro_rules! readings {
    ($(
        $(#[$about:meta])*
        pub enum $name:ident, usually $usual:expr => {
            $($(#[$meta:meta])* $reading:ident = $word:literal,)+
        }
    )*) => {$(
        enumerated! {
            $(#[$about])*
            #[non_exhaustive]
            pub enum $name {
                $($(#[$meta])* $reading = $word,)+
            }
        }

        impl Default for ReadAs<$name> {
            fn default() -> Self {
                $usual
            }
        }
    )*};
}

pub(super) use readings;

/// Enumerations of the ways to take one form; the first way is the default.
macro_rules! quirks {
    ($(
        $(#[$about:meta])*
        pub enum $name:ident {
            $(#[$first_meta:meta])* $first:ident,
            $($(#[$meta:meta])* $way:ident,)*
        }
    )*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum $name {
            $(#[$first_meta])* #[default] $first,
            $($(#[$meta])* $way,)*
        }
    )*};
}

pub(super) use quirks;

readings! {
    /// A redirect without Location.
    pub enum Missing, usually ReadAs::RESPONSE => {
        /// The same URL again.
        Itself = "self",
    }

    /// What a Location that says nothing leads to.
    pub enum Vague, usually ReadAs::As(Vague::Itself) => {
        /// The same URL again.
        Itself = "self",
        /// The directory of the URL.
        Directory = "directory",
    }

    /// Several Location fields.
    pub enum Several, usually ReadAs::As(Several::First) => {
        /// The first counts.
        First = "first",
        /// The last counts.
        Last = "last",
        /// A failure, unless they are equal.
        ErrorIfDifferent = "error-if-different",
        /// They are joined with a comma and a space.
        CommaSpace = "join , ",
        /// They are joined with a comma.
        Comma = "join ,",
        /// They are joined with nothing in between.
        Nothing = "join ",
    }

    /// A reference to the same resource.
    pub enum SameResource, usually ReadAs::As(SameResource::Path) => {
        /// The path stays.
        Path = "path",
        /// The last segment of the path goes, as in RFC 2396 and before.
        Directory = "directory",
    }

    /// A reference that starts with two slashes.
    pub enum NetworkPath, usually ReadAs::As(NetworkPath::Authority) => {
        /// A host follows.
        Authority = "authority",
        /// A path, slashes and all.
        Path = "path",
    }

    /// A scheme that no two slashes follow.
    pub enum SameScheme, usually ReadAs::As(SameScheme::Relative) => {
        /// A relative reference, where the scheme is the base's.
        Relative = "relative",
        /// A path, the scheme its first segment.
        Path = "path",
    }

    /// Three slashes after the scheme.
    pub enum AbsentAuthority, usually ReadAs::As(AbsentAuthority::NextSegment) => {
        /// The host is what comes after them.
        NextSegment = "next-segment",
        /// A path at the current host.
        Base = "base",
        /// A path, the scheme its first segment.
        Path = "path",
    }

    /// No host before the port.
    pub enum EmptyHost, usually ReadAs::Unreadable => {
        /// This machine.
        Localhost = "localhost",
        /// The current host.
        Base = "base",
    }

    /// An address and a port without a scheme.
    pub enum BareHostPort, usually ReadAs::As(BareHostPort::Path) => {
        /// A path.
        Path = "path",
        /// A host and a port.
        Authority = "authority",
        /// What follows the colon is a path.
        AfterColon = "after-colon",
    }

    /// A reference that starts with a backslash, or with a slash and one.
    pub enum OpeningBackslash, usually ReadAs::As(OpeningBackslash::Authority) => {
        /// A host follows.
        Authority = "authority",
        /// A path.
        Path = "path",
        /// What follows the first colon is a path.
        AfterColon = "after-colon",
    }

    /// A scheme other than http and https.
    pub enum OtherScheme, usually ReadAs::ERROR => {
        /// A path.
        Path = "path",
        /// Requested as http.
        Http = "http",
        /// Requested as http, and a failure then.
        HttpThenError = "http-then-error",
        /// Requested as http, with an empty path.
        HttpNoTarget = "http-no-target",
    }
}

/// A port beyond 65535: no client reads one, so that there is no value of this type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortTooBig {}

impl Enumerated for PortTooBig {
    const ALL: &'static [Self] = &[];

    fn as_str(self) -> &'static str {
        match self {}
    }
}

#[expect(
    clippy::derivable_impls,
    reason = "each form has a default of its own, which a derive cannot say"
)]
impl Default for ReadAs<PortTooBig> {
    fn default() -> Self {
        Self::Unreadable
    }
}

quirks! {
    /// Which references without a scheme are read.
    pub enum Relative {
        /// Any.
        Any,
        /// Those that start with a slash.
        AbsolutePathOnly,
    }

    /// A backslash in a path.
    pub enum Backslash {
        /// It is a slash.
        Slash,
        /// Sent as it is.
        Kept,
        /// Percent-encoded.
        Escaped,
        /// It makes the value unreadable.
        Refused,
    }

    /// Dot segments of a relative path.
    pub enum DotSegments {
        /// Removed.
        Removed,
        /// Removed, but those that lead above the root are kept, as in RFC 2396.
        LeadingKept,
        /// Kept.
        Kept,
        /// They make the value unreadable.
        Refused,
        /// Removed, but those that lead above the root make the value unreadable.
        RefusedAboveRoot,
    }

    /// Dot segments of an absolute path.
    pub enum PathDots {
        /// Removed.
        Removed,
        /// Kept.
        Kept,
    }

    /// Dot segments in percent-encoding.
    pub enum EncodedDots {
        /// No dot segments.
        Kept,
        /// Removed.
        Removed,
        /// Decoded, and then treated as dots.
        Decoded,
    }

    /// Slashes side by side in a path.
    pub enum DoubleSlash {
        /// Kept.
        Kept,
        /// Each run becomes one.
        Merged,
        /// The first run becomes one.
        LeadingMerged,
    }

    /// A form that is read or not.
    pub enum Accepts {
        /// Read.
        Read,
        /// It makes the value unreadable.
        #[serde(alias = "unreadable")]
        Refused,
    }

    /// User name and password in a Location.
    pub enum Userinfo {
        /// Left out.
        Ignored,
        /// They make an Authorization field, unless there is one.
        Fills,
        /// They make the Authorization field.
        Replaces,
        /// They make the value unreadable.
        Refused,
        /// A failure at another origin.
        RefusedCrossOrigin,
        /// They make an Authorization field; a failure if there is one.
        Conflicts,
    }

    /// A host written as a number.
    pub enum NumericHost {
        /// Read and rewritten as an address.
        Ipv4,
        /// The connection goes to the address; the name stays another one.
        Address,
        /// A name like any other.
        Name,
        /// It makes the value unreadable.
        Refused,
    }

    /// A dot at the end of a host.
    pub enum TrailingDot {
        /// Kept.
        Kept,
        /// Kept in name, the connection goes to the host without.
        ConnectsWithout,
        /// Removed.
        Dropped,
    }
}
