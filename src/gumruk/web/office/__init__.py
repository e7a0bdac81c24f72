"""The supervisor's workplace: the day of an office at a glance, who has what, the end of a shift, what each officer did."""
