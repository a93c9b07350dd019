//! The ways in which clients send each odd character of a Location: one small enumeration per sort, the most common way
//! first.

use serde::{Deserialize, Serialize};

use super::quirks::quirks;

quirks! {
    /// A space.
    Space {
        /// Sent as `%20`.
        #[serde(rename = "%20")]
        Encoded,
        /// Sent as `+`.
        #[serde(rename = "+")]
        Plus,
        /// Sent as it is.
        Raw,
        /// It makes the value unreadable.
        Refused,
        /// It ends the value.
        Cut,
    }

    /// Spaces at the end.
    TrailingSpace {
        /// Removed.
        Trimmed,
        /// Spaces like others.
        Kept,
        /// They make the value unreadable.
        Refused,
    }

    /// A tab.
    Tab {
        /// Removed.
        Removed,
        /// Percent-encoded.
        Escaped,
        /// Sent as it is.
        Raw,
        /// It makes the value unreadable.
        Refused,
        /// It ends the value.
        Cut,
        /// It becomes a space.
        #[serde(rename = " ")]
        Space,
        /// It becomes `_`.
        #[serde(rename = "_")]
        Underscore,
    }

    /// A control character.
    Control {
        /// Percent-encoded.
        Escaped,
        /// Sent as it is.
        Raw,
        /// It makes the value unreadable.
        Refused,
        /// It makes the whole response unusable.
        Error,
        /// It becomes `_`.
        #[serde(rename = "_")]
        Underscore,
    }

    /// A `%` that encodes nothing.
    LonePercent {
        /// Sent as it is.
        Kept,
        /// Sent as `%25`.
        Escaped,
        /// It makes the value unreadable.
        Refused,
    }

    /// An unreserved character in percent-encoding.
    UnreservedPercent {
        /// Sent as it is.
        Kept,
        /// Decoded.
        Decoded,
        /// Decoded, and so is `%2F`.
        AllDecoded,
    }

    /// The digits of a percent-encoding.
    PercentHex {
        /// Sent as they are.
        Kept,
        /// In upper case.
        Upper,
    }

    /// A plus sign.
    Plus {
        /// Sent as it is.
        Kept,
        /// `%2B` in a path, `%20` in a query.
        Rewritten,
    }

    /// Octets beyond ASCII.
    NonAscii {
        /// Percent-encoded as received.
        Octets,
        /// Sent as they are.
        Raw,
        /// Read as UTF-8 and percent-encoded.
        #[serde(rename = "utf-8")]
        Utf8,
        /// Each read as Latin-1 and percent-encoded as UTF-8.
        #[serde(rename = "latin-1")]
        Latin1,
        /// The same, but 80 to 9F make the value unreadable.
        #[serde(rename = "latin-1-no-c1")]
        Latin1NoC1,
        /// Each read as Latin-1 and sent as UTF-8.
        #[serde(rename = "latin-1-raw")]
        Latin1Raw,
        /// They make the value unreadable.
        Refused,
    }

    /// Octets beyond ASCII that are not UTF-8.
    Undecodable {
        /// Treated as those that are.
        Same,
        /// Each becomes U+FFFD.
        Replaced,
        /// The same, and each octet of that is read as Latin-1.
        ReplacedTwice,
        /// Removed.
        Removed,
        /// Read as Latin-1.
        #[serde(rename = "latin-1")]
        Latin1,
        /// Percent-encoded as received.
        Octets,
        /// They make the value unreadable.
        Refused,
        /// The same URL again.
        #[serde(rename = "self")]
        Itself,
        /// The response is the answer.
        Response,
        /// A failure.
        Error,
    }

    /// Hexadecimal digits.
    HexCase {
        /// `%C3`.
        Upper,
        /// `%c3`.
        Lower,
    }
}
