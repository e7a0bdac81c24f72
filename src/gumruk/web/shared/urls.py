"""Addresses that brokers and officers share: the declaration, code lists, the components."""

from __future__ import annotations

from django.urls import URLPattern, path

from gumruk.web.shared import acting, codes, desk, file_pages, gallery, viewing

D = "declarations/<uuid:declaration>"
urlpatterns: list[URLPattern] = [
    path("codes/<slug:name>", codes.codes, name="codes"),
    path("components", gallery.components, name="components"),
    path(f"{D}/act", acting.act, name="act"),
    path(f"{D}/files/<uuid:file>", file_pages.view, name="file"),
    path(f"{D}/files/<uuid:file>/content", file_pages.content, name="file-content"),
    path(f"{D}/desk/<int:number>", desk.item, name="desk-item"),
    path(f"{D}/replay", viewing.replay, name="replay"),
    path(f"{D}/print", viewing.printed, name="print"),
    path(f"{D}/<slug:name>", viewing.section, name="section"),
]
