"""Addresses of the broker's pages."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_noop as _

from gumruk.trust.types import Role
from gumruk.web.broker import (
    amending,
    draft_pages,
    files,
    grid_pages,
    item_sheets,
    lists,
    mending,
    saving,
    shares,
    starting,
)
from gumruk.web.navigation import Entry

D = "declarations/<uuid:declaration>"
urlpatterns: list[URLPattern] = [
    path("declarations", lists.own_list, name="own-list"),
    path("declarations/new", starting.make_draft, name="make-draft"),
    path("templates", lists.templates, name="templates"),
    path(D, draft_pages.declaration, name="declaration"),
    path(f"{D}/items", draft_pages.items, name="items"),
    path(f"{D}/part/<slug:name>", draft_pages.part, name="part"),
    path(f"{D}/form", draft_pages.form, name="form"),
    path(f"{D}/items/patch", grid_pages.patch, name="grid-patch"),
    path(f"{D}/items/act", grid_pages.act, name="grid-act"),
    path(f"{D}/items/fault", grid_pages.next_fault, name="grid-fault"),
    path(f"{D}/items/shares", shares.shares, name="item-shares"),
    path("items.xlsx", item_sheets.template, name="item-template"),
    path(f"{D}/items/sheet", item_sheets.upload, name="item-sheet"),
    path(f"{D}/items/sheet/<uuid:sheet>", item_sheets.kept, name="kept-sheet"),
    path(f"{D}/items/sheet/<uuid:sheet>/marked", item_sheets.marked, name="marked-sheet"),
    path(f"{D}/items/<int:number>", draft_pages.item, name="item"),
    path(f"{D}/save", saving.save, name="save"),
    path(f"{D}/autosave", saving.autosave, name="autosave"),
    path(f"{D}/hold", saving.hold, name="hold-draft"),
    path(f"{D}/mend", mending.mend, name="mend"),
    path(f"{D}/copy", starting.copy, name="copy"),
    path(f"{D}/discard", starting.discard, name="discard"),
    path(f"{D}/template", starting.template, name="template"),
    path(f"{D}/amend", amending.amend, name="amend"),
    path(f"{D}/files", files.attach, name="attach-files"),
    path(f"{D}/files/<uuid:file>/withdraw", files.withdraw, name="withdraw-file"),
    path(f"{D}/files/<uuid:file>/move", files.move, name="move-file"),
    path(f"{D}/answer", files.answer, name="answer"),
    path(f"{D}/cancellation", files.request_cancellation, name="request-cancellation"),
]
navigation = (
    Entry(_("Declarations"), "own-list", frozenset({Role.BROKER}), 10),
    Entry(_("Templates"), "templates", frozenset({Role.BROKER}), 70, own=True),
)
