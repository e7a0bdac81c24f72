"""Jobs of the workers: what waits, runs, stalled or failed, tried again or given up with a reason; what runs by the clock."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_POST

from gumruk.toolkit import clock, joblist
from gumruk.toolkit.joblist import JobRefused, Standing
from gumruk.toolkit.sheets import whole_in
from gumruk.web.admin.reading import for_everywhere
from gumruk.web.admin_labels import worded
from gumruk.web.navigation import Link
from gumruk.web.visits import person_of

STANDINGS = {
    Standing.FAILED: _("Failed"), Standing.STALLED: _("Stalled"), Standing.RUNNING: _("Running"),
    Standing.WAITING: _("Waiting"), Standing.LATER: _("Later"),
}  # fmt: skip
TONES = {Standing.FAILED: "wrong", Standing.STALLED: "care"}
TASKS = {
    "outbox.deliver": _("Tell others of an event"), "jobs.sweep": _("Put back jobs of dead workers"),
    "jobs.hourly": _("What expires, once an hour"), "figures.refresh": _("Figures of the dashboards"),
}  # fmt: skip


@require_GET
@for_everywhere
def jobs(request: HttpRequest) -> HttpResponse:
    return jobs_page(request)


def jobs_page(request: HttpRequest, *, error: str = "") -> HttpResponse:
    standing = request.GET.get("standing", "")
    standing = standing if standing in set(Standing) else ""
    after = whole_in(request.GET.get("after", "")) or 0
    rows, more = joblist.page(standing=standing, after=min(max(after, 0), 2**62))
    counts = joblist.counts()
    totals = {one: sum(count for _queue, where, count in counts if where is one) for one in Standing}
    at = clock.now()
    context = {
        "rows": [(one, gettext(TASKS.get(one.task, one.task)), gettext(STANDINGS[one.standing]), TONES.get(one.standing, "calm"))
                 for one in rows],
        "error": error, "counts": [(queue, gettext(STANDINGS[where]), count) for queue, where, count in counts],
        "chips": [Link(gettext("All"), "?", not standing, sum(totals.values()) or ""),
                  *(Link(gettext(word), f"?standing={one}", one == standing, totals[one] or "")
                    for one, word in STANDINGS.items())],
        "next": "?" + urlencode({"standing": standing, "after": more}) if more else "",
        "first": f"?standing={standing}" if after else "",
        "periodic": [(one, gettext(TASKS.get(one.task, one.task))) for one in joblist.periodic(at)], "said": request.POST,
    }  # fmt: skip
    return render(request, "web/admin/jobs.html", context, status=422 if error else 200)


@require_POST
@for_everywhere
def job_act(request: HttpRequest, job: int) -> HttpResponse:
    """Try a job again, or give it up."""
    acts = {
        "retry": (joblist.retry, gettext("The job is back in its queue.")),
        "give-up": (joblist.give_up, gettext("The job was given up. It is in the record.")),
    }
    chosen = acts.get(request.POST.get("act", ""))
    if chosen is None or job > 2**62:
        raise Http404
    do, done = chosen
    try:
        do(job=job, by=person_of(request), at=clock.now(), reason=request.POST.get("reason", ""))
    except JobRefused as refused:
        return jobs_page(request, error=worded(refused))
    messages.success(request, done)
    return redirect("jobs")
