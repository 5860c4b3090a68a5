use sqlx::AssertSqlSafe;

use super::Value;

/// A statement put together from fixed pieces, for lists with optional filters.
/// Values only ever get in as placeholders, so nothing a person typed becomes SQL.
#[derive(Debug, Default)]
pub struct Sql {
    text: String,
    args: Vec<Value>,
}

impl Sql {
    /// Begins with a fixed piece.
    pub fn new(piece: &'static str) -> Self {
        Self { text: piece.to_owned(), args: Vec::new() }
    }

    /// Appends a fixed piece.
    #[must_use]
    pub fn push(mut self, piece: &'static str) -> Self {
        self.text.push_str(piece);
        self
    }

    /// Appends a placeholder for this value.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.args.push(value.into());
        self.text.push('$');
        self.text.push_str(&self.args.len().to_string());
        self
    }

    /// Appends pieces only when there is a value.
    #[must_use]
    pub fn when<T>(self, value: Option<T>, then: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            Some(value) => then(self, value),
            None => self,
        }
    }

    /// The statement and its values, as [`super::Conn`] takes them.
    pub fn build(self) -> (AssertSqlSafe<String>, Vec<Value>) {
        // Safe by construction: every piece is `&'static str`.
        (AssertSqlSafe(self.text), self.args)
    }
}

/// A LIKE pattern that finds the text anywhere; goes with `ESCAPE '\'`.
pub fn like_anywhere(text: &str) -> String {
    format!("%{}%", escape(text))
}

/// A LIKE pattern that finds the text at the beginning; goes with `ESCAPE '\'`.
pub fn like_prefix(text: &str) -> String {
    format!("{}%", escape(text))
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_and_placeholders_line_up() {
        let (sql, args) = Sql::new("SELECT 1 WHERE a = ")
            .bind(1_i64)
            .when(Some("x"), |s, x| s.push(" AND b = ").bind(x))
            .build();
        assert_eq!(sql.0, "SELECT 1 WHERE a = $1 AND b = $2");
        assert_eq!(args.len(), 2);
    }

    #[test]
    fn wildcards_of_the_reader_are_plain_signs() {
        assert_eq!(like_anywhere(r"50%_\"), r"%50\%\_\\%");
    }
}
