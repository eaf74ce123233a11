//! What a provider tells us: durable before we say 'received', and harmless when told twice, late or out of order.
//!
//! Idempotent by (account, repeat key): the connector names each piece of news.

use kernel::{AccountId, Address, MessageId, Timestamp};

use channels::{Arrival, Became, Call, Event, Letter, Reply, Settings, Trouble};
use clinic::actors::{Actor, Channel, Origin};
use clinic::happenings::Happening;
use clinic::outbox::{Failure, Outbound, OutboundState, Report, Status};
use store::accounts::{Account, AccountState};
use store::sown::{Fault, Point, passes, sown};

use crate::{Act, ActError, Desk};

/// How far back a thread is looked at for what was read.
const UNREAD: u32 = 30;

/// What to answer to the provider, and the polite letters to send afterwards: an acknowledged tap.
pub struct Received {
    pub reply: Reply,
    pub letters: Vec<Letter>,
}

/// A provider's call for an account, as it stood on the wire. Nothing is changed by one that is unsigned, wrongly signed or
/// malformed.
pub async fn receive_call(desk: &Desk, account: AccountId, call: &Call<'_>) -> Result<Received, ActError> {
    receive_for(desk, account_of(desk, account).await?, call).await
}

/// The same at an address that names the channel too: at another one the account is unknown.
pub async fn receive_call_at(desk: &Desk, channel: Channel, account: AccountId, call: &Call<'_>) -> Result<Received, ActError> {
    let account = account_of(desk, account).await?.filter(|account| account.channel == channel);
    receive_for(desk, account, call).await
}

async fn account_of(desk: &Desk, account: AccountId) -> Result<Option<Account>, ActError> {
    desk.look(move |tx, _| Ok(store::accounts::find(tx, account)?)).await
}

async fn receive_for(desk: &Desk, account: Option<Account>, call: &Call<'_>) -> Result<Received, ActError> {
    let unknown = || Received { reply: refused(404), letters: Vec::new() };
    let Some(account) = account.filter(|account| account.state == AccountState::On) else { return Ok(unknown()) };
    let (Some(connector), Some(settings)) = (channels::connector(account.channel), settings_of(&account)) else { return Ok(unknown()) };
    match connector.read_webhook(&settings, call) {
        Err(unreadable) => Ok(Received { reply: refused(unreadable.status()), letters: Vec::new() }),
        Ok(reading) => {
            let letters = reading.arrivals.iter().flat_map(|arrival| connector.after(&settings, arrival)).collect();
            if sown(Fault::WebhookBeforeCommit) {
                let (desk, arrivals) = (desk.clone(), reading.arrivals);
                tokio::spawn(async move {
                    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                    receive(&desk, account.id, account.channel, arrivals).await
                });
                return Ok(Received { reply: reading.reply, letters });
            }
            receive(desk, account.id, account.channel, reading.arrivals).await?;
            passes(Point::BeforeAnswer);
            Ok(Received { reply: reading.reply, letters })
        }
    }
}

/// News of an account, each in a transaction of its own, in the order in which it was told.
pub async fn receive(desk: &Desk, account: AccountId, channel: Channel, arrivals: Vec<Arrival>) -> Result<(), ActError> {
    for arrival in arrivals {
        desk.act(Actor::Program, Origin::Channel(channel), move |act| act.arrives(account, channel, &arrival)).await?;
    }
    Ok(())
}

/// The checked settings of a connected account. None if they no longer fit what the channel asks for.
pub fn settings_of(account: &Account) -> Option<Settings> {
    let connector = channels::connector(account.channel)?;
    let typed = account.settings.iter().map(|(name, value)| (name.clone(), value.expose().to_owned())).collect();
    Settings::read(connector.settings(), &typed, None).ok()
}

fn refused(status: u16) -> Reply {
    Reply { status, ..Reply::ok() }
}

impl Act<'_, '_> {
    pub(crate) fn arrives(&mut self, account: AccountId, channel: Channel, arrival: &Arrival) -> Result<(), ActError> {
        passes(Point::BeforeArrival);
        let known_to = if sown(Fault::RepeatKeyWithoutAccount) { self.any_account()? } else { account };
        if !store::conversations::arrives(self.tx, known_to, &arrival.repeat_key, self.now)? {
            return Ok(());
        }
        match &arrival.event {
            Event::Message { .. } => self.hear(account, channel, arrival),
            Event::Report { message, ours, became } => {
                let report = Report { status: status(became), provider_key: message.clone(), at: arrival.at };
                let Some(message) = self.reported_on(account, *ours, &report)? else { return Ok(()) };
                let id = message.id;
                self.reported(message, report)?;
                let Became::Failed { why, .. } = became else { return Ok(()) };
                match (store::outbound::find(self.tx, id)?, why) {
                    // a mail that comes back says so itself, see below
                    (Some(_), Trouble::NoSuchRecipient) if channel == Channel::Email => Ok(()),
                    (Some(failed), Trouble::NoSuchRecipient) => self.nobody_there(&failed),
                    (Some(failed), why) if why.is_about_the_reader() => self.keeps_failing(&failed),
                    (Some(_) | None, _) => Ok(()),
                }
            }
            Event::Delayed { ours } => {
                if let Some(message) = self.sent_through(account, *ours)? {
                    let what = Happening::MessageDelayed { conversation: message.conversation, message: message.id };
                    self.happened(message.clinic, message.patient, [what]);
                }
                Ok(())
            }
            Event::ReadUntil { from, until } => self.read_until(account, from, *until),
            Event::Blocked { from } => self.contact_blocked(from),
            Event::Unblocked { from } => self.contact_unblocked(from),
            Event::Call(told) => self.hear_call(account, arrival, told),
            Event::NobodyThere { ours } => {
                let message = self.sent_through(account, *ours)?;
                message.and_then(|message| message.route).map_or(Ok(()), |route| self.contact_blocked(&route.to))
            }
            Event::Template(news) => self.template_told(account, news),
            Event::Unwelcome { ours } => {
                let message = self.sent_through(account, *ours)?;
                message.and_then(|message| message.route).map_or(Ok(()), |route| self.contact_unwelcome(&route.to))
            }
        }
    }

