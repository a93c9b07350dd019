//! Path and query of a Location, as one client sends them: dot segments, and what is percent-encoded.

use std::borrow::Cow;

use super::reader::{DialectReader, LocationError};
use super::target::Target;
use crate::rules::policy::{
    Backslash, Control, Dialect, DotSegments, DoubleSlash, EncodedDots, Escapes, HexCase,
    LonePercent, NonAscii, PathDots, PercentHex, Plus, ReadAs, Space, Tab, Undecodable,
    UnreservedPercent,
};

/// Why a path or query is not encoded.
pub(super) enum EncodeError {
    /// It leads nowhere.
    Location(LocationError),
    /// Octets that are not UTF-8 take this client back to the URL that was requested.
    SameUrl,
}

/// The path that a relative one makes with the base's.
pub(super) fn merged(reader: &DialectReader, relative: &[u8]) -> Result<Vec<u8>, LocationError> {
    let refused = reader.dialect.dots_relative == DotSegments::Refused;
    if refused && relative.windows(2).any(|pair| pair == b"..") {
        return Err(reader.unreadable());
    }
    let path = [&reader.base.directory(), relative].concat();
    if reader.dialect.dots_relative == DotSegments::RefusedAboveRoot && leads_above_root(&path) {
        return Err(reader.unreadable());
    }
    Ok(match reader.dialect.dots_relative {
        DotSegments::Removed | DotSegments::Refused | DotSegments::RefusedAboveRoot => {
            remove_dots(&path, false)
        }
        DotSegments::LeadingKept => remove_dots(&path, true),
        DotSegments::Kept => path,
    })
}

/// Whether a `..` has no segment before it to remove.
fn leads_above_root(path: &[u8]) -> bool {
    let mut depth = 0_usize;
    let segments = path.split(|octet| *octet == b'/');
    segments.skip(1).any(|segment| match segment {
        b".." if depth == 0 => true,
        b".." => {
            depth -= 1;
            false
        }
        b"." => false,
        _ => {
            depth += 1;
            false
        }
    })
}

/// An absolute path without the dot segments that this client removes; `dots` is what it does with plain ones.
pub(super) fn without_dots(dialect: &Dialect, dots: PathDots, path: &[u8]) -> Vec<u8> {
    let removed = |path: &[u8]| match dots {
        PathDots::Removed => remove_dots(path, false),
        PathDots::Kept => path.to_vec(),
    };
    match dialect.dots_encoded {
        EncodedDots::Kept => removed(path),
        EncodedDots::Removed => {
            let dots = |segment| match decoded_dots(segment).as_slice() {
                b"." => &b"."[..],
                b".." => b"..",
                _ => segment,
            };
            removed(
                &path
                    .split(|octet| *octet == b'/')
                    .map(dots)
                    .collect::<Vec<&[u8]>>()
                    .join(&b'/'),
            )
        }
        EncodedDots::Decoded => {
            let decoded = decoded_dots(path);
            let has = |dots: &[u8]| decoded.windows(dots.len()).any(|window| window == dots);
            if has(b"/../") && !has(b"/./") {
                decoded
            } else {
                removed(&decoded)
            }
        }
    }
}

/// The text with `.` for each `%2e`.
fn decoded_dots(text: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((octet, after)) = rest.split_first() {
        if rest.len() >= 3 && rest[..3].eq_ignore_ascii_case(b"%2e") {
            decoded.push(b'.');
            rest = &rest[3..];
        } else {
            decoded.push(*octet);
            rest = after;
        }
    }
    decoded
}

/// Removes dot segments ([RFC 3986 §5.2.4](https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4)); with `keep_leading`
/// those above the root stay, as in RFC 2396.
fn remove_dots(path: &[u8], keep_leading: bool) -> Vec<u8> {
    let mut kept: Vec<&[u8]> = Vec::new();
    let mut segments = path.split(|octet| *octet == b'/').peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            b".." if kept.len() > 1 && kept.last().is_some_and(|last| *last != b"..") => {
                kept.pop();
            }
            b".." if keep_leading => kept.push(segment),
            b"." | b".." => {}
            _ => {
                kept.push(segment);
                continue;
            }
        }
        if is_last {
            kept.push(b"");
        }
    }
    kept.join(&b'/')
}

