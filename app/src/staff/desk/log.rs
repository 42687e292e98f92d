//! The log, page by page, narrowed by what stands in the address.

use domain::time::Instant;
use leptos::prelude::*;
use store::audit::AuditRow;
use store::audit::log::{LogPage, Start, Subject, Topic, Wanted};

use super::for_staff;
use crate::loading::unavailable;
use crate::staff::dto::{LogLine, LogView};
use crate::staff::log_words::{numbered_line, topic};
use crate::workshops::dto::encode;

/// Lines of a page.
const LINES_MAX: usize = 50;

/// What the address of the log says, as typed: from which entry on, about what, and which days.
#[derive(Clone, Debug, Default)]
pub struct LogQuery {
    /// Entries before this number.
    pub vor: String,
    /// Entries after this number.
    pub nach: String,
    /// About this only.
    pub worum: String,
    /// From this day on.
    pub von: String,
    /// Until this day.
    pub bis: String,
}

pub async fn audit(query: LogQuery) -> Result<Option<LogView>, ServerFnError> {
    for_staff(|store| async move {
        let wanted = wanted(&query);
        let page = store.audit_log(&wanted, LINES_MAX).await.map_err(unavailable)?;
        Ok(Some(view(page, &query)))
    })
    .await
}

/// What is asked for. What cannot be read narrows nothing.
fn wanted(query: &LogQuery) -> Wanted {
    let before = query.vor.parse().map(Start::Before);
    let after = query.nach.parse().map(Start::After);
    Wanted {
        topic: Topic::parse(&query.worum),
        from: midnight(&query.von),
        until: midnight(&query.bis).and_then(next_day),
        start: before.or(after).unwrap_or_default(),
    }
}

/// When this day begins.
fn midnight(day: &str) -> Option<Instant> {
    Instant::from_input(&format!("{day}T00:00"))
}

/// When the day after begins, on a clock in Saxony.
fn next_day(instant: Instant) -> Option<Instant> {
    let tomorrow = instant.berlin().date().tomorrow().ok()?;
    Some(Instant::from_berlin(tomorrow.at(0, 0, 0, 0)))
}

fn view(page: LogPage, query: &LogQuery) -> LogView {
    let way = |name: &str, number: Option<i64>| number.map(|number| address(query, name, number));
    LogView {
        newer: way("nach", page.newer),
        older: way("vor", page.older),
        lines: page.rows.into_iter().map(shown).collect(),
        topics: Topic::ALL
            .map(|one| (one.key().to_owned(), topic(one).to_owned()))
            .to_vec(),
    }
}

/// The page that begins at this number, narrowed as this one is.
fn address(query: &LogQuery, name: &str, number: i64) -> String {
    let mut path = "/verwaltung/protokoll?".to_owned();
    for (name, value) in [("worum", &query.worum), ("von", &query.von), ("bis", &query.bis)] {
        if !value.is_empty() {
            path.push_str(&format!("{name}={}&", encode(value)));
        }
    }
    path.push_str(&format!("{name}={number}"));
    path
}

fn shown((row, subject): (AuditRow, Option<Subject>)) -> LogLine {
    let number = match subject {
        Some(Subject::Workshop { number, .. }) => number,
        Some(Subject::Board { .. }) | None => None,
    };
    let (at, what) = numbered_line(&row, number);
    let about = match subject {
        Some(Subject::Workshop { id, title, .. }) => {
            Some((title, Some(format!("/verwaltung/veranstaltungen/{id}"))))
        }
        Some(Subject::Board { slug, title }) => Some((title, Some(format!("/themen/{slug}")))),
        // The name of a module is its code.
        None if row.object_kind == "module" => Some((row.object_id, None)),
        None => None,
    };
    LogLine { at, what, about }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_whole_days_in_saxony_and_what_cannot_be_read_narrows_nothing() {
        // Summer time ends: this day has 25 hours.
        let query = LogQuery {
            worum: "konten".to_owned(),
            von: "2026-10-25".to_owned(),
            bis: "2026-10-25".to_owned(),
            vor: "7".to_owned(),
            ..LogQuery::default()
        };
        let Wanted {
            topic,
            from,
            until,
            start,
        } = wanted(&query);
        assert_eq!((topic, start), (Some(Topic::Accounts), Start::Before(7)));
        assert_eq!(until, from.map(|from| from.plus_hours(25)));
        assert_eq!(from, Instant::from_input("2026-10-25T00:00"));
        let odd = "gestern".to_owned();
        let query = LogQuery {
            worum: odd.clone(),
            von: odd.clone(),
            bis: odd.clone(),
            vor: odd.clone(),
            nach: odd,
        };
        assert_eq!(wanted(&query), Wanted::default());
    }

    #[test]
    fn another_page_is_narrowed_as_this_one_is() {
        let query = LogQuery {
            worum: "mails".to_owned(),
            bis: "1&x".to_owned(),
            nach: "3".to_owned(),
            ..LogQuery::default()
        };
        let expected = "/verwaltung/protokoll?worum=mails&bis=1%26x&vor=9";
        assert_eq!(address(&query, "vor", 9), expected);
    }
}
