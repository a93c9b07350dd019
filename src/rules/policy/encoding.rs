//! The ways in which clients send each odd character of a Location: one small enumeration per sort, the most common way
//! first.

use serde::{Deserialize, Serialize};

use super::ReadAs;
use super::quirks::{quirks, readings};
use crate::model::enumerated;

readings! {
    /// Octets beyond ASCII that are not UTF-8.
    pub enum Undecodable, usually ReadAs::As(Undecodable::Same) => {
        /// Treated as those that are.
        Same = "same",
        /// Each becomes U+FFFD.
        Replaced = "replaced",
        /// The same, and each octet of that is read as Latin-1.
        ReplacedTwice = "replaced-twice",
        /// Removed.
        Removed = "removed",
        /// Read as Latin-1.
        Latin1 = "latin-1",
        /// Percent-encoded as received.
        Octets = "octets",
        /// They make the value unreadable.
        Refused = "refused",
        /// The same URL again.
        Itself = "self",
    }
}

quirks! {
    /// A space.
    pub enum Space {
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
    pub enum TrailingSpace {
        /// Removed.
        Trimmed,
        /// Spaces like others.
        Kept,
        /// They make the value unreadable.
        Refused,
    }

    /// A tab.
    pub enum Tab {
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
    pub enum Control {
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
    pub enum LonePercent {
        /// Sent as it is.
        Kept,
        /// Sent as `%25`.
        Escaped,
        /// It makes the value unreadable.
        Refused,
    }

    /// An unreserved character in percent-encoding.
    pub enum UnreservedPercent {
        /// Sent as it is.
        Kept,
        /// Decoded.
        Decoded,
        /// Decoded, and so is `%2F`.
        AllDecoded,
    }

    /// The digits of a percent-encoding.
    pub enum PercentHex {
        /// Sent as they are.
        Kept,
        /// In upper case.
        Upper,
    }

    /// A plus sign.
    pub enum Plus {
        /// Sent as it is.
        Kept,
        /// `%2B` in a path, `%20` in a query.
        Rewritten,
    }

    /// Octets beyond ASCII.
    pub enum NonAscii {
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

    /// Hexadecimal digits.
    pub enum HexCase {
        /// `%C3`.
        Upper,
        /// `%c3`.
        Lower,
    }
}
