//! `rehop serve`: the lab, until Ctrl-C.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use super::output::OutputFile;
use super::{Streams, interrupt, output};
use crate::cli::plan::ServePlan;
use crate::exit::{Exit, RunError, Trouble};
use crate::lab::{Options, Server, Visitors};
use crate::report::access;

/// How often Ctrl-C is looked for.
const GLANCE: Duration = Duration::from_millis(50);
/// Lines of the log that may wait for standard error; more are dropped and counted, so that a full pipe holds no client up.
const WAITING: usize = 10_000;

/// Runs the lab until Ctrl-C, which is how it is meant to end.
pub(super) fn serve(plan: &ServePlan, streams: &mut Streams) -> Result<Exit, RunError> {
    let interrupted = interrupt::flag();
    let (log, lines) = log(plan);
    let options = Options {
        bind: plan.bind,
        port: plan.port,
        tls: plan.tls,
        visitors: Visitors::Invited(plan.hosts.clone()),
        log,
    };
    let certificate = plan.cert_file.as_deref();
    let certificate = certificate.map(|path| OutputFile::open("--cert-file", path));
    let certificate = certificate.transpose()?;
    let lab = Server::start(options).map_err(|error| {
        Trouble::new("serve", &error).hint("another port: `rehop serve --port 0`")
    })?;
    if let (Some(mut file), Some(pem)) = (certificate, lab.certificate_pem()) {
        let written = file.write_all(pem.as_bytes());
        written.map_err(|error| Trouble::new("--cert-file: cannot write it", &error))?;
    }
    announce(plan, &lab, streams)?;
    copy_until(&interrupted, &lines, streams.err);
    drop(lab);
    for line in lines.try_iter() {
        drop(writeln!(streams.err, "{line}"));
    }
    Ok(Exit::Clean)
}

/// The log of the lab, where one is wanted, and the lines that it gives.
fn log(plan: &ServePlan) -> (Option<crate::lab::Log>, Receiver<String>) {
    let layout = plan.layout;
    let (send, lines) = mpsc::sync_channel::<String>(WAITING);
    let log = plan.log.then(|| -> crate::lab::Log {
        Box::new(move |arrival| drop(send.try_send(access::line(arrival, layout))))
    });
    (log, lines)
}

/// Writes the lines of the log until Ctrl-C.
fn copy_until(interrupted: &AtomicBool, lines: &Receiver<String>, err: &mut dyn Write) {
    while !interrupted.load(Ordering::Relaxed) {
        match lines.recv_timeout(GLANCE) {
            // A log that cannot be written does not end the lab.
            Ok(line) => drop(writeln!(err, "{line}")),
            Err(mpsc::RecvTimeoutError::Disconnected) => thread::sleep(GLANCE),
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
    }
}

/// Says where it listens: the first line is for scripts.
fn announce(plan: &ServePlan, lab: &Server, streams: &mut Streams) -> Result<(), RunError> {
    let url = lab.url("");
    writeln!(streams.out, "listening on {url}")?;
    if let Some(secure) = lab.https_url("") {
        writeln!(streams.out, "listening on {secure}")?;
    }
    streams.out.flush()?;
    if let Some(path) = &plan.ready_file {
        // Made only now: that it is there says that the lab listens.
        let written = writeln!(output::create("--ready-file", path)?, "{url}");
        written.map_err(|error| Trouble::new("--ready-file: cannot write it", &error))?;
    }
    if !plan.bind.is_loopback() {
        writeln!(
            streams.err,
            "rehop: warning: {} can be reached from other machines, and the lab obeys anybody",
            plan.bind
        )?;
    }
    Ok(())
}
