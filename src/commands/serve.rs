//! `rehop serve`: the lab, until Ctrl-C.

use std::io::Write;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::{Stop, Streams, output, route};
use crate::cli::UsageError;
use crate::cli::plan::ServePlan;
use crate::exit::Exit;
use crate::lab::{Options, Server};
use crate::report::access;

/// How often Ctrl-C is looked for.
const GLANCE: Duration = Duration::from_millis(50);
/// Lines of the log that may wait for standard error; more are dropped and counted, so that a full pipe holds no client up.
const WAITING: usize = 10_000;

/// Runs the lab until Ctrl-C, which is how it is meant to end.
pub(super) fn serve(plan: &ServePlan, streams: &mut Streams) -> Result<Exit, Stop> {
    let interrupted = route::interrupt();
    let layout = plan.layout;
    let (send, lines) = mpsc::sync_channel::<String>(WAITING);
    let log = plan.log.then(|| -> crate::lab::Log {
        Box::new(move |arrival| drop(send.try_send(access::line(arrival, layout))))
    });
    let options = Options {
        bind: plan.bind,
        port: plan.port,
        tls: plan.tls,
        log,
    };
    let lab = Server::start(options).map_err(|error| {
        UsageError::new(
            format!("serve: {error}"),
            "another port: `rehop serve --port 0`",
        )
    })?;
    announce(plan, &lab, streams)?;
    while !interrupted.load(Ordering::Relaxed) {
        match lines.recv_timeout(GLANCE) {
            // Nobody reads the log: the lab is wanted all the same.
            Ok(line) => drop(writeln!(streams.err, "{line}")),
            Err(mpsc::RecvTimeoutError::Disconnected) => thread::sleep(GLANCE),
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
    }
    drop(lab);
    for line in lines.try_iter() {
        drop(writeln!(streams.err, "{line}"));
    }
    Ok(Exit::Clean)
}

/// Says where it listens: the first line is for scripts.
fn announce(plan: &ServePlan, lab: &Server, streams: &mut Streams) -> Result<(), Stop> {
    let url = lab.url("");
    let write = |flag: &str, path: &std::path::Path, text: &str| {
        let mut file = output::create(flag, path)?;
        file.write_all(text.as_bytes())
            .map_err(|error| UsageError::new(format!("{flag}: {}: {error}", path.display()), ""))
    };
    if let (Some(path), Some(pem)) = (&plan.cert_file, lab.certificate_pem()) {
        write("--cert-file", path, pem)?;
    }
    writeln!(streams.out, "listening on {url}")?;
    if let Some(secure) = lab.https_url("") {
        writeln!(streams.out, "listening on {secure}")?;
    }
    streams.out.flush()?;
    if let Some(path) = &plan.ready_file {
        write("--ready-file", path, &format!("{url}\n"))?;
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
