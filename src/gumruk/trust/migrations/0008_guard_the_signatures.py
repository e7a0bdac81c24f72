"""The database itself keeps every signature with its evidence; a certificate is only closed, once."""

from django.db import migrations

GUARD = """
CREATE FUNCTION signatures_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER signature_append_only BEFORE UPDATE OR DELETE ON trust_signature
  FOR EACH ROW EXECUTE FUNCTION signatures_are_kept();
CREATE TRIGGER evidence_append_only BEFORE UPDATE OR DELETE ON trust_signatureevidence
  FOR EACH ROW EXECUTE FUNCTION signatures_are_kept();
CREATE TRIGGER certificate_never_deleted BEFORE DELETE ON trust_signingcertificate
  FOR EACH ROW EXECUTE FUNCTION signatures_are_kept();
CREATE FUNCTION certificate_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - ARRAY['ended_at', 'ended_by'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['ended_at', 'ended_by']
     OR OLD.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'a certificate is only ended, once' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER certificate_kept BEFORE UPDATE ON trust_signingcertificate
  FOR EACH ROW EXECUTE FUNCTION certificate_only_ends();
"""
UNGUARD = """
DROP TRIGGER certificate_kept ON trust_signingcertificate;
DROP TRIGGER certificate_never_deleted ON trust_signingcertificate;
DROP TRIGGER evidence_append_only ON trust_signatureevidence;
DROP TRIGGER signature_append_only ON trust_signature;
DROP FUNCTION certificate_only_ends();
DROP FUNCTION signatures_are_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("trust", "0007_keep_signatures")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
