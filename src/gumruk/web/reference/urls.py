"""Addresses of reference data."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_noop as _

from gumruk.trust.types import Role
from gumruk.web.navigation import Entry
from gumruk.web.reference import acts, choosing, goods, lists, rates, tariff

urlpatterns: list[URLPattern] = [
    path("reference", lists.index, name="reference"),
    path("reference/lists/<slug:name>", lists.listed, name="code-list"),
    path("reference/goods", goods.goods, name="goods-tree"),
    path("reference/goods/facts", goods.facts, name="goods-facts"),
    path("reference/goods/<slug:code>", goods.goods, name="goods-code"),
    path("codes/choose", choosing.chosen, name="code-chosen"),
    path("codes/<slug:name>/choose", choosing.choose, name="choose-code"),
    path("reference/acts", acts.acts, name="acts"),
    path("reference/acts/<slug:name>", acts.act, name="legal-act"),
    path("reference/rates", rates.rates, name="exchange-rates"),
    path("reference/rates/enter", rates.enter, name="enter-rate"),
    path("reference/rates/file", rates.file, name="rates-file"),
    path("reference/rates/correct", rates.correct, name="correct-rate"),
    path("reference/rates/decide", rates.decide, name="decide-correction"),
    path("reference/tariff", tariff.tariff, name="tariff-import"),
    path("reference/tariff/preview", tariff.preview, name="tariff-preview"),
    path("reference/tariff/draft", tariff.draft, name="tariff-draft"),
    path("reference/tariff/<uuid:sheet>/faults", tariff.marked, name="tariff-faults"),
]
navigation = (Entry(_("Reference"), "reference", frozenset(Role), 60),)
