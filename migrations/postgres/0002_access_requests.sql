-- Colleagues without an account who ask a company for access. Open until a main contact decides or the
-- time is over. An address has one open request at a company; asking again changes it.
CREATE TABLE access_requests (
    id             UUID NOT NULL PRIMARY KEY,
    company_id     UUID NOT NULL REFERENCES companies (id),
    name           TEXT NOT NULL,
    email          TEXT NOT NULL,
    message        TEXT NOT NULL DEFAULT '',
    locale         TEXT NOT NULL,
    -- The ERP contact that had this address when it was asked for; empty for none.
    contact_number TEXT NOT NULL DEFAULT '',
    contact_name   TEXT NOT NULL DEFAULT '',
    created_at     BIGINT NOT NULL,
    ends_at        BIGINT NOT NULL,
    -- When the main contacts were mailed.
    told_at        BIGINT,
    decided_at     BIGINT,
    decision       TEXT CHECK (decision IN ('granted', 'declined', 'expired')),
    decided_by     UUID,
    -- The user that granting it made.
    user_id        UUID,
    FOREIGN KEY (company_id, decided_by) REFERENCES members (company_id, user_id),
    FOREIGN KEY (company_id, user_id) REFERENCES members (company_id, user_id)
);
CREATE UNIQUE INDEX access_requests_open ON access_requests (company_id, email) WHERE decided_at IS NULL;
CREATE INDEX access_requests_untold ON access_requests (created_at) WHERE told_at IS NULL AND decided_at IS NULL;
CREATE INDEX access_requests_by_told ON access_requests (company_id, told_at);
