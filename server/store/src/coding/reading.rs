//! What one person made of a card, and what was agreed on in the end.

use std::collections::BTreeSet;

use domain::ids::{BoardId, CardId, CodeId, CodingId, PersonId};
use domain::time::Instant;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::writer::Tx;
use crate::{Store, StoreError, audit, boards};

/// What was made of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// On which board.
    pub board: BoardId,
    /// Which card.
    pub card: CardId,
    /// Whose reading; nothing: what was agreed on.
    pub reader: Option<PersonId>,
    /// The codes that were given.
    pub codes: BTreeSet<CodeId>,
    /// What the reader noted.
    pub memo: String,
    /// By whom it was written last.
    pub by: PersonId,
    /// Since when the reader is done with it, if so.
    pub done_at: Option<Instant>,
}

impl Store {
    /// Keeps what a person made of a card, or what was agreed on, instead of what was kept before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the board is not read in this coding, the card is not there any more, or a code is not of its
    /// codebook.
    pub async fn keep_reading(
        &self,
        coding: CodingId,
        reading: Reading,
        done: bool,
    ) -> Result<(), StoreError> {
        self.write(move |tx| Box::pin(async move { keep(tx, coding, &reading, done).await }))
            .await
    }

    /// Everything that was made of the cards in this coding.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn readings(&self, coding: CodingId) -> Result<Vec<Reading>, StoreError> {
        let rows = sqlx::query(
            "SELECT board_id, card_id, reader, codes, memo, person_id, done_at FROM coding_reading
             WHERE coding_id = $1 ORDER BY board_id, card_id, reader",
        )
        .bind(coding.to_string())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(read).collect()
    }

    /// How people are called who read in this coding: the name, or what stands before the @ of the address.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reader_names(&self, coding: CodingId) -> Result<Vec<(PersonId, String)>, StoreError> {
        let rows = sqlx::query(
            "SELECT DISTINCT person.id, COALESCE(person.name, ''), person.email FROM coding_reading
             JOIN person ON person.id = coding_reading.reader WHERE coding_id = $1 ORDER BY person.id",
        )
        .bind(coding.to_string())
        .fetch_all(self.readers())
        .await?;
        rows.iter()
            .map(|row| {
                let (name, email): (String, String) = (row.try_get(1)?, row.try_get(2)?);
                let local = email.split('@').next().unwrap_or_default().to_owned();
                let name = if name.is_empty() { local } else { name };
                let id = PersonId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("reader"))?;
                Ok((id, name))
            })
            .collect()
    }
}

const fn wrong(column: &'static str) -> StoreError {
    StoreError::Inconsistent {
        table: "coding_reading",
        column,
    }
}

fn read(row: &AnyRow) -> Result<Reading, StoreError> {
    let text = |index: usize| row.try_get::<String, _>(index);
    let reader = text(2)?;
    let codes = text(3)?;
    let codes = codes.split_whitespace().map(CodeId::parse);
    Ok(Reading {
        board: BoardId::parse(&text(0)?).map_err(|_| wrong("board_id"))?,
        card: CardId::parse(&text(1)?).map_err(|_| wrong("card_id"))?,
        reader: match reader.as_str() {
            "" => None,
            id => Some(PersonId::parse(id).map_err(|_| wrong("reader"))?),
        },
        codes: codes.collect::<Result<_, _>>().map_err(|_| wrong("codes"))?,
        memo: text(4)?,
        by: PersonId::parse(&text(5)?).map_err(|_| wrong("person_id"))?,
        done_at: row.try_get::<Option<i64>, _>(6)?.map(Instant),
    })
}

async fn keep(tx: &mut Tx, coding: CodingId, reading: &Reading, done: bool) -> Result<(), StoreError> {
    let coding = coding.to_string();
    let there = sqlx::query("SELECT 1 FROM coding_board WHERE coding_id = $1 AND board_id = $2")
        .bind(coding.clone())
        .bind(reading.board.to_string())
        .fetch_optional(&mut *tx.conn)
        .await?;
    there.ok_or(StoreError::NotFound)?;
    // What is made of a card while it is erased would stay behind.
    if !boards::held::hold_card(tx, reading.board, reading.card).await? {
        return Err(StoreError::NotFound);
    }
    for code in &reading.codes {
        let known = sqlx::query(
            "SELECT 1 FROM code JOIN coding ON coding.codebook_id = code.codebook_id WHERE coding.id = $1 AND code.id = $2",
        )
        .bind(coding.clone())
        .bind(code.to_string())
        .fetch_optional(&mut *tx.conn)
        .await?;
        known.ok_or(StoreError::NotFound)?;
    }
    let codes: Vec<String> = reading.codes.iter().map(ToString::to_string).collect();
    let reader = reading
        .reader
        .map(|reader| reader.to_string())
        .unwrap_or_default();
    sqlx::query(
        "INSERT INTO coding_reading
            (coding_id, board_id, card_id, reader, codes, memo, person_id, done_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (coding_id, board_id, card_id, reader)
         DO UPDATE SET codes = $5, memo = $6, person_id = $7, done_at = $8, changed_at = $9",
    )
    .bind(coding.clone())
    .bind(reading.board.to_string())
    .bind(reading.card.to_string())
    .bind(reader)
    .bind(codes.join(" "))
    .bind(reading.memo.clone())
    .bind(reading.by.to_string())
    .bind(done.then(|| tx.now.micros()))
    .bind(tx.now.micros())
    .execute(&mut *tx.conn)
    .await?;
    let what = if reading.reader.is_some() {
        "card_coded"
    } else {
        "coding_agreed"
    };
    let by = audit::Actor::Person(reading.by);
    audit::record(tx, by, what, ("coding", &coding), &reading.card.to_string()).await
}
