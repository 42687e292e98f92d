-- Certificates made of modules, and the plans of people who are on the way to one.

CREATE TABLE programme (
    id TEXT NOT NULL,
    -- The short name: made once, stays.
    code TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    demo_at BIGINT,
    CONSTRAINT programme_pk PRIMARY KEY (id),
    CONSTRAINT programme_code UNIQUE (code)
);

-- What is said of a certificate, and the rule. A change is another version; the newest counts.
CREATE TABLE programme_version (
    programme_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    content TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    CONSTRAINT programme_version_pk PRIMARY KEY (programme_id, number),
    CONSTRAINT programme_version_programme_fk FOREIGN KEY (programme_id) REFERENCES programme (id)
);

-- What a person wants, as it stands in the URL of the plan. It goes with the account.
CREATE TABLE learning_plan (
    person_id TEXT NOT NULL,
    wish TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    CONSTRAINT learning_plan_pk PRIMARY KEY (person_id),
    CONSTRAINT learning_plan_person_fk FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE
);
