-- People, where they work, and how they sign in. One text for both engines: TEXT ids (UUIDv7), BIGINT
-- microseconds UTC, no BOOLEAN (an event is an instant).

CREATE TABLE organisation (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    district TEXT,
    created_at BIGINT NOT NULL,
    CONSTRAINT organisation_pk PRIMARY KEY (id),
    CONSTRAINT organisation_name_key UNIQUE (name_key)
);

CREATE TABLE person (
    id TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    name TEXT,
    organisation TEXT,
    district TEXT,
    created_at BIGINT NOT NULL,
    CONSTRAINT person_pk PRIMARY KEY (id),
    CONSTRAINT person_email_key UNIQUE (email_key)
);

CREATE TABLE role (
    person_id TEXT NOT NULL,
    role TEXT NOT NULL,
    organisation_id TEXT NOT NULL DEFAULT '',
    given_at BIGINT NOT NULL,
    CONSTRAINT role_pk PRIMARY KEY (person_id, role, organisation_id),
    CONSTRAINT role_person_fk FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE
);

CREATE TABLE session (
    id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    person_id TEXT NOT NULL,
    device TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    CONSTRAINT session_pk PRIMARY KEY (id),
    CONSTRAINT session_token_hash UNIQUE (token_hash),
    CONSTRAINT session_person_fk FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE INDEX session_person ON session (person_id);

CREATE TABLE sign_in_code (
    id TEXT NOT NULL,
    email_key TEXT NOT NULL,
    email TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    tries BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    redeemed_at BIGINT,
    CONSTRAINT sign_in_code_pk PRIMARY KEY (id)
);
CREATE INDEX sign_in_code_email ON sign_in_code (email_key, created_at);

CREATE TABLE form_reply (
    id TEXT NOT NULL,
    reply TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT form_reply_pk PRIMARY KEY (id)
);

-- Mails that go out after the commit. `unique_key` makes each go out once per person and occasion.
CREATE TABLE outbox (
    id TEXT NOT NULL,
    unique_key TEXT NOT NULL,
    occasion TEXT NOT NULL,
    recipient TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    next_try_at BIGINT,
    tries BIGINT NOT NULL DEFAULT 0,
    claimed_until BIGINT,
    sent_at BIGINT,
    failed_at BIGINT,
    last_error TEXT,
    CONSTRAINT outbox_pk PRIMARY KEY (id),
    CONSTRAINT outbox_unique_key UNIQUE (unique_key)
);
CREATE INDEX outbox_due ON outbox (next_try_at);

-- Who did what: append-only (see the triggers), each row holding the hash of the one before.
CREATE TABLE audit (
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT audit_pk PRIMARY KEY (seq)
);
CREATE INDEX audit_object ON audit (object_kind, object_id);

-- The head of the chain, so that a change need not look for it.
CREATE TABLE audit_head (
    id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT audit_head_pk PRIMARY KEY (id)
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '');

-- Any object of the platform joined with any other: the thread runs over these.
CREATE TABLE link (
    from_kind TEXT NOT NULL,
    from_id TEXT NOT NULL,
    to_kind TEXT NOT NULL,
    to_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    CONSTRAINT link_pk PRIMARY KEY (from_kind, from_id, to_kind, to_id, kind)
);
CREATE INDEX link_to ON link (to_kind, to_id);
