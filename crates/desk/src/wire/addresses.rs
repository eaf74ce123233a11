//! Which machines a letter may go to. The address in a setting is typed in by a person and may be a trap: it must not
//! lead into the clinic's own network, to its database or to the metadata of its cloud.
//!
//! So a name is looked up where the connection is made, once, and only public addresses are connected to: an answer of
//! the name server that changes between a check and the connection changes nothing. This machine itself is reached only
//! if it is named in one of three plain ways, [`Machine::named`], as the settings page permits it.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use channels::NotSent;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Asks for the addresses of a name.
pub type Lookup = fn(&str) -> BoxFuture<'static, io::Result<Vec<IpAddr>>>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Machine {
    This,
    Outside,
}

impl Machine {
    /// `host` as it was typed in: other ways to write the same address are not a permission.
    pub fn named(host: &str) -> Self {
        match host {
            "localhost" | "127.0.0.1" | "[::1]" | "::1" => Self::This,
            _ => Self::Outside,
        }
    }
}

pub fn ask_the_system(name: &str) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
    let name = name.to_owned();
    async move { Ok(tokio::net::lookup_host((name, 0)).await?.map(|found| found.ip()).collect()) }.boxed()
}

/// Where a letter to this host may connect to.
pub async fn allowed(lookup: Lookup, host: &str) -> Result<Vec<IpAddr>, NotSent> {
    match Machine::named(host) {
        Machine::This => Ok(this_machine(host)),
        Machine::Outside => outside(lookup, host).await,
    }
}

async fn outside(lookup: Lookup, host: &str) -> Result<Vec<IpAddr>, NotSent> {
    let plain = host.trim_start_matches('[').trim_end_matches(']');
    let found = match plain.parse::<IpAddr>() {
        Ok(address) => vec![address],
        Err(_) => lookup(plain).await.map_err(|_| NotSent::NoSuchHost)?,
    };
    if found.is_empty() {
        return Err(NotSent::NoSuchHost);
    }
    let public: Vec<_> = found.into_iter().filter(|address| is_public(*address)).collect();
    if public.is_empty() { Err(NotSent::Unreachable) } else { Ok(public) }
}

fn this_machine(host: &str) -> Vec<IpAddr> {
    let (old, new) = (IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST));
    match host {
        "127.0.0.1" => vec![old],
        "[::1]" | "::1" => vec![new],
        _ => vec![old, new],
    }
}

/// Names outside of this machine.
pub struct Outside(pub Lookup);

/// The one name of this machine. The name server is not asked.
pub struct Here;

/// Why a name leads nowhere.
#[derive(Debug, thiserror::Error)]
#[error("the name leads nowhere: {0:?}")]
pub struct Nowhere(pub NotSent);

impl Resolve for Outside {
    fn resolve(&self, name: Name) -> Resolving {
        let lookup = self.0;
        async move { addresses(outside(lookup, name.as_str()).await) }.boxed()
    }
}

impl Resolve for Here {
    fn resolve(&self, name: Name) -> Resolving {
        let found = if name.as_str() == "localhost" { Ok(this_machine("localhost")) } else { Err(NotSent::NoSuchHost) };
        std::future::ready(addresses(found)).boxed()
    }
}

fn addresses(found: Result<Vec<IpAddr>, NotSent>) -> Result<Addrs, Box<dyn std::error::Error + Send + Sync>> {
    let found = found.map_err(Nowhere)?;
    Ok(Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0))))
}

/// Whether it is an address of the public Internet, by the registries of special addresses of IANA.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match a {
        0 | 10 | 127 | 224..=255 => true,
        100 => (64..128).contains(&b),
        169 => b == 254,
        172 => (16..32).contains(&b),
        192 => matches!((b, c), (0, 0 | 2) | (88, 99) | (168, _)),
        198 => matches!((b, c), (18 | 19, _) | (51, 100)),
        203 => (b, c) == (0, 113),
        _ => false,
    };
    !special
}

/// Public are those of `2000::/3` without its special blocks, and translated public addresses of the old kind: behind
/// NAT64 there is no other way to them.
fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(old) = address.to_ipv4_mapped() {
        return is_public_v4(old);
    }
    let old = |bits: u128| Ipv4Addr::from_bits(u32::try_from(bits & 0xFFFF_FFFF).expect("32 bits fit"));
    match address.segments() {
        [0x64, 0xFF9B, 0, 0, 0, 0, _, _] => is_public_v4(old(address.to_bits())),
        // protocol assignments and Teredo, documentation
        [0x2001, second, ..] => second >= 0x200 && second != 0xDB8,
        // 6to4 hides an address of the old kind
        [0x2002, ..] => false,
        // documentation
        [0x3FFF, second, ..] => second >= 0x1000,
        [first, ..] => (0x2000..=0x3FFF).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_public() {
        for public in [
            "149.154.167.220",
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "2a02:2f0::1",
            "2001:4860::8888",
            "64:ff9b::8.8.8.8",
            "::ffff:8.8.8.8",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for special in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.1.2.3",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b:1::8.8.8.8",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:808:808::1",
            "3fff::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(special.parse().unwrap()), "{special}");
        }
    }

    fn answers(_: &str) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        let found = ["10.0.0.1", "8.8.8.8", "169.254.169.254"].map(|address| address.parse().unwrap());
        std::future::ready(Ok(found.to_vec())).boxed()
    }

    #[tokio::test]
    async fn of_a_mixed_answer_only_the_public_part_is_used() {
        assert_eq!(allowed(answers, "api.example").await, Ok(vec!["8.8.8.8".parse().unwrap()]));
    }

    #[tokio::test]
    async fn this_machine_is_reached_by_its_plain_names_only() {
        for (host, count) in [("localhost", 2), ("127.0.0.1", 1), ("[::1]", 1), ("::1", 1)] {
            assert_eq!(allowed(ask_the_system, host).await.unwrap().len(), count, "{host}");
        }
        for host in ["localhost.", "127.0.0.2", "0.0.0.0", "[::]", "::ffff:127.0.0.1"] {
            assert!(allowed(ask_the_system, host).await.is_err(), "{host}");
        }
    }
}
