//! A day as its page shows it: columns of whoever treats, visits in their places, and what needs a person beside it.

use std::collections::HashMap;

use clinic::happenings::Recorded;
use clinic::journal::{Mark, Visit, VisitState};
use clinic::services::Chair;
use clinic::staff::{Employed, Provides, StaffMember};
use desk::ActError;
use kernel::{Arg, ChairId, Date, Interval, StaffId, Time, Timestamp, VisitId, format};
use store::Tx;
use store::conversations::NEWEST;
use store::visits::Listed;

use super::view::{self, Block, Column, JournalDay, Moves, Side, SideLine, Today};
use crate::fault::Fault;
use crate::forms::day_typed;
use crate::people::People;
use crate::session::SignedIn;
use crate::site::Site;
use crate::telling::{Telling, days_after, days_before};
use crate::{Chip, Tone};

/// What is shown of a day on which nobody works.
const USUAL: (u16, u16) = (8 * 60, 20 * 60);
const WHOLE_DAY: u16 = 24 * 60;
const MARKS: u32 = 12;

/// A day as it was read.
pub struct Day {
    on: Date,
    visits: Vec<Listed>,
    staff: Vec<StaffMember>,
    chairs: Vec<Chair>,
    absences: Vec<(StaffId, Timestamp, Timestamp)>,
    marks: Vec<Recorded>,
    people: People,
}

pub async fn read(site: &Site, me: &SignedIn, on: Date) -> Result<Day, Fault> {
    let (clinic, locale) = (me.clinic.clone(), me.locale());
    let read = move |tx: &mut Tx<'_>, _: Timestamp| {
        let (from, until) = (clinic.zone.start_of(on), clinic.zone.start_of(days_after(on, 1)));
        let staff = store::staff::of_clinic(tx, clinic.id)?;
        let visits = store::visits::day(tx, clinic.id, from, until)?;
        let marks = store::happenings::marks(tx, clinic.id, NEWEST, MARKS)?;
        let mut people = People::read(tx, locale)?;
        people.meet(tx, visits.iter().filter_map(|listed| listed.visit.state.mark()?.by.guardian()))?;
        people.meet(tx, marks.iter().flat_map(|recorded| recorded.patient.into_iter().chain(recorded.by.guardian())))?;
        Ok::<_, ActError>(Day {
            on,
            visits,
            staff,
            chairs: store::clinics::chairs(tx, clinic.id)?,
            absences: store::staff::absences(tx, clinic.id, from, until)?,
            marks,
            people,
        })
    };
    Ok(site.desk().look(read).await?)
}

impl Day {
    pub fn shown(&self, me: &SignedIn, open: Option<VisitId>) -> (JournalDay, Side) {
        let telling = me.telling();
        let providers = self.providers();
        let (from_minute, until_minute) = self.span(me);
        let on_the_book = |listed: &&Listed| !matches!(listed.visit.state, VisitState::Cancelled { .. });
        let blocks = self.visits.iter().filter(on_the_book).filter_map(|listed| self.block(&telling, &providers, listed));
        let day = JournalDay {
            on: self.on.to_string(),
            typed: day_typed(self.on, me.locale()),
            before: days_before(self.on, 1).to_string(),
            after: days_after(self.on, 1).to_string(),
            today: self.today(me),
            title: format::date_long(self.on, me.locale()),
            summary: self.summary(&telling),
            closed: me.clinic.open_on(self.on).is_empty().then(|| telling.words.say("journal-closed")),
            from_minute,
            until_minute,
            columns: providers.iter().map(|member| self.column(me, member, (from_minute, until_minute))).collect(),
            visits: blocks.collect(),
            open: open.map(|open| open.to_string()),
        };
        (day, self.side(&telling))
    }

