//! What stands around a page of the desk: who is signed in, what waits, until when the clinic is open.

use clinic::clinics::Clinic;
use kernel::{Arg, OpenDays, Timestamp, format};

use crate::delays;
use crate::fault::Fault;
use crate::session::SignedIn;
use crate::site::Site;
use crate::{Counters, Notice, OpenNow, Page, Place, Signed, Tone, Words};

impl SignedIn {
    pub fn words(&self) -> Words {
        Words::of(self.locale())
    }

    /// The shell of a page at a place of the rail. `title` is a key.
    pub async fn page(&self, site: &Site, here: Place, title: &str) -> Result<Page, Fault> {
        let words = self.words();
        let clinic = self.clinic.id;
        let desk = site.desk().clone();
        let (counters, health) = site
            .desk()
            .look(move |tx, now| {
                let waiting = store::conversations::counts(tx, clinic)?.into_iter().find(|(state, _)| state == "waiting");
                let counters = Counters {
                    waiting: waiting.map_or(0, |(_, many)| many),
                    emergencies: store::conversations::emergencies(tx, clinic)?,
                    tasks: store::tasks::count_open(tx, clinic, now)?,
                };
                Ok((counters, desk.health(tx, now)?))
            })
            .await?;
        Ok(Page {
            words,
            title: words.say(title),
            here,
            signed: self.shown(),
            counters,
            open_now: open_now(&self.clinic, self.now, words),
            csrf: self.csrf.clone(),
            // Today says all of it
            delay: if here == Place::Today { None } else { delays::line(self, &health) },
            notice: self.done.map(|done| Notice { tone: done.notice(), text: words.say(&done.key()) }),
            demo: site.demo_bar(words, &self.clinic.zone),
        })
    }

    fn shown(&self) -> Signed {
        let locale = self.locale();
        Signed {
            name: self.member.name.full(locale),
            initials: self.member.name.initials(),
            role: self.words().say(&self.member.role.key()),
        }
    }
}

/// What was refused stands above the form that was sent.
pub fn refused(page: &mut Page, sentence: String) {
    page.notice = Some(Notice { tone: Tone::Bad, text: sentence });
}

/// 'Open until 18:00', 'Opens Monday, 9:00'.
fn open_now(clinic: &Clinic, now: Timestamp, words: Words) -> OpenNow {
    let locale = words.locale();
    let wall = now.in_zone(&clinic.zone);
    let today = clinic.open_on(wall.date());
    if let Some(open) = today.iter().find(|interval| interval.contains(wall.time())) {
        let until = format::time(open.on(wall.date()).1.time(), locale);
        return OpenNow { open: true, text: words.with("open-now-until", &[("until", Arg::from(until))]) };
    }
    let days = OpenDays { hours: &clinic.hours, exceptions: &clinic.exceptions, zone: &clinic.zone };
    let text = match days.next_opening(now) {
        Some(opens) => words.with("open-now-opens", &[("at", Arg::from(format::moment(opens, &clinic.zone, locale)))]),
        None => words.say("open-now-closed"),
    };
    OpenNow { open: false, text }
}
