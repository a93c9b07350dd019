//! How far a run of several parts is: one line on standard error that erases itself.

use std::io::Write;
use std::time::Instant;

/// The line; it shows nothing where standard error is no terminal.
pub(super) struct ProgressLine {
    is_shown: bool,
    /// What is being done, where the parts are not URLs.
    doing: &'static str,
    done: usize,
    total: usize,
    began: Instant,
}

/// To the first column, and nothing right of it.
const ERASE: &str = "\r\x1b[K";

impl ProgressLine {
    /// Of a run over so many URLs, where it is `watched`; a single one has no progress to show.
    pub(super) fn new(watched: bool, urls: usize) -> Self {
        Self {
            is_shown: watched && urls > 1,
            doing: "",
            done: 0,
            total: urls,
            began: Instant::now(),
        }
    }

    /// Of a run whose number of parts is found on the way.
    pub(super) fn doing(what: &'static str, watched: bool) -> Self {
        Self {
            is_shown: watched,
            doing: what,
            ..Self::new(false, 0)
        }
    }

    /// Shows where it is.
    pub(super) fn show(&self, err: &mut dyn Write) {
        if self.is_shown {
            let (doing, done, total) = (self.doing, self.done, self.total);
            let seconds = self.began.elapsed().as_secs();
            let _ = write!(err, "{ERASE}{doing}{done} of {total}, {seconds} s")
                .and_then(|()| err.flush());
        }
    }

    /// So many of so many parts are done.
    pub(super) fn reach(&mut self, done: usize, total: usize, err: &mut dyn Write) {
        (self.done, self.total) = (done, total);
        self.show(err);
    }

    /// One more is done: the line makes room for its report.
    pub(super) fn step(&mut self, err: &mut dyn Write) {
        self.done += 1;
        self.erase(err);
    }

    /// Takes the line away.
    pub(super) fn erase(&self, err: &mut dyn Write) {
        if self.is_shown {
            let _ = write!(err, "{ERASE}").and_then(|()| err.flush());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(watched: bool, urls: usize) -> String {
        let (mut progress, mut err) = (ProgressLine::new(watched, urls), Vec::new());
        progress.show(&mut err);
        progress.step(&mut err);
        progress.show(&mut err);
        progress.erase(&mut err);
        String::from_utf8(err).unwrap()
    }

    #[test]
    fn a_progress_line_is_shown_only_where_somebody_watches_several() {
        assert_eq!(
            shown(true, 3),
            "\r\x1b[K0 of 3, 0 s\r\x1b[K\r\x1b[K1 of 3, 0 s\r\x1b[K"
        );
        assert_eq!(
            (shown(false, 3), shown(true, 1)),
            (String::new(), String::new())
        );
    }
}
