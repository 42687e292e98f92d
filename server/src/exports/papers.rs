//! Documents for paper: written beside what else is done, and never more than two at a time.

use paper::PaperError;
use tokio::sync::Semaphore;

use crate::problem::Problem;

/// Documents that are written at the same time: a long one takes as long as some hundred pages for the web.
const PAPERS_AT_ONCE: usize = 2;
static PLACES: Semaphore = Semaphore::const_new(PAPERS_AT_ONCE);

/// Does this job when there is a place for it. `what` names the document in the log.
///
/// # Errors
/// [`Problem::Internal`], if it cannot be written.
pub async fn written(
    what: &'static str,
    job: impl FnOnce() -> Result<Vec<u8>, PaperError> + Send + 'static,
) -> Result<Vec<u8>, Problem> {
    // Never closed.
    let place = PLACES.acquire().await.map_err(|_| Problem::Unavailable)?;
    let writing = tokio::task::spawn_blocking(move || {
        // Who asked may have gone: the place is free when the work is done, not before.
        let _place = place;
        job()
    });
    match writing.await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) => {
            tracing::error!(%error, what, "a document could not be written");
            Err(Problem::Internal)
        }
        // It panicked, which is in the log.
        Err(_) => Err(Problem::Internal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_place_is_free_when_the_work_is_done_not_when_who_asked_has_gone() {
        let (starts, mut started) = tokio::sync::mpsc::unbounded_channel();
        let mut ends = Vec::new();
        for _ in 0..PAPERS_AT_ONCE {
            let (end, ended) = std::sync::mpsc::channel::<()>();
            let starts = starts.clone();
            let asking = tokio::spawn(written("a test", move || {
                starts.send(()).unwrap();
                // Until the other half is dropped.
                assert!(ended.recv().is_err());
                Ok(Vec::new())
            }));
            started.recv().await.unwrap();
            asking.abort();
            assert!(asking.await.unwrap_err().is_cancelled());
            ends.push(end);
        }
        assert!(PLACES.try_acquire().is_err(), "both are still being written");
        drop(ends);
        let next = written("a test", || Ok(b"%PDF".to_vec())).await;
        assert_eq!(next, Ok(b"%PDF".to_vec()));
    }
}
