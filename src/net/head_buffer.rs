//! Bytes as they came, and the heads of responses taken out of them.

use crate::model::{HttpFault, Informational};

use super::head::{self, Head, HeadRead};

/// The most interim responses that are read before one final.
const MOST_INTERIM: usize = 100;

/// Bytes received and not yet used.
#[derive(Debug, Default)]
pub(super) struct HeadBuffer {
    bytes: Vec<u8>,
    /// So far it was searched for the end of a head.
    searched: usize,
    /// Whether the first line was seen to end behind the beginning.
    has_line: bool,
    /// Bytes of interim responses since the last final one.
    interim: usize,
}

impl HeadBuffer {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// What is left, as the content that follows a head.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The head of the final response, once it is whole; interim ones before it go to `interim`.
    ///
    /// 101 is final: rehop has no other protocol to go on with.
    ///
    /// # Errors
    /// What is wrong with the bytes.
    pub(super) fn head(
        &mut self,
        interim: &mut Vec<Informational>,
    ) -> Result<Option<Head>, HttpFault> {
        while self.may_hold_head() {
            let HeadRead::Whole(head, used) = head::read(&self.bytes)? else {
                return Ok(None);
            };
            self.bytes.drain(..used);
            self.searched = 0;
            self.has_line = false;
            if !head.status.is_informational() || head.status.code() == 101 {
                self.interim = 0;
                return Ok(Some(head));
            }
            self.interim += used;
            interim.push(Informational {
                status: head.status,
                headers: head.headers,
            });
            if interim.len() > MOST_INTERIM || self.interim > head::MOST_BYTES {
                return Err(HttpFault::EndlessInterim);
            }
        }
        Ok(None)
    }

    /// Whether reading a head is worth the while: else a head that drips in would be read again at every drop.
    ///
    /// The first bytes are always worth it, however many come at once, and the end of the first line: they tell what is
    /// no HTTP.
    fn may_hold_head(&mut self) -> bool {
        let from = self.searched.saturating_sub(3);
        let fresh = &self.bytes[from..];
        let first_line_ends = !self.has_line && self.bytes[self.searched..].contains(&b'\n');
        let is_first = self.searched <= head::BEGINNING || first_line_ends;
        self.has_line |= first_line_ends && self.searched > head::BEGINNING;
        let ends = fresh.windows(2).any(|pair| pair == b"\n\n")
            || fresh.windows(3).any(|three| three == b"\n\r\n");
        self.searched = self.bytes.len();
        ends || is_first || self.bytes.len() >= head::MOST_BYTES
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Status;

    #[test]
    fn interim_responses_are_set_aside_and_content_stays() {
        let mut inbox = HeadBuffer::default();
        let mut interim = Vec::new();
        inbox.push(b"HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Go\r\n\r\nHTTP/1.1 20");
        assert_eq!(inbox.head(&mut interim), Ok(None));
        inbox.push(b"0 OK\r\n\r\ncontent");
        assert_eq!(
            inbox.head(&mut interim).unwrap().unwrap().status,
            Status(200)
        );
        assert_eq!(
            interim
                .iter()
                .map(|one| one.status.code())
                .collect::<Vec<_>>(),
            [103, 100]
        );
        assert_eq!(inbox.into_bytes(), b"content");
    }

    #[test]
    fn endless_interim_responses_end() {
        let large = format!(
            "HTTP/1.1 103 Early\r\nLink: {}\r\n\r\n",
            "x".repeat(head::MOST_BYTES / 4)
        );
        for (text, times) in [("HTTP/1.1 102 Wait\r\n\r\n", MOST_INTERIM + 1), (&large, 4)] {
            let mut inbox = HeadBuffer::default();
            inbox.push(text.repeat(times).as_bytes());
            assert_eq!(inbox.head(&mut Vec::new()), Err(HttpFault::EndlessInterim));
        }
    }

    #[test]
    fn what_is_no_http_is_told_at_once_however_it_comes() {
        let empty = "\r\n".repeat(32);
        let long = format!("HTTP/1.1 200 {}", "x".repeat(100));
        for (before, after) in [
            ("", "SSH-2.0-OpenSSH"),
            ("H", "ELO"),
            (&"SSH ".repeat(20)[..0], &"SSH ".repeat(100)),
            (&empty, "SSH"),
            (&format!("{empty}HT"), "ML"),
            ("HTTP/1.1 ", "abc\n"),
            (&long.replace("200", "20x"), "\n"),
        ] {
            let mut buffer = HeadBuffer::default();
            buffer.push(before.as_bytes());
            assert_eq!(buffer.head(&mut Vec::new()), Ok(None), "{before:?}");
            buffer.push(after.as_bytes());
            assert!(
                buffer.head(&mut Vec::new()).is_err(),
                "{before:?} {after:?}"
            );
        }
    }

    #[test]
    fn a_head_may_drip_in() {
        let mut inbox = HeadBuffer::default();
        let head = format!("HTTP/1.1 301 x\r\nA: {}\r\n\r\n", "y".repeat(500));
        let (last, first) = head.as_bytes().split_last().unwrap();
        for byte in first {
            inbox.push(&[*byte]);
            assert_eq!(inbox.head(&mut Vec::new()), Ok(None));
        }
        inbox.push(&[*last]);
        assert_eq!(
            inbox.head(&mut Vec::new()).unwrap().unwrap().status,
            Status(301)
        );
    }
}
