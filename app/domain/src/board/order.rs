//! Keys between two keys, for the order of cards in a column.
//!
//! A key is a fraction in base 36, written as text that sorts as its value does. It never ends in a zero, so that
//! there is always room before it. New cards at an end count up or down, which keeps keys short.

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const BASE: u32 = 36;
/// Digits of a key at an end of a column.
const WIDTH: usize = 4;
/// The first key of an empty column: as far from one end as from the other.
const MIDDLE: &str = "i001";
/// Above this many digits the keys of a column are given anew.
pub const KEY_DIGITS_MAX: usize = 32;

/// A key after `before` and before `after`, which is greater.
#[must_use]
pub fn between(before: Option<&str>, after: Option<&str>) -> String {
    match (before, after) {
        (None, None) => MIDDLE.to_owned(),
        (Some(before), None) => stepped(before, 1).unwrap_or_else(|| middle(before, None)),
        (None, Some(after)) => stepped(after, -1).unwrap_or_else(|| middle("", Some(after))),
        (Some(before), Some(after)) => middle(before, Some(after)),
    }
}

/// Keys for as many cards as a column has, far apart.
#[must_use]
pub fn evenly(count: usize) -> Vec<String> {
    let mut keys: Vec<String> = Vec::with_capacity(count);
    for _ in 0..count {
        let next = between(keys.last().map(String::as_str), None);
        keys.push(next);
    }
    keys
}

/// The key of a place among others, which stand in the order of their keys: behind one of them, on top without one, and at the end
/// if that one is gone. With it the index of that place. No key: there is no room, and all need new ones.
#[must_use]
pub fn behind<Id: PartialEq>(others: &[(&str, Id)], after: Option<&Id>) -> (usize, Option<String>) {
    let index = after.map_or(0, |after| {
        let before = others.iter().position(|(_, id)| id == after);
        before.map_or(others.len(), |before| before + 1)
    });
    let key = |index: usize| others.get(index).map(|(key, _)| *key);
    let (before, next) = (index.checked_sub(1).and_then(key), key(index));
    // Two neighbours with one key, as a late answer may leave them, have no room between them.
    let has_room = before.zip(next).is_none_or(|(before, next)| before < next);
    let key = has_room.then(|| between(before, next));
    (index, key.filter(|key| key.len() <= KEY_DIGITS_MAX))
}

/// The key counted up or down by one, if there is one.
fn stepped(key: &str, step: i64) -> Option<String> {
    let value = digits(key)
        .chain(std::iter::repeat(0))
        .take(WIDTH)
        .fold(0, |value, digit| value * i64::from(BASE) + i64::from(digit));
    let end = i64::from(BASE).pow(u32::try_from(WIDTH).ok()?);
    let mut next = value + step;
    if next % i64::from(BASE) == 0 {
        next += step;
    }
    // Counting down from a key that is longer than the width may land on its own beginning: that is before it, too.
    (next > 0 && next < end).then(|| text(u64::try_from(next).unwrap_or(0)))
}

fn text(mut value: u64) -> String {
    let mut digits = [b'0'; WIDTH];
    for digit in digits.iter_mut().rev() {
        let index = usize::try_from(value % u64::from(BASE)).unwrap_or(0);
        *digit = DIGITS.get(index).copied().unwrap_or(b'0');
        value /= u64::from(BASE);
    }
    digits.iter().map(|digit| char::from(*digit)).collect()
}

/// A key in the middle; `before` may be empty, no `after` is the end.
fn middle(before: &str, after: Option<&str>) -> String {
    let before: Vec<u32> = digits(before).collect();
    let after: Option<Vec<u32>> = after.map(|after| digits(after).collect());
    let mut key = Vec::new();
    halve(&before, after.as_deref(), &mut key);
    key.into_iter()
        .filter_map(|digit: u32| char::from_digit(digit, BASE))
        .collect()
}

fn halve(before: &[u32], after: Option<&[u32]>, key: &mut Vec<u32>) {
    let low = before.first().copied().unwrap_or(0);
    let high = after.map_or(BASE, |after| after.first().copied().unwrap_or(BASE));
    let rest = before.get(1..).unwrap_or_default();
    if low == high {
        key.push(low);
        halve(rest, after.and_then(|after| after.get(1..)), key);
    } else if high - low > 1 {
        key.push(low.midpoint(high));
    } else if after.is_some_and(|after| after.len() > 1) {
        key.push(high);
    } else {
        key.push(low);
        halve(rest, None, key);
    }
}

fn digits(key: &str) -> impl Iterator<Item = u32> + '_ {
    key.chars().filter_map(|digit| digit.to_digit(BASE))
}
