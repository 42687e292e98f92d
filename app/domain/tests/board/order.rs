use domain::board::order::{KEY_DIGITS_MAX, between, evenly};
use proptest::prelude::*;

#[test]
fn keys_at_an_end_stay_short() {
    let mut last = between(None, None);
    for _ in 0..10_000 {
        let next = between(Some(&last), None);
        assert!(last < next && next.len() == 4, "{last} {next}");
        last = next;
    }
    let mut first = between(None, None);
    for _ in 0..10_000 {
        let next = between(None, Some(&first));
        assert!(next < first && next.len() == 4, "{next} {first}");
        first = next;
    }
}

#[test]
fn even_keys_are_in_order() {
    let keys = evenly(2_000);
    assert_eq!(keys.len(), 2_000);
    assert!(keys.is_sorted());
    assert!(keys.iter().all(|key| key.len() <= KEY_DIGITS_MAX));
}

proptest! {
    /// Wherever cards are put, one after another, there is a key between the neighbours.
    #[test]
    fn there_is_always_a_key_between_two(places in prop::collection::vec(0.0..1.0_f64, 1..120)) {
        let mut keys: Vec<String> = Vec::new();
        for place in places {
            let index = ((keys.len() + 1) as f64 * place) as usize;
            let before = index.checked_sub(1).and_then(|index| keys.get(index));
            let after = keys.get(index);
            let key = between(before.map(String::as_str), after.map(String::as_str));
            prop_assert!(before.is_none_or(|before| *before < key), "{before:?} {key}");
            prop_assert!(after.is_none_or(|after| key < *after), "{key} {after:?}");
            prop_assert!(!key.ends_with('0'), "{key}");
            keys.insert(index, key);
        }
    }
}
