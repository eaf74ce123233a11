//! What a column of an export can hold, and how practice programs call it in the four languages.

use std::sync::LazyLock;

use kernel::{Locale, search_key};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    PatientKey,
    Family,
    Given,
    FullName,
    Phone,
    Email,
    BornOn,
    Language,
    GuardianName,
    GuardianPhone,
    Marketing,
    VisitKey,
    Start,
    Date,
    Time,
    End,
    Minutes,
    Provider,
    Chair,
    Service,
    Status,
    Note,
}

impl Field {
    pub const ALL: [Self; 22] = [
        Self::PatientKey,
        Self::Family,
        Self::Given,
        Self::FullName,
        Self::Phone,
        Self::Email,
        Self::BornOn,
        Self::Language,
        Self::GuardianName,
        Self::GuardianPhone,
        Self::Marketing,
        Self::VisitKey,
        Self::Start,
        Self::Date,
        Self::Time,
        Self::End,
        Self::Minutes,
        Self::Provider,
        Self::Chair,
        Self::Service,
        Self::Status,
        Self::Note,
    ];

    /// As it is written on the command line: `--map phone=Telefon`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PatientKey => "patient-id",
            Self::Family => "family",
            Self::Given => "given",
            Self::FullName => "name",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::BornOn => "born",
            Self::Language => "language",
            Self::GuardianName => "guardian",
            Self::GuardianPhone => "guardian-phone",
            Self::Marketing => "marketing",
            Self::VisitKey => "visit-id",
            Self::Start => "start",
            Self::Date => "date",
            Self::Time => "time",
            Self::End => "end",
            Self::Minutes => "minutes",
            Self::Provider => "provider",
            Self::Chair => "chair",
            Self::Service => "service",
            Self::Status => "status",
            Self::Note => "note",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// The key of its word.
    pub fn key(self) -> String {
        format!("import-field-{}", self.name())
    }
}

/// A header that stands in the tables below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    pub field: Field,
    pub locale: Locale,
}

/// The tables below as the words that are compared.
static HEADERS: LazyLock<Vec<(Vec<String>, Known)>> = LazyLock::new(|| {
    let rows = SYNONYMS.iter().flat_map(|(field, locale, headers)| headers.iter().map(|header| (*field, *locale, *header)));
    rows.map(|(field, locale, header)| (words_of(header), Known { field, locale })).collect()
});

/// The field whose header this is, word for word.
pub(super) fn known(header: &str) -> Option<Known> {
    let wanted = words_of(header);
    HEADERS.iter().find(|(words, _)| *words == wanted).map(|(_, known)| *known)
}

/// The field whose header stands inside this one: the longest that does.
pub(super) fn contained(header: &str) -> Option<Known> {
    let header = words_of(header);
    let length = |words: &[String]| words.iter().map(|word| word.chars().count()).sum::<usize>();
    let inside =
        HEADERS.iter().filter(|(words, _)| length(words) >= SHORTEST_INSIDE && header.windows(words.len()).any(|part| part == words));
    inside.max_by_key(|(words, _)| length(words)).map(|(_, known)| *known)
}

/// Shorter words, such as `id` or `от`, stand in too many headers to mean anything.
const SHORTEST_INSIDE: usize = 4;

/// What a bare 'No.' or 'ID' means depends on the table: of a visit in a journal, of a patient in a list.
pub(super) fn is_bare_number(header: &str) -> bool {
    let wanted = words_of(header).join(" ");
    BARE_NUMBERS.iter().any(|word| words_of(word).join(" ") == wanted)
}

const BARE_NUMBERS: &[&str] =
    &["id", "no", "nr", "number", "code", "key", "n", "п п", "код", "номер", "ид", "sorszám", "azonosító", "kód", "شناسه", "کد", "شماره"];

