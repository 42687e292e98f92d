-- What goes when the term of a board is over, if that is not everything: 'posts'.
ALTER TABLE board ADD COLUMN text_goes TEXT;
-- When a board could not be emptied though its term was over: others come before it the next time.
ALTER TABLE board ADD COLUMN text_tried_at BIGINT;
