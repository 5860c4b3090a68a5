-- Differences between ERP contacts and shop users that somebody leaves as they are, until the values change.
-- Of the values only a fingerprint is kept. Settling one may also change name and email in erp_contacts.
CREATE TABLE ignored_differences (
    company_id  UUID NOT NULL,
    user_id     UUID NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('name', 'email', 'email_missing', 'unlinked', 'no_contact', 'gone')),
    fingerprint TEXT NOT NULL,
    ignored_at  BIGINT NOT NULL,
    ignored_by  UUID NOT NULL,
    PRIMARY KEY (company_id, user_id, kind),
    FOREIGN KEY (company_id, user_id) REFERENCES members (company_id, user_id),
    FOREIGN KEY (company_id, ignored_by) REFERENCES members (company_id, user_id)
);
