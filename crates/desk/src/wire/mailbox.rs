//! Mailboxes: what has come is fetched, and where nothing has, the line waits until something does.
//!
//! The line of a mailbox is kept from one look to the next, signed in and with its folder open. One that has broken meanwhile is
//! opened again at once, once; nothing is lost by that, for the server keeps every mail and a look changes none.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use channels::imap::{Command, Frames, Response, Status, Untagged, batch};
use channels::{Answer, FetchedMail, MailErrand, MailPlace, Mailbox, MailboxAnswer, MailboxLetter, MailboxStage, NotSent, Security};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::addresses::Machine;
use super::{Network, Stream, connect, moment, secured};

/// How long a server may take over one answer.
const ANSWERS_WITHIN: Duration = Duration::from_secs(30);
/// A line that nobody has looked through for so long is closed.
const KEPT_FOR: Duration = Duration::from_mins(2);
/// Where a server cannot tell by itself that something came.
const LOOK_AGAIN: Duration = Duration::from_secs(20);
/// So many numbers are asked for their sizes at once.
const MOST_SIZES: usize = 200;
const READ_AT_ONCE: usize = 16 * 1024;

/// The lines that are kept, by their mailboxes.
#[derive(Default)]
pub struct Mailboxes {
    lines: Arc<Mutex<HashMap<String, (Instant, Line)>>>,
}

struct Line {
    stream: Box<dyn Stream>,
    frames: Frames,
    /// Where octets are read into.
    room: Box<[u8]>,
    mailbox: Mailbox,
    capabilities: Vec<String>,
    said: u32,
    /// Something came since the last search.
    has_grown: bool,
    validity: u32,
    next: u32,
}

type Told<T> = Result<T, Answer>;

pub async fn carry(network: &Network, letter: &MailboxLetter) -> Answer {
    let name = name(&letter.mailbox);
    if let Some(mut line) = network.mailboxes.take(&name, &letter.mailbox) {
        match line.does(&letter.errand).await {
            Ok(answer) => return network.mailboxes.keep(name, line, answer),
            // it broke while nobody looked
            Err(Answer::NotSent(NotSent::Interrupted)) => {}
            Err(answer) => return answer,
        }
    }
    let looked = async {
        let mut line = Line::open(network, &letter.mailbox).await?;
        let answer = line.does(&letter.errand).await?;
        Ok((line, answer))
    };
    match looked.await {
        Ok((line, answer)) => network.mailboxes.keep(name, line, answer),
        Err(answer) => answer,
    }
}

/// Signs in and says goodbye. Whatever keeps us out is the mailbox's own trouble, not that of the server for what leaves.
pub async fn check(network: &Network, mailbox: &Mailbox) -> Answer {
    match Line::open(network, mailbox).await {
        Ok(mut line) => {
            let _heard = line.say(&Command::LogOut).await;
            Answer::Mailbox(MailboxAnswer::Open)
        }
        Err(answer @ Answer::Mailbox(_)) => answer,
        Err(_) => Answer::Mailbox(MailboxAnswer::Refused { at: MailboxStage::Greeting, code: String::new() }),
    }
}

fn name(mailbox: &Mailbox) -> String {
    format!("{}@{}:{}/{}", mailbox.server.user, mailbox.server.host, mailbox.server.port, mailbox.folder)
}

impl Mailboxes {
    /// Not one with other settings.
    fn take(&self, name: &str, mailbox: &Mailbox) -> Option<Line> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.remove(name).map(|(_, line)| line).filter(|line| line.mailbox == *mailbox)
    }

    fn keep(&self, name: String, line: Line, answer: Answer) -> Answer {
        let kept_at = moment();
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone(), (kept_at, line));
        let lines = Arc::clone(&self.lines);
        tokio::spawn(async move {
            sleep(KEPT_FOR).await;
            let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
            if lines.get(&name).is_some_and(|(at, _)| *at == kept_at) {
                lines.remove(&name);
            }
        });
        answer
    }
}

