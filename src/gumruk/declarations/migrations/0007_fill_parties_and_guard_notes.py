"""Rows that were stored before get the keys of their parties and their counts; the database keeps notes as they were written."""

from django.db import migrations

FILL = """
UPDATE declarations_declaration SET
  consignee_key = left(coalesce(nullif(draft->>'consignee_tin', ''), gumruk_folded(coalesce(draft->>'consignee_name', ''))), 60),
  exporter_key = left(coalesce(nullif(draft->>'exporter_tin', ''), gumruk_folded(coalesce(draft->>'exporter_name', ''))), 60);
UPDATE declarations_declaration AS said SET
  amendments = happened.amendments, discrepancies = happened.discrepancies
FROM (
  SELECT root, count(*) FILTER (WHERE name = 'amendment_accepted') AS amendments,
    count(*) FILTER (WHERE name = 'controlled' AND details->>'conform' = 'false') AS discrepancies
  FROM declarations_event WHERE name IN ('amendment_accepted', 'controlled') GROUP BY root
) AS happened WHERE happened.root = said.id;
UPDATE declarations_item AS item SET currency = left(version.snapshot::jsonb->>'currency', 3)
FROM declarations_version AS version
WHERE version.root = item.root AND version.number = item.version AND version.snapshot::jsonb ? 'currency';
"""
GUARD = """
CREATE FUNCTION notes_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER note_append_only BEFORE UPDATE OR DELETE ON declarations_note
  FOR EACH ROW EXECUTE FUNCTION notes_are_kept();
"""
UNGUARD = """
DROP TRIGGER note_append_only ON declarations_note;
DROP FUNCTION notes_are_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("declarations", "0006_know_parties_and_keep_notes"), ("toolkit", "0002_tajik_text")]
    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
