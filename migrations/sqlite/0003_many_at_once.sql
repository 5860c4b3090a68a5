-- What came of many at once (users switched off together, rows of an import): for the person who did it, for an hour.
CREATE TABLE bulk_results (
    id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    company_id BLOB NOT NULL,
    user_id    BLOB NOT NULL,
    data       TEXT NOT NULL,
    -- Since when its rows are being added. Only one request does that.
    taken_at   INTEGER,
    ends_at    INTEGER NOT NULL,
    FOREIGN KEY (company_id, user_id) REFERENCES members (company_id, user_id)
) STRICT;
CREATE INDEX bulk_results_by_user ON bulk_results (company_id, user_id, ends_at);
CREATE INDEX bulk_results_by_end ON bulk_results (ends_at);
