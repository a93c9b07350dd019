//! The ways in which clients read each odd form of a Location: one small enumeration per form, the most common way first.

use serde::{Deserialize, Serialize};

/// Enumerations of the ways to read one form; the first way is the default.
macro_rules! quirks {
    ($($(#[$about:meta])* $name:ident { $(#[$first_meta:meta])* $first:ident, $($(#[$meta:meta])* $way:ident,)* })*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $(#[$first_meta])* #[default] $first,
            $($(#[$meta])* $way,)*
        }
    )*};
}

pub(super) use quirks;

quirks! {
    /// A redirect without Location.
    Missing {
        /// The response is the answer.
        Response,
        /// A failure.
        Error,
        /// The same URL again.
        #[serde(rename = "self")]
        Itself,
    }

    /// What a Location that says nothing leads to.
    Vague {
        /// The same URL again.
        #[serde(rename = "self")]
        Itself,
        /// The directory of the URL.
        Directory,
        /// Nowhere: the response is the answer.
        Response,
        /// Nowhere: a failure.
        Error,
    }

    /// Several Location fields.
    Several {
        /// The first counts.
        First,
        /// The last counts.
        Last,
        /// A failure.
        Error,
        /// A failure, unless they are equal.
        ErrorIfDifferent,
        /// They are joined with a comma and a space.
        #[serde(rename = "join , ")]
        CommaSpace,
        /// They are joined with a comma.
        #[serde(rename = "join ,")]
        Comma,
        /// They are joined with nothing in between.
        #[serde(rename = "join ")]
        Nothing,
    }

    /// Which references without a scheme are read.
    Relative {
        /// Any.
        Any,
        /// Those that start with a slash.
        AbsolutePathOnly,
    }

    /// A reference to the same resource.
    SameResource {
        /// The path stays.
        Path,
        /// The last segment of the path goes, as in RFC 2396 and before.
        Directory,
        /// The response is the answer.
        Response,
        /// A failure.
        Error,
    }

    /// A reference that starts with two slashes.
    NetworkPath {
        /// A host follows.
        Authority,
        /// A path, slashes and all.
        Path,
        /// A failure.
        Error,
    }

    /// A scheme that no two slashes follow.
    SameScheme {
        /// A relative reference, where the scheme is the base's.
        Relative,
        /// A path, the scheme its first segment.
        Path,
        /// Cannot be read.
        Unreadable,
        /// The response is the answer.
        Response,
        /// A failure.
        Error,
    }

    /// Three slashes after the scheme.
    AbsentAuthority {
        /// The host is what comes after them.
        NextSegment,
        /// A path at the current host.
        Base,
        /// A path, the scheme its first segment.
        Path,
        /// Cannot be read.
        Unreadable,
        /// The response is the answer.
        Response,
        /// A failure.
        Error,
    }

    /// No host before the port.
    EmptyHost {
        /// Cannot be read.
        Unreadable,
        /// This machine.
        Localhost,
        /// The current host.
        Base,
        /// The response is the answer.
        Response,
        /// A failure.
        Error,
    }

    /// An address and a port without a scheme.
    BareHostPort {
        /// A path.
        Path,
        /// A host and a port.
        Authority,
        /// What follows the colon is a path.
        AfterColon,
        /// The response is the answer.
        Response,
        /// A failure.
        Error,
    }

    /// A backslash in a path.
    Backslash {
        /// It is a slash.
        Slash,
        /// Sent as it is.
        Kept,
        /// Percent-encoded.
        Escaped,
        /// It makes the value unreadable.
        Refused,
    }

    /// A reference that starts with a backslash, or with a slash and one.
    OpeningBackslash {
        /// A host follows.
        Authority,
        /// A path.
        Path,
        /// Cannot be read.
        Unreadable,
        /// What follows the first colon is a path.
        AfterColon,
        /// The response is the answer.
        Response,
        /// A failure.
        Error,
    }

    /// Dot segments of a relative path.
    DotSegments {
        /// Removed.
        Removed,
        /// Removed, but those that lead above the root are kept, as in RFC 2396.
        LeadingKept,
        /// Kept.
        Kept,
        /// They make the value unreadable.
        Refused,
    }

    /// Dot segments of an absolute path.
    PathDots {
        /// Removed.
        Removed,
        /// Kept.
        Kept,
    }

    /// Dot segments in percent-encoding.
    EncodedDots {
        /// No dot segments.
        Kept,
        /// Removed.
        Removed,
        /// Decoded, and then treated as dots.
        Decoded,
    }

    /// Slashes side by side in a path.
    DoubleSlash {
        /// Kept.
        Kept,
        /// Each run becomes one.
        Merged,
        /// The first run becomes one.
        LeadingMerged,
    }

    /// A scheme other than http and https.
    OtherScheme {
        /// A failure.
        Error,
        /// The response is the answer.
        Response,
        /// A path.
        Path,
        /// Requested as http.
        Http,
        /// Requested as http, and a failure then.
        HttpThenError,
        /// Requested as http, with an empty path.
        HttpNoTarget,
    }

    /// A form that is read or not.
    Accepts {
        /// Read.
        Read,
        /// It makes the value unreadable.
        #[serde(alias = "unreadable")]
        Refused,
    }

    /// A port beyond 65535.
    PortTooBig {
        /// Cannot be read.
        Unreadable,
        /// The response is the answer.
        Response,
        /// A failure.
        Error,
    }

    /// User name and password in a Location.
    Userinfo {
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
    NumericHost {
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
    TrailingDot {
        /// Kept.
        Kept,
        /// Kept in name, the connection goes to the host without.
        ConnectsWithout,
        /// Removed.
        Dropped,
    }
}
