//! How the plan reaches servers → what a wire is made of.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::interrupt;
use super::output::OutputFile;
use super::worker::Worker;
use crate::cli::plan::{ChainPlan, InspectPlan, NetPlan, TlsPlan};
use crate::exit::{RunError, UsageError};
use crate::intake;
use crate::net::{Limits, NetOptions, Network, TlsOptions, check_tls};
use crate::report::say;

/// What every worker of a run is made of.
pub(super) struct Workers {
    network: Network,
    interrupt: Arc<AtomicBool>,
    body: Option<OutputFile>,
}

impl Workers {
    /// The plan's ways; what answers contain goes to `body`, where there is one.
    ///
    /// # Errors
    /// Names the flag and the file that cannot be read or used.
    pub(super) fn new(plan: &InspectPlan, body: Option<OutputFile>) -> Result<Self, RunError> {
        let workers = Self::over(&plan.net, &plan.chain)?;
        Ok(Self { body, ..workers })
    }

    /// The same ways, where no content is kept.
    ///
    /// # Errors
    /// As [`Workers::new`].
    pub(super) fn over(net: &NetPlan, chain: &ChainPlan) -> Result<Self, RunError> {
        let interrupt = interrupt::flag();
        let network = Network::new(NetOptions {
            interrupt: interrupt.clone(),
            ..options(net, chain.max_time)?
        });
        Ok(Self {
            network,
            interrupt,
            body: None,
        })
    }

    /// What Ctrl-C sets.
    pub(super) fn stop(&self) -> Arc<AtomicBool> {
        self.interrupt.clone()
    }

    /// Whether Ctrl-C was pressed.
    pub(super) fn are_interrupted(&self) -> bool {
        self.interrupt.load(Ordering::Relaxed)
    }

    /// A worker with a wire of its own.
    pub(super) fn one(&self) -> Worker {
        Worker::new(&self.network, self.interrupt.clone(), self.body.clone())
    }
}

fn options(plan: &NetPlan, max_time: Option<Duration>) -> Result<NetOptions, RunError> {
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

fn tls(plan: &TlsPlan) -> Result<TlsOptions, RunError> {
    let identity = plan.identity.as_ref();
    let key = identity.map(|identity| intake::private_key(identity.key_flag(), &identity.key));
    let key = key.transpose()?;
    let roots = plan.authorities.as_deref();
    let roots = roots
        .map(|path| intake::pem("--cacert", path))
        .transpose()?;
    let certificate = identity.map(|identity| intake::pem("--cert", &identity.cert));
    let options = TlsOptions {
        insecure: plan.insecure,
        roots,
        certificate: certificate.transpose()?,
        key,
    };
    let hint = "name a file of PEM: it has a line of -----BEGIN and its kind";
    check_tls(&options).map_err(|fault| UsageError::new(say::wire::tls_set_up(&fault), hint))?;
    Ok(options)
}
