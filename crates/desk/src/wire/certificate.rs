//! When a certificate ends that a machine shows to whoever knocks, or to whoever asks for a secured line first.

use channels::{Opening, certificate_ends};
use kernel::Timestamp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::{CONNECT_WITHIN, Network, connect, secured};

/// Of what a server says before it turns to TLS.
const MOST_HEARD: usize = 8_192;

/// One that is not good any more is not believed, and so not seen.
pub async fn shown(network: &Network, host: &str, port: u16, opening: Opening) -> Option<Timestamp> {
    let shown = async {
        let mut stream = connect(network.lookup, host, port).await.ok()?;
        match opening {
            Opening::Tls => {}
            Opening::StartTlsOfMail => ask(&mut stream, MAIL).await?,
            Opening::StartTlsOfMailbox => ask(&mut stream, MAILBOX).await?,
        }
        let secured = secured(&network.tls, host, stream).await.ok()?;
        let (_, session) = secured.get_ref();
        certificate_ends(session.peer_certificates()?.first()?)
    };
    timeout(CONNECT_WITHIN, shown).await.ok().flatten()
}

/// What is said, and how the last line of a good answer to it begins.
type Turn = (&'static str, &'static str);

const MAIL: &[Turn] = &[("", "220 "), ("EHLO [127.0.0.1]\r\n", "250 "), ("STARTTLS\r\n", "220 ")];
const MAILBOX: &[Turn] = &[("", "* OK"), ("a1 STARTTLS\r\n", "a1 OK")];

async fn ask(stream: &mut TcpStream, turns: &[Turn]) -> Option<()> {
    for (said, good) in turns {
        stream.write_all(said.as_bytes()).await.ok()?;
        let mut heard = Vec::new();
        // byte by byte: what follows the last line is no longer words
        loop {
            heard.push(stream.read_u8().await.ok()?);
            if !heard.ends_with(b"\n") {
                if heard.len() > MOST_HEARD {
                    return None;
                }
                continue;
            }
            let last = heard[..heard.len() - 1].rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
            if last.get(..good.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(good.as_bytes())) {
                break;
            }
        }
    }
    Some(())
}
