//! How far a coding is, and how far two readings agree.

use domain::coding::Agreement;
use domain::german::count;
use domain::ids::{CodeId, CodingId, PersonId};
use leptos::prelude::*;
use store::{Store, StoreError};

use super::work::Work;
use crate::coding::dto::{CodingView, Pair, PairRow};
use crate::loading::unavailable;
use crate::session;

/// In place of kappa, where chance would always have agreed.
const UNKNOWN: &str = "nicht bestimmbar";
/// People of whom each pair is compared: four make six pairs.
const READERS_MAX: usize = 4;

pub async fn load(id: &str) -> Result<Option<CodingView>, ServerFnError> {
    let Ok(id) = CodingId::parse(id) else {
        return Ok(None);
    };
    let Some(viewer) = session::viewer().await?.filter(|viewer| viewer.is_staff()) else {
        return Ok(None);
    };
    let store = expect_context::<Store>();
    let work = match Work::load(&store, id).await {
        Ok(work) => work,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(unavailable(error)),
    };
    let me = viewer.person;
    let mine = work
        .units
        .iter()
        .filter(|unit| unit.done_by(me).is_some())
        .count();
    let next = work.units.iter().find(|unit| unit.done_by(me).is_none());
    let differ = work
        .units
        .iter()
        // Who has not read a card is not told that others differ about it.
        .filter(|unit| unit.differs() && unit.done_by(me).is_some())
        .map(|unit| {
            let card = format!("Karte {}, {}", unit.card.number, unit.board.1);
            (
                unit.path(id),
                card,
                unit.card.text.clone(),
                unit.agreed().is_some(),
            )
        });
    Ok(Some(CodingView {
        id: id.to_string(),
        title: work.coding.title.clone(),
        codebook: (work.codebook.id.to_string(), work.codebook.title.clone()),
        cards: number(work.units.len()),
        mine: number(mine),
        next: next.map(|unit| unit.path(id)),
        progress: progress(&work),
        pairs: pairs(&work),
        differ: differ.collect(),
    }))
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn progress(work: &Work) -> Vec<String> {
    let readers = work.readers();
    let people = readers.iter().map(|reader| {
        let done = work
            .units
            .iter()
            .filter(|unit| unit.done_by(*reader).is_some())
            .count();
        format!(
            "{}: {}",
            work.name(*reader),
            count(number(done), "Karte", "Karten")
        )
    });
    let agreed = work.units.iter().filter(|unit| unit.agreed().is_some()).count();
    let agreed = (agreed > 0).then(|| format!("Geeinigt: {}", count(number(agreed), "Karte", "Karten")));
    people.chain(agreed).collect()
}

fn pairs(work: &Work) -> Vec<Pair> {
    let readers = work.readers();
    let readers = readers.get(..READERS_MAX).unwrap_or(&readers);
    let mut pairs = Vec::new();
    for (at, first) in readers.iter().enumerate() {
        for second in readers.iter().skip(at + 1) {
            pairs.extend(pair(work, *first, *second));
        }
    }
    pairs
}

fn pair(work: &Work, first: PersonId, second: PersonId) -> Option<Pair> {
    let both = |code: CodeId| {
        let mut agreement = Agreement::default();
        for unit in &work.units {
            if let (Some(one), Some(other)) = (unit.done_by(first), unit.done_by(second)) {
                agreement.count(one.codes.contains(&code), other.codes.contains(&code));
            }
        }
        agreement
    };
    let mut all = Agreement::default();
    let mut rows = Vec::new();
    for code in &work.codebook.codes {
        let agreement = both(code.id);
        all = all.with(agreement);
        rows.push(row(code.name.clone(), agreement));
    }
    let read = work.units.iter();
    let read = read.filter(|unit| unit.done_by(first).is_some() && unit.done_by(second).is_some());
    let read = read.count();
    rows.push(row("Alle Codes zusammen".to_owned(), all));
    (read > 0).then(|| Pair {
        title: format!(
            "{} und {}: {}",
            work.name(first),
            work.name(second),
            count(number(read), "gemeinsame Karte", "gemeinsame Karten")
        ),
        hint: hint(&rows),
        rows,
    })
}

fn row(code: String, agreement: Agreement) -> PairRow {
    let share = agreement.share().map(|share| format!("{:.0} %", share * 100.0));
    PairRow {
        code,
        counts: [
            agreement.both,
            agreement.only_first,
            agreement.only_second,
            agreement.neither,
        ],
        share: share.unwrap_or_default(),
        kappa: kappa(agreement),
    }
}

fn kappa(agreement: Agreement) -> String {
    match agreement.kappa() {
        Some(kappa) => format!("{kappa:.2}").replace('.', ","),
        None => UNKNOWN.to_owned(),
    }
}

/// What kappa means; where it is not known, why: the figure beside it says that both agree.
fn hint(rows: &[PairRow]) -> String {
    let why = if rows.iter().any(|row| row.kappa == UNKNOWN) {
        " Nicht bestimmbar ist es, weil beide immer dasselbe gewählt haben."
    } else {
        ""
    };
    format!(
        "Kappa zieht ab, was der Zufall gleich gemacht hätte. 1: immer gleich. 0: nicht öfter gleich als durch Zufall.{why}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_kappa_is_not_known_it_is_said_why() {
        let read = |both, neither| {
            row(
                "Bus".to_owned(),
                Agreement {
                    both,
                    neither,
                    ..Agreement::default()
                },
            )
        };
        let (always, mixed) = (read(3, 0), read(2, 1));
        assert_eq!(always.share, "100 %");
        assert!(hint(&[mixed.clone(), always]).ends_with("weil beide immer dasselbe gewählt haben."));
        assert!(hint(&[mixed]).ends_with("durch Zufall."));
    }
}
