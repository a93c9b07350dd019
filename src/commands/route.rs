//! How the plan reaches servers → the terms of a wire.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};

use crate::cli::Misuse;
use crate::cli::plan::{InspectPlan, NetPlan, TlsPlan};
use crate::net::{Limits, Terms, TlsTerms, Wire};

/// A wire on the plan's terms, until `interrupt` is set; what answers contain goes to `body`, where there is one.
///
/// # Errors
/// Names the flag and the file that cannot be read or used.
pub(super) fn wire(plan: &InspectPlan, body: Option<&File>, interrupt: Arc<AtomicBool>) -> Result<Wire, Misuse> {
    let wire = Wire::new(Terms { interrupt, ..terms(&plan.net, plan.chain.max_time)? });
    let Some(file) = body else { return Ok(wire) };
    let twin = file.try_clone().map_err(|error| Misuse::new(format!("--output: {error}"), ""))?;
    Ok(wire.with_sink(Box::new(twin)))
}

fn terms(plan: &NetPlan, max_time: Option<Duration>) -> Result<Terms, Misuse> {
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

fn tls(plan: &TlsPlan) -> Result<TlsTerms, Misuse> {
    let read = |flag: &str, path: &Path| {
        fs::read(path).map_err(|error| {
            let says = format!("{flag}: cannot read {}: {error}", path.display());
            Misuse::new(says, "name a file of PEM")
        })
    };
    let identity = plan.identity.as_ref();
    let terms = TlsTerms {
        insecure: plan.insecure,
        roots: plan.authorities.as_deref().map(|path| read("--cacert", path)).transpose()?,
        certificate: identity.map(|identity| read("--cert", &identity.cert)).transpose()?,
        key: identity.map(|identity| read("--key", &identity.key)).transpose()?,
    };
    terms.check().map_err(|says| Misuse::new(says, "name a file of PEM: it has a line of -----BEGIN and its kind"))?;
    Ok(terms)
}

/// A flag that Ctrl-C sets from now on.
///
/// Only now: until here nothing waits for the network, and Ctrl-C should end what reads standard input as it always does.
pub(super) fn interrupt() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // Where the system refuses a handler, Ctrl-C ends the process as it always does.
        let _ = signal_hook::flag::register(signal, flag.clone());
    }
    flag
}
