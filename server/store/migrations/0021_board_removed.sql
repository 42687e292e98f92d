-- Since when the moderator takes nothing of a member any more: whoever was removed does not moderate either.
ALTER TABLE board_member ADD COLUMN removed_at BIGINT;

-- Who is removed today: whose last record of the kind says so.
UPDATE board_member SET removed_at = (
    SELECT MAX(gone.at) FROM board_record AS gone
    WHERE gone.board_id = board_member.board_id
        AND gone.event = '{"done":"removed","member":"' || board_member.id || '","removed":true}'
        AND NOT EXISTS (
            SELECT 1 FROM board_record AS back
            WHERE back.board_id = gone.board_id AND back.sequence > gone.sequence
                AND back.event = '{"done":"removed","member":"' || board_member.id || '","removed":false}'
        )
);
