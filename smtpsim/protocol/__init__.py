"""Dialogues without I/O: bytes and verdicts in, replies and facts out."""
