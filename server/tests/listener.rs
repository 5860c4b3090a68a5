//! Real sockets: slow, silent, greedy and malformed clients, and going down in order.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something unexpected happens"
)]

mod portal;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use portal::{Portal, with};
use server::web::listener::{Rules, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

/// Short times, so that the test is quick; the relations are those of the real ones.
fn quick() -> Rules {
    Rules {
        head_time: Duration::from_millis(300),
        idle_time: Duration::from_millis(900),
        stalled_time: Duration::from_millis(500),
        drain_time: Duration::from_millis(600),
        ..Rules::default()
    }
}

struct Running {
    portal: Portal,
    address: SocketAddr,
    serving: JoinHandle<()>,
}

async fn run(rules: Rules) -> Running {
    let portal = with("http://127.0.0.1:3000", |_| {});
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(serve(listener, portal.router.clone(), rules, portal.edge.shutdown.clone()));
    Running { portal, address, serving }
}

impl Running {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    async fn say(&self, text: &str) -> String {
        let mut stream = self.connect().await;
        stream.write_all(text.as_bytes()).await.unwrap();
        rest(&mut stream).await
    }
}

/// What comes until the connection is closed; at most five seconds.
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset is a way of closing, too.
    let _ = timeout(Duration::from_secs(5), stream.read_to_end(&mut bytes))
        .await
        .expect("the connection stays open");
    String::from_utf8_lossy(&bytes).into_owned()
}

const GET: &str = "GET /address HTTP/1.1\r\nHost: localhost\r\n\r\n";

async fn answer(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    let mut bytes = [0; 4096];
    while !text.contains("\r\n\r\n127.0.0.1") {
        let n = timeout(Duration::from_secs(5), stream.read(&mut bytes)).await.unwrap().unwrap();
        assert!(n > 0, "closed after “{text}”");
        text.push_str(&String::from_utf8_lossy(&bytes[..n]));
    }
    text
}

#[tokio::test]
async fn a_peer_is_named_and_a_connection_is_used_again() {
    let running = run(quick()).await;
    let mut stream = running.connect().await;
    for _ in 0..3 {
        stream.write_all(GET.as_bytes()).await.unwrap();
        let text = answer(&mut stream).await;
        assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
        // Longer than a header may take: idle is not slow.
        sleep(Duration::from_millis(500)).await;
    }
}

#[tokio::test]
async fn an_answer_that_comes_bit_by_bit_is_not_idle() {
    let running = run(quick()).await;
    let mut stream = running.connect().await;
    let request = "GET /drips HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    let started = Instant::now();
    let text = rest(&mut stream).await;
    assert_eq!(text.matches("drip ").count(), 8, "{text}");
    assert!(started.elapsed() > Duration::from_secs(3), "{:?}", started.elapsed());
}

#[tokio::test]
async fn silent_dribbling_and_idle_clients_are_closed() {
    let running = run(quick()).await;
    let started = Instant::now();
    let mut silent = running.connect().await;
    assert_eq!(rest(&mut silent).await, "");
    assert!(started.elapsed() < Duration::from_millis(800), "{:?}", started.elapsed());

    let (mut reader, mut writer) = running.connect().await.into_split();
    let started = Instant::now();
    let dribble = tokio::spawn(async move {
        for byte in b"GET /address HTTP/1.1\r\nHost: localhost\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" {
            if writer.write_all(&[*byte]).await.is_err() {
                return;
            }
            sleep(Duration::from_millis(50)).await;
        }
    });
    let mut bytes = Vec::new();
    let _ = timeout(Duration::from_secs(5), reader.read_to_end(&mut bytes)).await.unwrap();
    assert!(started.elapsed() < Duration::from_millis(800), "{:?}", started.elapsed());
    dribble.abort();

    let mut idle = running.connect().await;
    idle.write_all(GET.as_bytes()).await.unwrap();
    answer(&mut idle).await;
    let started = Instant::now();
    assert_eq!(rest(&mut idle).await, "");
    assert!(started.elapsed() > Duration::from_millis(700), "{:?}", started.elapsed());

    // The second request of a connection has no more time than the first.
    let mut second = running.connect().await;
    second.write_all(GET.as_bytes()).await.unwrap();
    answer(&mut second).await;
    second.write_all(b"GET /addr").await.unwrap();
    let started = Instant::now();
    assert_eq!(rest(&mut second).await, "");
    assert!(started.elapsed() < Duration::from_millis(800), "{:?}", started.elapsed());
}

