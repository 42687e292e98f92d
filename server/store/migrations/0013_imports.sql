-- Tables of modules that were brought to be written in. What is written can be taken back for a while.

CREATE TABLE module_import (
    id TEXT NOT NULL,
    -- Who brought it; an id that stays when the account is gone.
    person_id TEXT NOT NULL,
    -- The name of the file.
    name TEXT NOT NULL,
    -- The rows, as JSON; nothing, once they are written.
    lines TEXT NOT NULL,
    uploaded_at BIGINT NOT NULL,
    done_at BIGINT,
    undone_at BIGINT,
    -- What stood there before, as JSON; nothing, before they are written.
    undo TEXT NOT NULL,
    CONSTRAINT module_import_pk PRIMARY KEY (id)
);
CREATE INDEX module_import_person ON module_import (person_id);
CREATE INDEX module_import_uploaded ON module_import (uploaded_at);
