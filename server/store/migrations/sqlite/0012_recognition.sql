-- Recognition of prior learning. An application goes with the account; what others may learn from a decision names nobody.

CREATE TABLE recognition (
    id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    module_id TEXT NOT NULL,
    -- The version whose outcomes are looked at.
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    -- What the person says, and what was found, outcome by outcome, as JSON.
    claims TEXT NOT NULL,
    findings TEXT NOT NULL,
    -- What was asked for.
    note TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    submitted_at BIGINT,
    decided_at BIGINT,
    decided_by TEXT,
    CONSTRAINT recognition_pk PRIMARY KEY (id),
    CONSTRAINT recognition_person_fk FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT recognition_version_fk FOREIGN KEY (module_id, number) REFERENCES module_version (module_id, number)
);
-- One at a time of a person for a module.
CREATE UNIQUE INDEX recognition_open ON recognition (person_id, module_id) WHERE state <> 'decided';
CREATE INDEX recognition_state ON recognition (state);
CREATE INDEX recognition_module ON recognition (module_id);

CREATE TABLE recognition_file (
    id TEXT NOT NULL,
    recognition_id TEXT NOT NULL,
    -- From 1; what was taken away gives its number to nothing else.
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    -- Nothing, once its term is over: what was decided stays, what it was decided by goes.
    content BLOB,
    uploaded_at BIGINT NOT NULL,
    CONSTRAINT recognition_file_pk PRIMARY KEY (id),
    CONSTRAINT recognition_file_number UNIQUE (recognition_id, number),
    CONSTRAINT recognition_file_recognition_fk FOREIGN KEY (recognition_id) REFERENCES recognition (id) ON DELETE CASCADE
);

-- What others may learn from a decision: no person, no day.
CREATE TABLE precedent (
    id TEXT NOT NULL,
    module_id TEXT NOT NULL,
    outcome BIGINT NOT NULL,
    kind TEXT NOT NULL,
    evidence TEXT NOT NULL,
    -- 1 or 0.
    granted BIGINT NOT NULL,
    sentence TEXT NOT NULL,
    year BIGINT NOT NULL,
    CONSTRAINT precedent_pk PRIMARY KEY (id),
    CONSTRAINT precedent_module_fk FOREIGN KEY (module_id) REFERENCES module (id)
);
CREATE INDEX precedent_module ON precedent (module_id);
