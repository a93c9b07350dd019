//! What the tests lean on: the program, its documents, a real nginx, loopback ports.

mod document;
mod nginx;
mod program;

pub(crate) use document::{ends, hops, ids, is_hostile};
pub(crate) use nginx::Nginx;
pub(crate) use program::{Run, program, rehop, rehop_fed, rehop_patient, rehop_within};

use std::env;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rehop::lab::{Options, Server};

/// A lab of one's own, with TLS.
pub(crate) fn lab() -> Server {
    Server::start(Options {
        tls: true,
        ..Options::default()
    })
    .expect("loopback can be listened on")
}

/// Says that a check is left out because a program is missing; on CI (`REHOP_CI`) that is a failure.
pub(crate) fn skip(missing: &str) {
    assert!(
        env::var_os("REHOP_CI").is_none(),
        "{missing} is missing, and on CI nothing is left out"
    );
    note(&format!("skipped: {missing} is not installed"));
}

/// Tells whoever reads the output of a test (`cargo test -- --nocapture`, or of one that fails).
#[expect(
    clippy::print_stderr,
    reason = "a test has no other way to say something without failing"
)]
pub(crate) fn note(text: &str) {
    eprintln!("{text}");
}

/// Looks at every case, several at once, as most of them wait; panics with all that is wrong with any.
pub(crate) fn each<T: Sync>(cases: &[T], faults: impl Fn(&T) -> Vec<String> + Sync) {
    let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            let faults = faults(case);
            found
                .lock()
                .expect("nobody panics while adding")
                .extend(faults);
        }
    };
    thread::scope(|scope| (0..AT_ONCE).for_each(|_| drop(scope.spawn(work))));
    let found = found.into_inner().expect("nobody panicked while adding");
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// Enough to wait for several slow servers, too few to keep a machine of two cores from answering in time.
const AT_ONCE: usize = 8;
