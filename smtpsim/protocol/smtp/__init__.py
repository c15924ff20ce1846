"""SMTP (RFC 5321) as a machine without I/O.

`framing` cuts bytes into lines, `machine.begin` turns a line into a step or a question for the world, and
`machine.finish` turns the question's verdict into the step.
"""
