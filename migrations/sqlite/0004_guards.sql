-- After wrong answers nothing is judged for a while: how many there were in the window, and until when.
ALTER TABLE attempts ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN paused_until INTEGER NOT NULL DEFAULT 0;

-- The accounts that an address tried lately without getting in: many of them are guessing.
CREATE TABLE tried_accounts (
    address  TEXT NOT NULL,
    account  TEXT NOT NULL,
    tried_at INTEGER NOT NULL,
    PRIMARY KEY (address, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX tried_accounts_by_time ON tried_accounts (tried_at);

-- The audit trail can't be emptied at one blow here: there is no TRUNCATE, and DELETE is refused already.

-- Mails that have ended are cleared away by their age.
CREATE INDEX outbox_ended ON outbox (created_at) WHERE state <> 'pending';
