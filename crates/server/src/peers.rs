//! Who is at the other end of a connection. Behind a proxy it is the proxy; what it says of the browser is believed only
//! if it is one of the proxies that the configuration names.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;

const FORWARDED: &str = "x-forwarded-for";

/// Puts the browser's address in the place of the proxy's.
pub async fn tell(State(proxies): State<Arc<[IpAddr]>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0);
    if let Some(peer) = peer {
        let browser = browser(peer, request.headers(), &proxies);
        request.extensions_mut().insert(ConnectInfo(browser));
    }
    next.run(request).await
}

/// The list grows at its end with every proxy; what stands before the first one that nobody vouches for is made up.
fn browser(peer: SocketAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> SocketAddr {
    let is_ours = |address: &IpAddr| proxies.contains(&address.to_canonical());
    if !is_ours(&peer.ip()) {
        return peer;
    }
    let lists = headers.get_all(FORWARDED).into_iter().filter_map(|list| list.to_str().ok());
    let said: Vec<_> = lists.flat_map(|list| list.split(',')).map(str::trim).collect();
    let mut known = said.into_iter().rev().map_while(|address| address.parse().ok());
    let outside = known.find(|address| !is_ours(address));
    outside.map_or(peer, |address| SocketAddr::new(address, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_g6_only_what_our_own_proxies_say_is_believed() {
        let proxies = ["10.0.0.1", "10.0.0.2"].map(|proxy| proxy.parse().unwrap());
        for (peer, said, expected) in [
            ("203.0.113.7", &[][..], "203.0.113.7"),
            ("203.0.113.7", &["198.51.100.1"], "203.0.113.7"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("::ffff:10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["1.1.1.1", "198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["1.1.1.1, 198.51.100.1, 10.0.0.2"], "198.51.100.1"),
            ("10.0.0.1", &["1.1.1.1, nonsense, 10.0.0.2"], "10.0.0.1"),
            ("10.0.0.1", &["2001:db8::1"], "2001:db8::1"),
        ] {
            let mut headers = HeaderMap::new();
            for list in said {
                headers.append(FORWARDED, list.parse().unwrap());
            }
            let peer = SocketAddr::new(peer.parse().unwrap(), 4711);
            assert_eq!(browser(peer, &headers, &proxies).ip().to_canonical(), expected.parse::<IpAddr>().unwrap(), "{peer} {said:?}");
        }
    }
}
