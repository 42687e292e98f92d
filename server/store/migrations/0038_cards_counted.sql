-- Comments were counted as cards: the store counts anew when it opens, in the archive too, which the list shows as well. Of what was
-- emptied nothing is left to count.
UPDATE board SET waiting = -1 WHERE sequence > 0 AND emptied_at IS NULL;
