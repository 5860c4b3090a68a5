use std::io::{self, BufRead, BufReader, Read};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// The longest row, in bytes without quotes. All columns at their limits take a tenth of it.
const MAX_ROW: usize = 64 * 1024;
/// The most fields of a row that are kept; the others are counted only.
const MAX_FIELDS: usize = 64;

/// The rows of a CSV file (RFC 4180, lines ending with LF or CRLF), one at a time in buffers of
/// fixed size: a quote that is never closed must not pull the whole file into memory.
pub(crate) struct Records<R> {
    input: BufReader<R>,
    core: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    line: u64,
    bytes: u64,
}

/// A row.
pub(crate) struct Record<'a> {
    /// Line of the file where it begins, from 1.
    pub(crate) line: u64,
    /// How many fields it has.
    pub(crate) count: usize,
    /// Whether it is longer than [`MAX_ROW`]; then its fields mean nothing.
    pub(crate) too_long: bool,
    text: &'a [u8],
    ends: &'a [usize],
}

impl<'a> Record<'a> {
    /// The fields, at most [`MAX_FIELDS`].
    pub(crate) fn fields(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let (text, mut begin) = (self.text, 0);
        self.ends.iter().map(move |end| {
            let field = text.get(begin..*end).unwrap_or_default();
            begin = *end;
            field
        })
    }
}

impl<R: Read> Records<R> {
    pub(super) fn new(input: R) -> Self {
        Self::separated(input, b',')
    }

    /// With another sign than a comma between the fields.
    pub(crate) fn separated(input: R, separator: u8) -> Self {
        Self {
            input: BufReader::with_capacity(MAX_ROW, input),
            core: ReaderBuilder::new().delimiter(separator).build(),
            text: vec![0; MAX_ROW],
            ends: vec![0; MAX_FIELDS],
            line: 1,
            bytes: 0,
        }
    }

    /// Bytes read so far.
    pub(super) const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next row; empty lines are none.
    ///
    /// # Errors
    /// Those of the file.
    pub(crate) fn next(&mut self) -> io::Result<Option<Record<'_>>> {
        self.skip_line_breaks()?;
        let line = self.line;
        let (mut filled, mut ended, mut count, mut too_long) = (0, 0, 0, false);
        loop {
            let input = self.input.fill_buf()?;
            let (result, taken, written, fields) =
                self.core.read_record(input, &mut self.text[filled..], &mut self.ends[ended..]);
            self.pass(taken);
            filled += written;
            ended += fields;
            count += fields;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => {
                    too_long = true;
                    filled = 0;
                }
                ReadRecordResult::OutputEndsFull => ended = 0,
                ReadRecordResult::Record => {
                    let (text, ends) = (&self.text[..filled], &self.ends[..ended]);
                    return Ok(Some(Record { line, count, too_long, text, ends }));
                }
                ReadRecordResult::End => return Ok(None),
            }
        }
    }

    /// Skips the LF of a CRLF and empty lines, so that `line` is where the next row begins.
    fn skip_line_breaks(&mut self) -> io::Result<()> {
        loop {
            let input = self.input.fill_buf()?;
            let breaks = input.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            let more = breaks > 0 && breaks == input.len();
            self.pass(breaks);
            if !more {
                return Ok(());
            }
        }
    }

    /// Counts and consumes what was taken from the buffer.
    fn pass(&mut self, taken: usize) {
        let lines = self.input.buffer().iter().take(taken).filter(|b| **b == b'\n').count();
        self.line += lines as u64;
        self.bytes += taken as u64;
        self.input.consume(taken);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &[u8]) -> Vec<(u64, Vec<String>)> {
        let mut records = Records::new(text);
        let mut rows = Vec::new();
        while let Some(record) = records.next().unwrap() {
            rows.push((
                record.line,
                record.fields().map(|f| String::from_utf8_lossy(f).into_owned()).collect(),
            ));
        }
        assert_eq!(records.bytes(), text.len() as u64);
        rows
    }

    fn row(line: u64, fields: &[&str]) -> (u64, Vec<String>) {
        (line, fields.iter().map(|f| (*f).to_owned()).collect())
    }

    #[test]
    fn lines_are_counted_as_an_editor_shows_them() {
        let expected = [row(1, &["a", "b"]), row(2, &["c", "d\ne"]), row(5, &["f", "g"])];
        assert_eq!(rows(b"a,b\nc,\"d\ne\"\n\nf,g\n"), expected);
        assert_eq!(rows(b"\xef\xbb\xbfa,b\nc,\"d\ne\"\n\nf,g"), expected);
        let expected = [row(1, &["a", "b"]), row(2, &["c", "d\r\ne"]), row(5, &["f", "g"])];
        assert_eq!(rows(b"a,b\r\nc,\"d\r\ne\"\r\n\r\nf,g\r\n"), expected);
        assert_eq!(rows(b"\n\n\n"), []);
        assert_eq!(rows(b""), []);
    }

    #[test]
    fn long_rows_are_passed_over() {
        let long = "x".repeat(MAX_ROW * 3);
        let text = format!("a,b\n\"{long}\ny\",{long}\nc,d\n");
        let mut records = Records::new(text.as_bytes());
        assert!(!records.next().unwrap().unwrap().too_long);
        let record = records.next().unwrap().unwrap();
        assert!(record.too_long);
        assert_eq!((record.line, record.count), (2, 2));
        let record = records.next().unwrap().unwrap();
        assert!(!record.too_long);
        assert_eq!((record.line, record.fields().collect::<Vec<_>>()), (4, vec![&b"c"[..], b"d"]));
    }

    #[test]
    fn fields_beyond_the_limit_are_counted() {
        let text = format!("{}\na\n", ",".repeat(MAX_FIELDS * 2));
        let mut records = Records::new(text.as_bytes());
        assert_eq!(records.next().unwrap().unwrap().count, MAX_FIELDS * 2 + 1);
        assert_eq!(records.next().unwrap().unwrap().count, 1);
    }
}
