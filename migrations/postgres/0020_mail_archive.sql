-- When a mail that had been given up was taken up again; it is tried from then on.
ALTER TABLE outbox ADD COLUMN retried_at BIGINT;
-- The mail that this one repeats. It may be cleared away before.
ALTER TABLE outbox ADD COLUMN repeats UUID;
-- Recipients are found by how they begin, in the same order on both databases.
ALTER TABLE outbox ALTER COLUMN recipient TYPE TEXT COLLATE "C";
CREATE INDEX outbox_by_repeat ON outbox (repeats) WHERE repeats IS NOT NULL;
CREATE INDEX outbox_by_time ON outbox (created_at, id);
CREATE INDEX outbox_by_recipient ON outbox (recipient, created_at);
CREATE INDEX outbox_by_company ON outbox (company_id, created_at) WHERE company_id IS NOT NULL;

CREATE INDEX outbox_by_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX outbox_waiting ON outbox (created_at) WHERE state = 'pending';

-- What mails said when they were sent, with their secrets masked.
CREATE TABLE mail_bodies (
    mail_id UUID NOT NULL PRIMARY KEY REFERENCES outbox (id) ON DELETE CASCADE,
    subject TEXT NOT NULL,
    html    TEXT NOT NULL,
    body    TEXT NOT NULL,
    kept_at BIGINT NOT NULL
);
CREATE INDEX mail_bodies_by_time ON mail_bodies (kept_at);

-- Addresses whose mails come back, as the staff noted it.
CREATE TABLE mail_bounces (
    address  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    note     TEXT NOT NULL,
    noted_by UUID NOT NULL REFERENCES staff (id),
    noted_at BIGINT NOT NULL
);

-- The dashboard counts what happened by day.
CREATE INDEX audit_by_event_at ON audit (event, at);
CREATE INDEX members_by_seen ON members (last_seen_at);
CREATE INDEX business_users_by_seen ON business_users (last_seen_at);
CREATE INDEX access_requests_by_time ON access_requests (created_at);
