//! A patient's card: how it is opened and changed, and who speaks for whom.

use std::fmt;

use kernel::{ClinicId, Date, Locale, PatientId, PersonName, Refusal, Timestamp, Zone, one_line, some_lines};

use super::{Bots, Patient, Standing};
use crate::actors::{Actor, Channel};
use crate::happenings::Happening;
use crate::staff::Right;

/// What the form of a card says.
#[derive(Clone, PartialEq)]
pub struct NewPatient {
    pub clinic: ClinicId,
    pub name: PersonName,
    pub locale: Locale,
    pub born_on: Option<Date>,
    pub guardian: Option<PatientId>,
    pub zone: Option<Zone>,
    pub preferred_channel: Option<Channel>,
    pub bots: Bots,
    pub standing: Standing,
    pub note: String,
    pub external_key: Option<String>,
}

impl NewPatient {
    /// The card of somebody of whom no more than the name and the language is known.
    pub fn named(clinic: ClinicId, name: PersonName, locale: Locale) -> Self {
        Self {
            clinic,
            name,
            locale,
            born_on: None,
            guardian: None,
            zone: None,
            preferred_channel: None,
            bots: Bots::Welcome,
            standing: Standing::Patient,
            note: String::new(),
            external_key: None,
        }
    }
}

/// Until this birthday somebody else decides about treatment.
const OF_AGE: i16 = 18;
/// The oldest person whose age is proven reached 122.
const OLDEST: i16 = 125;
/// What patients may change on their own card. A new name or birthday is the desk's to enter.
const OWN_CHOICES: [&str; 4] = ["locale", "zone", "preferred_channel", "bots"];

impl Patient {
    /// The names of what can change on a card. Their words stand under `patient-field-<name>`, with dashes.
    pub const FIELDS: [&'static str; 11] =
        ["clinic", "name", "locale", "born_on", "guardian", "zone", "preferred_channel", "bots", "standing", "note", "external_key"];

    pub fn new(new: NewPatient, id: PatientId, now: Timestamp) -> Result<(Self, Vec<Happening>), Refusal> {
        let patient = Self::of(new.checked(id, now)?, id, now);
        Ok((patient, vec![Happening::PatientAdded]))
    }

    /// The form of the card as it stands, to change some of it and hand it to [`Patient::rewrite`].
    pub fn card(&self) -> NewPatient {
        NewPatient {
            clinic: self.clinic,
            name: self.name.clone(),
            locale: self.locale,
            born_on: self.born_on,
            guardian: self.guardian,
            zone: self.zone.clone(),
            preferred_channel: self.preferred_channel,
            bots: self.bots,
            standing: self.standing,
            note: self.note.clone(),
            external_key: self.external_key.clone(),
        }
    }

    /// What happened names the fields that differ; nothing happens where none does.
    pub fn rewrite(self, card: NewPatient, by: Actor, now: Timestamp) -> Result<(Self, Vec<Happening>), Refusal> {
        let next = Self::of(card.checked(self.id, now)?, self.id, self.created_at);
        let fields = self.fields_that_differ(&next);
        match by.patient() {
            Some(id) if id == self.id => {
                if let Some(field) = fields.iter().find(|field| !OWN_CHOICES.contains(field)) {
                    return Err(Refusal::new("patient.not-own-choice").at(field));
                }
            }
            Some(_) | None => by.may(Right::ChangePatients)?,
        }
        if fields.is_empty() {
            return Ok((self, vec![]));
        }
        let fields = fields.into_iter().map(str::to_owned).collect();
        Ok((next, vec![Happening::PatientChanged { fields }]))
    }

    /// The actor who acts for this patient, if `speaker` is the patient or their guardian.
    pub fn spoken_for_by(&self, speaker: PatientId) -> Result<Actor, Refusal> {
        if speaker == self.id {
            return Ok(Actor::Patient(self.id));
        }
        if self.guardian == Some(speaker) {
            return Ok(Actor::Guardian { id: speaker, of: self.id });
        }
        Err(Refusal::new("patient.not-yours"))
    }

    /// Full years on a day; somebody born on 29 February has their birthday on 1 March of a common year.
    pub fn age(&self, on: Date) -> Option<i16> {
        let born_on = self.born_on.filter(|born_on| *born_on <= on)?;
        let had_birthday = (on.month(), on.day()) >= (born_on.month(), born_on.day());
        Some(on.year() - born_on.year() - i16::from(!had_birthday))
    }

    /// Somebody without a birthday on the card is taken for grown up.
    pub fn is_minor(&self, on: Date) -> bool {
        self.age(on).is_some_and(|age| age < OF_AGE)
    }

    fn of(card: NewPatient, id: PatientId, created_at: Timestamp) -> Self {
        Self {
            id,
            clinic: card.clinic,
            name: card.name,
            locale: card.locale,
            born_on: card.born_on,
            guardian: card.guardian,
            zone: card.zone,
            preferred_channel: card.preferred_channel,
            bots: card.bots,
            standing: card.standing,
            note: card.note,
            external_key: card.external_key,
            created_at,
        }
    }

    fn fields_that_differ(&self, next: &Self) -> Vec<&'static str> {
        let same = [
            self.clinic == next.clinic,
            self.name == next.name,
            self.locale == next.locale,
            self.born_on == next.born_on,
            self.guardian == next.guardian,
            self.zone == next.zone,
            self.preferred_channel == next.preferred_channel,
            self.bots == next.bots,
            self.standing == next.standing,
            self.note == next.note,
            self.external_key == next.external_key,
        ];
        Self::FIELDS.into_iter().zip(same).filter(|(_, same)| !same).map(|(field, _)| field).collect()
    }
}

