//! A patient's telephone: what the clinic wrote, what the patient answered, and a finger on it.

use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;
use kernel::{MessageId, PatientId, Timestamp};
use store::Tx;

use clinic::actors::Channel;
use clinic::conversations::{Inbound, Press, Said};
use clinic::outbox::Outbound;
use clinic::patients::Patient;
use desk::NotKept;

use super::remote::{Command, Gesture, Remote};
use super::view::{Bubble, Key, Messenger, Phone, PhonePage, PhonePiece, Side, TalkPiece};
use crate::Place;
use crate::fault::Fault;
use crate::query::{Filled, Upload};
use crate::responder::{go_to, shown};
use crate::session::{Piece, SignedIn};
use crate::site::Site;
use crate::telling::Telling;

const NEWEST: u32 = 40;
const LONGEST: usize = 1_000;

/// What lies on a telephone, as the store has it.
struct Read {
    owner: Patient,
    handle: Option<String>,
    topic: String,
    outbound: Vec<Outbound>,
    inbound: Vec<Inbound>,
}

pub async fn show(State(site): State<Site>, me: SignedIn, Path(patient): Path<String>) -> Result<Response, Fault> {
    let read = read(&site, &patient).await?;
    let phone = phone(&site, &me, &read);
    let page = me.page(&site, Place::Elsewhere, "demo-phones-title").await?;
    match me.asks_for {
        Piece::Page => shown(&PhonePage { page, phone }),
        Piece::Fragment => shown(&PhonePiece { page, phone }),
    }
}

pub async fn piece_of_talk(State(site): State<Site>, me: SignedIn, Path(patient): Path<String>) -> Result<Response, Fault> {
    talk(&site, &me, &patient).await
}

/// A finger on the telephone: a button, a reaction, or words.
pub async fn act(
    State(site): State<Site>,
    me: SignedIn,
    Extension(remote): Extension<Remote>,
    Path(patient): Path<String>,
    filled: Filled,
) -> Result<Response, Fault> {
    let read = read(&site, &patient).await?;
    let handle = read.handle.clone().ok_or_else(Fault::not_found)?;
    let gesture = match filled.file("file") {
        Some(file) => shows(&site, file, filled.text("text")).await?,
        None => read.gesture(&filled)?,
    };
    if let Some(gesture) = gesture {
        remote.ask(Command::Do { handle, gesture }).await?;
    }
    match me.asks_for {
        Piece::Page => Ok(go_to(format!("/demo/phone/{}", read.owner.id))),
        Piece::Fragment => talk(&site, &me, &patient).await,
    }
}

/// A picture from the telephone. What is not kept is not sent.
async fn shows(site: &Site, file: &Upload, text: &str) -> Result<Option<Gesture>, Fault> {
    let text = text.trim().chars().take(LONGEST).collect();
    match desk::keep_file(site.desk(), &file.name, file.bytes.to_vec()).await {
        Ok(kept) => Ok(Some(Gesture::Show { text, name: file.name.clone(), kept })),
        Err(NotKept::Lost(_)) => Ok(None),
        Err(NotKept::Trouble(error)) => Err(error.into()),
    }
}

async fn talk(site: &Site, me: &SignedIn, patient: &str) -> Result<Response, Fault> {
    let read = read(site, patient).await?;
    let phone = phone(site, me, &read);
    shown(&TalkPiece { page: me.page(site, Place::Elsewhere, "demo-phones-title").await?, phone })
}

async fn read(site: &Site, patient: &str) -> Result<Read, Fault> {
    let id: PatientId = patient.parse().map_err(|_| Fault::not_found())?;
    Ok(site.desk().look(move |tx, _| read_telephone(tx, id)).await?)
}

/// A child's messages lie on the guardian's telephone.
fn read_telephone(tx: &mut Tx<'_>, id: PatientId) -> Result<Read, desk::ActError> {
    let patient = store::patients::find(tx, id)?.ok_or_else(desk::ActError::not_found)?;
    let owner = match patient.guardian {
        Some(guardian) => store::patients::find(tx, guardian)?.ok_or_else(desk::ActError::not_found)?,
        None => patient,
    };
    let contacts = store::patients::contacts(tx, owner.id)?;
    let handle = contacts.iter().find(|contact| contact.channel() == Channel::Sandbox).map(|contact| contact.address.rest().to_owned());
    let (mut topic, mut outbound, mut inbound) = ("inbox".to_owned(), Vec::new(), Vec::new());
    if let Some(conversation) = store::conversations::of_patient(tx, owner.id)? {
        topic = format!("conversation:{}", conversation.id);
        outbound = store::outbound::of_conversation(tx, conversation.id, store::conversations::NEWEST, NEWEST)?;
        inbound = store::conversations::inbound_of(tx, conversation.id, store::conversations::NEWEST, NEWEST)?;
    }
    outbound.retain(goes_to_the_phone);
    inbound.retain(|message| message.channel == Channel::Sandbox);
    Ok(Read { owner, handle, topic, outbound, inbound })
}

