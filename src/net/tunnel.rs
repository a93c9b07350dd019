//! Through a proxy to the origin: CONNECT ([RFC 9110 §9.3.6](https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6)),
//! SOCKS 4 and 4a, SOCKS 5 ([RFC 1928](https://www.rfc-editor.org/rfc/rfc1928), [RFC 1929](https://www.rfc-editor.org/rfc/rfc1929)).

use std::net::{IpAddr, SocketAddr};

use url::Host;

use super::options::{Proxy, ProxyKind};

use crate::model::ProxyFault;

use super::authority::Authority;
use super::deadline::Deadline;
use super::head_buffer::HeadBuffer;
use super::stream::{Stream, StreamError};

/// Why there is no tunnel.
#[derive(Debug)]
pub(super) enum TunnelError {
    /// Bytes did not move.
    Stream(StreamError),
    /// The proxy said no.
    Refused(ProxyFault),
}

impl From<StreamError> for TunnelError {
    fn from(trouble: StreamError) -> Self {
        Self::Stream(trouble)
    }
}

impl From<ProxyFault> for TunnelError {
    fn from(fault: ProxyFault) -> Self {
        Self::Refused(fault)
    }
}

/// Where a tunnel ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Far<'a> {
    pub(super) authority: &'a Authority,
    /// Its address, where the name was looked up here.
    pub(super) address: Option<SocketAddr>,
}

/// Asks `proxy`, to which `stream` is open, for a way there.
pub(super) fn open(
    stream: &mut Stream,
    proxy: &Proxy,
    to: &Far<'_>,
    deadline: &Deadline,
) -> Result<(), TunnelError> {
    match proxy.kind {
        ProxyKind::Http => connect(stream, proxy, to.authority, deadline),
        ProxyKind::Socks4 | ProxyKind::Socks4a => socks4(stream, proxy, to, deadline),
        ProxyKind::Socks5 | ProxyKind::Socks5h => socks5(stream, proxy, to, deadline),
    }
}

fn connect(
    stream: &mut Stream,
    proxy: &Proxy,
    authority: &Authority,
    deadline: &Deadline,
) -> Result<(), TunnelError> {
    let shown = proxy
        .basic()
        .map(|basic| format!("proxy-authorization: {basic}\r\n"))
        .unwrap_or_default();
    stream.write_all(
        format!("CONNECT {authority} HTTP/1.1\r\nhost: {authority}\r\n{shown}\r\n").as_bytes(),
        deadline,
    )?;
    let (mut buffer, mut interim) = (HeadBuffer::default(), Vec::new());
    loop {
        // One byte at a time: what follows the head belongs to the origin.
        buffer.push(&exact::<1>(stream, deadline)?);
        match buffer.head(&mut interim) {
            Ok(None) => {}
            Ok(Some(head)) => return allowed(head.status.code()),
            Err(fault) => return Err(ProxyFault::Http(fault).into()),
        }
    }
}

fn allowed(code: u16) -> Result<(), TunnelError> {
    match code {
        200..=299 => Ok(()),
        407 => Err(ProxyFault::WantsCredentials(Some(407)).into()),
        code => Err(ProxyFault::Refused(code).into()),
    }
}

/// <https://www.openssh.org/txt/socks4.protocol> and <https://www.openssh.org/txt/socks4a.protocol>
fn socks4(
    stream: &mut Stream,
    proxy: &Proxy,
    to: &Far<'_>,
    deadline: &Deadline,
) -> Result<(), TunnelError> {
    let Far { authority, address } = *to;
    let ip = match address.map(|address| address.ip()) {
        Some(IpAddr::V4(ip)) => Some(ip),
        Some(IpAddr::V6(_)) => {
            return Err(ProxyFault::NoIpv6.into());
        }
        None => None,
    };
    let user = proxy
        .credentials
        .as_ref()
        .map_or("", |(user, _)| user.as_str());
    let mut ask = vec![4, 1];
    ask.extend_from_slice(&authority.port.to_be_bytes());
    // 0.0.0.x says that a name follows.
    ask.extend_from_slice(&ip.map_or([0, 0, 0, 1], |ip| ip.octets()));
    ask.extend(user.bytes().filter(|byte| *byte != 0).chain([0]));
    if ip.is_none() {
        ask.extend(authority.host.to_string().bytes().chain([0]));
    }
    stream.write_all(&ask, deadline)?;
    let answer = exact::<8>(stream, deadline)?;
    match answer {
        [0, 90, ..] => Ok(()),
        [0, code @ 91..=93, ..] => Err(ProxyFault::Socks4 {
            to: authority.to_string(),
            code,
        }
        .into()),
        _ => Err(ProxyFault::NotSocks(4).into()),
    }
}

