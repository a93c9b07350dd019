//! A real nginx on loopback ports of its own.

use std::fs;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::{note, skip};

/// A running nginx; it ends when this is dropped.
pub(crate) struct Nginx {
    process: Child,
    ports: [u16; 2],
    /// Configuration, log and document root; removed at the end.
    folder: TempDir,
}

impl Nginx {
    /// Starts nginx with these `server` blocks, in which `@PORT@` and `@OTHER@` stand for two free ports and `@ROOT@` for
    /// an empty folder. `None` where nginx is not installed.
    pub(crate) fn start(servers: &str) -> Option<Self> {
        if !installed() {
            skip("nginx");
            return None;
        }
        // Another process may take a port between our letting go of it and nginx's taking it.
        for _ in 0..ATTEMPTS {
            let mut nginx = Self::spawn(servers);
            if nginx.listens() {
                return Some(nginx);
            }
            note(&fs::read_to_string(nginx.folder.path().join("error.log")).unwrap_or_default());
        }
        panic!("nginx does not take its configuration, or no port is free: see above");
    }

    fn spawn(servers: &str) -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        let ports = free_ports();
        fs::create_dir(folder.path().join("root")).expect("the temporary folder can be written to");
        fs::write(
            folder.path().join("nginx.conf"),
            config(servers, ports, folder.path()),
        )
        .expect("so can a file in it");
        let mut command = nginx();
        command
            .arg("-p")
            .arg(folder.path())
            .args(["-c", "nginx.conf", "-e", "error.log"]);
        let process = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("nginx is installed");
        Self {
            process,
            ports,
            folder,
        }
    }

    /// Whether it takes connections within five seconds.
    fn listens(&mut self) -> bool {
        for _ in 0..500 {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, self.ports[0])).is_ok() {
                return true;
            }
            if !matches!(self.process.try_wait(), Ok(None)) {
                return false;
            }
            thread::sleep(Duration::from_millis(10));
        }
        false
    }

    /// The URL of this path on the first port.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.ports[0])
    }

    /// The URL of this path on the other port.
    pub(crate) fn other(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.ports[1])
    }

    /// The folder that `@ROOT@` stands for.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("root")
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody left to tell.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const ATTEMPTS: usize = 5;

/// nginx by the path of administrators too, where Debian puts it.
fn nginx() -> Command {
    let administrators = Path::new("/usr/sbin/nginx");
    Command::new(if administrators.exists() {
        administrators
    } else {
        Path::new("nginx")
    })
}

fn installed() -> bool {
    let version = nginx()
        .arg("-v")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match version {
        Ok(status) => status.success(),
        Err(fault) if fault.kind() == ErrorKind::NotFound => false,
        Err(fault) => panic!("nginx cannot be started: {fault}"),
    }
}

/// Two ports that nobody listens on now.
fn free_ports() -> [u16; 2] {
    let held = [(); 2]
        .map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a loopback port is free"));
    held.map(|listener| listener.local_addr().expect("it is bound").port())
}

/// One process in the foreground, so that ending it ends all, and nothing outside of its folder.
fn config(servers: &str, [port, other]: [u16; 2], folder: &Path) -> String {
    let servers = servers
        .replace("@PORT@", &port.to_string())
        .replace("@OTHER@", &other.to_string())
        .replace("@ROOT@", &folder.join("root").to_string_lossy());
    format!(
        "daemon off; master_process off; pid nginx.pid; error_log error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    {servers}
}}
"
    )
}
