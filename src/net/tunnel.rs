//! Through a proxy to the origin: CONNECT ([RFC 9110 §9.3.6](https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6)),
//! SOCKS 4 and 4a, SOCKS 5 ([RFC 1928](https://www.rfc-editor.org/rfc/rfc1928), [RFC 1929](https://www.rfc-editor.org/rfc/rfc1929)).

use std::net::{IpAddr, SocketAddr};

use url::Host;

use crate::model::{Proxy, ProxyKind};

use super::head::{self, Read};
use super::route::Place;
use super::socket::{Line, Trouble};
use super::watch::Watch;

/// Why there is no tunnel.
#[derive(Debug)]
pub(super) enum Blocked {
    /// Bytes did not move.
    Trouble(Trouble),
    /// The proxy said no: the end of a sentence that begins with "the proxy …".
    Refused(String),
}

impl From<Trouble> for Blocked {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

/// Asks `proxy`, to which `line` is open, for a way to `place`; `address` where the name was looked up here.
pub(super) fn open(
    line: &mut Line,
    proxy: &Proxy,
    to: (&Place, Option<SocketAddr>),
    watch: &Watch,
) -> Result<(), Blocked> {
    let (place, address) = to;
    match proxy.kind {
        ProxyKind::Http => connect(line, proxy, place, watch),
        ProxyKind::Socks4 | ProxyKind::Socks4a => socks4(line, proxy, (place, address), watch),
        ProxyKind::Socks5 | ProxyKind::Socks5h => socks5(line, proxy, (place, address), watch),
    }
}

fn connect(line: &mut Line, proxy: &Proxy, place: &Place, watch: &Watch) -> Result<(), Blocked> {
    let shown = proxy
        .basic()
        .map(|basic| format!("proxy-authorization: {basic}\r\n"))
        .unwrap_or_default();
    line.write_all(
        format!("CONNECT {place} HTTP/1.1\r\nhost: {place}\r\n{shown}\r\n").as_bytes(),
        watch,
    )?;
    let mut bytes = Vec::new();
    loop {
        // One byte at a time: what follows the head belongs to the origin.
        let mut byte = [0];
        if line.read(&mut byte, watch)? == 0 {
            return Err(Trouble::Closed.into());
        }
        bytes.push(byte[0]);
        let ended = byte[0] == b'\n' || bytes.len() < 16 || bytes.len() >= head::MOST_BYTES;
        match if ended {
            head::read(&bytes)
        } else {
            Ok(Read::Partial)
        } {
            Ok(Read::Partial) => {}
            Ok(Read::Whole(head, _)) if head.status.is_informational() => bytes.clear(),
            Ok(Read::Whole(head, _)) => return allowed(head.status.code()),
            Err(fault) => return Err(Blocked::Refused(fault)),
        }
    }
}

fn allowed(code: u16) -> Result<(), Blocked> {
    match code {
        200..=299 => Ok(()),
        407 => Err(Blocked::Refused(
            "wants credentials (407): give them with -U USER:PASSWORD".to_owned(),
        )),
        code => Err(Blocked::Refused(format!("refused CONNECT with {code}"))),
    }
}

/// <https://www.openssh.org/txt/socks4.protocol> and <https://www.openssh.org/txt/socks4a.protocol>
fn socks4(
    line: &mut Line,
    proxy: &Proxy,
    to: (&Place, Option<SocketAddr>),
    watch: &Watch,
) -> Result<(), Blocked> {
    let (place, address) = to;
    let ip = match address.map(|address| address.ip()) {
        Some(IpAddr::V4(ip)) => Some(ip),
        Some(IpAddr::V6(_)) => {
            return Err(Blocked::Refused(
                "speaks SOCKS 4, which has no IPv6: use socks5://".to_owned(),
            ));
        }
        None => None,
    };
    let user = proxy
        .credentials
        .as_ref()
        .map_or("", |(user, _)| user.as_str());
    let mut ask = vec![4, 1];
    ask.extend_from_slice(&place.port.to_be_bytes());
    // 0.0.0.x says that a name follows.
    ask.extend_from_slice(&ip.map_or([0, 0, 0, 1], |ip| ip.octets()));
    ask.extend(user.bytes().filter(|byte| *byte != 0).chain([0]));
    if ip.is_none() {
        ask.extend(place.host.to_string().bytes().chain([0]));
    }
    line.write_all(&ask, watch)?;
    let answer = exact::<8>(line, watch)?;
    match answer {
        [0, 90, ..] => Ok(()),
        [0, 91..=93, ..] => Err(Blocked::Refused(format!(
            "refused to connect to {place} (SOCKS 4 code {})",
            answer[1]
        ))),
        _ => Err(Blocked::Refused("does not speak SOCKS 4".to_owned())),
    }
}

fn socks5(
    line: &mut Line,
    proxy: &Proxy,
    to: (&Place, Option<SocketAddr>),
    watch: &Watch,
) -> Result<(), Blocked> {
    const PASSWORD: u8 = 2;
    line.write_all(
        if proxy.credentials.is_some() {
            &[5, 2, 0, PASSWORD]
        } else {
            &[5, 1, 0]
        },
        watch,
    )?;
    match exact::<2>(line, watch)? {
        [5, 0] => {}
        [5, PASSWORD] => log_in(line, proxy, watch)?,
        [5, _] => {
            return Err(Blocked::Refused(
                "wants credentials: give them with -U USER:PASSWORD".to_owned(),
            ));
        }
        _ => return Err(Blocked::Refused("does not speak SOCKS 5".to_owned())),
    }
    let (place, address) = to;
    let mut ask = vec![5, 1, 0];
    ask.extend(socks5_address(place, address)?);
    ask.extend_from_slice(&place.port.to_be_bytes());
    line.write_all(&ask, watch)?;
    let [_, code, _, kind] = exact::<4>(line, watch)?;
    if code != 0 {
        return Err(Blocked::Refused(format!(
            "could not connect to {place}: {}",
            socks5_reason(code)
        )));
    }
    // The address that the proxy bound, which nobody needs, and its port.
    let length = match kind {
        1 => 4,
        4 => 16,
        _ => usize::from(exact::<1>(line, watch)?[0]),
    };
    for _ in 0..length + 2 {
        exact::<1>(line, watch)?;
    }
    Ok(())
}

fn socks5_address(place: &Place, address: Option<SocketAddr>) -> Result<Vec<u8>, Blocked> {
    let ip = address
        .or_else(|| place.literal())
        .map(|address| address.ip());
    Ok(match (ip, &place.host) {
        (Some(IpAddr::V4(ip)), _) => [&[1][..], &ip.octets()].concat(),
        (Some(IpAddr::V6(ip)), _) => [&[4][..], &ip.octets()].concat(),
        (None, host) => {
            let Host::Domain(name) = host else {
                return Ok(Vec::new());
            };
            let length = u8::try_from(name.len()).map_err(|_| {
                Blocked::Refused(format!("cannot be given the name {name}: too long"))
            })?;
            [&[3, length][..], name.as_bytes()].concat()
        }
    })
}

fn log_in(line: &mut Line, proxy: &Proxy, watch: &Watch) -> Result<(), Blocked> {
    let Some((user, password)) = &proxy.credentials else {
        return Err(Blocked::Refused(
            "wants credentials: give them with -U USER:PASSWORD".to_owned(),
        ));
    };
    let mut ask = vec![1];
    for part in [user, password] {
        let length = u8::try_from(part.len()).map_err(|_| {
            Blocked::Refused("takes no user name or password over 255 bytes".to_owned())
        })?;
        ask.push(length);
        ask.extend_from_slice(part.as_bytes());
    }
    line.write_all(&ask, watch)?;
    match exact::<2>(line, watch)? {
        [_, 0] => Ok(()),
        _ => Err(Blocked::Refused(
            "refused the user name and password".to_owned(),
        )),
    }
}

/// RFC 1928 §6.
fn socks5_reason(code: u8) -> &'static str {
    match code {
        2 => "its rules forbid it",
        3 => "network unreachable",
        4 => "host unreachable",
        5 => "connection refused",
        6 => "time to live expired",
        8 => "it cannot reach this kind of address",
        _ => "general failure",
    }
}

fn exact<const N: usize>(line: &mut Line, watch: &Watch) -> Result<[u8; N], Trouble> {
    let mut bytes = [0; N];
    let mut filled = 0;
    while filled < N {
        match line.read(&mut bytes[filled..], watch)? {
            0 => return Err(Trouble::Closed),
            n => filled += n,
        }
    }
    Ok(bytes)
}
