-- A board remembers which words a moderator has read, and what somebody wrote who was taken off it waits for nobody. What was kept before
-- that is made anew of the log, where it is whole (what was emptied keeps its state: its log is gone), and counted when the store opens.
DELETE FROM board_snapshot WHERE EXISTS (
    SELECT 1 FROM board_record WHERE board_record.board_id = board_snapshot.board_id AND board_record.sequence = 1
);
UPDATE board SET waiting = -1 WHERE sequence > 0 AND archived_at IS NULL;
