//! User name, host and port of a Location, as one client reads them.

use super::octets::split_once;
use super::reader::{DialectReader, LocationError};
use super::target::{ReferenceForm, Target, default_port};
use crate::rules::policy::{EmptyHost, NumericHost, NumericHosts, TrailingDot};

/// A target with the authority that `text` spells, and no path yet.
pub(super) fn read(
    reader: &DialectReader,
    text: &[u8],
    scheme: &str,
) -> Result<Target, LocationError> {
    let at = text.iter().rposition(|octet| *octet == b'@');
    let userinfo = at.map(|at| String::from_utf8_lossy(&text[..at]).into_owned());
    let (host, port_text) = host_and_port(&text[at.map_or(0, |at| at + 1)..]);
    let host = named(reader, host)?;
    let port = port_text
        .filter(|digits| !digits.is_empty())
        .map(|digits| number(reader, digits))
        .transpose()?;
    let port = port.filter(|port| Some(*port) != default_port(scheme));
    let (host, resolved) = connected(reader, host)?;
    Ok(Target {
        scheme: scheme.to_owned(),
        host,
        port,
        port_text: port
            .and(port_text)
            .map(|digits| String::from_utf8_lossy(digits).into_owned()),
        path: Vec::new(),
        query: None,
        userinfo,
        fragment: None,
        resolved,
        form: ReferenceForm::Absolute,
        broken: false,
    })
}

/// What stands before and after the colon that no bracket encloses.
fn host_and_port(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    let bracket = text
        .starts_with(b"[")
        .then(|| text.iter().position(|octet| *octet == b']'))
        .flatten();
    match bracket.map(|end| text.split_at(end + 1)) {
        Some((host, [])) => (host, None),
        Some((host, [b':', port @ ..])) => (host, Some(port)),
        _ => split_once(text, b':'),
    }
}

/// The host in lower case, if this client can read it.
fn named(reader: &DialectReader, host: &[u8]) -> Result<String, LocationError> {
    let host = String::from_utf8_lossy(host).into_owned();
    if host.is_empty() {
        return Ok(match reader.reading(reader.dialect.empty_host)? {
            EmptyHost::Localhost => "localhost".to_owned(),
            EmptyHost::Base => reader.base.host.clone(),
        });
    }
    let lower = host.to_lowercase();
    reader.accept(host.starts_with('['), reader.dialect.ipv6)?;
    let zone = host.starts_with('[') && host.contains('%');
    reader.accept(zone, reader.dialect.ipv6_zone)?;
    reader.accept(host != lower, reader.dialect.upper_case_host)?;
    Ok(lower)
}

fn number(reader: &DialectReader, digits: &[u8]) -> Result<u16, LocationError> {
    let dialect = reader.dialect;
    let padded = digits.len() > 1 && digits.starts_with(b"0");
    reader.accept(padded, dialect.port_zero_padded)?;
    let text = str::from_utf8(digits).ok();
    let Some(text) = text.filter(|text| text.bytes().all(|octet| octet.is_ascii_digit())) else {
        return Err(reader.unreadable());
    };
    match text.parse() {
        Ok(port) => reader.accept(port == 0, dialect.port_zero).map(|()| port),
        Err(_) => reader
            .reading(dialect.port_too_big)
            .map(|never| match never {}),
    }
}

/// The host by which the client compares, and the one that it connects to where that is another.
fn connected(
    reader: &DialectReader,
    host: String,
) -> Result<(String, Option<String>), LocationError> {
    let mut found = (host, None);
    if let Some(bare) = found.0.strip_suffix('.').map(str::to_owned) {
        match reader.dialect.trailing_dot {
            TrailingDot::Kept => {}
            TrailingDot::ConnectsWithout => found.1 = Some(bare),
            TrailingDot::Dropped => found = (bare.clone(), Some(bare)),
        }
    }
    let Some((how, address)) = numeric(reader.dialect.numeric_host, &found.0) else {
        return Ok(found);
    };
    match how {
        NumericHost::Refused => Err(reader.unreadable()),
        NumericHost::Ipv4 => Ok((address.clone(), Some(address))),
        NumericHost::Address => Ok((found.0, Some(address))),
        NumericHost::Name => Ok(found),
    }
}

/// The address that a host of one to three numbers stands for, and how this client takes it
/// ([URL, "IPv4 parser"](https://url.spec.whatwg.org/#concept-ipv4-parser)).
fn numeric(hosts: NumericHosts, host: &str) -> Option<(NumericHost, String)> {
    let parts: Vec<&str> = host.split('.').collect();
    let decimal = parts
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|octet| octet.is_ascii_digit()));
    let how = match parts.len() {
        _ if host.starts_with("0x") => hosts.hex,
        1 if decimal => hosts.decimal,
        2 | 3 if decimal => hosts.short,
        _ => return None,
    };
    let (last, leading) = parts.split_last()?;
    let mut address = value(last)?;
    for (part, shift) in leading.iter().zip([24, 16, 8]) {
        address = address.checked_add(value(part)?.checked_mul(1 << shift)?)?;
    }
    Some((how, std::net::Ipv4Addr::from(address).to_string()))
}

fn value(part: &str) -> Option<u32> {
    match part.strip_prefix("0x") {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => part.parse().ok(),
    }
}
