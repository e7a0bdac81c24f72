"""Addresses of administration."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_noop as _

from gumruk.trust import accounts
from gumruk.trust.types import Person, Role
from gumruk.web.admin import jobs, offices, people, person, record, system, texts
from gumruk.web.navigation import Entry


def _waiting(_person: Person) -> str:
    return str(accounts.waiting_count() or "")


urlpatterns: list[URLPattern] = [
    path("people", people.people, name="people"),
    path("people/new", people.new_person, name="new-person"),
    path("people/<uuid:user>", person.person, name="person"),
    path("people/<uuid:user>/act", person.act, name="person-act"),
    path("offices", offices.offices, name="offices"),
    path("offices/<slug:code>", offices.one_office, name="one-office"),
    path("offices/<slug:code>/act", offices.office_act, name="office-act"),
    path("jobs", jobs.jobs, name="jobs"),
    path("jobs/<int:job>/act", jobs.job_act, name="job-act"),
    path("system", system.system, name="system"),
    path("mail-texts", texts.mail_texts, name="mail-texts"),
    path("mail-texts/<str:kind>/<slug:language>", texts.mail_text, name="mail-text"),
    path("administration/record", record.record, name="administration-record"),
]
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
navigation = (
    Entry(_("People"), "people", _ADMINISTRATOR, 6, _waiting),
    Entry(_("Offices"), "offices", _ADMINISTRATOR, 7),
    Entry(_("Jobs"), "jobs", _ADMINISTRATOR, 62),
    Entry(_("Mail texts"), "mail-texts", _ADMINISTRATOR, 65),
    Entry(_("State of the system"), "system", _ADMINISTRATOR, 63),
    Entry(_("Record of acts"), "administration-record", _ADMINISTRATOR, 66),
)
