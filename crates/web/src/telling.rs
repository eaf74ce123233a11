//! What has happened and why, in the reader's language, digits and zone.

use clinic::actors::{Actor, Channel, Origin};
use clinic::gate::Why;
use clinic::happenings::{Detail, Happening};
use clinic::journal::{Mark, VisitState};
use kernel::{Arg, Date, PersonName, StaffId, Timestamp, Zone, format};

use crate::Words;
use crate::people::People;

/// Who reads, and where the clock hangs that they look at.
#[derive(Clone, Copy)]
pub struct Telling<'a> {
    pub words: Words,
    pub zone: &'a Zone,
    pub now: Timestamp,
}

impl Telling<'_> {
    /// Today only the time: `18:42`; else the day too: `24 Nov, 18:42`.
    pub fn at(&self, instant: Timestamp) -> String {
        let wall = instant.in_zone(self.zone);
        if wall.date() == self.now.date(self.zone) {
            return format::time(wall.time(), self.words.locale());
        }
        format::moment_short(instant, self.zone, self.words.locale())
    }

    /// The whole date and the time.
    pub fn moment(&self, instant: Timestamp) -> String {
        format::moment(instant, self.zone, self.words.locale())
    }

    pub fn time(&self, instant: Timestamp) -> String {
        format::time(instant.in_zone(self.zone).time(), self.words.locale())
    }

    pub fn name(&self, given: &str, family: &str) -> String {
        PersonName::new(given, family).map(|name| name.full(self.words.locale())).unwrap_or_default()
    }

    pub fn channel(&self, channel: Channel) -> String {
        self.words.say(&format!("channel-{}", channel.name()))
    }

    /// 'chair 2', in the reader's digits.
    pub fn chair(&self, name: &str) -> String {
        self.words.with("desk-chair", &[("chair", self.words.digits(name).into())])
    }

    /// 'at the desk', 'by Telegram'.
    pub fn through(&self, origin: Origin) -> String {
        match origin {
            Origin::Desk => self.words.say("origin-desk"),
            Origin::Channel(channel) => self.words.with("origin-channel", &[("channel", self.channel(channel).into())]),
            Origin::VisitPage => self.words.say("origin-visit-page"),
            Origin::Import => self.words.say("origin-import"),
            Origin::Program => self.words.say("origin-program"),
        }
    }

    /// 'by Telegram'; with who did it, where that is not the patient: 'Dora Varga, by Telegram', 'Bianka, at the desk'.
    pub fn by_whom(&self, by: Actor, through: Origin, people: &People) -> String {
        let through = self.through(through);
        match people.actor(by) {
            Some(name) => format!("{name}{} {through}", self.words.comma()),
            None => through,
        }
    }

    /// 'confirmed by Telegram, Tue 18:42'. Nothing where nobody has marked it.
    pub fn mark(&self, state: &VisitState) -> Option<String> {
        let Mark { through, at, .. } = state.mark()?;
        let key = format!("origin-mark-{}", state.name().replace('_', "-"));
        Some(self.words.with(&key, &[("through", self.through(through).into()), ("at", self.at(at).into())]))
    }

    /// Why a message goes this way, waits or does not go, and who may change that.
    pub fn why(&self, why: &Why) -> Option<(String, String)> {
        let until = why.held.map(|(until, _)| self.at(until)).unwrap_or_default();
        let channel = why.channel.map(|(channel, _)| self.channel(channel)).unwrap_or_default();
        let args = [("until", Arg::from(until)), ("channel", Arg::from(channel))];
        let change = why.change_key().map(|key| self.words.with(key, &args)).unwrap_or_default();
        Some((self.words.with(why.key()?, &args), change))
    }

    /// A line of the timeline. `staff` knows the names of the people of the clinic.
    pub fn happening(&self, what: &Happening, staff: &dyn Fn(StaffId) -> String) -> String {
        let details = what.details();
        let args: Vec<(&str, Arg)> = details.iter().map(|(name, detail)| (*name, self.detail(detail, staff))).collect();
        self.words.with(&what.key(), &args)
    }

    fn detail(&self, detail: &Detail, staff: &dyn Fn(StaffId) -> String) -> Arg {
        match detail {
            Detail::At(at) => Arg::from(self.at(*at)),
            Detail::Number(number) => Arg::from(*number),
            Detail::Words(keys) => {
                let comma = format!("{} ", self.words.comma());
                Arg::from(keys.iter().map(|key| self.words.say(key)).collect::<Vec<_>>().join(&comma))
            }
            Detail::Staff(id) => Arg::from(staff(*id)),
            Detail::Playbook(id) => Arg::from(self.words.say(&format!("playbook-{id}-name"))),
        }
    }
}

/// So many days later; the calendar's last day where there is none.
pub fn days_after(day: Date, days: u32) -> Date {
    (0..days).fold(day, |day, _| day.tomorrow().unwrap_or(day))
}

/// So many days earlier.
pub fn days_before(day: Date, days: u32) -> Date {
    (0..days).fold(day, |day, _| day.yesterday().unwrap_or(day))
}
