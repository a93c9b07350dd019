//! Ctrl-C, and what else asks a process to end: SIGTERM, and SIGHUP of a terminal that is closed.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGINT, SIGTERM};

use crate::exit::Exit;

/// A flag that Ctrl-C sets from now on.
///
/// Only now: until here nothing waits for the network, and Ctrl-C should end what reads standard input as it always does.
pub(super) fn flag() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // Where the system refuses a handler, Ctrl-C ends the process as it always does.
        // The second Ctrl-C ends it even where the first has no effect, as while a write to a full pipe blocks.
        let _ = signal_hook::flag::register_conditional_shutdown(
            signal,
            Exit::Interrupted.code().into(),
            flag.clone(),
        );
        let _ = signal_hook::flag::register(signal, flag.clone());
    }
    #[cfg(unix)]
    if !is_hangup_ignored() {
        // A closing terminal may send several at once: none of them cuts short what the first ends in order.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGHUP, flag.clone());
    }
    flag
}

/// Whether SIGHUP is to be ignored, as under nohup(1); known on Linux, from proc(5).
#[cfg(unix)]
fn is_hangup_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask & 1 != 0)
}
