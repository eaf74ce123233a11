//! What holds for every text that comes with the program, in all four languages.

use kernel::{Chance, ClinicId, Hours, Locale, PersonName, QuietHours, Timestamp, Zone};

use super::*;
use crate::clinics::Clinic;

const BUTTONS: [&str; 18] = [
    "button-confirm",
    "button-another-time",
    "button-cancel",
    "button-person",
    "button-more",
    "button-late",
    "button-late-5",
    "button-late-10",
    "button-late-15",
    "button-late-30",
    "button-keep",
    "button-new-date",
    "button-share-contact",
    "button-reason-unwell",
    "button-reason-no-time",
    "button-reason-cost",
    "button-reason-elsewhere",
    "button-reason-other",
];

/// Whoever reads a text has just been failed by a machine; a telephone is no answer.
const ASKS_TO_TELEPHONE: [&str; 22] = [
    "call us",
    "phone us",
    "ring us",
    "give us a call",
    "by phone",
    "telephone",
    "звон",
    "телефону",
    "наш телефон",
    "hívjon",
    "hívja",
    "hívás",
    "hívjanak",
    "telefonál",
    "telefonon",
    "telefonszám",
    "تماس بگیرید",
    "تماس حاصل",
    "زنگ بزنید",
    "تلفن کنید",
    "تلفن بزنید",
    "تلفنی",
];

fn every_key() -> Vec<String> {
    let texts = SHIPPED.iter().flat_map(|shipped| [shipped.key.to_owned(), shipped.subject()]);
    texts.chain(BUTTONS.map(str::to_owned)).collect()
}

fn shipped_source(key: &str) -> TextSource {
    let by_language = Locale::ALL.into_iter().filter_map(|locale| Some((locale, phrasebook::source_of(key, locale)?))).collect();
    TextSource { key: key.to_owned(), by_language }
}

fn clinic() -> Clinic {
    Clinic {
        id: ClinicId::new(monday(), &mut Chance::from_seed(7)),
        name: "Smile".to_owned(),
        zone: Zone::named("Europe/Budapest").unwrap(),
        locale: Locale::Hu,
        address: "Petőfi utca 12".to_owned(),
        map_url: Some("https://maps.example/12".to_owned()),
        region: "HU".to_owned(),
        hours: Hours::default(),
        exceptions: [].into(),
        quiet_hours: QuietHours { from: jiff::civil::time(21, 0, 0, 0), until: jiff::civil::time(8, 0, 0, 0) },
        daily_cap: 1,
        public_url: None,
    }
}

/// Monday 23 November 2026, 09:00 in Budapest.
fn monday() -> Timestamp {
    Timestamp::from_seconds(1_795_420_800)
}

fn anna() -> PersonName {
    PersonName::new("Anna", "Nagy").unwrap()
}

fn full_filling() -> Filling {
    Filling::of(&clinic())
        .patient(&anna())
        .visitor(&PersonName::new("Mira", "Nagy").unwrap())
        .provider("Dr Gromov")
        .visit_at(monday())
        .visit_url("https://desk.example/v/abc")
        .preparation("Eat lightly.\nBring your list of medicines.")
        .slots(vec![
            SlotLine { starts_at: monday(), provider: Some("Dr Gromov".to_owned()) },
            SlotLine { starts_at: Timestamp::from_seconds(1_795_510_800), provider: None },
        ])
        .visits(vec![VisitLine { starts_at: monday(), visitor: anna(), provider: Some("Dr Gromov".to_owned()) }])
        .minutes(10)
        .opening(monday())
}

#[test]
fn every_shipped_text_passes_the_check_of_clinics_own_texts() {
    for key in every_key() {
        let allowed = may_name(&key).expect("every shipped key has its list");
        let checked = check(&shipped_source(&key), allowed, Sensitivity::Open);
        assert!(checked.is_ok(), "{key}: {:?}", checked.unwrap_err());
    }
}

#[test]
fn no_text_asks_to_telephone() {
    // whoever has asked to be rung up, or has called, is told that the clinic will ring
    let rings = ["callback-noted", "missed-call-sorry", "missed-call-closed"];
    for key in every_key().into_iter().filter(|key| !rings.iter().any(|known| key.ends_with(known))) {
        for (locale, source) in shipped_source(&key).by_language {
            let source = source.to_lowercase();
            let found = ASKS_TO_TELEPHONE.iter().find(|phrase| source.contains(*phrase));
            assert_eq!(found, None, "{locale}: {key}");
        }
    }
}

