"""A campaign as a picture, a page, and JSON."""
