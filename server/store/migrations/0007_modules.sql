-- Modules of the Nachqualifizierung, and their versions.

CREATE TABLE module (
    id TEXT NOT NULL,
    -- The short name, in the URL and in what other modules require: made once, stays.
    code TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    demo_at BIGINT,
    CONSTRAINT module_pk PRIMARY KEY (id),
    CONSTRAINT module_code UNIQUE (code)
);

-- Which institutions answer for a module; each has to agree to a version.
CREATE TABLE module_owner (
    module_id TEXT NOT NULL,
    organisation_id TEXT NOT NULL,
    CONSTRAINT module_owner_pk PRIMARY KEY (module_id, organisation_id),
    CONSTRAINT module_owner_module_fk FOREIGN KEY (module_id) REFERENCES module (id),
    CONSTRAINT module_owner_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation (id)
);

CREATE TABLE module_version (
    module_id TEXT NOT NULL,
    -- From 1, without gaps.
    number BIGINT NOT NULL,
    state TEXT NOT NULL,
    -- What stands in its fields, as JSON.
    content TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    -- From when on it counted, and until when.
    published_at BIGINT,
    ended_at BIGINT,
    -- When somebody said last that it still holds.
    confirmed_at BIGINT,
    -- Why changes were asked for, or why it was withdrawn.
    reason TEXT,
    CONSTRAINT module_version_pk PRIMARY KEY (module_id, number),
    CONSTRAINT module_version_module_fk FOREIGN KEY (module_id) REFERENCES module (id)
);
-- One version at a time is being written, and one counts.
CREATE UNIQUE INDEX module_version_open ON module_version (module_id)
    WHERE state IN ('draft', 'in_review', 'changes_requested', 'approved');
CREATE UNIQUE INDEX module_version_published ON module_version (module_id) WHERE state = 'published';

-- Who wrote on a version: nobody agrees to what they wrote.
CREATE TABLE module_author (
    module_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    CONSTRAINT module_author_pk PRIMARY KEY (module_id, number, person_id),
    CONSTRAINT module_author_version_fk FOREIGN KEY (module_id, number) REFERENCES module_version (module_id, number)
);

-- Who agreed to a version, and for whom. What was agreed to before it was handed in anew stays, and does not count.
CREATE TABLE module_approval (
    id TEXT NOT NULL,
    module_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    -- 'office', or the id of the institution.
    stage TEXT NOT NULL,
    person_id TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    void_at BIGINT,
    CONSTRAINT module_approval_pk PRIMARY KEY (id),
    CONSTRAINT module_approval_version_fk FOREIGN KEY (module_id, number) REFERENCES module_version (module_id, number)
);
CREATE UNIQUE INDEX module_approval_stage ON module_approval (module_id, number, stage) WHERE void_at IS NULL;
CREATE UNIQUE INDEX module_approval_person ON module_approval (module_id, number, person_id) WHERE void_at IS NULL;

-- What was said about a field of a version.
CREATE TABLE module_comment (
    id TEXT NOT NULL,
    module_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    field TEXT NOT NULL,
    person_id TEXT NOT NULL,
    said TEXT NOT NULL,
    said_at BIGINT NOT NULL,
    settled_at BIGINT,
    CONSTRAINT module_comment_pk PRIMARY KEY (id),
    CONSTRAINT module_comment_version_fk FOREIGN KEY (module_id, number) REFERENCES module_version (module_id, number)
);
CREATE INDEX module_comment_version ON module_comment (module_id, number);
