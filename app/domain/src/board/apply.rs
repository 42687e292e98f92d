//! What a record of the log makes of the board.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::correct::{Called, times_corrected};
use super::event::{Event, Record};
use super::results::Kept;
use super::state::{Board, Card, Column, EARLIER_MAX, Earlier, Editor, Finding, Member, Stage, Standing};
use super::trial::Trial;
use super::words::CardKind;
use crate::ids::{CardId, ColumnId, MemberId};
use crate::time::Instant;

/// Applies a record. One whose number has passed already changes nothing, so that a log may overlap.
pub fn apply(board: &mut Board, record: &Record) {
    if record.sequence <= board.sequence {
        return;
    }
    board.sequence = record.sequence;
    board.changed_at = Some(record.at);
    let (member, at) = (record.member, record.at);
    match &record.event {
        Event::Joined {
            name,
            district,
            role,
            is_reserved,
        } => {
            let known = board.members.entry(member).or_insert_with(|| Member {
                id: member,
                name: None,
                is_reserved: false,
                district: None,
                role: None,
                removed_at: None,
            });
            known.name.clone_from(name);
            known.is_reserved = *is_reserved;
            known.district = *district;
            known.role = *role;
        }
        Event::Written {
            card,
            number,
            column,
            place,
            kind,
            text,
            standing,
            origin,
            by_moderation,
        } => {
            let place = place.clone();
            let new = new_card(*card, *number, member, *column, place, at);
            insert(
                board,
                Card {
                    kind: *kind,
                    text: text.clone(),
                    origin: origin.clone(),
                    // A moderator has brought it.
                    is_vouched_for: origin.is_some(),
                    by_moderation: *by_moderation,
                    ..new
                },
                standing,
                at,
            );
        }
        Event::Commented {
            card,
            number,
            on,
            column,
            text,
            standing,
            trial,
            by_moderation,
        } => {
            let new = new_card(*card, *number, member, *column, String::new(), at);
            if trial.is_some() {
                self::on(board, *on, |card| card.set_trial(member, *trial));
            }
            insert(
                board,
                Card {
                    text: text.clone(),
                    on: Some(*on),
                    tells: trial.is_some(),
                    by_moderation: *by_moderation,
                    ..new
                },
                standing,
                at,
            );
        }
        Event::Split {
            card,
            number,
            from,
            place,
            text,
        } => split(board, (*card, *number), *from, place, text, at),
        Event::Edited {
            card,
            revision,
            text,
            standing,
        } => on(board, *card, |card| {
            let said = std::mem::replace(&mut card.text, text.clone());
            // Nobody but a moderator changes what somebody else has written.
            let by = if card.author == member {
                Editor::Author
            } else {
                Editor::Moderation
            };
            card.earlier.push(Earlier {
                revision: card.revision,
                text: said,
                until: at,
                by: Some(by),
            });
            if card.earlier.len() > EARLIER_MAX {
                card.earlier.remove(0);
            }
            card.revision = *revision;
            stand(card, standing, at);
            card.is_vouched_for = by == Editor::Moderation && *standing == Standing::Published;
            // Another text is as new as another card.
            card.published_at = card.published_at.map(|_| at);
        }),
        Event::Stood {
            card,
            standing,
            again,
        } => on(board, *card, |card| {
            let (is_decided, heard) = (is_decided(card, standing), std::mem::take(&mut card.heard));
            // What its author takes back and puts there again begins anew: otherwise one vote could be given several times.
            if *standing == Standing::Withdrawn {
                card.votes.clear();
            }
            stand(card, standing, at);
            // What takes a decision back vouches for nothing.
            card.is_vouched_for |= is_decided && !again && *standing == Standing::Published;
            if *again {
                card.reports.extend(heard);
            } else if is_decided {
                card.heard = std::mem::take(&mut card.reports);
            }
            card.claimed_by = None;
        }),
        Event::Moved {
            column,
            places,
            after,
        } => {
            for (card, place) in places {
                on(board, *card, |card| {
                    card.column = *column;
                    card.place.clone_from(place);
                });
            }
            if let Some((moved, _)) = places.first() {
                on(board, *moved, |card| {
                    (card.put_behind, card.put_by) = (*after, Some(member));
                });
            }
        }
        Event::Voted { card, given: true } => on(board, *card, |card| set(&mut card.votes, member, true)),
        Event::Voted { card, given: false } => {
            for card in group(board, *card) {
                on(board, card, |card| set(&mut card.votes, member, false));
            }
        }
        Event::SameHere { card, given } => on(board, *card, |card| set(&mut card.same_here, member, *given)),
        Event::Tried {
            card,
            outcome: Some(outcome),
            district,
        } => {
            let trial = Trial {
                outcome: *outcome,
                district: *district,
            };
            on(board, *card, |card| card.set_trial(member, Some(trial)));
        }
        Event::Tried {
            card, outcome: None, ..
        } => {
            for card in group(board, *card) {
                on(board, card, |card| card.set_trial(member, None));
            }
        }
        Event::Followed { card, given: true } => {
            on(board, *card, |card| set(&mut card.followers, member, true));
        }
        Event::Followed { card, given: false } => {
            for card in group(board, *card) {
                on(board, card, |card| set(&mut card.followers, member, false));
            }
        }
        Event::Reported { card, given, hides } => on(board, *card, |card| {
            set(&mut card.reports, member, *given);
            if !given {
                card.heard.remove(&member);
            }
            if *hides {
                stand(card, &Standing::Hidden, at);
            }
        }),
        Event::Claimed { card, claimed } => {
            on(board, *card, |card| card.claimed_by = claimed.then_some(member))
        }
        Event::Locked { card, locked } => on(board, *card, |card| card.locked = *locked),
        Event::ColumnLocked { column, locked } => {
            if let Some(column) = board.columns.iter_mut().find(|one| one.id == *column) {
                column.locked = *locked;
            }
        }
        Event::ColumnAdded { column, title } => {
            board.columns.push(Column::new(*column, title.clone()));
        }
        Event::ColumnRenamed { column, title } => {
            if let Some(column) = board.columns.iter_mut().find(|one| one.id == *column) {
                column.title.clone_from(title);
            }
        }
        Event::ColumnMoved { column, after } => move_column(board, *column, *after),
        Event::ColumnRemoved { column, .. } => board.columns.retain(|one| one.id != *column),
        Event::Merged { card, into } => on(board, *card, |card| card.merged_into = *into),
        Event::HandsCounted { card, count } => on(board, *card, |card| card.hands = *count),
        Event::Concluded { card, finding } => {
            on(board, *card, |card| card.finding.clone_from(finding));
            keep_up(&mut board.results, *card, finding.as_ref(), at);
        }
        Event::Pinned { card, pinned } => on(board, *card, |card| card.pinned_at = pinned.then_some(at)),
        Event::Discussed { card, discussed } => on(board, *card, |card| {
            card.discussed_at = discussed.then_some(at);
        }),
        Event::Erased { card } => on(board, *card, |card| {
            card.text.clear();
            card.earlier.clear();
            card.finding = None;
            card.votes.clear();
            card.heard.clear();
            card.erased_at = Some(at);
        }),
        Event::Frozen { frozen } => board.settings.frozen_at = frozen.then_some(at),
        // Paused again it holds back what it has held back so far.
        Event::Paused { paused } => {
            let stage = &mut board.settings.stage;
            stage.paused_at = paused.then(|| stage.paused_at.unwrap_or(at));
        }
        Event::Curtained { closed } => board.settings.stage.curtain = *closed,
        Event::Spotlit { card } => board.settings.stage.spotlight = *card,
        Event::TimerSet { seconds } => {
            board.settings.stage.timer_ends_at = seconds.map(|seconds| at.plus_seconds(seconds.into()));
        }
        Event::WentTo { phase } => board.settings.phase = *phase,
        Event::Moderated { level } => board.settings.level = *level,
        Event::VotesHidden { hidden } => board.settings.votes_hidden = *hidden,
        Event::FindingsHidden { hidden } => board.settings.findings_hidden = *hidden,
        Event::RulesSet { text } => board.settings.rules.clone_from(text),
        Event::CodeRenewed | Event::TermSet => board.settings.told_beside += 1,
        Event::Corrected { title, lead, votes } => {
            let times = times_corrected(board) + 1;
            board.settings.votes_max = *votes;
            board.settings.called = Some(Called {
                title: title.clone(),
                lead: lead.clone(),
                times,
            });
        }
        Event::Archived { archived } => board.settings.archived_at = archived.then_some(at),
        Event::Emptied { results } => {
            board.cards.clear();
            board.members.clear();
            board.settings.stage = Stage::default();
            board.settings.rules.clear();
            board.settings.archived_at.get_or_insert(at);
            board.results.clone_from(results);
            board.emptied_at = Some(at);
        }
        Event::Removed { member, removed } => {
            if let Some(member) = board.members.get_mut(member) {
                member.removed_at = removed.then_some(at);
            }
        }
    }
}

