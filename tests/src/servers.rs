//! The servers that the tests run against: ministack and moto, and microburst, which stands in front of one and makes
//! faults.
//!
//! They are Python programs, installed from `tests/requirements.txt` into a virtual environment under `target/`, which
//! the first test that needs one makes. Each listens on a free port of the loopback interface alone, and ends when its
//! [`Server`] is dropped or the test process ends, however that happens.

use crate::data::hex;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a server may take to answer. It takes a second; more on a machine that does other work.
const START: Duration = Duration::from_secs(60);
/// How often another port is tried, should someone else take the free one first.
const ATTEMPTS: usize = 3;

/// A running server.
#[derive(Debug)]
pub struct Server {
    name: &'static str,
    scheme: &'static str,
    address: SocketAddr,
    child: Child,
    folder: TempDir,
}

impl Server {
    /// ministack, which believes every signature.
    pub fn ministack() -> Self {
        Self::start("ministack", "http", |port, folder| ministack("ministack", port, folder))
    }

    /// ministack, which verifies signatures and IAM policies.
    pub fn ministack_with_auth() -> Self {
        Self::start("ministack", "http", |port, folder| {
            let mut command = ministack("ministack", port, folder);
            command.env("AUTH", "true");
            command
        })
    }

    /// ministack with TLS and HTTP/2. Its log says which protocol a request came with.
    pub fn ministack_with_tls(certificate: &Certificate) -> Self {
        // Not `USE_SSL=1`: that listens on port 443 as well, where it may.
        Self::start("ministack", "https", |port, folder| {
            let mut command = ministack("hypercorn", port, folder);
            command
                .arg("ministack.app:app")
                .args(["--workers", "0", "--bind"])
                .arg(SocketAddr::from((Ipv4Addr::LOCALHOST, port)).to_string())
                .arg("--certfile")
                .arg(certificate.path())
                .arg("--keyfile")
                .arg(certificate.key())
                .args([
                    "--access-logfile",
                    "-",
                    "--access-logformat",
                    "request over HTTP/%(H)s %(s)s",
                ]);
            command
        })
    }

    /// moto.
    pub fn moto() -> Self {
        Self::start("moto", "http", |port, _| moto(port))
    }

    /// moto with TLS.
    pub fn moto_with_tls(certificate: &Certificate) -> Self {
        Self::start("moto", "https", |port, _| {
            let mut command = moto(port);
            command
                .arg("-c")
                .arg(certificate.path())
                .arg("-k")
                .arg(certificate.key());
            command
        })
    }

    /// microburst in front of `upstream`. It lets everything pass until it gets [rules](Self::post).
    pub fn microburst(upstream: &Server) -> Self {
        Self::start("microburst", "http", |port, _| {
            let mut command = python("microburst");
            command.args([
                "--host",
                "127.0.0.1",
                "--no-resign",
                "--upstream",
                &upstream.url(),
                "--port",
            ]);
            command.arg(port.to_string());
            command
        })
    }

    fn start(name: &'static str, scheme: &'static str, command: impl Fn(u16, &Path) -> Command) -> Self {
        let mut log = String::new();
        for _ in 0..ATTEMPTS {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let address = free_address();
            let mut server = Self {
                name,
                scheme,
                address,
                child: spawn(command(address.port(), folder.path()), folder.path()),
                folder,
            };
            if server.answers() {
                return server;
            }
            log = server.log();
        }
        panic!("{name} doesn't start. Its log:\n{log}");
    }

    /// Waits until the server accepts connections, or ends.
    fn answers(&mut self) -> bool {
        let end = Instant::now() + START;
        while Instant::now() < end {
            if self.child.try_wait().expect("it is our own child").is_some() {
                return false;
            }
            if TcpStream::connect(self.address).is_ok() {
                return true;
            }
            thread::sleep(Duration::from_millis(50));
        }
        false
    }

    /// Its name: `ministack`, `moto` or `microburst`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its URL.
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// What it has printed so far.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Sends a request of one's own, past the client: for a server's controls. Gives the response's status and body.
    ///
    /// # Panics
    /// The server doesn't answer.
    pub fn post(&self, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, String) {
        let mut request = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n",
            self.address
        );
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        request += &format!("content-length: {}\r\n\r\n{body}", body.len());
        let mut stream = TcpStream::connect(self.address).expect("the server listens");
        stream.write_all(request.as_bytes()).expect("the server reads");
        let mut response = String::new();
        stream.read_to_string(&mut response).expect("the server answers");
        let status = response
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .expect("an HTTP response");
        let body = response
            .split_once("\r\n\r\n")
            .map(|(_, body)| body.to_owned())
            .unwrap_or_default();
        (status, body)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ministack(module: &str, port: u16, folder: &Path) -> Command {
    let mut command = python(module);
    command
        // Without these two it listens on all interfaces.
        .env("BIND_HOST", "127.0.0.1")
        .env("IOT_MTLS_ENABLED", "0")
        .env("GATEWAY_PORT", port.to_string())
        .env("SERVICES", "cognito-idp,cognito-identity,iam,sts")
        .env("STATE_DIR", folder)
        .env("TMPDIR", folder)
        .env("LOG_LEVEL", "WARNING");
    command
}

fn moto(port: u16) -> Command {
    let mut command = python("moto.server");
    command.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
    command
}

/// `python -m module`, which ends with this process.
fn python(module: &str) -> Command {
    let mut command = Command::new(ENVIRONMENT.join("bin/python"));
    command.arg(source("serve.py")).arg(module);
    command
}

fn spawn(mut command: Command, folder: &Path) -> Child {
    let log = File::create(folder.join("log")).expect("the temporary folder is writable");
    let errors = log.try_clone().expect("a second handle");
    command
        // The child keeps its end open; ours closes with this process.
        .stdin(Stdio::piped())
        .stdout(log)
        .stderr(errors)
        .env("PYTHONUNBUFFERED", "1")
        .env_remove("PYTHONPATH")
        .spawn()
        .expect("python starts")
}

fn free_address() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port on loopback");
    listener.local_addr().expect("it is bound")
}

