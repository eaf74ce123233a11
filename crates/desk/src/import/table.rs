//! What stands in a file, before anybody asks what it means: headers and rows of text, each with its line.
//!
//! The kind of file is seen from its bytes, never from its name. Limits keep a wrong or hostile file from filling the
//! machine: bytes, rows, columns, and what a packed workbook unfolds to.

use kernel::Refusal;

use super::{calendar, delimited, encoding, fields, looks, workbook};

/// A clinic of thirty years exports some 20 MB.
const MOST_BYTES: usize = 50 * 1024 * 1024;
pub(super) const MOST_ROWS: usize = 500_000;
pub(super) const MOST_COLUMNS: usize = 200;
/// A title, the clinic's address and the period may stand above the headers.
const HEADERS_WITHIN: usize = 20;
/// How many cells of one row must be known headers before we believe that it is the row of headers.
const HEADERS_AT_LEAST: usize = 2;

#[derive(Clone, PartialEq, Eq)]
pub struct Table {
    /// The sheet of a workbook.
    pub name: Option<String>,
    /// As many as the widest row has cells; a column without a header has a blank one.
    pub headers: Vec<String>,
    pub rows: Vec<Line>,
}

/// One row, with the line of the file (or the row of the sheet) where it begins.
#[derive(Clone, PartialEq, Eq)]
pub struct Line {
    pub number: u64,
    pub cells: Vec<String>,
}

impl Table {
    pub fn cell(line: &Line, column: usize) -> &str {
        line.cells.get(column).map_or("", |cell| cell.trim())
    }
}

/// The tables of a file: one of CSV or a calendar, one for each sheet of a workbook that has rows.
pub fn tables(bytes: &[u8]) -> Result<Vec<Table>, Refusal> {
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::new("import.file-too-large").with("most", 50_u32));
    }
    let sheets = match kind(bytes) {
        Kind::Workbook => workbook::sheets(bytes)?,
        Kind::OldWorkbook => return Err(Refusal::new("import.old-workbook")),
        Kind::Unreadable => return Err(Refusal::new("import.unreadable")),
        Kind::Text => {
            let text = encoding::decode(bytes);
            let lines = if calendar::is_calendar(&text) { calendar::lines(&text)? } else { delimited::lines(&text)? };
            vec![(None, lines)]
        }
    };
    let tables: Vec<Table> = sheets.into_iter().filter_map(|(name, lines)| with_headers(name, lines)).collect();
    if tables.is_empty() { Err(Refusal::new("import.no-rows")) } else { Ok(tables) }
}

enum Kind {
    Workbook,
    /// The binary workbook of Excel 97.
    OldWorkbook,
    Text,
    Unreadable,
}

fn kind(bytes: &[u8]) -> Kind {
    let utf_16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if bytes.starts_with(b"PK\x03\x04") {
        Kind::Workbook
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        Kind::OldWorkbook
    } else if !utf_16 && bytes.contains(&0) && encoding::utf_16_without_mark(bytes).is_none() || bytes.starts_with(b"%PDF") {
        Kind::Unreadable
    } else {
        Kind::Text
    }
}

/// Finds the row of headers, cuts off what stands above it, and leaves out blank rows and headers that are repeated
/// on every printed page. A table without headers is given the letters of its columns.
fn with_headers(name: Option<String>, mut lines: Vec<Line>) -> Option<Table> {
    lines.retain(|line| line.cells.iter().any(|cell| !cell.trim().is_empty()));
    let header_at = header_row(&lines);
    let rows = header_at.map_or(lines.clone(), |at| lines.split_off(at + 1));
    let headers: Vec<String> = header_at.map(|at| lines[at].cells.iter().map(|cell| cell.trim().to_owned()).collect()).unwrap_or_default();
    let widest = rows.iter().map(|line| filled(&line.cells)).max().unwrap_or(0);
    let written = filled(&headers);
    let repeated = |line: &Line| {
        written > 0 && line.cells.iter().map(|cell| cell.trim()).take(written).eq(headers.iter().map(String::as_str).take(written))
    };
    let rows: Vec<Line> = rows.into_iter().filter(|line| !repeated(line)).collect();
    if rows.is_empty() {
        return None;
    }
    let named = |column: usize| if header_at.is_some() { headers.get(column).cloned().unwrap_or_default() } else { letters(column) };
    let headers = (0..widest.max(written)).map(named).collect();
    Some(Table { name, headers, rows })
}

fn filled(cells: &[String]) -> usize {
    cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1)
}

