-- What came of many at once (users switched off together, rows of an import): for the person who did it, for an hour.
CREATE TABLE bulk_results (
    id         UUID NOT NULL PRIMARY KEY,
    company_id UUID NOT NULL,
    user_id    UUID NOT NULL,
    data       TEXT NOT NULL,
    -- Since when its rows are being added. Only one request does that.
    taken_at   BIGINT,
    ends_at    BIGINT NOT NULL,
    FOREIGN KEY (company_id, user_id) REFERENCES members (company_id, user_id)
);
CREATE INDEX bulk_results_by_user ON bulk_results (company_id, user_id, ends_at);
CREATE INDEX bulk_results_by_end ON bulk_results (ends_at);
