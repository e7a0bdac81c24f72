"""The double-entry ledger: accounts, transactions whose entries sum to zero, charges and receipts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gumruk.toolkit.rows import PartRow, RootRow, Row


class Account(Row):
    """One account of the ledger. A prepayment is money that we owe: its balance is never above zero."""

    class Kind(models.TextChoices):
        PREPAYMENT = "prepayment"
        DEBT = "debt"
        REVENUE = "revenue"
        CASH = "cash"
        BANK = "bank"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    holder = models.CharField(max_length=60)
    balance = models.DecimalField(max_digits=20, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "holder"], name="account_once"),
            models.CheckConstraint(
                condition=~Q(kind="prepayment") | Q(balance__lte=0), name="prepayment_not_overdrawn"
            ),
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
        ]


class Receipt(RootRow):
    """Proof of money received, with a serial of its office and year."""

    number = models.CharField(max_length=40)
    declaration = models.UUIDField(null=True)
    reference = models.CharField(max_length=40, blank=True)
    payer = models.CharField(max_length=17)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    means = models.CharField(max_length=12)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "month"], name="receipt_number_once")]
        indexes = [models.Index(fields=["declaration"], name="receipt_declaration")]
