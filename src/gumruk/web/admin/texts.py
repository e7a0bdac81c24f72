"""Texts of mail: each kind in three languages, edited with a preview; a place that nobody fills in is refused."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from gumruk.notices import mailing, texts
from gumruk.notices.mailing import MailRefused
from gumruk.toolkit import audit, clock
from gumruk.web.admin.reading import for_everywhere
from gumruk.web.admin_labels import LANGUAGES, worded
from gumruk.web.inbox.pages import TOLD
from gumruk.web.visits import person_of


def _kind_word(kind: str) -> str:
    return gettext(TOLD[kind][0]) if kind in TOLD else kind


@require_GET
@for_everywhere
def mail_texts(request: HttpRequest) -> HttpResponse:
    """Every kind with its text in each language."""
    kinds: dict[str, list[mailing.Text]] = {}
    for one in texts.texts():
        kinds.setdefault(one.kind, []).append(one)
    rows = [(kind, _kind_word(kind), found) for kind, found in kinds.items()]
    languages = [(code, gettext(LANGUAGES[code])) for code in mailing.LANGUAGES]
    return render(request, "web/admin/texts.html", {"rows": rows, "languages": languages, "enabled": mailing.enabled()})


@require_http_methods(["GET", "POST"])
@for_everywhere
def mail_text(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """One text; posted with `act` preview it is only shown, else kept."""
    if kind not in mailing.SHIPPED or language not in mailing.LANGUAGES:
        raise Http404
    standing, error, shown = mailing.text_of(kind=kind, language=language), "", None
    said = {"subject": standing.subject, "body": standing.body, "reason": ""}
    if request.method == "POST":
        said = {name: request.POST.get(name, "") for name in said}
        try:
            if request.POST.get("act") == "preview":
                texts.refuse_text(subject=said["subject"], body=said["body"])
                shown = said
            else:
                empty = request.POST.get("act") == "shipped"
                subject, body = ("", "") if empty else (said["subject"], said["body"])
                texts.write_text(
                    kind=kind, language=language, subject=subject, body=body, by=person_of(request), at=clock.now(),
                    reason=said["reason"],
                )  # fmt: skip
                messages.success(request, gettext("The text was kept. The next mail has it."))
                return redirect("mail-text", kind, language)
        except MailRefused as refused:
            error = worded(refused).format(**refused.values) if refused.values else worded(refused)
    seen = shown or {"subject": standing.subject, "body": standing.body}
    history, _more = audit.page(wanted=audit.Wanted(subject_kind="text", subject=kind), size=10)
    context = {
        "kind": kind, "language": language, "word": _kind_word(kind), "language_word": gettext(LANGUAGES[language]),
        "own": standing.own, "said": said, "error": error, "places": texts.PLACES, "history": history,
        "preview": (texts.preview(seen["subject"]), texts.preview(seen["body"])),
    }  # fmt: skip
    return render(request, "web/admin/text.html", context, status=422 if error else 200)