impl Read {
    /// None where there is nothing to do: an empty line was sent.
    fn gesture(&self, filled: &Filled) -> Result<Option<Gesture>, Fault> {
        if let Some(text) = filled.some("text") {
            let text: String = text.chars().take(LONGEST).collect();
            return Ok(Some(Gesture::Say { text }));
        }
        let Some(on) = filled.maybe_given::<MessageId>("on")? else { return Ok(None) };
        let message = self.outbound.iter().find(|message| message.id == on).ok_or_else(Fault::not_found)?;
        let on = on.to_string();
        if let Some(emoji) = filled.some("react") {
            return Ok(Some(Gesture::React { on, emoji: emoji.chars().take(2).collect() }));
        }
        let place: usize = filled.given("press")?;
        let button = message.content.buttons.get(place).ok_or_else(Fault::malformed)?;
        let Press::Answer(data) = &button.press else { return Ok(None) };
        Ok(Some(Gesture::Press { on, data: data.clone(), label: button.label.clone() }))
    }
}

fn phone(site: &Site, me: &SignedIn, read: &Read) -> Phone {
    let telling = Telling { words: me.words(), zone: &me.clinic.zone, now: site.desk().now() };
    let mut bubbles: Vec<(Timestamp, Bubble)> = Vec::new();
    for message in &read.outbound {
        if message.state.was_taken() {
            bubbles.push((message.created_at, of_clinic(message, telling.at(message.created_at), &read.inbound)));
        }
    }
    for message in &read.inbound {
        bubbles.extend(of_patient(message, telling.at(message.received_at)).map(|bubble| (message.received_at, bubble)));
    }
    // the clinic's bot answers in the instant in which it hears: what the patient said stands first
    bubbles.sort_by(|one, other| (one.0, one.1.side, &one.1.id).cmp(&(other.0, other.1.side, &other.1.id)));
    let locale = me.locale();
    Phone {
        patient: read.owner.id,
        name: read.owner.name.full(locale),
        initials: read.owner.name.initials(),
        clinic: me.clinic.name.clone(),
        messenger: if read.handle.is_some() { Messenger::Has } else { Messenger::HasNone },
        topic: read.topic.clone(),
        bubbles: bubbles.into_iter().map(|(_, bubble)| bubble).collect(),
    }
}

fn goes_to_the_phone(message: &Outbound) -> bool {
    message.route.as_ref().is_some_and(|route| route.channel == Channel::Sandbox)
}

pub fn lies_on_the_phone(message: &Outbound) -> bool {
    goes_to_the_phone(message) && message.state.was_taken()
}

fn of_clinic(message: &Outbound, at: String, inbound: &[Inbound]) -> Bubble {
    let id = message.id.to_string();
    let keys = message.content.buttons.iter().enumerate().map(|(place, button)| Key {
        place,
        label: button.label.clone(),
        link: match &button.press {
            Press::Link(url) => Some(url.clone()),
            Press::Answer(_) | Press::ShareContact => None,
        },
    });
    let reaction = inbound.iter().find_map(|other| match &other.said {
        Said::Reacted { to, emoji } if *to == id => Some(emoji.clone()),
        _ => None,
    });
    Bubble {
        side: Side::Clinic,
        text: message.content.text.clone(),
        at,
        keys: keys.collect(),
        files: message
            .content
            .attachments
            .iter()
            .map(|file| &file.name)
            .chain(message.content.file.iter().map(|file| &file.name))
            .cloned()
            .collect(),
        reaction: reaction.unwrap_or_default(),
        id,
    }
}

fn of_patient(message: &Inbound, at: String) -> Option<Bubble> {
    let text = match &message.said {
        Said::Words(words) | Said::Automatic(words) | Said::Edited { words, .. } => words.clone(),
        Said::Pressed { label, .. } => label.clone(),
        Said::SharedContact { phone } => phone.clone(),
        Said::Media { caption, .. } => caption.clone(),
        Said::Reacted { .. } | Said::Deleted { .. } | Said::Opened { .. } => return None,
    };
    let id = message.id.to_string();
    let files = match &message.said {
        Said::Media { file: Some(file), .. } => vec![file.name.clone()],
        _ => Vec::new(),
    };
    Some(Bubble { id, side: Side::Mine, text, at, keys: Vec::new(), files, reaction: String::new() })
}