/// What was found is kept up when nothing else is left, too.
fn keep_up(results: &mut Vec<Kept>, card: CardId, finding: Option<&Finding>, at: Instant) {
    results.retain(|kept| kept.card != card || finding.is_some());
    let kept = results.iter_mut().find(|kept| kept.card == card);
    if let (Some(kept), Some(finding)) = (kept, finding)
        && kept.finding != *finding
    {
        (kept.finding, kept.since) = (finding.clone(), at);
    }
}

/// A card that nobody has touched, and that nobody but its author sees.
fn new_card(
    id: CardId,
    number: u32,
    author: MemberId,
    column: ColumnId,
    place: String,
    created_at: Instant,
) -> Card {
    Card {
        id,
        number,
        kind: CardKind::Topic,
        text: String::new(),
        revision: 0,
        version: 0,
        earlier: Vec::new(),
        author,
        by_moderation: false,
        on: None,
        column,
        place,
        put_behind: None,
        put_by: None,
        standing: Standing::Waiting,
        taken_back_published: false,
        pinned_at: None,
        discussed_at: None,
        erased_at: None,
        votes: BTreeSet::new(),
        same_here: BTreeSet::new(),
        tried: BTreeMap::new(),
        tried_in: BTreeMap::new(),
        tells: false,
        followers: BTreeSet::new(),
        reports: BTreeSet::new(),
        heard: BTreeSet::new(),
        is_vouched_for: false,
        claimed_by: None,
        locked: false,
        hands: None,
        merged_into: None,
        split_from: None,
        origin: None,
        finding: None,
        published_at: None,
        created_at,
    }
}

