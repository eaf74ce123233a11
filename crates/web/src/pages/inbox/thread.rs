//! One thread: read at once, shown with its composer and what is worth knowing beside it.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use axum::response::Response;

use clinic::actors::Channel;
use clinic::conversations::{Conversation, ConversationState, Counterpart, Inbound, Said};
use clinic::files::MessageFile;
use clinic::outbox::Outbound;
use clinic::patients::{ContactState, Patient};
use clinic::staff::{Employed, Right, Role};
use desk::ActError;
use kernel::{Address, Arg, CallId, ConversationId, MessageId, Scheme, Timestamp, format};
use store::conversations::NEWEST;
use store::{StoreError, Tx};

use super::facts::{self, Known};
use super::list::{self, Wanted};
use super::talk::Thread;
use super::view::{self, Attach, ChannelChoice, Composer, InboxPage, Leaves, Linking, Panel, Tab};
use crate::Place;
use crate::done::Done;
use crate::fault::Fault;
use crate::people::People;
use crate::query::Filled;
use crate::responder::shown_as;
use crate::session::SignedIn;
use crate::site::Site;

/// So many of each kind: a screen or two of talk.
const LINES: u32 = 60;

pub async fn read(site: &Site, me: &SignedIn, id: ConversationId, before: Option<MessageId>) -> Result<Thread, Fault> {
    let locale = me.locale();
    let before = before.map_or(NEWEST.to_owned(), |before| before.to_string());
    let read = move |tx: &mut Tx<'_>, _: Timestamp| {
        let conversation = store::conversations::find(tx, id)?.ok_or_else(ActError::not_found)?;
        let reader = match &conversation.with {
            Counterpart::Patient(patient) => store::patients::find(tx, *patient)?,
            Counterpart::Unknown { .. } => None,
        };
        let inbound = store::conversations::inbound_of(tx, id, &before, LINES)?;
        let outbound = store::outbound::of_conversation(tx, id, &before, LINES)?;
        let files = files_of(tx, &inbound, &outbound)?;
        let notes = store::conversations::notes_of(tx, id, &before, LINES)?;
        // names of one instant sort alike, whatever they name
        let before = before.replace(MessageId::PREFIX, CallId::PREFIX);
        let calls = store::calls::of_conversation(tx, id, &before, LINES)?;
        let happened = match &reader {
            Some(reader) => store::happenings::of_patient(tx, reader.id, NEWEST, LINES)?,
            None => Vec::new(),
        };
        let staff = store::staff::of_clinic(tx, conversation.clinic)?;
        let may_hold = staff.iter().filter(|member| member.employed == Employed::Yes && writes(member.role));
        let colleagues = may_hold.map(|member| member.id).collect();
        let people = People::read(tx, locale)?;
        Ok(Thread { conversation, reader, inbound, outbound, notes, calls, happened, files, colleagues, people, older: None })
    };
    Ok(since_all_agree(site.desk().look(read).await?))
}

/// Most messages have none: only those that name one are asked about.
fn files_of(tx: &mut Tx<'_>, inbound: &[Inbound], outbound: &[Outbound]) -> Result<BTreeMap<MessageId, Vec<MessageFile>>, StoreError> {
    let came = inbound.iter().filter(|inbound| matches!(inbound.said, Said::Media { file: Some(_), .. })).map(|inbound| inbound.id);
    let went = outbound.iter().filter(|outbound| outbound.content.file.is_some()).map(|outbound| outbound.id);
    let messages: Vec<MessageId> = came.chain(went).collect();
    let files = store::files::of_messages(tx, &messages)?;
    Ok(messages.into_iter().zip(files).filter(|(_, files)| !files.is_empty()).collect())
}

const fn writes(role: Role) -> bool {
    role.has(Right::WriteToPatients)
}

