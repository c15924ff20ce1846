"""Whose mail it is: DKIM signatures (RFC 6376, through dkimpy) and DMARC (RFC 9989), without I/O."""