    /// None: a report on a message that we do not know is let go. Our own name of a message comes before the provider's, which was
    /// seen on two messages.
    fn reported_on(&mut self, account: AccountId, ours: Option<MessageId>, report: &Report) -> Result<Option<Outbound>, ActError> {
        let key = &report.provider_key;
        let mut message = ours.map_or(Ok(None), |id| self.sent_through(account, id))?;
        if message.is_none() {
            let lines = if sown(Fault::ReceiptOfAnotherLine) { self.every_account()? } else { vec![account] };
            for line in lines {
                message = message.or(store::outbound::by_provider_key(self.tx, line, key)?);
            }
        }
        if let (None, Ok(id)) = (&message, key.parse()) {
            message = self.sent_through(account, id)?;
        }
        Ok(message)
    }

    /// Only a message that went through this very account: nobody else's provider may speak of it.
    pub(crate) fn sent_through(&mut self, account: AccountId, id: MessageId) -> Result<Option<Outbound>, ActError> {
        let message = store::outbound::find(self.tx, id)?;
        let any = sown(Fault::ReportOfAnotherAccount);
        Ok(message.filter(|message| message.route.as_ref().is_some_and(|route| any || route.account == account)))
    }

    /// The reader has opened the thread: everything that had reached them by then is read.
    fn read_until(&mut self, account: AccountId, from: &Address, until: Timestamp) -> Result<(), ActError> {
        let Some(conversation) = self.thread_at(from)? else { return Ok(()) };
        for message in store::outbound::of_conversation(self.tx, conversation, store::conversations::NEWEST, UNREAD)? {
            let (provider_key, at) = match &message.state {
                OutboundState::Accepted { provider_key, at } | OutboundState::Delivered { provider_key, at } => (provider_key.clone(), *at),
                OutboundState::Read { .. } => break,
                OutboundState::Planned
                | OutboundState::Suppressed { .. }
                | OutboundState::Held { .. }
                | OutboundState::Queued { .. }
                | OutboundState::Sending { .. }
                | OutboundState::Failed { .. }
                | OutboundState::Uncertain { .. } => continue,
            };
            if at <= until && message.route.as_ref().is_some_and(|route| route.account == account && route.to == *from) {
                self.reported(message, Report { status: Status::Read, provider_key, at: until })?;
            }
        }
        Ok(())
    }

    /// A status report moves a message forwards, never backwards.
    fn reported(&mut self, message: Outbound, report: Report) -> Result<(), ActError> {
        let before = message.version;
        let reported = if sown(Fault::StatusBackwards) { Ok(overwritten(message, &report)) } else { message.report(report) };
        let Ok((message, what)) = reported else { return Ok(()) };
        if message.version != before {
            store::outbound::change(self.tx, &message, before)?;
        }
        self.happened(message.clinic, message.patient, what);
        if message.version != before && message.has_arrived() {
            self.take_back_what_follows(&message)?;
        }
        let has_failed = message.version != before && matches!(message.state, OutboundState::Failed { .. });
        if has_failed { self.has_failed(&message) } else { Ok(()) }
    }

    /// One that stands for all of them.
    fn any_account(&mut self) -> Result<AccountId, ActError> {
        self.every_account()?.first().copied().ok_or_else(ActError::not_found)
    }

    fn every_account(&mut self) -> Result<Vec<AccountId>, ActError> {
        Ok(store::accounts::all(self.tx)?.into_iter().map(|account| account.id).collect())
    }
}

fn status(became: &Became) -> Status {
    match became {
        Became::Sent => Status::Sent,
        Became::Delivered => Status::Delivered,
        Became::Read => Status::Read,
        Became::Failed { code, .. } => Status::Failed(Failure::Permanent(code.clone())),
    }
}

fn overwritten(message: Outbound, report: &Report) -> (Outbound, Vec<Happening>) {
    let (provider_key, at, version) = (report.provider_key.clone(), report.at, message.version + 1);
    let state = match &report.status {
        Status::Sent => OutboundState::Accepted { provider_key, at },
        Status::Delivered => OutboundState::Delivered { provider_key, at },
        Status::Read => OutboundState::Read { provider_key, at },
        Status::Failed(failure) => OutboundState::Failed { failure: failure.clone(), at },
    };
    (Outbound { state, version, ..message }, vec![])
}
