//! The patients of the demo clinic: names of four languages, families with children, where each can be reached.

use std::time::Duration;

use clinic::actors::Channel;
use clinic::patients::{Bots, ContactPoint, NewPatient, Patient, Standing, Sureness};
use kernel::{Address, Chance, ContactPointId, Date, Locale, PatientId, PersonName, Scheme, Timestamp};

use super::premises::{Premises, zone};
use super::speech::{Sex, Speech, family_for};

const DAY: Duration = Duration::from_hours(24);
/// The clinic has been here for so long.
const YEARS: u64 = 8;

/// Of a hundred people so many speak it.
const LANGUAGES: [(Locale, usize); 4] = [(Locale::Hu, 52), (Locale::En, 20), (Locale::Ru, 16), (Locale::Fa, 12)];

/// A patient with what lies in their pocket.
pub struct Person {
    pub patient: Patient,
    pub contacts: Vec<ContactPoint>,
}

/// What has been drawn about somebody before there is a card.
struct Drawn {
    number: usize,
    locale: Locale,
    sex: Sex,
    born_on: Date,
    family: String,
    guardian: Option<PatientId>,
}

/// `count` people in the order in which they came to the clinic, the last of them a month before `now`.
pub fn people(premises: &Premises, count: usize, now: Timestamp, chance: &mut Chance) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::with_capacity(count);
    let first = now - DAY * u32::try_from(YEARS * 365).expect("some thousand days");
    let apart = Duration::from_secs((YEARS * 365 - 30) * 86_400 / count.max(1) as u64);
    for number in 0..count {
        let came_at = first + apart * u32::try_from(number).expect("a clinic has fewer patients");
        let child_of = if chance.percent(11) { parent_among(&people, came_at, chance) } else { None };
        let drawn = draw(number, child_of.map(|index| &people[index].patient), came_at, chance);
        people.push(person(premises, &drawn, came_at, chance));
    }
    people
}

/// Somebody who can speak for a child.
fn parent_among(people: &[Person], now: Timestamp, chance: &mut Chance) -> Option<usize> {
    let recent = people.len().saturating_sub(60);
    let index = recent + chance.below(people.len() - recent);
    let today = now.date(&zone());
    people.get(index).filter(|person| person.patient.age(today).is_some_and(|age| (26..50).contains(&age))).map(|_| index)
}

fn draw(number: usize, parent: Option<&Patient>, now: Timestamp, chance: &mut Chance) -> Drawn {
    let sex = if chance.percent(53) { Sex::Woman } else { Sex::Man };
    let year = now.date(&zone()).year();
    let locale = parent.map_or_else(|| language(chance), |parent| parent.locale);
    let age = match parent {
        Some(_) => 3 + chance.below(6),
        // two draws make the middle of life the most frequent
        None => 19 + usize::midpoint(chance.below(62), chance.below(62)),
    };
    let age = i16::try_from(age).expect("nobody is that old");
    let born_on = Date::constant(
        year - age,
        1 + i8::try_from(chance.below(12)).expect("a month"),
        1 + i8::try_from(chance.below(28)).expect("a day"),
    );
    let family = match parent {
        Some(parent) => stem(parent.name.family(), locale).to_owned(),
        None => chance.pick(&Speech::of(locale).families).clone(),
    };
    Drawn { number, locale, sex, born_on, family, guardian: parent.map(|parent| parent.id) }
}

/// The form of a family name from which both others are made.
fn stem(family: &str, locale: Locale) -> &str {
    match locale {
        Locale::Ru => family.strip_suffix('а').unwrap_or(family),
        Locale::En | Locale::Hu | Locale::Fa => family,
    }
}

fn language(chance: &mut Chance) -> Locale {
    let mut place = chance.below(100);
    for (locale, share) in LANGUAGES {
        if place < share {
            return locale;
        }
        place -= share;
    }
    Locale::Hu
}

fn person(premises: &Premises, drawn: &Drawn, now: Timestamp, chance: &mut Chance) -> Person {
    let given = chance.pick(Speech::of(drawn.locale).given(drawn.sex));
    let name = PersonName::new(given, &family_for(&drawn.family, drawn.locale, drawn.sex)).expect("names of the files of speech");
    let standing = match chance.below(1_000) {
        0..4 => Standing::Deceased,
        4..8 => Standing::Refused,
        _ => Standing::Patient,
    };
    let card = NewPatient {
        born_on: Some(drawn.born_on),
        guardian: drawn.guardian,
        bots: if chance.percent(1) { Bots::NoBots } else { Bots::Welcome },
        standing: if drawn.guardian.is_some() { Standing::Patient } else { standing },
        ..NewPatient::named(premises.clinic.id, name, drawn.locale)
    };
    let (patient, _) = Patient::new(card, PatientId::new(now, chance), now).expect("a card as a receptionist would fill it in");
    let contacts = if patient.guardian.is_some() { Vec::new() } else { contacts(&patient, drawn, chance) };
    Person { patient, contacts }
}

/// Everybody has a telephone, most the messenger, some an e-mail address.
fn contacts(patient: &Patient, drawn: &Drawn, chance: &mut Chance) -> Vec<ContactPoint> {
    let mut contacts = Vec::with_capacity(3);
    let mut add = |address: Address, sureness: Sureness, chance: &mut Chance| {
        let id = ContactPointId::new(patient.created_at, chance);
        contacts.push(ContactPoint::new(id, patient.id, address, sureness, patient.created_at).0);
    };
    if chance.percent(90) {
        let address = Address::new(Scheme::Sandbox, &handle(drawn.number)).expect("a word and a number");
        add(address, Sureness::Verified, chance);
    }
    let phone = Address::new(Scheme::Tel, &phone(drawn.locale, drawn.number)).expect("digits");
    add(phone, Sureness::Unverified, chance);
    if chance.percent(35) {
        let mail = Address::new(Scheme::Mailto, &format!("patient{:04}@post.example", drawn.number)).expect("an address");
        add(mail, Sureness::Unverified, chance);
    }
    if chance.percent(3) {
        let stopped_at = patient.created_at + DAY * 20;
        for contact in contacts.iter_mut().filter(|contact| contact.channel() == Channel::Sandbox) {
            *contact = contact.clone().opt_out(stopped_at).0;
        }
    }
    contacts
}

/// How the messenger calls a person.
fn handle(number: usize) -> String {
    format!("phone-{number:04}")
}

/// Numbers that Britain keeps for films.
const OF_FILMS: [&str; 5] = ["+447700900", "+441632960", "+442079460", "+441134960", "+441174960"];

/// Numbers that no operator gives to anybody, in the shape of each country.
fn phone(locale: Locale, number: usize) -> String {
    match locale {
        Locale::Hu => format!("+36200{number:06}"),
        Locale::En => format!("{}{:03}", OF_FILMS[number / 1_000 % OF_FILMS.len()], number % 1_000),
        Locale::Ru => format!("+7900000{number:04}"),
        Locale::Fa => format!("+98900000{number:04}"),
    }
}
