"""Tables of the declaration. Private: others use selectors and services."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q

from gumruk.toolkit.rows import PartRow, RootRow

# Work in hand: a small part of all that is kept. The index `declaration_open` holds just these.
OPEN_STATES = frozenset(
    {
        "PRELODGED", "REGISTERED", "ASSESSED", "PAYMENT_DUE", "SECURED", "UNDER_CONTROL", "DOCS_REQUIRED", "QUERIED",
        "DISCREPANCY", "RELEASABLE", "AWAITING_EXIT", "UNDER_AUDIT", "CANCEL_REQUESTED",
    }
)  # fmt: skip


class Declaration(RootRow):
    """One declaration of goods: where it stands, its serials, and the few facts that lists show and search."""

    class Origin(models.TextChoices):
        FORM = "form"
        FILE = "file"
        API = "api"
        PAPER = "paper"
        DEMO = "demo"

    state = models.CharField(max_length=20, default="DRAFT")
    resume_state = models.CharField(max_length=20, blank=True)
    lane = models.CharField(max_length=6, blank=True)
    controlled = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    events = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    draft = models.JSONField(default=dict)
    draft_changed_at = models.DateTimeField(null=True)
    faults = models.PositiveIntegerField(default=0)  # what the last attempt to lodge found, while it stands
    draft_reasons = models.JSONField(default=dict)  # why a warning may stand, by its key, until it is lodged
    residue = models.BinaryField(null=True)
    source_format = models.CharField(max_length=20, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.FORM)
    sandbox = models.BooleanField(default=False)
    owner = models.UUIDField()
    template_name = models.CharField(max_length=80, blank=True)
    template_used_at = models.DateTimeField(null=True)

    direction = models.CharField(max_length=2, blank=True)
    regime = models.CharField(max_length=20, blank=True)
    reference = models.CharField(max_length=35, blank=True)
    declarant_tin = models.CharField(max_length=17)
    declarant_name = models.CharField(max_length=175, blank=True)
    consignee_name = models.CharField(max_length=175, blank=True)
    # Who the parties are: the taxpayer number, else the folded name; for their history.
    consignee_key = models.CharField(max_length=60, blank=True)
    exporter_key = models.CharField(max_length=60, blank=True)
    discrepancies = models.PositiveSmallIntegerField(default=0)
    amendments = models.PositiveSmallIntegerField(default=0)
    goods = models.CharField(max_length=200, blank=True)
    items = models.PositiveIntegerField(default=0)
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    due = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    search = models.TextField(blank=True)

    registration_year = models.PositiveSmallIntegerField(null=True)
    registration_number = models.PositiveIntegerField(null=True)
    registration = models.CharField(max_length=40, blank=True)
    registered_at = models.DateTimeField(null=True)
    assessment_number = models.PositiveIntegerField(null=True)
    released_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    # What waits for an officer, and since when; empty while nothing does or the declarant has it.
    stage = models.CharField(max_length=12, blank=True)
    waits_since = models.DateTimeField(null=True)
    officer = models.UUIDField(null=True)  # who has it in hand
    officer_name = models.CharField(max_length=200, blank=True)
    taken_at = models.DateTimeField(null=True)

    def __init__(self, *values: Any, **named: Any) -> None:
        super().__init__(*values, **named)
        self.noted: list[Event] = []  # events that `moves.write` appends

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "month", "registration_year", "registration_number"],
                name="registration_once",
            ),
            models.CheckConstraint(
                condition=Q(registration_number__isnull=False)
                | Q(state__in=["DRAFT", "PRELODGED", "REJECTED", "CANCELLED"]),
                name="serial_once_registered",
            ),
            models.CheckConstraint(
                condition=Q(stage="", waits_since__isnull=True) | (~Q(stage="") & Q(waits_since__isnull=False)),
                name="waits_since_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(officer__isnull=True, taken_at__isnull=True)
                | Q(officer__isnull=False, taken_at__isnull=False),
                name="taken_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state", "-id"], name="declaration_queue"),
            models.Index(fields=["state", "-id"], name="declaration_state"),
            models.Index(fields=["declarant_tin", "-id"], name="declaration_declarant"),
            models.Index(fields=["declarant_tin", "state", "-id"], name="declaration_declarant_state"),
            models.Index(fields=["consignee_key", "-id"], name="declaration_consignee"),
            models.Index(fields=["exporter_key", "-id"], name="declaration_exporter"),
            models.Index(fields=["owner", "-id"], name="declaration_owner"),
            models.Index(fields=["owner", "state", "-id"], name="declaration_owner_state"),
            models.Index(fields=["office", "-id"], name="declaration_office"),
            models.Index(fields=["id"], name="declaration_open", condition=Q(state__in=sorted(OPEN_STATES))),
            models.Index(fields=["waits_since", "id"], name="declaration_waits", condition=~Q(stage="")),
            models.Index(
                fields=["office", "waits_since", "id"], name="declaration_waits_office", condition=~Q(stage="")
            ),
            models.Index(
                fields=["officer", "id"],
                name="declaration_officer",
                condition=Q(officer__isnull=False, state__in=sorted(OPEN_STATES)),
            ),
            models.Index(fields=["registration"], name="declaration_registration"),
            models.Index(fields=["registration_number", "-id"], name="declaration_serial"),
            models.Index(
                fields=["declarant_tin", "-released_at"],
                name="declaration_released",
                condition=Q(released_at__isnull=False),
            ),
            models.Index(
                fields=["office", "registered_at", "id"],
                name="declaration_registered",
                condition=Q(registered_at__isnull=False),
            ),
            models.Index(
                fields=["registered_at", "id"],
                name="declaration_registered_all",
                condition=Q(registered_at__isnull=False),
            ),
            models.Index(
                fields=["office", "released_at", "id"],
                name="declaration_released_office",
                condition=Q(released_at__isnull=False),
            ),
            models.Index(
                fields=["released_at", "id"], name="declaration_released_all", condition=Q(released_at__isnull=False)
            ),
            GinIndex(OpClass("search", name="gin_trgm_ops"), name="declaration_search"),
        ]


class Version(PartRow):
    """One frozen version: the canonical snapshot, its hash and the statement that is signed. Never changed."""

    class Status(models.TextChoices):
        PREPARED = "prepared"
        STANDING = "standing"
        PROPOSED = "proposed"
        REFUSED = "refused"
        SUPERSEDED = "superseded"

    number = models.PositiveIntegerField()
    snapshot = models.TextField()
    hash = models.CharField(max_length=64)
    statement = models.TextField()
    statement_hash = models.CharField(max_length=64)
    signature = models.BinaryField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices)
    reason = models.CharField(max_length=500, blank=True)
    by = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root", "number", "month"], name="version_number_once")]


class Item(PartRow):
    """One goods item of a frozen version, for search, statistics and matching."""

    version = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    goods_code = models.CharField(max_length=10, blank=True)
    origin_country = models.CharField(max_length=2, blank=True)
    procedure = models.CharField(max_length=4, blank=True)
    preference = models.CharField(max_length=20, blank=True)
    description = models.TextField(blank=True)
    gross_mass = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    net_mass = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    price = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root", "version", "number", "month"], name="item_number_once")]
        indexes = [models.Index(fields=["goods_code", "origin_country", "-id"], name="item_goods")]


class Package(PartRow):
    """Packages of one kind of an item."""

    version = models.PositiveIntegerField()
    item = models.PositiveIntegerField()
    kind = models.CharField(max_length=17, blank=True)
    count = models.DecimalField(max_digits=11, decimal_places=3, null=True)
    marks = models.CharField(max_length=70, blank=True)

    class Meta:
        indexes = [models.Index(fields=["root", "version"], name="package_root")]


class Container(PartRow):
    """A container in which goods of an item lie."""

    version = models.PositiveIntegerField()
    item = models.PositiveIntegerField()
    number = models.CharField(max_length=17)
    size_type = models.CharField(max_length=4, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["root", "version"], name="container_root"),
            models.Index(fields=["number", "-id"], name="container_number"),
        ]


class Document(PartRow):
    """A document that an item names in box 44."""

    version = models.PositiveIntegerField()
    item = models.PositiveIntegerField()
    kind = models.CharField(max_length=17, blank=True)
    number = models.CharField(max_length=70, blank=True)
    date = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["root", "version"], name="document_root"),
            models.Index(fields=["number", "-id"], name="document_number"),
        ]


class PreviousDocument(PartRow):
    """A previous document that an item names in box 40."""

    version = models.PositiveIntegerField()
    item = models.PositiveIntegerField()
    kind = models.CharField(max_length=17, blank=True)
    reference = models.CharField(max_length=70, blank=True)
    previous_item = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["root", "version"], name="previous_root"),
            models.Index(fields=["reference", "-id"], name="previous_reference"),
        ]


class Attempt(PartRow):
    """One attempt to lodge, with every finding, kept whether it passed or not."""

    version = models.PositiveIntegerField()
    passed = models.BooleanField()
    findings = models.JSONField()
    not_evaluated = models.JSONField(default=list)
    legal_date = models.DateField()
    change_set = models.IntegerField()
    ruleset = models.CharField(max_length=64)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["root", "-id"], name="attempt_root")]


class Event(PartRow):
    """One thing that happened, in order, never changed: the declaration's timeline."""

    number = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    details = models.JSONField(default=dict)
    signed = models.BooleanField(default=False)
    waited = models.PositiveIntegerField(null=True)  # seconds in officers' hands that this ended

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root", "number", "month"], name="event_number_once")]
        indexes = [models.Index(fields=["by", "at"], name="event_by", condition=Q(by__isnull=False))]


