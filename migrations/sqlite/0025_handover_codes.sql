-- Codes that staff hand over on paper, each in place of a mailed link: whoever types one with the login gets
-- the link's token for it.
CREATE TABLE handover_codes (
    link_id   BLOB NOT NULL PRIMARY KEY REFERENCES links (id) ON DELETE CASCADE,
    -- Who made it, and may see it once.
    staff_id  BLOB NOT NULL REFERENCES staff (id),
    code_hash TEXT NOT NULL,
    -- The code, sealed, until it was shown.
    sealed    BLOB,
    attempts  INTEGER NOT NULL DEFAULT 0,
    ends_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
