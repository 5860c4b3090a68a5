-- When the main contacts were last reminded of a review that is due.
ALTER TABLE companies ADD COLUMN review_told_at INTEGER;

-- Reviews of who has access to a company; one is open at a time. A finished one is evidence and stays.
CREATE TABLE access_reviews (
    id               BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    company_id       BLOB NOT NULL REFERENCES companies (id),
    begun_at         INTEGER NOT NULL,
    finished_at      INTEGER,
    finished_by      BLOB,
    finished_by_name TEXT,
    CHECK ((finished_at IS NULL) = (finished_by IS NULL) AND (finished_at IS NULL) = (finished_by_name IS NULL)),
    FOREIGN KEY (company_id, finished_by) REFERENCES members (company_id, user_id)
) STRICT;
CREATE UNIQUE INDEX access_reviews_open ON access_reviews (company_id) WHERE finished_at IS NULL;
CREATE INDEX access_reviews_by_end ON access_reviews (company_id, finished_at);

-- What was decided about each user, and what the user was allowed then. A confirmation counts as long as
-- the member has the same version.
CREATE TABLE access_review_entries (
    review_id       BLOB NOT NULL REFERENCES access_reviews (id),
    company_id      BLOB NOT NULL,
    user_id         BLOB NOT NULL,
    decision        TEXT NOT NULL CHECK (decision IN ('confirmed', 'deactivated')),
    name            TEXT NOT NULL,
    email           TEXT NOT NULL,
    -- Keys, of own roles the names after "own:", separated by commas.
    roles           TEXT NOT NULL,
    budget_order    INTEGER,
    budget_month    INTEGER,
    last_seen_at    INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    decided_at      INTEGER NOT NULL,
    decided_by      BLOB NOT NULL,
    decided_by_name TEXT NOT NULL,
    PRIMARY KEY (review_id, user_id),
    FOREIGN KEY (company_id, user_id) REFERENCES members (company_id, user_id),
    FOREIGN KEY (company_id, decided_by) REFERENCES members (company_id, user_id)
) STRICT;
