"""The database itself keeps the law: a row is written and closed only while its change set is being published."""

from django.db import migrations

GUARD = """
CREATE FUNCTION law_is_only_closed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  told int;
  reopened lawbook_entry;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'law is never deleted' USING ERRCODE = 'restrict_violation';
  ELSIF TG_OP = 'INSERT' THEN
    IF NOT upper_inf(NEW.recorded) THEN
      RAISE EXCEPTION 'a new row of law is open' USING ERRCODE = 'restrict_violation';
    END IF;
    told := lower(NEW.recorded);
  ELSE
    reopened := NEW;
    reopened.recorded := OLD.recorded;
    IF reopened IS DISTINCT FROM OLD OR NOT upper_inf(OLD.recorded) OR upper_inf(NEW.recorded)
       OR lower(NEW.recorded) IS DISTINCT FROM lower(OLD.recorded) THEN
      RAISE EXCEPTION 'a row of law is only closed, never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    told := upper(NEW.recorded);
  END IF;
  IF NOT EXISTS (SELECT 1 FROM lawbook_changeset WHERE number = told AND status = 'publishing') THEN
    RAISE EXCEPTION 'law changes only while change set % is being published', told
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER entry_only_closed BEFORE INSERT OR UPDATE OR DELETE ON lawbook_entry
  FOR EACH ROW EXECUTE FUNCTION law_is_only_closed();

CREATE FUNCTION change_set_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a change set is never deleted' USING ERRCODE = 'restrict_violation';
  ELSIF TG_OP = 'UPDATE' AND OLD.status IN ('published', 'withdrawn') THEN
    RAISE EXCEPTION 'a published or withdrawn change set stays as it is' USING ERRCODE = 'restrict_violation';
  ELSIF TG_OP = 'UPDATE' AND OLD.number IS NOT NULL AND NEW.number IS DISTINCT FROM OLD.number THEN
    RAISE EXCEPTION 'the number of a change set stays' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.number IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.number IS NULL) AND NEW.number <>
     (SELECT coalesce(max(number), 0) + 1 FROM lawbook_changeset WHERE id <> NEW.id) THEN
    RAISE EXCEPTION 'change set numbers have no gaps' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER change_set_kept BEFORE INSERT OR UPDATE OR DELETE ON lawbook_changeset
  FOR EACH ROW EXECUTE FUNCTION change_set_is_kept();

CREATE FUNCTION change_set_is_published_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM lawbook_changeset WHERE id = NEW.id AND status = 'publishing') THEN
    RAISE EXCEPTION 'change set % was not published to its end', NEW.number USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER change_set_published_whole AFTER INSERT OR UPDATE ON lawbook_changeset
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_set_is_published_whole();

CREATE FUNCTION draft_stays_a_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM lawbook_changeset
             WHERE id IN (coalesce(NEW.change_set_id, OLD.change_set_id), coalesce(OLD.change_set_id, NEW.change_set_id))
               AND status <> 'draft') THEN
    RAISE EXCEPTION 'only a draft is edited' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER draft_only BEFORE INSERT OR UPDATE OR DELETE ON lawbook_draftentry
  FOR EACH ROW EXECUTE FUNCTION draft_stays_a_draft();
"""
UNGUARD = """
DROP TRIGGER draft_only ON lawbook_draftentry;
DROP FUNCTION draft_stays_a_draft();
DROP TRIGGER change_set_published_whole ON lawbook_changeset;
DROP FUNCTION change_set_is_published_whole();
DROP TRIGGER change_set_kept ON lawbook_changeset;
DROP FUNCTION change_set_is_kept();
DROP TRIGGER entry_only_closed ON lawbook_entry;
DROP FUNCTION law_is_only_closed();
"""


class Migration(migrations.Migration):
    dependencies = [("lawbook", "0001_first")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