impl Line {
    /// Signed in, with the folder open.
    async fn open(network: &Network, mailbox: &Mailbox) -> Told<Self> {
        let server = &mailbox.server;
        if server.security == Security::None && Machine::named(&server.host) == Machine::Outside {
            return Err(Answer::NotSent(NotSent::Tls));
        }
        let stream = connect(network.lookup, &server.host, server.port).await.map_err(Answer::NotSent)?;
        let stream: Box<dyn Stream> = match server.security {
            Security::Tls => secured_in_time(network, &server.host, stream).await?,
            Security::StartTls | Security::None => Box::new(stream),
        };
        let mut line = Self::over(stream, mailbox.clone());
        let greeting = line.heard(ANSWERS_WITHIN).await?;
        match greeting.untagged() {
            Untagged::Capabilities(_) | Untagged::Status(Status::Ok | Status::PreAuth) => {}
            _ => return Err(refused(MailboxStage::Greeting, &greeting)),
        }
        line.ask_capabilities().await?;
        if server.security == Security::StartTls {
            line.turn(&Command::StartTls, MailboxStage::Greeting).await.map_err(|_| Answer::NotSent(NotSent::Tls))?;
            // what came before it could have been put there by anybody
            if !line.frames.is_empty() {
                return Err(Answer::NotSent(NotSent::Tls));
            }
            let stream = secured_in_time(network, &server.host, line.stream).await?;
            line = Self::over(stream, mailbox.clone());
            line.ask_capabilities().await?;
        }
        if !matches!(greeting.untagged(), Untagged::Status(Status::PreAuth)) {
            line.prove().await?;
            line.ask_capabilities().await?;
        }
        line.examine().await?;
        Ok(line)
    }

    fn over(stream: Box<dyn Stream>, mailbox: Mailbox) -> Self {
        let (frames, room, capabilities) = (Frames::default(), vec![0; READ_AT_ONCE].into_boxed_slice(), Vec::new());
        Self { stream, frames, room, mailbox, capabilities, said: 0, has_grown: false, validity: 0, next: 0 }
    }

    fn can(&self, capability: &str) -> bool {
        self.capabilities.iter().any(|known| known == capability)
    }

    /// What a server can do changes with TLS and with the sign-in.
    async fn ask_capabilities(&mut self) -> Told<()> {
        for told in self.turn(&Command::Capability, MailboxStage::Greeting).await? {
            if let Untagged::Capabilities(known) = told {
                self.capabilities = known;
            }
        }
        Ok(())
    }

    async fn prove(&mut self) -> Told<()> {
        let (user, password) = (self.mailbox.server.user.clone(), self.mailbox.server.password.clone());
        if !self.can("AUTH=PLAIN") {
            let proof = Command::LogIn { user: &user, password: password.expose() };
            return self.turn(&proof, MailboxStage::SignIn).await.map(drop);
        }
        let tag = self.say(&Command::ProvePlainly).await?;
        let proof = STANDARD.encode(format!("\0{user}\0{}", password.expose()));
        self.is_waited_for(&tag, MailboxStage::SignIn).await?;
        self.write(&format!("{proof}\r\n")).await?;
        self.end(&tag, MailboxStage::SignIn).await.map(drop)
    }

    async fn examine(&mut self) -> Told<()> {
        let folder = self.mailbox.folder.clone();
        for told in self.turn(&Command::Examine { folder: &folder }, MailboxStage::Folder).await? {
            match told {
                Untagged::Validity(validity) => self.validity = validity,
                Untagged::Next(next) => self.next = next,
                _ => {}
            }
        }
        if self.next == 0 {
            // a few old servers do not say which number comes next
            self.next = self.search(&Command::SearchAbove(0)).await?.into_iter().max().unwrap_or(0).saturating_add(1);
        }
        Ok(())
    }

