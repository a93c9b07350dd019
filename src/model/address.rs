//! Which addresses the public Internet does not route.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::failure::AddressKind;

impl AddressKind {
    /// What sort of private address this is; `None` for one that the public Internet routes.
    ///
    /// From the registries of special-purpose addresses
    /// ([IPv4](https://www.iana.org/assignments/iana-ipv4-special-registry), [IPv6](https://www.iana.org/assignments/iana-ipv6-special-registry)).
    /// An IPv6 address that stands for an IPv4 one (mapped, NAT64, 6to4, compatible) is judged as that one.
    #[must_use]
    pub fn of(ip: IpAddr) -> Option<Self> {
        match ip {
            IpAddr::V4(ip) => private_v4(ip),
            IpAddr::V6(ip) => embedded(ip).map_or_else(|| private_v6(ip), private_v4),
        }
    }
}

fn private_v4(ip: Ipv4Addr) -> Option<AddressKind> {
    const METADATA: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 254);
    let [a, b, c, _] = ip.octets();
    Some(match (a, b, c) {
        _ if ip == METADATA => AddressKind::Metadata,
        (0, ..) => AddressKind::ThisHost,
        (10, ..) | (172, 16..=31, _) | (192, 168, _) => AddressKind::Private,
        (100, 64..=127, _) => AddressKind::Carrier,
        (127, ..) => AddressKind::Loopback,
        (169, 254, _) => AddressKind::LinkLocal,
        (192, 0, 0) => AddressKind::Protocols,
        (192, 0, 2) | (198, 51, 100) | (203, 0, 113) => AddressKind::Documentation,
        (192, 88, 99) => AddressKind::Relay,
        (198, 18..=19, _) => AddressKind::Benchmark,
        (224..=239, ..) => AddressKind::Multicast,
        (240..=255, ..) => AddressKind::Reserved,
        _ => return None,
    })
}

fn private_v6(ip: Ipv6Addr) -> Option<AddressKind> {
    let first = ip.segments();
    Some(match first {
        [0, 0, 0, 0, 0, 0, 0, 0] => AddressKind::ThisHost,
        [0, 0, 0, 0, 0, 0, 0, 1] => AddressKind::Loopback,
        [0xfc00..=0xfdff, ..] => AddressKind::UniqueLocal,
        [0xfe80..=0xfebf, ..] => AddressKind::LinkLocal,
        [0xfec0..=0xfeff, ..] => AddressKind::SiteLocal,
        [0xff00..=0xffff, ..] => AddressKind::Multicast,
        [0x2001, 0x0db8, ..] | [0x3fff, 0..=0x0fff, ..] => AddressKind::Documentation,
        [0x2001, 0..=0x01ff, ..] => AddressKind::Protocols,
        [0x0100, 0, 0, ..] => AddressKind::Discard,
        // Global unicast is 2000::/3; nothing else is handed out.
        [0x2000..=0x3fff, ..] => return None,
        _ => AddressKind::Reserved,
    })
}

/// The IPv4 address that an IPv6 one stands for.
fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let v4 = |high: u16, low: u16| Some(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
    match ip.segments() {
        // Mapped, translated (RFC 2765), NAT64 (RFC 6052), 6to4 (RFC 3056).
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => v4(high, low),
        // Compatible; `::1` and its like are addresses of their own.
        [0, 0, 0, 0, 0, 0, high, low] if high != 0 => v4(high, low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_private() {
        for ip in [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "169.254.1.1",
            "100.64.0.1",
            "100.127.255.255",
            "192.0.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "100::1",
            "4000::1",
        ] {
            assert!(AddressKind::of(ip.parse().unwrap()).is_some(), "{ip}");
        }
    }

    #[test]
    fn what_is_public() {
        for ip in [
            "1.1.1.1",
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "169.253.1.1",
            "198.20.0.1",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::1",
        ] {
            assert_eq!(AddressKind::of(ip.parse().unwrap()), None, "{ip}");
        }
    }
}
