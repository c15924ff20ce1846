"""Files, read and written with care: regular ones up to a size; whole or not at all, and through no link."""
