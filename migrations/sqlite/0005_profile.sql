-- The time zone that a person chose, an IANA name; NULL is the company's.
ALTER TABLE users ADD COLUMN time_zone TEXT;

-- Mails that a person does without. Every other mail of the kind is sent.
CREATE TABLE declined_notices (
    user_id BLOB NOT NULL REFERENCES users (id),
    notice  TEXT NOT NULL,
    PRIMARY KEY (user_id, notice)
) STRICT, WITHOUT ROWID;

-- What a person did, beside what was done to the person; and a place in the trail by its hash.
CREATE INDEX audit_by_actor ON audit (actor_id, seq);
CREATE INDEX audit_by_hash ON audit (hash);
