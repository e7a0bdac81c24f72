"""The database itself keeps every print that was given out."""

from django.db import migrations

GUARD = """
CREATE FUNCTION prints_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER print_append_only BEFORE UPDATE OR DELETE ON documents_printeddocument
  FOR EACH ROW EXECUTE FUNCTION prints_are_kept();
"""
UNGUARD = """
DROP TRIGGER print_append_only ON documents_printeddocument;
DROP FUNCTION prints_are_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_first")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
