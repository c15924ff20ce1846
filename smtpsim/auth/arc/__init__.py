"""ARC, the authenticated received chain: what each host on the way has found out, sealed by it (RFC 8617)."""