/// To whom the patient's messages go: the guardian where there is one, else the patient. Nobody if the guardian's card
/// is not at hand or the guardian has died: then a person has to look.
pub fn recipient<'a>(patient: &'a Patient, guardian: Option<&'a Patient>) -> Option<&'a Patient> {
    let Some(id) = patient.guardian else { return Some(patient) };
    guardian.filter(|guardian| guardian.id == id && guardian.standing != Standing::Deceased)
}

impl NewPatient {
    fn checked(mut self, id: PatientId, now: Timestamp) -> Result<Self, Refusal> {
        self.note = some_lines(&self.note, 4_000).map_err(|refusal| refusal.at("note"))?;
        self.external_key = self.external_key.filter(|key| !key.trim().is_empty());
        if let Some(key) = &self.external_key {
            self.external_key = Some(one_line(key, 200).map_err(|refusal| refusal.at("external_key"))?);
        }
        if self.guardian == Some(id) {
            return Err(Refusal::new("patient.own-guardian").at("guardian"));
        }
        // East of us it may already be tomorrow.
        let today = now.date(&Zone::utc());
        if self.born_on.is_some_and(|born_on| born_on > today.tomorrow().unwrap_or(today)) {
            return Err(Refusal::new("patient.born-in-future").at("born_on"));
        }
        if self.born_on.is_some_and(|born_on| today.year() - born_on.year() > OLDEST) {
            return Err(Refusal::new("patient.born-too-early").at("born_on"));
        }
        Ok(self)
    }
}

impl fmt::Debug for Patient {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Patient({})", self.id)
    }
}

