//! The log as the office reads it: page by page from a number on, so that nothing shifts while rows come.

use domain::time::Instant;
use sqlx::Row;

use super::AuditRow;
use crate::{Store, StoreError};

/// Rows of a page at most, whoever asks.
const PAGE_ROWS_MAX: usize = 1_000;
/// Words by which a topic is known.
const WORDS: usize = 4;

/// What rows of the log are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Veranstaltungen and places in them.
    Workshops,
    /// Boards, their templates, and what was made of them.
    Boards,
    /// Modules, what counts for them, and what is given for them.
    Modules,
    /// Accounts and roles.
    Accounts,
    /// Mails that staff sent, and those that came back.
    Mails,
    /// Programs of others.
    Programs,
}

impl Topic {
    /// Every topic, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Workshops,
        Self::Boards,
        Self::Modules,
        Self::Accounts,
        Self::Mails,
        Self::Programs,
    ];

    /// The name in addresses.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Workshops => "veranstaltungen",
            Self::Boards => "boards",
            Self::Modules => "module",
            Self::Accounts => "konten",
            Self::Mails => "mails",
            Self::Programs => "programme",
        }
    }

    /// Reads the name in addresses.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.key() == text)
    }

    /// The kinds of objects by which it is known, or what was done: no action is called as a kind is.
    fn words(self) -> [&'static str; WORDS] {
        match self {
            Self::Workshops => ["workshop", "sign_up", "", ""],
            Self::Boards => ["board", "template", "codebook", "coding"],
            Self::Modules => ["module", "programme", "recognition", "certificate"],
            Self::Accounts => ["person", "", "", ""],
            Self::Mails => [
                "message_sent",
                "mail_sent_again",
                "mail_bounced",
                "mail_bounce_undone",
            ],
            Self::Programs => ["api_token", "webhook", "", ""],
        }
    }
}

/// Where a page begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// With the newest row.
    #[default]
    Newest,
    /// With the newest of the rows before this number.
    Before(i64),
    /// So that it ends with the oldest of the rows after this number.
    After(i64),
}

/// Which rows are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// About this only.
    pub topic: Option<Topic>,
    /// From this instant on.
    pub from: Option<Instant>,
    /// Before this instant.
    pub until: Option<Instant>,
    /// Where the page begins.
    pub start: Start,
}

/// A page of the log, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogPage {
    /// The rows, each with what it is about.
    pub rows: Vec<(AuditRow, Option<Subject>)>,
    /// The number after which newer rows are, if there may be some.
    pub newer: Option<i64>,
    /// The number before which older rows are, if there are some.
    pub older: Option<i64>,
}

/// What a row of the log is about, as it is called now. Not part of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A Veranstaltung, or a place in it.
    Workshop {
        /// Which one.
        id: String,
        /// Its title.
        title: String,
        /// The number of the sign-up, of a place: the log names nobody.
        number: Option<i64>,
    },
    /// A board.
    Board {
        /// Its name in the URL.
        slug: String,
        /// Its title.
        title: String,
    },
}

impl Subject {
    /// Reads two columns for the Veranstaltung, two for the board and one for the place. Neither: it is about something else, or about what is gone.
    fn read(row: &sqlx::any::AnyRow, first: usize) -> Result<Option<Self>, StoreError> {
        let text = |column: usize| row.try_get::<Option<String>, _>(first + column);
        let number = row.try_get(first + 4)?;
        Ok(match (text(0)?.zip(text(1)?), text(2)?.zip(text(3)?)) {
            (Some((id, title)), _) => Some(Self::Workshop { id, title, number }),
            (None, Some((slug, title))) => Some(Self::Board { slug, title }),
            (None, None) => None,
        })
    }
}

/// Rows with what they are about. They are read along their numbers, as far as it takes to fill a page: the log has no
/// other order, and an index for what the office narrows it by would be written with every change.
macro_rules! rows {
    ($way:literal) => {
        concat!(
            "SELECT seq, at, actor, action, object_kind, object_id, detail, hash, person.email,
                workshop.id, workshop.title, board.slug, board.title, sign_up.queue_no
             FROM audit LEFT JOIN person ON audit.actor = 'person:' || person.id
                LEFT JOIN sign_up ON object_kind = 'sign_up' AND sign_up.id = object_id
                LEFT JOIN workshop ON workshop.id
                    = CASE object_kind WHEN 'workshop' THEN object_id WHEN 'sign_up' THEN sign_up.workshop_id END
                LEFT JOIN board ON object_kind = 'board' AND board.id = object_id
             WHERE ($1 = '' OR object_kind IN ($1, $2, $3, $4) OR action IN ($1, $2, $3, $4))
                AND at >= $5 AND at < $6 AND ",
            $way,
            " LIMIT $8"
        )
    };
}
const OLDER: &str = rows!("seq < $7 ORDER BY seq DESC");
const NEWER: &str = rows!("seq > $7 ORDER BY seq");

impl Store {
    /// A page of the log of so many rows at most.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_log(&self, wanted: &Wanted, rows_max: usize) -> Result<LogPage, StoreError> {
        let rows_max = rows_max.min(PAGE_ROWS_MAX);
        if let Start::After(seq) = wanted.start {
            let (mut rows, more) = self.log_rows(NEWER, wanted, seq, rows_max).await?;
            // Where fewer are left, the newest page shows them, and is full.
            if more {
                rows.reverse();
                return Ok(page(rows, true, true));
            }
        }
        let (before, newer) = match wanted.start {
            Start::Before(seq) => (seq, true),
            Start::Newest | Start::After(_) => (i64::MAX, false),
        };
        let (rows, older) = self.log_rows(OLDER, wanted, before, rows_max).await?;
        Ok(page(rows, newer, older))
    }

    /// Rows on one side of a number, the nearest first, and whether there are more.
    async fn log_rows(
        &self,
        sql: &'static str,
        wanted: &Wanted,
        seq: i64,
        rows_max: usize,
    ) -> Result<(Vec<(AuditRow, Option<Subject>)>, bool), StoreError> {
        let [one, two, three, four] = wanted.topic.map_or([""; WORDS], Topic::words);
        let found = sqlx::query(sql)
            .bind(one)
            .bind(two)
            .bind(three)
            .bind(four)
            .bind(wanted.from.map_or(i64::MIN, Instant::micros))
            .bind(wanted.until.map_or(i64::MAX, Instant::micros))
            .bind(seq)
            .bind(i64::try_from(rows_max + 1).unwrap_or(i64::MAX))
            .fetch_all(self.readers())
            .await?;
        let rows = found.iter().take(rows_max);
        let rows = rows.map(|row| Ok((AuditRow::read_with_account(row)?, Subject::read(row, 9)?)));
        let rows = rows.collect::<Result<Vec<_>, StoreError>>()?;
        Ok((rows, found.len() > rows_max))
    }
}

fn page(rows: Vec<(AuditRow, Option<Subject>)>, newer: bool, older: bool) -> LogPage {
    let number = |row: Option<&(AuditRow, Option<Subject>)>| row.map(|(row, _)| row.seq);
    LogPage {
        newer: number(rows.first()).filter(|_| newer),
        older: number(rows.last()).filter(|_| older),
        rows,
    }
}
