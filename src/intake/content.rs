//! Content that can be read again at every hop, none of it larger than 1 MiB in memory.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::{InputKind, InputPlace, InputSource, IntakeCause, IntakeError};
use crate::model::Content;

/// Content that hops share.
pub type SharedContent = Arc<dyn Content>;

/// How many bytes of a body are held in memory; more goes to a file.
pub const IN_MEMORY: u64 = 1 << 20;

/// Opens this source; a file is opened again at every hop, a pipe or standard input is read now and kept.
///
/// # Errors
/// Names the flag and the file where it cannot be read or kept.
pub fn open(source: &InputSource, stdin: &mut dyn Read) -> Result<SharedContent, IntakeError> {
    open_as(InputKind::Bytes, source, stdin)
}

/// The same, where the place is to hold something of this kind.
pub(super) fn open_as(
    kind: InputKind,
    source: &InputSource,
    stdin: &mut dyn Read,
) -> Result<SharedContent, IntakeError> {
    let opened = match &source.place {
        InputPlace::Text(bytes) => Ok(Arc::new(bytes.clone()) as SharedContent),
        InputPlace::File(path) => file(path),
        InputPlace::Stdin => spool(stdin),
    };
    opened.map_err(|cause| IntakeError::new(source, kind, cause))
}

/// All of it, where it is no more than 1 MiB.
///
/// # Errors
/// Names the flag and the file where it cannot be read or is larger.
pub fn read(source: &InputSource, stdin: &mut dyn Read) -> Result<Vec<u8>, IntakeError> {
    in_memory(&*open(source, stdin)?, source)
}

/// The bytes of this content, which `source` gave, where there are no more than 1 MiB of them.
pub(super) fn in_memory(
    content: &dyn Content,
    source: &InputSource,
) -> Result<Vec<u8>, IntakeError> {
    let read = content.open().and_then(bounded);
    let wrong = |cause| IntakeError::new(source, InputKind::Bytes, cause);
    match read {
        Err(error) => Err(wrong(IntakeCause::Unreadable(error))),
        Ok(None) => Err(wrong(IntakeCause::TooLarge(IN_MEMORY))),
        Ok(Some(bytes)) => Ok(bytes),
    }
}

/// All that a reader gives; `None` where it is more than 1 MiB.
pub(super) fn bounded(reader: impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    reader.take(IN_MEMORY + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= IN_MEMORY).then_some(bytes))
}

/// Contents one after the other.
#[must_use]
pub(super) fn in_a_row(mut contents: Vec<SharedContent>) -> SharedContent {
    if contents.len() == 1 {
        contents.remove(0)
    } else {
        Arc::new(ContentRow(contents))
    }
}

pub(super) fn file(path: &Path) -> Result<SharedContent, IntakeCause> {
    match reopened(path).map_err(IntakeCause::Unreadable)? {
        Some(content) => Ok(Arc::new(content)),
        // Files of /proc have content and no length.
        None => spool(&mut File::open(path).map_err(IntakeCause::Unreadable)?),
    }
}

/// A plain file; `None` for a pipe and what else says no length.
fn reopened(path: &Path) -> io::Result<Option<Reopened>> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(io::Error::new(
            io::ErrorKind::IsADirectory,
            "it is a directory",
        ));
    }
    if !metadata.is_file() || metadata.len() == 0 {
        return Ok(None);
    }
    // Opened now as well, so that a file that may not be read is found before anything is sent.
    File::open(path)?;
    Ok(Some(Reopened {
        path: path.to_owned(),
        length: metadata.len(),
    }))
}

/// What a reader gives, in memory up to 1 MiB and in a temporary file without a name beyond.
fn spool(reader: &mut dyn Read) -> Result<SharedContent, IntakeCause> {
    let mut start = Vec::new();
    let begun = (&mut *reader).take(IN_MEMORY).read_to_end(&mut start);
    begun.map_err(IntakeCause::Unreadable)?;
    if (start.len() as u64) < IN_MEMORY {
        return Ok(Arc::new(start));
    }
    let mut file = tempfile::tempfile().map_err(IntakeCause::Unspooled)?;
    let mut length = 0;
    let mut chunk = start;
    while !chunk.is_empty() {
        file.write_all(&chunk).map_err(IntakeCause::Unspooled)?;
        length += chunk.len() as u64;
        chunk.clear();
        let more = (&mut *reader).take(SPOOLED_AT_ONCE).read_to_end(&mut chunk);
        more.map_err(IntakeCause::Unreadable)?;
    }
    Ok(Arc::new(Spooled {
        file: Mutex::new(file),
        length,
    }))
}

