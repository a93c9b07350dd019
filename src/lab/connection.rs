//! One connection: requests in, answers out, everything written down.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::answer::{Act, After, LabAnswer, Reply};
use super::journal::Arrival;
use super::play::{FoundScenario, find};
use super::request::{RequestFraming, RequestHead};
use super::request_reader::{HeardRequest, RequestContent, RequestReader};
use super::scenario::{AnswerAt, LabRequest};
use super::scenarios::GROUPS;
use super::shared::Lab;
use super::site::{Site, bracketed, origin};

/// How long a closing connection is still read from, so that the reset which unread bytes would cause does not
/// destroy the answer on its way ([RFC 9112 §9.6](https://www.rfc-editor.org/rfc/rfc9112#section-9.6)).
const LINGER: Duration = Duration::from_secs(2);
/// How long a silent connection is held for a client that does not leave.
const HOLD: Duration = Duration::from_secs(10 * 60);
/// How long a reset waits, so that it does not overtake what was sent before it: some systems discard that.
const SETTLE: Duration = Duration::from_millis(20);
/// Bytes that a repetition sends at once.
const PORTION: usize = 16 * 1024;

/// A connection that has been accepted.
pub(super) struct LabConnection<'a> {
    pub(super) lab: &'a Lab,
    pub(super) incoming: RequestReader,
    /// Counted from 1.
    pub(super) number: u64,
    pub(super) peer: SocketAddr,
    pub(super) local: SocketAddr,
    pub(super) secure: bool,
}

impl LabConnection<'_> {
    /// Answers requests until the connection ends.
    pub(super) fn serve(mut self) {
        // A failure to send or receive means that the client has gone.
        while let Ok(after) = self.exchange() {
            if after != After::KeepAlive {
                return self.end(after);
            }
        }
    }

    /// One request and its answer; what becomes of the connection.
    fn exchange(&mut self) -> io::Result<After> {
        let head = match self.incoming.head() {
            HeardRequest::Head(head) => head,
            HeardRequest::Nothing => return Ok(After::Close),
            HeardRequest::Junk(refusal) => return self.play(&refusal.reply().last_word()),
        };
        if !self.lab.visitors.admits(&head) {
            self.note(&head, None, Some(403));
            let says = "This lab answers to loopback names, and to no script of another site. `rehop serve --host NAME` adds a \
                        name.\n";
            return self.play(&Reply::new(403).text(says).last_word());
        }
        let framing = match head.framing() {
            Ok(framing) => framing,
            Err(refusal) => {
                self.note(&head, None, Some(refusal.status));
                return self.play(&refusal.reply().last_word());
            }
        };
        let found = find(&GROUPS, head.path());
        match found.moment() {
            AnswerAt::Head => self.answer_head(&head, framing, &found),
            AnswerAt::Content(go_ahead) => self.answer_content(&head, framing, &found, go_ahead),
        }
    }

    /// Reads the content, then answers.
    fn answer_content(
        &mut self,
        head: &RequestHead,
        framing: RequestFraming,
        found: &FoundScenario,
        go_ahead: &[u8],
    ) -> io::Result<After> {
        if head.expects_continue() && framing != RequestFraming::None {
            self.incoming.wire.write_all(go_ahead)?;
            self.incoming.wire.flush()?;
        }
        let (content, outcome) = self.incoming.content(framing, None);
        if let Err(error) = outcome {
            self.note(head, content, None);
            return Err(error);
        }
        let answer = self.choose(head, content.as_ref(), found);
        self.note(head, content, answer.status);
        self.play(&answer)
    }

    /// Answers, then reads what content still comes, as far as the answer leaves the connection fit for that.
    fn answer_head(
        &mut self,
        head: &RequestHead,
        framing: RequestFraming,
        found: &FoundScenario,
    ) -> io::Result<After> {
        let answer = self.choose(head, None, found);
        let played = self.play(&answer);
        let (content, outcome) = match answer.after {
            After::KeepAlive => self.incoming.content(framing, None),
            After::Close => {
                self.incoming.wire.finish();
                self.incoming
                    .content(framing, Some(Instant::now() + LINGER))
            }
            // A deadline that has passed: only what has already come is counted.
            After::Reset | After::Hold | After::CloseOnNext => {
                self.incoming.content(framing, Some(Instant::now()))
            }
        };
        self.note(head, content, answer.status);
        outcome.or_else(|error| {
            if answer.after == After::KeepAlive {
                Err(error)
            } else {
                Ok(())
            }
        })?;
        played
    }

    fn choose(
        &self,
        head: &RequestHead,
        content: Option<&RequestContent>,
        found: &FoundScenario,
    ) -> LabAnswer {
        let here = Site::new(
            head,
            (self.local.ip(), self.local.port()),
            self.secure,
            self.lab.ports,
        );
        let mut answer = found.answer(&LabRequest {
            head,
            args: found.args.clone(),
            content,
            here: &here,
            groups: &GROUPS,
        });
        // Raw answers do not look at the request; a client that wants a close, or reads until one, still gets it.
        if answer.after == After::KeepAlive && !head.persists() {
            answer.after = After::Close;
        }
        answer
    }

    /// Does what `answer` says; what becomes of the connection.
    fn play(&mut self, answer: &LabAnswer) -> io::Result<After> {
        for act in &answer.acts {
            match act {
                Act::Send(bytes) => self.incoming.wire.write_all(bytes)?,
                Act::Wait(pause) => self.pause(*pause)?,
                Act::Repeat {
                    piece,
                    times,
                    every,
                } => self.repeat(piece, times.unwrap_or(u64::MAX), *every)?,
            }
        }
        self.incoming.wire.flush()?;
        Ok(answer.after)
    }

    fn repeat(&mut self, piece: &[u8], times: u64, every: Duration) -> io::Result<()> {
        // Pieces without a pause are sent in larger portions: a system call for every few bytes costs both sides.
        let portion = if every.is_zero() {
            PORTION.checked_div(piece.len()).unwrap_or(0).max(1)
        } else {
            1
        };
        let pieces = piece.repeat(portion);
        let portion = portion as u64;
        for _ in 0..times / portion {
            self.incoming.wire.write_all(&pieces)?;
            if !every.is_zero() {
                self.pause(every)?;
            }
        }
        (0..times % portion).try_for_each(|_| self.incoming.wire.write_all(piece))
    }

    /// Waits, unless the lab stops meanwhile.
    fn pause(&mut self, pause: Duration) -> io::Result<()> {
        self.incoming.wire.flush()?;
        if self.lab.sleep(pause) {
            Ok(())
        } else {
            Err(io::ErrorKind::Interrupted.into())
        }
    }

    /// Ends the connection in this way.
    fn end(mut self, after: After) {
        match after {
            After::KeepAlive => {}
            After::Close => {
                self.incoming.wire.finish();
                self.incoming.drain(LINGER);
            }
            After::Reset => {
                self.lab.sleep(SETTLE);
                self.incoming.wire.reset_on_close();
            }
            After::Hold => self.incoming.drain(HOLD),
            // The close follows whether or not something comes.
            After::CloseOnNext => {
                let _ = self.incoming.anything(HOLD);
            }
        }
    }

    fn note(&self, head: &RequestHead, content: Option<RequestContent>, status: Option<u16>) {
        self.lab.note(Arrival {
            n: 0,
            connection: self.number,
            peer: self.peer,
            origin: origin(self.secure, &bracketed(self.local.ip()), self.local.port()),
            method: head.method.clone(),
            target: head.target.clone(),
            version: head.version.clone(),
            headers: head.headers.clone(),
            content,
            status,
        });
    }
}
