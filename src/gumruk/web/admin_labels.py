"""Words of administration; translated where they are shown."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from gumruk.web.visits import refusal

STANDS = {
    "holds": _("in force"), "coming": _("from a later day"), "waits": _("waits for a second administrator"),
    "ended": _("ended"), "refused": _("refused"),
}  # fmt: skip
STAND_TONES = {"holds": "good", "coming": "calm", "waits": "care", "refused": "wrong"}
LANGUAGES = {"tg": _("Tajik"), "ru": _("Russian"), "en": _("English")}
ACTS = {
    "person.added": _("Person added"), "person.changed": _("Person changed"),
    "person.address_changed": _("Own e-mail address changed"),
    "firm.address_changed": _("E-mail address of the firm changed"), "person.stopped": _("Person stopped"),
    "person.let_in": _("Person let in again"), "person.password_reset": _("Password reset"),
    "person.password_chosen": _("Password chosen by the person"), "right.asked": _("Right asked for"),
    "right.given": _("Right given"), "right.confirmed": _("Right confirmed"), "right.refused": _("Right refused"),
    "right.ended": _("Right ended"), "right.lent": _("Right lent to a deputy"), "token.ended": _("API token ended"),
    "job.retried": _("Job tried again"), "job.given_up": _("Job given up"), "office.changed": _("Office changed"),
    "shift.set": _("Shift set"), "shift.ended": _("Shift ended"), "shift.joined": _("Person put on a shift"),
    "shift.left": _("Person taken off a shift"), "text.changed": _("Mail text changed"),
}  # fmt: skip
FIELDS = {
    "username": _("Sign-in name"), "name": _("Name"), "email": _("E-mail"), "language": _("Language"),
    "active": _("May sign in"), "role": _("Role"), "office": _("Office"), "party": _("Firm"), "since": _("From"),
    "until": _("Up to, not including"), "state": _("State"), "deputy_for": _("In place of"), "token": _("API token"),
    "task": _("Job"), "queue": _("Queue"), "attempts": _("Tries"), "hours": _("Opening hours"), "contact": _("Contact"),
    "zone": _("Time zone"), "note": _("Note"), "starts": _("Starts"), "ends": _("Ends"), "person": _("Person"),
    "shift": _("Shift"), "subject": _("Subject"), "body": _("Text"), "kind": _("Kind"), "weekday": _("Day of the week"),
    "days": _("Days"), "phone": _("Telephone"), "parent": _("Belongs to"),
}  # fmt: skip
REFUSALS = {
    "not_an_administrator": _("Only an administrator may do this."),
    "own_rights": _("Nobody gives, confirms or ends rights of their own. Ask another administrator."),
    "own_account": _("Your own account is kept by another administrator."),
    "own_deputy": _("Nobody stands in for themselves. Choose another person."),
    "not_your_office": _("This belongs to another office. You administer your own office only."),
    "person_unknown": _("There is no such person."),
    "person_inactive": _("This person was stopped. Let them in again first."),
    "right_in_the_past": _("A right begins today or later. Choose such a day."),
    "right_ends_before_it_starts": _("The end must be after the beginning. Correct the days."),
    "firm_missing": _("A broker files for a firm. Write its taxpayer number, digits only, seventeen at most."),
    "firm_not_wanted": _("Only a broker has a firm. Leave the taxpayer number empty."),
    "office_missing": _("A cashier sits at one office. Choose it."),
    "right_stands": _("The person has this right for these days already."),
    "reason_missing": _("Write the reason."),
    "right_unknown": _("There is no such right."),
    "not_waiting": _("This right does not wait for anybody any more."),
    "second_person_needed": _("You asked for this right: another administrator must agree to it."),
    "right_ended": _("This right is ended already."),
    "last_administrator": _("Nobody would administer the whole service any more. Appoint another administrator first."),
    "nothing_to_lend": _("This person has no right of an officer, supervisor or cashier in these days."),
    "username_malformed": _("A sign-in name has letters, digits, points, hyphens and underscores, sixty at most."),
    "username_taken": _("This sign-in name is taken. Choose another."),
    "name_missing": _("Write the person's name, without strokes, two hundred letters at most."),
    "email_malformed": _("This is no e-mail address. Correct it, or leave it empty."),
    "language_unknown": _("Choose one of the three languages."),
    "unchanged": _("Nothing was changed."),
    "password_wrong": _("The old password is not right. Try again."),
    "password_short": _("The new password is too short. Take twelve letters or more."),
    "password_long": _("The new password is too long."),
    "password_same": _("The new password is the old one. Choose another."),
    "password_named": _("The new password contains your sign-in name. Choose another."),
    "token_unknown": _("There is no such token."),
    "token_ended": _("This token was ended already."),
    "job_unknown": _("This job has finished or was tried again meanwhile."),
    "office_unknown": _("There is no customs office with this code. Choose one from the list."),
    "zone_unknown": _("There is no such time zone. Choose one from the list."),
    "shift_unknown": _("There is no such shift."),
    "shift_named_twice": _("This office has a shift of this name for these days. Choose another name, or end that one first."),
    "shift_hours": _("Write the hours as 08:00 and 17:00. A shift that ends before it begins goes on into the next day."),
    "shift_over": _("This shift is ended already."),
    "person_on_shift": _("This person is on the shift for these days already."),
    "ends_before_it_starts": _("The end must be after the beginning. Correct the days."),
    "day_in_the_past": _("Choose today or a later day."),
    "text_missing": _("Write both the subject and the text, or bring the shipped text back."),
    "place_unknown": _("Nobody fills {place} in. Only number, address and choices, each in curly brackets, are filled in."),
    "place_missing": _("The text must hold {place}: without it nobody finds the declaration."),
    "kind_unknown": _("There is no mail of this kind."),
    "text_long": _("This text is too long. Shorten it."),
}  # fmt: skip


def worded(refused: Exception) -> str:
    """A refusal as a sentence in the page's language."""
    here = REFUSALS.get(getattr(refused, "code", ""))
    return gettext(here) if here else refusal(refused)
