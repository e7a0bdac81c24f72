"""Why a kind of rule speaks, and what each degree of a fault means; translated where they are shown."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

KINDS = {
    "malformed": _("What stands in the field is not what the field holds: a number, a day or a text of that length."),
    "required": _("Without this field the declaration cannot be judged."),
    "forbidden": _("This field has no place in such a declaration: another field or the office says it."),
    "required_rows": _("At least one row is needed here."),
    "together": _("Two fields belong together: one without the other says too little."),
    "mutually_exclusive": _("Two fields exclude each other: only one of them can be meant."),
    "pattern": _("Codes and numbers of this field have a fixed form."),
    "length": _("What stands here is too short or too long to be meant."),
    "digits": _("This number consists of digits, and how many there are is fixed."),
    "check_digit": _("The last character of this number is computed from the others: it tells a slip of the pen."),
    "positive": _("A quantity or an amount of zero or less says nothing here."),
    "not_negative": _("An amount below zero cannot stand here."),
    "whole": _("This unit counts pieces: there is no part of one."),
    "range": _("The value lies far from what is usual. It may be right: look again."),
    "not_after_today": _("What has not happened yet cannot be declared."),
    "member": _("Only codes of the list that holds on the day are understood."),
    "member_with_attribute": _("The code is in the list but does not fit this purpose."),
    "attribute": _("What the code list says of this code does not agree with the declaration."),
    "attributes_agree": _("Two codes are of kinds that do not go together."),
    "starts_with_attribute": _("The beginning of this code follows from another field."),
    "pattern_by_attribute": _("The form of this number follows from a code chosen in another field."),
    "in_area": _("Only some countries can stand here in a declaration of this direction."),
    "not_in_area": _("Some countries cannot stand here in a declaration of this direction."),
    "differs": _("Two fields that must name different things name the same."),
    "not_above": _("A part cannot be more than the whole."),
    "not_after": _("The order of the days is the other way round."),
    "not_before": _("The order of the days is the other way round."),
    "ratio": _("Two values do not go together as they usually do. It may be right: look again."),
    "equals_product": _("The amount does not follow from price and rate."),
    "equals_sum": _("The total is not the sum of the items."),
    "sum_not_above": _("The items together are more than the total."),
    "equals_count": _("The number declared is not the number of rows."),
    "count": _("There are too few or too many rows."),
    "exists_row": _("A document of this kind is expected and none is named."),
    "exists_in": _("The number named here does not stand among the documents."),
    "ordered_rows": _("Documents that follow from each other have days in the wrong order."),
    "numbered": _("Items are numbered 1, 2, 3 without a gap."),
    "unique": _("What can exist once is declared twice."),
    "same_in_all_items": _("All items of one declaration must have this in common."),
    "summary_of_items": _("The header must say the same as the items together."),
    "outlier": _("This item differs much from others like it. It may be right: look again."),
}

DEGREES = {
    "error": _("Lodging is refused until it is corrected."),
    "warning": _("Correct it, or give a reason when lodging. The reason is kept and signed."),
    "notice": _("It does not stop lodging. Look again whether it is meant so."),
}

REFUSED = _("What was asked for was not done, and nothing was changed. The sentence says what to do.")
COMPUTED = _("Payments cannot be computed, or differ, while this stands.")
