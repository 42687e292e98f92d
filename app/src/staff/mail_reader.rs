//! Mails in full, while no mail server is set: the server gives this to the pages then, and only then.

use std::sync::Arc;

use store::outbox::OutboxRow;

/// Subject and plain text of a mail, as it would be sent, without what the person needs; nothing if its facts do not fit.
pub type ReadMail = dyn Fn(&OutboxRow) -> Option<(String, String)> + Send + Sync;

/// Reads a mail as it would be sent.
#[derive(Clone)]
pub struct MailReader(pub Arc<ReadMail>);

impl std::fmt::Debug for MailReader {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("MailReader")
    }
}
