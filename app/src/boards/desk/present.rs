//! Who is in a room, in words.

use domain::board::present::{PRESENT_NAMES_MAX, Present, PresentName, present};
use domain::board::{Anonymity, Board};
use domain::german::{self, count};
use domain::ids::MemberId;
use domain::time::Instant;
use leptos::prelude::*;
use store::{Store, StoreError};

use crate::boards::device::asking;
use crate::boards::dto::PresentView;
use crate::boards::in_room::InRoom;
use crate::boards::words::MODERATION;
use crate::loading::unavailable;

/// For who moderates the board; nothing for others.
pub async fn load(slug: &str) -> Result<Option<PresentView>, ServerFnError> {
    let store = expect_context::<Store>();
    let row = match store.board_by_slug(slug).await {
        Ok(row) => row,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(unavailable(error)),
    };
    let asking = asking(row.id).await?;
    if !asking.moderates {
        return Ok(None);
    }
    let board = store.board(row.id).await.map_err(unavailable)?;
    let here = use_context::<InRoom>().map(|InRoom(look)| look(row.id));
    let present = present(&board, &here.unwrap_or_default());
    let moderators = store.board_moderators(row.id).await.map_err(unavailable)?;
    let me = asking.actor.map(|actor| actor.member);
    let others = moderators.into_iter().filter(|(member, _)| Some(*member) != me);
    Ok(Some(PresentView {
        slug: row.slug,
        title: row.title,
        said: said(&present, board.settings.anonymity),
        names: present.names.into_iter().map(name).collect(),
        moderators: others.map(|other| moderator(&board, other)).collect(),
    }))
}

/// Somebody who moderates, by id, and what the button says that ends it. Where no names are shown, since when tells one device from another.
fn moderator(board: &Board, (member, since): (MemberId, Instant)) -> (String, String) {
    let name = board.members.get(&member).and_then(|known| known.name.clone());
    let name = name.unwrap_or_else(|| "ein Gerät".to_owned());
    (
        member.to_string(),
        format!(
            "{name}, seit {}: Nicht mehr moderieren lassen",
            german::moment(since)
        ),
    )
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn said(present: &Present, anonymity: Anonymity) -> Vec<String> {
    let people = number(present.people);
    let mut said = vec![match people {
        0 => "Niemand macht gerade mit.".to_owned(),
        1 => "1\u{a0}Person macht gerade mit.".to_owned(),
        _ => format!("{} machen gerade mit.", count(people, "Person", "Personen")),
    }];
    // Without anybody there is nothing beside which there would be more.
    let [more_one, more] = if people == 0 {
        ["", ""]
    } else {
        ["weiteres ", "weitere "]
    };
    let readers = number(present.readers);
    match readers {
        0 => {}
        1 => said.push(format!(
            "1\u{a0}{more_one}Gerät liest mit. Auch eine Leinwand ist ein Gerät."
        )),
        _ => said.push(format!(
            "{readers}\u{a0}{more}Geräte lesen mit. Auch eine Leinwand ist ein Gerät."
        )),
    }
    if anonymity == Anonymity::Anonymous {
        said.push("Dieses Board zeigt keine Namen, auch hier nicht.".to_owned());
    } else if present.people > PRESENT_NAMES_MAX {
        said.push(format!(
            "Bei mehr als {PRESENT_NAMES_MAX} Personen stehen hier keine Namen."
        ));
    }
    said.push(
        "Wer die Seite schließt, zählt noch bis zu einer Minute mit. Gezählt wird, wer mit diesem Server verbunden ist."
            .to_owned(),
    );
    // What the button on the console has no room for.
    said.push(
        "Eine Person, die vom Board genommen ist, kann weiter mitlesen und, wenn sie die Cookies ihres Browsers löscht, neu mitmachen."
            .to_owned(),
    );
    said
}

fn name(one: PresentName) -> String {
    let PresentName {
        name,
        moderates,
        removed,
    } = one;
    if moderates && name != MODERATION {
        format!("{name} ({MODERATION})")
    } else if removed {
        format!("{name} (vom Board genommen)")
    } else {
        name
    }
}
