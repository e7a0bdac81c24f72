"""The public face of changing law: load, draft, check, compare, approve, publish."""

from gumruk.lawbook.asking import ask_approval, one_person_may, publish_setting, send_back
from gumruk.lawbook.checking import check_change_set
from gumruk.lawbook.comparing import compare
from gumruk.lawbook.drafting import (
    close_entry,
    draft_change_set,
    drop_change,
    keep_impact,
    put_entries,
    put_entry,
    withdraw,
)
from gumruk.lawbook.loading import load, load_said
from gumruk.lawbook.publishing import approve, publish
from gumruk.lawbook.trying import Tried, try_rule

__all__ = [
    "Tried",
    "approve",
    "ask_approval",
    "check_change_set",
    "close_entry",
    "compare",
    "draft_change_set",
    "drop_change",
    "keep_impact",
    "load",
    "load_said",
    "one_person_may",
    "publish",
    "publish_setting",
    "put_entries",
    "put_entry",
    "send_back",
    "try_rule",
    "withdraw",
]
