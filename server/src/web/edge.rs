use std::pin::Pin;
use std::sync::Arc;

use center::Entropy;

use super::assets::Assets;
use super::limits::Room;
use super::shutdown::Shutdown;
use crate::config::{Network, PublicUrl};

/// Asks whether the portal can do its work; the error says why not and is only logged.
pub type Probe = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), String>> + Send>> + Send + Sync>;

/// What the layers around the application need to know.
pub struct Edge {
    /// Where people reach the portal.
    pub public: PublicUrl,
    /// Whose `X-Forwarded-For` counts.
    pub proxies: Vec<Network>,
    /// Randomness for nonces and request ids.
    pub entropy: Arc<dyn Entropy>,
    /// The site's files.
    pub assets: Assets,
    /// Whether the database takes writes.
    pub probe: Probe,
    /// Whether the host is going down.
    pub shutdown: Shutdown,
    /// How much may be under way at once.
    pub room: Room,
    /// Largest body in bytes for the named paths; any other has [`super::limits::BODY_BYTES`].
    pub larger_bodies: &'static [(&'static str, usize)],
    /// Paths whose handlers read the body while it arrives, once they know who sends it, and bound it themselves.
    pub uploads: &'static [&'static str],
    /// Port of the developer's reload socket, which the pages may then connect to.
    pub reload_port: Option<u16>,
}
