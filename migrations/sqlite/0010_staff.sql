-- The merchant's people sign in with a password and a second step. Secrets for codes are sealed with the key
-- of the settings; whoever has only the database can make none.
ALTER TABLE staff ADD COLUMN locale TEXT NOT NULL DEFAULT 'en';
ALTER TABLE staff ADD COLUMN password_hash TEXT;
ALTER TABLE staff ADD COLUMN password_changed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN deactivated_at INTEGER;
ALTER TABLE staff ADD COLUMN last_seen_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN invited_by BLOB REFERENCES staff (id);
-- Set before the app is set up; it counts from then on.
ALTER TABLE staff ADD COLUMN totp_sealed BLOB;
ALTER TABLE staff ADD COLUMN totp_set_up_at INTEGER;
-- The latest period whose code was used: each works once.
ALTER TABLE staff ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

-- Codes for the day on which the app is lost. Its digit finds the row, its secret is hashed.
CREATE TABLE staff_recovery_codes (
    staff_id  BLOB NOT NULL REFERENCES staff (id),
    place     INTEGER NOT NULL CHECK (place BETWEEN 0 AND 9),
    code_hash TEXT NOT NULL,
    used_at   INTEGER,
    PRIMARY KEY (staff_id, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_sessions (
    id                  BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    token_hash          BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    staff_id            BLOB NOT NULL REFERENCES staff (id),
    created_at          INTEGER NOT NULL,
    last_seen_at        INTEGER NOT NULL,
    ends_at             INTEGER NOT NULL,
    password_checked_at INTEGER NOT NULL,
    -- When the second step was done; until then the session opens nothing but that step.
    verified_at         INTEGER,
    -- Recovery codes made in this session, sealed, until the person says that they are kept.
    codes_sealed        BLOB,
    address             TEXT NOT NULL,
    device              TEXT NOT NULL
) STRICT;
CREATE INDEX staff_sessions_by_staff ON staff_sessions (staff_id);
CREATE INDEX staff_sessions_by_end ON staff_sessions (ends_at);

-- Links with which staff set their password. The token of a mailed one is made when the mail is sent.
CREATE TABLE staff_links (
    id           BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    staff_id     BLOB NOT NULL REFERENCES staff (id),
    token_hash   BLOB UNIQUE CHECK (length(token_hash) = 32),
    requested_at INTEGER NOT NULL,
    ends_at      INTEGER,
    consumed_at  INTEGER,
    revoked_at   INTEGER
) STRICT;
CREATE INDEX staff_links_by_staff ON staff_links (staff_id);

-- Networks from which staff signed in lately: they have their own lane when others guess.
CREATE TABLE known_staff_networks (
    staff_id BLOB NOT NULL REFERENCES staff (id),
    network  TEXT NOT NULL,
    seen_at  INTEGER NOT NULL,
    PRIMARY KEY (staff_id, network)
) STRICT, WITHOUT ROWID;
