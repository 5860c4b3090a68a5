-- Mails in the merchant's own words. A row for each mail and language that was ever edited.
CREATE TABLE mail_templates (
    kind      TEXT NOT NULL,
    locale    TEXT NOT NULL,
    -- Rises with each change, so that two editors notice each other.
    revision  BIGINT NOT NULL,
    -- The published version that mails are written with; null for the portal's own wording.
    in_use    BIGINT,
    latest    BIGINT NOT NULL DEFAULT 0,
    -- The draft; null when there is none.
    subject   TEXT,
    preheader TEXT,
    html      TEXT,
    body      TEXT,
    PRIMARY KEY (kind, locale)
);

-- What was published never changes.
CREATE TABLE mail_template_versions (
    kind         TEXT NOT NULL,
    locale       TEXT NOT NULL,
    version      BIGINT NOT NULL,
    subject      TEXT NOT NULL,
    preheader    TEXT NOT NULL,
    html         TEXT NOT NULL,
    body         TEXT NOT NULL,
    published_by UUID NOT NULL REFERENCES staff (id),
    published_at BIGINT NOT NULL,
    PRIMARY KEY (kind, locale, version)
);

-- From whom mails come and how they end: one row.
CREATE TABLE mail_preferences (
    id          BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    revision    BIGINT NOT NULL,
    sender_name TEXT NOT NULL,
    reply_to    TEXT,
    footer_en   TEXT NOT NULL,
    footer_de   TEXT NOT NULL
);
INSERT INTO mail_preferences (id, revision, sender_name, reply_to, footer_en, footer_de) VALUES (1, 1, '', NULL, '', '');

-- A test of a template: what to write it from. Null for mails that are meant.
ALTER TABLE outbox ADD COLUMN trial TEXT;
