//! What the settings show. Every form stands on its own page or card, and comes back as it was typed with its faults.
//!
//! ```text
//! GET|POST /settings                          ClinicPage: name, address, map_url, zone, region, locale, public_url,
//!                                             quiet_from, quiet_until, daily_cap
//! GET|POST /settings/hours                    HoursPage: hours-mon to hours-sun
//! POST /settings/hours/days                   on, hours (empty: closed); .../{on}/remove
//! GET  /settings/staff                        StaffPage
//! GET  /settings/staff/new, /settings/staff/{staff}            StaffCardPage
//! POST /settings/staff, /settings/staff/{staff}                given, family, title, role, locale, email, password,
//!                                             provides=treatment|nothing, hours-mon to hours-sun
//! POST /settings/staff/{staff}/leave, .../return
//! GET  /settings/services                     ServicesPage
//! GET  /settings/services/new, /settings/services/{service}    ServiceCardPage
//! POST /settings/services, /settings/services/{service}        name, minutes, buffer_minutes, providers, chairs,
//!                                             preparation, offered=yes|retired
//! GET|POST /settings/chairs                   ChairsPage: name; POST /settings/chairs/{chair}: name
//! GET  /settings/channels                     ChannelsPage
//! GET  /settings/channels/new/{channel}, /settings/channels/{account}   ChannelPage
//! POST /settings/channels/new/{channel}, /settings/channels/{account}   the fields by their names
//! POST /settings/channels/{account}/trial     to; .../switch: state=on|off; .../prices: prices
//! GET  /settings/me                           MePage; POST /settings/me/password: current, password; /settings/me/telephone
//! ```

use askama::Template;

use crate::forms::{Choice, Faults, Week};
use crate::{Chip, Page, Words};

/// The parts of the settings, in the order of the tabs.
const PARTS: [(&str, &str); 9] = [
    ("/settings", "settings-clinic"),
    ("/settings/hours", "settings-hours"),
    ("/settings/staff", "settings-staff"),
    ("/settings/services", "settings-services"),
    ("/settings/chairs", "settings-chairs"),
    ("/settings/channels", "settings-channels"),
    ("/settings/channels/health", "standing-title"),
    ("/settings/ladder", "settings-ladder"),
    ("/settings/me", "settings-me"),
];

/// Where each tab leads, what it is called, and whether it is the one shown.
pub(super) fn tabs(words: &Words, here: &str) -> Vec<(&'static str, String, bool)> {
    PARTS.map(|(path, key)| (path, words.say(key), path == here)).into()
}

#[derive(Template)]
#[template(path = "settings/clinic.html")]
pub struct ClinicPage {
    pub page: Page,
    pub form: ClinicForm,
    pub faults: Faults,
}

#[derive(Clone, Default)]
pub struct ClinicForm {
    pub name: String,
    pub address: String,
    pub map_url: String,
    pub zone: String,
    pub zones: Vec<String>,
    pub region: String,
    pub locales: Vec<Choice>,
    pub public_url: String,
    /// `21:00`
    pub quiet_from: String,
    pub quiet_until: String,
    pub daily_cap: String,
}

#[derive(Template)]
#[template(path = "settings/hours.html")]
pub struct HoursPage {
    pub page: Page,
    pub week: Week,
    /// Days that differ, the next one first.
    pub days: Vec<OtherDay>,
    pub faults: Faults,
}

pub struct OtherDay {
    /// `2026-12-25`
    pub on: String,
    /// 'Friday, 25 December'
    pub day: String,
    /// '9:00–13:00'; empty where it is closed.
    pub hours: String,
}

#[derive(Template)]
#[template(path = "settings/staff.html")]
pub struct StaffPage {
    pub page: Page,
    pub staff: Vec<StaffLine>,
}

pub struct StaffLine {
    pub id: String,
    pub initials: String,
    pub name: String,
    /// As patients hear of them.
    pub title: String,
    pub role: String,
    /// 'on shift', 'has left'
    pub chip: Option<Chip>,
}

#[derive(Template)]
#[template(path = "settings/staff-card.html")]
pub struct StaffCardPage {
    pub page: Page,
    /// None: somebody new.
    pub id: Option<String>,
    pub form: StaffForm,
    pub standing: Standing,
    pub faults: Faults,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    WorksHere,
    HasLeft,
    /// One's own card: nobody locks themselves out.
    Oneself,
}

#[derive(Clone)]
pub struct StaffForm {
    pub given: String,
    pub family: String,
    pub title: String,
    pub roles: Vec<Choice>,
    pub locales: Vec<Choice>,
    pub email: String,
    pub provides: Vec<Choice>,
    pub week: Week,
}

#[derive(Template)]
#[template(path = "settings/services.html")]
pub struct ServicesPage {
    pub page: Page,
    pub services: Vec<ServiceLine>,
}

pub struct ServiceLine {
    pub id: String,
    pub name: String,
    /// '45 min + 10'
    pub length: String,
    /// 'Dr Gromov, Dr Kiss', 'everybody'
    pub who: String,
    pub chip: Option<Chip>,
}

#[derive(Template)]
#[template(path = "settings/service-card.html")]
pub struct ServiceCardPage {
    pub page: Page,
    pub id: Option<String>,
    pub form: ServiceForm,
    pub faults: Faults,
}

#[derive(Clone, Default)]
pub struct ServiceForm {
    pub name: String,
    pub minutes: String,
    pub buffer_minutes: String,
    /// Nobody chosen: everybody.
    pub providers: Vec<Choice>,
    pub chairs: Vec<Choice>,
    pub preparation: String,
    pub offered: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "settings/chairs.html")]
