//! Whose turn it is: who measures time shares the machine with no other test.

use std::sync::{Condvar, Mutex, PoisonError};

/// Who is running at the moment.
struct Running {
    together: usize,
    alone: bool,
}

static RUNNING: Mutex<Running> = Mutex::new(Running {
    together: 0,
    alone: false,
});
static CHANGED: Condvar = Condvar::new();

/// A server of a test is up, together with those of others or alone. Ends when it is dropped.
///
/// Whoever has one [`Turn::together`] gets another at once, for alone is nobody before. Who runs alone takes no other.
pub enum Turn {
    Together,
    Alone,
}

impl Turn {
    /// Waits while somebody is alone.
    pub fn together() -> Self {
        change(|running| !running.alone, |running| running.together += 1);
        Self::Together
    }

    /// Waits until nobody else is there.
    pub fn alone() -> Self {
        change(
            |running| !running.alone && running.together == 0,
            |running| running.alone = true,
        );
        Self::Alone
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        change(
            |_| true,
            |running| match self {
                Self::Together => running.together -= 1,
                Self::Alone => running.alone = false,
            },
        );
        CHANGED.notify_all();
    }
}

/// Waits until this is so, and changes it. A test that failed before has left nothing half done.
fn change(may: impl Fn(&Running) -> bool, how: impl FnOnce(&mut Running)) {
    let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    while !may(&running) {
        running = CHANGED.wait(running).unwrap_or_else(PoisonError::into_inner);
    }
    how(&mut running);
}
