"""The verbs of RFC 3501 6 that smtpsim offers: one file a command, or for two that differ in a word."""
