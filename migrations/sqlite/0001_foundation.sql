-- Instants are µs since 1970 UTC, money is minor units, ids are 16 bytes (UUIDv7), JSON is text.

-- The embedded ERP: what `import` fills. The portal only reads these tables.
CREATE TABLE erp_customers (
    customer_key        TEXT NOT NULL PRIMARY KEY,
    customer_number     TEXT NOT NULL,
    name                TEXT NOT NULL,
    currency            TEXT NOT NULL CHECK (length(currency) = 3),
    language            TEXT NOT NULL,
    customer_center     INTEGER NOT NULL CHECK (customer_center IN (0, 1)),
    administrator_email TEXT,
    street              TEXT NOT NULL DEFAULT '',
    postal_code         TEXT NOT NULL DEFAULT '',
    city                TEXT NOT NULL DEFAULT '',
    country             TEXT NOT NULL DEFAULT '',
    phone               TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE erp_contacts (
    customer_key   TEXT NOT NULL REFERENCES erp_customers (customer_key),
    contact_key    TEXT NOT NULL,
    contact_number TEXT NOT NULL,
    salutation     TEXT NOT NULL,
    name           TEXT NOT NULL,
    email          TEXT,
    phone          TEXT NOT NULL DEFAULT '',
    is_main        INTEGER NOT NULL CHECK (is_main IN (0, 1)),
    is_company     INTEGER NOT NULL CHECK (is_company IN (0, 1)),
    PRIMARY KEY (customer_key, contact_key)
) STRICT;

CREATE TABLE erp_invoices (
    customer_key   TEXT NOT NULL REFERENCES erp_customers (customer_key),
    invoice_key    TEXT NOT NULL,
    invoice_number TEXT NOT NULL,
    date           TEXT NOT NULL,
    currency       TEXT NOT NULL CHECK (length(currency) = 3),
    total_minor    INTEGER NOT NULL,
    PRIMARY KEY (customer_key, invoice_key)
) STRICT;

-- A company exists from its activation on; one per customer number.
CREATE TABLE companies (
    id              BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    customer_key    TEXT NOT NULL UNIQUE,
    customer_number TEXT NOT NULL,
    name            TEXT NOT NULL,
    slug            TEXT NOT NULL UNIQUE,
    currency        TEXT NOT NULL CHECK (length(currency) = 3),
    time_zone       TEXT NOT NULL,
    active          INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    -- Raised by every change of who is in the company; its row lock orders such changes.
    version         INTEGER NOT NULL DEFAULT 0,
    created_at      INTEGER NOT NULL
) STRICT;

-- A person's login. Where the person acts is a membership or a business_users row.
CREATE TABLE users (
    id                  BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    email               TEXT NOT NULL UNIQUE,
    salutation          TEXT NOT NULL,
    name                TEXT NOT NULL,
    locale              TEXT NOT NULL,
    password_hash       TEXT,
    password_changed_at INTEGER,
    created_at          INTEGER NOT NULL
) STRICT;

CREATE TABLE members (
    company_id         BLOB NOT NULL REFERENCES companies (id),
    user_id            BLOB NOT NULL REFERENCES users (id),
    -- Copies for sorting and searching within one company along one index; kept by the writes of users.
    name               TEXT NOT NULL,
    name_key           TEXT NOT NULL,
    email              TEXT NOT NULL,
    contact_key        TEXT,
    contact_number     TEXT NOT NULL DEFAULT '',
    deactivated_at     INTEGER,
    -- Set once the person has a password; until then the member is invited.
    accepted_at        INTEGER,
    invited_at         INTEGER,
    invited_by         BLOB REFERENCES users (id),
    invitation_ends_at INTEGER,
    locked_until       INTEGER NOT NULL DEFAULT 0,
    budget_order       INTEGER CHECK (budget_order > 0),
    budget_month       INTEGER CHECK (budget_month > 0),
    last_seen_at       INTEGER NOT NULL DEFAULT 0,
    version            INTEGER NOT NULL DEFAULT 1,
    created_at         INTEGER NOT NULL,
    PRIMARY KEY (company_id, user_id)
) STRICT;
CREATE INDEX members_by_name ON members (company_id, name_key, user_id);
CREATE INDEX members_by_email ON members (company_id, email, user_id);
CREATE INDEX members_by_last_seen ON members (company_id, last_seen_at, user_id);
CREATE INDEX members_by_user ON members (user_id);
CREATE INDEX members_invited ON members (company_id, name_key, user_id) WHERE accepted_at IS NULL AND deactivated_at IS NULL;
CREATE UNIQUE INDEX members_by_contact ON members (company_id, contact_key) WHERE contact_key IS NOT NULL;

CREATE TABLE member_roles (
    company_id BLOB NOT NULL,
    user_id    BLOB NOT NULL,
    role       TEXT NOT NULL,
    PRIMARY KEY (company_id, user_id, role),
    FOREIGN KEY (company_id, user_id) REFERENCES members (company_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_roles_by_role ON member_roles (company_id, role, user_id);

-- Users of customers without Customer center: they manage nobody.
CREATE TABLE business_users (
    user_id         BLOB NOT NULL PRIMARY KEY REFERENCES users (id),
    customer_key    TEXT NOT NULL,
    customer_number TEXT NOT NULL,
    customer_name   TEXT NOT NULL,
    currency        TEXT NOT NULL CHECK (length(currency) = 3),
    contact_number  TEXT NOT NULL DEFAULT '',
    deactivated_at  INTEGER,
    last_seen_at    INTEGER NOT NULL DEFAULT 0,
    created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX business_users_by_customer ON business_users (customer_key);

CREATE TABLE sessions (
    id                   BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    token_hash           BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    user_id              BLOB NOT NULL REFERENCES users (id),
    company_id           BLOB,
    created_at           INTEGER NOT NULL,
    last_seen_at         INTEGER NOT NULL,
    ends_at              INTEGER NOT NULL,
    password_checked_at  INTEGER NOT NULL,
    address              TEXT NOT NULL,
    device               TEXT NOT NULL,
    FOREIGN KEY (company_id, user_id) REFERENCES members (company_id, user_id)
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_end ON sessions (ends_at);

-- A link that is or will be mailed. Its tokens are made when the mail is sent.
CREATE TABLE links (
    id           BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    purpose      TEXT NOT NULL CHECK (purpose IN ('invitation', 'reset', 'email_change')),
    user_id      BLOB NOT NULL REFERENCES users (id),
    company_id   BLOB REFERENCES companies (id),
    -- The address that using the link proves.
    email        TEXT NOT NULL,
    requested_at INTEGER NOT NULL,
    ends_at      INTEGER,
    consumed_at  INTEGER,
    revoked_at   INTEGER
) STRICT;
CREATE INDEX links_by_user ON links (user_id, purpose);

CREATE TABLE link_tokens (
    token_hash BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
    link_id    BLOB NOT NULL REFERENCES links (id),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX link_tokens_by_link ON link_tokens (link_id);

-- Asked for by anybody, for any address; a job finds out whether there is an account. The answer
-- to the person is given before, so that it takes equally long for every address.
CREATE TABLE reset_requests (
    id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    email      TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE activations (
    id              BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    browser_hash    BLOB NOT NULL UNIQUE CHECK (length(browser_hash) = 32),
    state           TEXT NOT NULL CHECK (state IN ('you', 'code', 'parked', 'resumed', 'ineligible', 'already_active', 'done')),
    customer_key    TEXT NOT NULL,
    customer_number TEXT NOT NULL,
    invoice_number  TEXT NOT NULL,
    email           TEXT NOT NULL,
    salutation      TEXT NOT NULL DEFAULT 'none',
    first_name      TEXT NOT NULL DEFAULT '',
    last_name       TEXT NOT NULL DEFAULT '',
    contact_number  TEXT NOT NULL DEFAULT '',
    company_name    TEXT NOT NULL DEFAULT '',
    administrator   TEXT,
    locale          TEXT NOT NULL,
    password_hash   TEXT,
    code_hash       TEXT,
    code_sent_at    INTEGER,
    code_attempts   INTEGER NOT NULL DEFAULT 0,
    created_at      INTEGER NOT NULL,
    ends_at         INTEGER NOT NULL
) STRICT;
CREATE INDEX activations_by_state ON activations (state, created_at);

CREATE TABLE outbox (
    id           BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    kind         TEXT NOT NULL,
    recipient    TEXT NOT NULL,
    locale       TEXT NOT NULL,
    data         TEXT NOT NULL,
    user_id      BLOB,
    company_id   BLOB,
    link_id      BLOB,
    activation_id BLOB,
    state        TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'dead', 'cancelled', 'expired')),
    reason       TEXT NOT NULL DEFAULT '',
    attempts     INTEGER NOT NULL DEFAULT 0,
    not_before   INTEGER NOT NULL,
    lease_until  INTEGER NOT NULL DEFAULT 0,
    lease_owner  BLOB,
    created_at   INTEGER NOT NULL,
    sent_at      INTEGER
) STRICT;
CREATE INDEX outbox_due ON outbox (not_before) WHERE state = 'pending';
CREATE INDEX outbox_by_user ON outbox (user_id) WHERE state = 'pending';
CREATE INDEX outbox_dead ON outbox (created_at) WHERE state = 'dead';

-- Attempts per subject and window, kept here so that neither a restart nor a second node forgets them.
CREATE TABLE attempts (
    bucket     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    count      INTEGER NOT NULL,
    PRIMARY KEY (bucket, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempts_by_start ON attempts (started_at);

-- Networks from which a user signed in lately: they have their own lane when others guess.
CREATE TABLE known_networks (
    user_id BLOB NOT NULL REFERENCES users (id),
    network TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, network)
) STRICT, WITHOUT ROWID;

-- Values of a form that was refused without JavaScript, for its next showing.
CREATE TABLE drafts (
    id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    owner_hash BLOB NOT NULL CHECK (length(owner_hash) = 32),
    data       TEXT NOT NULL,
    ends_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX drafts_by_end ON drafts (ends_at);

CREATE TABLE audit (
    seq        INTEGER NOT NULL PRIMARY KEY,
    at         INTEGER NOT NULL,
    event      TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id   BLOB,
    company_id BLOB,
    subject_id BLOB,
    data       TEXT NOT NULL,
    hash       BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX audit_by_company ON audit (company_id, seq);
CREATE INDEX audit_by_subject ON audit (subject_id, seq);

-- The end of the chain. Its row lock makes several nodes append one after the other.
CREATE TABLE audit_head (
    id   INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    seq  INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, zeroblob(32));

CREATE TRIGGER audit_is_append_only_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TABLE staff (
    id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    email      TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role IN ('administrator', 'service', 'editor', 'auditor')),
    created_at INTEGER NOT NULL
) STRICT;
