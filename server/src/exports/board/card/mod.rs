//! `/themen/{slug}/karten/{number}.pdf`, `.odt` and `.md`: one card to take along, with the parts that were asked for.
//!
//! Whoever asks gets what the board shows them. A card that they do not see is not there, and neither is a part that is not
//! theirs.
//!
//! - [`document`]: what it says

mod document;

use std::collections::BTreeSet;

use app::boards::moderation_log;
use app::outcomes::part::Part;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::board::{Audience, view};
use paper::{Document, PaperError};
use url::form_urlencoded;

use super::find;
use crate::exports::{download, papers};
use crate::problem::Problem;
use crate::state::AppState;
use document::Content;

/// In which way the parts are asked for: one or several in each, with commas between.
const PARTS: &str = "teile";

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Pdf,
    Odt,
    Markdown,
}

impl Kind {
    fn parse(suffix: &str) -> Option<Self> {
        [Self::Pdf, Self::Odt, Self::Markdown]
            .into_iter()
            .find(|kind| kind.suffix() == suffix)
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Odt => "odt",
            Self::Markdown => "md",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Odt => paper::odt::MEDIA_TYPE,
            Self::Markdown => "text/markdown; charset=utf-8",
        }
    }

    fn write(self, document: &Document) -> Result<Vec<u8>, PaperError> {
        match self {
            Self::Pdf => paper::write(document),
            Self::Odt => paper::odt(document),
            Self::Markdown => Ok(paper::markdown(document).into_bytes()),
        }
    }
}

/// The file.
pub async fn file(
    State(state): State<AppState>,
    Path((slug, number, suffix)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let asked = (slug.as_str(), number.as_str(), suffix.as_str());
    match write(&state, asked, &query.unwrap_or_default(), &headers).await {
        Ok((kind, number, bytes)) => {
            let name = format!("karte-{number}.{}", kind.suffix());
            download(kind.media_type(), &name, bytes)
        }
        Err(problem) => problem.answer(&headers, &state.site.stylesheet),
    }
}

async fn write(
    state: &AppState,
    (slug, number, suffix): (&str, &str, &str),
    query: &str,
    headers: &HeaderMap,
) -> Result<(Kind, u32, Vec<u8>), Problem> {
    let (Some(kind), Ok(number)) = (Kind::parse(suffix), number.parse::<u32>()) else {
        return Err(Problem::NotFound);
    };
    let found = find(state, slug, headers).await?;
    let moderates = matches!(found.audience, Audience::Moderator(_));
    let parts = parts(query, moderates).ok_or(Problem::NotFound)?;
    let unread = |_| Problem::Unavailable;
    let board = state.store.board(found.row.id).await.map_err(unread)?;
    let view = view(&board, found.audience);
    let mut cards = view.cards.iter();
    let card = cards.find(|card| document::is_card(card, number));
    let card = card.ok_or(Problem::NotFound)?;
    let mut ways = state.store.board_ways(found.row.id).await.map_err(unread)?;
    let workshop = state.store.workshop_of(&found.row).await.map_err(unread)?;
    // Both are of a part that moderators alone may ask for.
    let (log, note) = if parts.contains(&Part::Moderation) {
        let mut notes = state.store.card_notes(found.row.id).await.map_err(unread)?;
        let log = moderation_log(&state.store, found.row.id);
        (log.await.map_err(unread)?, notes.remove(&card.id))
    } else {
        (Vec::new(), None)
    };
    let content = Content {
        board: &found.row.title,
        workshop: workshop.map(|workshop| workshop.draft.title),
        view: &view,
        card,
        parts: &parts,
        way: ways.remove(&card.id).unwrap_or_default(),
        log,
        note,
        now: state.store.ambient().now(),
    };
    let document = content.document();
    let bytes = papers::written("a card", move || kind.write(&document)).await?;
    Ok((kind, number, bytes))
}

/// The parts that an address asks for; where it asks for none, all that this one may have. Nothing, if it asks for one that is
/// not theirs. What is no part is passed over: so is `text`, which is always there.
fn parts(query: &str, moderates: bool) -> Option<BTreeSet<Part>> {
    let asked: Vec<String> = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| name == PARTS)
        .map(|(_, words)| words.into_owned())
        .collect();
    if asked.is_empty() {
        return Some(Part::all_for(moderates).collect());
    }
    let words = asked.iter().flat_map(|words| words.split(','));
    let parts: BTreeSet<Part> = words.filter_map(|word| Part::parse(word.trim())).collect();
    parts.iter().all(|part| part.is_for(moderates)).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_the_parts() {
        let of = |query: &str| parts(query, false).map(|parts| parts.into_iter().collect::<Vec<_>>());
        assert_eq!(
            of("teile=verlauf,stimmen"),
            Some(vec![Part::Weight, Part::History])
        );
        assert_eq!(
            of("teile=text&teile=kommentare&teile=fremd"),
            Some(vec![Part::Comments])
        );
        assert_eq!(of("teile=text"), Some(Vec::new()), "what the card says alone");
        assert_eq!(of("").map(|parts| parts.len()), Some(Part::ALL.len() - 1));
        assert_eq!(of("teile=stimmen,moderation"), None, "not theirs");
        let moderator = parts("teile=moderation", true);
        assert_eq!(moderator, Some(BTreeSet::from([Part::Moderation])));
    }
}
