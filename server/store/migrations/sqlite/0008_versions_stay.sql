-- What was published stays as it is.
CREATE TRIGGER module_version_stays BEFORE UPDATE OF content ON module_version
WHEN OLD.published_at IS NOT NULL AND NEW.content <> OLD.content
BEGIN SELECT RAISE(ABORT, 'a published version stays as it is'); END;
CREATE TRIGGER module_version_is_kept BEFORE DELETE ON module_version
WHEN OLD.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a published version stays as it is'); END;
