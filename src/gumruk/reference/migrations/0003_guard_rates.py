"""The database itself keeps rates: nothing is deleted, and of a version only where it stands ever changes."""

from django.db import migrations

GUARD = """
UPDATE reference_exchangerate SET entered_at = published_at WHERE entered_at IS NULL;
CREATE FUNCTION rate_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a rate of exchange is never deleted' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.id, NEW.currency, NEW.day, NEW.per, NEW.rate, NEW.source, NEW.confidence, NEW.published_at, NEW.version,
      NEW.reason, NEW.entered_at, NEW.entered_by, NEW.entered_by_name)
     IS DISTINCT FROM
     (OLD.id, OLD.currency, OLD.day, OLD.per, OLD.rate, OLD.source, OLD.confidence, OLD.published_at, OLD.version,
      OLD.reason, OLD.entered_at, OLD.entered_by, OLD.entered_by_name)
     OR (OLD.status, NEW.status) NOT IN (('standing', 'superseded'), ('proposed', 'standing'), ('proposed', 'refused'))
  THEN
    RAISE EXCEPTION 'a version of a rate of exchange is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rate_is_kept BEFORE UPDATE OR DELETE ON reference_exchangerate
  FOR EACH ROW EXECUTE FUNCTION rate_is_kept();
"""
UNGUARD = """
DROP TRIGGER rate_is_kept ON reference_exchangerate;
DROP FUNCTION rate_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("reference", "0002_rate_versions")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
