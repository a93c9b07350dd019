//! How far a run over several URLs is: one line on standard error that erases itself.

use std::io::Write;
use std::time::Instant;

/// The line; nothing where nobody watches.
pub(super) struct Progress {
    /// How many URLs there are; `None` where nothing is shown.
    total: Option<usize>,
    done: usize,
    began: Instant,
}

/// To the first column, and nothing right of it.
const ERASE: &str = "\r\x1b[K";

impl Progress {
    /// Of a run over so many URLs, where it is `watched`; of a single one there is nothing to tell.
    pub(super) fn new(watched: bool, urls: usize) -> Self {
        Self {
            total: (watched && urls > 1).then_some(urls),
            done: 0,
            began: Instant::now(),
        }
    }

    /// Shows where it is.
    pub(super) fn show(&self, err: &mut dyn Write) {
        if let Some(total) = self.total {
            let _ = write!(
                err,
                "{ERASE}{} of {total}, {} s",
                self.done,
                self.began.elapsed().as_secs()
            );
        }
    }

    /// One more is done: the line makes room for its report.
    pub(super) fn step(&mut self, err: &mut dyn Write) {
        self.done += 1;
        self.erase(err);
    }

    /// Takes the line away.
    pub(super) fn erase(&self, err: &mut dyn Write) {
        if self.total.is_some() {
            let _ = write!(err, "{ERASE}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(watched: bool, urls: usize) -> String {
        let (mut progress, mut err) = (Progress::new(watched, urls), Vec::new());
        progress.show(&mut err);
        progress.step(&mut err);
        progress.show(&mut err);
        progress.erase(&mut err);
        String::from_utf8(err).unwrap()
    }

    #[test]
    fn a_line_is_there_only_where_somebody_watches_several() {
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
