"""Users, their grants and API tokens; certificates and signatures."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from gumruk.toolkit.rows import PartRow, Row


class UserManager(BaseUserManager["User"]):
    """Finds users by their sign-in name."""


class User(AbstractBaseUser, Row):
    """One person who can sign in. Rights come from grants only."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="tg")
    active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    searched = models.CharField(max_length=520, blank=True)  # name, sign-in name and address, folded
    must_change = models.BooleanField(default=False)  # the password was set by somebody else
    password_until = models.DateTimeField(null=True)  # a password that was set by somebody else opens nothing after it
    signed_out_at = models.DateTimeField(null=True)  # what was opened before is closed

    class Meta:
        indexes = [GinIndex(OpClass("searched", name="gin_trgm_ops"), name="user_searched")]

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()


class Grant(Row):
    """A role of a person at an office or for a firm, for a time. Never deleted: closed by `until` or `ended_at`."""

    class State(models.TextChoices):
        GIVEN = "given"
        WAITS = "waits"
        REFUSED = "refused"

    class Role(models.TextChoices):
        BROKER = "broker"
        OFFICER = "officer"
        SUPERVISOR = "supervisor"
        CASHIER = "cashier"
        LAW_EDITOR = "law_editor"
        LAW_APPROVER = "law_approver"
        ADMINISTRATOR = "administrator"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    office = models.CharField(max_length=12, blank=True)
    party = models.CharField(max_length=17, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    acts = models.JSONField(default=list)  # of a broker's grant: what it allows; empty: all but delegating
    granted_by = models.UUIDField(null=True)
    granted_at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)  # from this moment on it opens nothing, whatever `until` says
    state = models.CharField(max_length=8, choices=State.choices, default=State.GIVEN)
    decided_by = models.UUIDField(null=True)  # the second person, where two are needed
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, blank=True)
    deputy_for = models.UUIDField(null=True)  # whose rights these are, while that person is away
    deputy_for_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="grant_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(granted_by__isnull=True) | ~Q(decided_by=F("granted_by")),
                name="two_people_give_power",
            ),
            models.CheckConstraint(
                condition=Q(deputy_for__isnull=True) | Q(until__isnull=False), name="deputy_has_an_end"
            ),
        ]
        indexes = [
            models.Index(fields=["party", "-id"], name="grant_of_firm", condition=~Q(party="")),
            models.Index(fields=["-id"], name="grant_waits", condition=Q(state="waits")),
            models.Index(fields=["office", "role"], name="grant_at_office"),
            models.Index(fields=["deputy_for"], name="grant_of_deputy", condition=Q(deputy_for__isnull=False)),
        ]


class FailedSignIn(Row):
    """One sign-in that failed: under which name and from where, both as digests only."""

    name = models.CharField(max_length=64)
    place = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["name", "at"], name="failed_sign_in_name"),
            models.Index(fields=["place", "at"], name="failed_sign_in_place"),
        ]


class ApiToken(Row):
    """A secret that a client program shows; only its hash is kept. Never deleted: closed by `until`."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=80)
    hash = models.CharField(max_length=64, unique=True)
    sandbox = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)  # noted at most once an hour

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="token_of_user")]


class AddressClaim(Row):
    """An e-mail address that somebody gave for themselves or a firm and has not confirmed yet."""

    user = models.UUIDField()
    party = models.CharField(max_length=17, blank=True)
    address = models.EmailField()
    language = models.CharField(max_length=2)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    done = models.BooleanField(default=False)  # confirmed, or a newer one took its place

    class Meta:
        indexes = [models.Index(fields=["user", "made_at"], name="address_claim_user")]


class FirmAddress(Row):
    """The e-mail address of a firm itself, beside those of its people."""

    party = models.CharField(max_length=17, unique=True)
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="tg")


class SigningCertificate(Row):
    """A certificate with which a person signs, from a moment on. Never deleted: closed once by `ended_at`."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="certificates")
    hash = models.CharField(max_length=64, unique=True)
    der = models.BinaryField()
    subject = models.CharField(max_length=500)
    issuer = models.CharField(max_length=500)
    serial = models.CharField(max_length=64)
    provider = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField()
    registered_at = models.DateTimeField()
    registered_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="certificate_ends_after_start"),
        ]
        indexes = [models.Index(fields=["user", "-id"], name="certificate_of_user")]


class SignatureEvidence(Row):
    """A revocation list, a status answer or a certificate that a verdict rested on; one row for the same bytes."""

    class Kind(models.TextChoices):
        CRL = "crl"
        OCSP = "ocsp"
        CERTIFICATE = "certificate"

    hash = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    der = models.BinaryField()


class Signature(PartRow):
    """One signed statement that was accepted, with what it took to accept it. Added to, never changed.

    Replay: one certificate signs one statement once. Not the signature's bytes: they have a twin that holds as well.
    The month is that of the declaration, which the statement names: a replay meets the same month.
    """

    user = models.UUIDField()
    act = models.CharField(max_length=40)
    role = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    statement = models.BinaryField()
    statement_hash = models.CharField(max_length=64)
    signature = models.BinaryField()
    signature_hash = models.CharField(max_length=64)
    certificate_hash = models.CharField(max_length=64)
    subject = models.CharField(max_length=500)
    stamped_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    provider = models.CharField(max_length=40)
    evidence = models.JSONField(default=list)  # hashes
    programs = models.JSONField(default=dict)  # what judged: library and version

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["certificate_hash", "statement_hash", "month"], name="certificate_signs_statement_once"
            ),
        ]
        indexes = [models.Index(fields=["root", "id"], name="signature_of_root")]
