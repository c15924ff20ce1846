"""What IMAP tells of a letter's inside: header fields, addresses, MIME parts. All from the very octets."""
