"""The answer of `gumruk declare` for people: state, findings, payments with their working, in one language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, gettext, gettext_noop

from gumruk.exchange.refusals import refusal_sentence
from gumruk.web.labels import LANES, STATES

_SEVERITIES = {"error": gettext_noop("Error"), "warning": gettext_noop("Warning"), "notice": gettext_noop("Notice")}


def refusal(refused: Exception) -> str:
    """A refusal as a sentence in the active language."""
    return refusal_sentence(getattr(refused, "code", ""), get_language() or "en", getattr(refused, "values", {}))


def table(said: dict[str, Any]) -> str:
    """The whole answer as lines of text."""
    return "\n".join([*_standing(said), *_findings(said["findings"]), *_payments(said), *_stopped(said)])


def without_warning(key: str) -> str:
    """A reason was given for what is no warning here."""
    return gettext("No warning has the key %(key)s: this reason was not used.") % {"key": key}


def _standing(said: dict[str, Any]) -> list[str]:
    if not said["state"]:
        verdict = gettext("It would be accepted.") if said["accepted"] else gettext("It would not be accepted.")
        return [verdict, gettext("Nothing was stored.")]
    rows = [(gettext("State"), gettext(STATES.get(said["state"], said["state"])))]
    if said["registration"]:
        rows.append((gettext("Registration"), said["registration"]))
    if said["lane"]:
        rows.append((gettext("Lane"), gettext(LANES.get(said["lane"], said["lane"]))))
    rows.append((gettext("Declaration"), said["declaration"]))
    width = max(len(name) for name, _ in rows)
    return [f"{name:<{width}}  {value}" for name, value in rows]


def _findings(findings: list[dict[str, str]]) -> list[str]:
    rows: list[str] = []
    for one in findings:
        where = f"{gettext('Box')} {one['box']}"
        rows += ["", f"{gettext(_SEVERITIES.get(one['severity'], one['severity']))}  {where}  {one['reason_key']}"]
        rows += [f"    {gettext('Found')}: {one['found']}"] if one["found"] else []
        rows += [f"    {gettext('Expected')}: {one['expected']}"] if one["expected"] else []
        rows.append(f"    {one['message']}")
    return ["", gettext("Findings"), *rows[1:]] if rows else []


def _stopped(said: dict[str, Any]) -> list[str]:
    """What keeps the draft a draft, and what to write. Errors come first: a reason does not help against them."""
    if any(one["severity"] == "error" for one in said["findings"]):
        return ["", gettext("It is stopped by errors. Correct them and send the file again.")]
    if not said["unexplained"]:
        return []
    text = gettext("your reason")
    options = [f'    --reason "{key}={text}"' for key in said["unexplained"]]
    return [
        "",
        gettext(
            "It is stopped by warnings. Correct the declaration, or give a reason for each and send the file again:"
        ),
        *options,
        gettext("One reason for all of them: %(option)s") % {"option": f'--reason-all "{text}"'},
    ]


def _payments(said: dict[str, Any]) -> list[str]:
    lines = said["lines"]
    if not lines:
        return []
    heads = (gettext("Item"), gettext("Payment"), gettext("Base"), gettext("Rate"), gettext("Amount"))
    cells = [heads, *((str(row["item"] or "-"), row["name"], row["base"], row["rate"], row["amount"]) for row in lines)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(heads))]
    texts = [
        f"{row[0]:>{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]:<{widths[3]}}  {row[4]:>{widths[4]}}"
        for row in cells
    ]
    rows = [texts[0]]
    for text, line in zip(texts[1:], lines, strict=True):
        rows.append(text)
        rows += [f"{' ' * widths[0]}    {step}" for step in line["steps"]]
        guaranteed = gettext("To be guaranteed, not paid")
        rows += [f"{' ' * widths[0]}  {guaranteed}"] if not line["payable"] else []
    total = f"{gettext('Total')}  {said['total']} {said['currency']}"
    return ["", *rows, total.rjust(max(len(text) for text in texts))]
