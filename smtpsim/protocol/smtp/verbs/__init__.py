"""The verbs of RFC 5321, one file a command (HELO with EHLO, and the small ones together)."""
