-- What a customer of the embedded ERP is found by: its number, its name, names and emails of its people, a line
-- for each, words after blanks (`erp/words.rs`). Kept by the import.
CREATE TABLE erp_customer_texts (
    customer_key TEXT NOT NULL PRIMARY KEY,
    words        TEXT NOT NULL
);

-- The same from each word on to the end of its line, so that one range of one index holds everybody with words
-- that begin as somebody typed.
CREATE TABLE erp_customer_words (
    word         TEXT COLLATE "C" NOT NULL,
    customer_key TEXT NOT NULL,
    PRIMARY KEY (word, customer_key)
);

-- Customers whose texts are not as their records are.
CREATE TABLE erp_unsearched (
    customer_key TEXT NOT NULL PRIMARY KEY
);
INSERT INTO erp_unsearched (customer_key) SELECT customer_key FROM erp_customers;

CREATE INDEX erp_customers_by_center ON erp_customers (customer_center, customer_key);

-- What came of giving many access: for the person of the staff who did it, for an hour.
CREATE TABLE office_results (
    id       UUID NOT NULL PRIMARY KEY,
    staff_id UUID NOT NULL REFERENCES staff (id),
    data     TEXT NOT NULL,
    -- Since when its rows are being worked on. Only one request does that.
    taken_at BIGINT,
    ends_at  BIGINT NOT NULL
);
CREATE INDEX office_results_by_staff ON office_results (staff_id, ends_at);
CREATE INDEX office_results_by_end ON office_results (ends_at);
