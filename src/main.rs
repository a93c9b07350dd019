//! The process: arguments, surroundings and streams in, exit code out.

use std::env;
use std::ffi::OsString;
use std::io::{self, BufWriter};
use std::process::ExitCode;

use rehop::{Env, Streams};

fn main() -> ExitCode {
    let words: Vec<OsString> = env::args_os().skip(1).collect();
    let (mut out, mut err) = (BufWriter::new(io::stdout()), io::stderr());
    let mut streams = Streams {
        input: Box::new(io::stdin()),
        out: &mut out,
        out_is_closed: rehop::is_closed(&io::stdout()),
        err: &mut err,
    };
    rehop::run(&words, &Env::read(), &mut streams).into()
}
