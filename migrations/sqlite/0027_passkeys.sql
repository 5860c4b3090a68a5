-- Passkeys with which staff do the second step, beside the app. Public keys: whoever has only the database can
-- sign nothing with them.
CREATE TABLE staff_passkeys (
    id            BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    staff_id      BLOB NOT NULL REFERENCES staff (id),
    -- As the person calls it.
    name          TEXT NOT NULL,
    -- The host of the portal that it was made for, and answers to.
    host          TEXT NOT NULL,
    credential_id BLOB NOT NULL UNIQUE,
    -- The key, as the library writes it.
    passkey       TEXT NOT NULL,
    -- How often it has signed; 0 for those that don't count.
    counter       INTEGER NOT NULL DEFAULT 0,
    created_at    INTEGER NOT NULL,
    last_used_at  INTEGER
) STRICT;
CREATE INDEX staff_passkeys_by_staff ON staff_passkeys (staff_id);

-- What a device was asked in this session, sealed, until it is answered or the time is over.
ALTER TABLE staff_sessions ADD COLUMN challenge_sealed BLOB;
ALTER TABLE staff_sessions ADD COLUMN challenge_ends_at INTEGER NOT NULL DEFAULT 0;
