-- How often the past of a board was written anew (a text erased, a name forgotten): what a process knew of it before does
-- not hold any more.
ALTER TABLE board ADD COLUMN rewritten BIGINT NOT NULL DEFAULT 0;
