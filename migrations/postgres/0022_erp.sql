-- How the ERP does, one row: whether it answered when it was asked last, on any node, and since when that is so. And
-- which import runs, with the last sign of life of the node that does it: there is never more than one.
CREATE TABLE erp_state (
    id          BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    reachable   BOOLEAN,
    since       BIGINT,
    seen_at     BIGINT,
    import_id   UUID,
    import_beat BIGINT
);
INSERT INTO erp_state (id) VALUES (1);

-- What was asked of the ERP, the latest of it: never what about, nor what it said.
CREATE TABLE erp_calls (
    id        UUID NOT NULL PRIMARY KEY,
    at        BIGINT NOT NULL,
    operation TEXT NOT NULL,
    outcome   TEXT NOT NULL,
    -- How long it took, in microseconds.
    took      BIGINT NOT NULL,
    -- How many entries the answer had; null without one.
    entries   BIGINT
);

-- All of it, counted by the hour, by whether it was answered, and by how long that took at most, in microseconds.
CREATE TABLE erp_hours (
    hour     BIGINT NOT NULL,
    answered BOOLEAN NOT NULL,
    up_to    BIGINT NOT NULL,
    calls    BIGINT NOT NULL,
    PRIMARY KEY (hour, answered, up_to)
);

-- Imports into the embedded ERP, by staff or the command line.
CREATE TABLE erp_imports (
    id            UUID NOT NULL PRIMARY KEY,
    staff_id      UUID REFERENCES staff (id),
    state         TEXT NOT NULL,
    -- Why it did not come to its end the last time.
    fault         TEXT,
    created_at    BIGINT NOT NULL,
    ended_at      BIGINT,
    customers     BIGINT NOT NULL DEFAULT 0,
    contacts      BIGINT NOT NULL DEFAULT 0,
    invoices      BIGINT NOT NULL DEFAULT 0,
    -- How far it is: the file, its rows, and the bytes of all files.
    at_file       TEXT,
    at_rows       BIGINT NOT NULL DEFAULT 0,
    at_bytes      BIGINT NOT NULL DEFAULT 0,
    -- What the last check or import found, as JSON.
    report        TEXT
);
CREATE INDEX erp_imports_by_state ON erp_imports (state, ended_at);

-- The files of imports that are not done yet, in parts.
CREATE TABLE erp_import_parts (
    import_id UUID NOT NULL REFERENCES erp_imports (id),
    file      TEXT NOT NULL,
    part      BIGINT NOT NULL,
    content   BYTEA NOT NULL,
    PRIMARY KEY (import_id, file, part)
);
