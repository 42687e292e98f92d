-- Coding: what cards say, in the terms of a codebook. No text of a card is in here.

CREATE TABLE codebook (
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    -- One more with each change of its codes.
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT codebook_pk PRIMARY KEY (id)
);

CREATE TABLE code (
    id TEXT NOT NULL,
    codebook_id TEXT NOT NULL,
    place BIGINT NOT NULL,
    name TEXT NOT NULL,
    definition TEXT NOT NULL,
    example TEXT NOT NULL,
    since_version BIGINT NOT NULL,
    -- Since which version it is not given any more.
    retired_version BIGINT,
    CONSTRAINT code_pk PRIMARY KEY (id),
    CONSTRAINT code_name UNIQUE (codebook_id, name),
    CONSTRAINT code_codebook_fk FOREIGN KEY (codebook_id) REFERENCES codebook (id)
);

CREATE TABLE coding (
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    codebook_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT coding_pk PRIMARY KEY (id),
    CONSTRAINT coding_codebook_fk FOREIGN KEY (codebook_id) REFERENCES codebook (id)
);

CREATE TABLE coding_board (
    coding_id TEXT NOT NULL,
    board_id TEXT NOT NULL,
    CONSTRAINT coding_board_pk PRIMARY KEY (coding_id, board_id),
    CONSTRAINT coding_board_coding_fk FOREIGN KEY (coding_id) REFERENCES coding (id),
    CONSTRAINT coding_board_board_fk FOREIGN KEY (board_id) REFERENCES board (id)
);
CREATE INDEX coding_board_board ON coding_board (board_id);

-- What one person made of a card, and what both agreed on in the end (without a person).
CREATE TABLE coding_reading (
    coding_id TEXT NOT NULL,
    board_id TEXT NOT NULL,
    card_id TEXT NOT NULL,
    -- Whose reading it is; empty: what was agreed on.
    reader TEXT NOT NULL,
    -- Ids of codes, with spaces between them.
    codes TEXT NOT NULL,
    memo TEXT NOT NULL,
    -- By whom it was written last.
    person_id TEXT NOT NULL,
    done_at BIGINT,
    changed_at BIGINT NOT NULL,
    CONSTRAINT coding_reading_pk PRIMARY KEY (coding_id, board_id, card_id, reader),
    CONSTRAINT coding_reading_coding_fk FOREIGN KEY (coding_id) REFERENCES coding (id)
);
CREATE INDEX coding_reading_card ON coding_reading (board_id, card_id);