/// Turns path and query of `target` into what this client puts on the request line.
pub(super) fn encode(reader: &DialectReader, target: &mut Target) -> Result<(), EncodeError> {
    let dialect = reader.dialect;
    let path = match dialect.double_slash {
        DoubleSlash::Kept => Cow::Borrowed(&target.path),
        DoubleSlash::LeadingMerged => Cow::Owned(merge_slashes(&target.path, true)),
        DoubleSlash::Merged => Cow::Owned(merge_slashes(&target.path, false)),
    };
    target.path = Encoder::for_path(reader).encode(&path)?;
    if let Some(query) = &target.query {
        target.query = Some(Encoder::for_query(reader).encode(query)?);
    }
    Ok(())
}

/// The path without empty segments: all of them, or those before the first segment alone.
fn merge_slashes(path: &[u8], leading_only: bool) -> Vec<u8> {
    let mut merged = Vec::with_capacity(path.len());
    for octet in path {
        let again = *octet == b'/' && merged.last() == Some(&b'/');
        if !again || (leading_only && merged.len() > 1) {
            merged.push(*octet);
        }
    }
    merged
}

/// How one part of a URI is encoded.
struct Encoder<'a> {
    reader: &'a DialectReader<'a>,
    dialect: &'a Dialect,
    non_ascii: NonAscii,
    space: Space,
    /// What a plus sign becomes where it is rewritten.
    plus: &'static [u8],
    escapes: &'a Escapes,
    hex: HexCase,
}

/// What one octet beyond ASCII becomes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Coding {
    Octets,
    Latin1,
    Raw,
    Latin1Raw,
}

/// What one character becomes: nothing further follows after the end.
enum PathStep {
    Text(&'static [u8]),
    Octet(u8),
    Encoded(u8),
    End,
}

impl<'a> Encoder<'a> {
    /// The encoder of a path.
    fn for_path(reader: &'a DialectReader) -> Self {
        let dialect = reader.dialect;
        Self {
            reader,
            dialect,
            non_ascii: dialect.non_ascii_path,
            space: dialect.space_path,
            plus: b"%2B",
            escapes: &dialect.escapes_path,
            hex: dialect.hex,
        }
    }

    /// The encoder of a query, where blanks, octets and escapes have settings of their own.
    fn for_query(reader: &'a DialectReader) -> Self {
        let dialect = reader.dialect;
        Self {
            non_ascii: dialect.non_ascii_query,
            space: dialect.space_query,
            plus: b"%20",
            escapes: &dialect.escapes_query,
            hex: dialect.hex_query.unwrap_or(dialect.hex),
            ..Self::for_path(reader)
        }
    }

    /// What this client makes of a Location that it cannot read.
    fn unreadable(&self) -> EncodeError {
        EncodeError::Location(self.reader.unreadable())
    }

    /// The octets that go out for these: decoded as the client decodes them, then escaped as it escapes.
    fn encode(&self, text: &[u8]) -> Result<Vec<u8>, EncodeError> {
        let (text, coding) = if text.is_ascii() {
            (Cow::Borrowed(text), Coding::Octets)
        } else {
            self.decoded(text)?
        };
        let mut encoded = Vec::with_capacity(text.len() + text.len() / 4);
        let mut rest: &[u8] = &text;
        while let Some((octet, after)) = rest.split_first() {
            rest = after;
            match octet {
                128.. => self.beyond_ascii(*octet, coding, &mut encoded),
                b'%' => rest = self.percent(after, &mut encoded)?,
                _ => match self.ascii(*octet)? {
                    PathStep::Text(text) => encoded.extend(text),
                    PathStep::Octet(octet) => encoded.push(octet),
                    PathStep::Encoded(octet) => percent_encode(octet, HexCase::Upper, &mut encoded),
                    PathStep::End => break,
                },
            }
        }
        Ok(encoded)
    }