fn words_of(header: &str) -> Vec<String> {
    // `PatientName` and `patient_name` are two words, as `Patient name` is.
    let mut spaced = String::with_capacity(header.len() + 4);
    let mut before = ' ';
    for c in header.replace('№', " n ").replace('\u{200c}', " ").chars() {
        if c.is_uppercase() && before.is_lowercase() {
            spaced.push(' ');
        }
        spaced.push(c);
        before = c;
    }
    search_key::words(&spaced)
}

type Row = (Field, Locale, &'static [&'static str]);

#[rustfmt::skip]
const SYNONYMS: &[Row] = &[
    (Field::PatientKey, Locale::En, &["patient id", "patient no", "patient number", "chart no", "chart number", "file no", "card no", "patient code", "pat id", "patnum", "pat num", "mrn"]),
    (Field::PatientKey, Locale::Ru, &["id пациента", "№ карты", "номер карты", "карта", "№ амбулаторной карты", "код пациента", "номер пациента", "ид пациента", "№ медкарты", "медкарта", "id клиента", "код клиента"]),
    (Field::PatientKey, Locale::Hu, &["páciens azonosító", "páciensazonosító", "páciens id", "beteg azonosító", "betegazonosító", "kartonszám", "karton", "törzsszám", "páciens kód", "páciens száma", "ügyfélkód"]),
    (Field::PatientKey, Locale::Fa, &["شماره پرونده", "کد پرونده", "پرونده", "کد بیمار", "شماره بیمار", "شناسه بیمار", "کد مراجع"]),

    (Field::Family, Locale::En, &["family", "family name", "last name", "surname", "lastname", "lname"]),
    (Field::Family, Locale::Ru, &["фамилия", "фамилия пациента"]),
    (Field::Family, Locale::Hu, &["vezetéknév", "családnév", "családi név", "vezetéknevek"]),
    (Field::Family, Locale::Fa, &["نام خانوادگی", "فامیلی", "فامیل", "نام خانوادگی بیمار"]),

    (Field::Given, Locale::En, &["given", "given name", "first name", "firstname", "forename", "fname"]),
    (Field::Given, Locale::Ru, &["имя", "имя отчество", "имя и отчество", "имя пациента"]),
    (Field::Given, Locale::Hu, &["keresztnév", "utónév", "keresztnevek"]),
    (Field::Given, Locale::Fa, &["نام کوچک", "نام بیمار"]),

    (Field::FullName, Locale::En, &["name", "patient", "patient name", "full name", "client", "client name", "fn", "summary"]),
    (Field::FullName, Locale::Ru, &["фио", "ф.и.о.", "пациент", "фио пациента", "ф.и.о. пациента", "клиент", "фио клиента", "фамилия имя отчество"]),
    (Field::FullName, Locale::Hu, &["név", "páciens", "páciens neve", "páciensnév", "beteg", "beteg neve", "ügyfél", "ügyfél neve", "teljes név"]),
    (Field::FullName, Locale::Fa, &["نام", "نام و نام خانوادگی", "نام کامل", "بیمار", "مراجع", "مراجعه‌کننده", "نام مراجع"]),

    (Field::Phone, Locale::En, &["phone", "phone number", "mobile", "mobile phone", "cell", "cell phone", "telephone", "tel", "contact number", "wireless phone", "patient phone"]),
    (Field::Phone, Locale::Ru, &["телефон", "номер телефона", "мобильный", "мобильный телефон", "сотовый", "сотовый телефон", "моб", "моб. телефон", "тел", "тел.", "телефон пациента", "контактный телефон"]),
    (Field::Phone, Locale::Hu, &["telefon", "telefonszám", "mobil", "mobiltelefon", "mobilszám", "tel", "telefonszáma", "páciens telefon", "elérhetőség"]),
    (Field::Phone, Locale::Fa, &["تلفن", "شماره تلفن", "موبایل", "شماره موبایل", "تلفن همراه", "شماره همراه", "همراه", "شماره تماس", "تلفن تماس"]),

    (Field::Email, Locale::En, &["email", "e-mail", "email address", "e-mail address", "mail"]),
    (Field::Email, Locale::Ru, &["эл. почта", "электронная почта", "почта", "емейл", "имейл", "адрес эл. почты"]),
    (Field::Email, Locale::Hu, &["e-mail cím", "email cím", "emailcím", "drótposta"]),
    (Field::Email, Locale::Fa, &["ایمیل", "پست الکترونیک", "رایانامه"]),

    (Field::BornOn, Locale::En, &["born", "born on", "birth date", "birthdate", "date of birth", "dob", "birthday"]),
    (Field::BornOn, Locale::Ru, &["дата рождения", "день рождения", "д.р.", "др", "родился", "рождение"]),
    (Field::BornOn, Locale::Hu, &["születési dátum", "született", "szül. dátum", "születési idő", "szül. idő", "születésnap", "szül"]),
    (Field::BornOn, Locale::Fa, &["تاریخ تولد", "تولد", "متولد"]),

    (Field::Language, Locale::En, &["language", "lang", "preferred language"]),
    (Field::Language, Locale::Ru, &["язык", "язык общения"]),
    (Field::Language, Locale::Hu, &["nyelv", "beszélt nyelv"]),
    (Field::Language, Locale::Fa, &["زبان"]),

    (Field::GuardianName, Locale::En, &["guardian", "guardian name", "parent", "parent name", "responsible", "responsible party"]),
    (Field::GuardianName, Locale::Ru, &["представитель", "законный представитель", "родитель", "фио родителя", "фио представителя", "опекун"]),
    (Field::GuardianName, Locale::Hu, &["gondviselő", "gondviselő neve", "szülő", "szülő neve", "törvényes képviselő"]),
    (Field::GuardianName, Locale::Fa, &["سرپرست", "نام سرپرست", "ولی", "نام ولی", "والد", "همراه بیمار"]),

    (Field::GuardianPhone, Locale::En, &["guardian phone", "parent phone", "guardian mobile", "parent mobile"]),
    (Field::GuardianPhone, Locale::Ru, &["телефон представителя", "телефон родителя", "тел. родителя", "тел. представителя", "телефон опекуна"]),
    (Field::GuardianPhone, Locale::Hu, &["gondviselő telefon", "gondviselő telefonja", "gondviselő telefonszáma", "szülő telefon", "szülő telefonja", "szülő telefonszáma"]),
    (Field::GuardianPhone, Locale::Fa, &["تلفن سرپرست", "موبایل سرپرست", "تلفن ولی", "موبایل ولی", "شماره سرپرست"]),

    (Field::Marketing, Locale::En, &["marketing", "marketing consent", "consent marketing", "newsletter", "accepts offers", "advertising"]),
    (Field::Marketing, Locale::Ru, &["согласие на рассылку", "рассылка", "реклама", "согласие на рекламу", "акции"]),
    (Field::Marketing, Locale::Hu, &["hírlevél", "marketing hozzájárulás", "reklám", "hozzájárulás hírlevélhez"]),
    (Field::Marketing, Locale::Fa, &["تبلیغات", "پیام تبلیغاتی", "رضایت تبلیغات", "خبرنامه"]),

    (Field::VisitKey, Locale::En, &["visit id", "appointment id", "appointment no", "appointment number", "booking id", "apt num", "aptnum", "uid", "booking number", "visit no"]),
    (Field::VisitKey, Locale::Ru, &["id записи", "№ записи", "номер записи", "код записи", "id визита", "номер визита", "№ визита", "id приема", "номер приема"]),
    (Field::VisitKey, Locale::Hu, &["foglalás azonosító", "foglalás id", "foglalásszám", "foglalási szám", "időpont azonosító", "előjegyzés száma", "előjegyzés azonosító", "vizit azonosító"]),
    (Field::VisitKey, Locale::Fa, &["شماره نوبت", "کد نوبت", "شناسه نوبت", "شماره ویزیت"]),

    (Field::Start, Locale::En, &["start", "starts at", "start time", "starts", "dtstart", "appointment time", "date and time", "date time", "datetime", "appointment date time", "apt date time", "begin", "from"]),
    (Field::Start, Locale::Ru, &["начало", "дата и время", "начало приема", "дата время", "дата и время приема", "время начала", "дата/время", "с"]),
    (Field::Start, Locale::Hu, &["kezdés", "kezdete", "kezdet", "kezdő időpont", "kezdési időpont", "időpont", "időpont kezdete", "dátum és idő", "tól"]),
    (Field::Start, Locale::Fa, &["شروع", "زمان شروع", "تاریخ و ساعت", "آغاز", "زمان نوبت", "ساعت شروع"]),

    (Field::Date, Locale::En, &["date", "appointment date", "visit date", "day"]),
    (Field::Date, Locale::Ru, &["дата", "дата приема", "дата визита", "дата записи", "день"]),
    (Field::Date, Locale::Hu, &["dátum", "nap", "időpont dátuma", "kezelés dátuma", "vizit dátuma", "kelt"]),
    (Field::Date, Locale::Fa, &["تاریخ", "تاریخ نوبت", "تاریخ مراجعه", "روز", "تاریخ ویزیت"]),

    (Field::Time, Locale::En, &["time", "visit time", "hour"]),
    (Field::Time, Locale::Ru, &["время", "время приема", "время визита", "час", "время записи"]),
    (Field::Time, Locale::Hu, &["idő", "óra", "időpont órája"]),
    (Field::Time, Locale::Fa, &["ساعت", "زمان", "ساعت نوبت", "ساعت مراجعه"]),

    (Field::End, Locale::En, &["end", "ends at", "end time", "ends", "dtend", "finish", "until", "to"]),
    (Field::End, Locale::Ru, &["конец", "окончание", "окончание приема", "время окончания", "конец приема", "по", "до"]),
    (Field::End, Locale::Hu, &["vége", "befejezés", "befejezése", "záró időpont", "ig"]),
    (Field::End, Locale::Fa, &["پایان", "زمان پایان", "ساعت پایان", "خاتمه"]),

    (Field::Minutes, Locale::En, &["duration", "minutes", "length", "duration min", "duration minutes", "mins"]),
    (Field::Minutes, Locale::Ru, &["длительность", "продолжительность", "минут", "мин", "длительность мин", "длительность, мин."]),
    (Field::Minutes, Locale::Hu, &["időtartam", "perc", "hossz", "időtartam perc", "hossza", "tartam"]),
    (Field::Minutes, Locale::Fa, &["مدت", "مدت زمان", "دقیقه", "مدت دقیقه", "طول نوبت"]),

    (Field::Provider, Locale::En, &["provider", "dentist", "doctor", "practitioner", "clinician", "dr", "prov", "staff", "therapist", "organizer"]),
    (Field::Provider, Locale::Ru, &["врач", "доктор", "фио врача", "специалист", "сотрудник", "лечащий врач", "исполнитель"]),
    (Field::Provider, Locale::Hu, &["orvos", "fogorvos", "kezelőorvos", "kezelő", "kezelő orvos", "orvos neve", "munkatárs", "szakember"]),
    (Field::Provider, Locale::Fa, &["پزشک", "دندانپزشک", "دکتر", "نام پزشک", "پزشک معالج", "درمانگر"]),

    (Field::Chair, Locale::En, &["chair", "room", "operatory", "op", "surgery", "location", "resource"]),
    (Field::Chair, Locale::Ru, &["кресло", "кабинет", "каб", "каб.", "помещение", "ресурс"]),
    (Field::Chair, Locale::Hu, &["szék", "rendelő", "kezelő szék", "kezelőszék", "helyiség", "szoba"]),
    (Field::Chair, Locale::Fa, &["یونیت", "صندلی", "اتاق", "شماره یونیت"]),

    (Field::Service, Locale::En, &["service", "procedure", "treatment", "reason", "appointment type", "type", "proc descript"]),
    (Field::Service, Locale::Ru, &["услуга", "вид приема", "процедура", "тип приема", "цель визита", "услуги", "причина", "причина обращения"]),
    (Field::Service, Locale::Hu, &["kezelés", "szolgáltatás", "beavatkozás", "kezelés típusa", "vizit típusa", "ellátás", "tervezett kezelés"]),
    (Field::Service, Locale::Fa, &["خدمت", "خدمات", "نوع خدمت", "درمان", "نوع درمان", "نوع ویزیت", "علت مراجعه"]),

    (Field::Status, Locale::En, &["status", "state", "appointment status", "apt status"]),
    (Field::Status, Locale::Ru, &["статус", "состояние", "статус записи", "статус визита", "статус приема"]),
    (Field::Status, Locale::Hu, &["státusz", "állapot", "státus", "foglalás állapota"]),
    (Field::Status, Locale::Fa, &["وضعیت", "وضعیت نوبت", "حالت"]),

    (Field::Note, Locale::En, &["note", "notes", "comment", "comments", "remark", "remarks", "description"]),
    (Field::Note, Locale::Ru, &["примечание", "комментарий", "заметка", "заметки", "примечания", "комментарии"]),
    (Field::Note, Locale::Hu, &["megjegyzés", "jegyzet", "komment", "megjegyzések", "leírás"]),
    (Field::Note, Locale::Fa, &["توضیحات", "یادداشت", "ملاحظات", "توضیح"]),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_header_means_two_things() {
        let mut seen = BTreeSet::new();
        for (field, locale, words) in SYNONYMS {
            for word in *words {
                let key = words_of(word).join(" ");
                assert!(!key.is_empty(), "{word}");
                assert!(seen.insert((key.clone(), field.name())) || *locale != Locale::En, "{word} twice for {field:?}");
            }
        }
        let words: BTreeSet<_> = seen.iter().map(|(key, _)| key).collect();
        let twice: Vec<_> = words.into_iter().filter(|word| seen.iter().filter(|(key, _)| key == *word).count() > 1).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn every_field_has_headers_in_every_language() {
        for field in Field::ALL {
            for locale in Locale::ALL {
                assert!(
                    SYNONYMS.iter().any(|(of, in_locale, words)| (*of, *in_locale) == (field, locale) && !words.is_empty()),
                    "{field:?} {locale}"
                );
            }
            assert_eq!(Field::named(field.name()), Some(field));
        }
    }

    #[test]
    fn headers_are_known_however_they_are_spelt() {
        let table = [
            ("PatientName", Field::FullName),
            ("last_name", Field::Family),
            ("E-MAIL", Field::Email),
            ("Ф.И.О.", Field::FullName),
            ("№ карты", Field::PatientKey),
            ("Дата рождения", Field::BornOn),
            ("TELEFONSZÁM", Field::Phone),
            ("Szül. dátum", Field::BornOn),
            ("نام و نام خانوادگي", Field::FullName),
            ("شماره\u{200c}پرونده ", Field::PatientKey),
            ("DTSTART", Field::Start),
        ];
        for (header, field) in table {
            let found = known(header).or_else(|| contained(header)).map(|known| known.field);
            assert_eq!(found, Some(field), "{header}");
        }
        assert_eq!(contained("Телефон мобильный (основной)").map(|known| known.field), Some(Field::Phone));
        assert_eq!(contained("ФИО лечащего врача"), None);
        assert!(known("Сумма").is_none() && contained("Сумма к оплате").is_none());
        assert!(is_bare_number("№") && is_bare_number("ID") && !is_bare_number("Phone"));
    }
}
