//! Reading a value that is either a word or a structure, so that an error names what is wrong in the structure.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

/// A value that some words stand for, and structures of type `S` for all others.
pub(super) trait WordOr<S>: Sized + From<S> {
    /// What may stand there, shown where something else stands.
    const EXPECTED: &'static str;

    /// What this word stands for.
    fn word(word: &str) -> Option<Self>;
}

/// Reads a word or a structure.
pub(super) fn deserialize<'de, T, S, D>(deserializer: D) -> Result<T, D::Error>
where
    T: WordOr<S>,
    S: Deserialize<'de>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_any(Either(PhantomData::<(T, S)>))
}

struct Either<T, S>(PhantomData<(T, S)>);

impl<'de, T: WordOr<S>, S: Deserialize<'de>> Visitor<'de> for Either<T, S> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<T, E> {
        T::word(word).ok_or_else(|| E::invalid_value(Unexpected::Str(word), &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<T, A::Error> {
        S::deserialize(MapAccessDeserializer::new(fields)).map(T::from)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        S::deserialize(SeqAccessDeserializer::new(items)).map(T::from)
    }
}

/// Implements `Deserialize` for a type that is a word or a structure.
macro_rules! word_or {
    ($type:ident, $structure:ty, $expected:literal, { $($word:literal => $meaning:expr),* }, $from:expr) => {
        impl crate::rules::policy::word_or_struct::WordOr<$structure> for $type {
            const EXPECTED: &'static str = $expected;

            fn word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some($meaning),)*
                    _ => None,
                }
            }
        }

        impl From<$structure> for $type {
            fn from(structure: $structure) -> Self {
                $from(structure)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::rules::policy::word_or_struct::deserialize::<Self, $structure, D>(deserializer)
            }
        }
    };
}
pub(super) use word_or;
