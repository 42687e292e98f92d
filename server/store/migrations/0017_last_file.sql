-- The number of the file that was added last to an application: what was taken away gives its number to nothing else.

ALTER TABLE recognition ADD COLUMN last_file BIGINT NOT NULL DEFAULT 0;
UPDATE recognition SET last_file =
    COALESCE((SELECT MAX(number) FROM recognition_file WHERE recognition_file.recognition_id = recognition.id), 0);
