//! What a run reads from and writes to.

use std::io::{Read, Write};

/// The three streams of a process, or stand-ins for them.
pub struct Streams<'a> {
    /// Standard input; read only where `-` asks for it, a list on a thread of its own.
    pub input: Box<dyn Read + Send>,
    /// Standard output: the report and nothing else.
    pub out: &'a mut dyn Write,
    /// Whether standard output was closed before the process began (`>&-`).
    pub out_is_closed: bool,
    /// Standard error: notes and errors.
    pub err: &'a mut dyn Write,
}

/// Whether a standard stream was closed: Rust opens `/dev/null` in its place, for reading and writing, which nobody does who
/// wants an output to go nowhere ([`std::process`](https://doc.rust-lang.org/std/io/fn.stdout.html)).
#[cfg(unix)]
#[must_use]
pub fn is_closed(stream: &impl std::os::fd::AsFd) -> bool {
    use rustix::fs::{OFlags, fcntl_getfl, fstat, stat};
    let access = fcntl_getfl(stream).map(|flags| flags & OFlags::ACCMODE);
    // Files and pipes are opened for writing alone: for them one system call tells.
    access == Ok(OFlags::RDWR)
        && match (fstat(stream), stat("/dev/null")) {
            (Ok(this), Ok(null)) => (this.st_dev, this.st_ino) == (null.st_dev, null.st_ino),
            _ => false,
        }
}

/// No other system closes a standard stream so.
#[cfg(not(unix))]
#[must_use]
pub fn is_closed<T>(_: &T) -> bool {
    false
}
