"""The double-entry ledger, charges, receipts, shifts of the cash desk, bank credits and refunds."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gumruk.payments.types import CreditState, Operation, RefundState
from gumruk.toolkit.rows import PartRow, RootRow, Row


class Account(Row):
    """One account of the ledger.

    `prepayment`, `suspense` and `refund` are money that we hold for others: never above zero. `cash` is one
    drawer of one shift: never below zero. Credit and guarantee accounts of a later issue get kinds of their own.
    """

    class Kind(models.TextChoices):
        PREPAYMENT = "prepayment"
        SUSPENSE = "suspense"
        REFUND = "refund"
        DEBT = "debt"
        REVENUE = "revenue"
        CASH = "cash"
        SAFE = "safe"
        CARD = "card"
        CHEQUE = "cheque"
        BANK = "bank"
        DIFFERENCE = "difference"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    holder = models.CharField(max_length=100)
    balance = models.DecimalField(max_digits=20, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "holder"], name="account_once"),
            models.CheckConstraint(
                condition=~Q(kind__in=["prepayment", "suspense", "refund"]) | Q(balance__lte=0),
                name="held_money_not_overdrawn",
            ),
            models.CheckConstraint(condition=~Q(kind="cash") | Q(balance__gte=0), name="drawer_not_below_zero"),
        ]


class Transaction(PartRow):
    """One event of money; its entries sum to zero. `source` makes a repeated message count once."""

    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=120)
    reason = models.CharField(max_length=500, blank=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "source"], name="source_counts_once")]
        indexes = [models.Index(fields=["at"], name="transaction_at")]


class Entry(PartRow):
    """One side of a transaction: a positive amount increases the account's balance. Never changed, never deleted."""

    transaction = models.UUIDField()
    account = models.UUIDField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        indexes = [
            models.Index(fields=["transaction"], name="entry_transaction"),
            models.Index(fields=["account", "-id"], name="entry_account"),
        ]


class Charge(PartRow):
    """What one declaration owes; grows and shrinks by the deltas of new assessments."""

    reference = models.CharField(max_length=40)
    payer = models.CharField(max_length=17)
    kinds = models.JSONField(default=dict)
    due = models.DecimalField(max_digits=18, decimal_places=2)
    paid = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    cancelled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["root", "month"], name="one_charge_a_declaration"),
            models.UniqueConstraint(fields=["reference", "month"], name="charge_reference_once"),
            models.CheckConstraint(condition=Q(paid__lte=F("due")), name="charge_not_overpaid"),
            models.CheckConstraint(condition=Q(paid__gte=0), name="charge_paid_not_negative"),
        ]
        indexes = [models.Index(fields=["payer", "id"], name="charge_payer")]


class Shift(RootRow):
    """One shift of a cashier at an office: opened with a float, closed with counted cash, never opened again."""

    daybook = models.DateField()
    number = models.PositiveSmallIntegerField()
    cashier = models.UUIDField()
    cashier_name = models.CharField(max_length=200)
    float_amount = models.DecimalField(max_digits=18, decimal_places=2)
    operations = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    expected = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    counted = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    reason = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "daybook", "number", "month"], name="shift_number_once"),
            models.UniqueConstraint(
                fields=["office", "cashier", "month"], condition=Q(closed_at__isnull=True), name="one_open_shift"
            ),
            models.CheckConstraint(condition=Q(float_amount__gte=0), name="float_not_negative"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | (Q(counted__gte=0) & Q(expected__isnull=False)),
                name="closed_shift_is_counted",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(counted=F("expected")) | ~Q(reason=""),
                name="difference_has_a_reason",
            ),
        ]


class Receipt(RootRow):
    """Proof of money that moved, with a serial of its office and year. Never changed: a reversal is a receipt too."""

    number = models.CharField(max_length=40)
    operation = models.CharField(
        max_length=12, choices=[(one.value, one.value) for one in Operation], default=Operation.DECLARATION.value
    )
    declaration = models.UUIDField(null=True)
    reference = models.CharField(max_length=40, blank=True)
    payer = models.CharField(max_length=17, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    means = models.CharField(max_length=12)
    purpose = models.CharField(max_length=200, blank=True)
    revenue_account = models.CharField(max_length=40, blank=True)
    transaction = models.UUIDField(null=True)
    shift = models.UUIDField(null=True)
    daybook = models.DateField(null=True)
    shift_number = models.PositiveSmallIntegerField(null=True)
    operation_number = models.PositiveIntegerField(null=True)
    reverses = models.UUIDField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "month"], name="receipt_number_once"),
            models.UniqueConstraint(fields=["shift", "operation_number", "month"], name="operation_number_once"),
        ]
        indexes = [
            models.Index(fields=["declaration"], name="receipt_declaration"),
            models.Index(fields=["office", "daybook", "id"], name="receipt_daybook"),
            models.Index(fields=["reverses"], name="receipt_reverses"),
            models.Index(fields=["office", "at", "id"], name="receipt_office_at"),
            models.Index(fields=["at", "id"], name="receipt_at"),
        ]


class BankCredit(RootRow):
    """Money that the bank reported, held in suspense until it is applied to a charge or a prepayment account."""

    reference = models.CharField(max_length=60)
    booked_at = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    payer = models.CharField(max_length=17, blank=True)
    text = models.CharField(max_length=500, blank=True)
    demo = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=[(one.value, one.value) for one in CreditState])
    applied_to = models.CharField(max_length=60, blank=True)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference", "month"], name="credit_reference_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="credit_is_positive"),
        ]
        indexes = [
            models.Index(fields=["-id"], name="credit_held", condition=Q(state="held")),
            models.Index(fields=["reference"], name="credit_reference"),
        ]


class Refund(RootRow):
    """A wish to get prepaid money back and the decision on it. No period is set: the law's is not known."""

    number = models.CharField(max_length=40)
    party = models.CharField(max_length=17)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=[(one.value, one.value) for one in RefundState])
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=500, blank=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "month"], name="refund_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_is_positive"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="refund_by_a_second_person"
            ),
        ]
        indexes = [models.Index(fields=["party", "-id"], name="refund_party")]
