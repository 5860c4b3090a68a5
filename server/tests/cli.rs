//! The program as people start it: what it says, and how it begins and ends.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something unexpected happens"
)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use tokio::time::Instant;

/// Seals secrets in the databases of these tests.
const KEY: &str = "a5c1f07e92d84b36a5c1f07e92d84b36";

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_customer-center"));
    command.args(arguments).env_clear().current_dir(folder).stdin(Stdio::null());
    command
}

fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    program(folder.path(), arguments).envs(environment.iter().copied()).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn serving_without_a_public_url_is_refused_by_name() {
    let output = run(&["serve"], &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("CC_PUBLIC_URL"), "{}", said(&output));
}

#[test]
fn serving_in_clear_is_refused() {
    let output = run(&["serve"], &[("CC_PUBLIC_URL", "http://portal.example")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("use https"), "{}", said(&output));
}

#[test]
fn serving_without_a_key_of_its_own_is_refused() {
    let public = ("CC_PUBLIC_URL", "https://portal.example");
    let missing = run(&["serve"], &[public]);
    let short = run(&["serve"], &[public, ("CC_SECRET_KEY", "short")]);
    let dull = run(&["serve"], &[public, ("CC_SECRET_KEY", "00000000000000000000000000000000000000")]);
    let known = run(&["serve"], &[public, ("CC_SECRET_KEY", "everybody knows the key of the demo")]);
    for output in [missing, short, dull, known] {
        assert_eq!(output.status.code(), Some(1));
        assert!(
            said(&output).contains("CC_SECRET_KEY") && said(&output).contains("openssl"),
            "{}",
            said(&output)
        );
    }
}

#[test]
fn the_demo_serves_this_computer_only() {
    for wrong in [["demo", "--listen", "0.0.0.0:0"], ["demo", "--public-url", "https://portal.example"]] {
        let output = run(&wrong, &[]);
        assert_eq!(output.status.code(), Some(1));
        assert!(said(&output).contains("this computer"), "{}", said(&output));
    }
}

#[test]
fn settings_and_routes_are_listed() {
    let settings = run(&["config", "--explain"], &[]);
    assert!(settings.status.success() && said(&settings).contains("CC_DATABASE_URL_FILE"));
    let routes = run(&["routes", "--json"], &[]);
    let routes: serde_json::Value = serde_json::from_slice(&routes.stdout).unwrap();
    let routes = routes.as_array().unwrap();
    assert_eq!(routes.len(), center::access::table().len());
    let edit = routes.iter().find(|route| route["path"] == "/api/users/edit").unwrap();
    assert_eq!((&edit["method"], &edit["permission"]), (&"POST".into(), &"users.manage:company".into()));
    assert!(edit["arguments"].as_array().unwrap().contains(&"email".into()));
}

#[test]
fn a_database_is_made_filled_checked_and_examined() {
    let folder = tempfile::tempdir().unwrap();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/import");
    let step = |arguments: &[&str]| program(folder.path(), arguments).output().unwrap();

    let fresh = step(&["doctor", "--public-url", "https://portal.example", "--secret-key", KEY]);
    assert!(fresh.status.success() && said(&fresh).contains("the first start makes it"), "{}", said(&fresh));
    assert!(step(&["migrate"]).status.success());
    let dry = step(&["import", sample, "--dry-run"]);
    assert!(dry.status.success() && said(&dry).contains("Nothing was written"), "{}", said(&dry));
    let empty = step(&["doctor", "--public-url", "https://portal.example", "--secret-key", KEY]);
    assert!(said(&empty).contains("has no customers"), "{}", said(&empty));
    let import = step(&["import", sample]);
    assert!(import.status.success() && said(&import).contains("439 new"), "{}", said(&import));
    let verify = step(&["verify"]);
    assert!(verify.status.success(), "{}", said(&verify));
    let good = step(&["doctor", "--public-url", "https://portal.example", "--secret-key", KEY]);
    assert!(good.status.success() && said(&good).contains("has 439 customers"), "{}", said(&good));

    let bad = step(&["doctor"]);
    assert_eq!(bad.status.code(), Some(1));
    assert!(said(&bad).contains("BAD") && said(&bad).contains("CC_PUBLIC_URL"), "{}", said(&bad));
    std::fs::write(folder.path().join("customers.csv"), "nonsense\n").unwrap();
    assert_eq!(step(&["import", "."]).status.code(), Some(1));
}

/// The portal as a process of its own, ended when the test ends.
struct Serving {
    process: Child,
    port: u16,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Serving {
    fn start(folder: &Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let arguments = [
            "serve",
            "--metrics-listen",
            "",
            "--listen",
            &address,
            "--public-url",
            &format!("http://{address}"),
            "--secret-key",
            KEY,
        ];
        let process = program(folder, &arguments).stderr(Stdio::null()).spawn().unwrap();
        let mut serving = Self { process, port };
        let deadline = Instant::now() + Duration::from_secs(30);
        while serving.status("/health/ready") != Some(204) {
            assert!(Instant::now() < deadline, "does not become ready");
            assert!(serving.process.try_wait().unwrap().is_none(), "ended at once");
            std::thread::park_timeout(Duration::from_millis(50));
        }
        serving
    }

    fn status(&self, path: &str) -> Option<u16> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        answer.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
    }

    fn signal(&self, name: &str) {
        let killed = Command::new("kill").args([name, &self.process.id().to_string()]).status().unwrap();
        assert!(killed.success());
    }
}

/// These need the built site; `make test` builds it first.
fn site_is_built() -> bool {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site/pkg").is_dir();
    if !built {
        eprintln!("skipped: make site builds what this test serves");
    }
    built
}

#[test]
fn sigterm_says_not_ready_finishes_and_ends() {
    if !site_is_built() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut serving = Serving::start(folder.path());
    assert_eq!(serving.status("/sign-in"), Some(200));
    assert_eq!(serving.status("/metrics"), Some(404));
    let second = program(folder.path(), &["verify"]).output().unwrap();
    assert!(!second.status.success() && said(&second).contains("another process"), "{}", said(&second));
    // A client that never asks for anything must not hold up the end.
    let _silent = TcpStream::connect(("127.0.0.1", serving.port)).unwrap();

    let started = Instant::now();
    serving.signal("-TERM");
    std::thread::park_timeout(Duration::from_millis(500));
    assert_eq!(serving.status("/health/ready"), Some(503));
    assert_eq!(serving.status("/sign-in"), Some(200), "still served while the balancer learns of it");
    assert!(serving.process.wait().unwrap().success());
    assert!(started.elapsed() < Duration::from_secs(25), "{:?}", started.elapsed());
}

#[test]
fn ctrl_c_ends_at_once() {
    if !site_is_built() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut serving = Serving::start(folder.path());
    let started = Instant::now();
    serving.signal("-INT");
    assert!(serving.process.wait().unwrap().success());
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
}
