//! Content out of its chunks ([RFC 9112 §7.1](https://www.rfc-editor.org/rfc/rfc9112#section-7.1)): bytes in, bytes out.
//!
//! ```text
//! Size ─▶ Data ─▶ AfterData ─▶ Size … ─▶ (size 0) Trailer ─▶ Done
//! ```

/// The most bytes of one size line with its extensions; far above what is sent.
const MOST_LINE: usize = 64 * 1024;

/// Undoes chunks as their bytes come.
#[derive(Debug)]
pub(super) struct Chunks {
    state: ChunkState,
    /// Bytes of the size line under way.
    line: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ChunkState {
    /// A size line: the size so far, and whether a digit was seen.
    Size { size: u64, digits: bool },
    /// The rest of a size line, behind its digits.
    Extension { size: u64, after_cr: bool },
    /// So many bytes of a chunk are left.
    Data(u64),
    /// The end of line behind a chunk; whether its CR was seen.
    AfterData { after_cr: bool },
    /// The trailer section; whether the line is empty so far, and whether its CR was seen.
    Trailer { empty: bool, after_cr: bool },
    /// The last chunk has ended.
    Done,
}

/// The chunks break their grammar.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MalformedChunks;

impl Chunks {
    pub(super) fn new() -> Self {
        Self {
            state: SIZE,
            line: 0,
        }
    }

    /// Whether the last chunk and its trailers have ended.
    pub(super) fn is_done(&self) -> bool {
        self.state == ChunkState::Done
    }

    /// Takes `bytes` in, gives their content to `out` piece by piece, and says how many bytes were taken: all of them but
    /// what stands behind the end.
    ///
    /// # Errors
    /// Where they break the grammar; what came before is given out.
    pub(super) fn decode(
        &mut self,
        bytes: &[u8],
        out: &mut dyn FnMut(&[u8]),
    ) -> Result<usize, MalformedChunks> {
        let mut at = 0;
        while at < bytes.len() && !self.is_done() {
            if let ChunkState::Data(left) = self.state {
                let here = usize::try_from(left)
                    .unwrap_or(usize::MAX)
                    .min(bytes.len() - at);
                out(&bytes[at..at + here]);
                at += here;
                self.state = match left - here as u64 {
                    0 => ChunkState::AfterData { after_cr: false },
                    left => ChunkState::Data(left),
                };
            } else {
                self.state = self.step(bytes[at])?;
                at += 1;
            }
        }
        Ok(at)
    }

