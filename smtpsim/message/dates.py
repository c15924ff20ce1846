"""Dates of messages, from the simulated clock and back (RFC 5322 3.3), and the days that they are compared by."""

from __future__ import annotations

import re
from functools import lru_cache
from time import gmtime

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_DAY = 86_400

# date = day month year, without the time (RFC 5322 3.3)
_DATE = re.compile(r"([0-9]{1,2}) ([A-Za-z]{3}) ([0-9]{4})\b")


@lru_cache(maxsize=64)
def date(seconds: int) -> str:
    """`seconds` since 1970 as a date-time: `Thu, 01 Jan 1970 00:00:00 +0000`."""
    # email.utils.formatdate says the same, but importing it loads sockets and character sets, a twentieth of the
    # program's start; time.strftime would write the names in the language of the person's locale
    at = gmtime(seconds)
    day, month = DAYS[at.tm_wday], MONTHS[at.tm_mon - 1]
    return f"{day}, {at.tm_mday:02} {month} {at.tm_year:04} {at.tm_hour:02}:{at.tm_min:02}:{at.tm_sec:02} +0000"


def day_of(seconds: int) -> int:
    """The day number, counted from 1970-01-01, of a moment in seconds since 1970."""
    return seconds // _DAY


def day_number(year: int, month: int, day: int) -> int | None:
    """The day number of a date of the Gregorian calendar, None where there is no such date."""
    from datetime import date

    try:
        return date(year, month, day).toordinal() - date(1970, 1, 1).toordinal()
    except ValueError:
        return None


def month_number(name: str) -> int:
    """1 to 12 for the name of a month in any case, 0 for another word."""
    return MONTHS.index(name.title()) + 1 if name.title() in MONTHS else 0


def written_day(value: str) -> int | None:
    """The day number of a Date field as it stands there, whatever its zone; None where it makes no sense."""
    match = _DATE.search(value)
    return day_number(int(match[3]), month_number(match[2]), int(match[1])) if match else None


def internal_date(seconds: int) -> str:
    """date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE (RFC 3501 9)"""
    _, day, month, year, time, zone = date(seconds).split()
    return f'"{int(day):2}-{month}-{year} {time} {zone}"'


# the same with any zone; the day may lack its first space
_INTERNAL = re.compile(
    r'"([ 0-9]?[0-9])-([A-Za-z]{3})-([0-9]{4})'
    r' ([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9]) ([+-])([0-9]{2})([0-5][0-9])"'
)


def read_internal_date(text: str) -> int | None:
    """Seconds since 1970 of such a date-time, None where it is none, or is before that."""
    match = _INTERNAL.fullmatch(text)
    day = day_number(int(match[3]), month_number(match[2]), int(match[1])) if match else None
    if match is None or day is None:
        return None
    hours, minutes, seconds, zone = int(match[4]), int(match[5]), int(match[6]), 60 * int(match[8]) + int(match[9])
    at = day * _DAY + 3600 * hours + 60 * minutes + seconds - 60 * (zone if match[7] == "+" else -zone)
    return at if at >= 0 else None
