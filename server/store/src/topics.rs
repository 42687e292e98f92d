//! Topics that people propose for a Veranstaltung, with three votes each: the agenda grows from them.

use std::collections::BTreeSet;

use domain::booking::Place;
use domain::ids::{SignUpId, TopicId, WorkshopId};
use domain::signup::TOPIC_VOTES_MAX;
use sqlx::Row;

use crate::audit::{self, Actor};
use crate::boards;
use crate::read;
use crate::signups::behind::behind_link;
use crate::signups::change;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// SQL: whether who proposed the row of `topic` has still to confirm the address; under a further condition on `proposer`.
macro_rules! unconfirmed {
    ($and:expr) => {
        concat!(
            "EXISTS (SELECT 1 FROM sign_up AS proposer WHERE proposer.id = topic.sign_up_id AND proposer.until IS NOT NULL
                AND proposer.state IN ('held', 'waiting') ",
            $and,
            ")"
        )
    };
}
pub(crate) use unconfirmed;

/// SQL: votes for the row of `topic` of people who still have a place or wait, but for those who have still to confirm the
/// address; of these under a further condition on `voter`.
macro_rules! votes {
    ($and:expr) => {
        concat!(
            "(SELECT COUNT(*) FROM topic_vote JOIN sign_up AS voter ON voter.id = topic_vote.sign_up_id
              WHERE topic_vote.topic_id = topic.id AND voter.state IN ('held', 'confirmed', 'waiting', 'offered')
                AND NOT (voter.until IS NOT NULL AND voter.state IN ('held', 'waiting') ",
            $and,
            "))"
        )
    };
}
pub(crate) use votes;

/// A proposed topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Which one.
    pub id: TopicId,
    /// What it says.
    pub text: String,
    /// Votes of people who still have a place or wait, once their address is confirmed.
    pub votes: u32,
    /// Whether the asking person voted for it.
    pub mine: bool,
}

/// Enters a topic, with the proposer's own vote if one is left. Once the address is confirmed it is there for everybody, and a card
/// on the boards of the Veranstaltung: `confirmed`, or later with [`show`].
pub(crate) async fn propose(
    tx: &mut Tx,
    workshop: WorkshopId,
    sign_up: &str,
    text: &str,
    confirmed: bool,
) -> Result<(), StoreError> {
    let topic = TopicId(tx.ambient.uuid());
    let id = topic.to_string();
    sqlx::query(
        "INSERT INTO topic (id, workshop_id, text, sign_up_id, created_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(&id)
    .bind(workshop.to_string())
    .bind(text.to_owned())
    .bind(sign_up.to_owned())
    .bind(tx.now.micros())
    .execute(&mut *tx.conn)
    .await?;
    vote(tx, &id, sign_up, workshop).await?;
    if confirmed {
        boards::topics::bring(tx, workshop, topic, text).await?;
    }
    Ok(())
}

/// The address of who proposed is confirmed: what was proposed comes onto the boards.
pub(crate) async fn show(tx: &mut Tx, workshop: WorkshopId, sign_up: SignUpId) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "SELECT id, text FROM topic WHERE sign_up_id = $1 AND hidden_at IS NULL ORDER BY created_at, id",
    )
    .bind(sign_up.to_string())
    .fetch_all(&mut *tx.conn)
    .await?;
    for row in &rows {
        let topic = read::id(row, 0, "topic")?;
        boards::topics::bring(tx, workshop, topic, &row.try_get::<String, _>(1)?).await?;
    }
    Ok(())
}

/// The address of who proposed was never confirmed: nobody has seen what was proposed, and nobody will.
pub(crate) async fn forget(tx: &mut Tx, sign_up: SignUpId) -> Result<(), StoreError> {
    // Its votes go with it.
    sqlx::query("DELETE FROM topic WHERE sign_up_id = $1")
        .bind(sign_up.to_string())
        .execute(&mut *tx.conn)
        .await?;
    Ok(())
}

/// Votes for what somebody ticked who signs up. A topic that is gone meanwhile is passed over.
pub(crate) async fn vote_for(
    tx: &mut Tx,
    workshop: WorkshopId,
    sign_up: &str,
    topics: &BTreeSet<TopicId>,
) -> Result<(), StoreError> {
    for topic in topics {
        vote(tx, &topic.to_string(), sign_up, workshop).await?;
    }
    Ok(())
}

