//! What changed between two versions, field by field, with the words that were taken out and put in.

use super::content::Content;
use super::field::Field;

/// A field that says something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which one.
    pub field: Field,
    /// Its words, in one text: kept, taken out, put in.
    pub words: Vec<Words>,
}

/// Words that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What became of them.
    pub fate: Fate,
    /// The words.
    pub text: String,
}

/// What became of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They are in both.
    Kept,
    /// They were only in the earlier one.
    Out,
    /// They are only in the later one.
    In,
}

/// Fields that say something else, in their order.
#[must_use]
pub fn changed(before: &Content, after: &Content) -> Vec<Field> {
    let differs = |field: &&Field| before.get(**field) != after.get(**field);
    Field::ALL.iter().filter(differs).copied().collect()
}

/// Whether only fields changed that the institution may change alone.
#[must_use]
pub fn is_light(before: &Content, after: &Content) -> bool {
    changed(before, after)
        .iter()
        .all(|field| !field.facts().is_protected)
}

/// What changed between two versions.
#[must_use]
pub fn differences(before: &Content, after: &Content) -> Vec<Difference> {
    let difference = |field: Field| Difference {
        field,
        words: words(&before.shown(field), &after.shown(field)),
    };
    changed(before, after).into_iter().map(difference).collect()
}

/// Two texts as one, word by word.
#[must_use]
pub fn words(before: &str, after: &str) -> Vec<Words> {
    let (before, after) = (pieces(before), pieces(after));
    let mut words: Vec<Words> = Vec::new();
    let mut say = |fate: Fate, piece: &str| match words.last_mut() {
        Some(last) if last.fate == fate => last.text.push_str(piece),
        _ => words.push(Words {
            fate,
            text: piece.to_owned(),
        }),
    };
    let common = common(&before, &after);
    let (mut left, mut right) = (0, 0);
    for (in_before, in_after) in common.into_iter().chain([(before.len(), after.len())]) {
        before
            .get(left..in_before)
            .into_iter()
            .flatten()
            .for_each(|piece| say(Fate::Out, piece));
        after
            .get(right..in_after)
            .into_iter()
            .flatten()
            .for_each(|piece| say(Fate::In, piece));
        // At the end of one of them the space behind a word may be missing.
        if let (Some(one), Some(other)) = (before.get(in_before), after.get(in_after)) {
            say(Fate::Kept, if one.len() < other.len() { other } else { one });
        }
        (left, right) = (in_before + 1, in_after + 1);
    }
    words
}

/// Words, each with the white space behind it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut in_space = false;
    for (at, character) in text.char_indices() {
        if in_space && !character.is_whitespace() {
            pieces.extend(text.get(from..at));
            from = at;
        }
        in_space = character.is_whitespace();
    }
    pieces.extend(text.get(from..).filter(|piece| !piece.is_empty()));
    pieces
}

/// Cells of the table that finds what two texts have in common: beyond it the middle is shown as replaced.
const CELLS_MAX: usize = 4_000_000;

/// The longest row of pieces that both have, as places in both (longest common subsequence). Compared without the white
/// space behind a word.
fn common(before: &[&str], after: &[&str]) -> Vec<(usize, usize)> {
    let same = |left: usize, right: usize| match (before.get(left), after.get(right)) {
        (Some(left), Some(right)) => left.trim_end() == right.trim_end(),
        _ => false,
    };
    let begin = (0..before.len().min(after.len()))
        .take_while(|at| same(*at, *at))
        .count();
    let rest = before.len().min(after.len()) - begin;
    let end = (1..=rest)
        .take_while(|back| same(before.len() - back, after.len() - back))
        .count();
    let (rows, columns) = (before.len() - begin - end, after.len() - begin - end);
    let mut pairs: Vec<_> = (0..begin).map(|at| (at, at)).collect();
    if rows * columns <= CELLS_MAX {
        let width = columns + 1;
        let mut longest = vec![0_u32; (rows + 1) * width];
        for row in (0..rows).rev() {
            for column in (0..columns).rev() {
                let (down, right) = ((row + 1) * width + column, row * width + column + 1);
                longest[row * width + column] = if same(begin + row, begin + column) {
                    longest[down + 1] + 1
                } else {
                    longest[down].max(longest[right])
                };
            }
        }
        let (mut row, mut column) = (0, 0);
        while row < rows && column < columns {
            if same(begin + row, begin + column) {
                pairs.push((begin + row, begin + column));
                (row, column) = (row + 1, column + 1);
            } else if longest[(row + 1) * width + column] >= longest[row * width + column + 1] {
                row += 1;
            } else {
                column += 1;
            }
        }
    }
    pairs.extend(
        (1..=end)
            .rev()
            .map(|back| (before.len() - back, after.len() - back)),
    );
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(before: &str, after: &str) -> String {
        let mark = |words: &Words| match words.fate {
            Fate::Kept => words.text.clone(),
            Fate::Out => format!("-{}-", words.text),
            Fate::In => format!("+{}+", words.text),
        };
        words(before, after).iter().map(mark).collect()
    }

    #[test]
    fn words_are_marked() {
        assert_eq!(
            marked(
                "Frist von zwei Wochen nach Zustellung",
                "Frist von einer Woche nach Zustellung"
            ),
            "Frist von -zwei Wochen -+einer Woche +nach Zustellung"
        );
        assert_eq!(marked("", "Neu"), "+Neu+");
        assert_eq!(marked("gleich", "gleich"), "gleich");
    }

    #[test]
    fn only_what_is_not_protected_is_a_light_change() {
        let mut before = Content::default();
        before.write(Field::Title, "Asylrecht für den Einstieg").unwrap();
        let mut after = before.clone();
        after.write(Field::Places, "Dresden").unwrap();
        assert!(is_light(&before, &after) && is_light(&before, &before));
        after.write(Field::Ects, "5").unwrap();
        assert!(!is_light(&before, &after));
        assert_eq!(changed(&before, &after), [Field::Ects, Field::Places]);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_out_of_what_changed(before in "[ab \n]{0,30}", after in "[ab \n]{0,30}") {
            let words = words(&before, &after);
            let read = |fate: Fate| -> String {
                words.iter().filter(|words| words.fate == Fate::Kept || words.fate == fate).map(|words| words.text.as_str()).collect()
            };
            let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(plain(&read(Fate::Out)), plain(&before));
            prop_assert_eq!(plain(&read(Fate::In)), plain(&after));
        }
    }
}
