//! What moderators did on a board, part by part, the newest first.

use std::ops::Range;

use leptos::prelude::*;
use store::{Store, StoreError};

use super::log;
use crate::boards::device::asking;
use crate::boards::dto::BoardLogView;
use crate::loading::unavailable;

/// Lines of a page.
const LINES_MAX: usize = 50;

/// For who moderates the board; nothing for others. What stands before this line, as the address says it; else the newest.
pub async fn load(slug: &str, before: &str) -> Result<Option<BoardLogView>, ServerFnError> {
    let store = expect_context::<Store>();
    let row = match store.board_by_slug(slug).await {
        Ok(row) => row,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(unavailable(error)),
    };
    if !asking(row.id).await?.moderates {
        return Ok(None);
    }
    let lines = log::of_board(&store, row.id).await.map_err(unavailable)?;
    let part = part(lines.len(), before);
    let path = format!("/themen/{}/protokoll", row.slug);
    let (newer, older) = (newer(&path, lines.len(), &part), older(&path, &part));
    let said = if lines.is_empty() {
        "Auf diesem Board hat die Moderation noch nichts getan."
    } else {
        "Das Neueste steht oben. Texte von Karten stehen hier nicht."
    };
    Ok(Some(BoardLogView {
        slug: row.slug,
        title: row.title,
        said: said.to_owned(),
        lines: lines[part].iter().rev().map(words).collect(),
        newer,
        older,
    }))
}

/// Which lines are shown. Lines only come behind others, so an address shows the same ones later; what cannot be read asks for the
/// newest.
fn part(all: usize, before: &str) -> Range<usize> {
    let until = before.parse().unwrap_or(all).max(1).min(all);
    until.saturating_sub(LINES_MAX)..until
}

/// The way to what is newer. The newest have an address without a number.
fn newer(path: &str, all: usize, part: &Range<usize>) -> Option<String> {
    let until = part.end + LINES_MAX;
    let is_newest = part.end == all;
    (!is_newest).then(|| {
        if until < all {
            format!("{path}?vor={until}")
        } else {
            path.to_owned()
        }
    })
}

/// The way to what is older.
fn older(path: &str, part: &Range<usize>) -> Option<String> {
    (part.start > 0).then(|| format!("{path}?vor={}", part.start))
}

/// When and by whom, and what was done.
fn words([number, at, who, what, card]: &[String; 5]) -> (String, String) {
    let mut when = format!("{at} ·\u{a0}{who}");
    if !number.is_empty() {
        when = format!("Nr.\u{a0}{number} · {when}");
    }
    let what = if card.is_empty() {
        what.clone()
    } else {
        format!("Karte\u{a0}{card}: {what}")
    };
    (when, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_on_one_page_and_each_page_leads_to_the_next() {
        let path = "/themen/a/protokoll";
        let all = 2 * LINES_MAX + 7;
        let newest = part(all, "");
        assert_eq!(newest, LINES_MAX + 7..all);
        assert_eq!(newer(path, all, &newest), None);
        assert_eq!(
            older(path, &newest).as_deref(),
            Some("/themen/a/protokoll?vor=57")
        );
        let middle = part(all, "57");
        assert_eq!(middle, 7..57);
        assert_eq!(newer(path, all, &middle).as_deref(), Some(path));
        assert_eq!(older(path, &middle).as_deref(), Some("/themen/a/protokoll?vor=7"));
        let oldest = part(all, "7");
        assert_eq!(oldest, 0..7);
        assert_eq!(
            newer(path, all, &oldest).as_deref(),
            Some("/themen/a/protokoll?vor=57")
        );
        assert_eq!(older(path, &oldest), None);
    }

    #[test]
    fn what_cannot_be_read_or_is_not_there_any_more_shows_what_there_is() {
        for (all, before, lines) in [
            (3, "gestern", 0..3),
            (3, "99", 0..3),
            (3, "0", 0..1),
            (3, "-1", 0..3),
            (0, "5", 0..0),
            (0, "", 0..0),
        ] {
            assert_eq!(part(all, before), lines, "{before} of {all}");
        }
    }

    #[test]
    fn a_line_says_when_who_what_and_to_which_card() {
        let line = |cells: [&str; 5]| words(&cells.map(str::to_owned));
        assert_eq!(
            line(["7", "3. März", "Amsel", "veröffentlicht", "2"]),
            (
                "Nr.\u{a0}7 · 3. März ·\u{a0}Amsel".to_owned(),
                "Karte\u{a0}2: veröffentlicht".to_owned()
            )
        );
        assert_eq!(
            line(["", "3. März", "Amsel", "Board angehalten", ""]),
            ("3. März ·\u{a0}Amsel".to_owned(), "Board angehalten".to_owned())
        );
    }
}
