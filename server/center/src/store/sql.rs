use sqlx::AssertSqlSafe;

use super::Value;

/// So many rows of a dozen values are written by one statement: SQLite looks each placeholder up by its name among
/// those before it, so that long statements cost more than many.
pub(crate) const ROWS_OF_STATEMENT: usize = 25;

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

    /// Appends a list of these values in brackets, as `IN` takes it. No value is in the list of none.
    #[must_use]
    pub fn list<V: Into<Value>>(self, values: impl IntoIterator<Item = V>) -> Self {
        let first = self.args.len();
        let sql = values.into_iter().fold(self.push("("), |sql, value| {
            let sql = if sql.args.len() > first { sql.push(", ") } else { sql };
            sql.bind(value)
        });
        let sql = if sql.args.len() > first { sql } else { sql.push("NULL") };
        sql.push(")")
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
    fn a_list_of_none_is_one_too() {
        let ids = [1_i64, 2];
        let (sql, args) =
            Sql::new("SELECT 1 WHERE a IN ").list(ids).push(" OR b IN ").list([0_i64; 0]).build();
        assert_eq!((sql.0.as_str(), args.len()), ("SELECT 1 WHERE a IN ($1, $2) OR b IN (NULL)", 2));
    }

    #[test]
    fn wildcards_of_the_reader_are_plain_signs() {
        assert_eq!(like_anywhere(r"50%_\"), r"%50\%\_\\%");
    }
}
