//! A line that is kept to the other side, as to an SMS centre or a telephone exchange. It stands as long as somebody asks anything
//! over it, and for a while more; it is opened again by whoever needs it next, not more often than its last failures allow.

use std::sync::Arc;
use std::time::Duration;

use channels::{Answer, NotSent, Security};
use rustls::ClientConfig;
use tokio::io::AsyncWriteExt;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout};

use super::addresses::Lookup;
use super::{Network, Stream, line_to, moment};

/// After one failure, doubled with each further one.
const AGAIN_AFTER: Duration = Duration::from_secs(1);
const AGAIN_AT_MOST: Duration = Duration::from_secs(30);
/// A line that breaks sooner has not stood.
const STANDS_FOR: Duration = Duration::from_secs(5);
/// Beyond what the letter itself allows: the line answers by then in any case.
const OVER_THE_LINE: Duration = Duration::from_secs(5);
const WRITE_WITHIN: Duration = Duration::from_secs(10);

/// What somebody wants of a line, and where they wait.
pub struct Asked<E> {
    pub errand: E,
    pub patience: Duration,
    pub reply: oneshot::Sender<Answer>,
}

pub type Errands<E> = mpsc::UnboundedReceiver<Asked<E>>;

/// How a talk over a line ended.
pub enum Parted {
    Friends,
    /// What whoever comes next is told meanwhile.
    NotLetIn(Answer),
    NeverMet(NotSent),
}

/// Who is at the other end.
pub trait OtherSide: Send + 'static {
    type Errand: Send + 'static;

    /// A line over which nothing goes is closed after this.
    const IDLE: Duration;
    /// Who does not let us in is not asked again sooner.
    const LET_IN_AFTER: Duration;

    fn door(&self) -> (&str, u16, Security);

    /// One connection, from its first octet to its last.
    fn talk(
        &mut self,
        stream: Box<dyn Stream>,
        first: Asked<Self::Errand>,
        errands: &mut Errands<Self::Errand>,
    ) -> impl Future<Output = Parted> + Send;
}

/// The near end of a line.
pub struct Line<E>(mpsc::UnboundedSender<Asked<E>>);

impl<E: Send + 'static> Asked<E> {
    /// With where the answer comes.
    pub fn new(errand: E, patience: Duration) -> (Self, oneshot::Receiver<Answer>) {
        let (reply, answer) = oneshot::channel();
        (Self { errand, patience, reply }, answer)
    }

    pub fn answer(self, answer: Answer) {
        // whoever does not wait any more does not miss it
        drop(self.reply.send(answer));
    }
}

/// The answer, or `lost` if none comes.
pub async fn heard(answer: oneshot::Receiver<Answer>, patience: Duration, lost: Answer) -> Answer {
    match timeout(patience + OVER_THE_LINE, answer).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) | Err(_) => lost,
    }
}

impl<E: Send + 'static> Line<E> {
    pub fn open<S: OtherSide<Errand = E>>(network: &Network, other: S, first: Asked<E>) -> Self {
        let (errands, waiting) = mpsc::unbounded_channel();
        drop(errands.send(first));
        tokio::spawn(keep(other, (Arc::clone(&network.tls), network.lookup), waiting));
        Self(errands)
    }

    /// Gives back what comes too late for this line.
    pub fn ask(&self, asked: Asked<E>) -> Result<(), Asked<E>> {
        self.0.send(asked).map_err(|returned| returned.0)
    }
}

/// Keeps a line until nobody needs it.
async fn keep<S: OtherSide>(mut other: S, (tls, lookup): (Arc<ClientConfig>, Lookup), mut errands: Errands<S::Errand>) {
    let mut closed: Option<(Instant, Answer)> = None;
    let mut failures = 0_u32;
    while let Ok(Some(asked)) = timeout(S::IDLE, errands.recv()).await {
        if let Some((_, why)) = closed.as_ref().filter(|(until, _)| moment() < *until) {
            asked.answer(why.clone());
            continue;
        }
        let opened_at = moment();
        let parted = match line_to(&tls, lookup, other.door()).await {
            Ok(stream) => other.talk(stream, asked, &mut errands).await,
            Err(reason) => {
                asked.answer(Answer::NotSent(reason));
                Parted::NeverMet(reason)
            }
        };
        let pause = AGAIN_AFTER.saturating_mul(1 << failures.min(5)).min(AGAIN_AT_MOST);
        (closed, failures) = match parted {
            // one that hangs up as soon as it has let us in is not run after
            Parted::Friends if opened_at.elapsed() < STANDS_FOR && failures > 0 => {
                (Some((moment() + pause, Answer::NotSent(NotSent::Interrupted))), failures + 1)
            }
            Parted::Friends if opened_at.elapsed() < STANDS_FOR => (None, failures + 1),
            Parted::Friends => (None, 0),
            Parted::NotLetIn(why) => (Some((moment() + S::LET_IN_AFTER, why)), failures),
            Parted::NeverMet(reason) => (Some((moment() + pause, Answer::NotSent(reason))), failures + 1),
        };
    }
    // who came between the last look and the end is known not to have been heard
    errands.close();
    while let Ok(asked) = errands.try_recv() {
        asked.answer(Answer::NotSent(NotSent::Interrupted));
    }
}

/// Says what there is to say. Not, if the other side does not listen.
pub async fn say(stream: &mut dyn Stream, out: &mut Vec<u8>) -> bool {
    if out.is_empty() {
        return true;
    }
    let out = std::mem::take(out);
    let written = async {
        stream.write_all(&out).await?;
        stream.flush().await
    };
    matches!(timeout(WRITE_WITHIN, written).await, Ok(Ok(())))
}
