//! How the plan reaches servers → what a wire is made of.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::interrupt;
use super::output::OutputFile;
use super::worker::Worker;
use crate::cli::plan::{InspectPlan, NetPlan, TlsPlan};
use crate::exit::{RunError, UsageError};
use crate::intake;
use crate::net::{Limits, Terms, TlsTerms};

/// What every worker of a run is made of.
pub(super) struct Workers {
    terms: Terms,
    most: NonZeroUsize,
    body: Option<OutputFile>,
}

impl Workers {
    /// The plan's ways; what answers contain goes to `body`, where there is one.
    ///
    /// # Errors
    /// Names the flag and the file that cannot be read or used.
    pub(super) fn new(plan: &InspectPlan, body: Option<OutputFile>) -> Result<Self, RunError> {
        let terms = Terms {
            interrupt: interrupt::flag(),
            ..terms(&plan.net, plan.chain.max_time)?
        };
        Ok(Self {
            terms,
            most: plan.workers,
            body,
        })
    }

    /// How many there may be.
    pub(super) fn most(&self) -> NonZeroUsize {
        self.most
    }

    /// Whether Ctrl-C was pressed.
    pub(super) fn are_interrupted(&self) -> bool {
        self.terms.interrupt.load(Ordering::Relaxed)
    }

    /// A worker with a wire of its own.
    pub(super) fn one(&self) -> Worker {
        Worker::new(self.terms.clone(), self.body.clone())
    }
}

fn terms(plan: &NetPlan, max_time: Option<Duration>) -> Result<Terms, RunError> {
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

fn tls(plan: &TlsPlan) -> Result<TlsTerms, RunError> {
    let identity = plan.identity.as_ref();
    let key = identity.map(|identity| intake::private_key("--key", &identity.key));
    let key = key.transpose()?;
    let roots = plan.authorities.as_deref();
    let roots = roots
        .map(|path| intake::pem("--cacert", path))
        .transpose()?;
    let certificate = identity.map(|identity| intake::pem("--cert", &identity.cert));
    let terms = TlsTerms {
        insecure: plan.insecure,
        roots,
        certificate: certificate.transpose()?,
        key,
        ..TlsTerms::default()
    };
    let hint = "name a file of PEM: it has a line of -----BEGIN and its kind";
    terms.check().map_err(|says| UsageError::new(says, hint))?;
    Ok(terms)
}
