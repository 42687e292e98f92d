//! Under which addresses somebody is known: a mailbox takes what is sent to an alias of it, too, and it is the same person. Not the other
//! way round: who has proved that an address with an alias is theirs need not have the mailbox without it, because not every mail
//! server knows aliases.

use domain::contact::EmailAddress;

/// SQL: whether a column may hold an address of somebody: `$1` is [`Addresses::key`], `$2` is [`Addresses::aliases`], and
/// [`Addresses::has`] decides.
macro_rules! may_be_of {
    ($column:literal) => {
        concat!(
            "(LOWER(",
            $column,
            ") = $1 OR LOWER(",
            $column,
            ") LIKE $2 ESCAPE '!')"
        )
    };
}
pub(crate) use may_be_of;

/// The addresses of a person.
#[derive(Debug)]
pub(crate) struct Addresses {
    /// What stands for the person at her places.
    key: String,
    /// What an address with an alias is like.
    aliases: String,
    /// The one address, if it has an alias itself.
    only: Option<String>,
}

impl Addresses {
    /// All that belong to the person of this one.
    pub fn of(email: &str) -> Self {
        let key = key(email);
        let (local, domain) = key.rsplit_once('@').unwrap_or((&key, ""));
        let aliases = format!("{}+%@{}", literally(local), literally(domain));
        let only = Some(email.to_lowercase()).filter(|only| *only != key);
        Self { key, aliases, only }
    }

    /// What stands for the person at her places.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// What an address with an alias is like.
    pub fn aliases(&self) -> &str {
        &self.aliases
    }

    /// Whether an address is one of them.
    pub fn has(&self, address: &str) -> bool {
        match &self.only {
            Some(only) => address.to_lowercase() == *only,
            None => key(address) == self.key,
        }
    }
}

fn key(address: &str) -> String {
    EmailAddress::parse(address).map_or_else(|_| address.to_lowercase(), |address| address.duplicate_key())
}

/// A text that stands for itself in a pattern.
fn literally(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '%' | '_' | '!') {
            literal.push('!');
        }
        literal.push(character);
    }
    literal
}

#[cfg(test)]
mod tests {
    use super::Addresses;

    #[test]
    fn an_alias_is_the_same_person_and_a_sign_of_patterns_is_a_sign() {
        let anna = Addresses::of("Anna_M@Traeger.example");
        assert_eq!(anna.key(), "anna_m@traeger.example");
        assert_eq!(anna.aliases(), "anna!_m+%@traeger.example");
        for (address, is_hers) in [
            ("anna_m@traeger.example", true),
            ("Anna_M+Werkstatt@traeger.example", true),
            ("annaxm+kurs@traeger.example", false),
            ("anna_m@traeger.example.org", false),
            ("", false),
        ] {
            assert_eq!(anna.has(address), is_hers, "{address}");
        }
    }

    #[test]
    fn who_has_an_alias_need_not_have_the_mailbox() {
        let alias = Addresses::of("Anna+Kurs@Traeger.example");
        for (address, is_hers) in [
            ("anna+kurs@traeger.example", true),
            ("anna@traeger.example", false),
            ("anna+werkstatt@traeger.example", false),
        ] {
            assert_eq!(alias.has(address), is_hers, "{address}");
        }
    }
}
