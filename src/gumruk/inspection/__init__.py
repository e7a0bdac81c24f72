"""Control of documents and goods: who is to look, and the report of what was found. It moves no declaration."""
