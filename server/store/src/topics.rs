//! Topics that people propose for a Veranstaltung, with three votes each: the agenda grows from them.

use domain::booking::PlaceState;
use domain::ids::{TopicId, WorkshopId};
use domain::signup::TOPIC_VOTES_MAX;
use sqlx::Row;

use crate::boards;
use crate::read;
use crate::signups::change;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// A proposed topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Which one.
    pub id: TopicId,
    /// What it says.
    pub text: String,
    /// Votes of people who still have a place or wait.
    pub votes: u32,
    /// Whether the asking person voted for it.
    pub mine: bool,
}

/// Enters a topic, with the proposer's own vote if one is left, and as a card on the boards of the Veranstaltung.
pub(crate) async fn propose(
    tx: &mut Tx,
    workshop: WorkshopId,
    sign_up: &str,
    text: &str,
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
    boards::topics::bring(tx, workshop, topic, text).await
}

/// Gives a vote, if the person has one left. Doing it again changes nothing.
async fn vote(tx: &mut Tx, topic: &str, sign_up: &str, workshop: WorkshopId) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO topic_vote (topic_id, sign_up_id, at)
         SELECT topic.id, $2, $3 FROM topic
         WHERE topic.id = $1 AND topic.workshop_id = $4
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
    /// The topics of a Veranstaltung, the most wanted first. `token` is the personal link of whoever asks.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn topics(&self, workshop: WorkshopId, token: Option<&str>) -> Result<Vec<Topic>, StoreError> {
        let rows = sqlx::query(
            "SELECT topic.id, topic.text,
                (SELECT COUNT(*) FROM topic_vote JOIN sign_up ON sign_up.id = topic_vote.sign_up_id
                 WHERE topic_vote.topic_id = topic.id
                    AND sign_up.state IN ('held', 'confirmed', 'waiting', 'offered')) AS votes,
                (SELECT COUNT(*) FROM topic_vote JOIN sign_up ON sign_up.id = topic_vote.sign_up_id
                 WHERE topic_vote.topic_id = topic.id AND sign_up.token = $1) AS mine
             FROM topic WHERE topic.workshop_id = $2 AND topic.hidden_at IS NULL
             ORDER BY votes DESC, topic.created_at, topic.id",
        )
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

    /// Gives or takes back a vote. The state is absolute: doing it again changes nothing. Returns whether the
    /// vote is as asked; it is not when all three are given.
    ///
    /// # Errors
    /// When the link is unknown or the place has ended, or the database fails.
    pub async fn vote_topic(&self, token: &str, topic: TopicId, wanted: bool) -> Result<bool, StoreError> {
        let token = token.to_owned();
        self.write(move |tx| {
            Box::pin(async move {
                let (workshop, sign_up) = voter(tx, &token).await?;
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

    /// Proposes a topic under a personal link: at most three per person.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when three are proposed; when the link is unknown or the place has ended;
    /// or the database fails.
    pub async fn propose_topic(&self, token: &str, text: &str) -> Result<(), StoreError> {
        let (token, text) = (token.to_owned(), text.to_owned());
        self.write(move |tx| {
            Box::pin(async move {
                let (workshop, sign_up) = voter(tx, &token).await?;
                let row = sqlx::query("SELECT COUNT(*) FROM topic WHERE sign_up_id = $1")
                    .bind(&sign_up)
                    .fetch_one(&mut *tx.conn)
                    .await?;
                if row.try_get::<i64, _>(0)? >= i64::from(TOPIC_VOTES_MAX) {
                    return Err(StoreError::Duplicate);
                }
                propose(tx, workshop, &sign_up, &text).await
            })
        })
        .await
    }
}

/// Whoever still has a place or waits.
async fn voter(tx: &mut Tx, token: &str) -> Result<(WorkshopId, String), StoreError> {
    let (workshop, place) = change::by_token(tx, token).await?;
    match place.state {
        PlaceState::Held | PlaceState::Confirmed | PlaceState::Waiting | PlaceState::Offered => {
            Ok((workshop, place.id.to_string()))
        }
        _ => Err(StoreError::NotFound),
    }
}
