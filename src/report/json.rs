//! The JSON document: indented (`--json`), or on one line (`--jsonl`).
//!
//! Both are safe on a terminal: what it would obey or hide is written as `\uXXXX`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{Formatter, PrettyFormatter};

use super::view::View;
use super::{Report, Totals, escape};

/// Indented documents, each header field on one line: that of one URL, or a list of those of several.
#[derive(Debug, Default)]
pub struct Json {
    /// Whether there are several, which makes a list of them.
    several: bool,
    /// Whether one has been written.
    begun: bool,
}

impl Report for Json {
    fn begin(&mut self, _: &mut dyn Write, traces: usize) -> io::Result<()> {
        self.several = traces > 1;
        Ok(())
    }

    fn trace(&mut self, out: &mut dyn Write, view: &View) -> io::Result<()> {
        match (self.several, std::mem::replace(&mut self.begun, true)) {
            (false, _) => {}
            (true, false) => out.write_all(b"[\n")?,
            (true, true) => out.write_all(b",\n")?,
        }
        pretty(out, view)
    }

    fn end(&mut self, out: &mut dyn Write, _: &Totals) -> io::Result<()> {
        match (self.several, self.begun) {
            (false, _) => Ok(()),
            (true, true) => out.write_all(b"]\n"),
            // Interrupted before the first was done.
            (true, false) => out.write_all(b"[]\n"),
        }
    }
}

/// A document a line, as soon as it is done.
#[derive(Debug)]
pub struct JsonLines;

impl Report for JsonLines {
    fn trace(&mut self, out: &mut dyn Write, view: &View) -> io::Result<()> {
        write(out, view, JsonLine)
    }
}

/// Writes a document, indented.
pub(super) fn pretty(out: &mut dyn Write, document: &impl Serialize) -> io::Result<()> {
    write(out, document, Pretty::default())
}

/// A value on one line, without the end of it.
pub(super) fn one_line(value: &impl Serialize) -> io::Result<String> {
    let mut text = Vec::new();
    write(&mut text, value, JsonLine)?;
    Ok(String::from_utf8_lossy(&text).trim_end().to_owned())
}

fn write(
    out: &mut dyn Write,
    document: &impl Serialize,
    formatter: impl Formatter,
) -> io::Result<()> {
    let mut text = Vec::new();
    document.serialize(&mut Serializer::with_formatter(&mut text, formatter))?;
    text.push(b'\n');
    out.write_all(&text)
}

/// All on one line.
struct JsonLine;

impl Formatter for JsonLine {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        to: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        to.write_all(escape::json(fragment).as_bytes())
    }
}

/// Indented, but for lists within lists: a header field is one line.
#[derive(Default)]
struct Pretty {
    indented: PrettyFormatter<'static>,
    /// Whether each list or object that is open is a list, the innermost last.
    lists: Vec<bool>,
    /// How many of the innermost stand on one line.
    flat: usize,
}

impl Pretty {
    /// Opens a list or an object; whether it stands on one line.
    fn open(&mut self, list: bool) -> bool {
        let within_list = self.lists.last() == Some(&true);
        self.lists.push(list);
        self.flat += usize::from(self.flat > 0 || (list && within_list));
        self.flat > 0
    }

    /// Closes the innermost; whether it stands on one line.
    fn close(&mut self) -> bool {
        let flat = self.flat > 0;
        self.lists.pop();
        self.flat -= usize::from(flat);
        flat
    }
}

impl Formatter for Pretty {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        to: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        JsonLine.write_string_fragment(to, fragment)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        if self.open(true) {
            to.write_all(b"[")
        } else {
            self.indented.begin_array(to)
        }
    }

    fn end_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        if self.close() {
            to.write_all(b"]")
        } else {
            self.indented.end_array(to)
        }
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        match self.flat {
            0 => self.indented.begin_array_value(to, first),
            _ if first => Ok(()),
            _ => to.write_all(b", "),
        }
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        if self.flat > 0 {
            Ok(())
        } else {
            self.indented.end_array_value(to)
        }
    }

    fn begin_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        if self.open(false) {
            to.write_all(b"{")
        } else {
            self.indented.begin_object(to)
        }
    }

    fn end_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        if self.close() {
            to.write_all(b"}")
        } else {
            self.indented.end_object(to)
        }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        match self.flat {
            0 => self.indented.begin_object_key(to, first),
            _ if first => Ok(()),
            _ => to.write_all(b", "),
        }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        to.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        if self.flat > 0 {
            Ok(())
        } else {
            self.indented.end_object_value(to)
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_within_lists_stand_on_one_line() {
        let value = json!({ "a": [], "h": [["n", "v"], ["m", { "base64": "eA==", "b": [1, {}] }]], "z": { "y": [1] } });
        let mut text = Vec::new();
        value
            .serialize(&mut Serializer::with_formatter(
                &mut text,
                Pretty::default(),
            ))
            .unwrap();
        let expected = r#"{
  "a": [],
  "h": [
    ["n", "v"],
    ["m", {"base64": "eA==", "b": [1, {}]}]
  ],
  "z": {
    "y": [
      1
    ]
  }
}"#;
        assert_eq!(String::from_utf8(text).unwrap(), expected);
    }
}
