-- Runs of modules: a Veranstaltung that holds to the version it was announced with.

CREATE TABLE run (
    workshop_id TEXT NOT NULL,
    module_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    CONSTRAINT run_pk PRIMARY KEY (workshop_id),
    CONSTRAINT run_workshop_fk FOREIGN KEY (workshop_id) REFERENCES workshop (id),
    CONSTRAINT run_version_fk FOREIGN KEY (module_id, number) REFERENCES module_version (module_id, number)
);
CREATE INDEX run_module ON run (module_id);
