-- How the ERP does, one row: whether it answered when it was asked last, on any node, and since when that is so. And
-- which import runs, with the last sign of life of the node that does it: there is never more than one.
CREATE TABLE erp_state (
    id          INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    reachable   INTEGER CHECK (reachable IN (0, 1)),
    since       INTEGER,
    seen_at     INTEGER,
    import_id   BLOB,
    import_beat INTEGER
) STRICT;
INSERT INTO erp_state (id) VALUES (1);

-- What was asked of the ERP, the latest of it: never what about, nor what it said.
CREATE TABLE erp_calls (
    id        BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    at        INTEGER NOT NULL,
    operation TEXT NOT NULL,
    outcome   TEXT NOT NULL,
    -- How long it took, in microseconds.
    took      INTEGER NOT NULL,
    -- How many entries the answer had; null without one.
    entries   INTEGER
) STRICT;

-- All of it, counted by the hour, by whether it was answered, and by how long that took at most, in microseconds.
CREATE TABLE erp_hours (
    hour     INTEGER NOT NULL,
    answered INTEGER NOT NULL CHECK (answered IN (0, 1)),
    up_to    INTEGER NOT NULL,
    calls    INTEGER NOT NULL,
    PRIMARY KEY (hour, answered, up_to)
) STRICT, WITHOUT ROWID;

-- Imports into the embedded ERP, by staff or the command line.
CREATE TABLE erp_imports (
    id            BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    staff_id      BLOB REFERENCES staff (id),
    state         TEXT NOT NULL,
    -- Why it did not come to its end the last time.
    fault         TEXT,
    created_at    INTEGER NOT NULL,
    ended_at      INTEGER,
    customers     INTEGER NOT NULL DEFAULT 0,
    contacts      INTEGER NOT NULL DEFAULT 0,
    invoices      INTEGER NOT NULL DEFAULT 0,
    -- How far it is: the file, its rows, and the bytes of all files.
    at_file       TEXT,
    at_rows       INTEGER NOT NULL DEFAULT 0,
    at_bytes      INTEGER NOT NULL DEFAULT 0,
    -- What the last check or import found, as JSON.
    report        TEXT
) STRICT;
CREATE INDEX erp_imports_by_state ON erp_imports (state, ended_at);

-- The files of imports that are not done yet, in parts.
CREATE TABLE erp_import_parts (
    import_id BLOB NOT NULL REFERENCES erp_imports (id),
    file      TEXT NOT NULL,
    part      INTEGER NOT NULL,
    content   BLOB NOT NULL,
    PRIMARY KEY (import_id, file, part)
) STRICT;
