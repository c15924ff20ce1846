"""What servers and readers' programs write: trace fields, and reports to the sender (RFC 3464, RFC 5965, RFC 8098)."""