/// Each kind was read to a depth of its own: what lies before the shallowest of them is shown when it is asked for.
fn since_all_agree(mut thread: Thread) -> Thread {
    let full = LINES as usize;
    let ends = [
        thread.inbound.last().filter(|_| thread.inbound.len() == full).map(|line| (line.received_at, line.id)),
        thread.outbound.last().filter(|_| thread.outbound.len() == full).map(|line| (line.created_at, line.id)),
        thread.notes.last().filter(|_| thread.notes.len() == full).map(|line| (line.at, line.id)),
    ];
    let first = [
        thread.inbound.last().map(|line| line.received_at),
        thread.outbound.last().map(|line| line.created_at),
        thread.notes.last().map(|line| line.at),
        thread.calls.last().map(|call| call.told.began_at),
    ];
    let (since, older) = match ends.into_iter().flatten().max() {
        Some((at, id)) => (at, Some(id)),
        None => (first.into_iter().flatten().min().unwrap_or(Timestamp::from_millis(i64::MIN)), None),
    };
    thread.inbound.retain(|line| line.received_at >= since);
    thread.outbound.retain(|line| line.created_at >= since);
    thread.notes.retain(|line| line.at >= since);
    thread.calls.retain(|call| call.told.began_at >= since);
    thread.happened.retain(|line| line.at >= since);
    Thread { older, ..thread }
}

pub async fn shown(site: &Site, me: &SignedIn, read: &Thread, tab: Tab, find: &str) -> Result<view::Thread, Fault> {
    let panel = panel(site, me, read, find).await?;
    let composer = composer(site, me, read, tab).await?;
    Ok(view::Thread { talk: read.talk(me, tab), composer, panel })
}

pub async fn panel(site: &Site, me: &SignedIn, read: &Thread, find: &str) -> Result<Panel, Fault> {
    let conversation = read.conversation.id;
    let Counterpart::Unknown { address, name } = &read.conversation.with else {
        let patient = read.reader.as_ref().ok_or(Fault::not_found())?.id;
        return Ok(Panel::Patient(Box::new(Known::read(site, me, patient).await?.facts(me, conversation))));
    };
    let channel = me.telling().channel(Channel::of(address.scheme()));
    let visitor = me.words().say("inbox-website-visitor");
    let shown = match (name.as_str(), address.scheme()) {
        ("", Scheme::Web) => &visitor,
        ("", _) => address.rest(),
        (name, _) => name,
    };
    let found = facts::candidates(site, me, find).await?;
    Ok(Panel::Unknown(Linking { conversation, sender: format!("{channel} · {shown}"), find: find.to_owned(), found }))
}

async fn composer(site: &Site, me: &SignedIn, read: &Thread, tab: Tab) -> Result<Composer, Fault> {
    let addresses = addresses(site, &read.conversation, read.reader.as_ref()).await?;
    let words = me.words();
    let best = read.channel().or_else(|| addresses.first().map(|address| Channel::of(address.scheme())));
    let best = best.map(|channel| me.telling().channel(channel)).unwrap_or_default();
    let label = words.with("inbox-channel-best", &[("channel", best.into())]);
    let mut channels = vec![ChannelChoice { value: String::new(), label, chosen: true }];
    for address in &addresses {
        let channel = Channel::of(address.scheme());
        if !channels.iter().any(|known| known.value == channel.name()) {
            channels.push(ChannelChoice { value: channel.name().to_owned(), label: me.telling().channel(channel), chosen: false });
        }
    }
    let language = read.reader.as_ref().filter(|reader| reader.locale != me.locale()).map(|reader| {
        let language = super::talk::language(words, reader.locale);
        words.with("inbox-reads-in", &[("patient", Arg::from(reader.name.given())), ("language", Arg::from(language))])
    });
    Ok(Composer {
        conversation: read.conversation.id,
        tab,
        text: String::new(),
        refusal: None,
        channels,
        leaves: leaves(me, &read.conversation),
        attach: attach(me, &addresses),
        advice: language.into_iter().collect(),
    })
}