/// A certificate for 127.0.0.1, made anew for each test run.
#[derive(Debug)]
pub struct Certificate {
    folder: TempDir,
}

impl Certificate {
    /// Makes one.
    ///
    /// # Panics
    /// Python can't.
    pub fn new() -> Self {
        let certificate = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        };
        run(Command::new(ENVIRONMENT.join("bin/python"))
            .arg(source("certificate.py"))
            .arg(certificate.path())
            .arg(certificate.key()));
        certificate
    }

    /// The certificate, PEM.
    ///
    /// # Panics
    /// The file is gone.
    pub fn pem(&self) -> Vec<u8> {
        fs::read(self.path()).expect("written by `new`")
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("certificate.pem")
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("key.pem")
    }
}

impl Default for Certificate {
    fn default() -> Self {
        Self::new()
    }
}

fn source(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "src", name].iter().collect()
}

/// Runs a Python program of `tests/clients` to its end, with what `tests/requirements.txt` installs: gives what it prints.
///
/// # Panics
/// It fails.
pub fn run_python(program: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(ENVIRONMENT.join("bin/python"));
    command.arg(client(program)).args(arguments).env_remove("PYTHONPATH");
    run(&mut command)
}

/// Runs a Node.js program of `tests/clients` to its end, with what its `package-lock.json` installs: gives what it prints.
///
/// # Panics
/// It fails, or there is no Node.js.
pub fn run_node(program: &str, arguments: &[&str]) -> String {
    let mut command = Command::new("node");
    command.current_dir(&*MODULES).arg(program).args(arguments);
    run(&mut command)
}

fn client(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "clients", name].iter().collect()
}

/// The folder with the Node.js programs and the packages that they need.
static MODULES: LazyLock<PathBuf> = LazyLock::new(modules);

/// What the Node.js programs need.
const LOCK: &str = include_str!("../clients/package-lock.json");

/// Installs the packages unless they are there, as [`environment`] does.
fn modules() -> PathBuf {
    let name = &hex(&Sha256::digest(LOCK))[..12];
    let clients: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "target", "clients"].iter().collect();
    let modules = clients.join(name);
    fs::create_dir_all(&modules).expect("target/ is writable");
    let lock = File::create(clients.join(format!("{name}.lock"))).expect("target/ is writable");
    lock.lock().expect("the file system has locks");
    // The programs may have changed; the packages haven't.
    for file in ["package.json", "package-lock.json", "sign_in.mjs"] {
        fs::copy(client(file), modules.join(file)).expect("target/ is writable");
    }
    if !modules.join("ready").exists() {
        println!("installing tests/clients/package-lock.json into {}", modules.display());
        let options = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
        run(Command::new("npm").args(options).current_dir(&modules));
        File::create(modules.join("ready")).expect("target/ is writable");
    }
    modules
}

/// What the servers are installed from.
const REQUIREMENTS: &str = include_str!("../requirements.txt");

/// The version of a package in `tests/requirements.txt`.
///
/// # Panics
/// It isn't there.
pub fn version(package: &str) -> &'static str {
    let version = REQUIREMENTS
        .lines()
        .find_map(|line| line.strip_prefix(package)?.strip_prefix("=="));
    version.unwrap_or_else(|| panic!("tests/requirements.txt pins {package}"))
}

/// The virtual environment with the servers.
static ENVIRONMENT: LazyLock<PathBuf> = LazyLock::new(environment);

/// Makes the virtual environment unless it is there. Its folder is named by the requirements, so that other ones make
/// another; a lock keeps test binaries that begin at the same time from making it twice.
fn environment() -> PathBuf {
    let name = &hex(&Sha256::digest(REQUIREMENTS))[..12];
    let servers: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "target", "servers"].iter().collect();
    let environment = servers.join(name);
    let ready = environment.join("ready");
    fs::create_dir_all(&servers).expect("target/ is writable");
    let lock = File::create(servers.join(format!("{name}.lock"))).expect("target/ is writable");
    lock.lock().expect("the file system has locks");
    if !ready.exists() {
        println!("installing tests/requirements.txt into {}", environment.display());
        // What a run that was cut short has left.
        let _ = fs::remove_dir_all(&environment);
        run(Command::new("python3").args(["-m", "venv"]).arg(&environment));
        run(Command::new(environment.join("bin/python"))
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-input",
                "--disable-pip-version-check",
                "-r",
            ])
            .arg(
                [env!("CARGO_MANIFEST_DIR"), "requirements.txt"]
                    .iter()
                    .collect::<PathBuf>(),
            ));
        File::create(&ready).expect("target/ is writable");
    }
    environment
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?} fails:\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}
