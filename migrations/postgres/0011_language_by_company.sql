-- The language of pages and mails that a person chose for this company; NULL is that of the login.
ALTER TABLE members ADD COLUMN locale TEXT;
