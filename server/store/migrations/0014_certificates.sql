-- Certificates of modules that were passed, and the keys with which they are signed.

CREATE TABLE signing_key (
    id TEXT NOT NULL,
    -- PKCS#8, base64. It signs from its making on; a newer one takes over, and this one is still there to check by.
    secret TEXT NOT NULL,
    public TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    CONSTRAINT signing_key_pk PRIMARY KEY (id)
);

CREATE TABLE certificate (
    id TEXT NOT NULL,
    -- What is printed on it.
    code TEXT NOT NULL,
    workshop_id TEXT NOT NULL,
    sign_up_id TEXT NOT NULL,
    module_id TEXT NOT NULL,
    -- The version that was taught.
    number BIGINT NOT NULL,
    -- Whose it is, so that it is found in the account; empty once the account is deleted.
    email TEXT NOT NULL,
    -- What it says, as JSON, and the same as signed badge.
    facts TEXT NOT NULL,
    badge TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    issued_by TEXT NOT NULL,
    revoked_at BIGINT,
    reason TEXT NOT NULL,
    CONSTRAINT certificate_pk PRIMARY KEY (id),
    CONSTRAINT certificate_code UNIQUE (code),
    CONSTRAINT certificate_workshop_fk FOREIGN KEY (workshop_id) REFERENCES workshop (id),
    CONSTRAINT certificate_version_fk FOREIGN KEY (module_id, number) REFERENCES module_version (module_id, number)
);
-- One that counts for each place.
CREATE UNIQUE INDEX certificate_place ON certificate (sign_up_id) WHERE revoked_at IS NULL;
CREATE INDEX certificate_workshop ON certificate (workshop_id);
CREATE INDEX certificate_email ON certificate (email);
