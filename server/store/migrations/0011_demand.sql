-- Who would take a module if it were taught near them. It goes with the account, and after a year.

CREATE TABLE demand (
    module_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    district TEXT NOT NULL,
    said_at BIGINT NOT NULL,
    CONSTRAINT demand_pk PRIMARY KEY (module_id, person_id),
    CONSTRAINT demand_module_fk FOREIGN KEY (module_id) REFERENCES module (id),
    CONSTRAINT demand_person_fk FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE INDEX demand_person ON demand (person_id);
CREATE INDEX demand_said ON demand (said_at);
