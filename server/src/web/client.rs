//! Finds out which network address asks, behind proxies that are trusted to tell.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName};
use axum::middleware::Next;
use axum::response::Response;

use super::Edge;
use crate::config::Network;

/// The address that asks; in the request's extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Puts the [`ClientAddress`] into the request.
pub async fn resolve(State(edge): State<Arc<Edge>>, mut request: Request, next: Next) -> Response {
    // The listener always names the peer; a request made inside a test comes from nowhere.
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip().to_canonical());
    let address = address(peer, request.headers(), &edge.proxies);
    request.extensions_mut().insert(ClientAddress(address));
    next.run(request).await
}

/// Walks the list of hops from the right past the trusted ones. What an untrusted peer says is
/// ignored; what can't be read leaves the peer's own address, so that no rule is ever skipped.
fn address(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let trusts = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    if !trusts(peer) {
        return peer;
    }
    let mut farthest = peer;
    for value in headers.get_all(FORWARDED_FOR).iter().rev() {
        let Ok(value) = value.to_str() else { return peer };
        for hop in value.rsplit(',') {
            let Some(hop) = hop_address(hop.trim()) else { return peer };
            if !trusts(hop) {
                return hop;
            }
            farthest = hop;
        }
    }
    farthest
}

/// `192.0.2.1`, `2001:db8::1`, or either with a port.
fn hop_address(text: &str) -> Option<IpAddr> {
    let address = text
        .parse::<IpAddr>()
        .or_else(|_| text.parse::<SocketAddr>().map(|socket| socket.ip()))
        .or_else(|_| text.trim_start_matches('[').trim_end_matches(']').parse())
        .ok()?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(peer: &str, forwarded: &[&str]) -> String {
        let trusted = ["10.0.0.0/8", "127.0.0.1"].map(|n| Network::parse(n).unwrap());
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED_FOR, value.parse().unwrap());
        }
        address(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn an_untrusted_peer_is_the_client_whatever_it_says() {
        assert_eq!(found("198.51.100.7", &[]), "198.51.100.7");
        assert_eq!(found("198.51.100.7", &["203.0.113.1"]), "198.51.100.7");
        assert_eq!(found("198.51.100.7", &["127.0.0.1"]), "198.51.100.7");
    }

    #[test]
    fn behind_trusted_proxies_the_nearest_untrusted_hop_counts() {
        assert_eq!(found("10.0.0.1", &["203.0.113.1"]), "203.0.113.1");
        assert_eq!(found("10.0.0.1", &["1.2.3.4, 203.0.113.1"]), "203.0.113.1");
        assert_eq!(found("10.0.0.1", &["1.2.3.4, 203.0.113.1, 10.9.9.9"]), "203.0.113.1");
        assert_eq!(found("10.0.0.1", &["1.2.3.4", "203.0.113.1"]), "203.0.113.1");
        assert_eq!(found("10.0.0.1", &["203.0.113.1:4711"]), "203.0.113.1");
        assert_eq!(found("10.0.0.1", &["[2001:db8::5]:4711"]), "2001:db8::5");
        assert_eq!(found("10.0.0.1", &["[2001:db8::5]"]), "2001:db8::5");
        assert_eq!(found("10.0.0.1", &["10.0.0.9"]), "10.0.0.9");
    }

    #[test]
    fn what_cannot_be_read_leaves_the_peer() {
        for garbage in ["", "unknown", "203.0.113.1,", "203.0.113.999", "_hidden", "203.0.113.1, x"] {
            assert_eq!(found("10.0.0.1", &[garbage]), "10.0.0.1", "{garbage}");
        }
        assert_eq!(found("10.0.0.1", &[]), "10.0.0.1");
    }
}
