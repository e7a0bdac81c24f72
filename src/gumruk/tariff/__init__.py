"""Assessments: what is due on a declaration, stored with the law that it was computed under."""
