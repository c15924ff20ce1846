"""Views drawn: as plain text at any width, with rich, and as the fragments that prompt_toolkit shows."""