/// Gives a vote, if the person has one left. Doing it again changes nothing.
async fn vote(tx: &mut Tx, topic: &str, sign_up: &str, workshop: WorkshopId) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO topic_vote (topic_id, sign_up_id, at)
         SELECT topic.id, $2, $3 FROM topic
         WHERE topic.id = $1 AND topic.workshop_id = $4 AND topic.hidden_at IS NULL
            AND (SELECT COUNT(*) FROM topic_vote WHERE topic_vote.sign_up_id = $2) < $5
         ON CONFLICT (topic_id, sign_up_id) DO NOTHING",
    )
    .bind(topic.to_owned())
    .bind(sign_up.to_owned())
    .bind(tx.now.micros())
    .bind(workshop.to_string())
    .bind(i64::from(TOPIC_VOTES_MAX))
    .execute(&mut *tx.conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

impl Store {
    /// The topics of a Veranstaltung, the most wanted first, of people whose address is confirmed, and their votes. `token` is the
    /// personal link of whoever asks, who sees the own ones in any case.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn topics(&self, workshop: WorkshopId, token: Option<&str>) -> Result<Vec<Topic>, StoreError> {
        let rows = sqlx::query(concat!(
            "SELECT topic.id, topic.text, ",
            votes!(concat!("AND NOT ", behind_link!("voter", "$1"))),
            " AS votes,
                (SELECT COUNT(*) FROM topic_vote JOIN sign_up ON sign_up.id = topic_vote.sign_up_id
                 WHERE topic_vote.topic_id = topic.id AND ",
            behind_link!("sign_up", "$1"),
            ") AS mine
             FROM topic WHERE topic.workshop_id = $2 AND topic.hidden_at IS NULL AND NOT ",
            unconfirmed!(concat!("AND NOT ", behind_link!("proposer", "$1"))),
            " ORDER BY votes DESC, topic.created_at, topic.id"
        ))
        .bind(token.unwrap_or_default())
        .bind(workshop.to_string())
        .fetch_all(self.readers())
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Topic {
                    id: read::id(row, 0, "topic")?,
                    text: row.try_get(1)?,
                    votes: u32::try_from(row.try_get::<i64, _>(2)?).unwrap_or(0),
                    mine: row.try_get::<i64, _>(3)? > 0,
                })
            })
            .collect()
    }

    /// Takes a topic away for good, wherever it stands: on the page, in mails to come, on the boards. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], or when the database fails.
    pub async fn remove_topic(&self, actor: Actor, topic: TopicId) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let id = topic.to_string();
                let row = sqlx::query("SELECT workshop_id FROM topic WHERE id = $1")
                    .bind(&id)
                    .fetch_one(&mut *tx.conn)
                    .await?;
                let workshop: WorkshopId = read::id(&row, 0, "topic")?;
                boards::topics::lock(tx, workshop, topic).await?;
                let is_there = sqlx::query("SELECT 1 FROM topic WHERE id = $1 AND hidden_at IS NULL")
                    .bind(&id)
                    .fetch_optional(&mut *tx.conn)
                    .await?;
                if is_there.is_none() {
                    return Ok(());
                }
                boards::topics::take_away(tx, workshop, topic).await?;
                let object = workshop.to_string();
                audit::record(tx, actor, "topic_removed", ("workshop", &object), &id).await
            })
        })
        .await
    }

    /// Gives or takes back a vote. The state is absolute: doing it again changes nothing. Returns whether the
    /// vote is as asked; it is not when all three are given.
    ///
    /// # Errors
    /// When the link is unknown or the place has ended, or the database fails.
    pub async fn vote_topic(&self, token: &str, topic: TopicId, wanted: bool) -> Result<bool, StoreError> {
        let token = token.to_owned();
        self.write(move |tx| {
            Box::pin(async move {
                let (workshop, place) = voter(tx, &token).await?;
                let sign_up = place.id.to_string();
                if !wanted {
                    sqlx::query("DELETE FROM topic_vote WHERE topic_id = $1 AND sign_up_id = $2")
                        .bind(topic.to_string())
                        .bind(sign_up)
                        .execute(&mut *tx.conn)
                        .await?;
                    return Ok(true);
                }
                if vote(tx, &topic.to_string(), &sign_up, workshop).await? {
                    return Ok(true);
                }
                let given = sqlx::query("SELECT 1 FROM topic_vote WHERE topic_id = $1 AND sign_up_id = $2")
                    .bind(topic.to_string())
                    .bind(sign_up)
                    .fetch_optional(&mut *tx.conn)
                    .await?;
                Ok(given.is_some())
            })
        })
        .await
    }

    /// Proposes a topic under a personal link: at most three per person. The same once more changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when three are proposed; when the link is unknown or the place has ended;
    /// or the database fails.
    pub async fn propose_topic(&self, token: &str, text: &str) -> Result<(), StoreError> {
        let (token, text) = (token.to_owned(), text.to_owned());
        self.write(move |tx| {
            Box::pin(async move {
                let (workshop, place) = voter(tx, &token).await?;
                let sign_up = place.id.to_string();
                let row = sqlx::query(
                    "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN text = $2 THEN 1 ELSE 0 END), 0) AS BIGINT)
                     FROM topic WHERE sign_up_id = $1",
                )
                .bind(&sign_up)
                .bind(&text)
                .fetch_one(&mut *tx.conn)
                .await?;
                let (proposed, the_same): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
                if the_same > 0 {
                    return Ok(());
                }
                if proposed >= i64::from(TOPIC_VOTES_MAX) {
                    return Err(StoreError::Duplicate);
                }
                propose(tx, workshop, &sign_up, &text, !place.is_unconfirmed()).await
            })
        })
        .await
    }
}

/// Whoever still has a place or waits. Their Veranstaltung is locked: it stays so, and votes are counted one after the other.
async fn voter(tx: &mut Tx, token: &str) -> Result<(WorkshopId, Place), StoreError> {
    let (workshop, place) = change::locked_by_token(tx, token).await?;
    if place.state.is_active() {
        Ok((workshop, place))
    } else {
        Err(StoreError::NotFound)
    }
}