#[tokio::test]
async fn oversized_and_ambiguous_headers_are_refused_and_closed() {
    let running = run(quick()).await;
    let long = format!("GET /address HTTP/1.1\r\nHost: localhost\r\nX-Long: {}\r\n\r\n", "a".repeat(20_000));
    assert!(running.say(&long).await.starts_with("HTTP/1.1 431 "));
    let many = format!("GET /address HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: y\r\n".repeat(200));
    assert!(running.say(&many).await.starts_with("HTTP/1.1 431 "));
    for (what, request) in [
        (
            "both lengths",
            "POST /page HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ),
        (
            "both, other order",
            "POST /page HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        ),
        (
            "two lengths",
            "POST /page HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        ),
        (
            "not the last coding",
            "POST /page HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        ),
        ("space before the colon", "GET /page HTTP/1.1\r\nHost : localhost\r\n\r\n"),
        ("folded", "GET /page HTTP/1.1\r\nHost: localhost\r\n X: y\r\n\r\n"),
        ("signed length", "POST /page HTTP/1.1\r\nHost: localhost\r\nContent-Length: +4\r\n\r\nabcd"),
        ("another protocol", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    ] {
        let text = running.say(request).await;
        assert!(text.is_empty() || text.starts_with("HTTP/1.1 4"), "{what}: {text}");
        assert!(text.matches("HTTP/1.1 ").count() <= 1, "{what}: {text}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_gets_its_answer_and_ends_the_connection() {
    let running = run(quick()).await;
    let head = "POST /page HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 100000\r\n\r\n";
    let text = running.say(&format!("{head}{}", "x".repeat(1_000))).await;
    assert!(text.starts_with("HTTP/1.1 413 "), "{text}");
    assert!(text.contains("content-security-policy: "), "{text}");
}

#[tokio::test]
async fn one_address_has_its_share_of_connections_and_gets_it_back() {
    let running = run(Rules { per_address: 3, head_time: Duration::from_secs(3), ..quick() }).await;
    let mut open = Vec::new();
    for _ in 0..3 {
        let mut stream = running.connect().await;
        stream.write_all(GET.as_bytes()).await.unwrap();
        answer(&mut stream).await;
        open.push(stream);
    }
    assert_eq!(running.say(GET).await, "", "the fourth is closed at once");
    open.pop();
    sleep(Duration::from_millis(100)).await;
    let mut again = running.connect().await;
    again.write_all(GET.as_bytes()).await.unwrap();
    answer(&mut again).await;
}

#[tokio::test]
async fn all_together_have_an_end_too() {
    let running = run(Rules { connections: 2, head_time: Duration::from_secs(3), ..quick() }).await;
    let _one = running.connect().await;
    let _two = running.connect().await;
    sleep(Duration::from_millis(50)).await;
    assert_eq!(running.say(GET).await, "");
}

#[tokio::test]
async fn a_client_that_stops_reading_is_let_go() {
    let running = run(quick()).await;
    let (mut reader, mut writer) = running.connect().await.into_split();
    let flood = tokio::spawn(async move {
        // Far more answers than the sockets' buffers hold, and nobody reads them.
        loop {
            if writer.write_all(GET.repeat(64).as_bytes()).await.is_err() {
                return;
            }
        }
    });
    timeout(Duration::from_secs(20), flood)
        .await
        .expect("the server keeps a client that does not read")
        .unwrap();
    let mut bytes = vec![0; 1 << 20];
    while matches!(timeout(Duration::from_secs(5), reader.read(&mut bytes)).await.unwrap(), Ok(n) if n > 0) {}
}

#[tokio::test]
async fn going_down_finishes_what_runs_and_takes_nothing_new() {
    let running = run(quick()).await;
    let mut idle = running.connect().await;
    idle.write_all(GET.as_bytes()).await.unwrap();
    answer(&mut idle).await;
    let mut slow = running.connect().await;
    slow.write_all(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    sleep(Duration::from_millis(50)).await;
    running.portal.edge.shutdown.begin(Duration::ZERO).await;
    assert_eq!(rest(&mut idle).await, "", "idle connections end at once");
    assert!(rest(&mut slow).await.ends_with("slow"), "the answer under way is complete");
    timeout(Duration::from_secs(1), running.serving).await.unwrap().unwrap();
    assert!(TcpStream::connect(running.address).await.is_err());
}

#[tokio::test]
async fn stuck_clients_do_not_hold_up_the_end() {
    let running = run(quick()).await;
    let mut never = running.connect().await;
    never.write_all(b"GET /never HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    let _silent = running.connect().await;
    sleep(Duration::from_millis(50)).await;
    let started = Instant::now();
    running.portal.edge.shutdown.begin(Duration::ZERO).await;
    timeout(Duration::from_secs(3), running.serving).await.unwrap().unwrap();
    assert!(
        started.elapsed() >= Duration::from_millis(600) && started.elapsed() < Duration::from_millis(1_500)
    );
    assert_eq!(rest(&mut never).await, "");
}

#[tokio::test]
async fn ready_says_no_while_the_balancer_is_given_time() {
    let running = run(quick()).await;
    let shutdown = running.portal.edge.shutdown.clone();
    let ending = tokio::spawn(async move { shutdown.begin(Duration::from_millis(400)).await });
    sleep(Duration::from_millis(50)).await;
    let ready = "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert!(running.say(ready).await.starts_with("HTTP/1.1 503 "));
    let get = "GET /address HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert!(running.say(get).await.starts_with("HTTP/1.1 200 "), "work is still accepted");
    ending.await.unwrap();
    timeout(Duration::from_secs(2), running.serving).await.unwrap().unwrap();
}

#[tokio::test]
async fn others_are_served_while_many_dribble() {
    let running = Arc::new(run(Rules { per_address: 4_000, ..quick() }).await);
    let mut silent = Vec::new();
    for _ in 0..300 {
        silent.push(running.connect().await);
    }
    let started = Instant::now();
    let get = "GET /address HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert!(running.say(get).await.starts_with("HTTP/1.1 200 "));
    assert!(started.elapsed() < Duration::from_millis(500));
    for stream in &mut silent {
        assert_eq!(rest(stream).await, "");
    }
}
