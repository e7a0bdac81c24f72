"""What a firm is told about its affairs: stored messages, without wording, shown in the reader's language."""
