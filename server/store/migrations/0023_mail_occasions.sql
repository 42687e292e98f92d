-- What waits of one occasion, the oldest first: sign-in codes go out before everything else, and wishes for links are looked for.
CREATE INDEX outbox_occasion ON outbox (occasion, next_try_at) WHERE next_try_at IS NOT NULL;
