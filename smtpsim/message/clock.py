"""Dates in letters, from the simulated clock (RFC 5322 3.3)."""

from __future__ import annotations

from functools import lru_cache
from time import gmtime

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@lru_cache(maxsize=64)
def date(seconds: int) -> str:
    """`seconds` since 1970 as a date-time: `Thu, 01 Jan 1970 00:00:00 +0000`."""
    # email.utils.formatdate says the same, but importing it loads sockets and character sets, a twentieth of the
    # program's start; time.strftime would write the names in the language of the person's locale
    at = gmtime(seconds)
    day, month = _DAYS[at.tm_wday], _MONTHS[at.tm_mon - 1]
    return f"{day}, {at.tm_mday:02} {month} {at.tm_year:04} {at.tm_hour:02}:{at.tm_min:02}:{at.tm_sec:02} +0000"
