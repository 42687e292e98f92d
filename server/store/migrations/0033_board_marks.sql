-- What moderators wrote before it bore a mark: the log of the office says which records are theirs. Only where that says nothing new
-- of an author: on boards that show names, and of who was called like the moderators. Where no name was promised, none is told
-- afterwards. Cards that were brought from other boards, and sentences about what was tried, bear no mark.
UPDATE board_record SET event = SUBSTR(event, 1, LENGTH(event) - 1) || ',"by_moderation":true}'
WHERE (event LIKE '{"done":"written",%' OR event LIKE '{"done":"commented",%')
    AND event NOT LIKE '%,"by_moderation":true}'
    AND event NOT LIKE '%,"origin":{%'
    AND event NOT LIKE '%,"trial":{%'
    AND (
        EXISTS (SELECT 1 FROM board WHERE board.id = board_record.board_id AND board.beginning LIKE '%"anonymity":"named"%')
        OR EXISTS (
            SELECT 1 FROM board_record AS joined
            WHERE joined.board_id = board_record.board_id AND joined.member_id = board_record.member_id
                AND joined.sequence < board_record.sequence AND joined.event LIKE '{"done":"joined","name":"Moderation",%'
        )
    )
    AND EXISTS (
        SELECT 1 FROM audit
        WHERE audit.object_kind = 'board' AND audit.object_id = board_record.board_id AND audit.action = 'board_moderated'
            AND audit.detail = CAST(board_record.sequence AS TEXT)
    );

-- What was made of these records is made anew.
DELETE FROM board_snapshot WHERE board_id IN (
    SELECT board_id FROM board_record WHERE event LIKE '%,"by_moderation":true}'
);
UPDATE board SET rewritten = rewritten + 1 WHERE id IN (
    SELECT board_id FROM board_record WHERE event LIKE '%,"by_moderation":true}'
);
