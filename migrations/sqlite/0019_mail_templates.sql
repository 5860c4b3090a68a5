-- Mails in the merchant's own words. A row for each mail and language that was ever edited.
CREATE TABLE mail_templates (
    kind      TEXT NOT NULL,
    locale    TEXT NOT NULL,
    -- Rises with each change, so that two editors notice each other.
    revision  INTEGER NOT NULL,
    -- The published version that mails are written with; null for the portal's own wording.
    in_use    INTEGER,
    latest    INTEGER NOT NULL DEFAULT 0,
    -- The draft; null when there is none.
    subject   TEXT,
    preheader TEXT,
    html      TEXT,
    body      TEXT,
    PRIMARY KEY (kind, locale)
) STRICT, WITHOUT ROWID;

-- What was published never changes.
CREATE TABLE mail_template_versions (
    kind         TEXT NOT NULL,
    locale       TEXT NOT NULL,
    version      INTEGER NOT NULL,
    subject      TEXT NOT NULL,
    preheader    TEXT NOT NULL,
    html         TEXT NOT NULL,
    body         TEXT NOT NULL,
    published_by BLOB NOT NULL REFERENCES staff (id),
    published_at INTEGER NOT NULL,
    PRIMARY KEY (kind, locale, version)
) STRICT, WITHOUT ROWID;

-- From whom mails come and how they end: one row.
CREATE TABLE mail_preferences (
    id          INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    revision    INTEGER NOT NULL,
    sender_name TEXT NOT NULL,
    reply_to    TEXT,
    footer_en   TEXT NOT NULL,
    footer_de   TEXT NOT NULL
) STRICT;
INSERT INTO mail_preferences (id, revision, sender_name, reply_to, footer_en, footer_de) VALUES (1, 1, '', NULL, '', '');

-- A test of a template: what to write it from. Null for mails that are meant.
ALTER TABLE outbox ADD COLUMN trial TEXT;