    async fn does(&mut self, errand: &MailErrand) -> Told<Answer> {
        match errand {
            MailErrand::Look { after, since, patience } => self.look(*after, since, *patience).await,
            MailErrand::Again(place) if place.validity == self.validity => {
                let mail = self.mail(place.uid).await?;
                Ok(fetched(*place, mail.into_iter().map(|octets| FetchedMail { uid: place.uid, arrived: String::new(), octets }).collect()))
            }
            // its number means another mail now
            MailErrand::Again(place) => Ok(fetched(*place, Vec::new())),
        }
    }

    async fn look(&mut self, after: Option<MailPlace>, since: &str, patience: Duration) -> Told<Answer> {
        let nothing_yet = MailPlace { validity: self.validity, uid: self.next.saturating_sub(1) };
        let Some(after) = after else { return Ok(fetched(nothing_yet, Vec::new())) };
        if after.validity != self.validity {
            let found = self.search(&Command::SearchSince(since)).await?;
            return self.fetch(found, nothing_yet).await;
        }
        let mut found = self.above(after.uid).await?;
        if found.is_empty() {
            self.wait(patience).await?;
            found = self.above(after.uid).await?;
        }
        self.fetch(found, after).await
    }

    /// `UID n:*` always tells the last mail, even below n.
    async fn above(&mut self, uid: u32) -> Told<Vec<u32>> {
        let mut found = self.search(&Command::SearchAbove(uid)).await?;
        found.retain(|found| *found > uid);
        Ok(found)
    }

    async fn search(&mut self, command: &Command<'_>) -> Told<Vec<u32>> {
        self.has_grown = false;
        let told = self.turn(command, MailboxStage::Fetch).await?;
        let mut found: Vec<u32> =
            told.into_iter().flat_map(|told| if let Untagged::Found(found) = told { found } else { Vec::new() }).collect();
        found.sort_unstable();
        Ok(found)
    }

    /// As many of them as can be stored at once. `from`: the place, if there is none.
    async fn fetch(&mut self, mut found: Vec<u32>, from: MailPlace) -> Told<Answer> {
        found.truncate(MOST_SIZES);
        if found.is_empty() {
            return Ok(fetched(from, Vec::new()));
        }
        let (mut sizes, mut dates) = (Vec::new(), HashMap::new());
        for told in self.turn(&Command::FetchSizes(&found), MailboxStage::Fetch).await? {
            if let Untagged::Mail { uid, size, arrived, .. } = told {
                sizes.push((uid, size.unwrap_or_default()));
                dates.extend(arrived.map(|arrived| (uid, arrived)));
            }
        }
        sizes.retain(|(uid, _)| found.contains(uid));
        let batch = batch(sizes);
        // whatever is gone since the search does not come back
        let last = batch.last().or(found.last()).copied().unwrap_or(from.uid);
        let mut mails = Vec::with_capacity(batch.len());
        for uid in batch {
            if let Some(octets) = self.mail(uid).await? {
                mails.push(FetchedMail { uid, arrived: dates.remove(&uid).unwrap_or_default(), octets });
            }
        }
        Ok(fetched(MailPlace { validity: self.validity, uid: last }, mails))
    }

    /// None if it is gone.
    async fn mail(&mut self, wanted: u32) -> Told<Option<Vec<u8>>> {
        let told = self.turn(&Command::FetchMail(wanted), MailboxStage::Fetch).await?;
        Ok(told.into_iter().find_map(|told| match told {
            Untagged::Mail { uid, octets: Some(octets), .. } if uid == wanted => Some(octets),
            _ => None,
        }))
    }

