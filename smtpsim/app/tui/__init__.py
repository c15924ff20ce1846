"""The full-screen simulator: the dialogue, the panel beside it, and a line to type on."""
