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
use crate::net::{Limits, Terms, TlsTerms, Wire};

/// How every worker reaches servers.
pub(super) struct Route {
    terms: Terms,
    workers: NonZeroUsize,
    body: Option<Keep>,
}

impl Route {
    /// The plan's terms; what answers contain goes to `body`, where there is one.
    ///
    /// # Errors
    /// Names the flag and the file that cannot be read or used.
    pub(super) fn new(plan: &InspectPlan, body: Option<Keep>) -> Result<Self, UsageError> {
        let terms = Terms {
            interrupt: interrupt(),
            ..terms(&plan.net, plan.chain.max_time)?
        };
        Ok(Self {
            terms,
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
        self.terms.interrupt.load(Ordering::Relaxed)
    }

    /// A road of its own for a worker.
    pub(super) fn road(&self) -> Road {
        let wire = Wire::new(self.terms.clone());
        let wire = match &self.body {
            Some(file) => wire.with_sink(Box::new(file.clone())),
            None => wire,
        };
        Road {
            wire,
            interrupt: self.terms.interrupt.clone(),
            body: self.body.clone(),
        }
    }
}

fn terms(plan: &NetPlan, max_time: Option<Duration>) -> Result<Terms, UsageError> {
    let limits = Limits {
        connect: plan.connect_timeout,
        hop: plan.hop_timeout.unwrap_or(Duration::MAX),
        chain: max_time,
        ..Limits::default()
    };
    Ok(Terms {
        limits,
        tls: tls(&plan.tls)?,
        proxies: plan.proxies.clone(),
        pins: plan.pins.clone(),
        detours: plan.detours.clone(),
        family: plan.family,
        #[cfg(unix)]
        unix_socket: plan.unix_socket.clone(),
        deny_private: plan.deny_private,
        interrupt: Arc::default(),
    })
}

fn tls(plan: &TlsPlan) -> Result<TlsTerms, UsageError> {
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
    let terms = TlsTerms {
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
        ..TlsTerms::default()
    };
    terms.check().map_err(|says| {
        UsageError::new(
            says,
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
