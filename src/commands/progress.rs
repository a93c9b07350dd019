//! How far a run of several parts is: one line on standard error that erases itself.

use std::fmt::Write as _;
use std::io::Write;
use std::time::{Duration, Instant};

use url::Url;

use crate::exit::Exit;
use crate::report::View;

/// The line; it shows nothing where standard error is no terminal.
pub(super) struct ProgressLine {
    is_shown: bool,
    /// What is being done, where the parts are not URLs.
    doing: &'static str,
    done: usize,
    /// How many there are, where that is known.
    total: Option<usize>,
    /// Chains that could not be followed to their end.
    failed: usize,
    slowest: Option<SlowHost>,
    began: Instant,
}

/// The host whose chain took longest of late.
struct SlowHost {
    host: String,
    took_ms: f64,
    seen: Instant,
}

/// How long a slow host is remembered.
const LATELY: Duration = Duration::from_secs(10);

/// To the first column, and nothing right of it.
const ERASE: &str = "\r\x1b[K";

impl ProgressLine {
    /// Of a run over so many URLs, where it is `watched`; a single one has no progress to show.
    pub(super) fn new(watched: bool, urls: Option<usize>) -> Self {
        Self {
            is_shown: watched && urls.is_none_or(|urls| urls > 1),
            doing: "",
            done: 0,
            total: urls,
            failed: 0,
            slowest: None,
            began: Instant::now(),
        }
    }

    /// Of a run whose number of parts is found on the way.
    pub(super) fn doing(what: &'static str, watched: bool) -> Self {
        Self {
            is_shown: watched,
            doing: what,
            ..Self::new(false, Some(0))
        }
    }

    /// Shows where it is.
    pub(super) fn show(&self, err: &mut dyn Write) {
        if self.is_shown {
            let line = self.line(self.began.elapsed());
            let _ = write!(err, "{ERASE}{line}").and_then(|()| err.flush());
        }
    }

    /// So many of so many parts are done.
    pub(super) fn reach(&mut self, done: usize, total: usize, err: &mut dyn Write) {
        (self.done, self.total) = (done, Some(total));
        self.show(err);
    }

    /// One more chain is done.
    pub(super) fn step(&mut self, view: &View) {
        self.done += 1;
        if !self.is_shown {
            return;
        }
        self.failed += usize::from(Exit::from(view.end.kind.0) != Exit::Clean);
        let took_ms = view.summary.total_ms.0;
        let is_slower =
            |slowest: &SlowHost| took_ms >= slowest.took_ms || slowest.seen.elapsed() > LATELY;
        if self.slowest.as_ref().is_none_or(is_slower) {
            let host = Url::parse(&view.url).ok();
            let host = host.as_ref().and_then(Url::host_str).unwrap_or_default();
            self.slowest = Some(SlowHost {
                host: host.to_owned(),
                took_ms,
                seen: Instant::now(),
            });
        }
    }

    /// Takes the line away.
    pub(super) fn erase(&self, err: &mut dyn Write) {
        if self.is_shown {
            let _ = write!(err, "{ERASE}").and_then(|()| err.flush());
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "it is shown rounded")]
    /// Done, time; and of chains failures, rate, time left, slowest host.
    fn line(&self, elapsed: Duration) -> String {
        let (doing, done, seconds) = (self.doing, self.done, elapsed.as_secs());
        let mut line = match self.total {
            Some(total) => format!("{doing}{done} of {total}, {seconds} s"),
            None => format!("{done} done, {seconds} s"),
        };
        // Writing to a string cannot fail.
        if self.failed > 0 {
            let _ = write!(line, ", {} failed", self.failed);
        }
        if seconds > 0 && done > 0 && doing.is_empty() {
            let rate = done as f64 / elapsed.as_secs_f64();
            let _ = write!(line, ", {rate:.1}/s");
            let left = self.total.and_then(|total| total.checked_sub(done));
            if let Some(left) = left.filter(|left| *left > 0) {
                let _ = write!(line, ", {:.0} s left", left as f64 / rate);
            }
        }
        if let Some(SlowHost { host, took_ms, .. }) = &self.slowest {
            let _ = write!(line, ", slowest {host} ({took_ms:.0} ms)");
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(watched: bool, urls: usize) -> String {
        let (progress, mut err) = (ProgressLine::new(watched, Some(urls)), Vec::new());
        progress.show(&mut err);
        progress.erase(&mut err);
        String::from_utf8(err).unwrap()
    }

    #[test]
    fn a_progress_line_is_shown_only_where_somebody_watches_several() {
        assert_eq!(shown(true, 3), "\r\x1b[K0 of 3, 0 s\r\x1b[K");
        assert_eq!(
            (shown(false, 3), shown(true, 1)),
            (String::new(), String::new())
        );
    }

    #[test]
    fn a_progress_line_says_what_is_known() {
        let mut progress = ProgressLine::new(true, Some(100));
        (progress.done, progress.failed) = (20, 3);
        let seconds = Duration::from_secs;
        assert_eq!(
            progress.line(seconds(10)),
            "20 of 100, 10 s, 3 failed, 2.0/s, 40 s left"
        );
        progress.total = None;
        progress.slowest = Some(SlowHost {
            host: "h.example".to_owned(),
            took_ms: 1234.5,
            seen: Instant::now(),
        });
        assert_eq!(
            progress.line(seconds(10)),
            "20 done, 10 s, 3 failed, 2.0/s, slowest h.example (1234 ms)"
        );
    }
}
