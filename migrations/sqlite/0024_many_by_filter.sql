-- Users to whom something is done because a filter of the list found them, as it was confirmed. Steps take those
-- who wait, so that what was broken off goes on.
CREATE TABLE bulk_rows (
    result_id BLOB NOT NULL REFERENCES bulk_results (id) ON DELETE CASCADE,
    user_id   BLOB NOT NULL CHECK (length(user_id) = 16),
    -- `done`, or why nothing was done; null as long as the user waits.
    came_of   TEXT,
    PRIMARY KEY (result_id, user_id)
) STRICT, WITHOUT ROWID;
