-- The merchant's people sign in with a password and a second step. Secrets for codes are sealed with the key
-- of the settings; whoever has only the database can make none.
ALTER TABLE staff ADD COLUMN locale TEXT NOT NULL DEFAULT 'en';
ALTER TABLE staff ADD COLUMN password_hash TEXT;
ALTER TABLE staff ADD COLUMN password_changed_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN deactivated_at BIGINT;
ALTER TABLE staff ADD COLUMN last_seen_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN invited_by UUID REFERENCES staff (id);
-- Set before the app is set up; it counts from then on.
ALTER TABLE staff ADD COLUMN totp_sealed BYTEA;
ALTER TABLE staff ADD COLUMN totp_set_up_at BIGINT;
-- The latest period whose code was used: each works once.
ALTER TABLE staff ADD COLUMN totp_step BIGINT NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- Codes for the day on which the app is lost. Its digit finds the row, its secret is hashed.
CREATE TABLE staff_recovery_codes (
    staff_id  UUID NOT NULL REFERENCES staff (id),
    place     BIGINT NOT NULL CHECK (place BETWEEN 0 AND 9),
    code_hash TEXT NOT NULL,
    used_at   BIGINT,
    PRIMARY KEY (staff_id, place)
);

CREATE TABLE staff_sessions (
    id                  UUID NOT NULL PRIMARY KEY,
    token_hash          BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    staff_id            UUID NOT NULL REFERENCES staff (id),
    created_at          BIGINT NOT NULL,
    last_seen_at        BIGINT NOT NULL,
    ends_at             BIGINT NOT NULL,
    password_checked_at BIGINT NOT NULL,
    -- When the second step was done; until then the session opens nothing but that step.
    verified_at         BIGINT,
    -- Recovery codes made in this session, sealed, until the person says that they are kept.
    codes_sealed        BYTEA,
    address             TEXT NOT NULL,
    device              TEXT NOT NULL
);
CREATE INDEX staff_sessions_by_staff ON staff_sessions (staff_id);
CREATE INDEX staff_sessions_by_end ON staff_sessions (ends_at);

-- Links with which staff set their password. The token of a mailed one is made when the mail is sent.
CREATE TABLE staff_links (
    id           UUID NOT NULL PRIMARY KEY,
    staff_id     UUID NOT NULL REFERENCES staff (id),
    token_hash   BYTEA UNIQUE CHECK (length(token_hash) = 32),
    requested_at BIGINT NOT NULL,
    ends_at      BIGINT,
    consumed_at  BIGINT,
    revoked_at   BIGINT
);
CREATE INDEX staff_links_by_staff ON staff_links (staff_id);

-- Networks from which staff signed in lately: they have their own lane when others guess.
CREATE TABLE known_staff_networks (
    staff_id UUID NOT NULL REFERENCES staff (id),
    network  TEXT NOT NULL,
    seen_at  BIGINT NOT NULL,
    PRIMARY KEY (staff_id, network)
);
