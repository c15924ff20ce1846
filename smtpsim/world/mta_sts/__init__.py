"""MTA-STS (RFC 8461): a domain says by a policy which hosts take its mail, and that they encrypt; and what is counted
of it for the domain's owner (TLSRPT, RFC 8460)."""
