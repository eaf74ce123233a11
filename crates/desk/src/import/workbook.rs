//! An XLSX workbook: every sheet that is shown, cell by cell. Of a formula the file holds its last result, and that is
//! what is read; nothing is ever calculated.

use std::io::{Cursor, Read};

use calamine::{DataRef, ExcelDateTime, Reader, SheetVisible, Xlsx};
use kernel::Refusal;
use zip::ZipArchive;

use super::table::{Line, MOST_COLUMNS, MOST_ROWS, too_many_columns, too_many_rows};

/// What 50 MB of an honest workbook unfold to; a bomb unfolds to thousands of times its size.
const MOST_UNFOLDED: u64 = 600 * 1024 * 1024;
const MOST_PARTS: usize = 2_000;

/// A sheet's name, and its rows.
type Sheet = (Option<String>, Vec<Line>);

pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    unfolds_within(bytes, MOST_UNFOLDED)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let shown = workbook.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = shown.map(|sheet| sheet.name.clone()).collect();
    names.into_iter().map(|name| lines(&mut workbook, &name).map(|lines| (Some(name), lines))).collect()
}

/// Unfolds every part and only counts: what a zip file says about its own sizes may be a lie.
fn unfolds_within(bytes: &[u8], most: u64) -> Result<(), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    if archive.len() > MOST_PARTS {
        return Err(bomb());
    }
    let mut left = most;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| unreadable())?;
        let unfolded = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| unreadable())?;
        left = left.checked_sub(unfolded).ok_or_else(bomb)?;
    }
    Ok(())
}

fn lines(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Vec<Line>, Refusal> {
    // A sheet of charts has no cells.
    let Ok(mut reader) = workbook.worksheet_cells_reader(sheet) else { return Ok(Vec::new()) };
    let mut lines: Vec<Line> = Vec::new();
    while let Some(cell) = reader.next_cell().map_err(|_| unreadable())? {
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let number = u64::from(row) + 1;
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= MOST_COLUMNS {
            return Err(too_many_columns());
        }
        if lines.last().is_none_or(|line| line.number != number) {
            if lines.len() > MOST_ROWS {
                return Err(too_many_rows());
            }
            lines.push(Line { number, cells: Vec::new() });
        }
        let cells = &mut lines.last_mut().expect("pushed above").cells;
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
    }
    Ok(lines)
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(when) => moment(when),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// A day, a time of day, or both, as ISO 8601 writes them.
fn moment(when: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, milli) = when.to_ymd_hms_milli();
    // The last half second of a minute is the rounding of a fraction of a day.
    let seconds = u32::from(hour) * 3_600 + u32::from(minute) * 60 + u32::from(second) + u32::from(milli >= 500);
    let time = format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match when.as_f64() {
        value if when.is_duration() || value < 1.0 => time,
        value if value.fract() == 0.0 => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}T{time}"),
    }
}

fn unreadable() -> Refusal {
    Refusal::new("import.unreadable")
}

fn bomb() -> Refusal {
    Refusal::new("import.unfolds-too-large")
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

    use super::*;

    fn written(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
        let mut workbook = Workbook::new();
        fill(&mut workbook);
        workbook.save_to_buffer().unwrap()
    }

    #[test]
    fn days_times_numbers_and_formulas_come_as_text() {
        let bytes = written(|workbook| {
            let sheet = workbook.add_worksheet();
            let day = Format::new().set_num_format("yyyy-mm-dd");
            let both = Format::new().set_num_format("yyyy-mm-dd hh:mm");
            let time = Format::new().set_num_format("hh:mm");
            sheet.write_datetime_with_format(0, 0, ExcelDateTime::from_ymd(2026, 11, 25).unwrap(), &day).unwrap();
            sheet.write_datetime_with_format(0, 1, ExcelDateTime::parse_from_str("2026-11-25T09:40").unwrap(), &both).unwrap();
            sheet.write_datetime_with_format(0, 2, ExcelDateTime::from_hms(9, 40, 0).unwrap(), &time).unwrap();
            sheet.write_number(0, 3, 79_000_000_001.0).unwrap();
            sheet.write_string(0, 4, "=cmd|' /C calc'!A0").unwrap();
            sheet.write_formula(0, 5, Formula::new("=1+1").set_result("2")).unwrap();
            sheet.write_string(2, 1, "below a gap").unwrap();
        });
        let sheets = sheets(&bytes).unwrap();
        let lines = &sheets[0].1;
        assert_eq!(lines[0].cells, ["2026-11-25", "2026-11-25T09:40:00", "09:40:00", "79000000001", "=cmd|' /C calc'!A0", "2"]);
        assert_eq!((lines[1].number, lines[1].cells[1].as_str()), (3, "below a gap"));
    }

    #[test]
    fn a_cell_at_the_far_corner_does_not_fill_the_machine() {
        let bytes = written(|workbook| {
            let sheet = workbook.add_worksheet();
            sheet.write_string(1_048_575, 16_383, "far").unwrap();
        });
        assert_eq!(sheets(&bytes).unwrap_err().code(), "import.too-many-columns");
    }

    #[test]
    fn a_workbook_that_unfolds_without_end_is_refused() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, &vec![0; 2_000_000]).unwrap();
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 100_000);
        assert_eq!(unfolds_within(&bytes, 2_000_000), Ok(()));
        assert_eq!(unfolds_within(&bytes, 1_999_999).unwrap_err().code(), "import.unfolds-too-large");
    }
}
