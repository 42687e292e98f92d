-- What comes out of boards: what was found, the archive, templates, and cards that were brought from board to board.

CREATE TABLE board_template (
    id TEXT NOT NULL,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    lead TEXT NOT NULL,
    -- What each board of it is before the first record: settings, and what stands above the columns.
    plan TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT board_template_pk PRIMARY KEY (id),
    CONSTRAINT board_template_slug UNIQUE (slug)
);

ALTER TABLE board ADD COLUMN archived_at BIGINT;
ALTER TABLE board ADD COLUMN template_id TEXT CONSTRAINT board_template_fk REFERENCES board_template (id);
-- Of which district a board speaks, if its template is worked on in several. None: of all.
ALTER TABLE board ADD COLUMN district TEXT;
-- One board for each district, and one for all.
CREATE UNIQUE INDEX board_of_template ON board (template_id, district);
CREATE UNIQUE INDEX board_of_all ON board (template_id) WHERE district IS NULL;

-- What was found, as the last record has made it, so that the office can look for it on all boards.
CREATE TABLE board_finding (
    board_id TEXT NOT NULL,
    card_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    topic TEXT NOT NULL,
    text TEXT NOT NULL,
    taker TEXT NOT NULL,
    level TEXT NOT NULL,
    progress TEXT NOT NULL,
    since BIGINT NOT NULL,
    CONSTRAINT board_finding_pk PRIMARY KEY (board_id, card_id),
    CONSTRAINT board_finding_board_fk FOREIGN KEY (board_id) REFERENCES board (id)
);
CREATE INDEX board_finding_progress ON board_finding (progress, since);

-- Cards that were brought from other boards: who erases the one erases the other.
CREATE TABLE board_copy (
    board_id TEXT NOT NULL,
    card_id TEXT NOT NULL,
    from_board_id TEXT NOT NULL,
    from_card_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT board_copy_pk PRIMARY KEY (board_id, card_id),
    CONSTRAINT board_copy_once UNIQUE (board_id, from_board_id, from_card_id),
    CONSTRAINT board_copy_board_fk FOREIGN KEY (board_id) REFERENCES board (id),
    CONSTRAINT board_copy_from_fk FOREIGN KEY (from_board_id) REFERENCES board (id)
);
CREATE INDEX board_copy_from ON board_copy (from_board_id, from_card_id);
