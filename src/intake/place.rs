//! Where bytes come from.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::exit::UsageError;

/// Where some bytes come from, and which flag said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputSource {
    /// The flag as messages show it, such as `--data`.
    pub flag: &'static str,
    /// The place.
    pub place: InputPlace,
}

/// The places that a flag can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputPlace {
    /// The command line itself.
    Text(Vec<u8>),
    /// A file; or a pipe that has a name.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

impl InputSource {
    /// These bytes.
    #[must_use]
    pub fn text(flag: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            flag,
            place: InputPlace::Text(bytes.into()),
        }
    }

    /// The file of this name; standard input where it is `-`.
    ///
    /// # Errors
    /// Where there is no name.
    pub fn file(flag: &'static str, name: &[u8]) -> Result<Self, UsageError> {
        let place = match name {
            b"" => {
                return Err(UsageError::new(
                    format!("{flag} names no file"),
                    format!("write `{flag}` with a file name"),
                ));
            }
            b"-" => InputPlace::Stdin,
            name => InputPlace::File(path(name)),
        };
        Ok(Self { flag, place })
    }

    /// The file at this path, whatever its name.
    #[must_use]
    pub fn path(flag: &'static str, path: &Path) -> Self {
        Self {
            flag,
            place: InputPlace::File(path.to_owned()),
        }
    }
}

/// As messages name it.
impl fmt::Display for InputPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(_) => f.write_str("its value"),
            Self::File(path) => path.display().fmt(f),
            Self::Stdin => f.write_str("standard input"),
        }
    }
}

/// The path that these bytes of a command line spell.
#[cfg(unix)]
fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

/// The path that these bytes of a command line spell.
#[cfg(not(unix))]
fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
