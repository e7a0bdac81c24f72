"""The person's own password: a new one in place of the old one, or of the first one that somebody else set."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gumruk.toolkit import clock
from gumruk.trust import services
from gumruk.trust.types import TrustRefused
from gumruk.web.admin_labels import worded
from gumruk.web.visits import open_session, person_of, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def password(request: HttpRequest) -> HttpResponse:
    """The form; posted, the password is changed and every other session of the person is closed."""
    if request.method == "GET":
        return render(request, "web/account/password.html", {"error": ""})
    old, new, again = (request.POST.get(name, "") for name in ("old", "new", "again"))
    error = "" if new == again else gettext("The new password was not repeated in the same way. Type it twice.")
    if not error:
        try:
            services.choose_password(person=person_of(request), old=old, new=new, at=clock.now())
        except TrustRefused as refused:
            error = worded(refused)
    if error:
        return render(request, "web/account/password.html", {"error": error}, status=422)
    open_session(request, person_of(request))
    messages.success(request, gettext("Your password was changed."))
    return redirect("home")
