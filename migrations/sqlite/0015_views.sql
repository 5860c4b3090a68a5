-- Somebody of the staff sees the portal as one of its users: why, whether changes are allowed, until when.
CREATE TABLE views (
    id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    staff_id   BLOB NOT NULL REFERENCES staff (id),
    user_id    BLOB NOT NULL REFERENCES users (id),
    company_id BLOB REFERENCES companies (id),
    reason     TEXT NOT NULL,
    acts       INTEGER NOT NULL CHECK (acts IN (0, 1)),
    began_at   INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL,
    -- When the trail was told that it is over.
    ended_at   INTEGER
) STRICT;
CREATE INDEX views_open ON views (ends_at) WHERE ended_at IS NULL;
CREATE INDEX views_by_staff ON views (staff_id);
CREATE INDEX views_by_user ON views (user_id);

-- The session of a view is the staff's, not the user's.
ALTER TABLE sessions ADD COLUMN view_id BLOB REFERENCES views (id);
CREATE INDEX sessions_by_view ON sessions (view_id) WHERE view_id IS NOT NULL;

-- Since when the staff left a company without an active main contact, on purpose.
ALTER TABLE companies ADD COLUMN left_alone_at INTEGER;
CREATE INDEX companies_by_name ON companies (name, id);

-- When what was kept of a person was erased. The row stays, under a pseudonym, for what refers to it.
ALTER TABLE users ADD COLUMN erased_at INTEGER;
