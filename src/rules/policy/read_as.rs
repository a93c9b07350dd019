//! What a client makes of one odd form of a Location: a reading of its own, or one of three ends that all forms share.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Expected, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Ending;
use crate::model::Enumerated;

/// How a client takes one odd form: `T` lists the readings that only this form has.
///
/// In a profile it is one word: a reading of `T`, `unreadable`, `error` or `response`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadAs<T> {
    /// The form means this.
    As(T),
    /// The client cannot read it: the caller gets what [`super::Dialect::unreadable`] says.
    Unreadable,
    /// The chain stops here, and the caller gets this.
    Ends(Ending),
}

impl<T> ReadAs<T> {
    /// The chain stops with a failure.
    pub const ERROR: Self = Self::Ends(Ending::Error);

    /// The chain stops, and the response is the answer.
    pub const RESPONSE: Self = Self::Ends(Ending::Response);

    /// The reading.
    ///
    /// # Errors
    /// What the caller gets where there is none; `unreadable` is that for a form that cannot be read.
    pub fn or_end(self, unreadable: Ending) -> Result<T, Ending> {
        match self {
            Self::As(reading) => Ok(reading),
            Self::Unreadable => Err(unreadable),
            Self::Ends(ending) => Err(ending),
        }
    }
}

const UNREADABLE: &str = "unreadable";

impl<T: Enumerated> ReadAs<T> {
    fn as_str(self) -> &'static str {
        match self {
            Self::As(reading) => reading.as_str(),
            Self::Unreadable => UNREADABLE,
            Self::Ends(ending) => ending.as_str(),
        }
    }

    /// Every word that may stand for one, with what it means.
    fn words() -> impl Iterator<Item = Self> {
        let readings = T::ALL.iter().copied().map(Self::As);
        readings.chain([Self::Unreadable, Self::RESPONSE, Self::ERROR])
    }
}

impl<T: Enumerated> Serialize for ReadAs<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de, T: Enumerated> Deserialize<'de> for ReadAs<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let meant = Self::words().find(|read| read.as_str() == word);
        meant.ok_or_else(|| {
            D::Error::invalid_value(Unexpected::Str(&word), &WordsOf::<T>(PhantomData))
        })
    }
}

/// The words that may stand for a [`ReadAs`], shown where another one stands.
struct WordsOf<T>(PhantomData<T>);

impl<T: Enumerated> Expected for WordsOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let words = ReadAs::<T>::words().map(|read| format!("`{}`", read.as_str()));
        write!(f, "one of {}", words.collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{NetworkPath, PortTooBig, SameScheme};
    use super::*;

    fn parse<T: Enumerated>(word: &str) -> Result<ReadAs<T>, String> {
        serde_json::from_value(word.into()).map_err(|fault| fault.to_string())
    }

    #[test]
    fn read_as_words_are_read_and_written_alike() {
        for (word, meaning) in [
            ("path", ReadAs::As(SameScheme::Path)),
            ("unreadable", ReadAs::Unreadable),
            ("response", ReadAs::RESPONSE),
            ("error", ReadAs::ERROR),
        ] {
            assert_eq!(parse(word), Ok(meaning));
            assert_eq!(serde_json::to_value(meaning).unwrap(), word);
        }
        assert_eq!(parse("error"), Ok(ReadAs::<PortTooBig>::ERROR));
    }

    #[test]
    fn read_as_refuses_unknown_words_and_lists_the_known() {
        assert_eq!(
            parse::<NetworkPath>("authorty").unwrap_err(),
            "invalid value: string \"authorty\", expected one of `authority`, `path`, \
             `unreadable`, `response`, `error`"
        );
    }
}
