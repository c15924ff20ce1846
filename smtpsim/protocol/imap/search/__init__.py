"""SEARCH: what its keys are, how they are read, and which mails they hold for (RFC 3501 6.4.4)."""
