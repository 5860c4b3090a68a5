-- The account that another one of the same person was merged into: nobody signs in with the other one any more.
-- It stays for what refers to it. No account is merged into one that was merged itself.
ALTER TABLE users ADD COLUMN merged_into UUID REFERENCES users (id);
CREATE INDEX users_merged ON users (merged_into) WHERE merged_into IS NOT NULL;