    /// The state behind one byte that is not content.
    fn step(&mut self, byte: u8) -> Result<ChunkState, MalformedChunks> {
        // Trailers are read past and kept nowhere: what bounds them is the time that content is given.
        self.line += usize::from(!matches!(self.state, ChunkState::Trailer { .. }));
        if self.line > MOST_LINE {
            return Err(MalformedChunks);
        }
        let next = match self.state {
            ChunkState::Size { size, digits } => return in_size(size, digits, byte),
            ChunkState::Extension { size, after_cr } => in_extension(size, after_cr, byte)?,
            ChunkState::AfterData { after_cr } => match (after_cr, byte) {
                (false, b'\r') => ChunkState::AfterData { after_cr: true },
                (true, b'\n') => SIZE,
                _ => return Err(MalformedChunks),
            },
            ChunkState::Trailer { empty, after_cr } => in_trailer(empty, after_cr, byte),
            state @ (ChunkState::Data(_) | ChunkState::Done) => state,
        };
        if matches!(next, ChunkState::Data(_) | ChunkState::Size { .. }) {
            self.line = 0;
        }
        Ok(next)
    }
}

const SIZE: ChunkState = ChunkState::Size {
    size: 0,
    digits: false,
};

fn in_size(size: u64, digits: bool, byte: u8) -> Result<ChunkState, MalformedChunks> {
    if let Some(digit) = char::from(byte).to_digit(16) {
        let size = size
            .checked_mul(16)
            .and_then(|size| size.checked_add(digit.into()));
        let size = size.ok_or(MalformedChunks)?;
        return Ok(ChunkState::Size { size, digits: true });
    }
    match byte {
        b'\r' | b';' | b' ' | b'\t' if digits => Ok(ChunkState::Extension {
            size,
            after_cr: byte == b'\r',
        }),
        _ => Err(MalformedChunks),
    }
}

fn in_extension(size: u64, after_cr: bool, byte: u8) -> Result<ChunkState, MalformedChunks> {
    match (after_cr, byte) {
        (true, b'\n') if size == 0 => Ok(ChunkState::Trailer {
            empty: true,
            after_cr: false,
        }),
        (true, b'\n') => Ok(ChunkState::Data(size)),
        (true, _) | (false, b'\n') => Err(MalformedChunks),
        (false, byte) => Ok(ChunkState::Extension {
            size,
            after_cr: byte == b'\r',
        }),
    }
}

/// Trailers are read past, whichever way their lines end.
fn in_trailer(empty: bool, after_cr: bool, byte: u8) -> ChunkState {
    match byte {
        b'\n' if empty => ChunkState::Done,
        b'\n' => ChunkState::Trailer {
            empty: true,
            after_cr: false,
        },
        b'\r' => ChunkState::Trailer {
            empty: empty && !after_cr,
            after_cr: true,
        },
        _ => ChunkState::Trailer {
            empty: false,
            after_cr: false,
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Content, bytes taken, whether it is done.
    fn decoded(pieces: &[&[u8]]) -> Result<(Vec<u8>, usize, bool), MalformedChunks> {
        let (mut chunks, mut content, mut taken) = (Chunks::new(), Vec::new(), 0);
        for piece in pieces {
            taken += chunks.decode(piece, &mut |bytes| content.extend_from_slice(bytes))?;
        }
        Ok((content, taken, chunks.is_done()))
    }

    #[test]
    fn chunks_give_their_content_and_leave_what_follows() {
        for (text, content, taken, done) in [
            ("0\r\n\r\n", "", 5, true),
            ("3\r\nabc\r\n0\r\n\r\n", "abc", 13, true),
            ("3\r\nabc\r\n0\r\n\r\nHTTP/1.1", "abc", 13, true),
            ("003;a=\"b\"\r\nabc\r\n00\r\nX: y\r\n\r\n", "abc", 28, true),
            ("A \r\n0123456789\r\n0\r\n\r\n", "0123456789", 21, true),
            ("3\r\nab", "ab", 5, false),
            ("3\r\nabc\r\n0\r\n", "abc", 11, false),
            ("", "", 0, false),
        ] {
            let expected = Ok((content.as_bytes().to_vec(), taken, done));
            assert_eq!(decoded(&[text.as_bytes()]), expected, "{text:?}");
            let bytes: Vec<&[u8]> = text.as_bytes().chunks(1).collect();
            let piecewise = decoded(&bytes);
            assert_eq!(piecewise, expected, "{text:?} byte by byte");
        }
    }

    #[test]
    fn chunks_that_break_the_grammar_are_refused() {
        for text in [
            "x\r\n",
            "\r\n",
            "3\nabc\r\n",
            "3\r\nabcd\r\n",
            "-1\r\n",
            "0x3\r\nabc",
            "10000000000000000\r\n",
            "3\r\nabc\n0\r\n\r\n",
        ] {
            assert_eq!(
                decoded(&[text.as_bytes()]),
                Err(MalformedChunks),
                "{text:?}"
            );
        }
        let endless = format!("3;{}", "x".repeat(MOST_LINE));
        assert_eq!(decoded(&[endless.as_bytes()]), Err(MalformedChunks));
    }

    proptest! {
        #[test]
        fn chunks_read_whole_or_in_pieces_are_the_same(
            contents in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..20), 0..6),
            cut in 1_usize..7,
        ) {
            let mut wire = Vec::new();
            for content in &contents {
                wire.extend(format!("{:x}\r\n", content.len()).bytes());
                wire.extend(content);
                wire.extend(b"\r\n");
            }
            wire.extend(b"0\r\n\r\n");
            let pieces: Vec<&[u8]> = wire.chunks(cut).collect();
            prop_assert_eq!(decoded(&pieces), Ok((contents.concat(), wire.len(), true)));
        }
    }
}