    /// Whoever treats here, and whoever has a visit on that day although they no longer do.
    fn providers(&self) -> Vec<&StaffMember> {
        let treats = |member: &StaffMember| member.provides == Provides::Treatment && member.employed == Employed::Yes;
        let booked =
            |member: &StaffMember| self.visits.iter().any(|listed| listed.visit.provider == member.id && listed.visit.state.takes_time());
        self.staff.iter().filter(|member| treats(member) || booked(member)).collect()
    }

    /// Whole hours around what is open and what is booked.
    fn span(&self, me: &SignedIn) -> (u16, u16) {
        let zone = &me.clinic.zone;
        let open = me.clinic.open_on(self.on).into_iter().map(minutes_of);
        let booked = self.visits.iter().map(|listed| span_of(&listed.visit, zone, self.on));
        let spans: Vec<(u16, u16)> = open.chain(booked).collect();
        let from = spans.iter().map(|(from, _)| *from).min().unwrap_or(USUAL.0);
        let until = spans.iter().map(|(_, until)| *until).max().unwrap_or(USUAL.1);
        (from / 60 * 60, until.div_ceil(60).saturating_mul(60).min(WHOLE_DAY))
    }

    fn today(&self, me: &SignedIn) -> Today {
        let wall = me.now.in_zone(&me.clinic.zone);
        if wall.date() == self.on { Today::Now(minute_of(wall.time())) } else { Today::Another }
    }

    fn summary(&self, telling: &Telling<'_>) -> String {
        let expected = self.visits.iter().filter(|listed| listed.visit.state.takes_time());
        let (all, confirmed) =
            expected.fold((0_u32, 0_u32), |(all, confirmed), listed| (all + 1, confirmed + u32::from(listed.visit.confirmed().is_some())));
        telling.words.with("journal-summary", &[("visits", Arg::from(all)), ("confirmed", Arg::from(confirmed))])
    }

    fn column(&self, me: &SignedIn, member: &StaffMember, span: (u16, u16)) -> Column {
        let mut used: HashMap<ChairId, u32> = HashMap::new();
        for listed in self.visits.iter().filter(|listed| listed.visit.provider == member.id) {
            if let Some(chair) = listed.visit.chair {
                *used.entry(chair).or_default() += 1;
            }
        }
        let usual = self.chairs.iter().filter(|chair| used.contains_key(&chair.id)).max_by_key(|chair| used[&chair.id]);
        Column {
            provider: member.id.to_string(),
            name: member.title.clone(),
            chair: usual.map(|chair| (chair.id.to_string(), chair.name.clone())),
            off: self.off(me, member, span),
        }
    }

    /// Between their hours, and while they are away.
    fn off(&self, me: &SignedIn, member: &StaffMember, (from, until): (u16, u16)) -> Vec<(u16, u16)> {
        let mut off = Vec::new();
        let mut free_from = from;
        for (start, end) in member.works(self.on, &me.clinic).into_iter().map(minutes_of) {
            if start > free_from {
                off.push((free_from, start));
            }
            free_from = free_from.max(end);
        }
        if free_from < until {
            off.push((free_from, until));
        }
        let zone = &me.clinic.zone;
        let away = self.absences.iter().filter(|(staff, ..)| *staff == member.id);
        off.extend(away.map(|(_, start, end)| (on_the_day(*start, zone, self.on, 0), on_the_day(*end, zone, self.on, WHOLE_DAY))));
        off
    }

    fn block(&self, telling: &Telling<'_>, providers: &[&StaffMember], listed: &Listed) -> Option<Block> {
        let visit = &listed.visit;
        let (from_minute, until_minute) = span_of(visit, telling.zone, self.on);
        let late = visit.late_minutes.filter(|_| visit.state.is_ahead());
        let chair = visit.chair.map(|chair| chair.to_string()).unwrap_or_default();
        Some(Block {
            id: visit.id.to_string(),
            version: visit.version,
            column: providers.iter().position(|member| member.id == visit.provider)?,
            from_minute,
            until_minute,
            tone: view::tone(&visit.state),
            state: telling.words.say(&visit.state.key()),
            patient: telling.name(&listed.given, &listed.family),
            service: listed.service.clone(),
            origin: visit.state.mark().map(|mark| origin(telling, &self.people, mark)).unwrap_or_default(),
            late: late.map(|minutes| telling.words.with("journal-late", &[("minutes", Arg::from(minutes))])),
            moves: visit.state.is_ahead().then_some(Moves { chair, starts_at: visit.starts_at, ends_at: visit.ends_at }),
        })
    }

