-- When the main contacts were last reminded of a review that is due.
ALTER TABLE companies ADD COLUMN review_told_at BIGINT;

-- Reviews of who has access to a company; one is open at a time. A finished one is evidence and stays.
CREATE TABLE access_reviews (
    id               UUID NOT NULL PRIMARY KEY,
    company_id       UUID NOT NULL REFERENCES companies (id),
    begun_at         BIGINT NOT NULL,
    finished_at      BIGINT,
    finished_by      UUID,
    finished_by_name TEXT,
    CHECK ((finished_at IS NULL) = (finished_by IS NULL) AND (finished_at IS NULL) = (finished_by_name IS NULL)),
    FOREIGN KEY (company_id, finished_by) REFERENCES members (company_id, user_id)
);
CREATE UNIQUE INDEX access_reviews_open ON access_reviews (company_id) WHERE finished_at IS NULL;
CREATE INDEX access_reviews_by_end ON access_reviews (company_id, finished_at);

-- What was decided about each user, and what the user was allowed then. A confirmation counts as long as
-- the member has the same version.
CREATE TABLE access_review_entries (
    review_id       UUID NOT NULL REFERENCES access_reviews (id),
    company_id      UUID NOT NULL,
    user_id         UUID NOT NULL,
    decision        TEXT NOT NULL CHECK (decision IN ('confirmed', 'deactivated')),
    name            TEXT NOT NULL,
    email           TEXT NOT NULL,
    -- Keys, of own roles the names after "own:", separated by commas.
    roles           TEXT NOT NULL,
    budget_order    BIGINT,
    budget_month    BIGINT,
    last_seen_at    BIGINT NOT NULL,
    version         BIGINT NOT NULL,
    decided_at      BIGINT NOT NULL,
    decided_by      UUID NOT NULL,
    decided_by_name TEXT NOT NULL,
    PRIMARY KEY (review_id, user_id),
    FOREIGN KEY (company_id, user_id) REFERENCES members (company_id, user_id),
    FOREIGN KEY (company_id, decided_by) REFERENCES members (company_id, user_id)
);
