"""What the law says: acts, citations, dated values. Pure: no Django, no disk, no clock."""
