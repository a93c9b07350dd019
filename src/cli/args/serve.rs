//! Flags of `rehop serve`.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Args;

use super::Color;

/// `rehop serve`.
#[derive(Debug, Args)]
#[command(args_override_self = true)]
pub(crate) struct ServeArgs {
    /// Listen on this port; 0 for any that is free. The other origins take the ports above it where these are free
    #[arg(short = 'p', long, value_name = "PORT", default_value_t = 8080)]
    pub port: u16,
    /// Listen on this address: 127.0.0.1 unless told otherwise
    #[arg(long, value_name = "ADDRESS")]
    pub bind: Option<IpAddr>,
    /// Answer to this Host as well as to loopback names and addresses (repeatable)
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// Speak https too, with a throwaway certificate
    #[arg(long)]
    pub tls: bool,
    /// Write the certificate (PEM) here, for --cacert
    #[arg(long, value_name = "FILE", requires = "tls")]
    pub cert_file: Option<PathBuf>,
    /// Write the URL here as soon as the lab listens
    #[arg(long, value_name = "FILE")]
    pub ready_file: Option<PathBuf>,
    /// No access log on standard error
    #[arg(short = 'q', long)]
    pub quiet: bool,
    /// Colour
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    pub color: Color,
}
