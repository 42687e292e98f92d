-- What was published stays as it is.
CREATE FUNCTION module_version_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a published version stays as it is'; END $$;
CREATE TRIGGER module_version_stays BEFORE UPDATE OF content ON module_version FOR EACH ROW
WHEN (OLD.published_at IS NOT NULL AND NEW.content <> OLD.content) EXECUTE FUNCTION module_version_stays();
CREATE TRIGGER module_version_is_kept BEFORE DELETE ON module_version FOR EACH ROW
WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION module_version_stays();
