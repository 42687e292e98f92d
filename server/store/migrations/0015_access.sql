-- Programs of other institutions: with which tokens they come, and where they are told what happened.

CREATE TABLE api_token (
    id TEXT NOT NULL,
    organisation_id TEXT NOT NULL,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    -- Of the token only its hash is kept.
    hash TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT,
    CONSTRAINT api_token_pk PRIMARY KEY (id),
    CONSTRAINT api_token_hash UNIQUE (hash),
    CONSTRAINT api_token_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation (id)
);
CREATE INDEX api_token_organisation ON api_token (organisation_id);

CREATE TABLE webhook (
    id TEXT NOT NULL,
    organisation_id TEXT NOT NULL,
    url TEXT NOT NULL,
    -- With it each message is signed; both sides need it.
    secret TEXT NOT NULL,
    -- Names of events with commas around each.
    events TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    ended_at BIGINT,
    -- Why it ended by itself.
    reason TEXT NOT NULL,
    CONSTRAINT webhook_pk PRIMARY KEY (id),
    CONSTRAINT webhook_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation (id)
);
CREATE INDEX webhook_organisation ON webhook (organisation_id);

-- What is told, and what came of it.
CREATE TABLE webhook_delivery (
    id TEXT NOT NULL,
    webhook_id TEXT NOT NULL,
    event TEXT NOT NULL,
    payload TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    next_try_at BIGINT,
    claimed_until BIGINT,
    tries BIGINT NOT NULL,
    done_at BIGINT,
    failed_at BIGINT,
    last_answer TEXT,
    CONSTRAINT webhook_delivery_pk PRIMARY KEY (id),
    CONSTRAINT webhook_delivery_webhook_fk FOREIGN KEY (webhook_id) REFERENCES webhook (id)
);
CREATE INDEX webhook_delivery_webhook ON webhook_delivery (webhook_id, made_at);
CREATE INDEX webhook_delivery_due ON webhook_delivery (next_try_at);
