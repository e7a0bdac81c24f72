"""Help: beside each field, the glossary, known errors, the guided first day. Open to everybody but the first day."""
