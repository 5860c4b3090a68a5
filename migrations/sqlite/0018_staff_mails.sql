-- Mails to the merchant's people: whoever is switched off gets none of those that wait.
ALTER TABLE outbox ADD COLUMN staff_id BLOB REFERENCES staff (id);
CREATE INDEX outbox_by_staff ON outbox (staff_id) WHERE state = 'pending';
