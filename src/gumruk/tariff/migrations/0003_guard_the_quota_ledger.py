"""The database itself keeps the quota ledger append-only."""

from django.db import migrations

GUARD = """
CREATE FUNCTION quota_ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the quota ledger is append-only' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER quota_entry_append_only BEFORE UPDATE OR DELETE ON tariff_quotaentry
  FOR EACH ROW EXECUTE FUNCTION quota_ledger_is_append_only();
"""
UNGUARD = """
DROP TRIGGER quota_entry_append_only ON tariff_quotaentry;
DROP FUNCTION quota_ledger_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("tariff", "0002_quota_ledger")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
