//! Text records, asked of the name servers that this machine asks: by a packet, and over a line where the answer is too long for one.
//! Whoever waits for it waits for seconds at most.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use channels::dns::{Told, question, read};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;

const PORT: u16 = 53;
/// A packet is lost now and then.
const TRIES: usize = 2;
const ONE_ANSWERS_WITHIN: Duration = Duration::from_millis(1_500);
const ALL_ANSWER_WITHIN: Duration = Duration::from_secs(5);
const MOST_SERVERS: usize = 3;
const LONGEST_PACKET: usize = 4_096;

/// None: nobody has answered.
pub async fn text_records(servers: &[SocketAddr], name: &str) -> Option<Vec<String>> {
    let asked = async {
        for server in servers.iter().cycle().take(servers.len() * TRIES) {
            match timeout(ONE_ANSWERS_WITHIN, by_packet(*server, name)).await.ok().flatten() {
                Some(Told::Texts(texts)) => return Some(texts),
                Some(Told::CutOff) => {
                    if let Some(Told::Texts(texts)) = timeout(ONE_ANSWERS_WITHIN, over_a_line(*server, name)).await.ok().flatten() {
                        return Some(texts);
                    }
                }
                Some(Told::Nothing) | None => {}
            }
        }
        None
    };
    timeout(ALL_ANSWER_WITHIN, asked).await.ok().flatten()
}

/// Whom this machine asks, as it stands in `/etc/resolv.conf`; the machine itself, where nothing stands there.
pub fn servers_of_the_system() -> Vec<SocketAddr> {
    let known = servers_in(&std::fs::read_to_string("/etc/resolv.conf").unwrap_or_default());
    if known.is_empty() { vec![SocketAddr::from(([127, 0, 0, 1], PORT))] } else { known }
}

fn servers_in(file: &str) -> Vec<SocketAddr> {
    let named = file.lines().filter_map(|line| line.trim().strip_prefix("nameserver")?.split_whitespace().next());
    named.filter_map(|address| address.parse::<IpAddr>().ok()).map(|address| SocketAddr::new(address, PORT)).take(MOST_SERVERS).collect()
}

async fn by_packet(server: SocketAddr, name: &str) -> Option<Told> {
    let own: SocketAddr = if server.is_ipv4() { ([0, 0, 0, 0], 0).into() } else { ([0_u16; 8], 0).into() };
    let socket = UdpSocket::bind(own).await.ok()?;
    // only this server's packets come in
    socket.connect(server).await.ok()?;
    // the port is what the system has drawn by lot, and an answer has to name both
    let id = socket.local_addr().ok()?.port().rotate_left(5);
    socket.send(&question(name, id)?).await.ok()?;
    let mut packet = vec![0; LONGEST_PACKET];
    loop {
        let length = socket.recv(&mut packet).await.ok()?;
        if let Some(told) = read(&packet[..length], name, id) {
            return Some(told);
        }
    }
}

/// The same with its length before it.
async fn over_a_line(server: SocketAddr, name: &str) -> Option<Told> {
    let mut line = TcpStream::connect(server).await.ok()?;
    let id = line.local_addr().ok()?.port().rotate_left(5);
    let asked = question(name, id)?;
    line.write_all(&u16::try_from(asked.len()).ok()?.to_be_bytes()).await.ok()?;
    line.write_all(&asked).await.ok()?;
    let length = line.read_u16().await.ok()?;
    let mut packet = vec![0; usize::from(length)];
    line.read_exact(&mut packet).await.ok()?;
    read(&packet, name, id)
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    const NAME: &str = "desk._domainkey.smile.example";

    /// What a server makes of a question.
    fn answered(asked: &[u8], flags: [u8; 2], text: Option<&str>) -> Vec<u8> {
        let mut packet = asked.to_vec();
        packet[2..4].copy_from_slice(&flags);
        if let Some(text) = text {
            packet[7] = 1;
            packet.extend([0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60]);
            let pieces: Vec<u8> =
                text.as_bytes().chunks(255).flat_map(|piece| [&[u8::try_from(piece.len()).unwrap()], piece].concat()).collect();
            packet.extend(u16::try_from(pieces.len()).unwrap().to_be_bytes());
            packet.extend(pieces);
        }
        packet
    }

    /// A server on this machine that answers each packet so, after a packet of somebody who only guesses.
    async fn server(flags: [u8; 2], text: Option<String>) -> SocketAddr {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let line = TcpListener::bind(address).await.unwrap();
        let long = text.clone();
        tokio::spawn(async move {
            let mut packet = [0; 512];
            while let Ok((length, from)) = socket.recv_from(&mut packet).await {
                let guessed = [&[packet[0] ^ 1], &packet[1..length]].concat();
                socket.send_to(&answered(&guessed, [0x81, 0x80], Some("p=guessed")), from).await.unwrap();
                let text = text.as_deref().filter(|_| flags[0] & 2 == 0);
                socket.send_to(&answered(&packet[..length], flags, text), from).await.unwrap();
            }
        });
        tokio::spawn(async move {
            while let Ok((mut line, _)) = line.accept().await {
                let length = line.read_u16().await.unwrap();
                let mut asked = vec![0; usize::from(length)];
                line.read_exact(&mut asked).await.unwrap();
                let answer = answered(&asked, [0x81, 0x80], long.as_deref());
                line.write_all(&u16::try_from(answer.len()).unwrap().to_be_bytes()).await.unwrap();
                line.write_all(&answer).await.unwrap();
            }
        });
        address
    }

    #[tokio::test]
    async fn a_record_is_read_from_whichever_server_answers_and_by_whichever_way() {
        let silent = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let long = format!("v=DKIM1; p={}", "x".repeat(900));
        let table = [
            (server([0x81, 0x80], Some("p=abc".to_owned())).await, Some(vec!["p=abc".to_owned()])),
            (server([0x83, 0x80], Some(long.clone())).await, Some(vec![long])),
            (server([0x81, 0x83], None).await, Some(Vec::new())),
            (server([0x81, 0x82], None).await, None),
        ];
        for (server, expected) in &table {
            assert_eq!(text_records(&[*server], NAME).await, *expected);
        }
        // the first one is out of order
        assert_eq!(text_records(&[table[3].0, table[0].0], NAME).await, Some(vec!["p=abc".to_owned()]));
        assert_eq!(text_records(&[], NAME).await, None);
        assert_eq!(text_records(&[table[0].0], "no name").await, None);
        drop(silent);
    }

    #[test]
    fn the_servers_of_the_system_stand_in_its_file() {
        let file =
            "# made by a program\nsearch example\nnameserver 10.0.0.2\nnameserver  2001:db8::1 # second\noptions edns0\nnameserver x\n";
        let read: Vec<String> = servers_in(file).iter().map(ToString::to_string).collect();
        assert_eq!(read, ["10.0.0.2:53", "[2001:db8::1]:53"]);
        assert!(!servers_of_the_system().is_empty());
    }
}
