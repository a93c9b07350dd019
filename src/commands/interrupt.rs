//! Ctrl-C.

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
    flag
}
