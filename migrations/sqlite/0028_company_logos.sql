-- A company's own logo, shown at its own sign-in address.
ALTER TABLE companies ADD COLUMN logo TEXT REFERENCES logos (hash);
CREATE INDEX companies_by_logo ON companies (logo) WHERE logo IS NOT NULL;
