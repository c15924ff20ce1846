"""One person's place in the simulated Internet, whatever it is shown on.

A front end (full screen, pipe, replay, browser) gives a line to a `Shell` and gets a value: turns, a page, a refusal,
a question, or an effect that it grants or not.
"""
