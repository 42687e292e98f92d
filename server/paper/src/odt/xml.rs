//! Words between tags: whatever people typed, it is words.

/// Characters that mark something up, and those that XML 1.0 has no place for (section 2.2).
fn escape(character: char) -> Option<&'static str> {
    Some(match character {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
        _ => return None,
    })
}

fn push(text: &mut String, character: char) {
    match escape(character) {
        Some(escaped) => text.push_str(escaped),
        None => text.push(character),
    }
}

/// The words, for an attribute or a part without breaks.
pub fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    words.chars().for_each(|character| push(&mut text, character));
    text
}

/// The words, for a paragraph: a break in them is one, and no space gets lost (OpenDocument 1.3, part 3, section 6.1.2).
pub fn paragraph(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let mut after_space = false;
    for character in words.replace("\r\n", "\n").chars() {
        match character {
            '\n' | '\r' => text.push_str("<text:line-break/>"),
            '\t' => text.push_str("<text:tab/>"),
            ' ' if after_space => text.push_str("<text:s/>"),
            _ => push(&mut text, character),
        }
        after_space = matches!(character, ' ' | '\n' | '\r' | '\t');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{escaped, paragraph};

    #[test]
    fn nothing_that_was_typed_is_a_tag() {
        assert_eq!(
            escaped("<a href=\"x\">&\u{0}"),
            "&lt;a href=&quot;x&quot;&gt;&amp;\u{fffd}"
        );
        assert_eq!(
            paragraph("a\r\nb\tc   d"),
            "a<text:line-break/>b<text:tab/>c <text:s/><text:s/>d"
        );
    }
}
