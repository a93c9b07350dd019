//! One run of the client: started, watched, ended.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::process::{Child, Command as Process, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::NamedTempFile;

use super::super::journal::Arrival;
use super::super::server::{Options, Server};
use super::command::{BodyFiles, Command};
use super::probe_request::ProbeRequest;
use super::situation::{Entrance, ProbeScope};

/// The client, and how long it may take.
pub struct Client<'a> {
    /// How it is started.
    pub command: &'a Command,
    /// What `{body_file}` stands for.
    pub files: &'a BodyFiles,
    /// What it is asked and answered.
    pub scope: &'a ProbeScope,
    /// The time that a run may take.
    pub timeout: Duration,
    /// Set from outside to end every run at once.
    pub interrupted: &'a AtomicBool,
}

/// What came of a run.
#[derive(Debug, Clone)]
pub(super) struct Run {
    /// What arrived, in order.
    pub arrivals: Vec<Arc<Arrival>>,
    /// Whether the client ended with an exit code other than 0.
    pub failed: bool,
    /// How it ended, in words, with the last line that it wrote on standard error.
    pub ended: String,
}

/// Why a run showed nothing.
#[derive(Debug)]
pub(super) enum RunFault {
    /// The program cannot be started.
    NotStarted(io::Error),
    /// No lab could be set up.
    NoLab(io::Error),
    /// It did not end in time.
    Hung(Duration),
    /// A signal ended it.
    Crashed(String),
    /// The user pressed Ctrl-C.
    Interrupted,
}

impl std::fmt::Display for RunFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotStarted(error) => write!(f, "cannot be started: {error}"),
            Self::NoLab(error) => write!(f, "no lab: {error}"),
            Self::Hung(after) => write!(f, "did not end within {} s", after.as_secs_f64()),
            Self::Crashed(how) => write!(f, "crashed: {how}"),
            Self::Interrupted => f.write_str("interrupted"),
        }
    }
}

/// How often a running client is looked at, at most.
const GLANCE: Duration = Duration::from_millis(10);
/// How long what it wrote is waited for when it has ended: a process that it left behind may hold the pipe open.
const LAST_WORDS: Duration = Duration::from_millis(200);
/// Bytes of standard error that are kept.
const TAIL: usize = 2048;
/// Bytes of a line of standard error that are told.
const LINE: usize = 160;

/// Variables that would send requests for the lab elsewhere.
const PROXIES: [&str; 8] = [
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "no_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
];

impl Client<'_> {
    /// Runs the client on `path` of a lab of its own, so that nothing that arrives there is anybody else's. It is ended
    /// when more than `enough` requests have arrived.
    pub(super) fn run(
        &self,
        (entrance, path): (Entrance, &str),
        ask: &ProbeRequest,
        enough: usize,
    ) -> Result<Run, RunFault> {
        if self.interrupted.load(Ordering::Relaxed) {
            return Err(RunFault::Interrupted);
        }
        let options = Options {
            tls: entrance.has_tls(),
            ..Options::default()
        };
        let lab = Server::start(options).map_err(RunFault::NoLab)?;
        let cacert = lab.certificate_pem().map(certificate_file);
        let cacert = cacert.transpose().map_err(RunFault::NoLab)?;
        let trusted = cacert
            .as_ref()
            .map_or(self.files.empty.as_os_str(), |file| file.path().as_os_str());
        let mut child = self
            .start(&url(&lab, entrance, path), ask, trusted)
            .map_err(RunFault::NotStarted)?;
        let words = child.stderr.take().map(last_words);
        let status = self.watch(&mut child, &|| lab.arrivals().len() > enough)?;
        let words = words
            .and_then(|words| words.recv_timeout(LAST_WORDS).ok())
            .unwrap_or_default();
        let arrivals = lab.arrivals();
        match status {
            // It was ended: it would have gone on.
            None => Ok(Run {
                arrivals,
                failed: false,
                ended: "ended by the probe".to_owned(),
            }),
            Some(status) if status.code().is_none() => {
                Err(RunFault::Crashed(told(&status.to_string(), &words)))
            }
            Some(status) => {
                let code = status.code().unwrap_or_default();
                Ok(Run {
                    arrivals,
                    failed: code != 0,
                    ended: told(&format!("exit {code}"), &words),
                })
            }
        }
    }

    fn start(&self, url: &str, ask: &ProbeRequest, cacert: &OsStr) -> io::Result<Child> {
        let mut process = Process::new(self.command.program());
        process.args(self.command.arguments(url, ask, self.files, cacert));
        process
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        for name in PROXIES {
            process.env_remove(name);
        }
        // A group of its own, so that a shell's children end with it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut process, 0);
        process.spawn()
    }

    /// Waits for the end; nothing where the client was ended because there was enough.
    fn watch(
        &self,
        child: &mut Child,
        enough: &dyn Fn() -> bool,
    ) -> Result<Option<ExitStatus>, RunFault> {
        let begun = Instant::now();
        let mut pause = Duration::from_millis(1);
        loop {
            if let Ok(Some(status)) = child.try_wait() {
                return Ok(Some(status));
            }
            let interrupted = self.interrupted.load(Ordering::Relaxed);
            let late = begun.elapsed() > self.timeout;
            if interrupted || late || enough() {
                end(child);
                return match (interrupted, late) {
                    (true, _) => Err(RunFault::Interrupted),
                    (false, true) => Err(RunFault::Hung(self.timeout)),
                    (false, false) => Ok(None),
                };
            }
            thread::sleep(pause);
            pause = (pause * 2).min(GLANCE);
        }
    }
}

/// The URL of `path` by this entrance.
fn url(lab: &Server, entrance: Entrance, path: &str) -> String {
    let port = lab.ports().http[0];
    match entrance {
        Entrance::Address | Entrance::AddressBesideTls => lab.url(path),
        Entrance::Secure => lab.https_url(path).unwrap_or_else(|| lab.url(path)),
        Entrance::Name => format!("http://localhost:{port}{path}"),
        Entrance::NameBelow => format!("http://sub.localhost:{port}{path}"),
    }
}

/// The certificate of a lab, for `{cacert}`.
fn certificate_file(pem: &str) -> io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new()?;
    file.write_all(pem.as_bytes())?;
    Ok(file)
}

/// Ends a client and, where the system knows process groups, all that it started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    let _ = rustix::process::kill_process_group(
        rustix::process::Pid::from_child(child),
        rustix::process::Signal::KILL,
    );
    // Either fails where the client has just ended by itself, which is as well.
    let _ = child.kill();
    let _ = child.wait();
}

/// Reads to the end, and sends what came last: a client that writes much must not block, and needs no memory.
fn last_words(mut from: impl Read + Send + 'static) -> mpsc::Receiver<Vec<u8>> {
    let (send, receive) = mpsc::channel();
    let read = move || {
        let mut tail = VecDeque::new();
        let mut piece = [0; TAIL];
        while let Ok(read @ 1..) = from.read(&mut piece) {
            tail.extend(&piece[..read]);
            tail.drain(..tail.len().saturating_sub(TAIL));
        }
        let _ = send.send(Vec::from(tail));
    };
    // Without a thread the pipe is closed, and what the client writes is lost.
    drop(thread::Builder::new().spawn(read));
    receive
}

/// How it ended and what it said last.
fn told(how: &str, words: &[u8]) -> String {
    let text = String::from_utf8_lossy(words);
    let line = text
        .lines()
        .rev()
        .map(str::trim)
        .find(|line| !line.is_empty());
    line.map_or_else(
        || how.to_owned(),
        |line| format!("{how}: {}", line.chars().take(LINE).collect::<String>()),
    )
}
