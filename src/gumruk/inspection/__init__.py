"""Reports of what officers found when they looked at documents or goods."""
