-- What moderators note about a card for each other: one text a card, without a name. It goes with the card.
CREATE TABLE board_note (
    board_id TEXT NOT NULL,
    card_id TEXT NOT NULL,
    note TEXT NOT NULL,
    CONSTRAINT board_note_pk PRIMARY KEY (board_id, card_id),
    CONSTRAINT board_note_board_fk FOREIGN KEY (board_id) REFERENCES board (id)
);
