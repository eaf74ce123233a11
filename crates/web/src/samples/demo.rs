//! The demo: its bar, the list of telephones, a telephone in the middle of a talk, and one without the messenger.

use kernel::{Chance, PatientId, Timestamp};

use super::{Sample, demo_page, number, plain, sample};
use crate::demo::view::{
    BarPage, BarPiece, Bubble, Key, Messenger, Moving, Phone, PhonePage, PhonePiece, PhoneRow, Phones, PhonesPage, PhonesPiece, Question,
    Side, TalkPiece, WebsitePage,
};
use crate::{DemoBar, Place, Words};

pub fn samples(words: Words) -> Vec<Sample> {
    let page = || demo_page(words, Place::Elsewhere, "demo-phones-title");
    let bar = |moving| BarPiece {
        page: BarPage { words, csrf: "token-of-this-browser".to_owned() },
        demo: DemoBar { now: number(words, "8:30"), running: moving == Moving::ByItself },
        moving,
    };
    vec![
        sample("demo-bar", &bar(Moving::No)),
        sample("demo-bar-runs", &bar(Moving::ByItself)),
        sample("demo-bar-pushed", &bar(Moving::Pushed(40))),
        sample("demo-phones", &PhonesPage { page: page(), phones: phones() }),
        sample("demo-phones-nobody", &PhonesPiece { page: page(), phones: Phones { find: "Zz".to_owned(), rows: Vec::new() } }),
        sample("demo-phone", &PhonePage { page: page(), phone: phone(words) }),
        sample("demo-phone-panel", &PhonePiece { page: page(), phone: phone(words) }),
        sample(
            "demo-phone-without",
            &TalkPiece { page: page(), phone: Phone { messenger: Messenger::HasNone, bubbles: vec![], ..phone(words) } },
        ),
        sample(
            "demo-website",
            &WebsitePage {
                page: plain(words, "demo-website-title"),
                clinic: "Mosoly".to_owned(),
                address: "1052 Budapest".to_owned(),
                account: "acc_1".to_owned(),
            },
        ),
        sample("demo-phone-empty", &TalkPiece { page: page(), phone: Phone { bubbles: vec![], ..phone(words) } }),
    ]
}

fn patient(seed: u64) -> PatientId {
    PatientId::new(Timestamp::from_seconds(1_795_000_000), &mut Chance::from_seed(seed))
}

fn phones() -> Phones {
    let row = |seed, name: &str, initials: &str, question| PhoneRow {
        patient: patient(seed),
        name: name.to_owned(),
        initials: initials.to_owned(),
        preview: "Visszaigazolom <b>".to_owned(),
        question,
    };
    Phones {
        find: String::new(), rows: vec![row(1, "Anna Bell", "AB", Question::Open), row(2, "مریم احمدی", "م‌ا", Question::None)]
    }
}

fn phone(words: Words) -> Phone {
    let bubble = |id: &str, side, text: &str| Bubble {
        id: id.to_owned(),
        side,
        text: text.to_owned(),
        at: number(words, "10:00"),
        keys: Vec::new(),
        files: Vec::new(),
        reaction: String::new(),
    };
    let keys = ["Confirm", "Another time"].iter().enumerate();
    let keys = keys.map(|(place, label)| Key { place, label: (*label).to_owned(), link: None }).collect();
    let link = Key { place: 0, label: "Open".to_owned(), link: Some("https://desk.example/visit/token".to_owned()) };
    Phone {
        patient: patient(1),
        name: "Anna Bell".to_owned(),
        initials: "AB".to_owned(),
        clinic: "Mosoly".to_owned(),
        messenger: Messenger::Has,
        topic: "conversation:cnv_01m817qnm0f7f8kz9b7p9cc3v2".to_owned(),
        bubbles: vec![
            Bubble { keys, ..bubble("msg_1", Side::Clinic, "Hello, Anna!\nA visit is coming up.") },
            bubble("msg_2", Side::Mine, "<script>alert(1)</script>"),
            Bubble { reaction: "👍".to_owned(), files: vec!["visit.ics".to_owned()], ..bubble("msg_3", Side::Clinic, "Thank you.") },
            Bubble { keys: vec![link], ..bubble("msg_4", Side::Clinic, "Your visit:") },
        ],
    }
}
