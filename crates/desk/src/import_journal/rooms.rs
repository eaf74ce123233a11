//! Who treats, where, and what: names of a file that are found among what the clinic has, or made.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use kernel::{ChairId, ClinicId, Refusal, ServiceId, StaffId, search_key};
use store::Tx;

use clinic::services::{Chair, Offered, Service};
use clinic::staff::{Employed, Provides, Role, StaffMember};
use clinic::texts::Phrasebook;

use crate::bot::facts;
use crate::import::{Imported, ImportedRow, NameOrder, split_name};
use crate::{Act, ActError};

/// What a file that does not say how long its visits take is read with.
const USUAL_MINUTES: u32 = 30;

/// Words before a name that say what somebody is, not who.
const TITLES: [&str; 16] = [
    "dr",
    "drs",
    "doctor",
    "dds",
    "dmd",
    "prof",
    "professor",
    "др",
    "доктор",
    "врач",
    "проф",
    "стоматолог",
    "دکتر",
    "دندانپزشک",
    "fogorvos",
    "med",
];

/// Names that the clinic does not have yet, as they stand in the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewNames {
    pub providers: Vec<String>,
    pub chairs: Vec<String>,
    pub services: Vec<String>,
}

/// Every name in a file, and how long visits of each service take.
#[derive(Default)]
pub(super) struct Named {
    providers: BTreeSet<String>,
    chairs: BTreeSet<String>,
    /// By name: minutes, and how many visits take them.
    services: BTreeMap<String, BTreeMap<u32, usize>>,
    without_service: BTreeMap<u32, usize>,
}

impl Named {
    pub fn note(&mut self, row: &ImportedRow) {
        let Imported::Visit(visit) = &row.what else { return };
        self.providers.extend(visit.provider.clone());
        self.chairs.extend(visit.chair.clone());
        let minutes =
            visit.ends_at.map(|ends_at| ends_at.since(visit.starts_at)).and_then(|lasts| u32::try_from(lasts.as_secs() / 60).ok());
        let lengths = match &visit.service {
            Some(service) => self.services.entry(service.clone()).or_default(),
            None => &mut self.without_service,
        };
        *lengths.entry(minutes.unwrap_or(USUAL_MINUTES)).or_default() += 1;
    }
}

/// What the clinic has.
pub(super) struct Known {
    staff: Vec<StaffMember>,
    chairs: Vec<Chair>,
    services: Vec<Service>,
    /// What a visit without a service is called in the clinic's language.
    unnamed: String,
}

impl Known {
    pub fn of(tx: &mut Tx<'_>, clinic: ClinicId) -> Result<Self, ActError> {
        let locale = facts::clinic(tx, clinic)?.locale;
        let treats =
            |member: &StaffMember| member.clinic == clinic && member.provides == Provides::Treatment && member.employed == Employed::Yes;
        Ok(Self {
            staff: store::staff::all(tx)?.into_iter().filter(treats).collect(),
            chairs: store::clinics::chairs(tx, clinic)?,
            services: store::clinics::services(tx, clinic)?,
            unnamed: Phrasebook::of(locale).say("import-service-unnamed", &[]),
        })
    }

    /// Who treats. Where the file does not say it, the only one who can.
    pub fn provider(&self, name: Option<&str>) -> Result<StaffId, Refusal> {
        let found: Vec<&StaffMember> = match name {
            Some(name) => {
                let found: Vec<_> = self.staff.iter().filter(|member| is_called(member, name)).collect();
                let exact: Vec<_> = found.iter().copied().filter(|member| same_words(member, name)).collect();
                if exact.len() == 1 { exact } else { found }
            }
            None => self.staff.iter().collect(),
        };
        match (&found[..], name) {
            ([only], _) => Ok(only.id),
            ([], _) | (_, None) => Err(Refusal::new("import.provider-missing")),
            (_, Some(_)) => Err(Refusal::new("import.provider-unclear")),
        }
    }

    pub fn chair(&self, name: &str) -> Option<ChairId> {
        let key = search_key::of(name);
        self.chairs.iter().find(|chair| search_key::of(&chair.name) == key).map(|chair| chair.id)
    }

    pub fn service(&self, name: Option<&str>) -> Option<&Service> {
        let key = search_key::of(name.unwrap_or(&self.unnamed));
        self.services.iter().find(|service| search_key::of(&service.name) == key)
    }

    pub fn missing(&self, names: &Named) -> NewNames {
        let unnamed = (!names.without_service.is_empty() && self.service(None).is_none()).then(|| self.unnamed.clone());
        let services = names.services.keys().filter(|name| self.service(Some(name)).is_none()).cloned();
        let mut missing = NewNames {
            providers: names.providers.iter().filter(|name| !self.staff.iter().any(|member| is_called(member, name))).cloned().collect(),
            chairs: names.chairs.iter().filter(|name| self.chair(name).is_none()).cloned().collect(),
            services: services.chain(unnamed).collect(),
        };
        // One name in two spellings is one name.
        for list in [&mut missing.chairs, &mut missing.services] {
            let mut keys = BTreeSet::new();
            list.retain(|name| keys.insert(search_key::of(name)));
        }
        missing.providers = fullest(missing.providers);
        missing
    }
}

