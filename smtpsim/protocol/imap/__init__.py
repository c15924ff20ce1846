"""IMAP4rev1 (RFC 3501), as far as a learner types it and real programs need it, as a machine without I/O in the shape
of the SMTP one; with SASL-IR, IDLE, NAMESPACE, ID, UIDPLUS and SPECIAL-USE.

`machine.connect` greets, `machine.begin` turns a line or a piece of a literal into a step or a question for the
world, and `machine.finish` turns the question's verdict into the step; `machine.push` tells a client that idles what is
new. Units are cut by `smtp.framing`. STARTTLS is played: whoever stands at a real socket begins TLS when the fact of
it comes.
"""
