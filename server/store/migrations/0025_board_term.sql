-- After how many days without anything new what was written on a board is erased, and since when that holds. Nothing: it stays.
ALTER TABLE board ADD COLUMN text_days BIGINT;
ALTER TABLE board ADD COLUMN text_days_at BIGINT;
-- When it was erased.
ALTER TABLE board ADD COLUMN emptied_at BIGINT;
