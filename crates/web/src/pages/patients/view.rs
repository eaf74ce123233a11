//! What stands on the list of patients and on a card. Every text is ready to be read.
//!
//! ```text
//! GET  /patients?find=...               PatientsPage
//! GET  /patients/rows?find=...          RowsPiece: what is found while somebody types
//! GET  /patients/new?conversation=...   FormPage; POST /patients with the fields of CardForm
//! GET  /patients/guardians?find=...     GuardiansPiece
//! GET  /patients/{patient}              CardPage
//! GET  /patients/{patient}/edit         FormPage; POST there
//! GET  /patients/{patient}/lately       LatelyPiece, on `patient`
//! POST /patients/{patient}/contacts                 address
//! POST /patients/{patient}/contacts/{contact}       news=verified|shared|opted-out
//! POST /patients/{patient}/consents                 purpose, channel, proof, answer=give|refuse
//! POST /patients/{patient}/consents/{consent}/withdraw
//! POST /patients/{patient}/connect                  account: the CardPage again, with the Invitation
//! ```

use askama::Template;
use kernel::{AccountId, ConsentId, ContactPointId, ConversationId, PatientId};

use crate::forms::{Choice, Faults};
use crate::qr::QrCode;
use crate::{Chip, Page, Words};

#[derive(Template)]
#[template(path = "patients.html")]
pub struct PatientsPage {
    pub page: Page,
    pub found: Found,
    /// '4,012 patients'
    /// Not told again to whoever turns the pages.
    pub total: Option<String>,
}

#[derive(Template)]
#[template(path = "patients/rows.html")]
pub struct RowsPiece {
    pub page: Page,
    pub found: Found,
}

#[derive(Template)]
#[template(path = "patients/card.html")]
pub struct CardPage {
    pub page: Page,
    pub card: Card,
    /// What was wrong with a form of the card.
    pub faults: Faults,
}

#[derive(Template)]
#[template(path = "patients/lately.html")]
pub struct LatelyPiece {
    pub page: Page,
    pub lately: Lately,
}

#[derive(Template)]
#[template(path = "patients/form.html")]
pub struct FormPage {
    pub page: Page,
    pub form: CardForm,
    pub faults: Faults,
}

/// Who may speak for the patient of a form: what the search beside it finds.
#[derive(Template)]
#[template(path = "patients/guardians.html")]
pub struct GuardiansPiece {
    /// The first is 'nobody'.
    pub guardians: Vec<Choice>,
}

/// Who was found; without a question, who was here last.
pub struct Found {
    pub find: String,
    pub rows: Vec<PatientRow>,
    /// The address of the next page of the list.
    pub more: Option<String>,
}

pub struct PatientRow {
    pub patient: PatientId,
    pub name: String,
    pub initials: String,
    /// '12 May 1988'
    pub born: String,
    /// The number or address by which people are told apart.
    pub contact: String,
    /// 'Wed 25 Nov, 10:30 · Dr Gromov'
    pub next_visit: String,
    /// Only where it is not simply a patient.
    pub standing: Option<Chip>,
}

pub struct Card {
    pub patient: PatientId,
    pub name: String,
    pub initials: String,
    /// 'born 12 May 1988 (38) · speaks Russian · number 4711'
    pub line: String,
    pub banners: Vec<Chip>,
    pub note: String,
    pub conversation: Option<ConversationId>,
    pub visits: Vec<CardVisit>,
    pub contacts: Vec<Contact>,
    pub consents: Vec<ConsentLine>,
    /// The channels on which a consent may be given; the first is 'everywhere'.
    pub consent_channels: Vec<Choice>,
    pub preferences: Vec<Preference>,
    pub family: Vec<Relative>,
    /// The accounts through which the patient can be tied to a messenger.
    pub accounts: Vec<Account>,
    pub invitation: Option<Invitation>,
    pub lately: Lately,
}

/// The newest first; what is to come stands before it.
pub struct CardVisit {
    pub href: String,
    pub at: String,
    /// 'Dr Gromov · check-up'
    pub with: String,
    pub state: Chip,
    /// 'confirmed by Telegram, Tue 18:42'
    pub origin: String,
    pub when: When,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Ahead,
    Past,
}