fn insert(board: &mut Board, mut card: Card, standing: &Standing, at: Instant) {
    card.standing.clone_from(standing);
    card.published_at = (*standing == Standing::Published).then_some(at);
    board.cards.insert(card.id, Arc::new(card));
}

/// The part is its author's, and stands where the whole does.
fn split(
    board: &mut Board,
    (card, number): (CardId, u32),
    from: CardId,
    place: &str,
    text: &str,
    at: Instant,
) {
    let Some(whole) = board.cards.get(&from).cloned() else {
        return;
    };
    let new = new_card(card, number, whole.author, whole.column, place.to_owned(), at);
    let part = Card {
        kind: whole.kind,
        text: text.to_owned(),
        by_moderation: whole.by_moderation,
        // A moderator has chosen these words.
        is_vouched_for: true,
        split_from: Some(from),
        ..new
    };
    insert(board, part, &whole.standing, at);
}

fn move_column(board: &mut Board, column: ColumnId, after: Option<ColumnId>) {
    let at = |columns: &[Column], id: ColumnId| columns.iter().position(|one| one.id == id);
    let Some(from) = at(&board.columns, column) else {
        return;
    };
    let moved = board.columns.remove(from);
    let left = after.and_then(|after| at(&board.columns, after));
    board.columns.insert(left.map_or(0, |left| left + 1), moved);
}

/// Whether a moderator has decided where a card stands, and so has looked at it. Who asked for that still does while only
/// its author takes it back or puts it there again.
fn is_decided(card: &Card, standing: &Standing) -> bool {
    match standing {
        Standing::Hidden | Standing::Refused { .. } => true,
        Standing::Published | Standing::Waiting => card.standing != Standing::Withdrawn,
        Standing::Withdrawn => false,
    }
}

fn stand(card: &mut Card, standing: &Standing, at: Instant) {
    if *standing == Standing::Published && card.standing != Standing::Published {
        card.published_at = Some(at);
    }
    if *standing == Standing::Withdrawn && card.standing != Standing::Withdrawn {
        card.taken_back_published = card.standing == Standing::Published;
    }
    card.standing.clone_from(standing);
    card.version += 1;
    // What was decided about another version is not taken back any more.
    card.heard.clear();
}

/// The cards that were brought together with this one: taken back is taken back from each of them.
fn group(board: &Board, card: CardId) -> Vec<CardId> {
    let root = board.root(card);
    board.group(root).map(|card| card.id).collect()
}

fn on(board: &mut Board, card: CardId, change: impl FnOnce(&mut Card)) {
    if let Some(card) = board.cards.get_mut(&card).map(Arc::make_mut) {
        change(card);
    }
}

fn set(members: &mut BTreeSet<MemberId>, member: MemberId, given: bool) {
    if given {
        members.insert(member);
    } else {
        members.remove(&member);
    }
}
