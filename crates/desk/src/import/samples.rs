//! The sample files are read as they ship: what is good, what is not, and why.

use kernel::{Date, Locale, Zone};

use super::*;

struct Clinic {
    file: &'static [u8],
    zone: &'static str,
    region: &'static str,
    locale: Locale,
}

const BUDAPEST: Clinic =
    Clinic { file: include_bytes!("../../../../samples/journal-budapest.csv"), zone: "Europe/Budapest", region: "HU", locale: Locale::Hu };
const SAMARA: Clinic =
    Clinic { file: include_bytes!("../../../../samples/journal-samara.csv"), zone: "Europe/Samara", region: "RU", locale: Locale::Ru };
const ISFAHAN: Clinic =
    Clinic { file: include_bytes!("../../../../samples/journal-isfahan.xlsx"), zone: "Asia/Tehran", region: "IR", locale: Locale::Fa };

struct Read {
    mapping: Mapping,
    good: Vec<ImportedRow>,
    bad: Vec<(u64, Option<String>, &'static str)>,
}

impl Clinic {
    fn read(&self) -> Vec<Read> {
        let today = Date::new(2026, 11, 22).unwrap();
        let terms = Terms { zone: self.zone(), region: self.region.to_owned(), locale: self.locale, today };
        let tables = tables(self.file).unwrap();
        let read = tables.iter().map(|table| {
            let mapping = Mapping::propose(table, self.locale, today);
            mapping.check().unwrap();
            let reader = Reader::new(table, &mapping, &terms);
            let (mut good, mut bad) = (Vec::new(), Vec::new());
            for row in reader.rows() {
                match row {
                    Ok(row) => good.push(row),
                    Err(finding) => bad.push((finding.line, finding.column, finding.rule.code())),
                }
            }
            Read { mapping, good, bad }
        });
        read.collect()
    }

