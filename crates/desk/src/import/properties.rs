//! Whatever bytes come in, they are read or refused; nothing panics and nothing is invented.

use kernel::{Date, Locale, Zone};
use proptest::prelude::*;

use super::*;

fn terms() -> Terms {
    Terms {
        zone: Zone::named("Europe/Budapest").unwrap(),
        region: "HU".to_owned(),
        locale: Locale::Hu,
        today: Date::new(2026, 11, 22).unwrap(),
    }
}

/// Reads everything there is to read, and says how many rows were good and how many were not.
fn read(bytes: &[u8]) -> Option<(usize, usize, usize)> {
    let terms = terms();
    let mut counts = (0, 0, 0);
    for table in tables(bytes).ok()? {
        let mapping = Mapping::propose(&table, terms.locale, terms.today);
        let reader = Reader::new(&table, &mapping, &terms);
        let good = reader.rows().flatten().count();
        counts = (counts.0 + good, counts.1 + table.rows.len() - good, counts.2 + table.rows.len());
    }
    Some(counts)
}

const ODD: &[&str] = &[
    "",
    "=1+1",
    "\"",
    "'",
    "25.11.2026",
    "2026-11-25T09:30:00+99:99",
    "20261125T",
    "T0930",
    "46351.99999999",
    "0.9999999",
    "0.",
    "9:00-",
    "-9:00",
    "９：００",
    "۱۴۰۵/۰۹/۰۴",
    "۱۴۰۵/۱۳/۴۵",
    "99999999999999999999",
    "+36 20 000 1001",
    "PT99999999999H",
    "1:99999999999",
    "[x]",
    "20261125T093000[No/Zone]",
    "т9:30",
    "İstanbul, Ö",
    "a@b",
    "\u{202e}\u{200f}",
    "~made",
    "Kovács Anna",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        read(&bytes);
        read(&[b"PK\x03\x04".as_slice(), &bytes].concat());
        read(&[b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART".as_slice(), &bytes].concat());
    }

    #[test]
    fn any_text_in_any_cell_is_read_or_refused(cells in prop::collection::vec("\\PC{0,24}", 8..80)) {
        let rows: Vec<String> = cells.chunks(8).map(|row| row.iter().map(|cell| cell.replace(';', " ")).collect::<Vec<_>>().join(";")).collect();
        read(format!("Név;Telefon;Dátum;Kezdés;Vége;Perc;Állapot;Született\n{}\n", rows.join("\n")).as_bytes());
    }

    #[test]
    fn every_row_is_either_good_or_bad(picks in prop::collection::vec(0..ODD.len(), 8..160)) {
        let rows: Vec<String> = picks.chunks(8).map(|row| row.iter().map(|at| format!("\"{}\"", ODD[*at].replace('"', "\"\""))).collect::<Vec<_>>().join(";")).collect();
        let text = format!("Név;Telefon;Kezdés;Vége;Perc;Állapot;Született;E-mail\n{}\n", rows.join("\n"));
        if let Some((good, bad, all)) = read(text.as_bytes()) {
            prop_assert_eq!(good + bad, all);
        }
    }
}

#[test]
fn a_cut_sample_is_read_or_refused_wherever_it_is_cut() {
    for sample in ["budapest.csv", "samara.csv", "isfahan.xlsx"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples").join(format!("journal-{sample}"));
        let bytes = std::fs::read(path).unwrap();
        for end in (0..bytes.len()).step_by(bytes.len() / 40) {
            read(&bytes[..end]);
        }
    }
}
