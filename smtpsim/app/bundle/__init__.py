"""The single file: smtpsim with all that it needs, for a Python that has nothing installed."""
