//! Names that are the moderators': who does not moderate cannot be called so, nor as it looks at a glance. Beside a card
//! of a moderator stands a mark that nobody can type; a name must not look like it.

/// Parts of a name that only who moderates may have, as [`plain`] writes them.
const PARTS: [&str; 4] = ["moderation", "moderator", "moderierend", "administrator"];
/// The platform's name. It may be spread over several words, and is no part of "Carla Faster".
const PLATFORM: &str = "iafast";
/// Whole names, with and without an article.
const WHOLE: [&str; 6] = [
    "mod",
    "mods",
    "admin",
    "admins",
    "geschaftssteiie",
    "geschaeftssteiie",
];
const ARTICLES: [&str; 5] = ["die", "der", "das", "team", "ihre"];

/// Whether a name is the moderators', or looks like it: with other spaces, signs, capitals, digits or letters.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    let words: Vec<String> = name
        .split(|character: char| !character.is_alphanumeric() && !is_mark(character) && character != '@')
        .map(plain)
        .filter(|word| !word.is_empty())
        .collect();
    // Written apart it looks like one word: "r n" is no m.
    let whole = words.concat().replace("rn", "m");
    let is_platform = |at: usize| words[at].contains(PLATFORM) || words[at..].concat().starts_with(PLATFORM);
    let without_article = ARTICLES.iter().find_map(|article| whole.strip_prefix(article));
    PARTS.iter().any(|part| whole.contains(part))
        || (0..words.len()).any(is_platform)
        || [Some(whole.as_str()), without_article]
            .into_iter()
            .flatten()
            .any(|name| WHOLE.contains(&name))
}

/// Accents that stand by themselves, and what is not seen at all: also the letters of Korean that only fill a place.
fn is_mark(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{300}'..='\u{36f}'
            | '\u{115f}'..='\u{1160}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'
            | '\u{3164}'
            | '\u{ffa0}'
    )
}

/// A word in small Latin letters, each as it looks. What looks like i, l or 1 is an i.
fn plain(word: &str) -> String {
    let letters = word.chars().flat_map(unstyled).flat_map(char::to_lowercase);
    letters.filter_map(latin).collect()
}

/// A letter without what makes it bold, slanted, wide, round or square (Unicode: Mathematical Alphanumeric Symbols, Halfwidth and
/// Fullwidth Forms, Enclosed Alphanumerics and their Supplement).
fn unstyled(character: char) -> Option<char> {
    let code = u32::from(character);
    let small = |offset: u32| char::from_u32(u32::from('a') + offset % 26);
    match code {
        0x1d400..=0x1d6a3 => small((code - 0x1d400) % 52),
        0x1d7ce..=0x1d7ff => char::from_u32(u32::from('0') + (code - 0x1d7ce) % 10),
        0xff01..=0xff5e => char::from_u32(code - 0xfee0),
        0x24b6..=0x24cf => small(code - 0x24b6),
        0x24d0..=0x24e9 => small(code - 0x24d0),
        // Three alphabets: in squares, in filled circles, in filled squares.
        0x1f130..=0x1f149 => small(code - 0x1f130),
        0x1f150..=0x1f169 => small(code - 0x1f150),
        0x1f170..=0x1f189 => small(code - 0x1f170),
        _ => Some(character),
    }
}

/// The Latin letter that something looks like, as far as it is one that the reserved names have. What has no look of its own is
/// nothing.
fn latin(character: char) -> Option<char> {
    Some(match character {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'а' | 'α' | 'ά' | 'ɑ' | 'ᴀ' | '4' | '@' => 'a',
        'ç' | 'ć' | 'č' | 'с' | 'ϲ' | 'ᴄ' => 'c',
        'ď' | 'đ' | 'ԁ' | 'ᴅ' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'е' | 'ё' | 'ε' | 'έ' | 'є' | 'ᴇ' | '3' => {
            'e'
        }
        'ꜰ' => 'f',
        'ğ' | 'ģ' | 'ɡ' | 'ɢ' | '9' => 'g',
        'ʜ' => 'h',
        'ì'..='ï'
        | 'ĩ'
        | 'ī'
        | 'ı'
        | 'į'
        | 'і'
        | 'ї'
        | 'ι'
        | 'ί'
        | 'ɪ'
        | 'l'
        | 'ł'
        | 'ľ'
        | 'ĺ'
        | 'ӏ'
        | 'ʟ'
        | '1' => 'i',
        'м' | 'ʍ' | 'ᴍ' => 'm',
        'ñ' | 'ń' | 'ň' | 'η' | 'ή' | 'п' | 'ո' | 'ɴ' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' | 'о' | 'ο' | 'ό' | 'σ' | 'օ' | 'ᴏ' | '0' => 'o',
        'ŕ' | 'ř' | 'г' | 'ɾ' | 'ʀ' => 'r',
        'ś' | 'ş' | 'š' | 'ſ' | 'ѕ' | 'ꜱ' | '5' => 's',
        'ť' | 'ţ' | 'ț' | 'т' | 'τ' | 'ᴛ' | '7' => 't',
        _ if is_mark(character) => return None,
        _ => character,
    })
}

#[cfg(test)]
mod tests {
    use super::is_reserved;

    #[test]
    fn nobody_is_called_like_the_moderators() {
        for name in [
            "Moderation",
            "moderation",
            "Die Moderation",
            "Moderatorin",
            "Moderator*innen",
            "Moderierende",
            "Co-Moderation",
            "M o d e r a t i o n",
            "Mo-de-ra-tion",
            "M\u{200b}oderation",
            "Moder\u{ad}ation",
            "DasLaFa\u{ad}StTeam",
            "Moder@tion",
            "M0DERATI0N",
            "M0d3rat1on",
            "rnoderation",
            "Мoderаtiоn",
            "Modératiön",
            "Ｍｏｄｅｒａｔｉｏｎ",
            "𝐌𝐨𝐝𝐞𝐫𝐚𝐭𝐢𝐨𝐧",
            "Ⓜⓞⓓⓔⓡⓐⓣⓘⓞⓝ",
            "ᴍᴏᴅᴇʀᴀᴛɪᴏɴ",
            "ᴀᴅᴍɪɴɪꜱᴛʀᴀᴛᴏʀ",
            "ʟᴀꜰᴀꜱᴛ",
            "Die ɢᴇꜱᴄʜäꜰᴛꜱꜱᴛᴇʟʟᴇ",
            "🄼🄾🄳🄴🅁🄰🅃🄸🄾🄽",
            "🅜🅞🅓🅔🅡🅐🅣🅘🅞🅝",
            "🅼🅾🅳🅴🆁🅰🆃🅸🅾🅽",
            "Mod\u{115f}eration",
            "Mod\u{1160}eration",
            "Mod\u{3164}eration",
            "Mod\u{ffa0}eration",
            "LaFaSt",
            "La Fa St",
            "lafast-team",
            "TeamLaFaSt",
            "LaFa5t",
            "IaFaSt",
            "Mod",
            "Admin",
            "Die Geschäftsstelle",
        ] {
            assert!(is_reserved(name), "{name}");
        }
    }

    #[test]
    fn everybody_else_keeps_the_name() {
        for name in [
            "Amsel",
            "Anna Muster",
            "Carla Faster",
            "Carla Fasterding",
            "Modesta Ration",
            "Mo",
            "Ada Min",
            "Dr. Moderow",
            "Sozialdienst Löbau",
            "Geschäftsstelle Caritas",
            "Nguyễn Thị Hạnh",
            "أمل",
            "Олена",
        ] {
            assert!(!is_reserved(name), "{name}");
        }
    }
}