    /// Until something comes, or the patience ends.
    async fn wait(&mut self, patience: Duration) -> Told<()> {
        let until = moment() + patience;
        if self.has_grown {
            return Ok(());
        }
        if !self.can("IDLE") {
            sleep(LOOK_AGAIN.min(patience)).await;
            return self.turn(&Command::Noop, MailboxStage::Fetch).await.map(drop);
        }
        let tag = self.say(&Command::Idle).await?;
        self.is_waited_for(&tag, MailboxStage::Fetch).await?;
        while !self.has_grown {
            let Ok(heard) = timeout_at(until, self.next()).await else { break };
            self.notes(&heard?)?;
        }
        self.write("DONE\r\n").await?;
        self.end(&tag, MailboxStage::Fetch).await.map(drop)
    }

    async fn turn(&mut self, command: &Command<'_>, stage: MailboxStage) -> Told<Vec<Untagged>> {
        let tag = self.say(command).await?;
        self.end(&tag, stage).await
    }

    async fn say(&mut self, command: &Command<'_>) -> Told<String> {
        self.said += 1;
        let tag = format!("a{}", self.said);
        let strange = || Answer::Mailbox(MailboxAnswer::Refused { at: MailboxStage::SignIn, code: String::new() });
        let text = command.text().ok_or_else(strange)?;
        self.write(&format!("{tag} {text}\r\n")).await?;
        Ok(tag)
    }

    /// What is told until the command ends.
    async fn end(&mut self, tag: &str, stage: MailboxStage) -> Told<Vec<Untagged>> {
        let mut told = Vec::new();
        loop {
            let heard = self.heard(ANSWERS_WITHIN).await?;
            match heard.ends(tag) {
                Some(Status::Ok) => return Ok(told),
                Some(_) => return Err(refused(stage, &heard)),
                None => told.push(self.notes(&heard)?),
            }
        }
    }

    /// Until the server wants us to go on.
    async fn is_waited_for(&mut self, tag: &str, stage: MailboxStage) -> Told<()> {
        loop {
            let heard = self.heard(ANSWERS_WITHIN).await?;
            if heard.goes_on() {
                return Ok(());
            }
            if heard.ends(tag).is_some() {
                return Err(refused(stage, &heard));
            }
            self.notes(&heard)?;
        }
    }

    fn notes(&mut self, heard: &Response) -> Told<Untagged> {
        let told = heard.untagged();
        match &told {
            Untagged::Exists => self.has_grown = true,
            Untagged::Status(Status::Bye) => return Err(interrupted()),
            _ => {}
        }
        Ok(told)
    }

    async fn heard(&mut self, patience: Duration) -> Told<Response> {
        timeout(patience, self.next()).await.unwrap_or_else(|_| Err(interrupted()))
    }

    async fn next(&mut self) -> Told<Response> {
        loop {
            if let Some(response) = self.frames.whole().map_err(|_| interrupted())? {
                return Ok(response);
            }
            match self.stream.read(&mut self.room).await {
                Ok(0) | Err(_) => return Err(interrupted()),
                Ok(count) => self.frames.received(&self.room[..count]),
            }
        }
    }

    async fn write(&mut self, text: &str) -> Told<()> {
        let written = async {
            self.stream.write_all(text.as_bytes()).await?;
            self.stream.flush().await
        };
        match timeout(ANSWERS_WITHIN, written).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(interrupted()),
        }
    }
}

async fn secured_in_time(network: &Network, host: &str, stream: impl Stream + 'static) -> Told<Box<dyn Stream>> {
    let secured = timeout(ANSWERS_WITHIN, secured(&network.tls, host, stream)).await.map_err(|_| interrupted())?;
    Ok(Box::new(secured.map_err(Answer::NotSent)?))
}

fn fetched(place: MailPlace, mails: Vec<FetchedMail>) -> Answer {
    Answer::Mailbox(MailboxAnswer::Fetched { place, mails })
}

fn interrupted() -> Answer {
    Answer::NotSent(NotSent::Interrupted)
}

fn refused(at: MailboxStage, heard: &Response) -> Answer {
    Answer::Mailbox(MailboxAnswer::Refused { at, code: heard.code().unwrap_or_default() })
}
