//! A file that is written whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that is written beside its place and put there at the end: until then, and where a run is ended from outside,
/// what stood there stands.
#[derive(Debug)]
pub(super) enum WholeFile {
    /// Written beside its place.
    Beside {
        /// What is written; it goes when it is not put in its place. `None` once it is.
        new: Option<NamedTempFile>,
        /// Where it belongs.
        place: PathBuf,
    },
    /// What is no plain file, such as a pipe or a terminal, has nothing that could stay.
    Straight(File),
}

impl WholeFile {
    /// Begins a file for this place.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        match fs::metadata(path) {
            Ok(there) if !there.is_file() => {
                Ok(Self::Straight(File::options().write(true).open(path)?))
            }
            Ok(there) => {
                // One that is protected from being written is protected from being replaced.
                File::options().write(true).open(path)?;
                // The file that a link leads to is replaced, not the link.
                Self::beside(fs::canonicalize(path)?, Some(there.permissions()))
            }
            Err(_) => Self::beside(path.to_owned(), None),
        }
    }

    fn beside(place: PathBuf, permissions: Option<fs::Permissions>) -> io::Result<Self> {
        let folder = place
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let mut named = tempfile::Builder::new();
        named.prefix(".rehop-").suffix(".part");
        #[cfg(unix)]
        named.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let new = named.tempfile_in(folder).map_err(unnamed)?;
        if let Some(permissions) = permissions {
            fs::set_permissions(new.path(), permissions)?;
        }
        Ok(Self::Beside {
            new: Some(new),
            place,
        })
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// Whatever renaming gives; then what stood there stands.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        match self {
            Self::Beside { new, place } => match new.take() {
                Some(new) => match new.persist(&*place) {
                    Ok(_) => Ok(()),
                    // A file that is mounted by itself, into a container, can be written and not replaced: rename(2), EBUSY.
                    Err(failed) => fs::copy(failed.file.path(), place).map(drop),
                },
                None => Ok(()),
            },
            Self::Straight(file) => file.flush(),
        }
    }
}

/// The error without the path that `tempfile` adds to it.
fn unnamed(error: io::Error) -> io::Error {
    let text = error.to_string();
    match text.split_once(" at path ") {
        Some((cause, _)) => io::Error::new(error.kind(), cause),
        None => error,
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Beside { new: Some(new), .. } => new.write(bytes),
            Self::Beside { new: None, .. } => Err(io::ErrorKind::BrokenPipe.into()),
            Self::Straight(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Beside { new: Some(new), .. } => new.flush(),
            Self::Beside { new: None, .. } => Ok(()),
            Self::Straight(file) => file.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that stands in a folder: names and contents.
    fn standing(folder: &Path) -> Vec<(String, String)> {
        let entry = |entry: io::Result<fs::DirEntry>| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        };
        let mut all: Vec<_> = fs::read_dir(folder).unwrap().map(entry).collect();
        all.sort();
        all
    }

    #[test]
    fn file_is_there_whole_or_as_it_was() {
        for before in [None, Some("old")] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("report");
            if let Some(text) = before {
                fs::write(&path, text).unwrap();
            }
            let stood = standing(folder.path());

            let mut unfinished = WholeFile::open(&path).unwrap();
            unfinished.write_all(b"ne").unwrap();
            drop(unfinished);
            assert_eq!(standing(folder.path()), stood);

            let mut file = WholeFile::open(&path).unwrap();
            file.write_all(b"new").unwrap();
            file.finish().unwrap();
            drop(file);
            assert_eq!(
                standing(folder.path()),
                [("report".to_owned(), "new".to_owned())]
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("report"), folder.path().join("link"));
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&path, &link).unwrap();
        let mut file = WholeFile::open(&link).unwrap();
        file.write_all(b"new").unwrap();
        file.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o640
        );
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_plain_file_is_written_straight() {
        let mut file = WholeFile::open(Path::new("/dev/null")).unwrap();
        file.write_all(b"x").unwrap();
        file.finish().unwrap();
        assert!(matches!(file, WholeFile::Straight(_)));
        assert!(WholeFile::open(Path::new("/no/such/folder/x")).is_err());
    }
}
