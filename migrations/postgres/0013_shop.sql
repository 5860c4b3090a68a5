-- What staff decided about the shop, in one row. Null is what the settings say.
CREATE TABLE shop (
    id           BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    name         TEXT,
    contact      TEXT,
    address      TEXT,
    locale       TEXT,
    time_zone    TEXT,
    brand_hue    BIGINT CHECK (brand_hue BETWEEN 0 AND 359),
    logo         TEXT,
    -- Keys of the features that are off, with spaces between them.
    features_off TEXT NOT NULL DEFAULT '',
    version      BIGINT NOT NULL DEFAULT 1
);
INSERT INTO shop (id) VALUES (1);

-- Pictures as the portal has written them anew, by the SHA-256 of their content.
CREATE TABLE logos (
    hash       TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
    png        BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);

ALTER TABLE companies ADD COLUMN features_off TEXT NOT NULL DEFAULT '';

-- Sign-in addresses that companies had before; each still leads to its company.
CREATE TABLE former_slugs (
    slug       TEXT NOT NULL PRIMARY KEY,
    company_id UUID NOT NULL REFERENCES companies (id),
    until      BIGINT NOT NULL
);
CREATE INDEX former_slugs_by_company ON former_slugs (company_id);
