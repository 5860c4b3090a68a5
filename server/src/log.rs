//! Where log lines go: to standard error, one line each, JSON or text.

use std::io::{self, Write};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::config::LogFormat;

/// Starts logging, and logs panics. Only the first call counts.
pub fn start(filter: &str, format: LogFormat) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(Lines);
    let started = match format {
        LogFormat::Json => {
            lines.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init()
        }
        LogFormat::Text => lines.try_init(),
    };
    if started.is_ok() {
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string);
            let text = panic.payload_as_str().unwrap_or("a panic without words");
            tracing::error!(event = "sys_panic", place, "{text}");
        }));
    }
}

/// Gives each event one line.
struct Lines;

impl<'a> MakeWriter<'a> for Lines {
    type Writer = OneLine<io::StderrLock<'a>>;

    fn make_writer(&'a self) -> Self::Writer {
        OneLine(io::stderr().lock())
    }
}

/// Writes each piece as one line: whatever control characters a name or a message smuggles in
/// are written out, so that nobody can forge a line or colour a terminal.
struct OneLine<W>(W);

impl<W: Write> Write for OneLine<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let text = String::from_utf8_lossy(bytes);
        let (text, end) = match text.strip_suffix('\n') {
            Some(text) => (text, "\n"),
            None => (text.as_ref(), ""),
        };
        if text.chars().any(breaks_lines) {
            let safe: String = text
                .chars()
                .map(|c| if breaks_lines(c) { c.escape_unicode().to_string() } else { c.into() })
                .collect();
            self.0.write_all(safe.as_bytes())?;
        } else {
            self.0.write_all(text.as_bytes())?;
        }
        self.0.write_all(end.as_bytes())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn breaks_lines(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forged_lines_and_colours_are_written_out() {
        let mut lines = Vec::new();
        OneLine(&mut lines).write_all("name=\"x\n2026 INFO forged\u{1b}[31m\u{2028}\"\n".as_bytes()).unwrap();
        let text = String::from_utf8(lines).unwrap();
        assert_eq!(text, "name=\"x\\u{a}2026 INFO forged\\u{1b}[31m\\u{2028}\"\n");
    }
}
