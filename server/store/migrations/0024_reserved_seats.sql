-- Since when a place uses a seat that was kept back for speakers and the team; empty: it uses none.

ALTER TABLE sign_up ADD COLUMN reserved_at BIGINT;
