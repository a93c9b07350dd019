//! How the plan reaches servers → the terms of a wire.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};

use crate::cli::Misuse;
use crate::cli::plan::{self, InspectPlan, NetPlan, TlsPlan};
use crate::net::{Detour, Family, Limits, Pin, Proxies, Terms, TlsTerms, Wire};

/// A wire on the plan's terms; what answers contain goes to `body`, where there is one.
///
/// # Errors
/// Names the flag and the file that cannot be read or used.
pub(super) fn wire(plan: &InspectPlan, body: Option<&File>) -> Result<Wire, Misuse> {
    let wire = Wire::new(terms(&plan.net, plan.chain.max_time)?);
    let Some(file) = body else { return Ok(wire) };
    let twin = file.try_clone().map_err(|error| Misuse::new(format!("--output: {error}"), ""))?;
    Ok(wire.with_sink(Box::new(twin)))
}

fn terms(plan: &NetPlan, max_time: Option<Duration>) -> Result<Terms, Misuse> {
    let limits = Limits {
        connect: plan.connect_timeout,
        hop: plan.hop_timeout.unwrap_or(Duration::MAX),
        chain: max_time,
        ..Limits::default()
    };
    Ok(Terms {
        limits,
        tls: tls(&plan.tls)?,
        proxies: proxies(&plan.proxy)?,
        pins: plan.resolve.iter().map(pin).collect::<Result<_, _>>()?,
        detours: plan.connect_to.iter().map(detour).collect::<Result<_, _>>()?,
        family: match plan.family {
            plan::Family::Any => Family::Any,
            plan::Family::V4 => Family::V4,
            plan::Family::V6 => Family::V6,
        },
        #[cfg(unix)]
        unix_socket: plan.unix_socket.clone(),
        deny_private: plan.deny_private,
        interrupt: interrupt(),
    })
}

fn tls(plan: &TlsPlan) -> Result<TlsTerms, Misuse> {
    let read = |flag: &str, path: &Path| {
        fs::read(path).map_err(|error| {
            let says = format!("{flag}: cannot read {}: {error}", path.display());
            Misuse::new(says, "name a file of PEM")
        })
    };
    let identity = plan.identity.as_ref();
    let terms = TlsTerms {
        insecure: plan.insecure,
        roots: plan.authorities.as_deref().map(|path| read("--cacert", path)).transpose()?,
        certificate: identity.map(|identity| read("--cert", &identity.cert)).transpose()?,
        key: identity.map(|identity| read("--key", &identity.key)).transpose()?,
    };
    terms.check().map_err(|says| Misuse::new(says, ""))?;
    Ok(terms)
}

/// A flag that Ctrl-C sets from now on.
///
/// Only now: until here nothing waits for the network, and Ctrl-C should end what reads standard input as it always does.
pub(super) fn interrupt() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // Where the system refuses a handler, Ctrl-C ends the process as it always does.
        let _ = signal_hook::flag::register(signal, flag.clone());
    }
    flag
}

fn proxies(plan: &plan::ProxyPlan) -> Result<Proxies, Misuse> {
    let text = |proxy: &Option<plan::Proxy>| {
        proxy.as_ref().map(|proxy| {
            let scheme = match proxy.kind {
                plan::ProxyKind::Http => "http",
                plan::ProxyKind::Socks4 => "socks4",
                plan::ProxyKind::Socks4a => "socks4a",
                plan::ProxyKind::Socks5 => "socks5",
                plan::ProxyKind::Socks5h => "socks5h",
            };
            let user = proxy.credentials.as_ref().map(|(u, p)| format!("{u}:{p}@")).unwrap_or_default();
            format!("{scheme}://{user}{}:{}", proxy.host, proxy.port)
        })
    };
    let (http, https) = (text(&plan.http), text(&plan.https));
    let variable = |name: &str| match name {
        "http_proxy" => http.clone(),
        "https_proxy" => https.clone(),
        _ => None,
    };
    Proxies::new(None, Some(&plan.bypass.join(",")), variable).map_err(|says| Misuse::new(says, ""))
}

fn pin(resolve: &plan::Resolve) -> Result<Pin, Misuse> {
    let host = resolve.host.as_deref().unwrap_or("*");
    let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    let ips: Vec<String> = resolve.addresses.iter().map(ToString::to_string).collect();
    Pin::parse(&format!("{host}:{}:{}", resolve.port, ips.join(","))).map_err(|says| Misuse::new(says, ""))
}

fn detour(to: &plan::ConnectTo) -> Result<Detour, Misuse> {
    let host = |host: &Option<String>| match host.as_deref() {
        Some(host) if host.contains(':') => format!("[{host}]"),
        host => host.unwrap_or_default().to_owned(),
    };
    let port = |port: Option<u16>| port.map(|port| port.to_string()).unwrap_or_default();
    let text = format!("{}:{}:{}:{}", host(&to.host), port(to.port), host(&to.to_host), port(to.to_port));
    Detour::parse(&text).map_err(|says| Misuse::new(says, ""))
}
