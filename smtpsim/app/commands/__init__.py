"""The commands, one file each. Each file imports what it needs when the command runs, not when it is listed."""