fn socks5(
    stream: &mut Stream,
    proxy: &Proxy,
    to: &Far<'_>,
    deadline: &Deadline,
) -> Result<(), TunnelError> {
    const PASSWORD: u8 = 2;
    stream.write_all(
        if proxy.credentials.is_some() {
            &[5, 2, 0, PASSWORD]
        } else {
            &[5, 1, 0]
        },
        deadline,
    )?;
    match exact::<2>(stream, deadline)? {
        [5, 0] => {}
        [5, PASSWORD] => log_in(stream, proxy, deadline)?,
        [5, _] => {
            return Err(ProxyFault::WantsCredentials(None).into());
        }
        _ => return Err(ProxyFault::NotSocks(5).into()),
    }
    let Far { authority, address } = *to;
    let mut ask = vec![5, 1, 0];
    ask.extend(socks5_address(authority, address)?);
    ask.extend_from_slice(&authority.port.to_be_bytes());
    stream.write_all(&ask, deadline)?;
    let [_, code, _, kind] = exact::<4>(stream, deadline)?;
    if code != 0 {
        return Err(ProxyFault::Socks5 {
            to: authority.to_string(),
            code,
        }
        .into());
    }
    // The address that the proxy bound, which nobody needs, and its port.
    let length = match kind {
        1 => 4,
        4 => 16,
        _ => usize::from(exact::<1>(stream, deadline)?[0]),
    };
    for _ in 0..length + 2 {
        exact::<1>(stream, deadline)?;
    }
    Ok(())
}

fn socks5_address(
    authority: &Authority,
    address: Option<SocketAddr>,
) -> Result<Vec<u8>, TunnelError> {
    let ip = address
        .or_else(|| authority.literal())
        .map(|address| address.ip());
    Ok(match (ip, &authority.host) {
        (Some(IpAddr::V4(ip)), _) => [&[1][..], &ip.octets()].concat(),
        (Some(IpAddr::V6(ip)), _) => [&[4][..], &ip.octets()].concat(),
        (None, host) => {
            let Host::Domain(name) = host else {
                return Ok(Vec::new());
            };
            let length =
                u8::try_from(name.len()).map_err(|_| ProxyFault::NameTooLong(name.clone()))?;
            [&[3, length][..], name.as_bytes()].concat()
        }
    })
}

fn log_in(stream: &mut Stream, proxy: &Proxy, deadline: &Deadline) -> Result<(), TunnelError> {
    let Some((user, password)) = &proxy.credentials else {
        return Err(ProxyFault::WantsCredentials(None).into());
    };
    let mut ask = vec![1];
    for part in [user, password] {
        let length = u8::try_from(part.len()).map_err(|_| ProxyFault::CredentialsTooLong)?;
        ask.push(length);
        ask.extend_from_slice(part.as_bytes());
    }
    stream.write_all(&ask, deadline)?;
    match exact::<2>(stream, deadline)? {
        [_, 0] => Ok(()),
        _ => Err(ProxyFault::RefusedCredentials.into()),
    }
}

fn exact<const N: usize>(stream: &mut Stream, deadline: &Deadline) -> Result<[u8; N], StreamError> {
    let mut bytes = [0; N];
    let mut filled = 0;
    while filled < N {
        match stream.read(&mut bytes[filled..], deadline)? {
            0 => return Err(StreamError::Closed),
            n => filled += n,
        }
    }
    Ok(bytes)
}
