//! Where mails come back: the server gives this to the pages while a mail server is set.

use std::sync::Arc;

/// The mailbox of the sender. Mail servers that cannot deliver what they took write there.
#[derive(Clone, Debug)]
pub struct BouncesTo(pub Arc<str>);
