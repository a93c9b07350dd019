//! Profiles of clients: those that are built in, and files of them.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{InputKind, InputSource, IntakeCause, IntakeError};
use crate::clients::{NamedProfile, Profile};
use crate::exit::UsageError;

/// A client that the user named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientPlan {
    /// The name; the id where none was given.
    pub name: String,
    /// Where its profile is.
    pub profile: ProfilePlace,
}

/// Where a profile is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProfilePlace {
    /// Here.
    Known(&'static Profile),
    /// In this file.
    File(PathBuf),
}

impl ClientPlan {
    /// The client, which `flag` named; that of a file has the name that stands in it.
    ///
    /// # Errors
    /// What is wrong with its file.
    pub fn open(&self, flag: &'static str) -> Result<NamedProfile, IntakeError> {
        match &self.profile {
            ProfilePlace::Known(profile) => Ok(NamedProfile {
                name: self.name.clone(),
                profile: (*profile).clone(),
            }),
            ProfilePlace::File(path) => read(flag, path).map(|profile| NamedProfile {
                name: profile.id.clone(),
                profile,
            }),
        }
    }
}

/// How much of a file is read, in bytes: a hundred times what a profile takes.
const LONGEST: u64 = 1 << 20;

/// The profile in this file, which `flag` named.
fn read(flag: &'static str, path: &Path) -> Result<Profile, IntakeError> {
    let source = InputSource::path(flag, path);
    let wrong = |cause| IntakeError::new(&source, InputKind::Profile, cause);
    let mut text = String::new();
    File::open(path)
        .and_then(|file| file.take(LONGEST).read_to_string(&mut text))
        .map_err(|error| wrong(IntakeCause::Unreadable(error)))?;
    Profile::from_json(&text).map_err(|error| {
        let full = error.to_string();
        let says = full
            .rsplit_once(" at line ")
            .map_or(full.as_str(), |(says, _)| says);
        let place = format!("{}:{}:{}", path.display(), error.line(), error.column());
        let misuse = UsageError::new(
            format!("{flag}: {place}: {says}"),
            "`rehop probe --profile FILE` writes such files",
        );
        wrong(IntakeCause::Wrong(None, Box::new(misuse)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profile_file_says_where_it_is_wrong() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.json");
        std::fs::write(&path, "{\n  \"id\": 1\n}").unwrap();
        let client = ClientPlan {
            name: "mine".to_owned(),
            profile: ProfilePlace::File(path.clone()),
        };
        let misuse = client.open("--as").unwrap_err().usage().unwrap();
        let place = format!("--as: {}:2:9: ", path.display());
        assert!(misuse.says.starts_with(&place), "{misuse}");
        assert_eq!(
            misuse.hint,
            "`rehop probe --profile FILE` writes such files"
        );
    }
}
