//! The listeners, and the end of it all.
//!
//! A thread per connection: a client that is slow, silent or hostile occupies its own thread and
//! nothing else, every scenario reads from top to bottom, and a few thousand sleeping threads cost address space only.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustls::ServerConfig;

use super::certificate::Certificate;
use super::connection::LabConnection;
use super::journal::Arrival;
use super::listening::{listen, listen_near, ports_of, reachable};
use super::request_reader::RequestReader;
use super::shared::{Lab, Log};
use super::site::{Ports, bracketed, origin};
use super::visitors::Visitors;
use super::wire::LabWire;

/// Bytes of stack for a connection. JSON nested as deeply as its reader allows takes the most: 256 to 384 KiB in a debug
/// build. What is not touched costs address space only.
const STACK: usize = 1024 * 1024;
/// How long the end waits for connections that are still busy.
const FAREWELL: Duration = Duration::from_secs(2);

/// How a lab is set up.
pub struct Options {
    /// The address to listen on; 127.0.0.1 by default, and then on `[::1]` too where the machine has it.
    pub bind: IpAddr,
    /// The main port; 0, the default, is any that is free. The other http port and the two https ports are the next
    /// three where these are free, any otherwise.
    pub port: u16,
    /// Whether to listen for https too, with a throwaway certificate.
    pub tls: bool,
    /// Whose requests are answered.
    pub visitors: Visitors,
    /// Called with every arrival as it is written down.
    pub log: Option<Log>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            bind: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            tls: false,
            visitors: Visitors::Any,
            log: None,
        }
    }
}

/// A running lab. Dropping it stops it: listeners close, connections end.
pub struct Server {
    lab: Arc<Lab>,
    address: IpAddr,
    certificate: Option<Certificate>,
    listeners: Vec<Listener>,
}

/// A listener and its thread.
struct Listener {
    address: SocketAddr,
    thread: JoinHandle<()>,
}

impl Server {
    /// Starts a lab.
    ///
    /// # Errors
    /// When the main port cannot be listened on (the error names it), or no thread can be started.
    pub fn start(options: Options) -> io::Result<Self> {
        let (address, port) = (options.bind, options.port);
        let certificate = options
            .tls
            .then(|| Certificate::throwaway(address))
            .transpose()?;
        let http = [listen(address, port)?, listen_near(address, port, 1)?];
        let https = match certificate {
            Some(_) => Some([
                listen_near(address, port, 2)?,
                listen_near(address, port, 3)?,
            ]),
            None => None,
        };
        let ports = Ports {
            http: ports_of(&http)?,
            https: https.as_ref().map(ports_of).transpose()?,
        };
        let lab = Arc::new(Lab::new(ports, options.visitors, options.log));
        let mut server = Self {
            lab,
            address,
            certificate,
            listeners: Vec::new(),
        };
        for listener in http.into_iter().flatten() {
            server.open(listener, None)?;
        }
        for listener in https.into_iter().flatten().flatten() {
            let config = server
                .certificate
                .as_ref()
                .map(|certificate| Arc::clone(&certificate.config));
            server.open(listener, config)?;
        }
        Ok(server)
    }

    fn open(&mut self, listener: TcpListener, tls: Option<Arc<ServerConfig>>) -> io::Result<()> {
        let address = listener.local_addr()?;
        let lab = Arc::clone(&self.lab);
        let name = format!("lab {address}");
        let thread = thread::Builder::new()
            .name(name)
            .spawn(move || lab.accept_all(&listener, tls.as_ref()))?;
        self.listeners.push(Listener { address, thread });
        Ok(())
    }

    /// The URL of `path` at the main http port.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        origin(false, &self.name(), self.lab.ports.http[0]) + path
    }

    /// The URL of `path` at the main https port; `None` without TLS.
    #[must_use]
    pub fn https_url(&self, path: &str) -> Option<String> {
        self.lab
            .ports
            .https
            .map(|ports| origin(true, &self.name(), ports[0]) + path)
    }

    /// The other http origin: the same name, another port.
    #[must_use]
    pub fn other_origin(&self) -> String {
        origin(false, &self.name(), self.lab.ports.http[1])
    }

    /// The ports that it listens on.
    #[must_use]
    pub fn ports(&self) -> Ports {
        self.lab.ports
    }

    /// The last arrivals, oldest first: at most 10 000, and at most 16 MiB of them.
    ///
    /// A request is written down before its answer is sent; one that is answered early, when its content has ended.
    #[must_use]
    pub fn arrivals(&self) -> Vec<Arc<Arrival>> {
        self.lab.journal.arrivals()
    }

    /// The certificate that the https ports show, PEM, for `--cacert`; `None` without TLS.
    #[must_use]
    pub fn certificate_pem(&self) -> Option<&str> {
        self.certificate
            .as_ref()
            .map(|certificate| certificate.pem.as_str())
    }

    /// The name to reach it by: a server that listens everywhere is reached at loopback.
    fn name(&self) -> String {
        bracketed(reachable(self.address))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.lab.stop();
        for listener in self.listeners.drain(..) {
            let knock = SocketAddr::new(reachable(listener.address.ip()), listener.address.port());
            // An accept is ended by a connection; where none can be made, the thread is left to the process's end.
            if TcpStream::connect_timeout(&knock, FAREWELL).is_ok() {
                let _ = listener.thread.join();
            }
        }
        self.lab.wait_until_empty(FAREWELL);
    }
}

impl Lab {
    fn accept_all(self: &Arc<Self>, listener: &TcpListener, tls: Option<&Arc<ServerConfig>>) {
        while self.wait_for_room() {
            match listener.accept() {
                Ok((stream, peer)) => self.admit(stream, peer, tls),
                // Out of descriptors, or the client left already: neither ends the lab.
                Err(_) => {
                    self.sleep(Duration::from_millis(10));
                }
            }
        }
    }

    /// Starts the thread of a connection. Where that fails the connection is closed, and the lab goes on.
    fn admit(
        self: &Arc<Self>,
        stream: TcpStream,
        peer: SocketAddr,
        tls: Option<&Arc<ServerConfig>>,
    ) {
        let stream = Arc::new(stream);
        let Some(guard) = self.enter(&stream) else {
            return;
        };
        let tls = tls.cloned();
        let thread = thread::Builder::new()
            .name(format!("lab connection {}", guard.number))
            .stack_size(STACK);
        let _ = thread.spawn(move || {
            // Dropped at the end of the thread, even of one that panicked.
            let guard = guard;
            let (Ok(local), Ok(wire)) = (stream.local_addr(), LabWire::new(stream, tls.as_ref()))
            else {
                return;
            };
            let (secure, incoming) = (tls.is_some(), RequestReader::new(wire));
            LabConnection {
                lab: &guard.lab,
                incoming,
                number: guard.number,
                peer,
                local,
                secure,
            }
            .serve();
        });
    }
}
