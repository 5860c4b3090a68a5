-- For the staff's filters: each kind of event by who did it, in the order of the trail; and places by time.
CREATE INDEX audit_by_event ON audit (event, actor_kind, seq);
CREATE INDEX audit_by_time ON audit (at, seq);

-- How long entries are kept. Null is without end.
CREATE TABLE audit_retention (
    id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    years   INTEGER CHECK (years BETWEEN 1 AND 30),
    set_at  INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO audit_retention (id) VALUES (1);

-- Where the kept part of the trail begins: the last entry that was cut away, and its hash, from which the next one
-- goes on. Entries from `kept_from` on are kept.
CREATE TABLE audit_seal (
    id        INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    seq       INTEGER NOT NULL,
    hash      BLOB NOT NULL CHECK (length(hash) = 32),
    kept_from INTEGER NOT NULL,
    cut_at    INTEGER NOT NULL
) STRICT;
INSERT INTO audit_seal (id, seq, hash, kept_from, cut_at) VALUES (1, 0, zeroblob(32), 0, 0);

-- The seal moves on only, to an entry that is there, over none that is to be kept or younger than a year, and never to
-- the end of the trail.
CREATE TRIGGER audit_seal_moves_on BEFORE UPDATE ON audit_seal
WHEN NOT (NEW.seq > OLD.seq
    AND NEW.kept_from <= NEW.cut_at - 31536000000000
    AND NEW.seq < (SELECT seq FROM audit_head WHERE id = 1)
    AND (SELECT years FROM audit_retention WHERE id = 1) IS NOT NULL
    AND EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq AND hash = NEW.hash)
    AND NOT EXISTS (SELECT 1 FROM audit WHERE seq <= NEW.seq AND at >= NEW.kept_from))
BEGIN SELECT RAISE(ABORT, 'the seal of the audit trail does not fit'); END;
CREATE TRIGGER audit_seal_stays BEFORE DELETE ON audit_seal
BEGIN SELECT RAISE(ABORT, 'the seal of the audit trail stays'); END;

-- Only what lies before the seal can go.
DROP TRIGGER audit_is_append_only_delete;
CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON audit
WHEN OLD.seq > (SELECT seq FROM audit_seal WHERE id = 1)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

-- How far the staff's check of the chain has come, from the seal on.
CREATE TABLE audit_check (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    -- The last entry that was found in order, its hash, and when.
    seq      INTEGER NOT NULL,
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    at       INTEGER NOT NULL,
    -- It had come to the end.
    finished INTEGER NOT NULL,
    -- The entry that is missing or was changed.
    broken   INTEGER
) STRICT;
INSERT INTO audit_check (id, seq, hash, at, finished) VALUES (1, 0, zeroblob(32), 0, 0);
