"""The database itself keeps what a closed report says; a correction is a next version."""

from django.db import migrations

GUARD = """
CREATE FUNCTION closed_reports_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is kept once closed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER closed_report_stays BEFORE UPDATE ON inspection_report FOR EACH ROW
  WHEN (OLD.closed_at IS NOT NULL AND (NEW.content <> OLD.content OR NEW.hash <> OLD.hash OR NEW.kind <> OLD.kind
    OR NEW.number <> OLD.number OR NEW.version <> OLD.version OR NEW.closed_at IS DISTINCT FROM OLD.closed_at
    OR NEW.closed_by IS DISTINCT FROM OLD.closed_by OR NEW.conform IS DISTINCT FROM OLD.conform))
  EXECUTE FUNCTION closed_reports_are_kept();
CREATE TRIGGER closed_report_not_deleted BEFORE DELETE ON inspection_report FOR EACH ROW
  WHEN (OLD.closed_at IS NOT NULL) EXECUTE FUNCTION closed_reports_are_kept();
CREATE TRIGGER result_append_only BEFORE UPDATE OR DELETE ON inspection_result
  FOR EACH ROW EXECUTE FUNCTION closed_reports_are_kept();
"""
UNGUARD = """
DROP TRIGGER result_append_only ON inspection_result;
DROP TRIGGER closed_report_not_deleted ON inspection_report;
DROP TRIGGER closed_report_stays ON inspection_report;
DROP FUNCTION closed_reports_are_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("inspection", "0001_first")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
