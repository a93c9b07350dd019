//! How the plan reaches servers → the terms of a wire.

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};

use super::chains::Road;
use super::output::Keep;
use crate::cli::UsageError;
use crate::cli::plan::{InspectPlan, NetPlan, TlsPlan};
use crate::exit::Exit;
use crate::net::{Limits, NetOptions, Network, TlsOptions, check_tls};
use crate::report::say;

/// How every worker reaches servers.
pub(super) struct Route {
    network: Network,
    interrupt: Arc<AtomicBool>,
    workers: NonZeroUsize,
    body: Option<Keep>,
}

impl Route {
    /// The plan's terms; what answers contain goes to `body`, where there is one.
    ///
    /// # Errors
    /// Names the flag and the file that cannot be read or used.
    pub(super) fn new(plan: &InspectPlan, body: Option<Keep>) -> Result<Self, UsageError> {
        let options = options(&plan.net, plan.chain.max_time)?;
        let interrupt = interrupt();
        Ok(Self {
            network: Network::new(NetOptions {
                interrupt: interrupt.clone(),
                ..options
            }),
            interrupt,
            workers: plan.workers,
            body,
        })
    }

    /// How many roads there may be.
    pub(super) fn workers(&self) -> NonZeroUsize {
        self.workers
    }

    /// Whether Ctrl-C was pressed.
    pub(super) fn is_interrupted(&self) -> bool {
        self.interrupt.load(Ordering::Relaxed)
    }

    /// A road of its own for a worker.
    pub(super) fn road(&self) -> Road {
        let wire = self.network.wire();
        let wire = match &self.body {
            Some(file) => wire.with_sink(Box::new(file.clone())),
            None => wire,
        };
        Road {
            wire,
            interrupt: self.interrupt.clone(),
            body: self.body.clone(),
        }
    }
}

fn options(plan: &NetPlan, max_time: Option<Duration>) -> Result<NetOptions, UsageError> {
    let limits = Limits {
        connect: plan.connect_timeout,
        hop: plan.hop_timeout.unwrap_or(Duration::MAX),
        chain: max_time,
        ..Limits::default()
    };
    Ok(NetOptions {
        limits,
        tls: tls(&plan.tls)?,
        proxies: plan.proxies.clone(),
        overrides: plan.overrides.clone(),
        connect_to: plan.connect_to.clone(),
        family: plan.family,
        #[cfg(unix)]
        unix_socket: plan.unix_socket.clone(),
        deny_private: plan.deny_private,
        interrupt: Arc::default(),
    })
}

fn tls(plan: &TlsPlan) -> Result<TlsOptions, UsageError> {
    let read = |flag: &str, path: &Path| {
        fs::read(path).map_err(|error| {
            let says = format!("{flag}: cannot read {}: {error}", path.display());
            UsageError::new(says, "name a file of PEM")
        })
    };
    let identity = plan.identity.as_ref();
    let key = identity
        .map(|identity| read("--key", &identity.key))
        .transpose()?;
    if key.as_deref().is_some_and(is_encrypted) {
        let hint = "take the pass phrase off it: openssl pkey -in KEY -out PLAIN";
        return Err(UsageError::new("--key: the private key is encrypted", hint));
    }
    let terms = TlsOptions {
        insecure: plan.insecure,
        roots: plan
            .authorities
            .as_deref()
            .map(|path| read("--cacert", path))
            .transpose()?,
        certificate: identity
            .map(|identity| read("--cert", &identity.cert))
            .transpose()?,
        key,
    };
    check_tls(&terms).map_err(|fault| {
        UsageError::new(
            say::wire::tls_set_up(&fault),
            "name a file of PEM: it has a line of -----BEGIN and its kind",
        )
    })?;
    Ok(terms)
}

/// Both forms of PEM say so: `BEGIN ENCRYPTED PRIVATE KEY`, and a line `Proc-Type: 4,ENCRYPTED`.
fn is_encrypted(pem: &[u8]) -> bool {
    let mut lines = pem.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    lines.any(|line| {
        line == b"-----BEGIN ENCRYPTED PRIVATE KEY-----" || line == b"Proc-Type: 4,ENCRYPTED"
    })
}

/// A flag that Ctrl-C sets from now on.
///
/// Only now: until here nothing waits for the network, and Ctrl-C should end what reads standard input as it always does.
pub(super) fn interrupt() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // Where the system refuses a handler, Ctrl-C ends the process as it always does.
        // The second Ctrl-C ends it even where the first cannot be heeded, as while nobody reads what is written.
        let _ = signal_hook::flag::register_conditional_shutdown(
            signal,
            Exit::Interrupted.code().into(),
            flag.clone(),
        );
        let _ = signal_hook::flag::register(signal, flag.clone());
    }
    flag
}
