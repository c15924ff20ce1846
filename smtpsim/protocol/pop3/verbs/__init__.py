"""The verbs of RFC 1939 and CAPA: one file for what belongs together."""
