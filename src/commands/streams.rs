//! What a run reads from and writes to.

use std::io::{Read, Write};

/// The three streams of a process, or stand-ins for them.
pub struct Streams<'a> {
    /// Standard input; read only where `-` asks for it, a list on a thread of its own.
    pub input: Box<dyn Read + Send>,
    /// Standard output: the report and nothing else.
    pub out: &'a mut dyn Write,
    /// Standard error: notes and errors.
    pub err: &'a mut dyn Write,
}