pub struct ChairsPage {
    pub page: Page,
    /// Id and name.
    pub chairs: Vec<(String, String)>,
    pub faults: Faults,
}

#[derive(Template)]
#[template(path = "settings/channels.html")]
pub struct ChannelsPage {
    pub page: Page,
    pub accounts: Vec<AccountLine>,
    /// What can be connected: `telegram`, 'Telegram', what it is for.
    pub offered: Vec<(String, String, String)>,
}

pub struct AccountLine {
    pub id: String,
    pub channel: String,
    /// As the provider calls it: 'Smile Dental bot'
    pub name: String,
    pub chip: Chip,
    /// What is wrong, and what to do.
    pub trouble: Option<String>,
    /// What went through it lately: 'newest message in at 10:42 · 2 of 130 not delivered'.
    pub traffic: String,
}

#[derive(Template)]
#[template(path = "settings/channel.html")]
pub struct ChannelPage {
    pub page: Page,
    /// 'Telegram'
    pub channel: String,
    /// Where the form goes.
    pub path: String,
    pub fields: Vec<FieldView>,
    pub account: Option<Connected>,
    pub faults: Faults,
}

/// An account that stands.
pub struct Connected {
    pub line: AccountLine,
    pub switch: Switch,
    /// What a patient opens to write to us first.
    pub link: Option<String>,
    /// Where the provider calls us.
    pub hook: Option<String>,
    /// What is left on the account, where the provider tells.
    pub balance: Option<String>,
    /// Made by us, to be typed in at the provider: name, value, where it goes.
    pub copied: Vec<(String, String, String)>,
    /// The last trial: sent, or why not.
    pub trial: Option<Chip>,
    /// To be copied to the provider as it is.
    pub template: Option<&'static str>,
    /// Whether its provider approves texts.
    pub texts: ApprovedTexts,
    pub means: Means,
    /// A record for the domain of the clinic: its name and its text.
    pub published: Option<Published>,
    /// What its provider asks, as it is typed. None: it costs nothing.
    pub prices: Option<Prices>,
    /// For a chat on a website.
    pub embed: Option<Embed>,
}

/// What the clinic publishes for its domain, and whether it stands there.
pub struct Published {
    pub name: String,
    pub text: String,
    /// None: not looked at yet.
    pub state: Option<Chip>,
    /// What is wrong, and what to do.
    pub wrong: Option<(String, String)>,
    /// 'Checked: 10:42'
    pub looked: String,
}

/// Whether a provider lets only approved texts through at times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApprovedTexts {
    Needless,
    /// They have a page of their own.
    Listed,
}

/// The price list of an account.
pub struct Prices {
    pub typed: String,
    /// In which money, and an example of a line.
    pub help: String,
}

/// What a trial does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    Writes,
    Rings,
    /// There is nothing to try from here: somebody calls the clinic.
    Listens,
}

impl Connected {
    pub fn writes(&self) -> bool {
        self.means == Means::Writes
    }

    pub fn rings(&self) -> bool {
        self.means == Means::Rings
    }
}

/// How the chat comes to the website.
pub struct Embed {
    /// The one line; none while no website could reach it.
    pub line: Option<String>,
    /// A page of ours with the chat on it.
    pub trial: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    On,
    Off,
}

/// One field of a channel's settings.
pub struct FieldView {
    pub name: String,
    pub label: String,
    pub help: String,
    pub kind: FieldKind,
    /// As typed; never a secret.
    pub value: String,
    pub need: FieldNeed,
}

#[derive(Clone)]
pub enum FieldKind {
    Secret,
    Text,
    Url,
    Number,
    Mail,
    /// Several lines.
    Certificate,
    /// Several lines that are not shown again.
    PrivateKey,
    Choice(Vec<Choice>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldNeed {
    Required,
    Optional,
    /// A secret that is stored already stays where the field is left empty.
    Stored,
}

#[derive(Template)]
#[template(path = "settings/me.html")]
pub struct MePage {
    pub page: Page,
    pub name: String,
    pub role: String,
    pub email: String,
    /// None: they ring nobody up.
    pub telephone: Option<String>,
    pub faults: Faults,
}

impl FieldView {
    fn input(&self) -> &'static str {
        match self.kind {
            FieldKind::Secret => "password",
            FieldKind::Url => "url",
            FieldKind::Mail => "email",
            FieldKind::Text | FieldKind::Number | FieldKind::Certificate | FieldKind::PrivateKey | FieldKind::Choice(_) => "text",
        }
    }

    /// A browser must not fill in the password of whoever sits there.
    fn autocomplete(&self) -> &'static str {
        if matches!(self.kind, FieldKind::Secret) { "new-password" } else { "off" }
    }

    /// Words run as they are written; keys and addresses from left to right.
    fn dir(&self) -> &'static str {
        if matches!(self.kind, FieldKind::Text) { "auto" } else { "ltr" }
    }

    fn has_lines(&self) -> bool {
        matches!(self.kind, FieldKind::Certificate | FieldKind::PrivateKey)
    }

    fn choices(&self) -> &[Choice] {
        match &self.kind {
            FieldKind::Choice(choices) => choices,
            FieldKind::Secret
            | FieldKind::Text
            | FieldKind::Url
            | FieldKind::Number
            | FieldKind::Mail
            | FieldKind::Certificate
            | FieldKind::PrivateKey => &[],
        }
    }
}

impl StaffCardPage {
    fn path(&self) -> String {
        self.id.as_ref().map_or_else(|| "/settings/staff".to_owned(), |id| format!("/settings/staff/{id}"))
    }
}

impl ServiceCardPage {
    fn path(&self) -> String {
        self.id.as_ref().map_or_else(|| "/settings/services".to_owned(), |id| format!("/settings/services/{id}"))
    }
}
