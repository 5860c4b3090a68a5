-- Over many entries this takes longer than other statements may.
SET LOCAL statement_timeout = 0;

-- For the staff's filters: each kind of event by who did it, in the order of the trail; and places by time.
CREATE INDEX audit_by_event ON audit (event, actor_kind, seq);
CREATE INDEX audit_by_time ON audit (at, seq);

-- How long entries are kept. Null is without end.
CREATE TABLE audit_retention (
    id      BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    years   BIGINT CHECK (years BETWEEN 1 AND 30),
    set_at  BIGINT NOT NULL DEFAULT 0
);
INSERT INTO audit_retention (id) VALUES (1);

-- Where the kept part of the trail begins: the last entry that was cut away, and its hash, from which the next one
-- goes on. Entries from `kept_from` on are kept.
CREATE TABLE audit_seal (
    id        BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    seq       BIGINT NOT NULL,
    hash      BYTEA NOT NULL CHECK (length(hash) = 32),
    kept_from BIGINT NOT NULL,
    cut_at    BIGINT NOT NULL
);
INSERT INTO audit_seal (id, seq, hash, kept_from, cut_at) VALUES (1, 0, decode(repeat('00', 32), 'hex'), 0, 0);

-- The seal moves on only, to an entry that is there, over none that is to be kept or younger than a year, and never to
-- the end of the trail.
CREATE FUNCTION refuse_other_seal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'UPDATE' AND NEW.seq > OLD.seq
        AND NEW.kept_from <= NEW.cut_at - 31536000000000
        AND NEW.seq < (SELECT seq FROM audit_head WHERE id = 1)
        AND (SELECT years FROM audit_retention WHERE id = 1) IS NOT NULL
        AND EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq AND hash = NEW.hash)
        AND NOT EXISTS (SELECT 1 FROM audit WHERE seq <= NEW.seq AND at >= NEW.kept_from)
    THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'the seal of the audit trail does not fit';
END $$;
CREATE TRIGGER audit_seal_moves_on BEFORE UPDATE OR DELETE ON audit_seal
    FOR EACH ROW EXECUTE FUNCTION refuse_other_seal();
CREATE TRIGGER audit_seal_stays BEFORE TRUNCATE ON audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_seal();

-- Only what lies before the seal can go.
CREATE FUNCTION refuse_audit_cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF OLD.seq > (SELECT seq FROM audit_seal WHERE id = 1) THEN
        RAISE EXCEPTION 'the audit trail is append-only';
    END IF;
    RETURN OLD;
END $$;
DROP TRIGGER audit_is_append_only ON audit;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE ON audit
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_cut();

-- How far the staff's check of the chain has come, from the seal on.
CREATE TABLE audit_check (
    id       BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    -- The last entry that was found in order, its hash, and when.
    seq      BIGINT NOT NULL,
    hash     BYTEA NOT NULL CHECK (length(hash) = 32),
    at       BIGINT NOT NULL,
    -- It had come to the end.
    finished BOOLEAN NOT NULL,
    -- The entry that is missing or was changed.
    broken   BIGINT
);
INSERT INTO audit_check (id, seq, hash, at, finished) VALUES (1, 0, decode(repeat('00', 32), 'hex'), 0, FALSE);
