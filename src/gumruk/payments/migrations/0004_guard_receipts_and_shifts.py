"""The database itself refuses to change a receipt, to open a closed shift again, or to forget a credit or a refund."""

from django.db import migrations

GUARD = """
CREATE FUNCTION receipts_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER receipt_append_only BEFORE UPDATE OR DELETE ON payments_receipt
  FOR EACH ROW EXECUTE FUNCTION receipts_are_kept();
CREATE TRIGGER shift_not_deleted BEFORE DELETE ON payments_shift FOR EACH ROW EXECUTE FUNCTION receipts_are_kept();
CREATE TRIGGER credit_not_deleted BEFORE DELETE ON payments_bankcredit FOR EACH ROW EXECUTE FUNCTION receipts_are_kept();
CREATE TRIGGER refund_not_deleted BEFORE DELETE ON payments_refund FOR EACH ROW EXECUTE FUNCTION receipts_are_kept();
CREATE TRIGGER closed_shift_stays BEFORE UPDATE ON payments_shift FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL)
  EXECUTE FUNCTION receipts_are_kept();
"""
UNGUARD = """
DROP TRIGGER closed_shift_stays ON payments_shift;
DROP TRIGGER refund_not_deleted ON payments_refund;
DROP TRIGGER credit_not_deleted ON payments_bankcredit;
DROP TRIGGER shift_not_deleted ON payments_shift;
DROP TRIGGER receipt_append_only ON payments_receipt;
DROP FUNCTION receipts_are_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_cash_desk_and_bank")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
