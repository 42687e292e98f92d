//! A feed as XML (RFC 4287).

use domain::time::Instant;

/// A feed.
#[derive(Clone, Debug)]
pub struct Feed {
    /// The title.
    pub title: &'static str,
    /// Its own address.
    pub id: String,
    /// The page for people.
    pub page: String,
    /// What is new, in the order in which it is told.
    pub entries: Vec<Entry>,
}

/// Something new.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Stays the same for ever.
    pub id: String,
    /// The title.
    pub title: String,
    /// The page for people.
    pub link: String,
    /// When it was first to be seen.
    pub published: Instant,
    /// When it changed last.
    pub updated: Instant,
    /// A few words.
    pub summary: String,
}

impl Feed {
    /// The feed as a file.
    #[must_use]
    pub fn to_xml(&self) -> String {
        let updated = self.entries.iter().map(|entry| entry.updated).max();
        let mut feed = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\">\n\
             <title>{title}</title>\n\
             <id>{id}</id>\n<link rel=\"self\" href=\"{id}\"/>\n<link href=\"{page}\"/>\n\
             <updated>{updated}</updated>\n<author><name>LaFaSt Sachsen</name></author>\n",
            title = escaped(self.title),
            id = escaped(&self.id),
            page = escaped(&self.page),
            updated = updated.unwrap_or(Instant(0)).to_rfc3339(),
        );
        for entry in &self.entries {
            feed.push_str(&format!(
                "<entry>\n<id>{id}</id>\n<title>{title}</title>\n<link href=\"{link}\"/>\n\
                 <published>{published}</published>\n<updated>{updated}</updated>\n<summary>{summary}</summary>\n</entry>\n",
                id = escaped(&entry.id),
                title = escaped(&entry.title),
                link = escaped(&entry.link),
                published = entry.published.to_rfc3339(),
                updated = entry.updated.to_rfc3339(),
                summary = escaped(&entry.summary),
            ));
        }
        feed.push_str("</feed>\n");
        feed
    }
}

/// Text for XML; characters that XML cannot hold are dropped.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\t' => safe.push(' '),
            other if other.is_control() => {}
            other => safe.push(other),
        }
    }
    safe
}
