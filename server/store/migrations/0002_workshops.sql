-- Veranstaltungen and who comes.

CREATE TABLE workshop (
    id TEXT NOT NULL,
    number BIGINT NOT NULL,
    slug TEXT NOT NULL,
    status TEXT NOT NULL,
    kind TEXT NOT NULL,
    form TEXT NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    search TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    opens_at BIGINT NOT NULL,
    closes_at BIGINT NOT NULL,
    capacity_on_site BIGINT NOT NULL,
    reserved_on_site BIGINT NOT NULL,
    capacity_online BIGINT NOT NULL,
    reserved_online BIGINT NOT NULL,
    per_organisation_max BIGINT,
    per_organisation_until BIGINT,
    sequence BIGINT NOT NULL,
    version BIGINT NOT NULL,
    demo_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    published_at BIGINT,
    cancelled_at BIGINT,
    cancel_reason TEXT,
    CONSTRAINT workshop_pk PRIMARY KEY (id),
    CONSTRAINT workshop_number UNIQUE (number),
    CONSTRAINT workshop_slug UNIQUE (slug),
    CONSTRAINT workshop_seats_check CHECK (
        capacity_on_site >= 0 AND reserved_on_site >= 0 AND capacity_online >= 0 AND reserved_online >= 0
    )
);
CREATE INDEX workshop_start ON workshop (starts_at, id);

CREATE TABLE workshop_district (
    workshop_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    district TEXT NOT NULL,
    CONSTRAINT workshop_district_pk PRIMARY KEY (workshop_id, district),
    CONSTRAINT workshop_district_fk FOREIGN KEY (workshop_id) REFERENCES workshop (id)
);
CREATE INDEX workshop_district_district ON workshop_district (district, workshop_id);

CREATE TABLE sign_up (
    id TEXT NOT NULL,
    workshop_id TEXT NOT NULL,
    token TEXT NOT NULL,
    person_key TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    organisation TEXT NOT NULL,
    organisation_key TEXT NOT NULL,
    district TEXT NOT NULL,
    mode TEXT NOT NULL,
    state TEXT NOT NULL,
    queue_no BIGINT NOT NULL,
    seat_no BIGINT,
    until BIGINT,
    access_needs TEXT NOT NULL,
    listing TEXT NOT NULL,
    group_id TEXT,
    signed_up_by TEXT,
    confirmed_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT sign_up_pk PRIMARY KEY (id),
    CONSTRAINT sign_up_token UNIQUE (token),
    CONSTRAINT sign_up_workshop_fk FOREIGN KEY (workshop_id) REFERENCES workshop (id),
    CONSTRAINT sign_up_seat_check CHECK (seat_no IS NULL OR seat_no >= 1)
);
-- The second net under the lock: no seat is given twice.
CREATE UNIQUE INDEX sign_up_seat ON sign_up (workshop_id, mode, seat_no);
-- One active place per person and Veranstaltung.
CREATE UNIQUE INDEX sign_up_person ON sign_up (workshop_id, person_key)
    WHERE state IN ('held', 'confirmed', 'waiting', 'offered');
-- Counting people by mode and state, and the order of the waiting list, read this index only.
CREATE INDEX sign_up_line ON sign_up (workshop_id, mode, state, queue_no);
CREATE INDEX sign_up_queue ON sign_up (workshop_id, queue_no);
CREATE INDEX sign_up_organisation ON sign_up (workshop_id, organisation_key, state);
CREATE INDEX sign_up_until ON sign_up (workshop_id, until) WHERE until IS NOT NULL;
CREATE INDEX sign_up_group ON sign_up (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX sign_up_email ON sign_up (person_key);

CREATE TABLE sign_up_history (
    sign_up_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    state TEXT NOT NULL,
    mode TEXT NOT NULL,
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    until BIGINT,
    position BIGINT,
    CONSTRAINT sign_up_history_pk PRIMARY KEY (sign_up_id, seq),
    CONSTRAINT sign_up_history_fk FOREIGN KEY (sign_up_id) REFERENCES sign_up (id) ON DELETE CASCADE
);

-- The browser makes the key; a repeat gets the first answer.
CREATE TABLE idempotency (
    id TEXT NOT NULL,
    answer TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT idempotency_pk PRIMARY KEY (id)
);

CREATE TABLE topic (
    id TEXT NOT NULL,
    workshop_id TEXT NOT NULL,
    text TEXT NOT NULL,
    sign_up_id TEXT,
    hidden_at BIGINT,
    created_at BIGINT NOT NULL,
    CONSTRAINT topic_pk PRIMARY KEY (id),
    CONSTRAINT topic_workshop_fk FOREIGN KEY (workshop_id) REFERENCES workshop (id)
);
CREATE INDEX topic_workshop ON topic (workshop_id);

CREATE TABLE topic_vote (
    topic_id TEXT NOT NULL,
    sign_up_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT topic_vote_pk PRIMARY KEY (topic_id, sign_up_id),
    CONSTRAINT topic_vote_topic_fk FOREIGN KEY (topic_id) REFERENCES topic (id) ON DELETE CASCADE,
    CONSTRAINT topic_vote_sign_up_fk FOREIGN KEY (sign_up_id) REFERENCES sign_up (id) ON DELETE CASCADE
);
