-- Runs that were taken over into another semester: each once.

CREATE TABLE run_rollover (
    workshop_id TEXT NOT NULL,
    term TEXT NOT NULL,
    copy_id TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    CONSTRAINT run_rollover_pk PRIMARY KEY (workshop_id, term),
    CONSTRAINT run_rollover_workshop_fk FOREIGN KEY (workshop_id) REFERENCES workshop (id),
    CONSTRAINT run_rollover_copy_fk FOREIGN KEY (copy_id) REFERENCES workshop (id)
);
