-- The files name all contacts and invoices of their customers: what they no longer name is taken away.
ALTER TABLE erp_imports ADD COLUMN complete BOOLEAN NOT NULL DEFAULT FALSE;