fn header_row(lines: &[Line]) -> Option<usize> {
    let known = |line: &Line| line.cells.iter().filter(|cell| fields::known(cell).or_else(|| fields::contained(cell)).is_some()).count();
    let looks_like_data = |line: &Line| line.cells.iter().any(|cell| looks::phone(cell) || looks::day(cell) || looks::email(cell));
    let candidates = lines.iter().take(HEADERS_WITHIN).enumerate().filter(|(_, line)| !looks_like_data(line));
    let best = candidates.map(|(at, line)| (known(line), at)).max_by_key(|(count, at)| (*count, usize::MAX - at))?;
    if best.0 >= HEADERS_AT_LEAST {
        return Some(best.1);
    }
    // Headers in words that we do not know still stand in a full row above the data.
    let widest = lines.iter().take(HEADERS_WITHIN).map(|line| filled(&line.cells)).max()?;
    lines
        .iter()
        .take(HEADERS_WITHIN)
        .position(|line| filled(&line.cells) == widest && line.cells.iter().all(|cell| !cell.trim().is_empty()) && !looks_like_data(line))
}

/// `A` to `Z`, then `AA`, as a spreadsheet names its columns.
fn letters(column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(column % 26).expect("less than 26"));
    if column < 26 { letter.to_string() } else { format!("{}{letter}", letters(column / 26 - 1)) }
}

pub(super) fn too_many_rows() -> Refusal {
    Refusal::new("import.too-many-rows").with("most", 500_000_u32)
}

pub(super) fn too_many_columns() -> Refusal {
    Refusal::new("import.too-many-columns").with("most", 200_u32)
}

impl std::fmt::Debug for Table {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Table({} columns, {} rows)", self.headers.len(), self.rows.len())
    }
}

impl std::fmt::Debug for Line {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Line({})", self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Table {
        let mut tables = tables(text.as_bytes()).unwrap();
        assert_eq!(tables.len(), 1);
        tables.remove(0)
    }

    #[test]
    fn headers_are_found_under_a_title_and_lines_keep_their_numbers() {
        let table = one(
            "Smile Dental\n\nJournal of 23 Nov\nPatient,Phone,Date\nAnna,+12025550173,2026-11-25\n\nPatient,Phone,Date\nBoris,,2026-11-26\n",
        );
        assert_eq!(table.headers, ["Patient", "Phone", "Date"]);
        let numbers: Vec<u64> = table.rows.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [5, 8]);
    }

    #[test]
    fn a_table_without_headers_gets_letters() {
        let table = one("Anna;+12025550173;2026-11-25\nBoris;+12025550174;2026-11-26\n");
        assert_eq!(table.headers, ["A", "B", "C"]);
        assert_eq!(table.rows.len(), 2);
        assert_eq!((letters(25), letters(26), letters(27)), ("Z".into(), "AA".into(), "AB".into()));
    }

    #[test]
    fn a_cell_that_begins_like_a_formula_stays_its_text() {
        let table = one("Patient,Phone,Note\n=HYPERLINK(\"x\"),+12025550173,=1+1\n");
        assert_eq!(table.rows[0].cells[0], "=HYPERLINK(\"x\")");
        assert_eq!(table.rows[0].cells[2], "=1+1");
    }

    #[test]
    fn what_is_no_table_is_refused_with_the_rule() {
        let table: [(&[u8], &str); 6] = [
            (b"", "import.no-rows"),
            (b"Patient,Phone,Date\n", "import.no-rows"),
            (b"%PDF-1.7 ...", "import.unreadable"),
            (b"\x7fELF\0\0\0\x01\x02", "import.unreadable"),
            (&[0xd0, 0xcf, 0x11, 0xe0, 0xa1], "import.old-workbook"),
            (b"PK\x03\x04 not really a workbook", "import.unreadable"),
        ];
        for (bytes, code) in table {
            assert_eq!(tables(bytes).unwrap_err().code(), code, "{bytes:?}");
        }
        assert_eq!(tables(&vec![b'a'; MOST_BYTES + 1]).unwrap_err().code(), "import.file-too-large");
        let wide = format!("{}\n", "a,".repeat(MOST_COLUMNS + 1));
        assert_eq!(tables(wide.as_bytes()).unwrap_err().code(), "import.too-many-columns");
        let long = "a,b\n".repeat(MOST_ROWS + 2);
        assert_eq!(tables(long.as_bytes()).unwrap_err().code(), "import.too-many-rows");
    }
}