/// Makes what is missing, and gives back all that the clinic has now.
pub(super) fn furnish(act: &mut Act<'_, '_>, id: ClinicId, names: &Named, order: NameOrder) -> Result<(Known, NewNames), ActError> {
    let clinic = facts::clinic(act.tx, id)?;
    let known = Known::of(act.tx, id)?;
    let mut made = known.missing(names);
    let mut nameless = BTreeSet::new();
    for written in &made.providers {
        let plain: Vec<&str> = written.split_whitespace().filter(|word| !is_title(word)).collect();
        let Ok(name) = split_name(&plain.join(" "), order) else {
            nameless.insert(written.clone());
            continue;
        };
        let member = StaffMember {
            id: StaffId::new(act.now, &mut act.chance),
            clinic: id,
            name,
            title: written.clone(),
            role: Role::Clinician,
            locale: clinic.locale,
            email: None,
            shifts: clinic.hours.clone(),
            provides: Provides::Treatment,
            employed: Employed::Yes,
        };
        store::staff::save(act.tx, &member)?;
    }
    // A name of titles alone is nobody; its rows say so.
    made.providers.retain(|name| !nameless.contains(name));
    for name in &made.chairs {
        store::clinics::save_chair(act.tx, &Chair { id: ChairId::new(act.now, &mut act.chance), clinic: id, name: name.clone() })?;
    }
    for name in &made.services {
        let lengths = names.services.get(name).unwrap_or(&names.without_service);
        let minutes = lengths.iter().max_by_key(|(_, visits)| **visits).map_or(USUAL_MINUTES, |(minutes, _)| *minutes);
        let service = Service {
            id: ServiceId::new(act.now, &mut act.chance),
            clinic: id,
            name: name.clone(),
            minutes,
            buffer_minutes: 0,
            providers: Vec::new(),
            chairs: Vec::new(),
            preparation: String::new(),
            offered: Offered::Yes,
        };
        store::clinics::save_service(act.tx, &service)?;
    }
    Ok((Known::of(act.tx, id)?, made))
}

/// How long a visit of this service takes.
pub(super) fn length_of(service: &Service) -> Duration {
    Duration::from_mins(u64::from(service.minutes))
}

fn is_title(word: &str) -> bool {
    let word = search_key::of(word);
    TITLES.contains(&word.as_str())
}

fn words_of(name: &str) -> Vec<String> {
    let mut words = search_key::words(name);
    words.retain(|word| !TITLES.contains(&word.as_str()));
    words.sort();
    words
}

fn words_of_member(member: &StaffMember) -> Vec<String> {
    words_of(&format!("{} {}", member.name.given(), member.name.family()))
}

fn same_words(member: &StaffMember, name: &str) -> bool {
    words_of_member(member) == words_of(name)
}

/// `Громов А. С.` is called Громов Андрей Сергеевич.
fn is_called(member: &StaffMember, name: &str) -> bool {
    names_one(&words_of_member(member), &words_of(name))
}

/// Each word is one of theirs or the first letter of one, and at least one is whole.
fn names_one(theirs: &[String], written: &[String]) -> bool {
    let initial = |one: &str, other: &str| one.chars().count() == 1 && other.starts_with(one);
    let fits = |word: &String| theirs.iter().any(|other| word == other || initial(word, other) || initial(other, word));
    let whole = |word: &String| word.chars().count() > 1 && theirs.contains(word);
    written.iter().any(whole) && written.iter().all(fits)
}

/// Of several spellings of one name the fullest.
fn fullest(mut names: Vec<String>) -> Vec<String> {
    names.sort_by_key(|name| std::cmp::Reverse(words_of(name).concat().chars().count()));
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        if !kept.iter().any(|fuller| names_one(&words_of(fuller), &words_of(&name))) {
            kept.push(name);
        }
    }
    kept.sort();
    kept
}

#[cfg(test)]
mod tests {
    use kernel::{Chance, Locale, PersonName, Timestamp};

    use super::*;

    fn member(given: &str, family: &str) -> StaffMember {
        let (now, mut chance) = (Timestamp::from_millis(0), Chance::from_seed(1));
        StaffMember {
            id: StaffId::new(now, &mut chance),
            clinic: ClinicId::new(now, &mut chance),
            name: PersonName::new(given, family).unwrap(),
            title: format!("Dr {family}"),
            role: Role::Clinician,
            locale: Locale::En,
            email: None,
            shifts: "mon-fri 09:00-18:00".parse().unwrap(),
            provides: Provides::Treatment,
            employed: Employed::Yes,
        }
    }

    #[test]
    fn a_new_name_in_several_spellings_is_one_person() {
        let names = ["Громов", "Белова М.", "Громов Андрей Сергеевич", "Др. Громов А. С.", "Белова М. И."].map(str::to_owned).to_vec();
        assert_eq!(fullest(names), ["Белова М. И.", "Громов Андрей Сергеевич"]);
    }

    #[test]
    fn a_provider_is_recognised_by_name_initials_and_title() {
        let gromov = member("Андрей Сергеевич", "Громов");
        for name in ["Громов", "Громов А. С.", "А.С. Громов", "Др. Громов", "ГРОМОВ АНДРЕЙ", "Громов Андрей Сергеевич", "врач Громов А."]
        {
            assert!(is_called(&gromov, name), "{name}");
        }
        for name in ["Громова А. С.", "Громов Б.", "А. С.", "Андреев", "", "Др."] {
            assert!(!is_called(&gromov, name), "{name}");
        }
        assert!(is_called(&member("А. С.", "Громов"), "Громов Андрей Сергеевич"));
        assert!(is_called(&member("Máté", "Gróf"), "Dr. Gróf Máté"));
        assert!(is_called(&member("نیلوفر", "رضوان"), "دکتر نيلوفر رضوان"));
    }
}
