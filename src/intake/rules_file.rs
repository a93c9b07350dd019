//! Rules files of platforms, read whole.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// How much of such a file is read, in bytes: a hundred thousand rules and more.
const LONGEST: u64 = 64 << 20;

/// The bytes of a rules file.
///
/// # Errors
/// Where it cannot be read, or is larger than 64 MiB.
pub fn rules_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LONGEST + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST {
        return Err(io::Error::other("larger than 64 MiB"));
    }
    Ok(bytes)
}

/// The names of what stands beside a file; none where the folder cannot be read.
#[must_use]
pub fn neighbours(path: &Path) -> Vec<String> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let entries = fs::read_dir(folder.unwrap_or(Path::new(".")))
        .into_iter()
        .flatten()
        .flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}
