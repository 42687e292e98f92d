//! What a device wants, read entry by entry: one that this build cannot read is refused under its id. It takes nothing of the others
//! with it, and the device does not say it for ever.

use domain::board::{Answered, Refusal, Wanted};
use domain::ids::OperationId;
use serde::Deserialize;
use serde_json::Value;

/// A message of a device.
#[derive(Debug)]
pub struct Pushed {
    /// What can be read, in its order.
    pub wanted: Vec<Wanted>,
    /// The answers to what cannot.
    pub refused: Vec<Answered>,
}

impl Pushed {
    /// Reads a message. Nothing: it is no list, or nobody can say of what an entry in it wants to be answered.
    #[must_use]
    pub fn read(message: &str) -> Option<Self> {
        let entries: Vec<Value> = serde_json::from_str(message).ok()?;
        let (mut wanted, mut refused) = (Vec::new(), Vec::new());
        for entry in entries {
            match Wanted::deserialize(&entry) {
                Ok(one) => wanted.push(one),
                Err(_) => refused.push(Answered {
                    id: OperationId::deserialize(entry.get("id")?).ok()?,
                    answer: Err(Refusal::Unreadable),
                }),
            }
        }
        Some(Self { wanted, refused })
    }

    /// How much is wanted.
    #[must_use]
    #[expect(
        clippy::len_without_is_empty,
        reason = "what bounds it asks how many, nobody whether any"
    )]
    pub fn len(&self) -> usize {
        self.wanted.len() + self.refused.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_refused_and_takes_nothing_with_it() {
        let [good, bad] = [
            "01890a5d-ac96-774b-bcce-b302099a8057",
            "01890a5d-ac96-774b-bcce-b302099a8058",
        ];
        let message = format!(
            r#"[{{"id":"{bad}","operation":{{"unheard_of":{{"much":1}}}}}},{{"id":"{good}","operation":{{"freeze":{{"frozen":true}}}}}}]"#
        );
        let pushed = Pushed::read(&message).unwrap();
        assert_eq!(
            pushed
                .wanted
                .iter()
                .map(|one| one.id.to_string())
                .collect::<Vec<_>>(),
            [good]
        );
        assert_eq!(
            pushed
                .refused
                .iter()
                .map(|one| one.id.to_string())
                .collect::<Vec<_>>(),
            [bad]
        );
        assert_eq!(pushed.refused[0].answer, Err(Refusal::Unreadable));
    }

    #[test]
    fn without_an_id_nothing_can_be_answered() {
        for message in [
            "nicht lesbar",
            "{}",
            "[1]",
            r#"[{"operation":{}}]"#,
            r#"[{"id":"x","operation":{}}]"#,
        ] {
            assert!(Pushed::read(message).is_none(), "{message}");
        }
        assert_eq!(Pushed::read("[]").unwrap().len(), 0);
    }
}
