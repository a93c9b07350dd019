//! The pieces of a content: how curl's `-d` and the flags beside it are filtered and joined, as
//! [curl(1), `--data`](https://curl.se/docs/manpage.html#-d) says.

use std::io::{self, Read};
use std::sync::Arc;

use super::content::{SharedContent, in_a_row, open};
use super::{InputKind, InputSource, IntakeError};
use crate::model::Content;

/// One piece of a request's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataPiece {
    /// What stands between it and a piece before it that is not empty.
    pub join: Join,
    /// What stands before it: the `name=` of `--data-urlencode name@file`.
    pub prefix: Vec<u8>,
    /// Where it comes from.
    pub source: InputSource,
    /// What is done to the bytes of a file on their way.
    pub filter: Filter,
}

/// What joins two pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// `&`.
    Ampersand,
    /// Nothing: JSON.
    Nothing,
}

/// What is done to the bytes of a file or of standard input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// Nothing.
    AsIs,
    /// CR, LF and NUL are taken out.
    WithoutLineEnds,
    /// All but letters, digits and `-._~` is percent-encoded, a space as `+`.
    FormEncoded,
}

impl Filter {
    /// What becomes of one byte: it is added to `to` in its new form.
    pub fn apply(self, byte: u8, to: &mut Vec<u8>) {
        const HEX: &[u8; 16] = b"0123456789ABCDEF";
        let hex = |nibble: u8| HEX[usize::from(nibble)];
        match (self, byte) {
            (Self::WithoutLineEnds, b'\r' | b'\n' | b'\0') => {}
            (Self::FormEncoded, b' ') => to.push(b'+'),
            (Self::FormEncoded, byte)
                if !(byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)) =>
            {
                to.extend([b'%', hex(byte >> 4), hex(byte & 15)]);
            }
            (_, byte) => to.push(byte),
        }
    }

    /// What becomes of all these bytes.
    #[must_use]
    pub fn all(self, bytes: &[u8]) -> Vec<u8> {
        let mut to = Vec::with_capacity(bytes.len());
        for &byte in bytes {
            self.apply(byte, &mut to);
        }
        to
    }
}

impl DataPiece {
    /// These bytes as they are, joined by `&`.
    #[must_use]
    pub fn text(flag: &'static str, bytes: &[u8]) -> Self {
        Self {
            join: Join::Ampersand,
            prefix: Vec::new(),
            source: InputSource::text(flag, bytes),
            filter: Filter::AsIs,
        }
    }
}

/// The pieces of a content, joined.
///
/// # Errors
/// Where one cannot be read.
pub fn data(pieces: &[DataPiece], stdin: &mut dyn Read) -> Result<SharedContent, IntakeError> {
    let mut row: Vec<SharedContent> = Vec::new();
    for piece in pieces {
        let content = open(&piece.source, stdin)?;
        let content = filtered(content, piece.filter)
            .map_err(|error| IntakeError::unreadable(&piece.source, InputKind::Bytes, error))?;
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

/// What a filter makes of it; its length is found by reading it through once.
fn filtered(content: SharedContent, filter: Filter) -> io::Result<SharedContent> {
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
struct Filtered {
    content: SharedContent,
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
        content.open().unwrap().read_to_end(&mut bytes).unwrap();
        assert_eq!(
            content.length(),
            Some(bytes.len() as u64),
            "the length said is the length given"
        );
        bytes
    }

    #[test]
    fn a_filter_changes_every_byte_that_it_is_for() {
        let content: SharedContent = Arc::new(b"a\r\nb\0c".to_vec());
        assert_eq!(
            all(&*filtered(Arc::clone(&content), Filter::WithoutLineEnds).unwrap()),
            b"abc"
        );
        assert_eq!(
            all(&*filtered(Arc::clone(&content), Filter::FormEncoded).unwrap()),
            b"a%0D%0Ab%00c"
        );
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
