-- Boards: what the room does is a log; the state is what the log makes of an empty board.

CREATE TABLE board (
    id TEXT NOT NULL,
    number BIGINT NOT NULL,
    slug TEXT NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    lead TEXT NOT NULL,
    -- What the board is before the first record: settings and columns.
    beginning TEXT NOT NULL,
    -- The number of the last record, and what the list shows of the state that it made.
    sequence BIGINT NOT NULL,
    published BIGINT NOT NULL,
    members BIGINT NOT NULL,
    phase TEXT NOT NULL,
    frozen_at BIGINT,
    workshop_id TEXT,
    demo_at BIGINT,
    created_at BIGINT NOT NULL,
    CONSTRAINT board_pk PRIMARY KEY (id),
    CONSTRAINT board_number UNIQUE (number),
    CONSTRAINT board_slug UNIQUE (slug),
    CONSTRAINT board_code UNIQUE (code),
    CONSTRAINT board_workshop_fk FOREIGN KEY (workshop_id) REFERENCES workshop (id)
);

CREATE INDEX board_workshop ON board (workshop_id);

-- Somebody on one board, known by a device's secret of which only the hash is here.
CREATE TABLE board_member (
    id TEXT NOT NULL,
    board_id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    moderates_at BIGINT,
    created_at BIGINT NOT NULL,
    CONSTRAINT board_member_pk PRIMARY KEY (id),
    CONSTRAINT board_member_token UNIQUE (board_id, token_hash),
    CONSTRAINT board_member_board_fk FOREIGN KEY (board_id) REFERENCES board (id)
);

-- What was done, in the order that the server gave it.
CREATE TABLE board_record (
    board_id TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    member_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    -- The card whose text is in here, if there is any: what erasing looks for.
    card_id TEXT,
    event TEXT NOT NULL,
    CONSTRAINT board_record_pk PRIMARY KEY (board_id, sequence),
    CONSTRAINT board_record_board_fk FOREIGN KEY (board_id) REFERENCES board (id)
);
CREATE INDEX board_record_card ON board_record (card_id);

-- What an operation was answered, taken or not: a repeat gets the same.
CREATE TABLE board_answer (
    id TEXT NOT NULL,
    board_id TEXT NOT NULL,
    answer TEXT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT board_answer_pk PRIMARY KEY (id),
    CONSTRAINT board_answer_board_fk FOREIGN KEY (board_id) REFERENCES board (id)
);

-- The state at one record, so that nobody has to read the whole log.
CREATE TABLE board_snapshot (
    board_id TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    state TEXT NOT NULL,
    CONSTRAINT board_snapshot_pk PRIMARY KEY (board_id),
    CONSTRAINT board_snapshot_board_fk FOREIGN KEY (board_id) REFERENCES board (id)
);
