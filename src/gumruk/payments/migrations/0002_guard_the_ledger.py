"""The database itself keeps the ledger append-only and every transaction balanced."""

from django.db import migrations

GUARD = """
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE ON payments_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER transaction_append_only BEFORE UPDATE OR DELETE ON payments_transaction
  FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
CREATE FUNCTION transaction_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT coalesce(sum(amount), 0) FROM payments_entry WHERE transaction = NEW.transaction) <> 0 THEN
    RAISE EXCEPTION 'transaction % does not balance', NEW.transaction USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entry_balances AFTER INSERT ON payments_entry DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION transaction_balances();
"""
UNGUARD = """
DROP TRIGGER entry_balances ON payments_entry;
DROP TRIGGER entry_append_only ON payments_entry;
DROP TRIGGER transaction_append_only ON payments_transaction;
DROP FUNCTION transaction_balances();
DROP FUNCTION ledger_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_first")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
