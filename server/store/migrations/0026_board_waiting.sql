-- How many cards and comments wait for a moderator, for the list of boards. Counted anew with each change of a board.
ALTER TABLE board ADD COLUMN waiting BIGINT NOT NULL DEFAULT 0;
