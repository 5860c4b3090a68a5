-- Users of the portal may sign in with a second step too. Secrets are sealed, as those of staff.
ALTER TABLE users ADD COLUMN totp_sealed BLOB;
ALTER TABLE users ADD COLUMN totp_set_up_at INTEGER;
-- The latest period whose code was used: each works once.
ALTER TABLE users ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0;
-- Whether the company's users have to sign in with it.
ALTER TABLE companies ADD COLUMN second_step_required INTEGER NOT NULL DEFAULT 0 CHECK (second_step_required IN (0, 1));
-- The secret of an app that is being set up in this session.
ALTER TABLE sessions ADD COLUMN totp_sealed BLOB;
-- Recovery codes made in this session, sealed, until the person says that they are kept.
ALTER TABLE sessions ADD COLUMN codes_sealed BLOB;

-- Codes for the day on which the app is lost. Its digit finds the row, its secret is hashed.
CREATE TABLE recovery_codes (
    user_id   BLOB NOT NULL REFERENCES users (id),
    place     INTEGER NOT NULL CHECK (place BETWEEN 0 AND 9),
    code_hash TEXT NOT NULL,
    used_at   INTEGER,
    PRIMARY KEY (user_id, place)
) STRICT, WITHOUT ROWID;

-- The password was right and the second step is missing: no session yet, it opens nothing but that step.
CREATE TABLE pending_sign_ins (
    id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    user_id    BLOB NOT NULL REFERENCES users (id),
    -- Where the session will act; NULL for a business user.
    company_id BLOB REFERENCES companies (id),
    created_at INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX pending_sign_ins_by_user ON pending_sign_ins (user_id);
CREATE INDEX pending_sign_ins_by_end ON pending_sign_ins (ends_at);
