//! Text with one row a line and its cells parted by semicolons, commas, tabs or bars.

use csv::ReaderBuilder;
use kernel::Refusal;

use super::table::{Line, MOST_COLUMNS, MOST_ROWS, too_many_columns, too_many_rows};

const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];
const LOOKED_AT: usize = 64 * 1024;
const ROWS_LOOKED_AT: usize = 100;
/// A cell with more lines than this has swallowed the rows after a quote that nobody closed.
const LINES_IN_A_CELL: usize = 40;

#[derive(Clone, Copy, PartialEq)]
enum Extent {
    /// The first rows, to see how they are parted.
    Ahead,
    Whole,
}

#[derive(Clone, Copy, PartialEq)]
enum Quotes {
    Around,
    /// The quotes do not come in pairs: they are letters like others.
    Letters,
}

pub(super) fn lines(text: &str) -> Result<Vec<Line>, Refusal> {
    let (text, skipped, delimiter) = match announced(text) {
        Some((delimiter, rest)) => (rest, 1, delimiter),
        None => (text, 0, delimiter_of(text)),
    };
    let lines = parse(text, delimiter, Quotes::Around, Extent::Whole)?;
    let swallowed = lines.iter().flat_map(|line| &line.cells).any(|cell| cell.matches('\n').count() > LINES_IN_A_CELL);
    let lines = if swallowed { parse(text, delimiter, Quotes::Letters, Extent::Whole)? } else { lines };
    Ok(lines.into_iter().map(|line| Line { number: line.number + skipped, ..line }).collect())
}

/// Excel lets a file say its delimiter in a first line: `sep=;`.
fn announced(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let delimiter = first.trim().strip_prefix("sep=")?;
    let byte = *delimiter.as_bytes().first()?;
    (delimiter.len() == 1 && DELIMITERS.contains(&byte)).then_some((byte, rest))
}

/// The one that parts most rows into the same number of cells.
fn delimiter_of(text: &str) -> u8 {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let evenness = |delimiter: u8| {
        let rows = parse(&text[..end], delimiter, Quotes::Around, Extent::Ahead).unwrap_or_default();
        let widths: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
        let of_width = |width: usize| widths.iter().filter(|other| **other == width).count() * (width - 1);
        widths.iter().map(|width| of_width(*width)).max().unwrap_or(0)
    };
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| evenness(*delimiter)).expect("there are four")
}

fn parse(text: &str, delimiter: u8, quotes: Quotes, extent: Extent) -> Result<Vec<Line>, Refusal> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .quoting(quotes == Quotes::Around)
        .from_reader(text.as_bytes());
    let mut place = Place { bytes: text.as_bytes(), at: 0, line: 1 };
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| Refusal::new("import.unreadable"))?;
        match extent {
            Extent::Ahead if lines.len() == ROWS_LOOKED_AT => return Ok(lines),
            Extent::Whole if record.len() > MOST_COLUMNS => return Err(too_many_columns()),
            Extent::Whole if lines.len() > MOST_ROWS => return Err(too_many_rows()),
            Extent::Ahead | Extent::Whole => {}
        }
        let number = place.line_of(record.position().map_or(0, csv::Position::byte));
        lines.push(Line { number, cells: record.iter().map(str::to_owned).collect() });
    }
    Ok(lines)
}

/// Counts lines, however they end. The reader's own count stands before the blank lines and line ends in front of a row.
struct Place<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl Place<'_> {
    fn line_of(&mut self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        while let Some(next) = self.bytes.get(self.at).filter(|next| self.at < byte || matches!(next, b'\r' | b'\n')) {
            let ends = *next == b'\n' || *next == b'\r' && self.bytes.get(self.at + 1) != Some(&b'\n');
            self.line += u64::from(ends);
            self.at += 1;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        lines(text).unwrap().into_iter().map(|line| line.cells).collect()
    }

    #[test]
    fn the_delimiter_is_seen_from_the_rows() {
        let table = [
            ("a;b;c\n1,5;2,5;3\n4,5;5;6\n", ["a", "b", "c"]),
            ("a,b,c\n\"x;y\",2,3\n", ["a", "b", "c"]),
            ("a\tb\tc\n1, 2\t3\t4\n", ["a", "b", "c"]),
            ("a|b|c\n1|2|3\n", ["a", "b", "c"]),
            ("sep=|\na|b|c\n1,2,3,4|5|6\n", ["a", "b", "c"]),
        ];
        for (text, headers) in table {
            assert_eq!(cells(text)[0], headers, "{text}");
        }
    }

    #[test]
    fn a_quoted_cell_may_hold_the_delimiter_quotes_and_a_line_break() {
        let rows = lines("a;b\n\"x;\"\"y\"\"\nz\";1\nc;2\n").unwrap();
        assert_eq!(rows[1].cells, ["x;\"y\"\nz", "1"]);
        assert_eq!((rows[1].number, rows[2].number), (2, 4));
        assert_eq!(lines("sep=;\na;b\n").unwrap()[0].number, 2);
    }

    #[test]
    fn lines_are_counted_however_they_end() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["title;x", "", "", "a;b", "\"1", "2\";3", "", "c;d", ""].join(end);
            let numbers: Vec<u64> = lines(&text).unwrap().iter().map(|line| line.number).collect();
            assert_eq!(numbers, [1, 4, 5, 8], "{end:?}");
        }
    }

    #[test]
    fn a_quote_that_nobody_closed_costs_no_row() {
        let text = format!("a;b\n\"Dr Gromov;1\n{}", "x;2\n".repeat(60));
        assert_eq!(cells(&text).len(), 62);
    }
}