#[test]
fn every_text_can_be_said_with_everything_known_and_with_as_little_as_there_may_be() {
    let mut bare = clinic();
    (bare.address, bare.map_url) = (String::new(), None);
    let slots = vec![SlotLine { starts_at: monday(), provider: None }];
    let visits = vec![VisitLine { starts_at: monday(), visitor: anna(), provider: None }];
    let least = Filling::of(&bare).visit_at(monday()).preparation("Eat lightly.").slots(slots).visits(visits).minutes(1);
    for key in every_key() {
        for locale in Locale::ALL {
            for filling in [&full_filling(), &least] {
                let said = render(&key, locale, filling, &Overrides::default()).unwrap();
                assert!(!said.contains(['{', '}', '$', '⟨', filling::NOTHING]), "{locale} {key}: {said}");
                assert!(said.lines().all(|line| !line.trim().is_empty()), "{locale} {key}: {said}");
            }
        }
    }
}

#[test]
fn no_text_takes_more_than_six_parts_as_an_sms() {
    for shipped in SHIPPED {
        for locale in Locale::ALL {
            let said = render(shipped.key, locale, &full_filling(), &Overrides::default()).unwrap();
            let parts = segments(&said).parts;
            assert!(parts <= 6, "{locale} {}: {parts} parts", shipped.key);
        }
    }
}

#[test]
fn an_english_reminder_keeps_the_cheap_alphabet() {
    let said = render("visit-reminder-soon", Locale::En, &full_filling(), &Overrides::default()).unwrap();
    assert_eq!(segments(&said.replace('ő', "o")).encoding, Encoding::Gsm7, "{said}");
}

#[test]
fn the_reminder_reads_as_a_clinic_would_write_it() {
    let said = Locale::ALL.map(|locale| render("visit-reminder-ask", locale, &full_filling(), &Overrides::default()).unwrap());
    insta::assert_snapshot!(said.join("\n\n"));
}

#[test]
fn the_offer_lists_its_times_by_number() {
    let said = Locale::ALL.map(|locale| render("visit-reminder-slots", locale, &full_filling(), &Overrides::default()).unwrap());
    insta::assert_snapshot!(said.join("\n\n"));
}

#[test]
fn a_line_that_has_nothing_to_say_is_left_out_whole() {
    let filling = Filling::of(&clinic()).visit_at(monday());
    let said = render("visit-reminder-thanks", Locale::En, &filling, &Overrides::default()).unwrap();
    assert_eq!(said, "Thank you, it is confirmed: Monday, 23 November, 09:00.\nSee you at Smile!");
}

#[test]
fn a_text_without_a_value_that_it_needs_is_not_said() {
    let unsaid = render("booked-details", Locale::En, &Filling::of(&clinic()), &Overrides::default()).unwrap_err();
    assert_eq!((unsaid.key.as_str(), unsaid.locale), ("booked-details", Locale::En));
    assert!(render("nobody-wrote-this", Locale::En, &full_filling(), &Overrides::default()).is_err());
}

#[test]
fn a_clinics_own_wording_is_said_in_place_of_the_shipped_one() {
    let own = |source: &str| TextSource {
        key: "visit-reminder-thanks".to_owned(),
        by_language: Locale::ALL.map(|locale| (locale, source.to_owned())).into(),
    };
    let (overrides, left_out) = Overrides::read(vec![own("Splendid, { $patient_name }!\n\nUntil { $date_time }.")]);
    assert!(left_out.is_empty());
    let said = render("visit-reminder-thanks", Locale::En, &full_filling(), &overrides).unwrap();
    assert_eq!(said, "Splendid, Anna!\n\nUntil Monday, 23 November, 09:00.");

    let (overrides, left_out) = Overrides::read(vec![own("Your { $service } is confirmed")]);
    assert_eq!(left_out.len(), 1);
    let said = render("visit-reminder-thanks", Locale::En, &full_filling(), &overrides).unwrap();
    assert!(said.starts_with("Thank you"), "{said}");
}

#[test]
fn a_patient_called_like_a_placeholder_is_greeted_by_that_name() {
    let filling = full_filling().patient(&PersonName::new("{ $service }", "").unwrap());
    let said = render("contact-linked", Locale::En, &filling, &Overrides::default()).unwrap();
    assert!(said.starts_with("Thank you, { $service }!"), "{said}");
}

#[test]
fn a_latin_name_in_a_persian_text_stands_between_fences_and_links_stay_bare() {
    let said = render("booked-details", Locale::Fa, &full_filling(), &Overrides::default()).unwrap();
    assert!(said.contains("\u{2068}Anna Nagy\u{2069}"), "{said}");
    assert!(said.contains(" https://desk.example/v/abc"), "{said}");
    let subject = render("subject-handed-over", Locale::Fa, &full_filling(), &Overrides::default()).unwrap();
    assert!(!subject.contains('\u{2068}'), "{subject}");
}
