//! Words of the practice programs: what became of a visit, languages, yes and no.

use kernel::{Locale, search_key};

/// What the clinic's own book says about a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    Booked,
    Confirmed,
    Completed,
    Cancelled,
    NoShow,
}

impl Status {
    pub const ALL: [Self; 5] = [Self::Booked, Self::Confirmed, Self::Completed, Self::Cancelled, Self::NoShow];

    /// The key of its word: the one of the visit's state.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Booked => "visit-state-booked",
            Self::Confirmed => "visit-state-confirmed",
            Self::Completed => "visit-state-completed",
            Self::Cancelled => "visit-state-cancelled",
            Self::NoShow => "visit-state-no-show",
        }
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        find(STATUSES, text)
    }
}

pub(super) fn language(text: &str) -> Option<Locale> {
    find(LANGUAGES, text)
}

pub(super) fn yes_or_no(text: &str) -> Option<Said> {
    find(SAID, text)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Yes,
    No,
}

fn find<T: Copy>(table: &[(T, &[&str])], text: &str) -> Option<T> {
    let wanted = search_key::of(text);
    table.iter().find(|(_, words)| words.iter().any(|word| search_key::of(word) == wanted)).map(|(meaning, _)| *meaning)
}

#[rustfmt::skip]
const STATUSES: &[(Status, &[&str])] = &[
    (Status::Booked, &[
        "booked", "scheduled", "planned", "new", "open", "pending", "unconfirmed", "not confirmed", "requested", "tentative", "active",
        "записан", "записана", "запланирован", "запланирована", "запланировано", "новая", "новый", "ожидает", "ожидается", "не подтвержден", "не подтверждён", "не подтверждена", "назначен", "назначено", "план", "перенесен", "перенесён",
        "foglalt", "foglalva", "előjegyezve", "előjegyzett", "tervezett", "új", "nem megerősített", "függőben", "várakozó", "aktív",
        "رزرو", "رزرو شده", "ثبت شده", "در انتظار", "تایید نشده", "جدید", "نوبت داده شده",
    ]),
    (Status::Confirmed, &[
        "confirmed", "ok", "accepted",
        "подтвержден", "подтверждён", "подтверждена", "подтверждено", "подтвердил", "подтвердила",
        "megerősítve", "megerősített", "visszaigazolt", "visszaigazolva", "igazolt",
        "تایید شده", "تأیید شده", "تایید", "قطعی", "قطعی شده",
    ]),
    (Status::Completed, &[
        "completed", "complete", "done", "finished", "attended", "seen", "fulfilled", "arrived", "checked out", "paid",
        "завершен", "завершён", "завершена", "завершено", "состоялся", "состоялась", "выполнен", "выполнено", "принят", "принята", "пришел", "пришёл", "пришла", "явился", "явилась", "оплачен", "закрыт", "обслужен",
        "megjelent", "kész", "lezárt", "lezárva", "befejezett", "befejezve", "elvégezve", "teljesült", "fizetve",
        "انجام شده", "انجام شد", "مراجعه کرد", "مراجعه کرده", "حاضر", "ویزیت شده", "پذیرش شده", "تمام شده",
    ]),
    (Status::Cancelled, &[
        "cancelled", "canceled", "cancel", "deleted", "cancelled by patient", "cancelled by clinic",
        "отменен", "отменён", "отменена", "отменено", "отмена", "отказ", "отказался", "отказалась", "удален", "удалён", "удалена", "аннулирован",
        "lemondva", "lemondott", "lemondta", "törölve", "törölt", "sztornó", "visszamondta", "visszamondva",
        "لغو شده", "لغو شد", "لغو", "کنسل", "کنسل شده", "کنسلی", "حذف شده",
    ]),
    (Status::NoShow, &[
        "no-show", "no show", "noshow", "missed", "did not attend", "dna", "failed to attend", "broken",
        "неявка", "не явился", "не явилась", "не пришел", "не пришёл", "не пришла", "пропущен", "пропуск", "не состоялся",
        "nem jelent meg", "nem jött el", "nem jött", "elmaradt", "távol maradt", "nem megjelent",
        "عدم مراجعه", "مراجعه نکرد", "مراجعه نکرده", "غیبت", "غایب", "نیامد", "نیامده",
    ]),
];

#[rustfmt::skip]
const LANGUAGES: &[(Locale, &[&str])] = &[
    (Locale::En, &["en", "eng", "english", "английский", "angol", "انگلیسی", "en-us", "en-gb"]),
    (Locale::Ru, &["ru", "rus", "russian", "русский", "рус", "orosz", "روسی", "ru-ru"]),
    (Locale::Hu, &["hu", "hun", "hungarian", "венгерский", "magyar", "مجاری", "hu-hu"]),
    (Locale::Fa, &["fa", "per", "fas", "persian", "farsi", "персидский", "фарси", "perzsa", "فارسی", "fa-ir"]),
];

#[rustfmt::skip]
const SAID: &[(Said, &[&str])] = &[
    (Said::Yes, &["yes", "y", "true", "1", "x", "да", "д", "igen", "i", "بله", "بلی", "آری"]),
    (Said::No, &["no", "n", "false", "0", "нет", "н", "nem", "خیر", "نه"]),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_word_reads_as_what_it_means_and_as_nothing_else() {
        let mut seen = BTreeSet::new();
        for (status, words) in STATUSES {
            for word in *words {
                assert_eq!(Status::read(word), Some(*status), "{word}");
                assert_eq!(Status::read(&format!(" {} ", word.to_uppercase())), Some(*status), "{word}");
                seen.insert(search_key::of(word));
            }
        }
        assert!(seen.len() > 100);
        for (locale, words) in LANGUAGES {
            assert!(words.iter().all(|word| language(word) == Some(*locale)));
        }
        for word in ["", "maybe", "возможно", "talán", "شاید", "???"] {
            assert_eq!(Status::read(word), None, "{word}");
        }
        assert_eq!((yes_or_no("Да"), yes_or_no("nem"), yes_or_no("?")), (Some(Said::Yes), Some(Said::No), None));
    }
}
