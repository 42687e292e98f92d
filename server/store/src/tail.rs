//! What every change appends, log rows and mails: kept until the commit, and then written many in one statement.
//!
//! A rush is a queue of small changes, and waiting for the database's thread is most of what each costs. The rows
//! are still part of the transaction: they are written before its commit, or with it not at all.

use sqlx::{AnyConnection, AssertSqlSafe};

use crate::audit::{self, Entry};

/// Rows of one statement. Fewer are written one by one, so that two texts of each statement are enough.
const ROWS_AT_ONCE: usize = 16;

/// A value of a row.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    Number(i64),
    Text(String),
    Nothing,
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Nothing, Self::Text)
    }
}

/// Rows of one table with as many columns.
type Rows<const COLUMNS: usize> = Vec<[Cell; COLUMNS]>;

/// What a transaction has yet to append.
#[derive(Debug, Default)]
pub(crate) struct Tail {
    /// Rows of the log, without their numbers.
    pub log: Vec<Entry>,
    /// id, unique_key, occasion, recipient, payload, created_at, next_try_at, tries, about_id
    pub mails: Rows<9>,
}

/// How long the tail was at one moment.
#[derive(Debug)]
pub(crate) struct Mark {
    log: usize,
    mails: usize,
}

impl Tail {
    /// Where the tail ends now.
    pub fn mark(&self) -> Mark {
        Mark {
            log: self.log.len(),
            mails: self.mails.len(),
        }
    }

    /// Whether a mail with this unique key is to be written.
    pub fn has_mail(&self, unique_key: &str) -> bool {
        let mut keys = self.mails.iter().map(|[_, key, ..]| key);
        keys.any(|key| matches!(key, Cell::Text(text) if text == unique_key))
    }

    /// Writes anew what the mails about a place tell that are still to be written.
    pub fn rewrite_mails_about(&mut self, place: &str, rewrite: impl Fn(&str) -> String) {
        for [_, _, _, _, payload, .., about] in &mut self.mails {
            if let (Cell::Text(text), Cell::Text(id)) = (&*payload, &*about)
                && id == place
            {
                *payload = Cell::Text(rewrite(text));
            }
        }
    }

    /// Forgets what came after the mark: the change that appended it has failed.
    pub fn back_to(&mut self, mark: Mark) {
        self.log.truncate(mark.log);
        self.mails.truncate(mark.mails);
    }

    /// Writes everything, as the last thing before the commit. The end of the log is locked when everything else is written:
    /// whoever has that lock waits for no other one.
    pub async fn write(self, conn: &mut AnyConnection) -> Result<(), sqlx::Error> {
        insert(
            conn,
            "INSERT INTO outbox (id, unique_key, occasion, recipient, payload, created_at, next_try_at, tries, about_id) VALUES ",
            self.mails,
            " ON CONFLICT (unique_key) DO NOTHING",
        )
        .await?;
        if self.log.is_empty() {
            return Ok(());
        }
        let mut head = audit::lock_head(conn).await?;
        let log = self
            .log
            .into_iter()
            .map(|entry| audit::number(&mut head, entry))
            .collect();
        insert(
            conn,
            "INSERT INTO audit (seq, at, actor, action, object_kind, object_id, detail, hash) VALUES ",
            log,
            "",
        )
        .await?;
        sqlx::query("UPDATE audit_head SET seq = $1, hash = $2 WHERE id = 1")
            .bind(head.seq)
            .bind(head.hash)
            .execute(conn)
            .await?;
        Ok(())
    }
}

async fn insert<const COLUMNS: usize>(
    conn: &mut AnyConnection,
    begin: &'static str,
    rows: Rows<COLUMNS>,
    end: &'static str,
) -> Result<(), sqlx::Error> {
    let mut rows = rows.into_iter();
    while rows.len() > 0 {
        let count = if rows.len() >= ROWS_AT_ONCE {
            ROWS_AT_ONCE
        } else {
            1
        };
        let sql = format!("{begin}{}{end}", places(count, COLUMNS));
        // Made of the constants above; what anybody typed is only ever bound.
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for cell in rows.by_ref().take(count).flatten() {
            query = match cell {
                Cell::Number(number) => query.bind(number),
                Cell::Text(text) => query.bind(text),
                // Only columns of text may be left out.
                Cell::Nothing => query.bind(None::<String>),
            };
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}

/// `($1, $2), ($3, $4)` for two rows of two columns.
fn places(rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let numbers: Vec<String> = (1..=columns)
            .map(|column| format!("${}", row * columns + column))
            .collect();
        format!("({})", numbers.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{Cell, Tail, places};

    #[test]
    fn only_mails_about_the_place_are_written_anew() {
        let mail = |about: Option<String>| {
            [
                "id".into(),
                "key".into(),
                "waiting".into(),
                "anna@traeger.example".into(),
                "before".into(),
                0.into(),
                0.into(),
                0.into(),
                about.into(),
            ]
        };
        let mut tail = Tail {
            mails: [Some("one"), Some("other"), None]
                .map(|about| mail(about.map(str::to_owned)))
                .into(),
            ..Tail::default()
        };
        tail.rewrite_mails_about("one", |text| format!("{text}, after"));
        let payloads = tail.mails.iter().map(|[_, _, _, _, payload, ..]| match payload {
            Cell::Text(text) => text.as_str(),
            _ => "",
        });
        assert_eq!(
            payloads.collect::<Vec<_>>(),
            ["before, after", "before", "before"]
        );
    }

    #[test]
    fn places_are_numbered_through() {
        assert_eq!(places(1, 3), "($1, $2, $3)");
        assert_eq!(places(2, 2), "($1, $2), ($3, $4)");
    }
}
