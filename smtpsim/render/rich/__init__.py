"""Views as rich renderables, one a file."""
