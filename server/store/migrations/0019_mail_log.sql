-- Which sign-up a mail is about, so that staff find all mails to one person. Ids are 36 characters long; the key of a mail
-- about a place is its occasion, the sign-up and what makes it the only one, with colons between them.
ALTER TABLE outbox ADD COLUMN about_id TEXT;
UPDATE outbox SET about_id = SUBSTR(unique_key, LENGTH(occasion) + 2, 36)
WHERE EXISTS (SELECT 1 FROM sign_up WHERE sign_up.id = SUBSTR(outbox.unique_key, LENGTH(outbox.occasion) + 2, 36));
UPDATE outbox SET about_id =
    (SELECT certificate.sign_up_id FROM certificate WHERE outbox.unique_key = 'certificate:' || certificate.id)
WHERE occasion = 'certificate_issued';
CREATE INDEX outbox_about ON outbox (about_id, created_at);