/// What can be put beside the words, and where it cannot go.
fn attach(me: &SignedIn, addresses: &[Address]) -> Attach {
    let words = me.words();
    let channels: BTreeSet<Channel> = addresses.iter().map(|address| Channel::of(address.scheme())).collect();
    let takes = |channel: &Channel| desk::takes_files(*channel, me.clinic.public_url.as_deref());
    let (take, not): (Vec<Channel>, Vec<Channel>) = channels.into_iter().partition(takes);
    let number = |bytes| format::number(desk::megabytes(bytes as u64), words.locale());
    let (most, together) = (number(desk::LARGEST_ENCLOSED), number(desk::LARGEST_TOGETHER));
    let not: Vec<String> = not.into_iter().map(|channel| me.telling().channel(channel)).collect();
    match (take.as_slice(), not.as_slice()) {
        ([], _) => Attach::Not(words.say("inbox-attach-nowhere")),
        (_, []) => Attach::Offered(words.with("inbox-attach-takes", &[("most", most.into()), ("together", together.into())])),
        (_, not) => {
            let not = not.join(&format!("{} ", words.comma()));
            Attach::Offered(
                words.with("inbox-attach-takes-but", &[("most", most.into()), ("together", together.into()), ("channels", not.into())]),
            )
        }
    }
}

/// When an answer that is written now goes out.
fn leaves(me: &SignedIn, conversation: &Conversation) -> Leaves {
    let words = me.words();
    if !me.member.role.has(Right::WriteToPatients) {
        return Leaves::Not(words.refusal(&kernel::Refusal::new("actor.not-allowed")));
    }
    if let ConversationState::Closed { .. } = conversation.state {
        return Leaves::Not(words.refusal(&kernel::Refusal::new("conversation.closed")));
    }
    match me.open_days().next_opening(me.now) {
        Some(opening) if opening > me.now => Leaves::AtOpening(me.telling().moment(opening)),
        Some(_) | None => Leaves::Now,
    }
}

/// Where whoever reads this thread can be reached.
async fn addresses(site: &Site, conversation: &Conversation, reader: Option<&Patient>) -> Result<Vec<Address>, Fault> {
    if let Counterpart::Unknown { address, .. } = &conversation.with {
        return Ok(vec![address.clone()]);
    }
    let Some(reader) = reader.map(|reader| reader.id) else { return Ok(Vec::new()) };
    let contacts = site.desk().look(move |tx, _| Ok(store::patients::contacts(tx, reader)?)).await?;
    let open = contacts.into_iter().filter(|contact| contact.state == ContactState::Open);
    Ok(open.map(|contact| contact.address).collect())
}

/// The thread as it stands after an act.
pub fn after(conversation: ConversationId, tab: &str, done: Done) -> Response {
    let tab = Tab::named(tab).map(|tab| format!("?tab={}", tab.name())).unwrap_or_default();
    done.go_to(format!("/inbox/{conversation}{tab}"))
}

/// The thread as it stands now, with what was typed and why it was not taken.
pub async fn refused(site: &Site, me: &SignedIn, id: ConversationId, error: ActError, typed: &str) -> Result<Response, Fault> {
    let ActError::Refused(refusal) = error else { return Err(error.into()) };
    let fault = Fault::from(refusal.clone()).way_on(format!("/inbox/{id}"));
    if matches!(fault.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN) {
        return Err(fault);
    }
    let wanted = Wanted::of(&Filled::default(), Some(id))?;
    let list = list::list(site, me, wanted).await?;
    let thread = read(site, me, id, None).await?;
    let mut thread = shown(site, me, &thread, wanted.tab, "").await?;
    let sentence = me.words().refusal(&refusal);
    thread.composer.text = typed.to_owned();
    thread.composer.refusal = Some(sentence.clone());
    let mut page = me.page(site, Place::Inbox, "inbox-title").await?;
    crate::shell::refused(&mut page, sentence);
    shown_as(fault.status, &InboxPage { page, list, thread: Some(thread) })
}
