"""POP3 (RFC 1939) as a machine without I/O, in the shape of the SMTP one.

`machine.connect` greets, `machine.begin` turns a line into a step or a question for the world, and
`machine.finish` turns the question's verdict into the step. Lines are cut by `smtp.framing`. STLS is played: whoever
stands at a real socket begins TLS when the fact of it comes.
"""
