"""IMAP4rev1 (RFC 3501), as far as a learner types it, as a machine without I/O in the shape of the SMTP one.

`machine.connect` greets, `machine.begin` turns a line or a piece of a literal into a step or a question for the
world, and `machine.finish` turns the question's verdict into the step. Units are cut by `smtp.framing`.

Deviations: mailboxes cannot be made, filled or copied to, and there is neither AUTHENTICATE nor STARTTLS; each of
these is answered as not offered.
"""