pub struct Contact {
    pub id: ContactPointId,
    pub channel: String,
    pub value: String,
    pub sureness: Chip,
    /// Only where it is not simply open.
    pub state: Option<Chip>,
    /// Why it is no longer theirs.
    pub why: Option<String>,
    /// 'last wrote 23 Nov, 18:42'
    pub last: String,
    pub news: Vec<News>,
    /// The number, where it can be rung up from here: `+79000000001`.
    pub dialled: Option<String>,
}

/// What may be said about a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    Verified,
    Shared,
    OptedOut,
    NotTheirs,
    Theirs,
}

pub struct ConsentLine {
    /// The name of the purpose.
    pub purpose: String,
    pub label: String,
    pub standing: Chip,
    /// 'Telegram, 12 May, form in English'
    pub proof: String,
    /// The consent that can be withdrawn; without one it can be given.
    pub withdrawable: Option<ConsentId>,
}

pub struct Preference {
    pub label: String,
    pub value: String,
}

pub struct Relative {
    pub patient: PatientId,
    pub name: String,
    pub relation: String,
}

pub struct Account {
    pub id: AccountId,
    /// The channel and the name of our account there.
    pub name: String,
}

/// Ways to tie a messenger to this card.
pub struct Invitation {
    pub channel: String,
    pub link: Option<String>,
    pub code: Option<QrCode>,
    /// To be written to our account: `042 917`.
    pub digits: Option<String>,
}

/// The timeline of everything between patient and clinic, the newest first, day by day.
pub struct Lately {
    pub patient: PatientId,
    pub days: Vec<Day>,
    pub older: Option<String>,
}

pub struct Day {
    pub day: String,
    pub lines: Vec<Touchpoint>,
}

pub struct Touchpoint {
    pub at: String,
    pub text: String,
    /// 'by Telegram', 'Bianka, at the desk'
    pub through: String,
    pub kind: Kind,
}

/// What a line of the timeline is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Visit,
    Message,
    Call,
    Bot,
    Card,
    Task,
}

/// The form of a card: `given`, `family`, `locale`, `born_on`, `guardian`, `preferred_channel`, `no_bots`, `standing`, `note`;
/// on a new card also `contact` and `conversation`.
#[derive(Default)]
pub struct CardForm {
    /// None: a new card.
    pub patient: Option<PatientId>,
    pub conversation: Option<ConversationId>,
    pub given: String,
    pub family: String,
    pub contact: String,
    pub locales: Vec<Choice>,
    /// As the browser writes a day: `1988-05-12`.
    pub born_on: String,
    /// 'Nobody', the guardian so far, who has the same family name or contact.
    pub guardians: Vec<Choice>,
    pub channels: Vec<Choice>,
    pub standings: Vec<Choice>,
    pub bots: Option<BotWish>,
    pub note: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BotWish {
    Welcome,
    NoBots,
}

impl Invitation {
    fn asks_to_write(&self, words: &Words) -> String {
        let key = if self.link.is_some() { "patients-connect-digits" } else { "patients-connect-digits-alone" };
        words.with(key, &[("channel", self.channel.clone().into())])
    }
}

impl News {
    /// As the form says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Shared => "shared",
            Self::OptedOut => "opted-out",
            Self::NotTheirs => "not-theirs",
            Self::Theirs => "theirs",
        }
    }

    pub fn label(self, words: &Words) -> String {
        words.say(&format!("patients-contact-{}", self.name()))
    }
}

impl When {
    pub const fn is_ahead(self) -> bool {
        matches!(self, Self::Ahead)
    }
}

impl Kind {
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Visit => "calendar-days",
            Self::Message => "message-circle",
            Self::Call => "phone",
            Self::Bot => "scroll-text",
            Self::Card => "user-round",
            Self::Task => "bell",
        }
    }
}

impl CardForm {
    /// Where the form goes.
    pub fn action(&self) -> String {
        self.patient.map_or_else(|| "/patients".to_owned(), |patient| format!("/patients/{patient}/edit"))
    }

    /// Where it leads without being saved.
    pub fn way_back(&self) -> String {
        self.patient.map_or_else(|| "/patients".to_owned(), |patient| format!("/patients/{patient}"))
    }

    pub const fn is_new(&self) -> bool {
        self.patient.is_none()
    }

    pub fn wants_no_bots(&self) -> bool {
        self.bots == Some(BotWish::NoBots)
    }
}
