//! What a new board is to be, as staff types it.

use super::words::{Anonymity, Level};
use crate::text::{TextError, bounded, one_line};

/// Characters of a title.
pub const TITLE_CHARACTERS_MAX: usize = 120;
/// Characters of what stands under it.
pub const LEAD_CHARACTERS_MAX: usize = 300;
/// Columns of a board: more do not fit on a projector.
pub const COLUMNS_MAX: usize = 6;
/// Characters of what stands above a column.
pub const COLUMN_CHARACTERS_MAX: usize = 60;
/// Votes that each member may give, at most.
pub const VOTES_MAX: u32 = 20;

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanForm {
    /// The title.
    pub title: String,
    /// What it is about.
    pub lead: String,
    /// What stands above the columns, one a line.
    pub columns: String,
    /// How much authors show of themselves.
    pub anonymity: String,
    /// Which cards wait.
    pub level: String,
    /// Votes that each member may give.
    pub votes: String,
}

/// A board that can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The title.
    pub title: String,
    /// What it is about.
    pub lead: String,
    /// What stands above the columns.
    pub columns: Vec<String>,
    /// How much authors show of themselves.
    pub anonymity: Anonymity,
    /// Which cards wait.
    pub level: Level,
    /// Votes that each member may give.
    pub votes: u32,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The text is too short or too long.
    #[error(transparent)]
    Text(#[from] TextError),
    /// There are no columns, or too many.
    #[error("one to {COLUMNS_MAX} columns")]
    Columns,
    /// It is none of the list.
    #[error("not in the list")]
    NotInList,
    /// It is no number, or too high a one.
    #[error("0 to {VOTES_MAX} votes")]
    Votes,
}

impl Plan {
    /// Reads what was typed.
    ///
    /// # Errors
    /// What is wrong, by field, in the order of the form.
    pub fn parse(form: &PlanForm) -> Result<Self, Vec<(&'static str, PlanError)>> {
        let mut wrong = Vec::new();
        let title = kept(&mut wrong, "title", title(&form.title));
        let lead = kept(&mut wrong, "lead", lead(&form.lead));
        let columns = kept(&mut wrong, "columns", columns(&form.columns));
        let anonymity = Anonymity::parse(&form.anonymity).ok_or(PlanError::NotInList);
        let anonymity = kept(&mut wrong, "anonymity", anonymity);
        let level = kept(
            &mut wrong,
            "level",
            Level::parse(&form.level).ok_or(PlanError::NotInList),
        );
        let votes = kept(&mut wrong, "votes", votes(&form.votes));
        match (title, lead, columns, anonymity, level, votes) {
            (Some(title), Some(lead), Some(columns), Some(anonymity), Some(level), Some(votes)) => Ok(Self {
                title,
                lead,
                columns,
                anonymity,
                level,
                votes,
            }),
            _ => Err(wrong),
        }
    }
}

/// Reads a title.
pub(super) fn title(text: &str) -> Result<String, PlanError> {
    Ok(one_line(text, 3, TITLE_CHARACTERS_MAX)?)
}

/// Reads what a board is about.
pub(super) fn lead(text: &str) -> Result<String, PlanError> {
    Ok(bounded(text, 0, LEAD_CHARACTERS_MAX)?)
}

/// Reads how many votes each member may give.
pub(super) fn votes(text: &str) -> Result<u32, PlanError> {
    let votes = text.trim().parse().ok().filter(|votes| *votes <= VOTES_MAX);
    votes.ok_or(PlanError::Votes)
}

/// What is right of a field; what is wrong with it goes to the others.
pub(super) fn kept<T>(
    wrong: &mut Vec<(&'static str, PlanError)>,
    field: &'static str,
    value: Result<T, impl Into<PlanError>>,
) -> Option<T> {
    value.map_err(|error| wrong.push((field, error.into()))).ok()
}

fn columns(text: &str) -> Result<Vec<String>, PlanError> {
    let columns = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| one_line(line, 1, COLUMN_CHARACTERS_MAX))
        .collect::<Result<Vec<_>, _>>()?;
    if (1..=COLUMNS_MAX).contains(&columns.len()) {
        Ok(columns)
    } else {
        Err(PlanError::Columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> PlanForm {
        PlanForm {
            title: "Wohnen".to_owned(),
            lead: String::new(),
            columns: "Was fehlt\n\n  Was hilft \r\n".to_owned(),
            anonymity: "named".to_owned(),
            level: "all".to_owned(),
            votes: "5".to_owned(),
        }
    }

    #[test]
    fn columns_are_lines() {
        assert_eq!(Plan::parse(&form()).unwrap().columns, ["Was fehlt", "Was hilft"]);
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let form = PlanForm {
            columns: "a\nb\nc\nd\ne\nf\ng".to_owned(),
            votes: "21".to_owned(),
            ..PlanForm::default()
        };
        let wrong = Plan::parse(&form).unwrap_err();
        let fields: Vec<_> = wrong.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["title", "columns", "anonymity", "level", "votes"]);
    }
}