class Query(PartRow):
    """A question of an officer, a demand for documents or for an amendment, and the declarant's answer."""

    class Kind(models.TextChoices):
        QUESTION = "question"
        DOCUMENTS = "documents"
        AMENDMENT = "amendment"

    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    question = models.TextField()
    document_kinds = models.JSONField(default=list)  # codes of the documents that are asked for
    asked_by = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root", "number", "month"], name="query_number_once")]


class Hold(PartRow):
    """A stop set by customs or another agency."""

    agency = models.CharField(max_length=60)
    reason = models.CharField(max_length=500)
    clears = models.CharField(max_length=300, blank=True)  # what has to come before it is lifted
    set_by = models.UUIDField()
    set_by_name = models.CharField(max_length=200, blank=True)
    set_at = models.DateTimeField()
    lifted_by = models.UUIDField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["root"], name="hold_root")]


class Note(PartRow):
    """What an official wrote down for colleagues; the declarant never sees it. Rows are only added."""

    text = models.CharField(max_length=2000)
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["root", "-id"], name="note_root")]


class DraftHolder(PartRow):
    """Who has a draft open to type into it; at most one person."""

    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root", "month"], name="one_holder_a_draft")]


class DraftChange(PartRow):
    """What one saving changed in a draft: its fields before and after. Kept a while, to put two people's work together."""

    number = models.PositiveIntegerField()  # the revision that it made
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    changes = models.JSONField(null=True)  # null: more than are kept

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root", "number", "month"], name="draft_change_once")]
        indexes = [models.Index(fields=["at"], name="draft_change_age")]
