"""The public face of changing law: draft, check, compare, approve, publish, load."""

from gumruk.lawbook.drafting import close_entry, draft_change_set, put_entries, put_entry, withdraw

__all__ = ["close_entry", "draft_change_set", "put_entries", "put_entry", "withdraw"]
