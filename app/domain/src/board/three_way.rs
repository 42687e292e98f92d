//! Two changes of one text, brought together word by word.

use diffy::merge as merge_lines;

/// Stands for a line break inside a word of a line; texts hold no control characters.
const BREAK: char = '\u{1f}';

/// What both changes make of the text, if they changed different places of it. Words are kept whole; where both have
/// touched the same words or neighbouring ones, nobody but a person can say what is meant.
#[must_use]
pub fn merge(before: &str, theirs: &str, mine: &str) -> Option<String> {
    let merged = merge_lines(&in_lines(before), &in_lines(theirs), &in_lines(mine)).ok()?;
    let words: String = merged.lines().collect();
    Some(words.replace(BREAK, "\n").trim().to_owned())
}

/// One word per line, with the space after it.
fn in_lines(text: &str) -> String {
    // The end is a word of its own, so that something can be added there and elsewhere.
    format!("{text} ")
        .split_inclusive([' ', '\n'])
        .map(|word| format!("{}\n", word.replace('\n', &BREAK.to_string())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::merge;

    #[test]
    fn changes_of_different_places_go_together() {
        let before = "Die Wartezeit beim Amt ist lang, und niemand dolmetscht.";
        let theirs = "Die Wartezeit beim Jugendamt ist lang, und niemand dolmetscht.";
        let mine = "Die Wartezeit beim Amt ist lang, und niemand dolmetscht dort.";
        assert_eq!(
            merge(before, theirs, mine).as_deref(),
            Some("Die Wartezeit beim Jugendamt ist lang, und niemand dolmetscht dort.")
        );
    }

    #[test]
    fn line_breaks_stay() {
        assert_eq!(
            merge(
                "eins zwei\ndrei vier",
                "eins zwei\ndrei fünf",
                "null zwei\ndrei vier"
            )
            .as_deref(),
            Some("null zwei\ndrei fünf")
        );
    }

    #[test]
    fn changes_of_the_same_place_do_not() {
        assert_eq!(
            merge("das Amt ist zu", "das Jugendamt ist zu", "das Sozialamt ist zu"),
            None
        );
    }

    #[test]
    fn the_same_change_twice_is_one() {
        assert_eq!(merge("a b", "a c", "a c").as_deref(), Some("a c"));
    }
}
