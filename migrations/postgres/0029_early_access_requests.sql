-- Requests for access to a company that nobody has activated yet. Once it is, they become access_requests
-- of it; until then nobody sees them. An address has one at a customer; asking again changes it.
CREATE TABLE early_access_requests (
    id             UUID NOT NULL PRIMARY KEY,
    customer_key   TEXT NOT NULL,
    name           TEXT NOT NULL,
    email          TEXT NOT NULL,
    message        TEXT NOT NULL DEFAULT '',
    locale         TEXT NOT NULL,
    -- The ERP contact that had this address when it was asked for; empty for none.
    contact_number TEXT NOT NULL DEFAULT '',
    contact_name   TEXT NOT NULL DEFAULT '',
    created_at     BIGINT NOT NULL,
    ends_at        BIGINT NOT NULL,
    UNIQUE (customer_key, email)
);
