"""Two recordings side by side on the full screen, stepped through together."""
