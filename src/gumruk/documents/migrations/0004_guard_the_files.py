"""The database itself keeps every file, every use and every opening; pictures and PDF are not packed a second time."""

from django.db import migrations

GUARD = """
ALTER TABLE documents_storedbytes ALTER COLUMN data SET STORAGE EXTERNAL;
CREATE FUNCTION files_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER bytes_append_only BEFORE UPDATE OR DELETE ON documents_storedbytes
  FOR EACH ROW EXECUTE FUNCTION files_are_kept();
CREATE TRIGGER opening_append_only BEFORE UPDATE OR DELETE ON documents_fileopening
  FOR EACH ROW EXECUTE FUNCTION files_are_kept();
CREATE TRIGGER attachment_never_deleted BEFORE DELETE ON documents_attachment
  FOR EACH ROW EXECUTE FUNCTION files_are_kept();
CREATE FUNCTION attachment_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - ARRAY['use', 'version', 'query', 'withdrawn_at', 'withdrawn_by']
     IS DISTINCT FROM to_jsonb(OLD) - ARRAY['use', 'version', 'query', 'withdrawn_at', 'withdrawn_by']
     OR (OLD.use <> 'staged' AND NEW.use <> OLD.use)
     OR (OLD.version IS NOT NULL AND NEW.version IS DISTINCT FROM OLD.version)
     OR (OLD.query IS NOT NULL AND NEW.query IS DISTINCT FROM OLD.query)
     OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at) THEN
    RAISE EXCEPTION 'an attachment is not exchanged' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER attachment_kept BEFORE UPDATE ON documents_attachment
  FOR EACH ROW EXECUTE FUNCTION attachment_only_ends();
"""
UNGUARD = """
DROP TRIGGER attachment_kept ON documents_attachment;
DROP TRIGGER attachment_never_deleted ON documents_attachment;
DROP TRIGGER opening_append_only ON documents_fileopening;
DROP TRIGGER bytes_append_only ON documents_storedbytes;
DROP FUNCTION attachment_only_ends();
DROP FUNCTION files_are_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_keep_files")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
