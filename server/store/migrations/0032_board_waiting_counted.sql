-- Nobody has counted yet what waits for a moderator on boards that were there before that was counted: the store does when it opens.
UPDATE board SET waiting = -1 WHERE sequence > 0 AND archived_at IS NULL;
