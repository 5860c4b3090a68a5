-- Instants are µs since 1970 UTC, money is minor units, ids are UUIDv7, JSON is text.

-- The embedded ERP: what `import` fills. The portal only reads these tables.
CREATE TABLE erp_customers (
    customer_key        TEXT NOT NULL PRIMARY KEY,
    customer_number     TEXT NOT NULL,
    name                TEXT NOT NULL,
    currency            TEXT NOT NULL CHECK (length(currency) = 3),
    language            TEXT NOT NULL,
    customer_center     BOOLEAN NOT NULL,
    administrator_email TEXT,
    street              TEXT NOT NULL DEFAULT '',
    postal_code         TEXT NOT NULL DEFAULT '',
    city                TEXT NOT NULL DEFAULT '',
    country             TEXT NOT NULL DEFAULT '',
    phone               TEXT NOT NULL DEFAULT ''
);

CREATE TABLE erp_contacts (
    customer_key   TEXT NOT NULL REFERENCES erp_customers (customer_key),
    contact_key    TEXT NOT NULL,
    contact_number TEXT NOT NULL,
    salutation     TEXT NOT NULL,
    name           TEXT NOT NULL,
    email          TEXT,
    phone          TEXT NOT NULL DEFAULT '',
    is_main        BOOLEAN NOT NULL,
    is_company     BOOLEAN NOT NULL,
    PRIMARY KEY (customer_key, contact_key)
);

CREATE TABLE erp_invoices (
    customer_key   TEXT NOT NULL REFERENCES erp_customers (customer_key),
    invoice_key    TEXT NOT NULL,
    invoice_number TEXT NOT NULL,
    date           TEXT NOT NULL,
    currency       TEXT NOT NULL CHECK (length(currency) = 3),
    total_minor    BIGINT NOT NULL,
    PRIMARY KEY (customer_key, invoice_key)
);

-- A company exists from its activation on; one per customer number.
CREATE TABLE companies (
    id              UUID NOT NULL PRIMARY KEY,
    customer_key    TEXT NOT NULL UNIQUE,
    customer_number TEXT NOT NULL,
    name            TEXT NOT NULL,
    slug            TEXT NOT NULL UNIQUE,
    currency        TEXT NOT NULL CHECK (length(currency) = 3),
    time_zone       TEXT NOT NULL,
    active          BOOLEAN NOT NULL DEFAULT TRUE,
    -- Raised by every change of who is in the company; its row lock orders such changes.
    version         BIGINT NOT NULL DEFAULT 0,
    created_at      BIGINT NOT NULL
);

-- A person's login. Where the person acts is a membership or a business_users row.
CREATE TABLE users (
    id                  UUID NOT NULL PRIMARY KEY,
    email               TEXT NOT NULL UNIQUE,
    salutation          TEXT NOT NULL,
    name                TEXT NOT NULL,
    locale              TEXT NOT NULL,
    password_hash       TEXT,
    password_changed_at BIGINT,
    created_at          BIGINT NOT NULL
);

CREATE TABLE members (
    company_id         UUID NOT NULL REFERENCES companies (id),
    user_id            UUID NOT NULL REFERENCES users (id),
    -- Copies for sorting and searching within one company along one index; kept by the writes of users.
    name               TEXT NOT NULL,
    name_key           TEXT COLLATE "C" NOT NULL,
    email              TEXT COLLATE "C" NOT NULL,
    contact_key        TEXT,
    contact_number     TEXT NOT NULL DEFAULT '',
    deactivated_at     BIGINT,
    -- Set once the person has a password; until then the member is invited.
    accepted_at        BIGINT,
    invited_at         BIGINT,
    invited_by         UUID REFERENCES users (id),
    invitation_ends_at BIGINT,
    locked_until       BIGINT NOT NULL DEFAULT 0,
    budget_order       BIGINT CHECK (budget_order > 0),
    budget_month       BIGINT CHECK (budget_month > 0),
    last_seen_at       BIGINT NOT NULL DEFAULT 0,
    version            BIGINT NOT NULL DEFAULT 1,
    created_at         BIGINT NOT NULL,
    PRIMARY KEY (company_id, user_id)
);
CREATE INDEX members_by_name ON members (company_id, name_key, user_id);
CREATE INDEX members_by_email ON members (company_id, email, user_id);
CREATE INDEX members_by_last_seen ON members (company_id, last_seen_at, user_id);
CREATE INDEX members_by_user ON members (user_id);
CREATE INDEX members_invited ON members (company_id, name_key, user_id) WHERE accepted_at IS NULL AND deactivated_at IS NULL;
CREATE UNIQUE INDEX members_by_contact ON members (company_id, contact_key) WHERE contact_key IS NOT NULL;

CREATE TABLE member_roles (
    company_id UUID NOT NULL,
    user_id    UUID NOT NULL,
    role       TEXT NOT NULL,
    PRIMARY KEY (company_id, user_id, role),
    FOREIGN KEY (company_id, user_id) REFERENCES members (company_id, user_id)
);
CREATE INDEX member_roles_by_role ON member_roles (company_id, role, user_id);

