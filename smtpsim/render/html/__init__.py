"""A session as one HTML file that needs nothing from outside: dialogue, panel at each step, and what moves them."""