    fn side(&self, telling: &Telling<'_>) -> Side {
        let unsure = |visit: &Visit| matches!(visit.state, VisitState::Requested | VisitState::Booked) || visit.late_minutes.is_some();
        let needs_you = self.visits.iter().filter(|listed| listed.visit.state.is_ahead() && unsure(&listed.visit));
        let line = |listed: &Listed| SideLine {
            time: telling.time(listed.visit.starts_at),
            text: telling.name(&listed.given, &listed.family),
            about: String::new(),
            visit: listed.visit.id.to_string(),
            chip: Some(Chip::new(Tone::Wait, telling.words.say(&listed.visit.state.key()))),
        };
        Side { needs_you: needs_you.map(line).collect(), next: String::new(), marks: self.marks(telling) }
    }

    /// Marks of today, whichever day they are about.
    fn marks(&self, telling: &Telling<'_>) -> Vec<SideLine> {
        let today = telling.now.date(telling.zone);
        let fresh = self.marks.iter().filter(|recorded| recorded.at.date(telling.zone) == today);
        let line = |recorded: &Recorded| {
            let what = telling.happening(&recorded.what, &|id| self.people.name(id));
            Some(SideLine {
                time: telling.time(recorded.at),
                text: recorded.patient.map(|id| self.people.patient(id)).unwrap_or_default(),
                about: format!("{what} · {}", telling.by_whom(recorded.by, recorded.through, &self.people)),
                visit: recorded.what.visit()?.to_string(),
                chip: None,
            })
        };
        fresh.filter_map(line).collect()
    }
}

/// 'by Telegram, Tue 18:42', 'by Bianka, 9:12', 'Dora Varga by Telegram, 18:42' where she speaks for a child.
pub fn origin(telling: &Telling<'_>, people: &People, mark: Mark) -> String {
    use clinic::actors::Origin;
    let at = ("at", Arg::from(telling.at(mark.at)));
    let words = telling.words;
    match (mark.through, people.actor(mark.by)) {
        (through, Some(name)) if mark.by.guardian().is_some() => {
            words.with("journal-by-guardian", &[("name", name.into()), ("through", telling.through(through).into()), at])
        }
        (_, Some(name)) => words.with("journal-by-staff", &[("staff", name.into()), at]),
        (Origin::Channel(channel), None) => words.with("journal-by-channel", &[("channel", telling.channel(channel).into()), at]),
        (Origin::VisitPage, None) => words.with("journal-by-page", &[at]),
        (Origin::Import, None) => words.with("journal-by-import", &[at]),
        (Origin::Desk | Origin::Program, None) => words.with("journal-by-desk", &[at]),
    }
}

fn minute_of(time: Time) -> u16 {
    u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
}

/// Midnight at the end is the end of the day.
fn minutes_of(interval: Interval) -> (u16, u16) {
    let end = minute_of(interval.end());
    (minute_of(interval.start()), if end == 0 { WHOLE_DAY } else { end })
}

fn span_of(visit: &Visit, zone: &kernel::Zone, on: Date) -> (u16, u16) {
    (on_the_day(visit.starts_at, zone, on, 0), on_the_day(visit.ends_at, zone, on, WHOLE_DAY))
}

/// The minute of the day, or `otherwise` where it lies on another one.
fn on_the_day(at: Timestamp, zone: &kernel::Zone, on: Date, otherwise: u16) -> u16 {
    let wall = at.in_zone(zone);
    if wall.date() == on { minute_of(wall.time()) } else { otherwise }
}
