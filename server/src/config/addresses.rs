use std::fmt;
use std::net::IpAddr;

use axum::http::Uri;

use super::Refused;

/// The address under which people reach the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    authority: String,
    https: bool,
    loopback: bool,
}

impl PublicUrl {
    /// Reads `https://HOST[:PORT]`, or `http://` on this computer.
    pub(crate) fn parse(text: &str) -> Result<Self, Refused> {
        let shape = || format!("“{text}” is no address such as https://portal.example, without a path");
        let uri: Uri = text.parse().map_err(|_| shape())?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(shape());
        };
        let plain = uri.path() == "/" && uri.query().is_none() && !authority.as_str().contains('@');
        if !plain || authority.host().is_empty() || text.ends_with('#') || text.contains('#') {
            return Err(shape());
        }
        let https = match scheme {
            "https" => true,
            "http" => false,
            _ => return Err(shape()),
        };
        let loopback = is_loopback_host(authority.as_str());
        if !https && !loopback {
            return Err(format!(
                "“{text}” would send passwords in clear: use https (http is for this computer only)"
            ));
        }
        // Browsers leave out the port that the scheme implies.
        let implied = if https { 443 } else { 80 };
        let host = authority.host().to_ascii_lowercase();
        let authority = match authority.port_u16() {
            Some(port) if port != implied => format!("{host}:{port}"),
            Some(_) => host,
            None if authority.as_str().eq_ignore_ascii_case(&host) => host,
            // Something follows the host that is no port.
            None => return Err(shape()),
        };
        Ok(Self { origin: format!("{scheme}://{authority}"), authority, https, loopback })
    }

    /// Scheme, host and port, as browsers write it in `Origin`. No slash at the end.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Host and port, as browsers write it in `Host`.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Whether people come over TLS.
    pub const fn is_https(&self) -> bool {
        self.https
    }

    /// Whether only this computer is served.
    pub const fn is_loopback(&self) -> bool {
        self.loopback
    }
}

/// Whether a host, with or without a port, is this computer by its very name.
pub fn is_loopback_host(authority: &str) -> bool {
    let host = if let Some(rest) = authority.strip_prefix('[') {
        let Some((v6, port)) = rest.split_once(']') else { return false };
        if !(port.is_empty() || port.starts_with(':')) {
            return false;
        }
        v6
    } else {
        authority.split(':').next().unwrap_or_default()
    };
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// An address or a network of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    base: u128,
    mask: u128,
    v4: bool,
}

impl Network {
    /// Reads `10.0.0.1`, `10.0.0.0/8` or their like of version 6.
    pub(crate) fn parse(text: &str) -> Result<Self, Refused> {
        let wrong = || format!("“{text}” is no address or network, such as 10.0.0.1 or 10.0.0.0/8");
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse::<u32>().map_err(|_| wrong())?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let (bits, width, v4) = bits(address);
        let prefix = prefix.unwrap_or(width);
        if prefix > width {
            return Err(wrong());
        }
        let mask = u128::MAX.checked_shl(width - prefix).unwrap_or(0);
        Ok(Self { base: bits & mask, mask, v4 })
    }

    /// Whether the address lies in it.
    pub fn contains(&self, address: IpAddr) -> bool {
        let (bits, _, v4) = bits(address);
        v4 == self.v4 && bits & self.mask == self.base
    }
}

fn bits(address: IpAddr) -> (u128, u32, bool) {
    match address.to_canonical() {
        IpAddr::V4(v4) => (u128::from(v4.to_bits()), 32, true),
        IpAddr::V6(v6) => (v6.to_bits(), 128, false),
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_urls_are_https_or_on_this_computer() {
        for (text, origin) in [
            ("https://portal.example", "https://portal.example"),
            ("https://Portal.Example/", "https://portal.example"),
            ("https://portal.example:443", "https://portal.example"),
            ("https://portal.example:8443", "https://portal.example:8443"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://127.0.0.1:3000/", "http://127.0.0.1:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"),
            ("http://127.0.0.1:80", "http://127.0.0.1"),
        ] {
            assert_eq!(PublicUrl::parse(text).unwrap().origin(), origin, "{text}");
        }
        for text in [
            "portal.example",
            "http://portal.example",
            "http://localhost.portal.example",
            "https://",
            "ftp://portal.example",
            "https://portal.example/shop",
            "https://portal.example/?a",
            "https://portal.example#x",
            "https://user@portal.example",
            "http://127.0.0.1.portal.example",
            "http://[::1].portal.example",
            "https://portal.example:",
            "https://portal.example:99999",
            "",
        ] {
            assert!(PublicUrl::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn networks_hold_their_addresses_and_no_others() {
        let holds = |network: &str, address: &str| {
            Network::parse(network).unwrap().contains(address.parse().unwrap())
        };
        assert!(holds("10.0.0.0/8", "10.255.0.1"));
        assert!(holds("10.0.0.0/8", "::ffff:10.1.2.3"));
        assert!(!holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("192.0.2.7", "192.0.2.7"));
        assert!(!holds("192.0.2.7", "192.0.2.8"));
        assert!(holds("2001:db8::/32", "2001:db8:1::5"));
        assert!(!holds("2001:db8::/32", "2001:db9::5"));
        assert!(holds("0.0.0.0/0", "203.0.113.9"));
        assert!(!holds("0.0.0.0/0", "2001:db8::1"));
        for wrong in ["10.0.0.0/33", "10.0.0", "x", "10.0.0.0/", "::/129", "10.0.0.0/-1"] {
            assert!(Network::parse(wrong).is_err(), "{wrong}");
        }
    }
}