-- Users of customers without Customer center: they manage nobody.
CREATE TABLE business_users (
    user_id         UUID NOT NULL PRIMARY KEY REFERENCES users (id),
    customer_key    TEXT NOT NULL,
    customer_number TEXT NOT NULL,
    customer_name   TEXT NOT NULL,
    currency        TEXT NOT NULL CHECK (length(currency) = 3),
    contact_number  TEXT NOT NULL DEFAULT '',
    deactivated_at  BIGINT,
    last_seen_at    BIGINT NOT NULL DEFAULT 0,
    created_at      BIGINT NOT NULL
);
CREATE INDEX business_users_by_customer ON business_users (customer_key);

CREATE TABLE sessions (
    id                   UUID NOT NULL PRIMARY KEY,
    token_hash           BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    user_id              UUID NOT NULL REFERENCES users (id),
    company_id           UUID,
    created_at           BIGINT NOT NULL,
    last_seen_at         BIGINT NOT NULL,
    ends_at              BIGINT NOT NULL,
    password_checked_at  BIGINT NOT NULL,
    address              TEXT NOT NULL,
    device               TEXT NOT NULL,
    FOREIGN KEY (company_id, user_id) REFERENCES members (company_id, user_id)
);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_end ON sessions (ends_at);

-- A link that is or will be mailed. Its tokens are made when the mail is sent.
CREATE TABLE links (
    id           UUID NOT NULL PRIMARY KEY,
    purpose      TEXT NOT NULL CHECK (purpose IN ('invitation', 'reset', 'email_change')),
    user_id      UUID NOT NULL REFERENCES users (id),
    company_id   UUID REFERENCES companies (id),
    -- The address that using the link proves.
    email        TEXT NOT NULL,
    requested_at BIGINT NOT NULL,
    ends_at      BIGINT,
    consumed_at  BIGINT,
    revoked_at   BIGINT
);
CREATE INDEX links_by_user ON links (user_id, purpose);

CREATE TABLE link_tokens (
    token_hash BYTEA NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
    link_id    UUID NOT NULL REFERENCES links (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX link_tokens_by_link ON link_tokens (link_id);

-- Asked for by anybody, for any address; a job finds out whether there is an account. The answer
-- to the person is given before, so that it takes equally long for every address.
CREATE TABLE reset_requests (
    id         UUID NOT NULL PRIMARY KEY,
    email      TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE activations (
    id              UUID NOT NULL PRIMARY KEY,
    browser_hash    BYTEA NOT NULL UNIQUE CHECK (length(browser_hash) = 32),
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
    code_sent_at    BIGINT,
    code_attempts   BIGINT NOT NULL DEFAULT 0,
    created_at      BIGINT NOT NULL,
    ends_at         BIGINT NOT NULL
);
CREATE INDEX activations_by_state ON activations (state, created_at);

CREATE TABLE outbox (
    id           UUID NOT NULL PRIMARY KEY,
    kind         TEXT NOT NULL,
    recipient    TEXT NOT NULL,
    locale       TEXT NOT NULL,
    data         TEXT NOT NULL,
    user_id      UUID,
    company_id   UUID,
    link_id      UUID,
    activation_id UUID,
    state        TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'dead', 'cancelled', 'expired')),
    reason       TEXT NOT NULL DEFAULT '',
    attempts     BIGINT NOT NULL DEFAULT 0,
    not_before   BIGINT NOT NULL,
    lease_until  BIGINT NOT NULL DEFAULT 0,
    lease_owner  UUID,
    created_at   BIGINT NOT NULL,
    sent_at      BIGINT
);
CREATE INDEX outbox_due ON outbox (not_before) WHERE state = 'pending';
CREATE INDEX outbox_by_user ON outbox (user_id) WHERE state = 'pending';
CREATE INDEX outbox_dead ON outbox (created_at) WHERE state = 'dead';

-- Attempts per subject and window, kept here so that neither a restart nor a second node forgets them.
CREATE TABLE attempts (
    bucket     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    count      BIGINT NOT NULL,
    PRIMARY KEY (bucket, subject)
);
CREATE INDEX attempts_by_start ON attempts (started_at);

-- Networks from which a user signed in lately: they have their own lane when others guess.
CREATE TABLE known_networks (
    user_id UUID NOT NULL REFERENCES users (id),
    network TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, network)
);

-- Values of a form that was refused without JavaScript, for its next showing.
CREATE TABLE drafts (
    id         UUID NOT NULL PRIMARY KEY,
    owner_hash BYTEA NOT NULL CHECK (length(owner_hash) = 32),
    data       TEXT NOT NULL,
    ends_at    BIGINT NOT NULL
);
CREATE INDEX drafts_by_end ON drafts (ends_at);

CREATE TABLE audit (
    seq        BIGINT NOT NULL PRIMARY KEY,
    at         BIGINT NOT NULL,
    event      TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id   UUID,
    company_id UUID,
    subject_id UUID,
    data       TEXT NOT NULL,
    hash       BYTEA NOT NULL CHECK (length(hash) = 32)
);
CREATE INDEX audit_by_company ON audit (company_id, seq);
CREATE INDEX audit_by_subject ON audit (subject_id, seq);

-- The end of the chain. Its row lock makes several nodes append one after the other.
CREATE TABLE audit_head (
    id   BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    seq  BIGINT NOT NULL,
    hash BYTEA NOT NULL CHECK (length(hash) = 32)
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, decode(repeat('00', 32), 'hex'));

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();

CREATE TABLE staff (
    id         UUID NOT NULL PRIMARY KEY,
    email      TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role IN ('administrator', 'service', 'editor', 'auditor')),
    created_at BIGINT NOT NULL
);