/// How many bytes go to the spool with one write.
const SPOOLED_AT_ONCE: u64 = 64 << 10;

#[derive(Debug)]
struct Reopened {
    path: PathBuf,
    length: u64,
}

impl Content for Reopened {
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        let named = |error: io::Error| {
            io::Error::new(error.kind(), format!("{}: {error}", self.path.display()))
        };
        Ok(Box::new(File::open(&self.path).map_err(named)?))
    }

    fn length(&self) -> Option<u64> {
        Some(self.length)
    }
}

#[derive(Debug)]
struct Spooled {
    file: Mutex<File>,
    length: u64,
}

impl Content for Spooled {
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(SpoolReader {
            file: &self.file,
            at: 0,
        }))
    }

    fn length(&self) -> Option<u64> {
        Some(self.length)
    }
}

/// Readers share one file, each at its own place in it.
struct SpoolReader<'a> {
    file: &'a Mutex<File>,
    at: u64,
}

impl Read for SpoolReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = self
            .file
            .lock()
            .map_err(|_| io::Error::other("another reader of it failed"))?;
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

#[derive(Debug)]
struct ContentRow(Vec<SharedContent>);

impl Content for ContentRow {
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(RowReader {
            left: self.0.iter(),
            current: Box::new(io::empty()),
        }))
    }

    fn length(&self) -> Option<u64> {
        self.0.iter().map(|content| content.length()).sum()
    }
}

/// Each content is opened when its turn comes, so that one file is open at a time.
struct RowReader<'a> {
    left: std::slice::Iter<'a, SharedContent>,
    current: Box<dyn Read + Send + 'a>,
}

impl Read for RowReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.current.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            match self.left.next() {
                // One that has grown since must not take the place of what follows.
                Some(next) => {
                    self.current = Box::new(next.open()?.take(next.length().unwrap_or(u64::MAX)));
                }
                None => return Ok(0),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(content: &dyn Content) -> Vec<u8> {
        let mut bytes = Vec::new();
        content
            .open()
            .and_then(|mut reader| reader.read_to_end(&mut bytes))
            .unwrap();
        assert_eq!(
            content.length(),
            Some(bytes.len() as u64),
            "the length said is the length given"
        );
        bytes
    }

    #[test]
    fn a_spool_gives_the_same_bytes_to_readers_that_take_turns() {
        for size in [0, 1, IN_MEMORY - 1, IN_MEMORY, IN_MEMORY + 1, 3 * IN_MEMORY] {
            let bytes: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
            let content = spool(&mut bytes.as_slice()).unwrap();
            let (mut one, mut two) = (content.open().unwrap(), content.open().unwrap());
            let mut start = [0; 10];
            let read = one.read(&mut start).unwrap();
            assert_eq!(start[..read], bytes[..read]);
            let mut rest = Vec::new();
            two.read_to_end(&mut rest).unwrap();
            assert_eq!(rest, bytes, "{size}");
            rest.clear();
            one.read_to_end(&mut rest).unwrap();
            assert_eq!(rest, bytes[read..], "{size}");
        }
    }

    #[test]
    fn a_file_is_opened_again_and_told_apart_from_a_directory() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("body");
        fs::write(&path, b"a\r\nb\0c").unwrap();
        let content = file(&path).unwrap();
        assert_eq!(all(&*content), b"a\r\nb\0c");
        fs::write(&path, b"longer than before").unwrap();
        let mut grown = Vec::new();
        content.open().unwrap().read_to_end(&mut grown).unwrap();
        assert_eq!(
            (content.length(), grown.as_slice()),
            (Some(6), &b"longer than before"[..]),
            "for the sender to see"
        );
        let row = in_a_row(vec![Arc::clone(&content), Arc::new(b"&b".to_vec())]);
        assert_eq!(all(&*row), b"longer&b", "what follows keeps its place");
        for (path, wrong) in [
            (folder.path(), io::ErrorKind::IsADirectory),
            (&folder.path().join("none"), io::ErrorKind::NotFound),
        ] {
            match file(path) {
                Err(IntakeCause::Unreadable(error)) => assert_eq!(error.kind(), wrong),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_file_that_tells_no_length_is_read_all_the_same() {
        assert!(all(&*file(Path::new("/proc/version")).unwrap()).starts_with(b"Linux"));
    }
}
