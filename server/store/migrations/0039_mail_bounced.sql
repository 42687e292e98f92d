-- Since when staff know that a mail came back that the mail server had taken.
ALTER TABLE outbox ADD COLUMN bounced_at BIGINT;