impl fmt::Debug for NewPatient {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("NewPatient(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    type Change = fn(&mut NewPatient, &Sample);

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_card_that_cannot_be_is_refused_at_its_field() {
        let world = Sample::new();
        let now = world.monday_nine();
        let check = |change: &dyn Fn(&mut NewPatient)| {
            let mut card = world.anna.card();
            change(&mut card);
            Patient::new(card, world.anna.id, now).map(|_| ()).map_err(|refusal| (refusal.code(), refusal.field().unwrap_or_default()))
        };
        assert_eq!(check(&|_| {}), Ok(()));
        assert_eq!(check(&|card| card.born_on = Some(day("2026-11-25"))), Err(("patient.born-in-future", "born_on")));
        assert_eq!(check(&|card| card.born_on = Some(day("2026-11-24"))), Ok(()));
        assert_eq!(check(&|card| card.born_on = Some(day("1900-05-01"))), Err(("patient.born-too-early", "born_on")));
        assert_eq!(check(&|card| card.guardian = Some(world.anna.id)), Err(("patient.own-guardian", "guardian")));
        assert_eq!(check(&|card| card.note = "x".repeat(4_001)), Err(("line.too-long", "note")));
        assert_eq!(check(&|card| card.external_key = Some("a\u{0}b".to_owned())), Err(("line.invisible", "external_key")));
        let (anna, happened) = Patient::new(world.anna.card(), world.anna.id, now).unwrap();
        assert_eq!((&anna, happened), (&world.anna, vec![Happening::PatientAdded]));
    }

    #[test]
    fn each_field_that_changes_is_named_once() {
        let world = Sample::new();
        let changes: [(&str, Change); 11] = [
            ("clinic", |card, world| card.clinic = ClinicId::new(world.monday_nine(), &mut kernel::Chance::from_seed(77))),
            ("name", |card, _| card.name = PersonName::new("Anna", "Novak").unwrap()),
            ("locale", |card, _| card.locale = Locale::Fa),
            ("born_on", |card, _| card.born_on = None),
            ("guardian", |card, world| card.guardian = Some(world.dora.id)),
            ("zone", |card, _| card.zone = Some(Zone::utc())),
            ("preferred_channel", |card, _| card.preferred_channel = Some(Channel::Email)),
            ("bots", |card, _| card.bots = Bots::NoBots),
            ("standing", |card, _| card.standing = Standing::Lead),
            ("note", |card, _| card.note = "Afraid of needles".to_owned()),
            ("external_key", |card, _| card.external_key = Some("4711".to_owned())),
        ];
        assert_eq!(changes.map(|(field, _)| field), Patient::FIELDS);
        for (field, change) in changes {
            let mut card = world.anna.card();
            change(&mut card, &world);
            let (next, happened) = world.anna.clone().rewrite(card.clone(), world.desk_actor(), world.monday_nine()).unwrap();
            assert_eq!(next.card(), card, "{field}");
            assert_eq!(happened, [Happening::PatientChanged { fields: vec![field.to_owned()] }]);
            let own = world.anna.clone().rewrite(card.clone(), Actor::Patient(world.anna.id), world.monday_nine());
            assert_eq!(own.is_ok(), OWN_CHOICES.contains(&field), "{field} by the patient");
            let others = world.anna.clone().rewrite(card.clone(), Actor::Patient(world.boris.id), world.monday_nine());
            assert_eq!(others.unwrap_err().code(), "actor.not-allowed");
            let clinician = Actor::Staff { id: world.gromov.id, role: world.gromov.role };
            assert!(world.anna.clone().rewrite(card, clinician, world.monday_nine()).is_err());
        }
        let same = world.anna.clone().rewrite(world.anna.card(), world.desk_actor(), world.monday_nine()).unwrap();
        assert_eq!(same, (world.anna, vec![]));
    }

    #[test]
    fn a_guardian_speaks_for_the_child_and_nobody_else_does() {
        let world = Sample::new();
        assert_eq!(world.mira.spoken_for_by(world.dora.id).unwrap(), Actor::Guardian { id: world.dora.id, of: world.mira.id });
        assert_eq!(world.mira.spoken_for_by(world.mira.id).unwrap(), Actor::Patient(world.mira.id));
        assert_eq!(world.mira.spoken_for_by(world.anna.id).unwrap_err().code(), "patient.not-yours");
        assert_eq!(world.dora.spoken_for_by(world.mira.id).unwrap_err().code(), "patient.not-yours");
    }

    #[test]
    fn a_childs_messages_go_to_the_guardian() {
        let world = Sample::new();
        let late = Patient { standing: Standing::Deceased, ..world.dora.clone() };
        for (name, patient, guardian, expected) in [
            ("a grown-up", &world.anna, None, Some(&world.anna)),
            ("a grown-up beside a stranger", &world.anna, Some(&world.dora), Some(&world.anna)),
            ("a child", &world.mira, Some(&world.dora), Some(&world.dora)),
            ("a child whose guardian is not at hand", &world.mira, None, None),
            ("a child beside a stranger", &world.mira, Some(&world.anna), None),
            ("a child whose guardian has died", &world.mira, Some(&late), None),
        ] {
            assert_eq!(recipient(patient, guardian), expected, "{name}");
        }
    }

    #[test]
    fn age_counts_birthdays() {
        let mut mira = Sample::new().mira;
        for (born_on, on, age) in [
            ("2008-02-29", "2026-02-28", Some(17)),
            ("2008-02-29", "2026-03-01", Some(18)),
            ("2008-11-23", "2026-11-22", Some(17)),
            ("2008-11-23", "2026-11-23", Some(18)),
            ("2026-11-23", "2026-11-23", Some(0)),
            ("2026-11-24", "2026-11-23", None),
        ] {
            mira.born_on = Some(day(born_on));
            assert_eq!(mira.age(day(on)), age, "{born_on} on {on}");
            assert_eq!(mira.is_minor(day(on)), age.is_some_and(|age| age < 18));
        }
        mira.born_on = None;
        assert!(!mira.is_minor(day("2026-11-23")));
    }

    #[test]
    fn a_card_shows_nothing_of_the_patient_in_debug_output() {
        let anna = Patient { note: "Afraid of needles".to_owned(), ..Sample::new().anna };
        assert_eq!(format!("{anna:?} {:?}", anna.card()), format!("Patient({}) NewPatient(***)", anna.id));
    }
}
