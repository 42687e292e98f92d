//! What a device wants waits until it is answered and on the screen, told by example.

use domain::board::outbox::{AT_ONCE_MAX, Outbox, Over, PATIENCE_SECONDS_MAX, Step, Waiting};
use domain::board::{Answered, Refusal};
use domain::ids::OperationId;
use uuid::Uuid;

fn id(number: u128) -> OperationId {
    OperationId(Uuid::from_u128(number))
}

fn written(number: u128) -> Waiting<()> {
    Waiting::new(id(number), Some("Worte".to_owned()), (), false)
}

fn tapped(number: u128) -> Waiting<()> {
    Waiting::new(id(number), None, (), false)
}

fn outbox(wanted: impl IntoIterator<Item = Waiting<()>>) -> Outbox<()> {
    let mut outbox = Outbox::default();
    for one in wanted {
        outbox.want(one, None);
    }
    outbox
}

fn message(outbox: &mut Outbox<()>) -> Vec<OperationId> {
    outbox.message().into_iter().map(|one| one.id).collect()
}

fn steps(outbox: &Outbox<()>) -> Vec<(OperationId, Step)> {
    outbox.iter().map(|one| (one.id, one.step)).collect()
}

fn answered(number: u128, answer: Result<u64, Refusal>) -> Answered {
    let id = id(number);
    Answered { id, answer }
}

#[test]
fn a_message_is_bounded_and_nothing_overtakes_it() {
    let mut outbox = outbox((0..8).map(written));
    let first: Vec<_> = (0..AT_ONCE_MAX as u128).map(id).collect();
    assert_eq!(message(&mut outbox), first);
    assert_eq!(message(&mut outbox), []);
    outbox.failed();
    assert_eq!(message(&mut outbox), first, "said again in the same order");
    outbox.answered(&[answered(0, Ok(1))], 0);
    let next: Vec<_> = (1..=AT_ONCE_MAX as u128).map(id).collect();
    assert_eq!(message(&mut outbox), next);
}

#[test]
fn what_was_taken_is_kept_until_it_is_on_the_screen() {
    let mut outbox = outbox([written(1), written(2)]);
    let over = outbox.answered(&[answered(1, Ok(5)), answered(2, Ok(3))], 3);
    let forget = vec![id(2)];
    assert_eq!(
        over,
        Over {
            forget,
            ..Over::default()
        }
    );
    assert_eq!(steps(&outbox), [(id(1), Step::Sent(5))]);
    assert_eq!(outbox.confirmed(4), []);
    assert_eq!(outbox.confirmed(5), [id(1)]);
    assert_eq!(steps(&outbox), []);
}

#[test]
fn a_refused_text_stays_and_a_refused_tap_is_said() {
    let mut outbox = outbox([written(1), tapped(2), written(3)]);
    let refused = Err(Refusal::Frozen);
    let answers = [
        answered(1, refused),
        answered(2, refused),
        answered(3, Err(Refusal::Twice)),
    ];
    let over = Over {
        forget: vec![id(2), id(3)],
        refusals: vec![Refusal::Frozen],
    };
    assert_eq!(outbox.answered(&answers, 0), over);
    assert_eq!(steps(&outbox), [(id(1), Step::Refused(Refusal::Frozen))]);
    assert_eq!(message(&mut outbox), []);
    outbox.want(written(4), Some(id(1)));
    assert_eq!(steps(&outbox), [(id(4), Step::OnDevice)]);
    outbox.dropped(id(4));
    assert_eq!(steps(&outbox), []);
}

#[test]
fn after_a_backup_was_put_back_what_was_taken_is_said_again_under_its_id() {
    let mut outbox = outbox([written(1), Waiting::new(id(2), None, (), true)]);
    assert!(!outbox.say_again(), "nothing was taken yet");
    outbox.answered(&[answered(1, Ok(7)), answered(2, Ok(8))], 3);
    assert!(outbox.is_only_here(), "it is not on the screen yet");
    assert!(outbox.say_again());
    assert_eq!(steps(&outbox), [(id(1), Step::OnDevice), (id(2), Step::InPage)]);
    assert_eq!(
        outbox.confirmed(9),
        [],
        "what another history calls by that number"
    );
    assert_eq!(message(&mut outbox), [id(1), id(2)]);
}

#[test]
fn what_is_from_an_earlier_visit_comes_first_and_once() {
    let mut outbox = outbox([written(2), written(3)]);
    outbox.remember(vec![written(1), written(2)]);
    assert_eq!(message(&mut outbox), [1, 2, 3].map(id));
}

#[test]
fn who_does_not_get_through_tries_less_often_but_goes_on() {
    let mut outbox = outbox([written(1)]);
    let mut pauses = Vec::new();
    for _ in 0..8 {
        message(&mut outbox);
        outbox.failed();
        // Nothing was on its way: that is no failure.
        outbox.failed();
        pauses.push(outbox.patience());
    }
    assert_eq!(
        pauses,
        [1, 2, 4, 8, 16, 32, PATIENCE_SECONDS_MAX, PATIENCE_SECONDS_MAX]
    );
    outbox.answered(&[], 0);
    assert_eq!(outbox.patience(), 1);
}
