//! Opens what a plan names: content that can be read again at every hop, none of it larger than 1 MiB in memory.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::cli::UsageError;
use crate::cli::plan::{DataPiece, Filter, InputPlace, InputSource, Join};
use crate::model::Content;

/// Content that hops share.
pub(super) type Shared = Arc<dyn Content>;

/// How many bytes of a body are held in memory; more goes to a file.
pub(super) const IN_MEMORY: u64 = 1 << 20;

/// Opens this source; a file is opened again at every hop, a pipe or standard input is read now and kept.
///
/// # Errors
/// Names the flag and the file where it cannot be read.
pub(super) fn open(source: &InputSource, stdin: &mut dyn Read) -> Result<Shared, UsageError> {
    let opened = match &source.place {
        InputPlace::Text(bytes) => Ok(Arc::new(bytes.clone()) as Shared),
        InputPlace::File(path) => file(path),
        InputPlace::Stdin => spool(stdin),
    };
    opened.map_err(|error| source.unreadable(&error))
}

/// All of it, where it is no more than 1 MiB.
///
/// # Errors
/// Names the flag and the file where it cannot be read or is larger.
pub(super) fn read(source: &InputSource, stdin: &mut dyn Read) -> Result<Vec<u8>, UsageError> {
    in_memory(&*open(source, stdin)?, source.flag)
}

/// The bytes of a content that this flag gave, where there are no more than 1 MiB of them.
///
/// # Errors
/// Where there are more, or they cannot be read.
pub(super) fn in_memory(content: &dyn Content, flag: &str) -> Result<Vec<u8>, UsageError> {
    let mut bytes = Vec::new();
    let all = content
        .open()
        .and_then(|reader| reader.take(IN_MEMORY + 1).read_to_end(&mut bytes));
    all.map_err(|error| UsageError::new(format!("{flag}: cannot read it: {error}"), ""))?;
    if bytes.len() as u64 > IN_MEMORY {
        return Err(UsageError::new(
            format!("{flag}: more than 1 MiB"),
            "name a smaller file",
        ));
    }
    Ok(bytes)
}

/// The pieces of `-d` and its kin, joined.
///
/// # Errors
/// Where one cannot be read.
pub(super) fn data(pieces: &[DataPiece], stdin: &mut dyn Read) -> Result<Shared, UsageError> {
    let mut row: Vec<Shared> = Vec::new();
    for piece in pieces {
        let content = open(&piece.source, stdin)?;
        let content =
            filtered(content, piece.filter).map_err(|error| piece.source.unreadable(&error))?;
        // curl joins to what stands there already, so that nothing comes before a first `&`.
        let begun = row.iter().any(|content| content.length() != Some(0));
        if begun && piece.join == Join::Ampersand {
            row.push(Arc::new(b"&".to_vec()));
        }
        if !piece.prefix.is_empty() {
            row.push(Arc::new(piece.prefix.clone()));
        }
        row.push(content);
    }
    Ok(in_a_row(row))
}

/// Contents one after the other.
#[must_use]
pub(super) fn in_a_row(mut contents: Vec<Shared>) -> Shared {
    if contents.len() == 1 {
        contents.remove(0)
    } else {
        Arc::new(Row(contents))
    }
}

fn file(path: &Path) -> io::Result<Shared> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(io::Error::new(
            io::ErrorKind::IsADirectory,
            "it is a directory",
        ));
    }
    // Files of /proc have content and no length.
    if !metadata.is_file() || metadata.len() == 0 {
        return spool(&mut File::open(path)?);
    }
    // Opened now as well, so that a file that may not be read is found before anything is sent.
    File::open(path)?;
    Ok(Arc::new(Reopened {
        path: path.to_owned(),
        length: metadata.len(),
    }))
}

/// What a reader gives, in memory up to 1 MiB and in a temporary file without a name beyond.
fn spool(reader: &mut dyn Read) -> io::Result<Shared> {
    let mut start = Vec::new();
    reader.take(IN_MEMORY).read_to_end(&mut start)?;
    if (start.len() as u64) < IN_MEMORY {
        return Ok(Arc::new(start));
    }
    let mut file = tempfile::tempfile()?;
    file.write_all(&start)?;
    let length = start.len() as u64 + io::copy(reader, &mut file)?;
    Ok(Arc::new(Spooled {
        file: Mutex::new(file),
        length,
    }))
}

/// What a filter makes of it; its length is found by reading it through once.
fn filtered(content: Shared, filter: Filter) -> io::Result<Shared> {
    if filter == Filter::AsIs {
        return Ok(content);
    }
    let unmeasured = Filtered {
        content,
        filter,
        length: 0,
    };
    let length = unmeasured
        .open()
        .and_then(|mut reader| io::copy(&mut reader, &mut io::sink()))?;
    Ok(Arc::new(Filtered {
        length,
        ..unmeasured
    }))
}

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
struct Row(Vec<Shared>);

impl Content for Row {
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
    left: std::slice::Iter<'a, Shared>,
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

#[derive(Debug)]
struct Filtered {
    content: Shared,
    filter: Filter,
    length: u64,
}

impl Content for Filtered {
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        let source = self.content.open()?;
        Ok(Box::new(FilterReader {
            source,
            filter: self.filter,
            ready: Vec::new(),
            given: 0,
        }))
    }

    fn length(&self) -> Option<u64> {
        Some(self.length)
    }
}

struct FilterReader<'a> {
    source: Box<dyn Read + Send + 'a>,
    filter: Filter,
    ready: Vec<u8>,
    given: usize,
}

impl Read for FilterReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() {
            let mut chunk = [0; 16 * 1024];
            let read = self.source.read(&mut chunk)?;
            if read == 0 {
                return Ok(0);
            }
            self.given = 0;
            self.ready.clear();
            for &byte in &chunk[..read] {
                self.filter.apply(byte, &mut self.ready);
            }
        }
        let read = (&self.ready[self.given..]).read(buffer)?;
        self.given += read;
        Ok(read)
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
            "the length told is the length given"
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
        assert_eq!(
            all(&*filtered(Arc::clone(&content), Filter::WithoutLineEnds).unwrap()),
            b"abc"
        );
        assert_eq!(
            all(&*filtered(Arc::clone(&content), Filter::FormEncoded).unwrap()),
            b"a%0D%0Ab%00c"
        );
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
        assert_eq!(
            file(folder.path()).unwrap_err().kind(),
            io::ErrorKind::IsADirectory
        );
        assert_eq!(
            file(&folder.path().join("none")).unwrap_err().kind(),
            io::ErrorKind::NotFound
        );
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_file_that_tells_no_length_is_read_all_the_same() {
        assert!(all(&*file(Path::new("/proc/version")).unwrap()).starts_with(b"Linux"));
    }

    #[test]
    fn large_content_goes_through_a_filter_in_pieces() {
        let bytes = vec![b' '; 100_000];
        let content = filtered(Arc::new(bytes), Filter::FormEncoded).unwrap();
        assert_eq!(all(&*content), vec![b'+'; 100_000]);
        let row = in_a_row(vec![
            content,
            Arc::new(Vec::new()),
            Arc::new(b"end".to_vec()),
        ]);
        assert!(all(&*row).ends_with(b"+end"));
    }
}
