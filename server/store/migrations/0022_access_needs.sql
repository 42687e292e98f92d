-- What somebody ticked of the list of needs, by key, beside the free text; and who arranges it for which Veranstaltung:
-- only they see it.

ALTER TABLE sign_up ADD COLUMN needs TEXT NOT NULL DEFAULT '';

CREATE TABLE access_duty (
    id TEXT NOT NULL,
    workshop_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    taken_at BIGINT NOT NULL,
    ended_at BIGINT,
    CONSTRAINT access_duty_pk PRIMARY KEY (id),
    CONSTRAINT access_duty_workshop_fk FOREIGN KEY (workshop_id) REFERENCES workshop (id),
    CONSTRAINT access_duty_person_fk FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX access_duty_now ON access_duty (workshop_id, person_id) WHERE ended_at IS NULL;
CREATE INDEX access_duty_person ON access_duty (person_id);