    fn zone(&self) -> Zone {
        Zone::named(self.zone).unwrap()
    }
}

fn visit(row: &ImportedRow) -> &ImportedVisit {
    match &row.what {
        Imported::Visit(visit) => visit,
        Imported::Patient(_) => panic!("a visit was expected in line {}", row.line),
    }
}

fn patient_of(visit: &ImportedVisit) -> &ImportedPatient {
    match &visit.whose {
        Whose::Written(patient) => patient,
        Whose::Keyed(_) => panic!("the row has the whole patient"),
    }
}

fn is_sure(mapping: &Mapping) -> bool {
    mapping.columns.iter().all(|column| column.field.is_some() && column.confidence >= Confidence::Likely)
}

#[test]
fn the_journal_of_budapest_is_read_row_by_row() {
    let [read] = &BUDAPEST.read()[..] else { panic!("one table") };
    assert!(is_sure(&read.mapping), "{:?}", read.mapping);
    assert_eq!(read.good.len(), 44);
    let bad = [
        (11, "Telefonszám", "import.nothing-apart"),
        (19, "Dátum", "import.day-impossible"),
        (26, "Kezdés", "import.time-impossible"),
        (34, "Állapot", "import.status-unknown"),
        (42, "Telefonszám", "import.phone-unreadable"),
    ];
    let expected: Vec<_> = bad.into_iter().map(|(line, column, rule)| (line, Some(column.to_owned()), rule)).collect();
    assert_eq!(read.bad, expected);
    let first = visit(&read.good[0]);
    let patient = patient_of(first);
    assert_eq!((patient.name.family(), patient.name.given()), ("Szabó", "Sándor"));
    assert_eq!(patient.phone.as_ref().unwrap().e164(), "+36200001169");
    assert_eq!(patient.born_on, Some(Date::new(1962, 1, 13).unwrap()));
    assert_eq!(first.starts_at, BUDAPEST.zone().at(Date::new(2026, 11, 23).unwrap().at(9, 30, 0, 0)));
    assert_eq!(first.ends_at.unwrap().since(first.starts_at).as_secs(), 20 * 60);
    assert_eq!((first.key.as_deref(), first.status), (Some("20261072"), Some(Status::Booked)));
    assert_eq!((first.provider.as_deref(), first.chair.as_deref()), (Some("Dr. Lendvai Ágnes"), Some("2. szék")));
    let states = |status| read.good.iter().filter(|row| visit(row).status == Some(status)).count();
    assert_eq!((states(Status::Confirmed), states(Status::Cancelled)), (9, 2));
}

#[test]
fn the_journal_of_samara_is_read_row_by_row() {
    let [read] = &SAMARA.read()[..] else { panic!("one table") };
    assert!(is_sure(&read.mapping), "{:?}", read.mapping);
    assert_eq!(read.good.len(), 40);
    let bad = [
        (6, "Телефон", "import.phone-unreadable"),
        (13, "Дата рождения", "import.day-impossible"),
        (21, "Дата приёма", "import.day-impossible"),
        (28, "Время", "import.time-impossible"),
        (35, "Статус", "import.status-unknown"),
        (47, "Телефон", "import.nothing-apart"),
    ];
    let expected: Vec<_> = bad.into_iter().map(|(line, column, rule)| (line, Some(column.to_owned()), rule)).collect();
    assert_eq!(read.bad, expected);
    let first = visit(&read.good[0]);
    let patient = patient_of(first);
    assert_eq!((patient.name.family(), patient.name.given(), patient.key.as_str()), ("Сидорова", "Жанна Сергеевна", "1055"));
    assert_eq!(patient.phone.as_ref().unwrap().e164(), "+79000001545");
    assert_eq!(first.starts_at, SAMARA.zone().at(Date::new(2026, 11, 23).unwrap().at(11, 10, 0, 0)));
    assert_eq!(first.ends_at.unwrap().since(first.starts_at).as_secs(), 20 * 60);
    assert_eq!((first.key.as_deref(), first.service.as_deref()), (None, Some("Осмотр")));
}

#[test]
fn the_workbook_of_isfahan_has_visits_and_patients_in_solar_days() {
    let [visits, patients] = &ISFAHAN.read()[..] else { panic!("two sheets") };
    assert!(is_sure(&visits.mapping) && is_sure(&patients.mapping), "{:?} {:?}", visits.mapping, patients.mapping);
    assert_eq!((patients.mapping.contents, visits.mapping.contents), (Contents::Patients, Contents::Visits));
    assert_eq!((patients.good.len(), visits.good.len()), (28, 39));
    assert_eq!(patients.bad, [(13, Some("تلفن همراه".to_owned()), "import.phone-unreadable")]);
    let bad = [(16, "تاریخ", "import.day-impossible"), (23, "ساعت", "import.time-impossible"), (32, "وضعیت", "import.status-unknown")];
    let expected: Vec<_> = bad.into_iter().map(|(line, column, rule)| (line, Some(column.to_owned()), rule)).collect();
    assert_eq!(visits.bad, expected);
    let first = visit(&visits.good[0]);
    assert_eq!(first.starts_at.date(&ISFAHAN.zone()), Date::new(2026, 11, 23).unwrap());
    assert!(matches!(&first.whose, Whose::Keyed(key) if key.starts_with("31")));
    let guarded = patients.good.iter().filter(|row| matches!(&row.what, Imported::Patient(patient) if patient.guardian.is_some()));
    assert_eq!(guarded.count(), 3);
}

#[test]
fn a_calendar_file_is_read_as_a_journal() {
    const CALENDAR: Clinic = Clinic {
        file: b"BEGIN:VCALENDAR\r\nX-WR-CALNAME:Dr Gromov\r\n\
            BEGIN:VEVENT\r\nUID:7@smile\r\nDTSTART;TZID=Europe/Budapest:20261125T093000\r\nDTEND;TZID=Europe/Budapest:20261125T101500\r\n\
            SUMMARY:Vera Smith - filling\r\nDESCRIPTION:Tel +36 20 000 1001\r\nEND:VEVENT\r\n\
            BEGIN:VEVENT\r\nUID:8@smile\r\nDTSTART:20261125T110000Z\r\nDURATION:PT45M\r\nSUMMARY:Boris Smith - check-up\r\n\
            DESCRIPTION:+36 20 000 1002\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n\
            BEGIN:VEVENT\r\nUID:9@smile\r\nDTSTART:20261126T110000Z\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:Mira Smith - braces\r\n\
            DESCRIPTION:+36 20 000 1003\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        zone: "Europe/Budapest",
        region: "HU",
        locale: Locale::En,
    };
    let [read] = &CALENDAR.read()[..] else { panic!("one table") };
    assert_eq!(read.bad, [(18, Some("Start".to_owned()), "import.start-unreadable")]);
    let (vera, boris) = (visit(&read.good[0]), visit(&read.good[1]));
    let at = |hour, minute| CALENDAR.zone().at(Date::new(2026, 11, 25).unwrap().at(hour, minute, 0, 0));
    assert_eq!((vera.starts_at, vera.ends_at, vera.status), (at(9, 30), Some(at(10, 15)), None));
    assert_eq!((boris.starts_at, boris.ends_at, boris.status), (at(12, 0), Some(at(12, 45)), Some(Status::Cancelled)));
    assert_eq!(
        (vera.key.as_deref(), vera.provider.as_deref(), vera.service.as_deref()),
        (Some("7@smile"), Some("Dr Gromov"), Some("filling"))
    );
    assert_eq!((patient_of(vera).name.given(), patient_of(vera).phone.as_ref().unwrap().e164()), ("Vera", "+36200001001"));
}