    /// The text as this client understands its octets beyond ASCII, and how it encodes them.
    fn decoded<'t>(&self, text: &'t [u8]) -> Result<(Cow<'t, [u8]>, Coding), EncodeError> {
        let is_utf8 = str::from_utf8(text).is_ok();
        let coding = match self.non_ascii {
            NonAscii::Octets => return Ok((Cow::Borrowed(text), Coding::Octets)),
            NonAscii::Raw => return Ok((Cow::Borrowed(text), Coding::Raw)),
            NonAscii::Refused => return Err(self.unreadable()),
            NonAscii::Latin1NoC1 if text.iter().any(|octet| (128..160).contains(octet)) => {
                return Err(self.unreadable());
            }
            NonAscii::Utf8 if is_utf8 => Coding::Octets,
            NonAscii::Utf8 | NonAscii::Latin1 | NonAscii::Latin1NoC1 => Coding::Latin1,
            NonAscii::Latin1Raw => Coding::Latin1Raw,
        };
        if is_utf8 {
            return Ok((Cow::Borrowed(text), coding));
        }
        self.undecodable(text, coding)
    }

    /// The same of a text that is not UTF-8.
    fn undecodable<'t>(
        &self,
        text: &'t [u8],
        usual: Coding,
    ) -> Result<(Cow<'t, [u8]>, Coding), EncodeError> {
        let form = self.reader.reading(self.dialect.undecodable);
        let coding = match form.map_err(EncodeError::Location)? {
            Undecodable::Same => usual,
            Undecodable::Octets | Undecodable::Replaced | Undecodable::Removed => Coding::Octets,
            Undecodable::Latin1 | Undecodable::ReplacedTwice => Coding::Latin1,
            Undecodable::Refused => return Err(self.unreadable()),
            Undecodable::Itself => return Err(EncodeError::SameUrl),
        };
        let understood = match self.dialect.undecodable {
            ReadAs::As(Undecodable::Replaced | Undecodable::ReplacedTwice) => {
                Cow::Owned(String::from_utf8_lossy(text).into_owned().into_bytes())
            }
            ReadAs::As(Undecodable::Removed) => {
                let chunks = text.utf8_chunks();
                Cow::Owned(chunks.flat_map(|chunk| chunk.valid().bytes()).collect())
            }
            _ => Cow::Borrowed(text),
        };
        Ok((understood, coding))
    }

    /// Writes one octet that is no ASCII, in the coding that the text was read in.
    fn beyond_ascii(&self, octet: u8, coding: Coding, encoded: &mut Vec<u8>) {
        let mut utf8 = [0; 4];
        let utf8 = char::from(octet).encode_utf8(&mut utf8).as_bytes();
        match coding {
            Coding::Raw => encoded.push(octet),
            Coding::Latin1Raw => encoded.extend(utf8),
            Coding::Octets => percent_encode(octet, self.hex, encoded),
            Coding::Latin1 => utf8
                .iter()
                .for_each(|octet| percent_encode(*octet, self.hex, encoded)),
        }
    }

    /// A percent sign; `after` is what follows it, and the result what follows all that it took.
    fn percent<'t>(&self, after: &'t [u8], encoded: &mut Vec<u8>) -> Result<&'t [u8], EncodeError> {
        let Some((digits, rest)) = after
            .split_at_checked(2)
            .filter(|(digits, _)| is_hex(digits))
        else {
            match self.dialect.percent_lone {
                LonePercent::Kept => encoded.push(b'%'),
                LonePercent::Escaped => encoded.extend(b"%25"),
                LonePercent::Refused => return Err(self.unreadable()),
            }
            return Ok(after);
        };
        let meant = digits
            .iter()
            .fold(0, |value, digit| value * 16 + hex_value(*digit));
        let decodes = match self.dialect.percent_unreserved {
            UnreservedPercent::Kept => false,
            UnreservedPercent::Decoded => is_unreserved(meant),
            UnreservedPercent::AllDecoded => is_unreserved(meant) || meant == b'/',
        };
        match (decodes, self.dialect.percent_hex) {
            (true, _) => encoded.push(meant),
            (false, PercentHex::Kept) => encoded.extend([b'%', digits[0], digits[1]]),
            (false, PercentHex::Upper) => percent_encode(meant, HexCase::Upper, encoded),
        }
        Ok(rest)
    }

    /// What becomes of a blank, a tab or a control character; anything else is [printable](Self::printable).
    fn ascii(&self, octet: u8) -> Result<PathStep, EncodeError> {
        let refused = Err(self.unreadable());
        match octet {
            b' ' => match self.space {
                Space::Encoded => Ok(PathStep::Text(b"%20")),
                Space::Plus => Ok(PathStep::Text(b"+")),
                Space::Raw => Ok(PathStep::Octet(b' ')),
                Space::Refused => refused,
                Space::Cut => Ok(PathStep::End),
            },
            b'\t' => match self.dialect.tab {
                Tab::Escaped => Ok(PathStep::Text(b"%09")),
                Tab::Refused => refused,
                Tab::Cut => Ok(PathStep::End),
                // Whatever takes tabs out has done so before.
                Tab::Raw | Tab::Removed | Tab::Space | Tab::Underscore => {
                    Ok(PathStep::Octet(b'\t'))
                }
            },
            control if control.is_ascii_control() => match self.dialect.control {
                Control::Escaped => Ok(PathStep::Encoded(control)),
                Control::Refused | Control::Error => refused,
                Control::Raw | Control::Underscore => Ok(PathStep::Octet(control)),
            },
            b'\\' => match self.dialect.backslash {
                Backslash::Slash | Backslash::Kept => Ok(PathStep::Octet(b'\\')),
                Backslash::Escaped => Ok(PathStep::Text(b"%5C")),
                Backslash::Refused => refused,
            },
            b'+' if self.dialect.plus == Plus::Rewritten => Ok(PathStep::Text(self.plus)),
            other => self.printable(other),
        }
    }

    /// What becomes of a character that RFC 3986 leaves out of paths, such as `"` and `<`.
    fn printable(&self, octet: u8) -> Result<PathStep, EncodeError> {
        match self.escapes {
            Escapes::Refused if b"\"<>^`{|}[]".contains(&octet) => Err(self.unreadable()),
            Escapes::These(characters) if characters.as_bytes().contains(&octet) => {
                Ok(PathStep::Encoded(octet))
            }
            Escapes::Refused | Escapes::These(_) => Ok(PathStep::Octet(octet)),
        }
    }
}

/// `%XX` ([RFC 3986 §2.1](https://www.rfc-editor.org/rfc/rfc3986#section-2.1): both cases are equal, clients differ).
fn percent_encode(octet: u8, case: HexCase, encoded: &mut Vec<u8>) {
    let digits = match case {
        HexCase::Upper => b"0123456789ABCDEF",
        HexCase::Lower => b"0123456789abcdef",
    };
    encoded.extend([
        b'%',
        digits[usize::from(octet >> 4)],
        digits[usize::from(octet & 15)],
    ]);
}

fn is_hex(digits: &[u8]) -> bool {
    digits.iter().all(u8::is_ascii_hexdigit)
}

/// The value of a hexadecimal digit.
fn hex_value(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        letter => (letter | 0x20) - b'a' + 10,
    }
}

/// [RFC 3986 §2.3](https://www.rfc-editor.org/rfc/rfc3986#section-2.3).
fn is_unreserved(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b"-._~".contains(&octet)
}
